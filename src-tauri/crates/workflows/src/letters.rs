//! Letters: seeing one, issuing it, following it on its way.
//!
//! Seeing writes nothing. Issuing writes once: the fact, the bytes, the data they came from. *Issued is not sent*: sending is
//! an act of its own, with its date and its means. An issued letter is re-read, never rendered again.

use std::path::Path;

use dument_documents::Document;
use dument_documents::data;
use dument_domain::arrangement::Plan;
use dument_domain::conventions::MissingRates;
use dument_domain::dunning::case::positions;
use dument_domain::dunning::{self, Policies, Step, Suspension, Tone};
use dument_domain::fact::{Channel, Delivery, DeliveryOutcome, Fact, JournalHead, Letter, LetterModel, Sending};
use dument_domain::french::money;
use dument_domain::ledger::Ledger;
use dument_domain::statement::{Request, Selection, Statement};
use dument_domain::{Currency, Date, Fault, Seq};
use dument_storage::write_atomically;
use serde::Serialize;

use crate::error::Error;
use crate::office::{Moment, Office};
pub use crate::sheets::ClaimsAccessories;
use crate::sheets::{self, LetterDraft};
use crate::statements::{self, main_currency};
use crate::view::{self, Done, FaultView, reference};

/// Which letter is asked for.
#[derive(Debug, Clone)]
pub struct LetterQuery {
    /// To whom, by name.
    pub debtor: String,
    /// Which one.
    pub model: LetterModel,
    /// On which invoices, by number; those with something due when empty.
    pub invoices: Vec<String>,
    /// Days left to pay, counted from receipt; eight when none is said, where the letter leaves a delay.
    pub delay_days: Option<u32>,
    /// Whether interest and indemnities are claimed; as the model usually does when none is said.
    pub accessories: Option<ClaimsAccessories>,
    /// How it is to leave, when that is known.
    pub channel: Option<Channel>,
    /// In which currency.
    pub currency: Option<Currency>,
    /// What is done where a semester has no rate yet.
    pub missing_rates: MissingRates,
    /// In what tone; the model's own when none is said.
    pub tone: Option<Tone>,
    /// A sentence of the owner's own; in an answer to a dispute, what he answers.
    pub note: Option<String>,
    /// The call, promise, dispute or plan that it quotes; the last one that calls for it when none is said.
    pub about: Option<Seq>,
    /// The levels of the policy that it carries out.
    pub steps: Vec<Step>,
}

impl LetterQuery {
    /// Returns a letter on what is due, as its model usually is.
    #[must_use]
    pub fn new(debtor: &str, model: LetterModel) -> Self {
        Self {
            debtor: debtor.to_owned(),
            model,
            invoices: Vec::new(),
            delay_days: None,
            accessories: None,
            channel: None,
            currency: None,
            missing_rates: MissingRates::Refuse,
            tone: None,
            note: None,
            about: None,
            steps: Vec::new(),
        }
    }
}

/// A letter that was drawn up, or seen.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// Its reference, once issued.
    #[serde(rename = "courrier", skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// Which one.
    #[serde(rename = "modele")]
    pub model: LetterModel,
    /// To whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// On which invoices.
    #[serde(rename = "factures")]
    pub invoices: Vec<String>,
    /// Currency of the sums.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// Principal claimed.
    pub principal: dument_domain::Amount,
    /// Interest claimed.
    #[serde(rename = "interets")]
    pub interest: dument_domain::Amount,
    /// Indemnities claimed.
    #[serde(rename = "indemnites")]
    pub indemnity: dument_domain::Amount,
    /// Everything claimed.
    pub total: dument_domain::Amount,
    /// Pages.
    pub pages: u32,
    /// SHA-256 of the PDF.
    pub sha256: String,
    /// Where the PDF was written.
    #[serde(rename = "fichier", skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What the owner should know before it leaves.
    #[serde(rename = "avertissements")]
    pub warnings: Vec<FaultView>,
}

/// A letter ready to be read, or issued.
pub(crate) struct Draft {
    fact: Letter,
    data: Vec<u8>,
    pub(crate) pdf: Vec<u8>,
    warnings: Vec<FaultView>,
}

/// Writes a letter to a file for its reader; the ledger does not move.
///
/// # Errors
/// Nothing is to claim, or a rate is missing.
pub fn preview_letter(office: &Office, query: &LetterQuery, moment: &Moment, file: &Path) -> Result<LetterView, Error> {
    let draft = draw_up(office, query, moment, office.next_seq())?;
    write_atomically(file, &draft.pdf)?;
    Ok(draft.view(office, None, Some(file)))
}

/// Issues a letter: its bytes become evidence.
///
/// # Errors
/// Nothing is to claim, or a rate is missing; nothing is recorded.
pub fn issue_letter(
    office: &mut Office,
    query: &LetterQuery,
    moment: &Moment,
    file: Option<&Path>,
) -> Result<LetterView, Error> {
    let draft = draw_up(office, query, moment, office.next_seq())?;
    let kept = draft.keep(office)?;
    let recording = office.record(&[kept], moment)?;
    if let Some(file) = file {
        write_atomically(file, &draft.pdf)?;
    }
    Ok(draft.view(office, Some(recording.first()), file))
}

/// Draws a letter up, as the fact of this number.
pub(crate) fn draw_up(office: &Office, query: &LetterQuery, moment: &Moment, seq: Seq) -> Result<Draft, Error> {
    prepare(office, query, moment, seq)?.typeset()
}

/// Decides what a letter says, as the fact of this number; it is not typeset yet.
pub(crate) fn prepare(office: &Office, query: &LetterQuery, moment: &Moment, seq: Seq) -> Result<Prepared, Error> {
    let debtor = office.find_debtor(&query.debtor)?;
    let invoices = office.find_invoices(debtor, &query.invoices)?;
    let currency = query.currency.unwrap_or_else(|| main_currency(office.ledger(), debtor, &invoices));
    let warnings = suspended(office, debtor, query.model, moment.today)?;
    let about = query.about.or_else(|| sheets::subject(office.ledger(), debtor, query.model, moment.today));
    if about.is_none() && query.model.quotes() {
        return Err(nothing_to_quote(&query.debtor, query.model));
    }
    if let Some(about) = about.filter(|about| !may_quote(office.ledger(), debtor, query.model, *about)) {
        return Err(not_to_be_quoted(&query.debtor, about));
    }
    let concerned = invoices_about(office.ledger(), about);
    let selection = match query.model {
        _ if !invoices.is_empty() => Selection::Only(&invoices),
        LetterModel::AccordEcheancier | LetterModel::ReponseContestation if !concerned.is_empty() => {
            Selection::Only(&concerned)
        }
        model if model.shows_what_is_to_come() || model == LetterModel::ConfirmationEntretien => Selection::Open,
        _ => Selection::Due,
    };
    let plan = about.and_then(|about| office.ledger().find_plan(about));
    let plan = plan.filter(|_| query.model == LetterModel::AccordEcheancier);
    let as_of = plan.map_or(moment.today, |plan| plan.agreed_on);
    let request = Request { debtor, currency, selection, as_of, missing_rates: query.missing_rates };
    let statement = statements::draw_up(office.ledger(), &request)?;
    let asked = Asked { query, debtor, about, statement, seq, moment };
    let mut prepared = match plan {
        Some(plan) => asked.agreement(office, plan)?,
        None => asked.letter(office)?,
    };
    prepared.warnings.extend(warnings);
    Ok(prepared)
}

/// A letter that is decided and not typeset: from here on nothing but its own data is needed.
pub(crate) struct Prepared {
    document: Document,
    /// The fact without the digests of what is to be typeset.
    fact: Letter,
    data: Vec<u8>,
    warnings: Vec<FaultView>,
}

impl Prepared {
    /// Typesets the letter.
    pub(crate) fn typeset(&self) -> Result<Draft, Error> {
        let rendered = dument_documents::render(&self.document)?;
        let mut warnings = self.warnings.clone();
        warnings.extend(unprintable(&rendered.replaced));
        let fact = Letter {
            pdf: dument_storage::Sha256Hash::of(&rendered.bytes).to_string(),
            pages: u32::try_from(rendered.pages).unwrap_or(u32::MAX),
            warning: rendered.warning,
            ..self.fact.clone()
        };
        Ok(Draft { fact, data: self.data.clone(), pdf: rendered.bytes, warnings })
    }
}

/// A letter that was asked for, with what it is drawn up from.
struct Asked<'a> {
    query: &'a LetterQuery,
    debtor: Seq,
    about: Option<Seq>,
    statement: Statement,
    seq: Seq,
    moment: &'a Moment,
}

impl Asked<'_> {
    fn letter(mut self, office: &Office) -> Result<Prepared, Error> {
        let (query, ledger, today) = (self.query, office.ledger(), self.moment.today);
        let accessories = query.accessories.unwrap_or(usual_accessories(query.model));
        // A reminder that leaves accessories out says nothing of an invoice whose principal is paid.
        if accessories == ClaimsAccessories::LeftOut {
            self.statement.claims.retain(|claim| (claim.remaining.principal + claim.not_due).is_positive());
        }
        // What is wholly disputed is not claimed: only the answer to the dispute shows it, and nothing else.
        if query.model == LetterModel::ReponseContestation {
            self.statement.credits.clear();
        } else {
            self.statement.claims.retain(|claim| {
                let open = claim.remaining.principal + claim.not_due;
                open.is_zero() || ledger.contested(claim.invoice, open, today) < open
            });
        }
        let delay_days = leaves_a_delay(query.model).then(|| query.delay_days.unwrap_or(8));
        let registered = matches!(query.model, LetterModel::MiseEnDemeure | LetterModel::DernierAvis);
        let answer = query.note.as_deref().filter(|_| query.model == LetterModel::ReponseContestation);
        let steps = self.steps(ledger);
        let draft = LetterDraft {
            debtor: self.debtor,
            model: query.model,
            statement: &self.statement,
            claims_accessories: accessories,
            delay_days,
            channel: query.channel.or(registered.then_some(Channel::Lrar)),
            date: today,
            seq: self.seq,
            seal: sheets::seal(office.journal.head()),
            tone: query.tone,
            steps: &steps,
            background: sheets::background(ledger, (self.debtor, query.model), self.about, (answer, today)),
            note: query.note.clone().filter(|_| answer.is_none()),
        };
        let data = sheets::draft(ledger, draft)?;
        let claims_something = data.totals.total.is_positive();
        if !claims_something && query.model != LetterModel::ReponseContestation {
            return Err(nothing_to_claim(&query.debtor, query.model));
        }
        let mut totals = data.totals.clone();
        if let Some(contestation) = &data.contestation {
            totals.principal = contestation.undisputed_total;
            totals.total = contestation.undisputed_total;
        }
        let bytes = serde_json::to_vec(&data).expect("BUG: plain data always serialises");
        let mut prepared = self.prepared(office, Document::Letter(Box::new(data)), bytes, &totals, delay_days);
        prepared.fact.steps = steps;
        Ok(prepared)
    }

    /// Returns the levels that the letter carries out: a reminder written by hand is the level of its model.
    fn steps(&self, ledger: &Ledger) -> Vec<Step> {
        let (model, today) = (self.query.model, self.moment.today);
        if !self.query.steps.is_empty() || !model.reminds() {
            return self.query.steps.clone();
        }
        let policies = Policies::of(ledger);
        let claimed = |invoice| self.statement.claims.iter().any(|claim| claim.invoice == invoice);
        let positions = positions(ledger, &policies, self.debtor, today);
        let cases = positions.iter().flat_map(|position| &position.cases).filter(|case| claimed(case.invoice));
        let due = cases.filter(|case| case.due_on <= today || model == LetterModel::RappelEcheance);
        due.filter_map(|case| {
            let policy = policies.running(case.policy);
            let level = policy.levels_in_use().find(|level| level.model == Some(model))?;
            let known = case.done.iter().map(|done| &done.level).chain(case.prepared.iter().map(|(level, _)| level));
            known.into_iter().all(|known| *known != level.id).then(|| case.step(level))
        })
        .collect()
    }

    fn agreement(self, office: &Office, plan: &Plan) -> Result<Prepared, Error> {
        let data = sheets::agreement(office.ledger(), &self.statement, plan, (self.seq, self.moment.today))?;
        let totals = data.totals.clone();
        let bytes = serde_json::to_vec(&data).expect("BUG: plain data always serialises");
        Ok(self.prepared(office, Document::AccordEcheancier(Box::new(data)), bytes, &totals, None))
    }

    fn prepared(
        self,
        office: &Office,
        document: Document,
        data: Vec<u8>,
        totals: &data::Totals,
        delay_days: Option<u32>,
    ) -> Prepared {
        let head = office.journal.head();
        let fact = Letter {
            debtor: self.debtor,
            model: self.query.model,
            invoices: self.statement.claims.iter().map(|claim| claim.invoice).collect(),
            issued_on: self.moment.today,
            delay_days,
            currency: self.statement.currency,
            principal: totals.principal,
            interest: totals.interest,
            indemnity: totals.indemnity,
            total: totals.total,
            pdf: String::new(),
            pages: 0,
            data: dument_storage::Sha256Hash::of(&data).to_string(),
            warning: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            head: Some(JournalHead { seq: head.seq, fingerprint: head.hash.fingerprint() }),
            missing_rates: self.query.missing_rates,
            steps: Vec::new(),
            about: self.about,
        };
        Prepared { document, fact, data, warnings: view::faults(&self.statement.warnings) }
    }
}

/// Returns the agreement on a plan that is only seen, as PDF.
pub(crate) fn agreement_of(office: &Office, plan: &Plan, moment: &Moment) -> Result<Vec<u8>, Error> {
    let selection = Selection::Only(&plan.invoices);
    let missing_rates = MissingRates::UseLastKnown;
    let Plan { debtor, currency, agreed_on: as_of, .. } = *plan;
    let statement =
        statements::draw_up(office.ledger(), &Request { debtor, currency, selection, as_of, missing_rates })?;
    let data = sheets::agreement(office.ledger(), &statement, plan, (office.next_seq(), moment.today))?;
    Ok(dument_documents::render(&Document::AccordEcheancier(Box::new(data)))?.bytes)
}

/// Returns the invoices of the dispute or the plan that a letter is about.
fn invoices_about(ledger: &Ledger, about: Option<Seq>) -> Vec<Seq> {
    match about.and_then(|seq| ledger.fact(seq)).map(|recorded| &recorded.fact) {
        Some(Fact::DisputeOpened(dispute)) => vec![dispute.invoice],
        Some(Fact::PlanAgreed(plan)) => plan.invoices.clone(),
        _ => Vec::new(),
    }
}

fn usual_accessories(model: LetterModel) -> ClaimsAccessories {
    match model {
        LetterModel::RappelEcheance
        | LetterModel::RelanceAmiable
        | LetterModel::Releve
        | LetterModel::ConfirmationEntretien
        | LetterModel::ReponseContestation => ClaimsAccessories::LeftOut,
        LetterModel::RelanceFerme
        | LetterModel::RelancePromesse
        | LetterModel::MiseEnDemeure
        | LetterModel::DernierAvis
        | LetterModel::AccordEcheancier => ClaimsAccessories::Claimed,
    }
}

fn leaves_a_delay(model: LetterModel) -> bool {
    match model {
        LetterModel::RappelEcheance
        | LetterModel::Releve
        | LetterModel::ConfirmationEntretien
        | LetterModel::AccordEcheancier => false,
        LetterModel::RelanceAmiable
        | LetterModel::RelanceFerme
        | LetterModel::RelancePromesse
        | LetterModel::MiseEnDemeure
        | LetterModel::DernierAvis
        | LetterModel::ReponseContestation => true,
    }
}

/// Refuses a reminder that insolvency proceedings freeze, and returns what else should make the owner think twice.
fn suspended(office: &Office, debtor: Seq, model: LetterModel, today: Date) -> Result<Vec<FaultView>, Error> {
    if !model.reminds() {
        return Ok(Vec::new());
    }
    let ledger = office.ledger();
    let mut told: Vec<FaultView> = Vec::new();
    for position in positions(ledger, &Policies::of(ledger), debtor, today) {
        let lasting = position.cases.iter().flat_map(|case| &case.suspensions).filter(|it| !it.is_over(today));
        for suspension in lasting {
            let sentence = suspension.sentence(position.currency);
            match suspension {
                Suspension::Insolvency { judgment_on } => {
                    let since = dument_domain::french::date(*judgment_on);
                    return Err(Error::new(
                        "procedure-collective",
                        format!("Aucune relance ne part : une procédure collective est ouverte depuis le {since}."),
                        "Adressez la déclaration de créance au mandataire (voyez « agenda »).",
                    ));
                }
                // A missed instalment is what this letter is for.
                Suspension::Plan { .. } | Suspension::Promise { .. } if model == LetterModel::RelancePromesse => {}
                _ => {
                    let sentence = format!("Une facture est en suspens : {sentence}. Vérifiez avant d’envoyer.");
                    let told_now = FaultView::from(&Fault::warning("client-en-attente", "client", sentence));
                    if !told.contains(&told_now) {
                        told.push(told_now);
                    }
                }
            }
        }
    }
    Ok(told)
}

fn nothing_to_quote(debtor: &str, model: LetterModel) -> Error {
    let (what, how) = match model {
        LetterModel::ConfirmationEntretien => ("aucun entretien", "appel"),
        LetterModel::ReponseContestation => ("aucune contestation ouverte", "litige"),
        LetterModel::AccordEcheancier => ("aucun échéancier", "plan"),
        _ => ("aucune promesse rompue ni versement manqué", "promesse"),
    };
    Error::new(
        "rien-a-citer",
        format!("Il n’y a {what} chez {debtor} : ce courrier n’aurait rien à citer."),
        format!("Notez d’abord ce qu’il doit citer (commande « {how} »)."),
    )
}

/// Says whether a letter of this model may quote a fact: one that stands, of this debtor, and of the kind it speaks of.
fn may_quote(ledger: &Ledger, debtor: Seq, model: LetterModel, about: Seq) -> bool {
    let mut episodes = ledger.episodes_of(ledger.debtor(debtor));
    episodes.find(|(seq, _)| *seq == about).is_some_and(|(_, fact)| match model {
        LetterModel::RelancePromesse => matches!(fact, Fact::PromiseMade(_) | Fact::PlanAgreed(_)),
        LetterModel::ConfirmationEntretien => matches!(fact, Fact::ContactLogged(_)),
        LetterModel::ReponseContestation => matches!(fact, Fact::DisputeOpened(_)),
        LetterModel::AccordEcheancier => matches!(fact, Fact::PlanAgreed(_)),
        LetterModel::RappelEcheance
        | LetterModel::RelanceAmiable
        | LetterModel::RelanceFerme
        | LetterModel::MiseEnDemeure
        | LetterModel::DernierAvis
        | LetterModel::Releve => false,
    })
}

fn not_to_be_quoted(debtor: &str, about: Seq) -> Error {
    Error::new(
        "reference-inconnue",
        format!("Le fait n° {about} n’est pas de ceux que ce courrier peut citer à {debtor}."),
        "Vérifiez son numéro (commande « historique »).",
    )
}

fn nothing_to_claim(debtor: &str, model: LetterModel) -> Error {
    let message = if model == LetterModel::Releve {
        format!("Le compte de {debtor} est soldé : il n’y a rien à relever.")
    } else {
        format!(
            "Rien n’est échu, impayé et non contesté chez {debtor}, avoirs et trop-perçus déduits : aucun courrier n’est à envoyer."
        )
    };
    Error::new("rien-a-reclamer", message, "Vérifiez ses factures (commande « factures »).")
}

fn unprintable(replaced: &[char]) -> Option<FaultView> {
    let characters: Vec<String> = replaced.iter().map(ToString::to_string).collect();
    (!characters.is_empty()).then(|| {
        let sentence = format!(
            "La police ne dessine pas ces caractères, imprimés □ : {}. Écrivez le nom autrement.",
            characters.join(" ")
        );
        FaultView::from(&Fault::warning("caracteres-remplaces", "courrier", sentence))
    })
}

impl Draft {
    /// Keeps the bytes and the data, and returns the fact that names them.
    pub(crate) fn keep(&self, office: &Office) -> Result<Fact, Error> {
        office.keep(&self.pdf)?;
        office.keep(&self.data)?;
        Ok(Fact::LetterIssued(self.fact.clone()))
    }

    /// Says whether it claims an invoice.
    pub(crate) fn claims(&self, invoice: Seq) -> bool {
        self.fact.invoices.contains(&invoice)
    }

    /// Returns how many pages it has.
    pub(crate) fn pages(&self) -> u32 {
        self.fact.pages
    }

    pub(crate) fn view(&self, office: &Office, letter: Option<Seq>, file: Option<&Path>) -> LetterView {
        let ledger = office.ledger();
        let fact = &self.fact;
        LetterView {
            letter: letter.map(|seq| seq.to_string()),
            model: fact.model,
            debtor: ledger.debtor(fact.debtor).debtor.party.name.clone(),
            invoices: fact.invoices.iter().map(|seq| ledger.invoice(*seq).number.clone()).collect(),
            currency: fact.currency,
            principal: fact.principal,
            interest: fact.interest,
            indemnity: fact.indemnity,
            total: fact.total,
            pages: fact.pages,
            sha256: fact.pdf.clone(),
            file: file.map(|file| file.display().to_string()),
            warnings: self.warnings.clone(),
        }
    }
}

/// Writes an issued letter to a file again: the same bytes, nothing is rendered.
///
/// # Errors
/// There is no such letter, or its bytes are no longer what they were.
pub fn reprint_letter(office: &Office, letter: Seq, file: &Path) -> Result<(), Error> {
    let issued = find_letter(office, letter)?;
    Ok(write_atomically(file, &office.evidence(&issued.pdf)?)?)
}

/// How sure the owner is of what stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// He looked, and goes on.
    Given,
    /// He has said nothing.
    None,
}

/// Notes that a letter left, unless what it claims had changed by then.
///
/// # Errors
/// There is no such letter, it already left, the date is impossible; or what it claims was paid meanwhile, and the owner did not
/// confirm that it left all the same.
pub fn mark_sent(
    office: &mut Office,
    letter: Seq,
    sending: Sent,
    confirmation: Confirmation,
    moment: &Moment,
) -> Result<Done, Error> {
    let Sent { on, channel, tracking } = sending;
    let issued = find_letter(office, letter)?;
    let sent = [Fact::LetterSent(Sending { letter, on, channel, tracking })];
    office.check(&sent, moment.today)?;
    let ledger = office.ledger();
    let worth = dunning::draft(ledger, &Policies::of(ledger), issued, on);
    let outdated = match worth {
        dunning::Draft::Fresh | dunning::Draft::Old { .. } => None,
        dunning::Draft::Changed { claimed, owed } => {
            let (claimed, owed) = (money(claimed, issued.currency), money(owed, issued.currency));
            let on = dument_domain::french::date(on);
            Some((
                format!("Ce courrier réclame {claimed} de principal ; au {on}, il restait dû {owed}."),
                "Refaites-le à jour",
            ))
        }
        dunning::Draft::Settled => {
            Some(("Ce que ce courrier réclame a été réglé ou contesté depuis.".to_owned(), "Annulez-le"))
        }
    };
    if let Some((message, remedy)) = outdated.filter(|_| confirmation == Confirmation::None) {
        let hint = format!("{remedy} ; s’il est vraiment parti ainsi, confirmez-le (--confirmer).");
        return Err(Error::new("courrier-perime", message, hint));
    }
    Ok(office.record(&sent, moment)?.into())
}

/// How a letter left.
#[derive(Debug, Clone)]
pub struct Sent {
    /// When.
    pub on: Date,
    /// By what means.
    pub channel: Channel,
    /// Tracking number.
    pub tracking: Option<String>,
}

/// Notes what became of a letter.
///
/// # Errors
/// There is no such letter, it did not leave, or the date is impossible.
pub fn mark_delivered(
    office: &mut Office,
    letter: Seq,
    on: Date,
    outcome: DeliveryOutcome,
    moment: &Moment,
) -> Result<Done, Error> {
    find_letter(office, letter)?;
    Ok(office.record(&[Fact::LetterDelivered(Delivery { letter, on, outcome })], moment)?.into())
}

fn find_letter(office: &Office, letter: Seq) -> Result<&Letter, Error> {
    let found = office.ledger().letters().find(|(seq, _)| *seq == letter).map(|(_, file)| &file.letter);
    found.ok_or_else(|| {
        Error::new(
            "courrier-inconnu",
            format!("Aucun courrier ne porte la référence {letter}."),
            "Vérifiez-la (commande « courriers »).",
        )
    })
}

/// A letter in the list.
#[derive(Debug, Clone, Serialize)]
pub struct IssuedView {
    /// Its reference.
    #[serde(rename = "courrier", serialize_with = "reference")]
    pub letter: Seq,
    /// To whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// Which one.
    #[serde(rename = "modele")]
    pub model: LetterModel,
    /// The date it bears.
    #[serde(rename = "date")]
    pub issued_on: Date,
    /// Everything claimed.
    pub total: dument_domain::Amount,
    /// Currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// `a-envoyer`, `parti`, `presente`, `distribue`, `non-reclame`, `refuse`, `revenu`.
    #[serde(rename = "etat")]
    pub state: &'static str,
    /// When it left.
    #[serde(rename = "envoye")]
    pub sent_on: Option<Date>,
    /// Tracking number.
    #[serde(rename = "suivi")]
    pub tracking: Option<String>,
    /// When it reached the customer, or was presented.
    #[serde(rename = "recu")]
    pub reached_on: Option<Date>,
}

/// Lists the letters, in the order they were issued.
#[must_use]
pub fn list_letters(office: &Office) -> Vec<IssuedView> {
    let ledger = office.ledger();
    let view = |(seq, file): (Seq, &dument_domain::ledger::LetterFile)| IssuedView {
        letter: seq,
        debtor: ledger.debtor(file.letter.debtor).debtor.party.name.clone(),
        model: file.letter.model,
        issued_on: file.letter.issued_on,
        total: file.letter.total,
        currency: file.letter.currency,
        state: match (&file.sending, file.delivery().map(|delivery| delivery.outcome)) {
            (None, _) => "a-envoyer",
            (Some(_), None) => "parti",
            (Some(_), Some(DeliveryOutcome::Presented)) => "presente",
            (Some(_), Some(DeliveryOutcome::Returned)) => "revenu",
            (Some(_), Some(DeliveryOutcome::Received)) => "distribue",
            (Some(_), Some(DeliveryOutcome::Unclaimed)) => "non-reclame",
            (Some(_), Some(DeliveryOutcome::Refused)) => "refuse",
        },
        sent_on: file.sending.as_ref().map(|sending| sending.on),
        tracking: file.sending.as_ref().and_then(|sending| sending.tracking.clone()),
        reached_on: file.reached_on(),
    };
    ledger.letters().map(view).collect()
}
