//! What to do today: one task for each debtor, and the deadlines that are nobody's reminder.

use std::collections::BTreeMap;

use super::Step;
use super::case::{Case, Policies, Position, positions};
use super::decision::{Decision, Ground, decide};
use super::level::{Level, LevelId, Means};
use super::policy::{Care, PolicyId};
use crate::account::Account;
use crate::calendar::add_days;
use crate::fact::{Channel, Delivery, DeliveryOutcome, Letter, LetterModel, LimitationActKind, Seq};
use crate::law::Semester;
use crate::ledger::{Ledger, LetterFile};
use crate::party::Handling;
use crate::prescription::Prescription;
use crate::{Amount, Currency, Date, french};

/// What there is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Call.
    Call,
    /// Write.
    Write(Channel),
    /// Decide what comes next.
    Decide,
    /// Match a credit of the bank first: it may be what is about to be claimed.
    MatchFirst {
        /// Which credits.
        credits: Vec<Seq>,
    },
    /// Send a letter that is ready.
    Send {
        /// Which one.
        letter: Seq,
    },
    /// Draw a letter up again before it leaves.
    Redraw {
        /// Which one.
        letter: Seq,
    },
    /// Throw a letter away: what it claims was paid.
    Discard {
        /// Which one.
        letter: Seq,
    },
    /// Look whether a promised sum arrived.
    PromiseDue {
        /// Which promise.
        promise: Seq,
    },
    /// Look whether an instalment of a plan arrived.
    PlanDue {
        /// Which plan.
        plan: Seq,
    },
    /// An instalment of a plan was missed: give notice, or let it be.
    PlanMissed {
        /// Which plan.
        plan: Seq,
    },
    /// Ask for the answer of the post.
    ReceiptMissing {
        /// To which letter.
        letter: Seq,
    },
    /// Correct the address: a letter came back.
    CameBack {
        /// Which letter.
        letter: Seq,
    },
    /// Declare the claim in the insolvency proceedings.
    DeclareClaim,
    /// Act in court before the claim is time-barred.
    Limitation,
    /// Enter the rates of the semester.
    RateMissing,
}

/// What stands in the way of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocker {
    /// The bank was not looked at for too long.
    StaleBank {
        /// The day through which it was looked at.
        through: Option<Date>,
    },
    /// A credit of the bank that nothing explains may be this payment.
    UnmatchedCredit {
        /// How much.
        amount: Amount,
        /// When.
        on: Date,
    },
    /// Nothing says where to write.
    NoAddress,
    /// Nothing says which number to call.
    NoPhone,
    /// The last letter came back.
    CameBack,
    /// This debtor is never reminded in a batch.
    NeverWithoutMe,
}

impl Blocker {
    /// Says whether the owner may go on by saying that he looked.
    #[must_use]
    pub fn can_be_confirmed(&self) -> bool {
        match self {
            Self::StaleBank { .. } | Self::UnmatchedCredit { .. } | Self::NeverWithoutMe => true,
            Self::NoAddress | Self::NoPhone | Self::CameBack => false,
        }
    }

    /// Says it in French, with what to do.
    #[must_use]
    pub fn sentence(&self, currency: Currency) -> String {
        match self {
            Self::StaleBank { through: Some(through) } => format!(
                "La banque n’a pas été vérifiée depuis le {} : regardez si un paiement est arrivé.",
                french::date(*through)
            ),
            Self::StaleBank { through: None } => {
                "La banque n’a jamais été vérifiée : regardez si un paiement est arrivé.".to_owned()
            }
            Self::UnmatchedCredit { amount, on } => format!(
                "Un crédit de {} du {} n’est rapproché de rien et ressemble à ce qui est dû : rapprochez-le d’abord.",
                french::money(*amount, currency),
                french::date(*on)
            ),
            Self::NoAddress => {
                "Aucune adresse pour cet envoi, ni électronique pour un courriel ni postale pour une lettre : complétez sa fiche."
                    .to_owned()
            }
            Self::NoPhone => "Pas de numéro de téléphone : complétez sa fiche, ou passez à l’étape suivante en disant pourquoi.".to_owned(),
            Self::CameBack => "Le dernier courrier est revenu : corrigez son adresse.".to_owned(),
            Self::NeverWithoutMe => "Ce client n’est jamais relancé sans vous : traitez-le à part.".to_owned(),
        }
    }
}

/// One instalment in a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Of which invoice.
    pub invoice: Seq,
    /// Which instalment, the first being 0.
    pub instalment: u32,
    /// The level it is at itself, which is not always the one of the task.
    pub step: Option<Step>,
    /// What is claimed of it, in principal.
    pub amount: Amount,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// For whom; nobody in particular for a missing rate.
    pub debtor: Option<Seq>,
    /// In which currency.
    pub currency: Currency,
    /// What.
    pub action: Action,
    /// The level it carries out, the highest of its instalments.
    pub level: Option<(PolicyId, LevelId)>,
    /// About what.
    pub items: Vec<Item>,
    /// How much, in principal.
    pub amount: Amount,
    /// Why.
    pub grounds: Vec<String>,
    /// By when.
    pub by: Date,
    /// What stands in the way.
    pub blockers: Vec<Blocker>,
}

/// Returns what to do today.
///
/// The order is the one of the day: what a deadline forces first, then the highest level, then the largest sum.
#[must_use]
pub fn agenda(ledger: &Ledger, policies: &Policies, today: Date) -> Vec<Task> {
    let guard = Guard::of(ledger, today);
    let mut tasks = Vec::new();
    for (debtor, file) in ledger.debtors() {
        if file.invoices.is_empty() {
            continue;
        }
        let positions = positions(ledger, policies, debtor, today);
        for position in &positions {
            tasks.extend(reminders(ledger, policies, position, today, &guard));
            tasks.extend(deadlines_of(ledger, position, today));
        }
        tasks.extend(posted_of(ledger, policies, (debtor, &positions), today));
    }
    for task in &mut tasks {
        guard.look_at(ledger, policies, task, today);
    }
    if ledger.rates().of(Semester::of(today)).is_none() {
        tasks.push(rate_missing(today));
    }
    tasks.sort_by(|left, right| {
        urgency(policies, left).cmp(&urgency(policies, right)).then(right.amount.cmp(&left.amount))
    });
    tasks
}

/// What is looked at before anything leaves.
pub(super) struct Guard {
    checked_through: Option<Date>,
    /// Credits that nothing explains, by currency and sum.
    unmatched: BTreeMap<(Currency, Amount), Vec<(Seq, Date)>>,
}

impl Guard {
    /// Returns a guard that suspects nothing, for what is only imagined.
    pub(super) fn none() -> Self {
        Self { checked_through: None, unmatched: BTreeMap::new() }
    }

    fn of(ledger: &Ledger, today: Date) -> Self {
        let mut unmatched: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (seq, credit) in ledger.unmatched_credits().filter(|(_, credit)| credit.booked_on <= today) {
            unmatched.entry((credit.currency, credit.amount)).or_default().push((seq, credit.booked_on));
        }
        Self { checked_through: ledger.bank_checked_through(), unmatched }
    }

    /// Looks again at what is about to leave: a letter that is ready, one to draw up again, the notice of a missed instalment.
    fn look_at(&self, ledger: &Ledger, policies: &Policies, task: &mut Task, today: Date) {
        let (sums, care) = match &task.action {
            Action::Send { letter } | Action::Redraw { letter } if ledger.letter(*letter).letter.model.reminds() => {
                let letter = &ledger.letter(*letter).letter;
                (vec![letter.principal, letter.total], care_of(policies, letter))
            }
            Action::PlanMissed { plan } => {
                let plan = ledger.find_plan(*plan);
                let missed = plan.into_iter().flat_map(|plan| &plan.instalments).filter(|part| part.due_on == task.by);
                (missed.map(|instalment| instalment.amount).collect(), Care::default())
            }
            Action::Call
            | Action::Write(_)
            | Action::Decide
            | Action::MatchFirst { .. }
            | Action::Send { .. }
            | Action::Redraw { .. }
            | Action::Discard { .. }
            | Action::PromiseDue { .. }
            | Action::PlanDue { .. }
            | Action::ReceiptMissing { .. }
            | Action::CameBack { .. }
            | Action::DeclareClaim
            | Action::Limitation
            | Action::RateMissing => return,
        };
        task.blockers.extend(self.stale(care, today));
        let suspects = self.of_sums(task.currency, sums);
        task.blockers.extend(suspects.into_iter().map(|(_, amount, on)| Blocker::UnmatchedCredit { amount, on }));
    }

    /// Returns the credits whose sum is that of what is claimed, of one of its parts, or of one of its invoices.
    fn suspects(&self, currency: Currency, items: &[Item]) -> Vec<(Seq, Amount, Date)> {
        if self.unmatched.is_empty() {
            return Vec::new();
        }
        let mut sums: Vec<Amount> = items.iter().map(|item| item.amount).collect();
        let mut by_invoice: BTreeMap<Seq, Amount> = BTreeMap::new();
        for item in items {
            *by_invoice.entry(item.invoice).or_default() += item.amount;
        }
        sums.extend(by_invoice.into_values());
        sums.push(items.iter().map(|item| item.amount).sum());
        self.of_sums(currency, sums)
    }

    /// Returns the credits of one of these sums.
    fn of_sums(&self, currency: Currency, mut sums: Vec<Amount>) -> Vec<(Seq, Amount, Date)> {
        sums.sort();
        sums.dedup();
        let found = sums.into_iter().filter_map(|sum| Some((sum, self.unmatched.get(&(currency, sum))?)));
        found.flat_map(|(sum, credits)| credits.iter().map(move |(seq, on)| (*seq, sum, *on))).collect()
    }

    fn stale(&self, care: Care, today: Date) -> Option<Blocker> {
        let through = self.checked_through;
        let fresh = through.is_some_and(|through| add_days(through, care.bank_check) >= today);
        (!fresh).then_some(Blocker::StaleBank { through })
    }
}

/// One instalment that acts today.
struct Acting<'a> {
    /// Its place in its position.
    index: usize,
    case: &'a Case,
    level: &'a Level,
    since: Date,
    grounds: Vec<Ground>,
}

/// Decides about each instalment of a position, seen together: a notice before the due date makes way for a reminder after it.
#[must_use]
pub fn decisions<'a>(policies: &Policies, position: &'a Position, today: Date) -> Vec<(&'a Case, Decision)> {
    let level = |case: &Case, decision: &Decision| match decision {
        Decision::Act { level, prepared: None, .. } => policies.running(case.policy).level(level).cloned(),
        Decision::Act { .. } | Decision::WaitUntil { .. } | Decision::Hold { .. } | Decision::Close { .. } => None,
    };
    let decided = position.cases.iter().map(|case| (case, decide(policies.running(case.policy), case, today)));
    let mut decided: Vec<(&Case, Decision)> = decided.collect();
    let reminds = |level: Level| !level.is_preventive() && level.means != Means::Decision;
    if decided.iter().any(|(case, decision)| level(case, decision).is_some_and(reminds)) {
        for (case, decision) in &mut decided {
            if let Some(notice) = level(case, decision).filter(Level::is_preventive) {
                let grounds = decision.grounds().iter().cloned().chain([Ground::ReminderFirst]).collect();
                *decision = Decision::WaitUntil { on: add_days(today, 1), level: notice.id, grounds };
            }
        }
    }
    if position.handling == Handling::LetterPerLevel {
        let severity = |case: &Case, decision: &Decision| {
            level(case, decision).filter(|level| level.means != Means::Decision).map(|level| level.severity())
        };
        let highest = decided.iter().filter_map(|(case, decision)| severity(case, decision)).max();
        for (case, decision) in &mut decided {
            if severity(case, decision).is_some_and(|own| Some(own) < highest) {
                let lower = level(case, decision).expect("BUG: what has a severity has a level").id;
                let grounds = decision.grounds().iter().cloned().chain([Ground::HigherFirst]).collect();
                *decision = Decision::WaitUntil { on: add_days(today, 1), level: lower, grounds };
            }
        }
    }
    decided
}

/// Returns the instalments that the reminder of the day speaks of, and those about which there is a decision to take.
fn acting<'a>(policies: &'a Policies, position: &'a Position, today: Date) -> (Vec<Acting<'a>>, Vec<Acting<'a>>) {
    let mut written = Vec::new();
    let mut to_decide = Vec::new();
    for (index, (case, decision)) in decisions(policies, position, today).into_iter().enumerate() {
        if let Decision::Act { level, since, prepared: None, grounds, .. } = decision {
            let level =
                policies.running(case.policy).level(&level).expect("BUG: a decision names a level of its policy");
            let acting = Acting { index, case, level, since, grounds };
            if level.means == Means::Decision { to_decide.push(acting) } else { written.push(acting) }
        }
    }
    (written, to_decide)
}

/// Returns the places of the instalments that the reminder of the day would speak of, if a credit covers all that it would claim.
pub(super) fn covered(policies: &Policies, position: &Position, today: Date) -> Vec<usize> {
    let credit = position.cases.first().map_or(Amount::ZERO, |case| case.around.credit);
    if !credit.is_positive() {
        return Vec::new();
    }
    let (written, _) = acting(policies, position, today);
    let claimed: Amount = written.iter().map(|acting| acting.case.claimable()).sum();
    if claimed <= credit { written.iter().map(|acting| acting.index).collect() } else { Vec::new() }
}

/// Returns the reminders of a position: one at most, and the decisions to take.
pub(super) fn reminders(
    ledger: &Ledger,
    policies: &Policies,
    position: &Position,
    today: Date,
    guard: &Guard,
) -> Vec<Task> {
    let (written, decisions) = acting(policies, position, today);
    let groups = [written, decisions].into_iter().filter(|group| !group.is_empty());
    groups.map(|group| task(ledger, policies, position, &group, today, guard)).collect()
}

/// Returns one task for all these instalments, at the highest of their levels.
fn task(
    ledger: &Ledger,
    policies: &Policies,
    position: &Position,
    group: &[Acting<'_>],
    today: Date,
    guard: &Guard,
) -> Task {
    let top = group
        .iter()
        .max_by_key(|acting| (acting.level.severity(), std::cmp::Reverse(acting.case.due_on)))
        .expect("BUG: a group has a member");
    let care = policies.running(top.case.policy).care;
    let items: Vec<Item> = group
        .iter()
        .map(|Acting { case, level, .. }| Item {
            invoice: case.invoice,
            instalment: case.instalment,
            step: Some(case.step(level)),
            amount: case.claimable(),
        })
        .collect();
    let credit = top.case.around.credit;
    let amount = items.iter().map(|item| item.amount).sum::<Amount>();
    let mut grounds: Vec<String> = top.grounds.iter().map(|ground| ground.sentence(position.currency)).collect();
    if credit.is_positive() {
        grounds.push(format!("avoir ou trop-perçu de {} à déduire", french::money(credit, position.currency)));
    }
    let file = ledger.debtor(position.debtor);
    let mut blockers = Vec::new();
    let mut action = match top.level.means {
        Means::Call => {
            if file.debtor.party.phone.is_none() {
                blockers.push(Blocker::NoPhone);
            }
            Action::Call
        }
        Means::Decision => Action::Decide,
        Means::Writing(channel) => {
            let reachable = reachable(ledger, position.debtor, channel);
            match reachable {
                Some(other) if other != channel => {
                    grounds.push("pas d’adresse électronique : par lettre".to_owned());
                }
                Some(_) => {}
                None => blockers.push(Blocker::NoAddress),
            }
            Action::Write(reachable.unwrap_or(channel))
        }
    };
    let suspects = guard.suspects(position.currency, &items);
    let suspected = suspects.iter().map(|(_, amount, on)| Blocker::UnmatchedCredit { amount: *amount, on: *on });
    // Who may have paid is not called either before the owner has looked.
    if action == Action::Call {
        blockers.extend(suspected.clone());
    }
    if let Action::Write(_) = action {
        blockers.extend(guard.stale(care, today));
        if came_back(ledger, position.debtor, today).is_some() {
            blockers.push(Blocker::CameBack);
        }
        if matches!(file.debtor.handling, Handling::NeverWithoutMe | Handling::WithCare) {
            blockers.push(Blocker::NeverWithoutMe);
        }
        if !suspects.is_empty() {
            blockers.extend(suspected);
            action = Action::MatchFirst { credits: suspects.into_iter().map(|(seq, ..)| seq).collect() };
        }
    }
    Task {
        debtor: Some(position.debtor),
        currency: position.currency,
        action,
        level: Some((top.case.policy, top.level.id.clone())),
        items,
        amount: amount - credit.min(amount),
        grounds,
        by: group.iter().map(|acting| acting.since).min().unwrap_or(today),
        blockers,
    }
}

/// Returns the channel by which a debtor can be written to: the one wished, else the post instead of an electronic one.
#[must_use]
pub fn reachable(ledger: &Ledger, debtor: Seq, channel: Channel) -> Option<Channel> {
    let party = &ledger.debtor(debtor).debtor.party;
    let by_post = !party.address.is_empty();
    match channel {
        Channel::Email | Channel::Lre if party.email.is_some() => Some(channel),
        Channel::Email => by_post.then_some(Channel::Letter),
        Channel::Lre => by_post.then_some(Channel::Lrar),
        Channel::Letter | Channel::Lrar => by_post.then_some(channel),
    }
}

/// Returns the last letter that had left by a day, if it came back, unless the debtor's details were corrected since.
fn came_back(ledger: &Ledger, debtor: Seq, today: Date) -> Option<Seq> {
    let file = ledger.debtor(debtor);
    let mut letters = file.letters.iter().rev().map(|seq| (*seq, ledger.letter(*seq)));
    let (seq, letter) = letters.find(|(_, file)| file.sending.as_ref().is_some_and(|sending| sending.on <= today))?;
    let returned = |delivery: &Delivery| delivery.outcome == DeliveryOutcome::Returned && delivery.on <= today;
    let (returned_by, _) = letter.deliveries.iter().find(|(_, delivery)| returned(delivery))?;
    file.corrected.is_none_or(|corrected| corrected < *returned_by).then_some(seq)
}

/// Returns what a promise, a plan, an insolvency or a limitation period asks for.
fn deadlines_of(ledger: &Ledger, position: &Position, today: Date) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    for case in &position.cases {
        for suspension in &case.suspensions {
            let found = due_of(ledger, position, suspension, today);
            if let Some((action, by, ground)) =
                found.filter(|(action, ..)| tasks.iter().all(|task| task.action != *action))
            {
                tasks.push(deadline(position, action, by, vec![ground], suspension));
            }
        }
    }
    let under_way = position
        .cases
        .iter()
        .flat_map(|case| &case.suspensions)
        .any(|it| matches!(it, super::Suspension::Insolvency { .. }));
    let insolvency = ledger.debtor(position.debtor).insolvency.as_ref().filter(|_| under_way);
    if let Some(insolvency) = insolvency.filter(|insolvency| insolvency.judgment_on <= today) {
        let earlier: Vec<&Case> = position
            .cases
            .iter()
            .filter(|case| ledger.invoice(case.invoice).issued_on < insolvency.judgment_on)
            .collect();
        let declared = earlier.iter().all(|case| {
            ledger.limitation_acts_of(case.invoice).iter().any(|act| {
                act.kind == LimitationActKind::ClaimDeclared && (insolvency.judgment_on..=today).contains(&act.on)
            })
        });
        if !earlier.is_empty() && !declared {
            tasks.push(declaration(position, insolvency, &earlier));
        }
    }
    tasks.extend(limitation(ledger, position, today));
    tasks
}

fn due_of(
    ledger: &Ledger,
    position: &Position,
    suspension: &super::Suspension,
    today: Date,
) -> Option<(Action, Date, String)> {
    use super::Suspension;
    match suspension {
        Suspension::Promise { promise, due_on, .. } if *due_on <= today => {
            Some((Action::PromiseDue { promise: *promise }, *due_on, suspension.sentence(position.currency)))
        }
        Suspension::Plan { plan, due_on, until } if *until < today => {
            let ground = missed(ledger, *plan, *due_on, today)?;
            Some((Action::PlanMissed { plan: *plan }, *due_on, ground))
        }
        Suspension::Plan { plan, due_on, .. } if *due_on <= today => {
            Some((Action::PlanDue { plan: *plan }, *due_on, suspension.sentence(position.currency)))
        }
        Suspension::Promise { .. }
        | Suspension::Plan { .. }
        | Suspension::Hold { .. }
        | Suspension::Dispute { .. }
        | Suspension::DirectDebit { .. }
        | Suspension::HandedOver { .. }
        | Suspension::Insolvency { .. }
        | Suspension::NotReminded => None,
    }
}

/// Says what to do about a missed instalment of a plan; nothing while a notice of it is on its way or its delay runs.
fn missed(ledger: &Ledger, plan: Seq, due_on: Date, today: Date) -> Option<String> {
    let missed = format!("versement du {} manqué", french::date(due_on));
    let Some(notice) = notice_of(ledger, plan, due_on, today) else {
        return Some(format!("{missed} : prévenez par écrit, ou accordez un délai"));
    };
    let sent_on = notice.sending.as_ref().map(|sending| sending.on).filter(|on| *on <= today)?;
    let clause = ledger.find_plan(plan).and_then(|plan| plan.lapse_notice_days);
    let awaited_until = add_days(sent_on, clause.or(notice.letter.delay_days).unwrap_or(0));
    let next = match clause {
        Some(_) => "prononcez la déchéance de l’échéancier, ou accordez un délai",
        None => "relancez de nouveau, accordez un délai, ou voyez un avocat",
    };
    (awaited_until < today).then(|| format!("{missed}, avis du {} resté sans effet : {next}", french::date(sent_on)))
}

/// Returns the last letter that gave notice of a missed instalment of a plan by a day, sent or not.
#[must_use]
pub fn notice_of(ledger: &Ledger, plan: Seq, missed_on: Date, today: Date) -> Option<&LetterFile> {
    let agreed = ledger.find_plan(plan)?;
    let letters = ledger.debtor(agreed.debtor).letters.iter().rev().map(|seq| ledger.letter(*seq));
    let gives_notice = |letter: &Letter| letter.about == Some(plan) && letter.model == LetterModel::RelancePromesse;
    let mut notices = letters.filter(|file| gives_notice(&file.letter));
    notices.find(|file| missed_on < file.letter.issued_on && file.letter.issued_on <= today)
}

fn deadline(
    position: &Position,
    action: Action,
    by: Date,
    grounds: Vec<String>,
    suspension: &super::Suspension,
) -> Task {
    let concerned = position.cases.iter().filter(|case| case.suspensions.contains(suspension));
    let task = deadline_on(position, action, by, grounds, concerned);
    match suspension {
        // What is awaited is what was promised, not all that is owed.
        super::Suspension::Promise { amount, .. } => Task { amount: *amount, ..task },
        super::Suspension::Plan { .. }
        | super::Suspension::Hold { .. }
        | super::Suspension::Dispute { .. }
        | super::Suspension::DirectDebit { .. }
        | super::Suspension::HandedOver { .. }
        | super::Suspension::Insolvency { .. }
        | super::Suspension::NotReminded => task,
    }
}

fn deadline_on<'a>(
    position: &Position,
    action: Action,
    by: Date,
    grounds: Vec<String>,
    cases: impl Iterator<Item = &'a Case>,
) -> Task {
    let items: Vec<Item> = cases
        .map(|case| Item { invoice: case.invoice, instalment: case.instalment, step: None, amount: case.remaining })
        .collect();
    Task {
        debtor: Some(position.debtor),
        currency: position.currency,
        action,
        level: None,
        amount: items.iter().map(|item| item.amount).sum(),
        items,
        grounds,
        by,
        blockers: Vec::new(),
    }
}

fn declaration(position: &Position, insolvency: &crate::proceedings::Insolvency, earlier: &[&Case]) -> Task {
    let by = insolvency.declaration_deadline();
    let mut grounds = vec![format!(
        "procédure collective ouverte le {} : déclarez la créance au plus tard le {}",
        french::date(insolvency.judgment_on),
        french::date(by)
    )];
    if insolvency.published_on.is_none() {
        grounds
            .push("date de publication au BODACC inconnue : le délai est compté du jugement, par prudence".to_owned());
    }
    grounds.extend(insolvency.representative.as_ref().map(|name| format!("à adresser à {name}")));
    deadline_on(position, Action::DeclareClaim, by, grounds, earlier.iter().copied())
}

/// Returns the invoices whose limitation is less than a year away, in one task.
fn limitation(ledger: &Ledger, position: &Position, today: Date) -> Option<Task> {
    let mut near: Vec<(&Case, Date)> = Vec::new();
    for case in &position.cases {
        // Nothing is time-barred in less than a year: an invoice that young needs no look.
        if case.stated_due_on >= today {
            continue;
        }
        if is_in_court(ledger, case.invoice) {
            continue;
        }
        let prescription = Prescription::of(ledger, case.invoice);
        if prescription.warnings.first().is_some_and(|first| *first <= today) {
            near.push((case, prescription.prudent_deadline));
        }
    }
    let by = near.iter().map(|(_, deadline)| *deadline).min()?;
    let ground = if by < today {
        format!("prescription acquise depuis le {}, sauf acte interruptif : voyez un avocat", french::date(by))
    } else {
        format!("prescription le {} : une lettre ne l’interrompt pas, agissez en justice avant", french::date(by))
    };
    Some(deadline_on(position, Action::Limitation, by, vec![ground], near.into_iter().map(|(case, _)| case)))
}

/// Says whether the owner has gone to court for an invoice, or had an order served: he knows of the time that runs.
fn is_in_court(ledger: &Ledger, invoice: Seq) -> bool {
    ledger.limitation_acts_of(invoice).iter().any(|act| match act.kind {
        LimitationActKind::CourtClaim
        | LimitationActKind::OrderServed
        | LimitationActKind::Enforcement
        | LimitationActKind::ClaimDeclared => true,
        LimitationActKind::Recognition | LimitationActKind::Mediation => false,
    })
}

fn rate_missing(today: Date) -> Task {
    let semester = Semester::of(today);
    Task {
        debtor: None,
        currency: Currency::EUR,
        action: Action::RateMissing,
        level: None,
        items: Vec::new(),
        amount: Amount::ZERO,
        grounds: vec![format!("le taux du {semester} n’est pas dans le programme : entrez-le dès sa publication")],
        by: semester.first_day(),
        blockers: Vec::new(),
    }
}

/// Returns how careful the policy is that a letter carries out, or the usual care.
fn care_of(policies: &Policies, letter: &Letter) -> Care {
    letter.steps.first().map_or_else(Care::default, |step| policies.get(step.policy).care)
}

/// What a letter that was drawn up and has not left is worth on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    /// It says what is owed.
    Fresh,
    /// It was drawn up too long ago.
    Old {
        /// When.
        issued_on: Date,
    },
    /// What it claims has changed.
    Changed {
        /// Principal it claims, less the credits it deducts.
        claimed: Amount,
        /// Principal owed on the same invoices, less the credits there are now.
        owed: Amount,
    },
    /// Nothing of it is owed any more, or may be asked for.
    Settled,
}

/// Says whether insolvency proceedings are under way against a debtor.
fn is_insolvent(ledger: &Ledger, policies: &Policies, debtor: Seq, on: Date) -> bool {
    let opened = ledger.debtor(debtor).insolvency.is_some();
    let stops = |case: &Case| case.suspensions.iter().any(|it| matches!(it, super::Suspension::Insolvency { .. }));
    opened && positions(ledger, policies, debtor, on).iter().flat_map(|position| &position.cases).any(stops)
}

/// Returns what a letter that has not left is worth on a day.
#[must_use]
pub fn draft(ledger: &Ledger, policies: &Policies, letter: &Letter, on: Date) -> Draft {
    // An agreement says what was owed on its own day, whenever it is signed.
    if letter.model == LetterModel::AccordEcheancier {
        return Draft::Fresh;
    }
    let account = Account::principals(ledger, letter.debtor, letter.currency, on);
    let named = |invoice: Seq| letter.invoices.iter().any(|it| ledger.current_on(*it, on) == invoice);
    let counts = |due_on: Date| due_on <= letter.issued_on || letter.model.shows_what_is_to_come();
    let concerned = account.claims.iter().filter(|claim| named(claim.seq) && !claim.absorbed);
    let owed: Amount = concerned
        .filter(|claim| !(letter.model.reminds() && claim.is_paid_at_face()))
        .map(|claim| {
            let sum = |wanted: bool| {
                let debts = claim.debts.iter().filter(|debt| counts(debt.due_on) == wanted);
                debts.map(|debt| debt.principal).sum::<Amount>()
            };
            ledger.undisputed(claim.seq, (sum(true), sum(false)), on)
        })
        .sum();
    let care = care_of(policies, letter);
    // A reminder deducts what the creditor owes: it is out of date as well when that has changed.
    let (deducted, credit) = if letter.model.reminds() {
        let deducted = letter.principal + letter.interest + letter.indemnity - letter.total;
        (deducted, account.credits.iter().map(|credit| credit.amount).sum())
    } else {
        (Amount::ZERO, Amount::ZERO)
    };
    let (claimed, owed) = (letter.principal - deducted, owed - credit);
    if letter.model.reminds() && is_insolvent(ledger, policies, letter.debtor, on) {
        return Draft::Settled;
    }
    if owed != claimed {
        return if owed.is_positive() { Draft::Changed { claimed, owed } } else { Draft::Settled };
    }
    if add_days(letter.issued_on, care.draft_validity) < on {
        return Draft::Old { issued_on: letter.issued_on };
    }
    Draft::Fresh
}

/// Returns the letters that have not left, and those whose answer is awaited.
fn posted_of(ledger: &Ledger, policies: &Policies, (debtor, positions): (Seq, &[Position]), today: Date) -> Vec<Task> {
    let mut tasks = Vec::new();
    for (seq, file) in ledger.debtor(debtor).letters.iter().map(|seq| (*seq, ledger.letter(*seq))) {
        let letter = &file.letter;
        if letter.issued_on > today {
            continue;
        }
        match file.sending.as_ref().filter(|sending| sending.on <= today) {
            None => match held_back(positions, letter, today) {
                Some(held) => {
                    let ground = format!(
                        "courrier « {} » prêt, mais {held} ; ne l’envoyez pas, annulez-le",
                        letter.model.title()
                    );
                    tasks.push(posted(Action::Discard { letter: seq }, letter, letter.issued_on, vec![ground]));
                }
                None => tasks.push(to_send(ledger, policies, seq, letter, today)),
            },
            Some(sending) => {
                let care = care_of(policies, letter);
                let is_final = |it: &Delivery| it.outcome != DeliveryOutcome::Presented && it.on <= today;
                let answered = file.deliveries.iter().any(|(_, delivery)| is_final(delivery));
                let awaited = matches!(sending.channel, Channel::Lrar | Channel::Lre) && !answered;
                let by = add_days(sending.on, care.receipt_wait);
                if awaited && by <= today {
                    let ground = format!(
                        "envoyé le {}, sans nouvelle de la poste : notez la réception ou le retour",
                        french::date(sending.on)
                    );
                    tasks.push(posted(Action::ReceiptMissing { letter: seq }, letter, by, vec![ground]));
                }
            }
        }
    }
    if let Some(seq) = came_back(ledger, debtor, today) {
        let letter = &ledger.letter(seq).letter;
        let ground = "le courrier est revenu : cherchez la bonne adresse et corrigez la fiche".to_owned();
        tasks.push(posted(Action::CameBack { letter: seq }, letter, today, vec![ground]));
    }
    tasks
}

/// Says what has come to hold back everything that a reminder which is ready speaks of.
fn held_back(positions: &[Position], letter: &Letter, today: Date) -> Option<String> {
    if !letter.model.reminds() {
        return None;
    }
    let position = positions.iter().find(|position| position.currency == letter.currency)?;
    // What the letter is about is what it quotes, not what holds it back.
    let is_quoted =
        |suspension: &super::Suspension| suspension.quoted().is_some() && suspension.quoted() == letter.about;
    let holds = |suspension: &&super::Suspension| !suspension.is_over(today) && !is_quoted(suspension);
    let concerned = position.cases.iter().filter(|case| letter.invoices.contains(&case.invoice));
    let mut held = concerned.map(|case| case.suspensions.iter().find(holds));
    let first = held.next()??;
    held.all(|suspension| suspension.is_some()).then(|| first.sentence(letter.currency))
}

fn to_send(ledger: &Ledger, policies: &Policies, seq: Seq, letter: &Letter, today: Date) -> Task {
    let title = letter.model.title();
    let drawn_up = french::date(letter.issued_on);
    let (action, ground) = match draft(ledger, policies, letter, today) {
        Draft::Fresh if letter.model == LetterModel::AccordEcheancier => {
            (Action::Send { letter: seq }, format!("« {title} » du {drawn_up} prêt, à faire signer"))
        }
        Draft::Fresh => {
            (Action::Send { letter: seq }, format!("courrier « {title} » du {drawn_up} prêt, pas encore parti"))
        }
        Draft::Old { .. } => (
            Action::Redraw { letter: seq },
            format!("courrier « {title} » du {drawn_up} jamais parti : refaites-le, à jour"),
        ),
        Draft::Changed { claimed, owed } => (
            Action::Redraw { letter: seq },
            format!(
                "courrier « {title} » du {drawn_up} jamais parti, et le principal dû est passé de {} à {} : refaites-le",
                french::money(claimed, letter.currency),
                french::money(owed, letter.currency)
            ),
        ),
        Draft::Settled => (
            Action::Discard { letter: seq },
            format!("courrier « {title} » du {drawn_up} réglé depuis : ne l’envoyez pas, annulez-le"),
        ),
    };
    posted(action, letter, letter.issued_on, vec![ground])
}

fn posted(action: Action, letter: &Letter, by: Date, grounds: Vec<String>) -> Task {
    let step_of = |invoice: Seq| letter.steps.iter().find(|step| step.invoice == invoice).cloned();
    let item = |invoice: &Seq| {
        let step = step_of(*invoice);
        let instalment = step.as_ref().map_or(0, |step| step.instalment);
        Item { invoice: *invoice, instalment, step, amount: Amount::ZERO }
    };
    let items = letter.invoices.iter().map(item).collect();
    Task {
        debtor: Some(letter.debtor),
        currency: letter.currency,
        action,
        level: letter.steps.first().map(|step| (step.policy, step.level.clone())),
        items,
        amount: letter.principal,
        grounds,
        by,
        blockers: Vec::new(),
    }
}

/// Returns the rank of a task in the day: the smallest first.
fn urgency(policies: &Policies, task: &Task) -> (u8, u8, Date) {
    let rank = match task.action {
        Action::DeclareClaim => 0,
        Action::Limitation => 1,
        Action::MatchFirst { .. } | Action::Discard { .. } | Action::CameBack { .. } => 2,
        Action::PlanMissed { .. } | Action::PromiseDue { .. } | Action::PlanDue { .. } => 3,
        Action::Send { .. } | Action::Redraw { .. } | Action::ReceiptMissing { .. } => 4,
        Action::Call | Action::Write(_) | Action::Decide => 5,
        Action::RateMissing => 6,
    };
    let severity = task
        .level
        .as_ref()
        .and_then(|(policy, level)| policies.running(*policy).level(level))
        .map_or(0, Level::severity);
    (rank, u8::MAX - severity, task.by)
}
