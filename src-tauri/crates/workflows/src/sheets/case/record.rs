//! The record of one step of a case: what was due that day, what was done, what proves it.
//!
//! The sums of a letter or of an agreement are those it was typeset from; those of a call or a promise are counted again at the end
//! of their day. The debtor is said to be informed only where a proof is attached.

use dument_documents::data;
use dument_domain::arrangement::{Plan, Promise};
use dument_domain::contact::{CallOutcome, Contact, ContactKind};
use dument_domain::conventions::MissingRates;
use dument_domain::dossier::{Origin, kept_until};
use dument_domain::fact::{Channel, DeliveryOutcome, Fact, LetterModel, Seq};
use dument_domain::french::{self, typeset};
use dument_domain::ledger::{Ledger, LetterFile};
use dument_domain::statement::{Request, Selection, Statement};
use dument_domain::{Amount, Currency, Date};

use super::super::agreement::lines;
use super::super::letter::open_claim;
use super::super::statement::{interest_terms, totals};
use super::{Case, receipt_of};
use crate::error::Error;
use crate::statements;

/// The two sides, and what was due on a day.
pub(crate) struct Sums {
    parties: data::Parties,
    reference: String,
    as_of: Date,
    claims: Vec<data::Claim>,
    totals: data::Totals,
    currency: Currency,
    per_day: Option<Amount>,
    interest_terms: Option<data::InterestTerms>,
}

impl From<data::Letter> for Sums {
    fn from(letter: data::Letter) -> Self {
        Self {
            parties: letter.parties,
            reference: letter.reference,
            as_of: letter.date,
            claims: letter.claims,
            totals: letter.totals,
            currency: letter.currency,
            per_day: letter.per_day,
            interest_terms: letter.interest_terms,
        }
    }
}

impl From<data::AccordEcheancier> for Sums {
    fn from(agreement: data::AccordEcheancier) -> Self {
        Self {
            parties: agreement.parties,
            reference: agreement.reference,
            as_of: agreement.as_of,
            claims: agreement.claims,
            totals: agreement.totals,
            currency: agreement.currency,
            per_day: None,
            interest_terms: agreement.interest_terms,
        }
    }
}

impl Sums {
    /// Counts what was due at the end of the day of a fact on the invoices it concerns, of those of the case.
    pub fn of_day(case: &Case<'_>, seq: Seq, invoices: &[Seq], on: Date) -> Result<Self, Error> {
        let ledger = case.ledger;
        let concerned = |invoice: &Seq| {
            ledger.invoice(*invoice).issued_on <= on
                && (invoices.is_empty() || invoices.iter().any(|named| ledger.current(*named) == *invoice))
        };
        let invoices: Vec<Seq> = case.statement.claims.iter().map(|claim| claim.invoice).filter(concerned).collect();
        let statement = statements::draw_up(
            ledger,
            &Request {
                debtor: case.debtor,
                currency: case.statement.currency,
                selection: Selection::Only(&invoices),
                as_of: on,
                missing_rates: MissingRates::UseLastKnown,
            },
        )?;
        let (claims, totals) = due_on(ledger, &statement);
        Ok(Self {
            parties: super::super::parties(ledger, case.debtor)?,
            reference: format!("E-{seq}"),
            as_of: on,
            claims,
            totals,
            currency: statement.currency,
            per_day: statement.per_day.is_positive().then_some(statement.per_day),
            interest_terms: interest_terms(ledger, case.debtor, &statement),
        })
    }
}

/// Returns what is due on the day of a décompte; what is to come, where nothing is due yet.
fn due_on(ledger: &Ledger, statement: &Statement) -> (Vec<data::Claim>, data::Totals) {
    let totals = totals(statement);
    let open = |claim| open_claim(ledger, claim, statement.as_of);
    let mut due = statement.claims.iter().filter(|claim| claim.remaining.total().is_positive()).peekable();
    if due.peek().is_none() {
        let principal = statement.not_due();
        return (statement.claims.iter().map(open).collect(), data::Totals { principal, total: principal, ..totals });
    }
    let claims = due.map(|claim| data::Claim {
        principal: claim.remaining.principal,
        remaining: claim.remaining.total(),
        ..open(claim)
    });
    (claims.collect(), totals)
}

/// Returns the agreement that puts a plan on paper: the last one drawn up.
pub(crate) fn agreement_on(ledger: &Ledger, debtor: Seq, plan: Seq) -> Option<Seq> {
    let mut letters = ledger.debtor(debtor).letters.iter().copied();
    letters.rfind(|seq| {
        let letter = &ledger.letter(*seq).letter;
        letter.model == LetterModel::AccordEcheancier && letter.about == Some(plan)
    })
}

/// Returns the record of a step: a letter, an exchange, a promise or a plan.
pub(crate) fn step_record(case: &Case<'_>, seq: Seq, sums: Sums) -> data::ProcesVerbalInterne {
    let fact = &case.ledger.fact(seq).expect("BUG: a planned step is a fact of the ledger").fact;
    let done = match fact {
        Fact::LetterIssued(_) => letter_step(case, seq),
        Fact::ContactLogged(contact) => contact_step(contact),
        Fact::PromiseMade(promise) => promise_step(case, seq, promise),
        Fact::PlanAgreed(plan) => plan_step(case, seq, plan),
        _ => unreachable!("BUG: the plan of a dossier holds no other step"),
    };
    let kept = case.plan.exhibits.iter().filter(|exhibit| match exhibit.origin {
        Origin::Exhibit(_) | Origin::Letter(_) => true,
        Origin::StepRecord(_) | Origin::Statement | Origin::Chronology => false,
    });
    let head = match fact {
        Fact::LetterIssued(letter) => letter.head.as_ref(),
        _ => None,
    };
    data::ProcesVerbalInterne {
        parties: sums.parties,
        // The record is drawn up with the dossier; the step has its own date.
        date: case.date(),
        as_of: sums.as_of,
        reference: sums.reference,
        number: case.plan.rank_of_step(case.ledger, seq),
        claims: sums.claims,
        totals: sums.totals,
        currency: sums.currency,
        per_day: sums.per_day,
        interest_terms: sums.interest_terms,
        legal_sources: Vec::new(),
        step: done.step,
        warning: done.warning,
        delivery: done.delivery,
        kept: kept
            .map(|exhibit| data::KeptPiece {
                number: Some(exhibit.number),
                title: exhibit.title.clone(),
                date: exhibit.dated_on,
            })
            .collect(),
        missing: case.missing(),
        kept_until: Some(kept_until(case.date())),
        seal: head.map(|head| data::Seal { head: head.fingerprint.clone(), seq: head.seq.get() }),
    }
}

/// What was done, by which words the debtor was warned, whether it reached him.
struct Done {
    step: data::Step,
    warning: Option<String>,
    delivery: data::Delivery,
}

impl Done {
    /// Returns a step that nothing shows but the owner's own word.
    fn unproved(step: data::Step, remark: Option<String>) -> Self {
        Self { step, warning: None, delivery: data::Delivery::NotProved { remark } }
    }
}

fn letter_step(case: &Case<'_>, seq: Seq) -> Done {
    let file = case.ledger.letter(seq);
    let sending = file.sending.as_ref().expect("BUG: a letter that has not left is no step");
    Done {
        step: data::Step::Letter(data::SentLetter {
            title: file.letter.model.title().to_owned(),
            date: sending.on,
            channel: super::super::channel(sending.channel),
            tracking: sending.tracking.clone(),
            sha256: file.letter.pdf.clone(),
            pages: file.letter.pages,
        }),
        warning: file.letter.warning.clone(),
        delivery: delivery(case, seq, file, sending.channel),
    }
}

fn contact_step(contact: &Contact) -> Done {
    let by = contact.by.as_ref().map_or_else(String::new, |by| format!("Échange tenu par {by} pour le créancier.\n"));
    let said = match contact.said.trim() {
        "" => "Rien n’a été noté de ce qui a été dit.",
        said => said,
    };
    let step = data::Step::Contact(data::ContactMade {
        title: contact.kind.title().to_owned(),
        date: contact.on,
        person: contact.with.clone(),
        outcome: match contact.kind {
            ContactKind::Call(outcome) => Some(outcome.title().to_owned()),
            ContactKind::Email
            | ContactKind::Letter
            | ContactKind::Meeting
            | ContactKind::TextMessage
            | ContactKind::Note
            | ContactKind::Decision => None,
        },
        summary: typeset(&format!("{by}{said}")),
    });
    let remark = match contact.kind {
        ContactKind::Call(CallOutcome::MessageLeft) => Some("Rien ne prouve que le message a été entendu.".to_owned()),
        _ => None,
    };
    Done::unproved(step, remark)
}

fn promise_step(case: &Case<'_>, seq: Seq, promise: &Promise) -> Done {
    let step = data::Step::Promise(data::PromiseMade {
        date: promise.made_on,
        person: None,
        by_means: promise.means.clone(),
        promised: data::Promised { amount: promise.amount, due_on: promise.due_on },
        remark: None,
    });
    let remark = confirmed_on(case.ledger, seq, promise).map(|on| {
        format!("La promesse a été rappelée au client par écrit le {} (confirmation d’entretien).", french::date(on))
    });
    Done::unproved(step, remark)
}

/// Returns the day on which the owner wrote to the debtor what he had promised.
fn confirmed_on(ledger: &Ledger, seq: Seq, promise: &Promise) -> Option<Date> {
    let of_that_day = |about: Seq| match ledger.fact(about).map(|recorded| &recorded.fact) {
        Some(Fact::ContactLogged(contact)) => contact.on == promise.made_on && about < seq,
        _ => about == seq,
    };
    let letters = ledger.debtor(promise.debtor).letters.iter().map(|letter| ledger.letter(*letter));
    let confirming = letters.filter(|file| {
        file.letter.model == LetterModel::ConfirmationEntretien && file.letter.about.is_some_and(of_that_day)
    });
    confirming.filter_map(|file| file.sending.as_ref()).map(|sending| sending.on).min()
}

fn plan_step(case: &Case<'_>, seq: Seq, plan: &Plan) -> Done {
    let agreement = agreement_on(case.ledger, case.debtor, seq);
    let total = plan.instalments.iter().map(|instalment| instalment.amount).sum();
    let step = data::Step::Plan(data::PlanAgreed {
        date: plan.agreed_on,
        reference: agreement.map_or_else(|| format!("E-{seq}"), |letter| format!("C-{letter}")),
        total,
        instalments: lines(plan, total),
        sha256: agreement.map(|letter| case.ledger.letter(letter).letter.pdf.clone()),
    });
    let attached = || {
        let mut exhibits = case.ledger.debtor(case.debtor).exhibits.iter().copied();
        exhibits.rfind(|exhibit| case.ledger.exhibit(*exhibit).letter.is_some_and(|letter| Some(letter) == agreement))
    };
    match plan.proof.or_else(attached) {
        Some(proof) => {
            let exhibit = case.ledger.exhibit(proof);
            let delivery = data::Delivery::Proved {
                proof: exhibit.title.clone(),
                date: exhibit.dated_on.unwrap_or(plan.agreed_on),
                piece: case.plan.number_of(Origin::Exhibit(proof)),
            };
            Done { step, warning: None, delivery }
        }
        None => Done::unproved(step, None),
    }
}

/// Says whether the debtor was reached by a letter, only as far as an exhibit proves it.
fn delivery(case: &Case<'_>, seq: Seq, file: &LetterFile, channel: Channel) -> data::Delivery {
    let Some(delivery) = file.delivery() else {
        let remark = match channel {
            Channel::Lrar | Channel::Lre => "L’avis de réception n’est pas revenu.",
            Channel::Letter | Channel::Email => "Ce mode d’envoi ne donne pas de preuve de réception.",
        };
        return data::Delivery::NotProved { remark: Some(remark.to_owned()) };
    };
    let on = french::date(delivery.on);
    let told = match delivery.outcome {
        DeliveryOutcome::Presented => format!("Présenté le {on}, en attente au bureau de poste"),
        DeliveryOutcome::Returned => format!("Revenu le {on}, destinataire inconnu à l’adresse"),
        DeliveryOutcome::Received => format!("Distribué le {on}"),
        DeliveryOutcome::Unclaimed => format!("Présenté le {on}, non réclamé"),
        DeliveryOutcome::Refused => format!("Présenté le {on}, refusé"),
    };
    match receipt_of(case.ledger, case.debtor, seq) {
        Some(receipt) => data::Delivery::Proved {
            proof: format!("{told} ({})", case.ledger.exhibit(receipt).title),
            date: delivery.on,
            piece: case.plan.number_of(Origin::Exhibit(receipt)),
        },
        None => data::Delivery::NotProved {
            remark: Some(typeset(&format!("{told}, selon le créancier ; aucune preuve n’est jointe."))),
        },
    }
}
