//! What takes a case out of the owner's hands: a hand-over, insolvency proceedings.

use dument_domain::dunning::Ending;
use dument_domain::fact::Fact;
use dument_domain::proceedings::{HandOver, Insolvency, InsolvencyKind, Mandatary};
use dument_domain::{Date, Seq};

use crate::error::Error;
use crate::exchanges::debtor_of;
use crate::office::{Moment, Office};
use crate::view::Done;

/// A hand-over as the owner types it.
#[derive(Debug, Clone)]
pub struct HandOverEntry {
    /// Whose case, by name.
    pub debtor: String,
    /// Which invoices, by number; all of them when empty.
    pub invoices: Vec<String>,
    /// When.
    pub on: Date,
    /// To what kind of person.
    pub to: Mandatary,
    /// To whom.
    pub name: String,
    /// Their reference.
    pub reference: Option<String>,
}

/// Hands a case over: no reminder leaves any more, and it stays in every balance.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn hand_over(office: &mut Office, entry: HandOverEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoices = office.find_invoices(debtor, &entry.invoices)?;
    let HandOverEntry { on, to, name, reference, .. } = entry;
    let given = HandOver { debtor, invoices, on, to, name: name.trim().to_owned(), reference };
    Ok(office.record(&[Fact::HandedOver(given)], moment)?.into())
}

/// Takes a case back.
///
/// # Errors
/// There is no such hand-over, or it has ended already.
pub fn take_back(office: &mut Office, hand_over: Seq, on: Date, reason: &str, moment: &Moment) -> Result<Done, Error> {
    let debtor = debtor_of(office, hand_over, "une remise à un tiers", |fact| matches!(fact, Fact::HandedOver(_)))?;
    let ending = Ending { debtor, of: hand_over, on, reason: reason.trim().to_owned() };
    Ok(office.record(&[Fact::TakenBack(ending)], moment)?.into())
}

/// Insolvency proceedings as the owner types them.
#[derive(Debug, Clone)]
pub struct InsolvencyEntry {
    /// Against whom, by name.
    pub debtor: String,
    /// Which proceedings.
    pub kind: InsolvencyKind,
    /// Date of the judgment.
    pub judgment_on: Date,
    /// Date of its publication in the BODACC.
    pub published_on: Option<Date>,
    /// The court.
    pub court: Option<String>,
    /// To whom the claim is declared.
    pub representative: Option<String>,
}

/// Notes that insolvency proceedings were opened: letters freeze, interest stops the day before, the claim is to be declared.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn open_insolvency(office: &mut Office, entry: InsolvencyEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let InsolvencyEntry { kind, judgment_on, published_on, court, representative, .. } = entry;
    let insolvency = Insolvency { debtor, kind, judgment_on, published_on, court, representative };
    Ok(office.record(&[Fact::InsolvencyOpened(insolvency)], moment)?.into())
}

/// Notes that insolvency proceedings ended.
///
/// # Errors
/// There are no such proceedings, or they have ended already.
pub fn close_insolvency(
    office: &mut Office,
    insolvency: Seq,
    on: Date,
    reason: &str,
    moment: &Moment,
) -> Result<Done, Error> {
    let debtor =
        debtor_of(office, insolvency, "une procédure collective", |fact| matches!(fact, Fact::InsolvencyOpened(_)))?;
    let ending = Ending { debtor, of: insolvency, on, reason: reason.trim().to_owned() };
    Ok(office.record(&[Fact::InsolvencyClosed(ending)], moment)?.into())
}
