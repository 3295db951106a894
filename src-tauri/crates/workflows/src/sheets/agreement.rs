//! A payment plan as the agreement that both sign.

use dument_documents::data;
use dument_domain::arrangement::{Plan, PlanInterest};
use dument_domain::conventions::AllocationOrder;
use dument_domain::ledger::Ledger;
use dument_domain::party::Standing;
use dument_domain::statement::Statement;
use dument_domain::{Amount, Date, Seq, words};

use super::letter::{open_claim, payments};
use super::statement::interest_terms;
use crate::error::Error;

/// Returns the agreement on a plan, its sums stopped at the day it was agreed.
pub(crate) fn agreement(
    ledger: &Ledger,
    statement: &Statement,
    plan: &Plan,
    (seq, date): (Seq, Date),
) -> Result<data::AccordEcheancier, Error> {
    let parties = super::parties(ledger, plan.debtor)?;
    let standing = ledger.debtor(plan.debtor).debtor.standing;
    let claims: Vec<data::Claim> =
        statement.claims.iter().map(|claim| open_claim(ledger, claim, statement.as_of)).collect();
    let sum = |part: fn(&data::Claim) -> Amount| claims.iter().map(part).sum::<Amount>();
    let totals = data::Totals {
        principal: sum(|claim| claim.principal),
        interest: sum(|claim| claim.interest),
        indemnity: sum(|claim| claim.indemnity),
        credits: Amount::ZERO,
        total: sum(|claim| claim.remaining),
        overdue: None,
    };
    let acknowledged: Amount = plan.instalments.iter().map(|instalment| instalment.amount).sum();
    Ok(data::AccordEcheancier {
        parties,
        date,
        reference: format!("C-{seq}"),
        signatory: None,
        debtor_signature: signature(ledger, plan.debtor),
        as_of: plan.agreed_on,
        payments: payments(ledger, statement),
        open_credits: Vec::new(),
        currency: plan.currency,
        waivers: Vec::new(),
        acknowledged_in_words: words::in_words(acknowledged, plan.currency),
        sum_written: match standing {
            // A company may sign what is printed; whoever is not a merchant writes the sum himself (C. civ. 1376).
            Standing::Professional | Standing::Consumer => data::SumWritten::ByTheDebtor,
            Standing::PublicBody => data::SumWritten::Printed,
        },
        instalments: lines(plan, acknowledged),
        imputation: match statement.conventions.allocation {
            AllocationOrder::InterestFirst => data::Imputation::InterestFirst,
            AllocationOrder::PrincipalFirst => data::Imputation::PrincipalFirst,
        },
        interest: match plan.interest {
            _ if standing == Standing::Consumer && totals.interest.is_zero() => data::PlanInterest::NotBegun,
            PlanInterest::Continues => data::PlanInterest::Continues,
            PlanInterest::GivenUpIfKept => data::PlanInterest::WaivedIfRespected,
        },
        interest_terms: interest_terms(ledger, plan.debtor, statement),
        lapse: plan.lapse_notice_days.map(|days| data::LapseClause { days }),
        seal: None,
        acknowledged,
        claims,
        totals,
    })
}

/// Returns who signs: a person for himself, a company or a public body through somebody not known here.
fn signature(ledger: &Ledger, debtor: Seq) -> data::DebtorSignature {
    let debtor = &ledger.debtor(debtor).debtor;
    let alone = debtor.party.legal_form.as_deref().is_some_and(|form| {
        let form = form.to_lowercase();
        form == "ei" || form.starts_with("entrepr") || form.starts_with("micro")
    });
    match debtor.standing {
        Standing::Consumer => data::DebtorSignature::InPerson,
        Standing::Professional if alone => data::DebtorSignature::InPerson,
        Standing::Professional | Standing::PublicBody => data::DebtorSignature::Represented { by: None },
    }
}

/// Returns the instalments, each with what is left once it is paid.
pub(crate) fn lines(plan: &Plan, total: Amount) -> Vec<data::PlanLine> {
    let mut balance = total;
    (1..)
        .zip(&plan.instalments)
        .map(|(number, instalment)| {
            balance -= instalment.amount;
            data::PlanLine { number, due_on: instalment.due_on, amount: instalment.amount, balance_after: balance }
        })
        .collect()
}
