//! What an error says: a code where a caller acts on it, a finished French sentence, and the next step.

use std::path::Path;

use dument_domain::Fault;
use dument_domain::french::typeset;
use dument_storage::Problem;
use serde::Serialize;

/// Why something was not done. Nothing was recorded, and nothing is half-done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Error {
    /// A stable name.
    pub code: &'static str,
    /// What happened, in a finished sentence.
    pub message: String,
    /// What to do next.
    pub hint: String,
    /// The broken rules, where data was refused.
    #[serde(rename = "fautes", skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<crate::view::FaultView>,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.message, self.hint)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Returns an error with its next step.
    pub fn new(code: &'static str, message: impl AsRef<str>, hint: impl AsRef<str>) -> Self {
        Self { code, message: typeset(message.as_ref()), hint: typeset(hint.as_ref()), faults: Vec::new() }
    }

    /// Returns the error of data that rules refuse; the sentences of the faults end with what to do.
    #[must_use]
    pub fn refused(faults: &[Fault]) -> Self {
        let refusals: Vec<&Fault> = faults.iter().filter(|fault| fault.is_refusal()).collect();
        let sentences: Vec<&str> = refusals.iter().map(|fault| fault.sentence.as_str()).collect();
        Self {
            code: refusals.first().map_or("refuse", |fault| fault.code),
            message: sentences.join(" "),
            hint: "Rien n’a été enregistré.".to_owned(),
            faults: faults.iter().map(crate::view::FaultView::from).collect(),
        }
    }

    /// Returns the error of a file that cannot be read or written.
    #[must_use]
    pub fn file(path: &Path, source: &std::io::Error) -> Self {
        let path = path.display();
        match source.kind() {
            std::io::ErrorKind::NotFound => Self::new(
                "fichier-absent",
                format!("Le fichier « {path} » n’existe pas."),
                "Vérifiez son nom et son dossier.",
            ),
            std::io::ErrorKind::PermissionDenied => Self::new(
                "fichier-interdit",
                format!("Le fichier « {path} » ne peut pas être ouvert : l’accès est refusé."),
                "Changez ses droits, ou copiez-le dans un de vos dossiers.",
            ),
            _ => Self::new(
                "fichier-illisible",
                format!("Le fichier « {path} » ne peut pas être lu ({source})."),
                "Vérifiez le disque ou la clé où il se trouve, puis recommencez.",
            ),
        }
    }
}

impl From<dument_storage::Error> for Error {
    fn from(error: dument_storage::Error) -> Self {
        use dument_storage::Error as Storage;
        match error {
            Storage::Locked => Self::new(
                "entreprise-ouverte-ailleurs",
                "Cette entreprise est ouverte dans une autre fenêtre ou par un autre programme.",
                "Fermez l’autre, puis recommencez.",
            ),
            Storage::Newer { found, known } => Self::new(
                "version-plus-recente",
                format!(
                    "Cette entreprise a été créée par une version plus récente (schéma {found}, cette version lit jusqu’à {known})."
                ),
                "Mettez Dûment à jour ; le fichier n’a pas été touché.",
            ),
            Storage::Foreign { path } => Self::new(
                "fichier-etranger",
                format!("« {} » n’est pas une entreprise de Dûment.", path.display()),
                "Choisissez le dossier de votre entreprise ; ce fichier n’a pas été touché.",
            ),
            Storage::Damaged(problem) => Self::new(
                "entreprise-endommagee",
                problem_sentence(&problem),
                "Restaurez la dernière sauvegarde vérifiée ; le dossier n’a pas été modifié.",
            ),
            Storage::Rewound { known, found } => Self::new(
                "journal-ancien",
                format!(
                    "Le journal s’arrête au fait n° {}, alors que le fait n° {} avait été enregistré : une ancienne copie a pris sa place.",
                    found.seq, known.seq
                ),
                "Retrouvez le dossier le plus récent, ou restaurez la dernière sauvegarde.",
            ),
            Storage::IsBackup { path } => Self::new(
                "dossier-de-sauvegarde",
                format!("« {} » est une sauvegarde : elle ne s’ouvre pas, pour rester telle quelle.", path.display()),
                "Restaurez-la dans un nouveau dossier (commande « restaurer »).",
            ),
            Storage::ReadOnly => Self::new(
                "lecture-seule",
                "Le dossier est en lecture seule : rien n’a été enregistré.",
                "Rendez-le modifiable, ou copiez l’entreprise ailleurs.",
            ),
            Storage::DiskFull => Self::new(
                "disque-plein",
                "Disque plein : rien n’a été enregistré.",
                "Libérez de la place, puis recommencez.",
            ),
            Storage::NotFound { path } => Self::new(
                "introuvable",
                format!("« {} » n’existe pas.", path.display()),
                "Vérifiez le nom du dossier, ou créez l’entreprise (commande « nouveau »).",
            ),
            Storage::AlreadyExists { path } => Self::new(
                "existe-deja",
                format!("« {} » existe déjà, et a été gardé tel quel.", path.display()),
                "Choisissez un autre nom.",
            ),
            Storage::TooLarge { size, limit } => Self::new(
                "fichier-trop-gros",
                format!("Ce fichier pèse {} Mo ; la limite est de {} Mo.", size / 1_000_000, limit / 1_000_000),
                "Réduisez-le ou divisez-le, puis recommencez.",
            ),
            Storage::NotErasable(seq) => Self::new(
                "rien-a-effacer",
                format!("Le fait n° {seq} n’a pas de contenu à effacer."),
                "Vérifiez son numéro dans le journal.",
            ),
            Storage::MustReopen => Self::new(
                "a-rouvrir",
                "Une écriture a échoué : il n’est pas certain que la dernière opération soit enregistrée.",
                "Ouvrez l’entreprise de nouveau et regardez la fin du journal avant de recommencer.",
            ),
            Storage::Io { path, source } => Self::file(&path, &source),
            Storage::Database(source) => Self::new(
                "base-de-donnees",
                format!("La base de données a refusé l’opération ({source}). Rien n’a été enregistré."),
                "Fermez l’entreprise, ouvrez-la de nouveau, puis lancez « verifier ».",
            ),
        }
    }
}

impl From<dument_documents::Error> for Error {
    fn from(error: dument_documents::Error) -> Self {
        Self::new("document-impossible", error.to_string(), "Rien n’a été émis.")
    }
}

/// Says in French what a check found.
#[must_use]
pub fn problem_sentence(problem: &Problem) -> String {
    let sentence = match problem {
        Problem::Truncated => "Le journal est plus court ou plus long que ce qu’il déclare.".to_owned(),
        Problem::Schema => "Les tables du journal ont été modifiées en dehors de l’application.".to_owned(),
        Problem::Database(detail) => format!("Le journal ne peut pas être lu ({detail})."),
        Problem::MissingFacts { first, last } if first == last => format!("Le fait n° {first} a disparu du journal."),
        Problem::MissingFacts { first, last } => format!("Les faits n° {first} à {last} ont disparu du journal."),
        Problem::BrokenLink(seq) => {
            format!("Le fait n° {seq} ne suit pas celui qui le précède : la chaîne est rompue.")
        }
        Problem::AlteredFact(seq) => format!("Le fait n° {seq} a été modifié en dehors de l’application."),
        Problem::AlteredPayload(seq) => {
            format!("Le contenu du fait n° {seq} a été modifié en dehors de l’application.")
        }
        Problem::MissingPayload(seq) => {
            format!("Le contenu du fait n° {seq} a disparu sans qu’un effacement soit noté.")
        }
        Problem::UnreadablePayload(seq) => {
            format!("Le contenu du fait n° {seq} est d’une sorte que cette version ne connaît pas.")
        }
        Problem::ErasureUndone(seq) => format!("Le contenu effacé du fait n° {seq} est revenu."),
        Problem::ExhibitMissing(hash) => format!("La pièce {hash} n’est plus dans le dossier « pieces »."),
        Problem::ExhibitAltered(hash) => format!("La pièce {hash} a été modifiée."),
        Problem::ExhibitNotAFile(hash) => format!("La pièce {hash} a été remplacée par un lien ou un dossier."),
    };
    typeset(&sentence)
}
