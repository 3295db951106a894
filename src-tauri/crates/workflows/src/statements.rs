//! What is owed: the décompte.

use dument_domain::conventions::{AllocationOrder, DayBase, MissingRates, RateVariation};
use dument_domain::interest::InterestLine;
use dument_domain::ledger::Ledger;
use dument_domain::statement::{self, ClaimStatement, OpenCredit, Request, Selection, Statement};
use dument_domain::{Amount, Currency, Date, Rate, Seq};
use serde::Serialize;

use crate::error::Error;
use crate::office::Office;
use crate::view::{self, FaultView, reference};

/// Which décompte is asked for.
#[derive(Debug, Clone)]
pub struct StatementQuery {
    /// Whose, by name.
    pub debtor: String,
    /// Which invoices, by number; those with something due when empty.
    pub invoices: Vec<String>,
    /// At the end of which day.
    pub as_of: Date,
    /// In which currency; the debtor's own, or euros where he has several, when none is said.
    pub currency: Option<Currency>,
    /// What is done where a semester has no rate yet.
    pub missing_rates: MissingRates,
}

/// A décompte.
#[derive(Debug, Clone, Serialize)]
pub struct StatementView {
    /// Whose.
    #[serde(rename = "client")]
    pub debtor: String,
    /// At the end of which day.
    #[serde(rename = "au")]
    pub as_of: Date,
    /// In which currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// The other currencies in which this debtor has an account: they are never added.
    #[serde(rename = "autres_devises", skip_serializing_if = "Vec::is_empty")]
    pub other_currencies: Vec<Currency>,
    /// How it was counted.
    pub convention: ConventionView,
    /// Invoice by invoice.
    #[serde(rename = "factures")]
    pub claims: Vec<ClaimView>,
    /// Credit notes and money that settle nothing yet.
    #[serde(rename = "avoirs_et_trop_percus")]
    pub credits: Vec<CreditView>,
    /// Principal due and unpaid.
    pub total_principal: Amount,
    /// Interest unpaid.
    #[serde(rename = "total_interets")]
    pub total_interest: Amount,
    /// Indemnities unpaid.
    #[serde(rename = "total_indemnites")]
    pub total_indemnity: Amount,
    /// Open credits, deducted from the total.
    #[serde(rename = "total_avoirs")]
    pub total_credit: Amount,
    /// What is to pay.
    pub total: Amount,
    /// What goes on accruing each day.
    #[serde(rename = "par_jour")]
    pub per_day: Amount,
    /// What the owner should know.
    #[serde(rename = "avertissements")]
    pub warnings: Vec<FaultView>,
}

/// How a décompte was counted.
#[derive(Debug, Clone, Serialize)]
pub struct ConventionView {
    /// `semestre` or `fixe`.
    #[serde(rename = "taux")]
    pub variation: &'static str,
    /// `365` or `reelle`.
    #[serde(rename = "base")]
    pub day_base: &'static str,
    /// `interets` or `principal`.
    #[serde(rename = "imputation")]
    pub allocation: &'static str,
    /// Rounding, in words.
    #[serde(rename = "arrondi")]
    pub rounding: &'static str,
}

/// One invoice of a décompte.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    /// Its number.
    #[serde(rename = "numero")]
    pub number: String,
    /// Its first due date.
    #[serde(rename = "echeance")]
    pub due_on: Date,
    /// Its instalments.
    #[serde(rename = "echeances")]
    pub instalments: Vec<InstalmentView>,
    /// What was to pay.
    pub principal: Amount,
    /// Interest, line by line.
    #[serde(rename = "lignes")]
    pub lines: Vec<LineView>,
    /// The sum of the lines.
    #[serde(rename = "interets")]
    pub interest: Amount,
    /// The fixed indemnity.
    #[serde(rename = "indemnite")]
    pub indemnity: Amount,
    /// What was paid, and what it settled here.
    #[serde(rename = "encaissements")]
    pub payments: Vec<PaymentView>,
    /// Credit notes and waivers.
    #[serde(rename = "remises_et_avoirs")]
    pub adjustments: Vec<AdjustmentView>,
    /// Principal due and unpaid.
    #[serde(rename = "reste_principal")]
    pub remaining_principal: Amount,
    /// Interest unpaid.
    #[serde(rename = "reste_interets")]
    pub remaining_interest: Amount,
    /// Indemnity unpaid.
    #[serde(rename = "reste_indemnite")]
    pub remaining_indemnity: Amount,
    /// The three together.
    #[serde(rename = "reste")]
    pub remaining: Amount,
    /// Principal that is not due yet.
    #[serde(rename = "a_echoir")]
    pub not_due: Amount,
    /// Days since the first due date with something unpaid.
    #[serde(rename = "jours_de_retard")]
    pub days_late: u32,
}

/// An instalment.
#[derive(Debug, Clone, Serialize)]
pub struct InstalmentView {
    /// When it falls due.
    #[serde(rename = "echeance")]
    pub due_on: Date,
    /// For how much.
    #[serde(rename = "montant")]
    pub amount: Amount,
    /// Principal unpaid.
    #[serde(rename = "reste")]
    pub remaining: Amount,
}

/// A line of interest.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    /// First day that bears interest.
    #[serde(rename = "du")]
    pub from: Date,
    /// Last day that bears interest.
    #[serde(rename = "au")]
    pub through: Date,
    /// How many days.
    #[serde(rename = "jours")]
    pub days: u32,
    /// On what sum.
    pub base: Amount,
    /// At what rate, in percent per year.
    #[serde(rename = "taux")]
    pub rate: Rate,
    /// What a year is divided by.
    #[serde(rename = "diviseur")]
    pub divisor: u32,
    /// Where the rate comes from.
    pub source: String,
    /// How much.
    #[serde(rename = "montant")]
    pub amount: Amount,
}

/// A payment, as it was imputed on an invoice.
#[derive(Debug, Clone, Serialize)]
pub struct PaymentView {
    /// Which payment.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub fact: Seq,
    /// When it arrived.
    #[serde(rename = "recu")]
    pub received_on: Date,
    /// How much of it settled this invoice.
    #[serde(rename = "montant")]
    pub amount: Amount,
    /// Of which interest.
    #[serde(rename = "interets")]
    pub interest: Amount,
    /// Of which principal.
    pub principal: Amount,
    /// Of which indemnity.
    #[serde(rename = "indemnite")]
    pub indemnity: Amount,
}

/// A credit note or a waiver, as it lowered an invoice.
#[derive(Debug, Clone, Serialize)]
pub struct AdjustmentView {
    /// Which fact.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub fact: Seq,
    /// From when.
    #[serde(rename = "le")]
    pub on: Date,
    /// How much.
    #[serde(rename = "montant")]
    pub amount: Amount,
}

/// Something that settles nothing yet.
#[derive(Debug, Clone, Serialize)]
pub struct CreditView {
    /// The payment or credit note.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub fact: Seq,
    /// Its date.
    #[serde(rename = "le")]
    pub on: Date,
    /// What is left of it.
    #[serde(rename = "montant")]
    pub amount: Amount,
}

/// Draws up a décompte.
///
/// # Errors
/// The debtor or an invoice is unknown, or a rate is missing.
pub fn draw_up_statement(office: &Office, query: &StatementQuery) -> Result<StatementView, Error> {
    let debtor = office.find_debtor(&query.debtor)?;
    let currency = currency_of(office, debtor, query)?;
    let invoices = office.find_invoices(debtor, &query.invoices)?;
    let selection = if invoices.is_empty() { Selection::Due } else { Selection::Only(&invoices) };
    let request = Request { debtor, currency, selection, as_of: query.as_of, missing_rates: query.missing_rates };
    let statement = draw_up(office.ledger(), &request)?;
    Ok(StatementView::of(office.ledger(), &statement))
}

pub(crate) fn draw_up(ledger: &Ledger, request: &Request<'_>) -> Result<Statement, Error> {
    Statement::draw_up(ledger, request).map_err(|missing| Error::refused(&[missing.fault()]))
}

/// Draws up everything unpaid of a debtor, due or not, for a list: a rate not yet published is the last known one.
pub(crate) fn open_in(office: &Office, debtor: Seq, currency: Currency, as_of: Date) -> Result<Statement, Error> {
    let missing_rates = MissingRates::UseLastKnown;
    draw_up(office.ledger(), &Request { debtor, currency, selection: Selection::Open, as_of, missing_rates })
}

/// Returns the currency asked for; else that of the invoices named, else the debtor's own, else euros.
fn currency_of(office: &Office, debtor: Seq, query: &StatementQuery) -> Result<Currency, Error> {
    if let Some(currency) = query.currency {
        return Ok(currency);
    }
    let named = office.find_invoices(debtor, &query.invoices)?;
    Ok(main_currency(office.ledger(), debtor, &named))
}

pub(crate) fn main_currency(ledger: &Ledger, debtor: Seq, invoices: &[Seq]) -> Currency {
    if let Some(invoice) = invoices.first() {
        return ledger.invoice(*invoice).currency;
    }
    let currencies = statement::currencies(ledger, debtor);
    if currencies.contains(&Currency::EUR) {
        Currency::EUR
    } else {
        currencies.first().copied().unwrap_or(Currency::EUR)
    }
}

impl StatementView {
    fn of(ledger: &Ledger, statement: &Statement) -> Self {
        let remaining = statement.remaining();
        let others =
            statement::currencies(ledger, statement.debtor).into_iter().filter(|other| *other != statement.currency);
        Self {
            debtor: ledger.debtor(statement.debtor).debtor.party.name.clone(),
            as_of: statement.as_of,
            currency: statement.currency,
            other_currencies: others.collect(),
            convention: ConventionView {
                variation: match statement.conventions.variation {
                    RateVariation::BySemester => "semestre",
                    RateVariation::FixedAtStart => "fixe",
                },
                day_base: match statement.conventions.day_base {
                    DayBase::Fixed365 => "365",
                    DayBase::Actual => "reelle",
                },
                allocation: match statement.conventions.allocation {
                    AllocationOrder::InterestFirst => "interets",
                    AllocationOrder::PrincipalFirst => "principal",
                },
                rounding: "au centime le plus proche, ligne par ligne",
            },
            claims: statement.claims.iter().map(|claim| ClaimView::of(ledger, claim)).collect(),
            credits: statement.credits.iter().map(CreditView::from).collect(),
            total_principal: remaining.principal,
            total_interest: remaining.interest,
            total_indemnity: remaining.indemnity,
            total_credit: statement.credit(),
            total: statement.total(),
            per_day: statement.per_day,
            warnings: view::faults(&statement.warnings),
        }
    }
}

impl ClaimView {
    fn of(ledger: &Ledger, claim: &ClaimStatement) -> Self {
        let invoice = ledger.invoice(claim.invoice);
        let payments = claim.payments.iter().map(|payment| PaymentView {
            fact: payment.payment,
            received_on: payment.received_on,
            amount: payment.settled.total(),
            interest: payment.settled.interest,
            principal: payment.settled.principal,
            indemnity: payment.settled.indemnity,
        });
        let adjustments = claim.adjustments.iter().map(|adjustment| AdjustmentView {
            fact: adjustment.fact,
            on: adjustment.on,
            amount: adjustment.removed.total(),
        });
        let instalments = claim.instalments.iter().map(|state| InstalmentView {
            due_on: state.instalment.due_on,
            amount: state.instalment.amount,
            remaining: state.remaining,
        });
        Self {
            number: invoice.number.clone(),
            due_on: invoice.first_due_on(),
            instalments: instalments.collect(),
            principal: claim.principal,
            lines: claim.lines.iter().map(LineView::from).collect(),
            interest: claim.interest,
            indemnity: claim.indemnity,
            payments: payments.collect(),
            adjustments: adjustments.collect(),
            remaining_principal: claim.remaining.principal,
            remaining_interest: claim.remaining.interest,
            remaining_indemnity: claim.remaining.indemnity,
            remaining: claim.remaining.total(),
            not_due: claim.not_due,
            days_late: claim.days_late,
        }
    }
}

impl From<&InterestLine> for LineView {
    fn from(line: &InterestLine) -> Self {
        Self {
            from: line.period.after.succ_opt().unwrap_or(line.period.after),
            through: line.period.through,
            days: line.period.days(),
            base: line.base,
            rate: line.rate,
            divisor: line.divisor,
            source: line.source.clone(),
            amount: line.amount,
        }
    }
}

impl From<&OpenCredit> for CreditView {
    fn from(credit: &OpenCredit) -> Self {
        Self { fact: credit.fact, on: credit.on, amount: credit.amount }
    }
}
