//! The décompte as data.

use dument_documents::data;
use dument_domain::Seq;
use dument_domain::allocation::Parts;
use dument_domain::conventions::{AllocationOrder, Conventions, DayBase, RateVariation};
use dument_domain::fact::{Fact, WaiverObject};
use dument_domain::interest::{AgreedRate, InterestLine, RateRule};
use dument_domain::law;
use dument_domain::ledger::Ledger;
use dument_domain::party::Standing;
use dument_domain::statement::{Adjustment, ClaimStatement, OpenCredit, Statement};

/// Returns a décompte as data.
pub(crate) fn sheet(ledger: &Ledger, statement: &Statement) -> data::Statement {
    data::Statement {
        as_of: statement.as_of,
        currency: statement.currency,
        invoices: statement.claims.iter().map(|claim| invoice(ledger, claim)).collect(),
        open_credits: statement.credits.iter().map(|credit| open_credit(ledger, credit)).collect(),
        totals: totals(statement),
        per_day: statement.per_day.is_positive().then_some(statement.per_day),
        conventions: conventions(ledger, statement),
    }
}

pub(super) fn totals(statement: &Statement) -> data::Totals {
    let Parts { interest, principal, indemnity } = statement.remaining();
    data::Totals {
        principal,
        interest,
        indemnity,
        credits: statement.credit(),
        total: statement.total(),
        overdue: None,
    }
}

pub(super) fn open_credit(ledger: &Ledger, credit: &OpenCredit) -> data::OpenCredit {
    let label = match ledger.fact(credit.fact).map(|recorded| &recorded.fact) {
        Some(Fact::CreditNoteRecorded(credit_note)) => format!("Avoir n° {}", credit_note.number),
        _ => "Versement non imputé".to_owned(),
    };
    data::OpenCredit { label, date: credit.on, amount: credit.amount }
}

fn invoice(ledger: &Ledger, claim: &ClaimStatement) -> data::StatementInvoice {
    let invoice = ledger.invoice(claim.invoice);
    let payments = claim.payments.iter().map(|payment| data::SettledPayment {
        received_on: payment.received_on,
        amount: payment.settled.total(),
        to_interest: payment.settled.interest,
        to_principal: payment.settled.principal,
        to_indemnity: payment.settled.indemnity,
    });
    data::StatementInvoice {
        invoice_number: invoice.number.clone(),
        issued_on: invoice.issued_on,
        due_on: claim.instalments.iter().map(|state| state.instalment.due_on).collect(),
        original_principal: claim.principal,
        lines: claim.lines.iter().map(line).collect(),
        interest_total: claim.interest,
        indemnity: claim.indemnity,
        payments: payments.collect(),
        reductions: claim.adjustments.iter().map(|adjustment| reduction(ledger, adjustment)).collect(),
        principal_remaining: claim.remaining.principal,
        interest_remaining: claim.remaining.interest,
        indemnity_remaining: claim.remaining.indemnity,
        remaining: claim.remaining.total(),
    }
}

fn line(line: &InterestLine) -> data::InterestLine {
    data::InterestLine {
        from: line.period.after.succ_opt().unwrap_or(line.period.after),
        to: line.period.through,
        days: line.period.days(),
        base: line.base,
        rate: line.rate,
        source: line.source.clone(),
        amount: line.amount,
    }
}

fn reduction(ledger: &Ledger, adjustment: &Adjustment) -> data::Reduction {
    let (kind, label) = match ledger.fact(adjustment.fact).map(|recorded| &recorded.fact) {
        Some(Fact::WaiverGranted(waiver)) => {
            let kind = match waiver.object {
                WaiverObject::Interest { .. } => data::ReductionKind::InterestWaived,
                WaiverObject::Indemnity => data::ReductionKind::IndemnityWaived,
                WaiverObject::Principal { .. } => data::ReductionKind::PrincipalWaived,
            };
            (kind, waiver.reason.clone())
        }
        Some(Fact::CreditNoteRecorded(credit_note)) => {
            (data::ReductionKind::CreditNote, format!("Avoir n° {}", credit_note.number))
        }
        _ => (data::ReductionKind::CreditNote, String::new()),
    };
    data::Reduction { kind, date: adjustment.on, label, amount: adjustment.removed.total() }
}

fn conventions(ledger: &Ledger, statement: &Statement) -> data::Conventions {
    let Conventions { variation, day_base, allocation } = statement.conventions;
    let debtor = &ledger.debtor(statement.debtor).debtor;
    let by_contract = statement.claims.iter().all(|claim| {
        let agreed = ledger.invoice(claim.invoice).agreed_rate.or(debtor.agreed_rate);
        RateRule::of(debtor.standing, agreed) == agreed.map_or(RateRule::Legal, RateRule::Agreed)
            && matches!(agreed, Some(AgreedRate::Fixed(_)))
    });
    data::Conventions {
        day_base: match day_base {
            DayBase::Fixed365 => data::DayBase::Fixed365,
            DayBase::Actual => data::DayBase::Actual,
        },
        variation: match (debtor.standing, variation) {
            _ if by_contract && !statement.claims.is_empty() => data::RateVariation::FixedByContract,
            (Standing::PublicBody, _) | (Standing::Professional, RateVariation::FixedAtStart) => {
                data::RateVariation::FixedAtStart
            }
            (Standing::Consumer, _) | (Standing::Professional, RateVariation::BySemester) => {
                data::RateVariation::BySemester
            }
        },
        imputation: match allocation {
            AllocationOrder::InterestFirst => data::Imputation::InterestFirst,
            AllocationOrder::PrincipalFirst => data::Imputation::PrincipalFirst,
        },
        rounding: data::Rounding::HalfUpPerLine,
    }
}

/// Returns the rule and the rate that apply to a debtor now, for the letters that recall them.
pub(super) fn interest_terms(ledger: &Ledger, debtor: Seq, statement: &Statement) -> Option<data::InterestTerms> {
    let profile = &ledger.debtor(debtor).debtor;
    let claim = statement.claims.first()?;
    let agreed = ledger.invoice(claim.invoice).agreed_rate.or(profile.agreed_rate);
    let rule = RateRule::of(profile.standing, agreed);
    let (rate, source) = statement.current_rate(ledger, claim)?;
    let indemnity = profile.standing.regime().and_then(|regime| law::indemnity(regime, statement.as_of));
    // « 2 × 40,00 € » is said only where it makes up the sum: a part of an indemnity may be paid.
    let owed = statement.claims.iter().map(|claim| claim.remaining.indemnity).filter(|owed| owed.is_positive());
    let whole = owed.clone().all(|owed| Some(owed) == indemnity.map(|dated| dated.value));
    let count = if whole { owed.count() } else { 0 };
    Some(data::InterestTerms {
        basis: match rule {
            RateRule::Agreed(_) => data::InterestBasis::Agreed,
            RateRule::Commercial => data::InterestBasis::EcbPlusTen,
            RateRule::PublicBuyer => data::InterestBasis::EcbPlusEight,
            RateRule::Legal => data::InterestBasis::Legal,
        },
        rate,
        source,
        indemnity_per_invoice: indemnity.map(|dated| dated.value),
        indemnity_count: u32::try_from(count).unwrap_or(u32::MAX),
    })
}
