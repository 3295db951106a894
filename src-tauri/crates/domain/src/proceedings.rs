//! What takes a case out of the owner's hands: somebody who collects for him, or a court that stops everyone.

use serde::{Deserialize, Serialize};

use crate::Date;
use crate::fact::Seq;
use crate::law;

/// Who takes a case over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mandatary {
    /// A debt collection company.
    Agency,
    /// The insurer of the claim.
    Insurer,
    /// A factor, who now owns the claim.
    Factor,
    /// A commissaire de justice.
    CommissaireDeJustice,
    /// A lawyer.
    Lawyer,
}

/// A case was handed over: no more reminders from here; it stays in every balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// Whose.
    pub debtor: Seq,
    /// Which invoices; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<Seq>,
    /// When.
    pub on: Date,
    /// To what kind of person.
    pub to: Mandatary,
    /// To whom.
    pub name: String,
    /// Their reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Which proceedings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InsolvencyKind {
    /// Before he stops paying.
    Sauvegarde,
    /// To go on after he stopped paying.
    RedressementJudiciaire,
    /// To end.
    LiquidationJudiciaire,
}

/// A court opened insolvency proceedings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insolvency {
    /// Against whom.
    pub debtor: Seq,
    /// Which proceedings.
    pub kind: InsolvencyKind,
    /// Date of the judgment that opened them.
    pub judgment_on: Date,
    /// Date of its publication in the BODACC, from which the time to declare is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Date>,
    /// The court.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub court: Option<String>,
    /// To whom the claim is declared: mandataire judiciaire or liquidateur.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative: Option<String>,
}

impl Insolvency {
    /// Returns the last day to declare the claim, counted from the judgment, out of prudence, while the publication is not known.
    ///
    /// # Droit
    /// - C. com. art. R622-24 : deux mois à compter de la publication au BODACC. Lu le 2026-11-22.
    // Question : un créancier établi outre-mer a deux mois de plus ; la date la plus proche est montrée à tous.
    #[must_use]
    pub fn declaration_deadline(&self) -> Date {
        crate::calendar::add_months(self.published_on.unwrap_or(self.judgment_on), law::declaration_months())
    }

    /// Returns the last day for which interest on an earlier claim is counted: the eve of the judgment.
    ///
    /// # Droit
    /// - C. com. art. L622-28 : le jugement d’ouverture arrête le cours des intérêts. Connu, non relu.
    // Question : les paiements différés d’un an ou plus échappent à l’arrêt ; aucun n’est tenu à part ici.
    #[must_use]
    pub fn interest_stops_on(&self) -> Date {
        self.judgment_on.pred_opt().unwrap_or(self.judgment_on)
    }
}
