//! A letter as data.

use dument_documents::data;
use dument_documents::qr::{Transfer, TransferQr};
use dument_domain::allocation::Parts;
use dument_domain::dunning::{Policies, Step, Tone};
use dument_domain::fact::{Channel, LetterModel};
use dument_domain::ledger::Ledger;
use dument_domain::statement::{ClaimStatement, Statement};
use dument_domain::{Amount, Currency, Date, Seq, french};

use super::background::Background;
use super::statement::{interest_terms, open_credit, sheet};
use crate::error::Error;

/// Which letter is asked for.
pub(crate) struct LetterDraft<'a> {
    /// To whom.
    pub debtor: Seq,
    /// Which one.
    pub model: LetterModel,
    /// On what décompte.
    pub statement: &'a Statement,
    /// Whether interest and indemnities are claimed with the principal.
    pub claims_accessories: ClaimsAccessories,
    /// Days left to pay, counted from receipt.
    pub delay_days: Option<u32>,
    /// How it is to leave.
    pub channel: Option<Channel>,
    /// Date it bears.
    pub date: Date,
    /// The fact it will be.
    pub seq: Seq,
    /// The journal as it is.
    pub seal: data::Seal,
    /// In what tone, where the policy says so.
    pub tone: Option<Tone>,
    /// The levels that it carries out.
    pub steps: &'a [Step],
    /// What it recalls.
    pub background: Background,
    /// A sentence of the owner's own.
    pub note: Option<String>,
}

/// Whether a letter claims interest and indemnities, or leaves them out as a courtesy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimsAccessories {
    /// They are claimed.
    Claimed,
    /// They are recalled, not claimed.
    LeftOut,
}

/// Returns a letter as data.
pub(crate) fn draft(ledger: &Ledger, asked: LetterDraft<'_>) -> Result<data::Letter, Error> {
    let parties = super::parties(ledger, asked.debtor)?;
    let statement = asked.statement;
    let policies = Policies::of(ledger);
    let shown = |claim: &ClaimStatement| data::Claim {
        level: level_of(&policies, asked.steps, claim.invoice),
        ..claimed(ledger, &asked, claim)
    };
    let claims: Vec<data::Claim> = statement.claims.iter().map(shown).collect();
    let totals = totals(asked.model, &claims, statement);
    let reference = format!("C-{}", asked.seq);
    let numbers: Vec<&str> = claims.iter().map(|claim| claim.invoice_number.as_str()).collect();
    let claimed = asked.background.contestation.as_ref().map_or(totals.total, |it| it.undisputed_total);
    let qr = transfer(&parties.creditor, claimed, statement.currency, &remittance(&numbers, &reference));
    let notice = asked.model == LetterModel::MiseEnDemeure;
    let annexed = asked.claims_accessories == ClaimsAccessories::Claimed
        && statement.claims.iter().any(|claim| !claim.lines.is_empty());
    Ok(data::Letter {
        model: model(asked.model),
        date: asked.date,
        channel: asked.channel.map(super::channel),
        invoice_count: u32::try_from(claims.len()).unwrap_or(u32::MAX),
        payments: payments(ledger, statement),
        open_credits: statement.credits.iter().map(|credit| open_credit(ledger, credit)).collect(),
        currency: statement.currency,
        per_day: statement.per_day.is_positive().then_some(statement.per_day),
        interest_terms: interest_terms(ledger, asked.debtor, statement),
        new_delay: asked.delay_days.map(|days| data::NewDelay::FromReceipt { days }),
        previous_letters: previous(ledger, &asked),
        tone: asked.tone.map(tone),
        conversation: asked.background.conversation,
        promise: asked.background.promise,
        contestation: asked.background.contestation,
        notice: asked.background.notice,
        proceedings: data::Proceedings::default(),
        personal_note: asked.note.as_deref().map(french::typeset),
        total_in_words: None,
        qr,
        signatory: None,
        enclosures: if annexed {
            vec![format!("Décompte arrêté au {}", french::date(statement.as_of))]
        } else {
            Vec::new()
        },
        seal: notice.then(|| asked.seal.clone()),
        statement: annexed.then(|| sheet(ledger, statement)),
        window: data::Window::default(),
        parties,
        reference,
        claims,
        totals,
    })
}

fn tone(tone: Tone) -> data::Tone {
    match tone {
        Tone::Cordial => data::Tone::Cordial,
        Tone::Neutral => data::Tone::Neutre,
        Tone::Firm => data::Tone::Ferme,
    }
}

fn model(model: LetterModel) -> data::LetterModel {
    match model {
        LetterModel::RappelEcheance => data::LetterModel::RappelEcheance,
        LetterModel::RelancePromesse => data::LetterModel::RelancePromesse,
        LetterModel::DernierAvis => data::LetterModel::DernierAvis,
        LetterModel::ConfirmationEntretien => data::LetterModel::ConfirmationEntretien,
        LetterModel::ReponseContestation => data::LetterModel::ReponseContestation,
        LetterModel::AccordEcheancier => unreachable!("BUG: an agreement is a document of its own"),
        LetterModel::RelanceAmiable => data::LetterModel::RelanceAmiable,
        LetterModel::RelanceFerme => data::LetterModel::RelanceFerme,
        LetterModel::MiseEnDemeure => data::LetterModel::MiseEnDemeure,
        LetterModel::Releve => data::LetterModel::Releve,
    }
}

fn claimed(ledger: &Ledger, asked: &LetterDraft<'_>, claim: &ClaimStatement) -> data::Claim {
    let invoice = ledger.invoice(claim.invoice);
    let open = claim.remaining.principal + claim.not_due;
    // What is disputed is not claimed, nor is what the invoice bears until the dispute is over.
    let contested = match asked.model {
        // The answer to a dispute shows the whole, and says what of it is disputed.
        LetterModel::ReponseContestation => Amount::ZERO,
        _ => ledger.contested(claim.invoice, open, asked.date),
    };
    let (interest, indemnity) = match asked.claims_accessories {
        ClaimsAccessories::Claimed if contested.is_zero() => (claim.remaining.interest, claim.remaining.indemnity),
        ClaimsAccessories::Claimed | ClaimsAccessories::LeftOut => (Amount::ZERO, Amount::ZERO),
    };
    let due = claim.remaining.principal;
    let principal = match asked.model {
        LetterModel::ReponseContestation => due,
        model if model.shows_what_is_to_come() => open - contested,
        _ => ledger.undisputed(claim.invoice, (due, claim.not_due), asked.date),
    };
    data::Claim {
        paid: invoice.total - open,
        principal,
        interest,
        indemnity,
        remaining: principal + interest + indemnity,
        ..open_claim(ledger, claim, asked.date)
    }
}

/// Returns an invoice with everything that is open on it, due or to come.
pub(super) fn open_claim(ledger: &Ledger, claim: &ClaimStatement, date: Date) -> data::Claim {
    let invoice = ledger.invoice(claim.invoice);
    let principal = claim.remaining.principal + claim.not_due;
    let Parts { interest, indemnity, .. } = claim.remaining;
    let instalments = claim.instalments.iter().map(|state| data::ClaimInstalment {
        due_on: state.instalment.due_on,
        amount: state.instalment.amount,
        paid: state.instalment.amount - state.remaining,
        remaining: state.remaining,
        days_late: (date - state.instalment.due_on).num_days(),
    });
    data::Claim {
        invoice_number: invoice.number.clone(),
        issued_on: invoice.issued_on,
        order_ref: invoice.order_reference.clone(),
        instalments: instalments.collect(),
        total: invoice.total,
        paid: invoice.total - principal,
        principal,
        interest,
        indemnity,
        remaining: principal + interest + indemnity,
        level: None,
    }
}

/// Returns how far the reminders of an invoice have come.
fn level_of(policies: &Policies, steps: &[Step], invoice: Seq) -> Option<String> {
    let step = steps.iter().find(|step| step.invoice == invoice)?;
    policies.running(step.policy).level(&step.level).map(|level| level.title.to_lowercase())
}

fn totals(model: LetterModel, claims: &[data::Claim], statement: &Statement) -> data::Totals {
    let principal: Amount = claims.iter().map(|claim| claim.principal).sum();
    let interest: Amount = claims.iter().map(|claim| claim.interest).sum();
    let indemnity: Amount = claims.iter().map(|claim| claim.indemnity).sum();
    let credits = statement.credit();
    let late = statement.claims.iter().filter(|claim| claim.days_late > 0);
    let overdue = (model == LetterModel::Releve).then(|| late.map(|claim| claim.remaining.principal).sum());
    data::Totals { principal, interest, indemnity, credits, total: principal + interest + indemnity - credits, overdue }
}

/// Returns the payments that settled a part of these invoices, each once, with what it settled of them.
pub(super) fn payments(ledger: &Ledger, statement: &Statement) -> Vec<data::PaymentLine> {
    let mut lines: Vec<(Seq, data::PaymentLine)> = Vec::new();
    for claim in &statement.claims {
        let number = &ledger.invoice(claim.invoice).number;
        for payment in &claim.payments {
            let Parts { interest, indemnity, .. } = payment.settled;
            let settled = payment.settled.total();
            match lines.iter_mut().find(|(seq, _)| *seq == payment.payment) {
                Some((_, line)) => {
                    line.amount += settled;
                    line.to_interest += interest;
                    line.to_indemnity += indemnity;
                    line.invoice_numbers.push(number.clone());
                }
                None => lines.push((
                    payment.payment,
                    data::PaymentLine {
                        received_on: payment.received_on,
                        amount: settled,
                        to_interest: interest,
                        to_indemnity: indemnity,
                        invoice_numbers: vec![number.clone()],
                    },
                )),
            }
        }
    }
    lines.sort_by_key(|(seq, line)| (line.received_on, *seq));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Returns the letters that already left about these invoices, statements of account aside.
fn previous(ledger: &Ledger, asked: &LetterDraft<'_>) -> Vec<data::PreviousLetter> {
    let concerned = |invoices: &[Seq]| asked.statement.claims.iter().any(|claim| invoices.contains(&claim.invoice));
    let mut letters: Vec<data::PreviousLetter> = ledger
        .debtor(asked.debtor)
        .letters
        .iter()
        .map(|seq| ledger.letter(*seq))
        .filter(|file| file.letter.model != LetterModel::Releve && concerned(&file.letter.invoices))
        .filter_map(|file| {
            let sending = file.sending.as_ref().filter(|sending| sending.on <= asked.date)?;
            Some(data::PreviousLetter {
                title: file.letter.model.title().to_owned(),
                date: sending.on,
                channel: super::channel(sending.channel),
                tracking: sending.tracking.clone(),
            })
        })
        .collect();
    letters.sort_by_key(|letter| letter.date);
    letters
}

/// Returns what the payer's statement will show, within the 140 characters of a transfer.
fn remittance(numbers: &[&str], reference: &str) -> String {
    let text = format!("{reference} {}", numbers.join(" "));
    if text.chars().count() <= 140 { text } else { reference.to_owned() }
}

/// Returns the transfer as a code; none without a bank account, in another currency, or with details a bank refuses.
fn transfer(creditor: &data::Creditor, amount: Amount, currency: Currency, remittance: &str) -> Option<TransferQr> {
    let bank = creditor.bank.as_ref().filter(|_| currency == Currency::EUR && amount.is_positive())?;
    let holder: String = bank.holder.chars().take(70).collect();
    TransferQr::new(&Transfer { holder: &holder, iban: &bank.iban, bic: bank.bic.as_deref(), amount, remittance }).ok()
}
