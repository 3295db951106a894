//! The slip of a batch of letters, to be ticked off at the post office.

use std::collections::BTreeMap;

use dument_documents::data;
use dument_domain::Date;

use crate::error::Error;
use crate::office::Office;

/// Returns the slip of these letters.
pub(crate) fn slip(office: &Office, rows: Vec<data::DispatchRow>, date: Date) -> Result<data::BordereauEnvoi, Error> {
    let mut totals: BTreeMap<u8, data::DispatchTotal> = BTreeMap::new();
    for row in &rows {
        let none = data::DispatchTotal { channel: row.channel, letters: 0, pages: 0 };
        let total = totals.entry(rank(row.channel)).or_insert(none);
        total.letters += 1;
        total.pages += row.pages;
    }
    // A batch is known by its letters, the first and the last.
    let references: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
    let reference = match references.as_slice() {
        [first, .., last] => format!("{first} à {last}"),
        [only] => (*only).to_owned(),
        [] => String::new(),
    };
    Ok(data::BordereauEnvoi {
        creditor: super::company(office.ledger())?,
        date,
        reference,
        letter_count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        page_count: rows.iter().map(|row| row.pages).sum(),
        totals: totals.into_values().collect(),
        rows,
        seal: None,
    })
}

/// Registered letters first: they take the longest at the counter.
fn rank(channel: data::Channel) -> u8 {
    match channel {
        data::Channel::Lrar => 0,
        data::Channel::LettreSimple => 1,
        data::Channel::Lre => 2,
        data::Channel::Courriel => 3,
        data::Channel::RemiseEnMainPropre => 4,
    }
}
