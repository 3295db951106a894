//! A fact as a finished sentence: the history and the chronology of a dossier say it in the same words.
//!
//! What a fact names may be cancelled or erased: names are looked up in the journal, not in the ledger, and never missed.

use dument_domain::arrangement::{DueDateChange, InterestFrom, LevelsAfter, Plan, Promise};
use dument_domain::contact::{CallOutcome, Cause, Contact, ContactKind, Dispute, DisputeOutcome};
use dument_domain::dunning::{LevelJump, Policies, Policy, PolicyAssignment, PolicyId};
use dument_domain::fact::{
    CapitalisationGround, Channel, Delivery, DeliveryOutcome, Fact, Letter, LetterModel, LimitationActKind, Sending,
    Waiver, WaiverObject,
};
use dument_domain::french::{date, money, typeset};
use dument_domain::invoice::{CreditNote, Invoice};
use dument_domain::ledger::Ledger;
use dument_domain::proceedings::{HandOver, Insolvency, InsolvencyKind};
use dument_domain::{Currency, Date, Recorded, Seq};

use crate::sheets::dispute_name;

/// Says what a fact is, or nothing for what concerns no customer.
pub(crate) fn sentence(ledger: &Ledger, recorded: &Recorded) -> Option<String> {
    let number = |seq: &Seq| number(ledger, *seq);
    let told = match &recorded.fact {
        Fact::DebtorAdded(debtor) => format!("Fiche du client {} ouverte.", debtor.party.name),
        Fact::DebtorCorrected { .. } => "Fiche du client corrigée.".to_owned(),
        Fact::InvoiceRecorded(invoice) => issued(invoice),
        Fact::InvoiceReplaced(replacement) => {
            format!(
                "Facture n° {} remplacée par la facture n° {}.",
                number(&replacement.invoice),
                number(&replacement.by)
            )
        }
        Fact::CreditNoteRecorded(credit_note) => credited(credit_note),
        Fact::CreditNoteAssigned { credit_note, invoice } => {
            format!("Avoir n° {} imputé sur la facture n° {}.", number(credit_note), number(invoice))
        }
        Fact::PaymentReceived(payment) => {
            let means = payment.means.as_ref().map_or_else(String::new, |means| format!(" par {means}"));
            format!("Encaissement de {}{means}.", money(payment.amount, payment.currency))
        }
        Fact::PaymentAllocated { invoices, .. } => {
            format!("Encaissement imputé sur {}.", named(ledger, invoices))
        }
        Fact::ReceptionConfirmed(reception) => {
            format!("Facture n° {} reçue par le client : {}.", number(&reception.invoice), bare(&reception.means))
        }
        Fact::DueDateChanged(change) => moved(ledger, recorded.seq, change),
        Fact::ExhibitAdded(exhibit) => format!("Pièce conservée : {}.", bare(&exhibit.title)),
        Fact::ContactLogged(contact) => said(contact),
        Fact::PromiseMade(promise) => promised(ledger, promise),
        Fact::DisputeOpened(dispute) => disputed(ledger, dispute),
        Fact::DisputeClosed(closing) => {
            let about = dispute_of(ledger, closing.dispute)
                .map_or_else(String::new, |dispute| format!(" de la facture n° {}", number(&dispute.invoice)));
            format!("Contestation{about} close, {} : {}.", outcome_name(closing.outcome), bare(&closing.reason))
        }
        Fact::PlanAgreed(plan) => agreed(ledger, plan),
        Fact::PlanLapsed(_) => "Déchéance du terme : tout le solde de l’échéancier redevient exigible.".to_owned(),
        Fact::HoldSet(hold) => {
            format!(
                "Mise en attente jusqu’au {}{} : {}.",
                date(hold.until),
                on(ledger, &hold.invoices),
                bare(&hold.reason)
            )
        }
        Fact::HoldLifted(ending) => format!("Attente levée : {}.", bare(&ending.reason)),
        Fact::DirectDebitExpected(debit) => {
            format!("Prélèvement prévu le {}{}.", date(debit.debit_on), on(ledger, &debit.invoices))
        }
        Fact::WaiverGranted(waiver) => waived(ledger, waiver),
        Fact::CapitalisationRecorded(rule) => {
            let ground = match rule.ground {
                CapitalisationGround::Clause => "une clause",
                CapitalisationGround::Judgment => "un jugement",
            };
            format!("Capitalisation annuelle des intérêts par {ground} : {}.", bare(&rule.reference))
        }
        Fact::PolicyAssigned(assignment) => placed(ledger, assignment),
        Fact::LevelJumped(jump) => jumped(ledger, jump),
        Fact::LetterIssued(letter) => drawn_up(letter),
        Fact::LetterSent(sending) => sent(ledger, sending),
        Fact::LetterDelivered(delivery) => delivered(ledger, delivery),
        Fact::LimitationActRecorded(act) => format!("{}.", act_name(act.kind)),
        Fact::HandedOver(given) => handed_over(ledger, given),
        Fact::TakenBack(ending) => format!("Dossier repris : {}.", bare(&ending.reason)),
        Fact::InsolvencyOpened(insolvency) => opened(insolvency),
        Fact::InsolvencyClosed(ending) => format!("Procédure collective close : {}.", bare(&ending.reason)),
        Fact::CompanyIdentified(_)
        | Fact::ConventionsChosen(_)
        | Fact::RateDeclared(_)
        | Fact::BankChecked { .. }
        | Fact::BankCreditSeen(_)
        | Fact::BankCreditDismissed { .. }
        | Fact::PolicyAdopted(_)
        | Fact::FactCancelled { .. }
        | Fact::PayloadErased { .. } => return None,
    };
    Some(typeset(&told))
}

fn issued(invoice: &Invoice) -> String {
    let sum = money(invoice.total, invoice.currency);
    let due: Vec<String> = invoice.instalments.iter().map(|part| date(part.due_on)).collect();
    match due.as_slice() {
        [] => format!("Facture n° {} émise, {sum} TTC.", invoice.number),
        [due_on] => format!("Facture n° {} émise, {sum} TTC, échéance le {due_on}.", invoice.number),
        [first, .., last] => {
            format!("Facture n° {} émise, {sum} TTC, {} échéances du {first} au {last}.", invoice.number, due.len())
        }
    }
}

fn credited(credit_note: &CreditNote) -> String {
    format!("Avoir n° {} émis, {} TTC.", credit_note.number, money(credit_note.total, credit_note.currency))
}

fn moved(ledger: &Ledger, seq: Seq, change: &DueDateChange) -> String {
    let former = former_due_date(ledger, seq, change).map_or_else(String::new, |day| format!(" du {}", date(day)));
    let interest = match change.interest {
        InterestFrom::OriginalDueDate => "les pénalités courent toujours depuis l’échéance d’origine",
        InterestFrom::NewDueDate => "les pénalités courent depuis la nouvelle échéance",
    };
    let levels = match change.levels {
        LevelsAfter::Continue => "",
        LevelsAfter::StartAgain => " ; les relances reprennent au début",
    };
    format!(
        "Échéance de la facture n° {} reportée{former} au {} ({interest}{levels}) : {}.",
        number(ledger, change.invoice),
        date(change.due_on),
        bare(&change.reason)
    )
}

/// Returns the due date that a change put off: that of the change before it, or the invoice's own.
fn former_due_date(ledger: &Ledger, seq: Seq, change: &DueDateChange) -> Option<Date> {
    let earlier = ledger.facts().iter().take_while(|recorded| recorded.seq < seq);
    let standing = earlier.filter(|recorded| ledger.cancellation(recorded.seq).is_none());
    let last = standing.filter_map(|recorded| match &recorded.fact {
        Fact::DueDateChanged(it) if (it.invoice, it.instalment) == (change.invoice, change.instalment) => {
            Some(it.due_on)
        }
        _ => None,
    });
    let stated = || match &ledger.fact(change.invoice)?.fact {
        Fact::InvoiceRecorded(invoice) => invoice.instalments.get(change.instalment as usize).map(|part| part.due_on),
        _ => None,
    };
    last.last().or_else(stated)
}

/// Returns a contact with what was said, in the owner's words.
fn said(contact: &Contact) -> String {
    let cause = contact.cause.map_or_else(String::new, |cause| format!(" Cause du retard : {}.", cause_name(cause)));
    let by = contact.by.as_ref().map_or_else(String::new, |by| format!(" (par {by})"));
    format!("{}{by}{}{cause}", met(contact), quoted(&contact.said))
}

/// Returns how a contact is told without what was said: « Appel téléphonique avec Mme Rey ».
pub(crate) fn met(contact: &Contact) -> String {
    let title = contact.kind.title();
    match (contact.kind, &contact.with) {
        (ContactKind::Call(CallOutcome::Reached), None) => format!("{title}, {}", CallOutcome::Reached.title()),
        (ContactKind::Call(CallOutcome::Reached) | ContactKind::Meeting, Some(person)) => {
            format!("{title} avec {person}")
        }
        (ContactKind::Call(outcome), None) => format!("{title}, {}", outcome.title()),
        (ContactKind::Call(outcome), Some(person)) => format!("{title} ({person}), {}", outcome.title()),
        (ContactKind::Email | ContactKind::Letter | ContactKind::TextMessage, Some(person)) => {
            format!("{title} échangé{} avec {person}", if contact.kind == ContactKind::Letter { "e" } else { "" })
        }
        (
            ContactKind::Meeting
            | ContactKind::Email
            | ContactKind::Letter
            | ContactKind::TextMessage
            | ContactKind::Note
            | ContactKind::Decision,
            _,
        ) => title.to_owned(),
    }
}

/// Returns the end of a sentence with what was said, where something was.
fn quoted(said: &str) -> String {
    match one_line(said) {
        said if said.is_empty() => ".".to_owned(),
        said if said.ends_with(['.', '!', '?', '…']) => format!(" : « {said} »"),
        said => format!(" : « {said} »."),
    }
}

fn promised(ledger: &Ledger, promise: &Promise) -> String {
    let means = promise.means.as_ref().map_or_else(String::new, |means| format!(" ({})", bare(means)));
    format!(
        "Promesse de paiement de {} pour le {}{}{means}.",
        money(promise.amount, promise.currency),
        date(promise.due_on),
        on(ledger, &promise.invoices)
    )
}

fn disputed(ledger: &Ledger, dispute: &Dispute) -> String {
    let (number, currency) = (number(ledger, dispute.invoice), currency_of(ledger, dispute.invoice));
    let part =
        dispute.amount.map_or_else(|| " en entier".to_owned(), |amount| format!(" pour {}", money(amount, currency)));
    format!("Facture n° {number} contestée{part}, {}{}", dispute_name(dispute.kind), quoted(&dispute.said))
}

fn agreed(ledger: &Ledger, plan: &Plan) -> String {
    let total = plan.instalments.iter().map(|part| part.amount).sum();
    let first =
        plan.instalments.first().map_or_else(String::new, |part| format!(", le premier le {}", date(part.due_on)));
    format!(
        "Échéancier convenu{} : {} en {} versement{}{first}.",
        on(ledger, &plan.invoices),
        money(total, plan.currency),
        plan.instalments.len(),
        if plan.instalments.len() > 1 { "s" } else { "" }
    )
}

fn waived(ledger: &Ledger, waiver: &Waiver) -> String {
    let currency = currency_of(ledger, waiver.invoice);
    let what = match waiver.object {
        WaiverObject::Interest { amount: None } => "des intérêts".to_owned(),
        WaiverObject::Interest { amount: Some(amount) } => format!("de {} d’intérêts", money(amount, currency)),
        WaiverObject::Indemnity => "de l’indemnité forfaitaire".to_owned(),
        WaiverObject::Principal { amount } => format!("de {} de principal", money(amount, currency)),
    };
    format!("Remise {what} consentie sur la facture n° {} : {}.", number(ledger, waiver.invoice), bare(&waiver.reason))
}

fn placed(ledger: &Ledger, assignment: &PolicyAssignment) -> String {
    let whose = assignment
        .invoice
        .map_or_else(|| "Client placé".to_owned(), |invoice| format!("Facture n° {} placée", number(ledger, invoice)));
    let policy = match assignment.policy {
        PolicyId::Standard(which) => Some(Policy::standard(which).name),
        PolicyId::Adopted(seq) => match ledger.fact(seq).map(|recorded| &recorded.fact) {
            Some(Fact::PolicyAdopted(policy)) => Some(policy.name.clone()),
            _ => None,
        },
    };
    let policy = policy.map_or_else(|| "une autre politique".to_owned(), |name| format!("la politique « {name} »"));
    format!("{whose} sous {policy} : {}.", bare(&assignment.reason))
}

fn jumped(ledger: &Ledger, jump: &LevelJump) -> String {
    let policies = Policies::of(ledger);
    let title = policies.current().find_map(|(_, policy)| policy.level(&jump.to)).map(|level| level.title.as_str());
    format!(
        "Facture n° {} : passage direct à l’étape « {} » : {}.",
        number(ledger, jump.invoice),
        title.unwrap_or(jump.to.as_str()),
        bare(&jump.reason)
    )
}

fn drawn_up(letter: &Letter) -> String {
    let title = letter.model.title();
    let total = money(letter.total, letter.currency);
    match letter.model {
        LetterModel::ConfirmationEntretien => format!("{title} {}, à envoyer.", agree(letter.model, "établi")),
        LetterModel::AccordEcheancier => format!("{title} établi sur {total}, à signer."),
        LetterModel::RappelEcheance
        | LetterModel::RelanceAmiable
        | LetterModel::RelanceFerme
        | LetterModel::RelancePromesse
        | LetterModel::MiseEnDemeure
        | LetterModel::DernierAvis
        | LetterModel::Releve
        | LetterModel::ReponseContestation => {
            format!("{title} {} sur {total}, à envoyer.", agree(letter.model, "établi"))
        }
    }
}

fn sent(ledger: &Ledger, sending: &Sending) -> String {
    let tracking = sending.tracking.as_ref().map_or_else(String::new, |number| format!(" n° {number}"));
    let (title, sent) = letter_of(ledger, sending.letter)
        .map_or(("Courrier", "envoyé".to_owned()), |letter| (letter.model.title(), agree(letter.model, "envoyé")));
    format!("{title} {sent} par {}{tracking}.", channel_name(sending.channel))
}

fn delivered(ledger: &Ledger, delivery: &Delivery) -> String {
    let model = letter_of(ledger, delivery.letter).map(|letter| letter.model);
    let title = model.map_or("Courrier", LetterModel::title);
    let agree = |participle: &str| model.map_or_else(|| participle.to_owned(), |model| agree(model, participle));
    match delivery.outcome {
        DeliveryOutcome::Presented => format!("{title} : {} en l’absence du client.", agree("présenté")),
        DeliveryOutcome::Returned => format!("{title} : {}, le client n’étant pas à cette adresse.", agree("revenu")),
        DeliveryOutcome::Received => format!("{title} : {} par le client.", agree("reçu")),
        DeliveryOutcome::Unclaimed => format!("{title} : {}, puis non {}.", agree("présenté"), agree("réclamé")),
        DeliveryOutcome::Refused => format!("{title} : {} par le client.", agree("refusé")),
    }
}

fn handed_over(ledger: &Ledger, given: &HandOver) -> String {
    let reference = given.reference.as_ref().map_or_else(String::new, |text| format!(", référence {text}"));
    format!("Dossier confié {} ({}{reference}){}.", given.to.dative(), bare(&given.name), on(ledger, &given.invoices))
}

fn opened(insolvency: &Insolvency) -> String {
    let kind = match insolvency.kind {
        InsolvencyKind::Sauvegarde => "Sauvegarde",
        InsolvencyKind::RedressementJudiciaire => "Redressement judiciaire",
        InsolvencyKind::LiquidationJudiciaire => "Liquidation judiciaire",
    };
    let court = insolvency.court.as_ref().map_or_else(String::new, |court| format!(" ({})", bare(court)));
    let published =
        insolvency.published_on.map_or_else(String::new, |day| format!(", publication au BODACC le {}", date(day)));
    format!("{kind} du client : jugement du {}{court}{published}.", date(insolvency.judgment_on))
}

/// Returns the invoices of something as the end of a sentence: « sur la facture n° F-1 », or nothing when it is on all.
fn on(ledger: &Ledger, invoices: &[Seq]) -> String {
    if invoices.is_empty() { String::new() } else { format!(" sur {}", named(ledger, invoices)) }
}

fn named(ledger: &Ledger, invoices: &[Seq]) -> String {
    let numbers: Vec<String> = invoices.iter().map(|seq| number(ledger, *seq)).collect();
    match numbers.as_slice() {
        [] => "aucune facture".to_owned(),
        [one] => format!("la facture n° {one}"),
        [first @ .., last] => format!("les factures n° {} et {last}", first.join(", ")),
    }
}

/// Returns the number of an invoice or of a credit note, cancelled or not.
pub(crate) fn number(ledger: &Ledger, seq: Seq) -> String {
    match ledger.fact(seq).map(|recorded| &recorded.fact) {
        Some(Fact::InvoiceRecorded(invoice)) => invoice.number.clone(),
        Some(Fact::CreditNoteRecorded(credit_note)) => credit_note.number.clone(),
        _ => format!("(fait {seq})"),
    }
}

fn currency_of(ledger: &Ledger, invoice: Seq) -> Currency {
    match ledger.fact(invoice).map(|recorded| &recorded.fact) {
        Some(Fact::InvoiceRecorded(invoice)) => invoice.currency,
        _ => Currency::EUR,
    }
}

fn letter_of(ledger: &Ledger, seq: Seq) -> Option<&Letter> {
    match &ledger.fact(seq)?.fact {
        Fact::LetterIssued(letter) => Some(letter),
        _ => None,
    }
}

fn dispute_of(ledger: &Ledger, seq: Seq) -> Option<&Dispute> {
    match &ledger.fact(seq)?.fact {
        Fact::DisputeOpened(dispute) => Some(dispute),
        _ => None,
    }
}

/// Makes a participle agree with the title of a letter.
fn agree(model: LetterModel, participle: &str) -> String {
    match model {
        LetterModel::RappelEcheance
        | LetterModel::DernierAvis
        | LetterModel::Releve
        | LetterModel::AccordEcheancier => participle.to_owned(),
        LetterModel::RelanceAmiable
        | LetterModel::RelanceFerme
        | LetterModel::RelancePromesse
        | LetterModel::MiseEnDemeure
        | LetterModel::ConfirmationEntretien
        | LetterModel::ReponseContestation => format!("{participle}e"),
    }
}

/// Returns words of the owner as they end a sentence that has its own full stop.
fn bare(text: &str) -> String {
    one_line(text).trim_end_matches(['.', ' ']).to_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "lettre simple",
        Channel::Lrar => "lettre recommandée avec avis de réception",
        Channel::Lre => "lettre recommandée électronique",
        Channel::Email => "courriel",
    }
}

fn act_name(kind: LimitationActKind) -> &'static str {
    match kind {
        LimitationActKind::Recognition => "Reconnaissance de la dette par le client",
        LimitationActKind::CourtClaim => "Demande en justice",
        LimitationActKind::OrderServed => "Signification de l’ordonnance portant injonction de payer",
        LimitationActKind::Enforcement => "Mesure conservatoire ou acte d’exécution",
        LimitationActKind::ClaimDeclared => "Déclaration de la créance à la procédure collective",
        LimitationActKind::Mediation => "Médiation ou conciliation convenue par écrit",
    }
}

fn outcome_name(outcome: DisputeOutcome) -> &'static str {
    match outcome {
        DisputeOutcome::Founded => "fondée",
        DisputeOutcome::PartlyFounded => "fondée en partie",
        DisputeOutcome::Unfounded => "non fondée",
        DisputeOutcome::Settled => "par un accord",
    }
}

fn cause_name(cause: Cause) -> &'static str {
    match cause {
        Cause::Oversight => "oubli",
        Cause::CashTrouble => "trésorerie",
        Cause::Dispute(kind) => dispute_name(kind),
        Cause::InvoiceNotReceived => "facture non reçue",
        Cause::AdministrativeError => "erreur administrative",
        Cause::AwaitingApproval => "attente d’une validation",
        Cause::BadFaith => "pourrait payer et ne paie pas",
    }
}
