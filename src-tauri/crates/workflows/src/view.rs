//! Views: what a caller shows. Plain data, with the French names of the command line's contract.

use dument_domain::{Fault, Gravity, Seq};
use serde::{Serialize, Serializer};

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FaultView {
    /// Its stable name.
    pub code: &'static str,
    /// Where in the data.
    #[serde(rename = "chemin")]
    pub path: String,
    /// What is wrong and what to do.
    #[serde(rename = "phrase")]
    pub sentence: String,
    /// Whether it stops anything.
    #[serde(rename = "gravite")]
    pub gravity: &'static str,
}

impl From<&Fault> for FaultView {
    fn from(fault: &Fault) -> Self {
        let gravity = match fault.gravity {
            Gravity::Refusal => "refus",
            Gravity::Warning => "avertissement",
        };
        Self { code: fault.code, path: fault.path.clone(), sentence: fault.sentence.clone(), gravity }
    }
}

/// Turns faults into views.
pub(crate) fn faults(faults: &[Fault]) -> Vec<FaultView> {
    faults.iter().map(FaultView::from).collect()
}

/// Writes the name of a fact as text: it is a reference to give back, not a number to count with.
pub(crate) fn reference<S: Serializer>(seq: &Seq, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&seq.to_string())
}

/// The answer to something that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Done {
    /// The fact.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub fact: Seq,
    /// What is doubtful about it.
    #[serde(rename = "avertissements", skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<FaultView>,
}

impl From<crate::office::Recording> for Done {
    fn from(recording: crate::office::Recording) -> Self {
        Self { fact: recording.first(), warnings: faults(&recording.warnings) }
    }
}

/// The answer to a company that was created or restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Created {
    /// Where it is.
    #[serde(rename = "entreprise")]
    pub folder: String,
    /// What is doubtful about it.
    #[serde(rename = "avertissements", skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<FaultView>,
}

/// The answer to a file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Where it is.
    #[serde(rename = "fichier")]
    pub file: String,
}
