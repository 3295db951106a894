//! Doing what the agenda says: one customer, or all of them in one print.
//!
//! Doing a written step draws its letter up and keeps it; *drawn up is not sent*, so the letter then waits in the agenda until
//! its sending is noted. A call or a decision stays the owner's: he is told what to say, and notes it afterwards.

use std::path::Path;

use dument_documents::Document;
use dument_documents::assembly::{self, Assembled, Part};
use dument_documents::data;
use dument_domain::conventions::MissingRates;
use dument_domain::dunning::agenda::notice_of;
use dument_domain::dunning::case::principal_open;
use dument_domain::dunning::{Action, Blocker, Claims, Level, Means, Policies, Task, agenda, reachable};
use dument_domain::fact::{Channel, Fact, LetterModel};
use dument_domain::french::{self, typeset};
use dument_domain::ledger::Ledger;
use dument_domain::{Amount, Seq};
use dument_storage::write_atomically;
use serde::Serialize;

use crate::agenda::{action_name, view as task_view};
use crate::error::Error;
use crate::letters::{self, ClaimsAccessories, Confirmation, Draft, LetterQuery, LetterView};
use crate::office::{Moment, Office};
use crate::sheets;

/// A step that was done, or that only the owner can do.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// For whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// As in the agenda.
    pub action: &'static str,
    /// The level, by its title.
    #[serde(rename = "titre")]
    pub title: String,
    /// The reference of the letter that was drawn up.
    #[serde(rename = "courrier", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What it says.
    #[serde(rename = "lettre", skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterView>,
    /// What was done, and what is left to do.
    #[serde(rename = "phrase")]
    pub sentence: String,
    /// What to say on the telephone.
    #[serde(rename = "script", skip_serializing_if = "Vec::is_empty")]
    pub script: Vec<String>,
}

/// A day's letters, drawn up together.
#[derive(Debug, Clone, Serialize)]
pub struct BatchView {
    /// What was done.
    #[serde(rename = "faits")]
    pub done: Vec<StepView>,
    /// What was not, and why.
    #[serde(rename = "laisses")]
    pub left: Vec<LeftView>,
    /// Where the letters for the printer are; none when nothing is to print.
    #[serde(rename = "fichier", skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its pages, the slip included.
    pub pages: usize,
}

/// A task that a batch left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftView {
    /// For whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// As in the agenda.
    pub action: &'static str,
    /// Why, a sentence each.
    #[serde(rename = "raisons")]
    pub reasons: Vec<String>,
}

/// Does the next step for a customer.
///
/// # Errors
/// There is nothing to do, something stands in the way, or a rate is missing; nothing is recorded.
pub fn carry_out(
    office: &mut Office,
    debtor: &str,
    confirmation: Confirmation,
    moment: &Moment,
    file: Option<&Path>,
) -> Result<StepView, Error> {
    let seq = office.find_debtor(debtor)?;
    let policies = Policies::of(&office.ledger);
    let tasks = agenda(&office.ledger, &policies, moment.today);
    let ours = tasks.into_iter().filter(|task| task.debtor == Some(seq));
    let next = ours.filter_map(|task| Some((order(&task.action)?, task))).min_by_key(|(order, _)| *order);
    let Some((_, task)) = next else { return Err(nothing_to_do(office, debtor, moment)?) };
    let seen = task_view(office, &policies, &task);
    match &task.action {
        Action::Discard { letter } => {
            let reason = seen.grounds.join(" ");
            office.record(&[Fact::FactCancelled { fact: *letter, reason }], moment)?;
            Ok(step(
                office,
                &policies,
                &task,
                None,
                &format!("Le courrier n° {letter} est annulé : il ne doit plus partir."),
            ))
        }
        Action::Call => Ok(StepView {
            script: seen.script.clone(),
            ..step(office, &policies, &task, None, "Appelez, puis notez ce qui a été dit (commande « appel »).")
        }),
        Action::Decide => Ok(step(
            office,
            &policies,
            &task,
            None,
            "À vous de décider : exporter le dossier, saisir le juge, confier à un tiers, étaler ou abandonner ; \
             notez votre décision (commande « note --decision »).",
        )),
        Action::Send { letter } => {
            stop_if_blocked(&task, confirmation)?;
            let sentence =
                format!("Le courrier n° {letter} est prêt : envoyez-le, puis notez son envoi (commande « envoye »).");
            Ok(step(office, &policies, &task, None, &sentence))
        }
        Action::PlanMissed { plan } if is_noticed(office, *plan, &task, moment) => Err(Error::new(
            "avis-deja-parti",
            seen.grounds.join(" "),
            "Il n’y a pas de second avis à écrire : prononcez la déchéance (commande « plan --dechoir »), ou convenez d’un autre échéancier.",
        )),
        Action::Write(_) | Action::MatchFirst { .. } | Action::Redraw { .. } | Action::PlanMissed { .. } => {
            stop_if_blocked(&task, confirmation)?;
            write(office, &policies, &task, moment, file)
        }
        Action::PromiseDue { .. }
        | Action::PlanDue { .. }
        | Action::ReceiptMissing { .. }
        | Action::CameBack { .. }
        | Action::DeclareClaim
        | Action::Limitation
        | Action::RateMissing => unreachable!("BUG: `order` leaves these out"),
    }
}

/// Returns the place of a task among those that can be done; nothing for those that only remind.
fn order(action: &Action) -> Option<u8> {
    match action {
        Action::Discard { .. } => Some(0),
        Action::Redraw { .. } => Some(1),
        Action::PlanMissed { .. } => Some(2),
        Action::Write(_) | Action::MatchFirst { .. } => Some(3),
        Action::Call => Some(4),
        Action::Send { .. } => Some(5),
        Action::Decide => Some(6),
        Action::PromiseDue { .. }
        | Action::PlanDue { .. }
        | Action::ReceiptMissing { .. }
        | Action::CameBack { .. }
        | Action::DeclareClaim
        | Action::Limitation
        | Action::RateMissing => None,
    }
}

/// Says whether notice of the missed instalment left already, on a plan that lapses after one.
fn is_noticed(office: &Office, plan: Seq, task: &Task, moment: &Moment) -> bool {
    let lapses = office.ledger.find_plan(plan).is_some_and(|plan| plan.lapse_notice_days.is_some());
    lapses && notice_of(&office.ledger, plan, task.by, moment.today).is_some()
}

/// Returns what still stands in the way; `waived` does not count, for the owner is there.
fn in_the_way(task: &Task, confirmation: Confirmation, waived: Blocker) -> impl Iterator<Item = &Blocker> {
    task.blockers.iter().filter(move |blocker| {
        let confirmed = confirmation == Confirmation::Given && blocker.can_be_confirmed();
        !confirmed && **blocker != waived
    })
}

/// Refuses to go on while something stands in the way.
fn stop_if_blocked(task: &Task, confirmation: Confirmation) -> Result<(), Error> {
    let standing: Vec<&Blocker> = in_the_way(task, confirmation, Blocker::NeverWithoutMe).collect();
    if standing.is_empty() { Ok(()) } else { Err(blocked(task, &standing)) }
}

fn blocked(task: &Task, standing: &[&Blocker]) -> Error {
    let sentences: Vec<String> = standing.iter().map(|blocker| blocker.sentence(task.currency)).collect();
    let hint = if standing.iter().all(|blocker| blocker.can_be_confirmed()) {
        "Si vous avez vérifié, recommencez en le confirmant (--confirmer)."
    } else {
        "Rien n’a été émis."
    };
    Error::new("etape-bloquee", sentences.join(" "), hint)
}

fn nothing_to_do(office: &Office, debtor: &str, moment: &Moment) -> Result<Error, Error> {
    let reasons = crate::agenda::explain_all(office, Some(debtor), moment.today)?;
    let why =
        reasons.first().map_or_else(|| "Aucune de ses factures n’est ouverte.".to_owned(), |why| why.sentence.clone());
    Ok(Error::new(
        "rien-a-faire",
        format!("Rien n’est à faire pour {debtor} aujourd’hui. {why}"),
        "Voyez « agenda » et « pourquoi ».",
    ))
}

fn step(office: &Office, policies: &Policies, task: &Task, letter: Option<LetterView>, sentence: &str) -> StepView {
    let seen = task_view(office, policies, task);
    StepView {
        debtor: seen.debtor.unwrap_or_default(),
        action: seen.action,
        title: seen.title,
        reference: letter.as_ref().and_then(|letter| letter.letter.clone()),
        letter,
        sentence: typeset(sentence),
        script: Vec::new(),
    }
}

/// Draws up the letter of a task, in the place of the one that is out of date.
fn write(
    office: &mut Office,
    policies: &Policies,
    task: &Task,
    moment: &Moment,
    file: Option<&Path>,
) -> Result<StepView, Error> {
    let query = query(office, policies, task, moment)?;
    let outdated = if let Action::Redraw { letter } = task.action { Some(letter) } else { None };
    let cancelled = replaced(task);
    let seq = Seq::new(office.next_seq().get() + u64::from(cancelled.is_some()));
    let draft = letters::draw_up(office, &query, moment, seq)?;
    let dropped = dropped(office, outdated, &draft);
    let facts: Vec<Fact> = cancelled.into_iter().chain([draft.keep(office)?]).collect();
    office.record(&facts, moment)?;
    if let Some(file) = file {
        write_atomically(file, &draft.pdf)?;
    }
    let letter = draft.view(office, Some(seq), file);
    let mut sentence = format!(
        "Le courrier n° {seq}, « {} », est prêt : {}, puis notez son envoi (commande « envoye »).",
        query.model.title(),
        match query.channel {
            Some(Channel::Email) => "envoyez-le par courriel",
            Some(Channel::Lre) => "confiez-le à votre prestataire de lettre recommandée électronique",
            Some(Channel::Lrar) => "postez-le en recommandé avec avis de réception",
            Some(Channel::Letter) | None => "postez-le",
        }
    );
    if !dropped.is_empty() {
        sentence += &format!(" Retirées, réglées ou contestées depuis : {}.", dropped.join(", "));
    }
    Ok(step(office, policies, task, Some(letter), &sentence))
}

/// Returns the invoices that a letter no longer claims.
fn dropped(office: &Office, outdated: Option<Seq>, draft: &Draft) -> Vec<String> {
    let Some(old) = outdated.map(|seq| &office.ledger.letter(seq).letter) else { return Vec::new() };
    let gone = old.invoices.iter().filter(|invoice| !draft.claims(**invoice));
    gone.map(|invoice| office.ledger.invoice(*invoice).number.clone()).collect()
}

/// Returns the letter that a task asks for.
fn query(office: &Office, policies: &Policies, task: &Task, moment: &Moment) -> Result<LetterQuery, Error> {
    let ledger = &office.ledger;
    let debtor = task.debtor.expect("BUG: a written step has a debtor");
    let name = ledger.debtor(debtor).debtor.party.name.as_str();
    let mut invoices: Vec<String> = task.items.iter().map(|item| ledger.invoice(item.invoice).number.clone()).collect();
    invoices.dedup();
    let currency = Some(task.currency);
    match task.action {
        Action::PlanMissed { plan } => {
            let base = LetterQuery::new(name, LetterModel::RelancePromesse);
            return Ok(LetterQuery { about: Some(plan), invoices, currency, ..base });
        }
        Action::Redraw { letter } => return Ok(redrawn(ledger, policies, (debtor, letter), moment)),
        _ => {}
    }
    let level = level_of(policies, task);
    let model = level.model.expect("BUG: a level that writes has a model");
    let broken = sheets::subject(ledger, debtor, LetterModel::RelancePromesse, moment.today);
    let softer = matches!(model, LetterModel::RelanceAmiable | LetterModel::RelanceFerme);
    let channel = usual_channel(level).and_then(|channel| reachable(ledger, debtor, channel));
    Ok(LetterQuery {
        invoices,
        delay_days: level.delay_days,
        accessories: Some(match level.claims {
            Claims::Principal => ClaimsAccessories::LeftOut,
            Claims::Everything => ClaimsAccessories::Claimed,
        }),
        channel,
        currency,
        missing_rates: MissingRates::Refuse,
        tone: Some(level.tone),
        note: broken.filter(|_| !softer).and_then(|promise| reminded(office, promise)),
        about: broken.filter(|_| softer),
        steps: task.items.iter().filter_map(|item| item.step.clone()).collect(),
        ..LetterQuery::new(name, if broken.is_some() && softer { LetterModel::RelancePromesse } else { model })
    })
}

/// Returns a letter asked for again: on what is still owed and not disputed, by the means and in the tone of its level.
fn redrawn(ledger: &Ledger, policies: &Policies, (debtor, letter): (Seq, Seq), moment: &Moment) -> LetterQuery {
    let old = &ledger.letter(letter).letter;
    let is_claimed = |invoice: &&Seq| {
        let (_, open) = principal_open(ledger, **invoice, moment.today);
        open > ledger.contested(**invoice, open, moment.today)
    };
    let kept: Vec<Seq> = old.invoices.iter().filter(is_claimed).copied().collect();
    let levels = old.steps.iter().filter_map(|step| policies.running(step.policy).level(&step.level));
    let level = levels.max_by_key(|level| level.severity());
    let channel = level.and_then(usual_channel).map(|channel| reachable(ledger, debtor, channel).unwrap_or(channel));
    LetterQuery {
        invoices: kept.iter().map(|invoice| ledger.invoice(*invoice).number.clone()).collect(),
        delay_days: old.delay_days,
        currency: Some(old.currency),
        about: old.about,
        steps: old.steps.iter().filter(|step| kept.contains(&step.invoice)).cloned().collect(),
        missing_rates: old.missing_rates,
        accessories: Some(accessories(old.interest + old.indemnity)),
        channel,
        tone: level.map(|level| level.tone),
        ..LetterQuery::new(&ledger.debtor(debtor).debtor.party.name, old.model)
    }
}

fn accessories(sum: Amount) -> ClaimsAccessories {
    if sum.is_positive() { ClaimsAccessories::Claimed } else { ClaimsAccessories::LeftOut }
}

fn level_of<'a>(policies: &'a Policies, task: &Task) -> &'a Level {
    let (policy, level) = task.level.as_ref().expect("BUG: a written step has a level");
    policies.running(*policy).level(level).expect("BUG: a task names a level of its policy")
}

fn usual_channel(level: &Level) -> Option<Channel> {
    if let Means::Writing(channel) = level.means { Some(channel) } else { None }
}

/// Recalls a broken promise in a letter that has no place of its own for it.
fn reminded(office: &Office, promise: Seq) -> Option<String> {
    let promise = office.ledger.find_promise(promise)?;
    Some(format!(
        "Vous vous étiez engagé le {} à payer {} le {} au plus tard ; cet engagement n’a pas été tenu.",
        french::date(promise.made_on),
        french::money(promise.amount, promise.currency),
        french::date(promise.due_on)
    ))
}

/// Draws up every letter of the day that nothing stands in the way of, and one PDF of those to be printed.
///
/// All are recorded together, or none is. The slip to tick off at the post office comes first, then each letter on an odd page.
///
/// # Errors
/// A letter could not be typeset, or the file cannot be written; nothing is recorded.
pub fn carry_out_all(
    office: &mut Office,
    confirmation: Confirmation,
    moment: &Moment,
    file: &Path,
) -> Result<BatchView, Error> {
    let policies = Policies::of(&office.ledger);
    let tasks = agenda(&office.ledger, &policies, moment.today);
    let mut left = Vec::new();
    let mut ready: Vec<(Task, LetterQuery)> = Vec::new();
    for task in tasks {
        if !matches!(task.action, Action::Write(_) | Action::MatchFirst { .. } | Action::Redraw { .. }) {
            continue;
        }
        // « Never without me » is not lifted by confirming a whole batch.
        let standing: Vec<String> = task
            .blockers
            .iter()
            .filter(|blocker| {
                confirmation == Confirmation::None
                    || !blocker.can_be_confirmed()
                    || **blocker == Blocker::NeverWithoutMe
            })
            .map(|blocker| typeset(&blocker.sentence(task.currency)))
            .collect();
        if standing.is_empty() {
            let query = query(office, &policies, &task, moment)?;
            ready.push((task, query));
        } else {
            left.push(left_alone(office, &task, standing));
        }
    }
    let (drawn, refused) = draw_up_all(office, ready, moment)?;
    left.extend(refused.into_iter().map(|(task, error)| left_alone(office, &task, vec![error.to_string()])));
    let mut facts: Vec<Fact> = drawn.iter().filter_map(|(task, ..)| replaced(task)).collect();
    let numbers = office.next_seq().get() + facts.len() as u64..;
    for (_, _, draft) in &drawn {
        facts.push(draft.keep(office)?);
    }
    let numbered: Vec<Numbered> =
        numbers.zip(drawn).map(|(seq, (task, query, draft))| (Seq::new(seq), task, query, draft)).collect();
    let print = print(office, &numbered, moment)?;
    if !facts.is_empty() {
        office.record(&facts, moment)?;
    }
    let pages = print.as_ref().map_or(0, |print| print.total_pages);
    if let Some(print) = print {
        write_atomically(file, &print.bytes)?;
    }
    let done = numbered.iter().map(|(seq, task, query, draft)| {
        let letter = draft.view(office, Some(*seq), None);
        let by_mail = matches!(query.channel, Some(Channel::Email | Channel::Lre));
        let how = if by_mail { "à envoyer par voie électronique" } else { "à poster" };
        step(
            office,
            &policies,
            task,
            Some(letter),
            &format!("Courrier n° {seq}, « {} », prêt, {how}.", query.model.title()),
        )
    });
    let file = (pages > 0).then(|| file.display().to_string());
    Ok(BatchView { done: done.collect(), left, file, pages })
}

type Drawn = Vec<(Task, LetterQuery, Draft)>;

/// A letter that was drawn up, and the fact it will be.
type Numbered = (Seq, Task, LetterQuery, Draft);

/// Draws letters up, typesetting them on every core, and gives each the number that it will bear.
fn draw_up_all(
    office: &Office,
    ready: Vec<(Task, LetterQuery)>,
    moment: &Moment,
) -> Result<(Drawn, Vec<(Task, Error)>), Error> {
    let mut refused = Vec::new();
    let mut waiting = ready;
    // What is refused leaves no gap in the numbers: the others are prepared again without it.
    let prepared = loop {
        let asked = waiting.len();
        let cancellations = waiting.iter().filter_map(|(task, _)| replaced(task)).count() as u64;
        let numbers = office.next_seq().get() + cancellations..;
        let (mut prepared, mut kept) = (Vec::with_capacity(asked), Vec::with_capacity(asked));
        for (number, (task, query)) in numbers.zip(waiting) {
            match letters::prepare(office, &query, moment, Seq::new(number)) {
                Ok(letter) => {
                    prepared.push(letter);
                    kept.push((task, query));
                }
                Err(error) => refused.push((task, error)),
            }
        }
        waiting = kept;
        if waiting.len() == asked {
            break prepared;
        }
    };
    let drafts: Result<Vec<Draft>, Error> =
        crate::parallel::map(&prepared, letters::Prepared::typeset).into_iter().collect();
    let drawn = waiting.into_iter().zip(drafts?).map(|((task, query), draft)| (task, query, draft)).collect();
    Ok((drawn, refused))
}

/// Returns the fact that takes away the letter that a task draws up again.
fn replaced(task: &Task) -> Option<Fact> {
    let Action::Redraw { letter } = task.action else { return None };
    Some(Fact::FactCancelled { fact: letter, reason: "remplacé par un courrier à jour".to_owned() })
}

fn left_alone(office: &Office, task: &Task, reasons: Vec<String>) -> LeftView {
    let name = task.debtor.map(|debtor| office.ledger.debtor(debtor).debtor.party.name.clone());
    LeftView { debtor: name.unwrap_or_default(), action: action_name(&task.action), reasons }
}

/// Binds the letters to be posted, their slip first; nothing when all leave by electronic means.
fn print(office: &Office, letters: &[Numbered], moment: &Moment) -> Result<Option<Assembled>, Error> {
    let posted: Vec<&Numbered> = letters
        .iter()
        .filter(|(_, _, query, _)| !matches!(query.channel, Some(Channel::Email | Channel::Lre)))
        .collect();
    if posted.is_empty() {
        return Ok(None);
    }
    let rows: Vec<data::DispatchRow> = (1..)
        .zip(&posted)
        .map(|(number, (seq, task, query, draft))| {
            let debtor = task.debtor.expect("BUG: a letter has a debtor");
            let party = &office.ledger.debtor(debtor).debtor.party;
            data::DispatchRow {
                number,
                debtor: party.name.clone(),
                address: party.address.clone(),
                channel: sheets::channel(query.channel.unwrap_or(Channel::Letter)),
                title: query.model.title().to_owned(),
                reference: format!("C-{seq}"),
                pages: draft.pages(),
                tracking: None,
            }
        })
        .collect();
    let slip =
        dument_documents::render(&Document::BordereauEnvoi(Box::new(sheets::slip(office, rows, moment.today)?)))?;
    let letters = posted.iter().map(|(seq, task, query, draft)| {
        let debtor = task.debtor.expect("BUG: a letter has a debtor");
        let name = &office.ledger.debtor(debtor).debtor.party.name;
        part(format!("C-{seq} {name}, {}", query.model.title()), &draft.pdf)
    });
    let parts: Vec<Part<'_>> =
        std::iter::once(part("Bordereau d’envoi".to_owned(), &slip.bytes)).chain(letters).collect();
    let title = format!("Courriers du {}", french::date(moment.today));
    let refused = |error: assembly::Error| Error::new("impression-impossible", error.to_string(), "Rien n’a été émis.");
    assembly::collate(&title, &parts).map(Some).map_err(refused)
}

fn part(title: String, bytes: &[u8]) -> Part<'_> {
    Part { title, stamp: None, bytes }
}
