//! What a letter answers or recalls, as data: a conversation, a broken promise, a dispute, a mise en demeure.

use dument_documents::data;
use dument_domain::arrangement::{Plan, Promise};
use dument_domain::contact::{Contact, ContactKind, Dispute, DisputeKind};
use dument_domain::dunning::case::{Policies, positions, received_since};
use dument_domain::dunning::{Case, Suspension};
use dument_domain::fact::{DeliveryOutcome, Fact, LetterModel};
use dument_domain::ledger::{Ledger, LetterFile};
use dument_domain::{Amount, Date, Seq, french};

/// What a letter recalls, beside the sums.
#[derive(Default)]
pub(crate) struct Background {
    pub conversation: Option<data::Conversation>,
    pub promise: Option<data::BrokenPromise>,
    pub contestation: Option<data::Contestation>,
    pub notice: Option<data::ServedNotice>,
}

/// Returns the fact that a letter of this model is about, when the owner named none: the last one that calls for it.
pub(crate) fn subject(ledger: &Ledger, debtor: Seq, model: LetterModel, today: Date) -> Option<Seq> {
    let file = ledger.debtor(debtor);
    let standing = |wanted: &dyn Fn(Seq, &Fact) -> bool| {
        let past = ledger.episodes_of(file).filter(|(_, fact)| fact.happened_on().is_none_or(|on| on <= today));
        past.filter(|(seq, fact)| wanted(*seq, fact)).map(|(seq, _)| seq).last()
    };
    match model {
        LetterModel::ConfirmationEntretien => standing(&|_, fact| {
            matches!(fact, Fact::ContactLogged(contact)
                if contact.carries_out() && matches!(contact.kind, ContactKind::Call(_) | ContactKind::Meeting))
        }),
        LetterModel::RelancePromesse => broken(ledger, debtor, today),
        LetterModel::ReponseContestation => {
            standing(&|seq, fact| matches!(fact, Fact::DisputeOpened(_)) && closing_of(ledger, debtor, seq).is_none())
        }
        LetterModel::AccordEcheancier => standing(&|_, fact| matches!(fact, Fact::PlanAgreed(_))),
        LetterModel::RappelEcheance
        | LetterModel::RelanceAmiable
        | LetterModel::RelanceFerme
        | LetterModel::MiseEnDemeure
        | LetterModel::DernierAvis
        | LetterModel::Releve => None,
    }
}

/// Returns the promise that was broken last, or the plan of which an instalment was missed.
fn broken(ledger: &Ledger, debtor: Seq, today: Date) -> Option<Seq> {
    let positions = positions(ledger, &Policies::of(ledger), debtor, today);
    let cases: Vec<&Case> = positions.iter().flat_map(|position| &position.cases).collect();
    let missed = cases.iter().flat_map(|case| &case.suspensions).find_map(|suspension| match suspension {
        Suspension::Plan { plan, until, .. } if *until < today => Some(*plan),
        _ => None,
    });
    missed.or_else(|| cases.iter().filter_map(|case| case.broken.as_ref()).map(|broken| broken.promise).max())
}

fn closing_of(ledger: &Ledger, debtor: Seq, dispute: Seq) -> Option<Seq> {
    let mut episodes = ledger.episodes_of(ledger.debtor(debtor));
    episodes.find(|(_, fact)| matches!(fact, Fact::DisputeClosed(it) if it.dispute == dispute)).map(|(seq, _)| seq)
}

/// Returns what a letter recalls of a fact.
pub(crate) fn background(
    ledger: &Ledger,
    (debtor, model): (Seq, LetterModel),
    about: Option<Seq>,
    (answer, today): (Option<&str>, Date),
) -> Background {
    let mut background = Background::default();
    if model == LetterModel::DernierAvis {
        background.notice = served_notice(ledger, debtor, today);
    }
    let Some(seq) = about else { return background };
    match ledger.fact(seq).map(|recorded| &recorded.fact) {
        Some(Fact::ContactLogged(contact)) => {
            background.conversation = conversation(ledger, seq, contact);
        }
        Some(Fact::PromiseMade(promise)) => background.promise = Some(broken_promise(ledger, seq, promise, today)),
        Some(Fact::PlanAgreed(plan)) => background.promise = missed_instalment(ledger, seq, plan, today),
        Some(Fact::DisputeOpened(dispute)) => {
            background.contestation = Some(contestation(ledger, dispute, answer, today));
        }
        _ => {}
    }
    background
}

fn conversation(ledger: &Ledger, seq: Seq, contact: &Contact) -> Option<data::Conversation> {
    let kind = match contact.kind {
        ContactKind::Call(_) => data::ConversationKind::Call,
        ContactKind::Meeting => data::ConversationKind::Meeting,
        ContactKind::Email
        | ContactKind::Letter
        | ContactKind::TextMessage
        | ContactKind::Note
        | ContactKind::Decision => return None,
    };
    // What was promised that day, in that conversation: recorded after it.
    let promise = ledger.episodes_of(ledger.debtor(contact.debtor)).find_map(|(later, fact)| match fact {
        Fact::PromiseMade(promise) if later > seq && promise.made_on == contact.on => Some(promise),
        _ => None,
    });
    Some(data::Conversation {
        kind,
        date: contact.on,
        with: contact.with.clone(),
        said: contact.said.lines().map(str::trim).filter(|line| !line.is_empty()).map(french::typeset).collect(),
        promise: promise.map(|promise| data::Promised { amount: promise.amount, due_on: promise.due_on }),
    })
}

fn broken_promise(ledger: &Ledger, seq: Seq, promise: &Promise, today: Date) -> data::BrokenPromise {
    let received =
        received_since(ledger, (promise.debtor, promise.currency), &promise.invoices, (seq, promise.made_on), today);
    data::BrokenPromise {
        source: data::PromiseSource::Promise,
        made_on: promise.made_on,
        by_means: promise
            .means
            .clone()
            .map(|means| if means.starts_with("par ") { means } else { format!("par {means}") }),
        by_whom: None,
        amount: promise.amount,
        due_on: promise.due_on,
        received: received.min(promise.amount),
        missing: (promise.amount - received).max(Amount::ZERO),
    }
}

fn missed_instalment(ledger: &Ledger, seq: Seq, plan: &Plan, today: Date) -> Option<data::BrokenPromise> {
    let received = received_since(ledger, (plan.debtor, plan.currency), &plan.invoices, (seq, plan.agreed_on), today);
    let due_on = plan.next_due(received)?;
    let total: Amount = plan.instalments.iter().map(|instalment| instalment.amount).sum();
    let before: Amount =
        plan.instalments.iter().take_while(|it| it.due_on < due_on).map(|instalment| instalment.amount).sum();
    let (number, instalment) = (1..).zip(&plan.instalments).find(|(_, instalment)| instalment.due_on == due_on)?;
    let here = (received - before).max(Amount::ZERO);
    Some(data::BrokenPromise {
        source: data::PromiseSource::PlanInstalment {
            number,
            lapse: plan.lapse_notice_days.map(|days| data::Lapse { days, balance: total - received }),
        },
        made_on: plan.agreed_on,
        by_means: None,
        by_whom: None,
        amount: instalment.amount,
        due_on,
        received: here,
        missing: instalment.amount - here,
    })
}

fn contestation(ledger: &Ledger, dispute: &Dispute, answer: Option<&str>, today: Date) -> data::Contestation {
    let invoice = ledger.invoice(dispute.invoice);
    let (due, open) = dument_domain::dunning::case::principal_open(ledger, dispute.invoice, today);
    let contested = dispute.amount.unwrap_or(open).min(open);
    let undisputed = ledger.undisputed(dispute.invoice, (due, open - due), today);
    let ground =
        if dispute.said.trim().is_empty() { dispute_name(dispute.kind).to_owned() } else { dispute.said.clone() };
    data::Contestation {
        items: vec![data::ContestedInvoice {
            invoice_number: invoice.number.clone(),
            opened_on: dispute.on,
            contested,
            whole: contested == open,
            ground: french::typeset(&ground),
        }],
        contested_total: due - undisputed,
        undisputed_total: undisputed,
        answer: answer.map(french::typeset),
    }
}

/// Returns how a ground of dispute is named.
pub(crate) fn dispute_name(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::Quality => "défaut ou malfaçon",
        DisputeKind::Delivery => "livraison absente, tardive ou incomplète",
        DisputeKind::Price => "prix, quantité ou remise",
        DisputeKind::Order => "commande contestée",
        DisputeKind::Other => "autre motif",
    }
}

/// Returns the last mise en demeure that left.
fn served_notice(ledger: &Ledger, debtor: Seq, today: Date) -> Option<data::ServedNotice> {
    let letters = ledger.debtor(debtor).letters.iter().rev().map(|seq| (*seq, ledger.letter(*seq)));
    let (seq, file) = letters
        .filter(|(_, file)| file.letter.gives_notice())
        .find(|(_, file)| file.sending.as_ref().is_some_and(|sending| sending.on <= today))?;
    let sending = file.sending.as_ref()?;
    Some(data::ServedNotice {
        reference: format!("C-{seq}"),
        date: file.letter.issued_on,
        channel: super::channel(sending.channel),
        tracking: sending.tracking.clone(),
        receipt: receipt(file),
    })
}

fn receipt(file: &LetterFile) -> data::Receipt {
    let Some(date) = file.reached_on() else { return data::Receipt::Unknown };
    match file.delivery().map(|delivery| delivery.outcome) {
        Some(DeliveryOutcome::Received) => data::Receipt::Received { date },
        Some(DeliveryOutcome::Unclaimed) => data::Receipt::Presented { date },
        Some(DeliveryOutcome::Refused) => data::Receipt::Refused { date },
        Some(DeliveryOutcome::Presented | DeliveryOutcome::Returned) | None => data::Receipt::Unknown,
    }
}
