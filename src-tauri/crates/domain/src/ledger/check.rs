//! What a fact must satisfy before it is recorded: everything that is wrong is said at once.

mod episodes;

use super::{Ledger, folded};
use crate::calendar::{TermsKind, cap_warnings};
use crate::fact::{
    Capitalisation, Delivery, Exhibit, Fact, Letter, LimitationAct, Payment, Replacement, Sending, Seq, Waiver,
    WaiverObject,
};
use crate::invoice::{CreditNote, Invoice, Trade};
use crate::party::{Debtor, Standing};
use crate::{Amount, Currency, Date, Fault, french, law};

impl Ledger {
    /// Returns what is wrong with a fact, on the day it is to be recorded.
    ///
    /// It may be recorded when none of the faults is a refusal; then `apply` cannot fail.
    #[must_use]
    pub fn check(&self, fact: &Fact, today: Date) -> Vec<Fault> {
        let mut faults = self.dangling(fact);
        if !faults.is_empty() {
            return faults;
        }
        match fact {
            Fact::CompanyIdentified(creditor) => {
                faults.extend(unnamed(&creditor.party.name));
                faults.extend(creditor.warnings());
            }
            Fact::ConventionsChosen(_) => {}
            Fact::RateDeclared(rates) => {
                if law::published_rates().iter().any(|known| known.semester == rates.semester) {
                    faults.push(Fault::refusal(
                        "taux-deja-publie",
                        "semestre",
                        format!("Le taux du {} est déjà dans le programme : il n’y a rien à entrer.", rates.semester),
                    ));
                }
            }
            Fact::DebtorAdded(debtor) => self.check_debtor(None, debtor, &mut faults),
            Fact::DebtorCorrected { debtor, corrected } => self.check_debtor(Some(*debtor), corrected, &mut faults),
            Fact::InvoiceRecorded(invoice) => self.check_invoice(invoice, &mut faults),
            Fact::InvoiceReplaced(replacement) => self.check_replacement(replacement, &mut faults),
            Fact::CreditNoteRecorded(credit_note) => self.check_credit_note(credit_note, &mut faults),
            Fact::CreditNoteAssigned { credit_note, invoice } => {
                let credit_note = self.credit_note(*credit_note);
                faults.extend(self.foreign(&[*invoice], credit_note.debtor, credit_note.currency));
            }
            Fact::PaymentReceived(payment) => self.check_payment(payment, today, &mut faults),
            Fact::PaymentAllocated { payment, invoices } => {
                let payment = self.payment(*payment);
                faults.extend(self.foreign(invoices, payment.debtor, payment.currency));
            }
            Fact::ExhibitAdded(exhibit) => self.check_exhibit(exhibit, &mut faults),
            Fact::WaiverGranted(waiver) => check_waiver(waiver, &mut faults),
            Fact::CapitalisationRecorded(capitalisation) => check_capitalisation(capitalisation, &mut faults),
            Fact::LetterIssued(letter) => self.check_letter(letter, &mut faults),
            Fact::LetterSent(sending) => self.check_sending(sending, today, &mut faults),
            Fact::LetterDelivered(delivery) => self.check_delivery(delivery, today, &mut faults),
            Fact::LimitationActRecorded(act) => {
                check_limitation_act(act, today, &mut faults);
                let not_an_exhibit = act.proof.filter(|proof| self.exhibits.binary_search(proof).is_err());
                faults.extend(not_an_exhibit.map(|proof| unknown("preuve", proof)));
            }
            Fact::ReceptionConfirmed(reception) => {
                faults.extend(self.foreign_to(&[reception.invoice], reception.debtor));
                faults.extend(in_the_future(reception.on, today));
            }
            Fact::DueDateChanged(change) => self.check_due_date_change(change, today, &mut faults),
            Fact::BankChecked { through } => faults.extend(in_the_future(*through, today)),
            Fact::BankCreditSeen(credit) => {
                faults.extend(not_positive(credit.amount, "credit"));
                faults.extend(in_the_future(credit.booked_on, today));
            }
            Fact::BankCreditDismissed { credit, reason } => {
                faults.extend(unexplained(reason));
                faults.extend(self.already_explained(*credit));
            }
            Fact::ContactLogged(contact) => self.check_contact(contact, today, &mut faults),
            Fact::PromiseMade(promise) => self.check_promise(promise, today, &mut faults),
            Fact::DisputeOpened(dispute) => self.check_dispute(dispute, today, &mut faults),
            Fact::DisputeClosed(closing) => {
                faults.extend(unexplained(&closing.reason));
                let opened = self.fact(closing.dispute).and_then(|recorded| recorded.fact.happened_on());
                faults.extend(self.check_end(closing.debtor, closing.dispute, closing.on, opened, today));
            }
            Fact::PlanAgreed(plan) => self.check_plan(plan, today, &mut faults),
            Fact::PlanLapsed(lapse) => self.check_lapse(lapse, today, &mut faults),
            Fact::HoldSet(hold) => {
                faults.extend(unexplained(&hold.reason));
                faults.extend(self.foreign_to(&hold.invoices, hold.debtor));
                faults.extend(before(hold.until, hold.on, "Une mise en attente finit après avoir commencé"));
            }
            Fact::HoldLifted(ending) | Fact::TakenBack(ending) | Fact::InsolvencyClosed(ending) => {
                faults.extend(unexplained(&ending.reason));
                let opened = self.fact(ending.of).and_then(|recorded| recorded.fact.happened_on());
                faults.extend(self.check_end(ending.debtor, ending.of, ending.on, opened, today));
            }
            Fact::DirectDebitExpected(debit) => {
                faults.extend(self.foreign_to(&debit.invoices, debit.debtor));
                faults.extend(before(debit.debit_on, debit.on, "Un prélèvement a lieu après avoir été mis en place"));
            }
            Fact::PolicyAdopted(policy) => self.check_policy(policy, &mut faults),
            Fact::PolicyAssigned(assignment) => {
                faults.extend(unexplained(&assignment.reason));
                faults.extend(self.foreign_to(assignment.invoice.as_slice(), assignment.debtor));
            }
            Fact::LevelJumped(jump) => self.check_jump(jump, today, &mut faults),
            Fact::HandedOver(given) => {
                if given.name.trim().is_empty() {
                    faults.push(Fault::refusal(
                        "nom-absent",
                        "nom",
                        "À qui confiez-vous ce dossier ? Indiquez son nom.",
                    ));
                }
                faults.extend(self.foreign_to(&given.invoices, given.debtor));
                faults.extend(in_the_future(given.on, today));
            }
            Fact::InsolvencyOpened(insolvency) => self.check_insolvency(insolvency, today, &mut faults),
            Fact::FactCancelled { fact, reason } => self.check_cancellation(*fact, reason, &mut faults),
            Fact::PayloadErased { erased, ground } => {
                if self.fact(*erased).is_none() {
                    faults.push(unknown("fait", *erased));
                }
                faults.extend(unexplained(ground));
            }
        }
        faults
    }

    /// Returns a fault for each thing the fact names that does not exist, or no longer.
    fn dangling(&self, fact: &Fact) -> Vec<Fault> {
        let lists = [
            &self.invoices,
            &self.credit_notes,
            &self.payments,
            &self.exhibits,
            &self.episodes,
            &self.policies,
            &self.bank_credits,
        ];
        let exists = |seq: &Seq| {
            self.debtors.contains_key(seq)
                || self.letters.contains_key(seq)
                || lists.iter().any(|list| list.binary_search(seq).is_ok())
        };
        fact.refers_to().into_iter().filter(|seq| !exists(seq)).map(|seq| unknown("reference", seq)).collect()
    }

    fn check_debtor(&self, corrected: Option<Seq>, debtor: &Debtor, faults: &mut Vec<Fault>) {
        faults.extend(unnamed(&debtor.party.name));
        faults.extend(debtor.party.warnings());
        if self.debtor_named(&debtor.party.name).is_some_and(|known| Some(known) != corrected) {
            faults.push(Fault::refusal(
                "client-existe",
                "nom",
                format!(
                    "Un client s’appelle déjà « {} » : utilisez-le, ou donnez un nom qui les distingue.",
                    debtor.party.name
                ),
            ));
        }
    }

    fn check_invoice(&self, invoice: &Invoice, faults: &mut Vec<Fault>) {
        faults.extend(invoice.refusals());
        faults.extend(self.taken(&invoice.number));
        if invoice.payable() > invoice.total {
            faults.push(Fault::refusal(
                "echeances-trop-hautes",
                "echeances",
                "Les échéances dépassent le total de la facture : corrigez leurs montants.",
            ));
        }
        if let Some(net) = invoice.net {
            let tax: Amount = invoice.taxes.iter().map(|line| line.amount).sum();
            if !invoice.taxes.is_empty() && net + tax != invoice.total {
                faults.push(Fault::warning(
                    "total-incoherent",
                    "ttc",
                    format!(
                        "Le hors taxe et la TVA font {}, le total {} : vérifiez la facture ; le total est gardé.",
                        french::money(net + tax, invoice.currency),
                        french::money(invoice.total, invoice.currency)
                    ),
                ));
            }
        }
        let standing = self.debtor(invoice.debtor).debtor.standing;
        let cap = terms_kind(standing, invoice.trade);
        faults.extend(cap.into_iter().flat_map(|kind| cap_warnings(invoice.issued_on, invoice.first_due_on(), kind)));
    }

    fn check_credit_note(&self, credit_note: &CreditNote, faults: &mut Vec<Fault>) {
        if credit_note.number.trim().is_empty() {
            faults.push(Fault::refusal("avoir-sans-numero", "numero", "L’avoir n’a pas de numéro : indiquez-le."));
        }
        faults.extend(self.taken(&credit_note.number));
        faults.extend(not_positive(credit_note.total, "ttc"));
        let invoices: Vec<Seq> = credit_note.invoice.into_iter().collect();
        faults.extend(self.foreign(&invoices, credit_note.debtor, credit_note.currency));
    }

    fn check_replacement(&self, replacement: &Replacement, faults: &mut Vec<Fault>) {
        let by = self.invoice(replacement.by);
        faults.extend(self.foreign(&[replacement.invoice], by.debtor, by.currency));
        if replacement.by <= replacement.invoice {
            faults.push(Fault::refusal(
                "remplacement-a-rebours",
                "facture",
                "La facture qui remplace doit être enregistrée après celle qu’elle remplace : inversez les deux numéros.",
            ));
        }
        if self.replacements.contains_key(&replacement.invoice) {
            faults.push(Fault::refusal(
                "facture-deja-remplacee",
                "facture",
                "Cette facture est déjà remplacée par une autre : annulez d’abord ce remplacement.",
            ));
        }
    }

    fn check_payment(&self, payment: &Payment, today: Date, faults: &mut Vec<Fault>) {
        faults.extend(not_positive(payment.amount, "montant"));
        faults.extend(self.foreign(&payment.chosen, payment.debtor, payment.currency));
        if payment.received_on > today {
            faults.push(Fault::warning(
                "date-future",
                "recu",
                format!(
                    "La date d’encaissement, le {}, est dans l’avenir : vérifiez-la.",
                    french::date(payment.received_on)
                ),
            ));
        }
        faults.extend(payment.credit.and_then(|credit| self.already_explained(credit)));
        let twin = self.debtor(payment.debtor).payments.iter().find(|seq| {
            let known = self.payment(**seq);
            (known.amount, known.currency, known.received_on) == (payment.amount, payment.currency, payment.received_on)
        });
        if let Some(twin) = twin {
            faults.push(Fault::warning(
                "encaissement-double",
                "montant",
                format!("Un encaissement du même montant, le même jour, existe déjà (fait n° {twin}) : annulez l’un des deux s’il est en double."),
            ));
        }
    }

    fn check_exhibit(&self, exhibit: &Exhibit, faults: &mut Vec<Fault>) {
        if exhibit.title.trim().is_empty() {
            faults.push(Fault::refusal("piece-sans-titre", "titre", "La pièce n’a pas de titre : donnez-lui-en un."));
        }
        faults.extend(
            exhibit.invoices.iter().filter(|seq| !self.belongs(**seq, exhibit.debtor)).map(|_| another_debtor()),
        );
        let not_a_letter = exhibit.letter.filter(|letter| !self.letters.contains_key(letter));
        faults.extend(not_a_letter.map(|letter| unknown("courrier", letter)));
    }

    fn check_letter(&self, letter: &Letter, faults: &mut Vec<Fault>) {
        faults.extend(self.foreign(&letter.invoices, letter.debtor, letter.currency));
        self.check_steps(letter.debtor, &letter.steps, faults);
        if !letter.steps.is_empty() {
            self.check_not_past(letter.debtor, letter.issued_on, faults);
        }
        if letter.delay_days == Some(0) {
            faults.push(Fault::refusal(
                "delai-nul",
                "delai",
                "Le délai laissé au client est d’au moins un jour : corrigez-le.",
            ));
        }
    }

    fn check_sending(&self, sending: &Sending, today: Date, faults: &mut Vec<Fault>) {
        let file = self.letter(sending.letter);
        if let Some(sent) = &file.sending {
            faults.push(Fault::refusal(
                "courrier-deja-parti",
                "courrier",
                format!(
                    "Ce courrier est déjà noté comme parti le {} : annulez d’abord cet envoi.",
                    french::date(sent.on)
                ),
            ));
        }
        faults.extend(out_of_order(
            sending.on,
            file.letter.issued_on,
            today,
            "Un courrier part après sa date et au plus tard aujourd’hui",
        ));
    }

    fn check_delivery(&self, delivery: &Delivery, today: Date, faults: &mut Vec<Fault>) {
        let file = self.letter(delivery.letter);
        let Some(sending) = &file.sending else {
            faults.push(Fault::refusal(
                "courrier-pas-parti",
                "courrier",
                "Ce courrier n’est pas noté comme parti : enregistrez d’abord son envoi.",
            ));
            return;
        };
        if let Some(known) = file.delivery().filter(|_| file.is_answered()) {
            faults.push(Fault::refusal(
                "reception-deja-notee",
                "courrier",
                format!(
                    "La réception de ce courrier est déjà notée au {} : annulez-la d’abord.",
                    french::date(known.on)
                ),
            ));
        }
        faults.extend(out_of_order(
            delivery.on,
            sending.on,
            today,
            "Un courrier est reçu après son envoi et au plus tard aujourd’hui",
        ));
    }

    /// Refuses to cancel what another standing fact builds on.
    fn check_cancellation(&self, fact: Seq, reason: &str, faults: &mut Vec<Fault>) {
        faults.extend(unexplained(reason));
        let Some(recorded) = self.fact(fact) else {
            faults.push(unknown("fait", fact));
            return;
        };
        if matches!(recorded.fact, Fact::FactCancelled { .. } | Fact::PayloadErased { .. }) {
            faults.push(Fault::refusal(
                "annulation-definitive",
                "fait",
                "Une annulation ne s’annule pas : enregistrez de nouveau ce qui était annulé.",
            ));
        }
        if let Some(by) = self.cancellation(fact) {
            faults.push(Fault::refusal(
                "deja-annule",
                "fait",
                format!("Le fait n° {fact} est déjà annulé par le fait n° {by} : il n’y a plus rien à faire."),
            ));
        }
        let dependents: Vec<String> = self
            .facts
            .iter()
            .filter(|other| other.seq > fact && !self.cancelled.contains_key(&other.seq))
            .filter(|other| other.fact.refers_to().contains(&fact) || builds_on_sending(&other.fact, &recorded.fact))
            .map(|other| other.seq.to_string())
            .collect();
        if !dependents.is_empty() {
            faults.push(Fault::refusal(
                "fait-utilise",
                "fait",
                format!(
                    "D’autres faits reposent sur celui-ci : annulez d’abord les faits n° {}.",
                    dependents.join(", ")
                ),
            ));
        }
    }

    /// Returns a fault for each invoice of another debtor or in another currency.
    fn foreign(&self, invoices: &[Seq], debtor: Seq, currency: Currency) -> Vec<Fault> {
        let mut faults = Vec::new();
        for seq in invoices {
            match self.find_invoice(*seq) {
                Some(invoice) if invoice.debtor != debtor => faults.push(another_debtor()),
                Some(invoice) if invoice.currency != currency => faults.push(Fault::refusal(
                    "devises-melangees",
                    "factures",
                    format!(
                        "La facture {} est en {} : les devises ne se mélangent pas, retirez-la.",
                        invoice.number, invoice.currency
                    ),
                )),
                Some(_) => {}
                None => faults.push(unknown("facture", *seq)),
            }
        }
        faults
    }

    /// Returns a fault for each invoice of another debtor, whatever its currency.
    fn foreign_to(&self, invoices: &[Seq], debtor: Seq) -> Vec<Fault> {
        let of_another = |seq: &&Seq| self.find_invoice(**seq).is_some_and(|invoice| invoice.debtor != debtor);
        let unknown_ones = invoices.iter().filter(|seq| self.find_invoice(**seq).is_none());
        let mut faults: Vec<Fault> = unknown_ones.map(|seq| unknown("facture", *seq)).collect();
        faults.extend(invoices.iter().filter(of_another).map(|_| another_debtor()));
        faults
    }

    fn belongs(&self, invoice: Seq, debtor: Seq) -> bool {
        let owner = self.find_invoice(invoice).map(|invoice| invoice.debtor);
        owner.or_else(|| self.find_credit_note(invoice).map(|credit_note| credit_note.debtor)) == Some(debtor)
    }

    fn taken(&self, number: &str) -> Option<Fault> {
        self.numbered(number).map(|seq| {
            Fault::refusal(
                "numero-existe",
                "numero",
                format!("Le numéro {number} est déjà enregistré (fait n° {seq}) : vérifiez-le, ou annulez l’ancien."),
            )
        })
    }
}

/// Returns the legal maximum that a due date is held against; there is none for a consumer.
fn terms_kind(standing: Standing, trade: Trade) -> Option<TermsKind> {
    match (standing, trade) {
        (Standing::Consumer, _) => None,
        (Standing::PublicBody, _) => Some(TermsKind::PublicBody),
        (Standing::Professional, Trade::Carriage) => Some(TermsKind::Transport),
        (Standing::Professional, Trade::General) => Some(TermsKind::General),
    }
}

/// Says whether a fact supposes that a letter left: the answer of the post, the lapse of a plan after a notice.
fn builds_on_sending(fact: &Fact, sent: &Fact) -> bool {
    let Fact::LetterSent(sending) = sent else { return false };
    matches!(fact, Fact::LetterDelivered(delivery) if delivery.letter == sending.letter)
        || matches!(fact, Fact::PlanLapsed(lapse) if lapse.notice == sending.letter)
}

fn check_waiver(waiver: &Waiver, faults: &mut Vec<Fault>) {
    faults.extend(unexplained(&waiver.reason));
    match waiver.object {
        WaiverObject::Interest { amount: Some(amount) } | WaiverObject::Principal { amount } => {
            faults.extend(not_positive(amount, "montant"));
        }
        WaiverObject::Interest { amount: None } | WaiverObject::Indemnity => {}
    }
}

fn check_capitalisation(capitalisation: &Capitalisation, faults: &mut Vec<Fault>) {
    if capitalisation.reference.trim().is_empty() {
        faults.push(Fault::refusal(
            "capitalisation-sans-titre",
            "reference",
            "Les intérêts ne produisent d’intérêts que par une clause ou un jugement : indiquez lequel.",
        ));
    }
}

fn check_limitation_act(act: &LimitationAct, today: Date, faults: &mut Vec<Fault>) {
    if act.on > today || act.ended_on.is_some_and(|ended| ended < act.on) {
        faults.push(Fault::refusal(
            "dates-de-l-acte",
            "le",
            "Un acte est daté au plus tard d’aujourd’hui et finit après avoir commencé : corrigez les dates.",
        ));
    }
}

fn out_of_order(on: Date, not_before: Date, not_after: Date, rule: &str) -> Option<Fault> {
    (on < not_before || on > not_after)
        .then(|| Fault::refusal("date-impossible", "le", format!("{rule} : corrigez la date du {}.", french::date(on))))
}

fn in_the_future(on: Date, today: Date) -> Option<Fault> {
    (on > today).then(|| {
        let sentence = format!("Le {} est dans l’avenir : indiquez le jour où c’est arrivé.", french::date(on));
        Fault::refusal("date-impossible", "le", sentence)
    })
}

/// Refuses a day that comes before the one it follows.
fn before(on: Date, not_before: Date, rule: &str) -> Option<Fault> {
    (on < not_before).then(|| {
        let sentence = format!("{rule} : corrigez la date du {}.", french::date(on));
        Fault::refusal("date-impossible", "le", sentence)
    })
}

fn unnamed(name: &str) -> Option<Fault> {
    folded(name).is_empty().then(|| Fault::refusal("nom-absent", "nom", "Le nom est vide : indiquez-le."))
}

fn unexplained(reason: &str) -> Option<Fault> {
    reason
        .trim()
        .is_empty()
        .then(|| Fault::refusal("motif-absent", "motif", "Le motif est vide : dites pourquoi, il reste au journal."))
}

fn not_positive(amount: Amount, path: &str) -> Option<Fault> {
    let payable = amount.is_positive() && amount.cents().is_some();
    (!payable).then(|| {
        Fault::refusal(
            "montant-impossible",
            path,
            "Le montant est au-dessus de zéro et s’arrête au centime : corrigez-le.",
        )
    })
}

fn another_debtor() -> Fault {
    Fault::refusal("autre-client", "factures", "Une des factures est celle d’un autre client : retirez-la.")
}

fn unknown(path: &str, seq: Seq) -> Fault {
    Fault::refusal(
        "fait-inconnu",
        path,
        format!("Le fait n° {seq} n’existe pas, ou il est annulé : vérifiez son numéro dans le journal."),
    )
}
