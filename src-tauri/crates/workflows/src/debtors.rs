//! Customers.

use dument_domain::conventions::AllocationOrder;
use dument_domain::fact::Fact;
use dument_domain::interest::AgreedRate;
use dument_domain::party::{Debtor, Handling, Standing};
use dument_domain::{Amount, Currency, Date, Seq, statement};
use serde::Serialize;

use crate::company::PartyEntry;
use crate::error::Error;
use crate::office::{Moment, Office};
use crate::statements;
use crate::view::{Done, reference};

/// A customer as the user types him.
#[derive(Debug, Clone)]
pub struct DebtorEntry {
    /// Who he is.
    pub party: PartyEntry,
    /// What the law sees in him.
    pub standing: Standing,
    /// Days he usually has to pay.
    pub delay_days: Option<u32>,
    /// Rate of penalties agreed with him.
    pub agreed_rate: Option<AgreedRate>,
    /// Order of imputation agreed with him.
    pub allocation: Option<AllocationOrder>,
    /// How he is reminded.
    pub handling: Handling,
}

impl DebtorEntry {
    fn into_debtor(self) -> Debtor {
        let Self { party, standing, delay_days, agreed_rate, allocation, handling } = self;
        Debtor { party: party.into_party(), standing, delay_days, agreed_rate, allocation, handling }
    }
}

/// Records a customer.
///
/// # Errors
/// He has no name, or another has the same.
pub fn add_debtor(office: &mut Office, entry: DebtorEntry, moment: &Moment) -> Result<Done, Error> {
    Ok(office.record(&[Fact::DebtorAdded(entry.into_debtor())], moment)?.into())
}

/// Corrects a customer's details: what is typed takes the place of all that was known.
///
/// # Errors
/// There is no such customer, or the new name is another's.
pub fn correct_debtor(office: &mut Office, name: &str, entry: DebtorEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(name)?;
    Ok(office.record(&[Fact::DebtorCorrected { debtor, corrected: entry.into_debtor() }], moment)?.into())
}

/// A customer in a list.
#[derive(Debug, Clone, Serialize)]
pub struct DebtorView {
    /// Which one.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub fact: Seq,
    /// His name.
    #[serde(rename = "nom")]
    pub name: String,
    /// What the law sees in him.
    #[serde(rename = "qualite")]
    pub standing: &'static str,
    /// SIREN.
    pub siren: Option<String>,
    /// Address, line by line.
    #[serde(rename = "adresse")]
    pub address: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    #[serde(rename = "telephone")]
    pub phone: Option<String>,
    /// What he owes, currency by currency.
    #[serde(rename = "soldes")]
    pub balances: Vec<BalanceView>,
}

/// What a customer owes in one currency.
#[derive(Debug, Clone, Serialize)]
pub struct BalanceView {
    /// Which currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// Principal unpaid, due or not, less open credits.
    #[serde(rename = "solde")]
    pub balance: Amount,
    /// Principal unpaid after its due date.
    #[serde(rename = "echu")]
    pub overdue: Amount,
}

/// Lists the customers and what each owes.
///
/// # Errors
/// A rate is missing that an imputation depends on.
pub fn list_debtors(office: &Office, today: Date) -> Result<Vec<DebtorView>, Error> {
    let ledger = &office.ledger;
    ledger
        .debtors()
        .map(|(seq, file)| {
            let party = &file.debtor.party;
            let balances = statement::currencies(ledger, seq)
                .into_iter()
                .map(|currency| {
                    let statement = statements::open_in(office, seq, currency, today)?;
                    let overdue = statement.remaining().principal;
                    Ok(BalanceView { currency, balance: overdue + statement.not_due() - statement.credit(), overdue })
                })
                .collect::<Result<_, Error>>()?;
            Ok(DebtorView {
                fact: seq,
                name: party.name.clone(),
                standing: standing_name(file.debtor.standing),
                siren: party.siren().map(|siren| siren.as_str().to_owned()),
                address: party.address.clone(),
                email: party.email.clone(),
                phone: party.phone.clone(),
                balances,
            })
        })
        .collect()
}

pub(crate) fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Professional => "professionnel",
        Standing::Consumer => "consommateur",
        Standing::PublicBody => "public",
    }
}
