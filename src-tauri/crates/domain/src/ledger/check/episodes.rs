//! What is checked of a promise, a dispute, a plan, a policy, and of the steps that a letter or a call carries out.

use super::{another_debtor, before, in_the_future, not_positive, unexplained, unknown};
use crate::account::Account;
use crate::arrangement::{DueDateChange, Lapse, LevelsAfter, Plan, Promise};
use crate::calendar::add_days;
use crate::contact::{Contact, ContactKind, Dispute};
use crate::dunning::case::received_since;
use crate::dunning::{LevelJump, Policies, Policy, Step};
use crate::fact::{Fact, LetterModel, Seq};
use crate::ledger::{Ledger, LetterFile};
use crate::proceedings::Insolvency;
use crate::{Amount, Date, Fault, french};

impl Ledger {
    pub(super) fn check_contact(&self, contact: &Contact, today: Date, faults: &mut Vec<Fault>) {
        faults.extend(self.foreign_to(&contact.invoices, contact.debtor));
        faults.extend(in_the_future(contact.on, today));
        if contact.carries_out() {
            self.check_steps(contact.debtor, &contact.steps, faults);
        }
        let silent = contact.said.trim().is_empty();
        match contact.kind {
            ContactKind::Note | ContactKind::Decision if silent => {
                faults.push(Fault::refusal("note-vide", "dit", "La note est vide : écrivez ce qui s’est passé."));
            }
            ContactKind::Note => faults.push(Fault::warning(
                "faits-objectifs",
                "dit",
                "N’écrivez que des faits objectifs : le client peut demander à lire cette note (RGPD, article 15).",
            )),
            ContactKind::Call(_)
            | ContactKind::Email
            | ContactKind::Letter
            | ContactKind::Meeting
            | ContactKind::TextMessage
            | ContactKind::Decision => {}
        }
    }

    /// Refuses a level that was already carried out, or is about to be: nobody is reminded twice of the same thing.
    pub(super) fn check_steps(&self, debtor: Seq, steps: &[Step], faults: &mut Vec<Fault>) {
        let file = self.debtor(debtor);
        for step in steps {
            if self.find_invoice(step.invoice).is_none_or(|invoice| invoice.debtor != debtor) {
                faults.push(another_debtor());
                return;
            }
            let restarted_at = self.levels_restarted_at(debtor, step);
            let same = |known: &Step| {
                (known.invoice, known.instalment, &known.level) == (step.invoice, step.instalment, &step.level)
            };
            let letters = file.letters.iter().filter(|seq| **seq > restarted_at).map(|seq| self.letter(*seq));
            let by_letter = letters.filter(|file| file.letter.steps.iter().any(same)).map(LetterFile::left_on);
            let contacts = self.episodes_of(file).filter(|(seq, _)| *seq > restarted_at);
            let contacts =
                contacts.filter_map(|(_, fact)| if let Fact::ContactLogged(it) = fact { Some(it) } else { None });
            let by_contact = contacts
                .filter(|contact| contact.carries_out())
                .filter(|contact| contact.steps.iter().any(same))
                .map(|contact| contact.on);
            if let Some(done_on) = by_letter.chain(by_contact).max() {
                faults.push(Fault::refusal(
                    "relance-deja-faite",
                    "niveau",
                    format!(
                        "L’étape « {} » de la facture {} est déjà faite, ou prête, depuis le {} : passez à la suivante, ou annulez-la.",
                        step.level,
                        self.invoice(step.invoice).number,
                        french::date(done_on)
                    ),
                ));
            }
        }
    }

    /// Refuses a reminder before the last one: what is noted late of a call is only the truth.
    pub(super) fn check_not_past(&self, debtor: Seq, on: Date, faults: &mut Vec<Fault>) {
        let letters = self.debtor(debtor).letters.iter().map(|seq| self.letter(*seq));
        let letters = letters.filter(|file| !file.letter.steps.is_empty());
        if let Some(last) = letters.map(LetterFile::left_on).max().filter(|last| *last > on) {
            faults.push(Fault::refusal(
                "relance-dans-le-passe",
                "le",
                format!(
                    "Une relance du {} est déjà au journal de ce client : on ne relance pas à une date passée ; recommencez à la date d’aujourd’hui.",
                    french::date(last)
                ),
            ));
        }
    }

    fn levels_restarted_at(&self, debtor: Seq, step: &Step) -> Seq {
        let restarts = self.episodes_of(self.debtor(debtor)).filter(|(_, fact)| {
            matches!(fact, Fact::DueDateChanged(change) if change.levels == LevelsAfter::StartAgain
                && (change.invoice, change.instalment) == (step.invoice, step.instalment))
        });
        restarts.map(|(seq, _)| seq).max().unwrap_or(Seq::new(0))
    }

    pub(super) fn check_promise(&self, promise: &Promise, today: Date, faults: &mut Vec<Fault>) {
        faults.extend(self.foreign(&promise.invoices, promise.debtor, promise.currency));
        faults.extend(not_positive(promise.amount, "montant"));
        faults.extend(in_the_future(promise.made_on, today));
        faults.extend(before(promise.due_on, promise.made_on, "Une promesse est faite pour plus tard"));
    }

    pub(super) fn check_dispute(&self, dispute: &Dispute, today: Date, faults: &mut Vec<Fault>) {
        faults.extend(self.foreign_to(&[dispute.invoice], dispute.debtor));
        faults.extend(in_the_future(dispute.on, today));
        if let Some(amount) = dispute.amount {
            faults.extend(not_positive(amount, "montant"));
            if self.find_invoice(dispute.invoice).is_some_and(|invoice| amount > invoice.total) {
                faults.push(Fault::refusal(
                    "contestation-trop-haute",
                    "montant",
                    "La somme contestée dépasse la facture : corrigez-la, ou n’indiquez aucune somme si tout est contesté.",
                ));
            }
        }
    }

    /// Refuses to end what is another debtor's, what never began, or what has ended already.
    pub(super) fn check_end(&self, debtor: Seq, of: Seq, on: Date, opened_on: Option<Date>, today: Date) -> Vec<Fault> {
        let mut faults: Vec<Fault> = in_the_future(on, today).into_iter().collect();
        faults.extend(opened_on.and_then(|opened_on| before(on, opened_on, "Cela finit après avoir commencé")));
        let file = self.debtor(debtor);
        if file.episodes.binary_search(&of).is_err() {
            faults.push(unknown("reference", of));
        }
        let ends_it = |fact: &Fact| {
            let by_ending = matches!(fact, Fact::HoldLifted(ending) | Fact::TakenBack(ending) | Fact::InsolvencyClosed(ending)
                if ending.of == of);
            by_ending
                || matches!(fact, Fact::DisputeClosed(closing) if closing.dispute == of)
                || matches!(fact, Fact::PlanLapsed(lapse) if lapse.plan == of)
        };
        if let Some((by, _)) = self.episodes_of(file).find(|(_, fact)| ends_it(fact)) {
            faults.push(Fault::refusal(
                "deja-termine",
                "reference",
                format!("C’est déjà terminé par le fait n° {by} : il n’y a plus rien à faire."),
            ));
        }
        faults
    }

    pub(super) fn check_plan(&self, plan: &Plan, today: Date, faults: &mut Vec<Fault>) {
        let foreign = self.foreign(&plan.invoices, plan.debtor, plan.currency);
        if !foreign.is_empty() || plan.invoices.is_empty() {
            faults.extend(foreign);
            if plan.invoices.is_empty() {
                faults.push(Fault::refusal(
                    "plan-sans-facture",
                    "factures",
                    "Un échéancier porte sur des factures : indiquez lesquelles.",
                ));
            }
            return;
        }
        faults.extend(in_the_future(plan.agreed_on, today));
        faults.extend(plan.instalments.iter().find_map(|instalment| not_positive(instalment.amount, "echeances")));
        let dates: Vec<Date> = plan.instalments.iter().map(|instalment| instalment.due_on).collect();
        if dates.is_empty() || dates.first().is_some_and(|first| *first < plan.agreed_on) || !dates.is_sorted() {
            faults.push(Fault::refusal(
                "echeancier-en-desordre",
                "echeances",
                "Les versements se suivent, à partir du jour de l’accord : corrigez leurs dates.",
            ));
        }
        let debt = self.owed_on(plan);
        let sum: Amount = plan.instalments.iter().map(|instalment| instalment.amount).sum();
        if debt.is_some_and(|debt| debt != sum) {
            faults.push(Fault::refusal(
                "echeancier-inexact",
                "echeances",
                format!(
                    "Les versements font {}, la dette au {} est de {} : corrigez le dernier.",
                    french::money(sum, plan.currency),
                    french::date(plan.agreed_on),
                    french::money(debt.unwrap_or_default(), plan.currency)
                ),
            ));
        }
    }

    /// Returns everything owed on the invoices of a plan on the day it was agreed, due or to come; nothing where a rate is missing.
    fn owed_on(&self, plan: &Plan) -> Option<Amount> {
        let missing = crate::conventions::MissingRates::UseLastKnown;
        let account = Account::run(self, plan.debtor, plan.currency, plan.agreed_on, missing).ok()?;
        let named = |seq: Seq| plan.invoices.iter().any(|invoice| self.current_on(*invoice, plan.agreed_on) == seq);
        let claims = account.claims.iter().filter(|claim| named(claim.seq) && !claim.absorbed);
        Some(
            claims
                .map(|claim| {
                    claim.debts.iter().map(|debt| debt.principal + debt.interest).sum::<Amount>() + claim.indemnity_open
                })
                .sum(),
        )
    }

    pub(super) fn check_lapse(&self, lapse: &Lapse, today: Date, faults: &mut Vec<Fault>) {
        let Some(plan) = self.find_plan(lapse.plan).filter(|plan| plan.debtor == lapse.debtor) else {
            faults.push(unknown("plan", lapse.plan));
            return;
        };
        faults.extend(self.check_end(lapse.debtor, lapse.plan, lapse.on, Some(plan.agreed_on), today));
        let Some(days) = plan.lapse_notice_days else {
            faults.push(Fault::refusal(
                "sans-clause-de-decheance",
                "plan",
                "L’accord n’a pas de clause de déchéance : réclamez les versements échus, ou voyez un avocat.",
            ));
            return;
        };
        let notice = self
            .letters
            .get(&lapse.notice)
            .filter(|file| file.letter.about == Some(lapse.plan) && file.letter.model == LetterModel::RelancePromesse);
        let sent_on = notice.and_then(|file| file.sending.as_ref().map(|sending| sending.on));
        let whose = (plan.debtor, plan.currency);
        let received = received_since(self, whose, &plan.invoices, (lapse.plan, plan.agreed_on), lapse.on);
        let is_missed = plan.next_due(received).is_some_and(|due_on| due_on < lapse.on);
        match sent_on {
            Some(_) if !is_missed => faults.push(Fault::refusal(
                "versement-regularise",
                "plan",
                "Le versement que l’avis citait est arrivé : l’échéancier continue, attendez le versement suivant.",
            )),
            Some(sent_on) if add_days(sent_on, days) < lapse.on => {}
            Some(sent_on) => faults.push(Fault::refusal(
                "avis-trop-recent",
                "le",
                format!(
                    "L’avis est parti le {} et laisse {days} jours : attendez le {}.",
                    french::date(sent_on),
                    french::date(add_days(sent_on, days + 1))
                ),
            )),
            None => faults.push(Fault::refusal(
                "decheance-sans-avis",
                "courrier",
                "L’échéancier ne tombe pas de lui-même : envoyez d’abord la relance qui cite le versement manqué.",
            )),
        }
    }

    pub(super) fn check_due_date_change(&self, change: &DueDateChange, today: Date, faults: &mut Vec<Fault>) {
        faults.extend(self.foreign_to(&[change.invoice], change.debtor));
        faults.extend(unexplained(&change.reason));
        faults.extend(in_the_future(change.on, today));
        if let Some(invoice) = self.find_invoice(change.invoice) {
            faults.extend(before(change.due_on, invoice.issued_on, "Une facture échoit après son émission"));
            if invoice.instalments.len() <= change.instalment as usize {
                faults.push(Fault::refusal(
                    "echeance-inconnue",
                    "echeance",
                    "La facture n’a pas cette échéance : comptez-les à partir de 1.",
                ));
            }
        }
    }

    pub(super) fn check_policy(&self, policy: &Policy, faults: &mut Vec<Fault>) {
        faults.extend(policy.refusals());
        let policies = Policies::of(self);
        let Some(known) = policies.named(&policy.name) else { return };
        let used = self.levels_used(&policies, &policies.get(known).name);
        for level in used.iter().filter(|level| policy.levels.iter().all(|kept| kept.id != ***level)) {
            faults.push(Fault::refusal(
                "niveau-utilise",
                "niveaux",
                format!("Le niveau « {level} » a déjà servi : archivez-le (archive = true) au lieu de le supprimer."),
            ));
        }
    }

    /// Returns the levels of a policy, whatever its version, that some letter or call carried out.
    fn levels_used<'a>(
        &'a self,
        policies: &Policies,
        name: &str,
    ) -> std::collections::BTreeSet<&'a crate::dunning::LevelId> {
        let letters = self.letters.values().flat_map(|file| &file.letter.steps);
        let contacts = self.episodes.iter().filter_map(|seq| {
            if let Fact::ContactLogged(contact) = &self.fact(*seq)?.fact { Some(&contact.steps) } else { None }
        });
        let steps = letters.chain(contacts.flatten());
        steps.filter(|step| policies.get(step.policy).name == name).map(|step| &step.level).collect()
    }

    pub(super) fn check_jump(&self, jump: &LevelJump, today: Date, faults: &mut Vec<Fault>) {
        faults.extend(self.foreign_to(&[jump.invoice], jump.debtor));
        faults.extend(unexplained(&jump.reason));
        faults.extend(in_the_future(jump.on, today));
    }

    pub(super) fn check_insolvency(&self, insolvency: &Insolvency, today: Date, faults: &mut Vec<Fault>) {
        faults.extend(in_the_future(insolvency.judgment_on, today));
        if let Some(published_on) = insolvency.published_on {
            faults.extend(before(published_on, insolvency.judgment_on, "Le BODACC publie après le jugement"));
        }
    }

    /// Refuses to explain what is no credit of the bank, or one that is explained already.
    pub(super) fn already_explained(&self, credit: Seq) -> Option<Fault> {
        if self.bank_credits.binary_search(&credit).is_err() {
            return Some(unknown("credit", credit));
        }
        self.explained.contains(&credit).then(|| {
            Fault::refusal(
                "credit-deja-rapproche",
                "credit",
                format!("Le crédit n° {credit} est déjà rapproché : annulez d’abord ce rapprochement."),
            )
        })
    }
}
