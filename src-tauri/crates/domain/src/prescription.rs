//! Limitation: until when a claim can be brought to court.
//!
//! Nothing is interrupted by itself: the owner records an act, and both dates are shown, the one without it and the one
//! that it may give. A mise en demeure is not such an act.
//!
//! # Droit
//! - C. civ. art. 2228 et 2229 : le délai se compte par jours et s’achève à la fin du dernier. Lu le 2026-11-22.
//! - C. civ. art. 2231 : l’interruption fait courir un délai de même durée. Lu le 2026-11-22.
//! - C. civ. art. 2233 : une créance à terme se prescrit à compter du terme. Lu le 2026-11-22.
//! - C. civ. art. 2238 : la médiation suspend ; il reste au moins six mois après elle. Lu le 2026-11-22.
//! - Com. 26 févr. 2020 n° 18-25.036 : pour un service, le délai part de son achèvement, pas d’une facture tardive. Lu le 2026-11-22.

use chrono::Months;

use crate::Date;
use crate::calendar::add_years;
use crate::fact::{LimitationAct, LimitationActKind, Seq};
use crate::invoice::{Invoice, Trade};
use crate::law::{self, LimitationKind};
use crate::ledger::Ledger;
use crate::party::Standing;

/// From what the period is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The due date (C. civ. 2233).
    DueDate,
    /// Delivery, or completion of the service: the courts look at it rather than at a late invoice.
    Delivery,
}

/// How long a claim lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescription {
    /// Which period.
    pub kind: LimitationKind,
    /// Its length.
    pub years: u32,
    /// The text that fixes it.
    pub source: String,
    /// From what it is counted: the earlier of the two starts, out of prudence.
    pub start: Start,
    /// From when.
    pub started_on: Date,
    /// The last day to act, taking no recorded act into account.
    pub prudent_deadline: Date,
    /// The last day to act if a judge accepts the recorded acts; equal to the prudent one without any.
    pub possible_deadline: Date,
    /// The days on which the owner is warned, counted from the prudent deadline, the earliest first.
    pub warnings: Vec<Date>,
}

impl Prescription {
    /// Works out how long the claim of an invoice lives.
    #[must_use]
    pub fn of(ledger: &Ledger, seq: Seq) -> Self {
        let invoice = ledger.invoice(seq);
        let kind = kind(ledger.debtor(invoice.debtor).debtor.standing, invoice);
        let limitation = law::limitation(kind);
        let (start, started_on) = prudent_start(invoice);
        let prudent_deadline = add_years(started_on, limitation.years);
        let possible_deadline = ledger
            .limitation_acts_of(seq)
            .into_iter()
            .fold(prudent_deadline, |deadline, act| moved(deadline, act, limitation.years))
            .min(add_years(started_on, law::overall_limitation().years));
        let mut warnings: Vec<Date> = law::limitation_warning_months()
            .iter()
            .filter_map(|months| prudent_deadline.checked_sub_months(Months::new(*months)))
            .collect();
        warnings.sort();
        let source = limitation.source.cite();
        Self { kind, years: limitation.years, source, start, started_on, prudent_deadline, possible_deadline, warnings }
    }
}

fn kind(standing: Standing, invoice: &Invoice) -> LimitationKind {
    match (invoice.trade, standing) {
        (Trade::Carriage, _) => LimitationKind::Carriage,
        (Trade::General, Standing::Consumer) => LimitationKind::Consumer,
        // Question : contre une personne publique, la déchéance quadriennale (loi du 31 décembre 1968) joue autrement ; à faire confirmer.
        (Trade::General, Standing::Professional | Standing::PublicBody) => LimitationKind::Professional,
    }
}

fn prudent_start(invoice: &Invoice) -> (Start, Date) {
    let due_on = invoice.first_due_on();
    match invoice.delivered_on {
        Some(delivered_on) if delivered_on < due_on => (Start::Delivery, delivered_on),
        Some(_) | None => (Start::DueDate, due_on),
    }
}

/// Returns the deadline after an act that came in time.
fn moved(deadline: Date, act: &LimitationAct, years: u32) -> Date {
    if act.on > deadline {
        return deadline;
    }
    // While a case or a mediation is not known to have ended, the day it began is the prudent one.
    let ended_on = act.ended_on.unwrap_or(act.on);
    match act.kind {
        LimitationActKind::Recognition
        | LimitationActKind::CourtClaim
        | LimitationActKind::OrderServed
        | LimitationActKind::Enforcement
        | LimitationActKind::ClaimDeclared => deadline.max(add_years(ended_on, years)),
        LimitationActKind::Mediation => {
            let suspended = deadline + (ended_on - act.on);
            let six_months = ended_on.checked_add_months(Months::new(6)).unwrap_or(suspended);
            suspended.max(six_months)
        }
    }
}
