//! The dossier de recouvrement: which exhibits a case needs, in what order, and what is missing to win.
//!
//! # Droit
//! - CPC art. 768 : pièces numérotées, bordereau. Lu le 2026-11-22.
//! - CPC art. 1407 : en injonction de payer, décompte des différents éléments et bordereau des documents. Lu le 2026-11-22.
//! - Utilisateur : C. com. art. L110-3 et C. civ. art. 1358, la preuve des faits est libre ; le juge apprécie chaque pièce.

use std::collections::BTreeSet;

use crate::calendar::add_years;
use crate::contact::{CallOutcome, Contact, ContactKind};
use crate::fact::{Channel, Exhibit, ExhibitNature, Fact, LetterModel, Seq};
use crate::french;
use crate::ledger::{Ledger, LetterFile};
use crate::party::Standing;
use crate::{Date, Fault};

/// The parts of a dossier, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Contract, quotation, order.
    Contract,
    /// General terms.
    Terms,
    /// Delivery, completion of the service.
    Delivery,
    /// Invoices and credit notes.
    Invoices,
    /// Reminders and statements of account.
    Reminders,
    /// Mises en demeure and the proofs of their receipt.
    Notice,
    /// Exchanges with the debtor.
    Exchanges,
    /// Anything else.
    Others,
    /// What the program draws up on the day.
    Records,
}

/// Where an exhibit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A file among the evidence.
    Exhibit(Seq),
    /// The bytes of a letter that was issued.
    Letter(Seq),
    /// The creditor's own record of a step: a letter, an exchange, a promise, a plan.
    StepRecord(Seq),
    /// The décompte of the day.
    Statement,
    /// What happened, day by day.
    Chronology,
}

/// An exhibit in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedExhibit {
    /// Its number, from 1.
    pub number: u32,
    /// Its part of the dossier.
    pub section: Section,
    /// Its title.
    pub title: String,
    /// Its date.
    pub dated_on: Option<Date>,
    /// Where it comes from.
    pub origin: Origin,
}

/// The plan of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The exhibits in order.
    pub exhibits: Vec<NumberedExhibit>,
    /// What is missing, and why it matters; a dossier may leave all the same.
    pub missing: Vec<Fault>,
}

impl Plan {
    /// Plans the dossier of a debtor over some of his invoices, on a day.
    #[must_use]
    pub fn of(ledger: &Ledger, debtor: Seq, invoices: &[Seq], as_of: Date) -> Self {
        let mut draft = Draft::default();
        let file = ledger.debtor(debtor);
        let exhibits: Vec<(Seq, &Exhibit)> = file
            .exhibits
            .iter()
            .map(|seq| (*seq, ledger.exhibit(*seq)))
            .filter(|(_, exhibit)| concerns(ledger, &exhibit.invoices, invoices))
            .collect();
        let letters: Vec<(Seq, &LetterFile)> = file
            .letters
            .iter()
            .map(|seq| (*seq, ledger.letter(*seq)))
            .filter(|(_, file)| file.letter.issued_on <= as_of && concerns(ledger, &file.letter.invoices, invoices))
            .collect();
        for (seq, exhibit) in &exhibits {
            if exhibit.letter.is_none_or(|letter| letters.iter().all(|(known, _)| *known != letter)) {
                draft.add(section_of(exhibit.nature), exhibit.dated_on, exhibit.title.clone(), Origin::Exhibit(*seq));
            }
        }
        for (seq, file) in &letters {
            draft.add_letter(*seq, file, &exhibits, as_of);
        }
        let steps = ledger.episodes_of(file).filter_map(|(seq, fact)| Some((seq, StepTaken::from(fact)?)));
        for (seq, step) in steps.filter(|(_, step)| step.on <= as_of && concerns(ledger, step.invoices, invoices)) {
            draft.add_record(&step, seq, as_of);
        }
        draft.add(
            Section::Records,
            Some(as_of),
            format!("Décompte arrêté au {}", french::date(as_of)),
            Origin::Statement,
        );
        draft.add(Section::Records, Some(as_of), "Chronologie".to_owned(), Origin::Chronology);
        Self { exhibits: draft.numbered(), missing: missing(ledger, debtor, invoices, &exhibits, &letters) }
    }

    /// Returns the rank of the record of a step among the records of the case: the day of the step decides, not its place.
    #[must_use]
    pub fn rank_of_step(&self, ledger: &Ledger, step: Seq) -> u32 {
        let day = |seq: Seq| (ledger.fact(seq).and_then(|recorded| recorded.fact.happened_on()), seq);
        let steps = self.exhibits.iter().filter_map(|exhibit| match exhibit.origin {
            Origin::StepRecord(seq) => Some(seq),
            Origin::Exhibit(_) | Origin::Letter(_) | Origin::Statement | Origin::Chronology => None,
        });
        u32::try_from(steps.filter(|seq| day(*seq) <= day(step)).count()).unwrap_or(u32::MAX)
    }

    /// Returns the number of the exhibit of this origin.
    #[must_use]
    pub fn number_of(&self, origin: Origin) -> Option<u32> {
        self.exhibits.iter().find(|exhibit| exhibit.origin == origin).map(|exhibit| exhibit.number)
    }
}

/// A step that is recorded by itself, letters aside.
struct StepTaken<'a> {
    on: Date,
    title: &'static str,
    invoices: &'a [Seq],
}

impl<'a> StepTaken<'a> {
    /// Reads a fact as a step between the creditor and his debtor.
    ///
    /// Not the owner's own notes and decisions: the dossier says what passed between the two. Nor a call that reached nobody,
    /// which the chronology tells.
    fn from(fact: &'a Fact) -> Option<Self> {
        if let Fact::ContactLogged(contact) = fact {
            let shown = contact.carries_out() && !contact.is_internal();
            return shown.then(|| Self { on: contact.on, title: contact.kind.title(), invoices: &contact.invoices });
        }
        if let Fact::PromiseMade(promise) = fact {
            return Some(Self { on: promise.made_on, title: "Promesse de paiement", invoices: &promise.invoices });
        }
        if let Fact::PlanAgreed(plan) = fact {
            return Some(Self { on: plan.agreed_on, title: "Échéancier", invoices: &plan.invoices });
        }
        None
    }
}

/// Says whether something tied to some invoices concerns a case about others; tied to none, it concerns them all.
fn concerns(ledger: &Ledger, tied_to: &[Seq], case: &[Seq]) -> bool {
    tied_to.is_empty() || tied_to.iter().any(|invoice| case.contains(&ledger.current(*invoice)))
}

fn section_of(nature: ExhibitNature) -> Section {
    match nature {
        ExhibitNature::Contract | ExhibitNature::Quotation | ExhibitNature::Order => Section::Contract,
        ExhibitNature::Terms => Section::Terms,
        ExhibitNature::Delivery => Section::Delivery,
        ExhibitNature::Invoice => Section::Invoices,
        ExhibitNature::Letter => Section::Reminders,
        ExhibitNature::Receipt => Section::Notice,
        ExhibitNature::Exchange => Section::Exchanges,
        ExhibitNature::Other => Section::Others,
    }
}

fn section_of_letter(model: LetterModel) -> Section {
    match model {
        LetterModel::MiseEnDemeure | LetterModel::DernierAvis => Section::Notice,
        LetterModel::ConfirmationEntretien | LetterModel::ReponseContestation | LetterModel::AccordEcheancier => {
            Section::Exchanges
        }
        LetterModel::RappelEcheance
        | LetterModel::RelanceAmiable
        | LetterModel::RelanceFerme
        | LetterModel::RelancePromesse
        | LetterModel::Releve => Section::Reminders,
    }
}

/// Exhibits before they are numbered.
#[derive(Default)]
struct Draft {
    exhibits: Vec<Drafted>,
}

/// An exhibit before it is numbered.
struct Drafted {
    section: Section,
    /// The date by which it is sorted: those of one letter, its receipt and its record, stay together.
    sorted_by: Option<Date>,
    dated_on: Option<Date>,
    title: String,
    origin: Origin,
}

impl Draft {
    fn add(&mut self, section: Section, dated_on: Option<Date>, title: String, origin: Origin) {
        self.exhibits.push(Drafted { section, sorted_by: dated_on, dated_on, title, origin });
    }

    fn add_letter(&mut self, seq: Seq, file: &LetterFile, exhibits: &[(Seq, &Exhibit)], as_of: Date) {
        let letter = &file.letter;
        let section = section_of_letter(letter.model);
        let title = format!("{} du {}", letter.model.title(), french::date(letter.issued_on));
        let record = french::typeset(&format!("Procès-verbal interne : {title}"));
        let mut add = |dated_on, title, origin| {
            self.exhibits.push(Drafted { section, sorted_by: Some(letter.issued_on), dated_on, title, origin });
        };
        add(Some(letter.issued_on), title, Origin::Letter(seq));
        for (receipt, exhibit) in exhibits.iter().filter(|(_, exhibit)| exhibit.letter == Some(seq)) {
            add(exhibit.dated_on, exhibit.title.clone(), Origin::Exhibit(*receipt));
        }
        // A letter that has not left is no step; an agreement is recorded with the plan that it puts on paper.
        if file.sending.is_some() && letter.model != LetterModel::AccordEcheancier {
            add(Some(as_of), record, Origin::StepRecord(seq));
        }
    }

    fn add_record(&mut self, step: &StepTaken<'_>, seq: Seq, as_of: Date) {
        self.exhibits.push(Drafted {
            section: Section::Exchanges,
            sorted_by: Some(step.on),
            dated_on: Some(as_of),
            title: french::typeset(&format!("Procès-verbal interne : {} du {}", step.title, french::date(step.on))),
            origin: Origin::StepRecord(seq),
        });
    }

    /// Numbers the exhibits by section, then by date; those of one date keep the order they were added in.
    fn numbered(mut self) -> Vec<NumberedExhibit> {
        self.exhibits.sort_by_key(|drafted| (drafted.section, drafted.sorted_by));
        let number = |(number, Drafted { section, dated_on, title, origin, .. })| NumberedExhibit {
            number,
            section,
            title,
            dated_on,
            origin,
        };
        (1..).zip(self.exhibits).map(number).collect()
    }
}

/// Returns the day until which the pieces of a case are kept at least.
///
/// # Droit
/// - C. com. art. L123-22 : documents comptables et pièces justificatives, dix ans. Lu le 2026-11-22.
// Question : le délai part de la clôture de l’exercice, que le programme ne connaît pas ; une année de plus est comptée par prudence.
#[must_use]
pub fn kept_until(as_of: Date) -> Date {
    const YEARS: u32 = 10;
    add_years(as_of, YEARS + 1)
}

impl Contact {
    /// Says whether it is the owner's own affair: a note, a decision. The dossier does not show it.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        match self.kind {
            ContactKind::Note | ContactKind::Decision => true,
            ContactKind::Call(_)
            | ContactKind::Email
            | ContactKind::Letter
            | ContactKind::Meeting
            | ContactKind::TextMessage => false,
        }
    }
}

impl ContactKind {
    /// Returns how a record names it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Call(_) => "Appel téléphonique",
            Self::Email => "Courriel",
            Self::Letter => "Lettre",
            Self::Meeting => "Rendez-vous",
            Self::TextMessage => "SMS",
            Self::Note => "Note",
            Self::Decision => "Décision",
        }
    }
}

impl CallOutcome {
    /// Returns how a record names it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Reached => "personne jointe",
            Self::MessageLeft => "message laissé",
            Self::Unreachable => "sans réponse",
            Self::WrongNumber => "numéro erroné",
        }
    }
}

impl LetterModel {
    /// Returns the title of the letter.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::RappelEcheance => "Rappel avant échéance",
            Self::RelancePromesse => "Relance après engagement non tenu",
            Self::DernierAvis => "Dernière demande avant procédure",
            Self::ConfirmationEntretien => "Confirmation d’entretien",
            Self::ReponseContestation => "Réponse à contestation",
            Self::AccordEcheancier => "Accord d’échéancier",
            Self::RelanceAmiable => "Relance amiable",
            Self::RelanceFerme => "Relance ferme",
            Self::MiseEnDemeure => "Mise en demeure",
            Self::Releve => "Relevé de compte",
        }
    }
}

/// Returns what a judge would look for in vain.
fn missing(
    ledger: &Ledger,
    debtor: Seq,
    invoices: &[Seq],
    exhibits: &[(Seq, &Exhibit)],
    letters: &[(Seq, &LetterFile)],
) -> Vec<Fault> {
    let mut missing = Vec::new();
    let mut miss = |code, path: &str, sentence: String| missing.push(Fault::warning(code, path, sentence));
    let sections: BTreeSet<Section> = exhibits.iter().map(|(_, exhibit)| section_of(exhibit.nature)).collect();
    let absent = [
        (
            Section::Contract,
            "contrat-manquant",
            "Contrat, devis ou commande signés : sans eux, la preuve de la commande repose sur vos échanges. Ajoutez-les, ou un message où le client commande.",
        ),
        (
            Section::Terms,
            "cgv-manquantes",
            "Conditions générales acceptées : sans elles, seul ce que la loi prévoit peut être réclamé. Ajoutez-les avec la preuve de leur acceptation.",
        ),
        (
            Section::Delivery,
            "livraison-manquante",
            "Bon de livraison ou réception des travaux : sans lui, le client peut soutenir qu’il n’a rien reçu. Ajoutez-le, ou un message qui le reconnaît.",
        ),
    ];
    for (section, code, sentence) in absent {
        if !sections.contains(&section) {
            miss(code, "pieces", sentence.to_owned());
        }
    }
    for seq in invoices {
        let number = &ledger.invoice(*seq).number;
        let kept = exhibits
            .iter()
            .any(|(_, exhibit)| exhibit.nature == ExhibitNature::Invoice && exhibit.invoices.contains(seq));
        if !kept {
            miss(
                "facture-manquante",
                number,
                format!("Facture {number} : sa copie n’est pas au dossier. Ajoutez le fichier ou un scan."),
            );
        }
    }
    missing_of_notice(letters, exhibits, &mut missing);
    missing_of_parties(ledger, debtor, &mut missing);
    missing
}

fn missing_of_notice(letters: &[(Seq, &LetterFile)], exhibits: &[(Seq, &Exhibit)], missing: &mut Vec<Fault>) {
    let mut miss = |code, sentence: &str| missing.push(Fault::warning(code, "mise-en-demeure", sentence));
    let Some((seq, file)) = letters.iter().rfind(|(_, file)| file.letter.gives_notice()) else {
        miss(
            "mise-en-demeure-manquante",
            "Mise en demeure : elle fait courir les intérêts contre un consommateur et montre au juge que le client a été prévenu. Envoyez-la avant de saisir un professionnel.",
        );
        return;
    };
    let Some(sending) = &file.sending else {
        miss(
            "envoi-manquant",
            "Mise en demeure : rien ne dit qu’elle est partie. Notez sa date d’envoi et son numéro de suivi.",
        );
        return;
    };
    let proven = exhibits.iter().any(|(_, exhibit)| {
        exhibit.nature == ExhibitNature::Receipt && exhibit.letter.is_none_or(|letter| letter == *seq)
    });
    match sending.channel {
        Channel::Lrar | Channel::Lre if !proven => miss(
            "accuse-manquant",
            "Preuve de dépôt et accusé de réception de la mise en demeure : sans eux, sa réception n’est pas prouvée. Ajoutez leur scan.",
        ),
        Channel::Letter | Channel::Email if !proven => miss(
            "reception-non-prouvee",
            "La mise en demeure n’est pas partie en recommandé : sa réception n’est pas prouvée. Renvoyez-la en recommandé avec avis de réception.",
        ),
        Channel::Lrar | Channel::Lre | Channel::Letter | Channel::Email => {}
    }
}

fn missing_of_parties(ledger: &Ledger, debtor: Seq, missing: &mut Vec<Fault>) {
    let debtor = &ledger.debtor(debtor).debtor;
    let mut miss = |code, path: &str, sentence: &str| missing.push(Fault::warning(code, path, sentence));
    if debtor.party.address.is_empty() {
        miss(
            "adresse-manquante",
            "client",
            "Adresse du client : aucun acte ne peut lui être signifié sans elle. Complétez sa fiche.",
        );
    }
    match debtor.standing {
        Standing::Professional | Standing::PublicBody if debtor.party.siren().is_none() => miss(
            "siren-manquant",
            "client",
            "SIREN du client : le professionnel que vous saisirez en a besoin pour vérifier son siège. Complétez sa fiche.",
        ),
        Standing::Consumer if ledger.company().is_none_or(|company| company.mediator.is_empty()) => miss(
            "mediateur-manquant",
            "entreprise",
            "Médiateur de la consommation : ses coordonnées doivent figurer dans vos courriers à un particulier. Complétez la fiche de l’entreprise.",
        ),
        Standing::Professional | Standing::PublicBody | Standing::Consumer => {}
    }
}
