//! The records of a case as data: cover, list of exhibits, chronology, record of each step.

use std::collections::BTreeMap;

use dument_documents::data;
use dument_domain::dossier::{Origin, Plan};
use dument_domain::fact::{Channel, DeliveryOutcome, ExhibitNature, Fact, LimitationActKind, Seq};
use dument_domain::invoice::Invoice;
use dument_domain::ledger::{Ledger, LetterFile};
use dument_domain::prescription::{Prescription, Start};
use dument_domain::statement::Statement;
use dument_domain::{Date, french};

use super::statement::{interest_terms, totals};
use crate::error::Error;

/// A dossier on its way out.
pub(crate) struct Case<'a> {
    pub ledger: &'a Ledger,
    pub debtor: Seq,
    pub statement: &'a Statement,
    pub plan: &'a Plan,
    pub reference: String,
    pub seal: data::Seal,
}

impl Case<'_> {
    fn date(&self) -> Date {
        self.statement.as_of
    }

    /// Returns an event, proved by the exhibit of this origin where the dossier holds it.
    fn event(&self, date: Date, what: impl AsRef<str>, origin: Option<Origin>) -> data::Event {
        data::Event {
            date,
            what: french::typeset(what.as_ref()),
            proof: origin.and_then(|origin| self.title_of(origin)),
            piece: origin.and_then(|origin| self.plan.number_of(origin)),
        }
    }

    fn title_of(&self, origin: Origin) -> Option<String> {
        self.plan.exhibits.iter().find(|exhibit| exhibit.origin == origin).map(|exhibit| exhibit.title.clone())
    }

    fn missing(&self) -> Vec<data::MissingPiece> {
        let piece = |sentence: &str| {
            let (title, why) = sentence.split_once("\u{202f}: ").unwrap_or((sentence, ""));
            data::MissingPiece { title: title.to_owned(), why: capitalised(why) }
        };
        self.plan.missing.iter().map(|fault| piece(&fault.sentence)).collect()
    }
}

/// Returns the synthesis sheet.
pub(crate) fn cover(case: &Case<'_>, contents: Vec<data::ContentLine>) -> Result<data::Couverture, Error> {
    let statement = case.statement;
    Ok(data::Couverture {
        parties: super::parties(case.ledger, case.debtor)?,
        date: case.date(),
        reference: case.reference.clone(),
        as_of: statement.as_of,
        invoice_count: u32::try_from(statement.claims.len()).unwrap_or(u32::MAX),
        totals: totals(statement),
        currency: statement.currency,
        per_day: statement.per_day.is_positive().then_some(statement.per_day),
        interest_terms: interest_terms(case.ledger, case.debtor, statement),
        prescription: prescription(case),
        disputes: Vec::new(),
        contents,
        seal: Some(case.seal.clone()),
    })
}

/// Groups the invoices by the last prudent day to go to court, the nearest first.
fn prescription(case: &Case<'_>) -> Vec<data::PrescriptionLimit> {
    let mut limits: BTreeMap<(Date, String), Vec<&str>> = BTreeMap::new();
    for claim in &case.statement.claims {
        let prescription = Prescription::of(case.ledger, claim.invoice);
        let start = match prescription.start {
            Start::DueDate => "l’échéance",
            Start::Delivery => "la livraison",
        };
        let mut ground = format!("{} ans depuis {start}, {}", prescription.years, prescription.source);
        if prescription.possible_deadline != prescription.prudent_deadline {
            ground += &format!(" ; si les actes notés sont admis, {}", french::date(prescription.possible_deadline));
        }
        let number = case.ledger.invoice(claim.invoice).number.as_str();
        limits.entry((prescription.prudent_deadline, french::typeset(&ground))).or_default().push(number);
    }
    limits
        .into_iter()
        .map(|((limit, ground), numbers)| data::PrescriptionLimit { invoices: numbers.join(", "), limit, ground })
        .collect()
}

/// Returns the list of exhibits, as they were found.
pub(crate) fn bordereau(case: &Case<'_>, exhibits: Vec<data::Exhibit>) -> Result<data::Bordereau, Error> {
    Ok(data::Bordereau {
        parties: super::parties(case.ledger, case.debtor)?,
        date: case.date(),
        reference: case.reference.clone(),
        exhibits,
        missing: case.missing(),
        seal: Some(case.seal.clone()),
    })
}

/// Returns what happened with this debtor about these invoices, day by day.
pub(crate) fn chronology(case: &Case<'_>) -> Result<data::Chronologie, Error> {
    let mut events: Vec<data::Event> = case
        .ledger
        .facts()
        .iter()
        .filter(|recorded| case.ledger.cancellation(recorded.seq).is_none())
        .flat_map(|recorded| events_of(case, recorded.seq, &recorded.fact))
        .filter(|event| event.date <= case.date())
        .collect();
    events.sort_by_key(|event| event.date);
    Ok(data::Chronologie {
        parties: super::parties(case.ledger, case.debtor)?,
        date: case.date(),
        reference: case.reference.clone(),
        events,
        seal: Some(case.seal.clone()),
    })
}

/// Returns what a fact says of the case, in sentences.
fn events_of(case: &Case<'_>, seq: Seq, fact: &Fact) -> Vec<data::Event> {
    let ledger = case.ledger;
    let ours = |invoice: Seq| case.statement.claims.iter().any(|claim| claim.invoice == ledger.current(invoice));
    match fact {
        Fact::InvoiceRecorded(invoice) if ours(seq) => invoice_events(case, seq, invoice),
        Fact::CreditNoteRecorded(credit_note) if credit_note.debtor == case.debtor => {
            let amount = french::money(credit_note.total, credit_note.currency);
            let piece = original_of(case, seq).map(Origin::Exhibit);
            vec![case.event(
                credit_note.issued_on,
                format!("Avoir n° {} émis, {amount} TTC.", credit_note.number),
                piece,
            )]
        }
        Fact::PaymentReceived(payment) if payment.debtor == case.debtor => {
            let means = payment.means.as_ref().map(|means| format!(" par {means}")).unwrap_or_default();
            let amount = french::money(payment.amount, payment.currency);
            vec![case.event(payment.received_on, format!("Encaissement de {amount}{means}."), None)]
        }
        Fact::LetterIssued(letter) if letter.debtor == case.debtor && letter.invoices.iter().any(|seq| ours(*seq)) => {
            letter_events(case, seq, ledger.letter(seq))
        }
        Fact::WaiverGranted(waiver) if ours(waiver.invoice) => {
            let number = &ledger.invoice(waiver.invoice).number;
            vec![case.event(
                waiver.on,
                format!("Remise consentie sur la facture n° {number} : {}.", waiver.reason),
                None,
            )]
        }
        Fact::LimitationActRecorded(act) if act.invoices.iter().any(|seq| ours(*seq)) => {
            vec![case.event(act.on, format!("{}.", act_name(act.kind)), act.proof.map(Origin::Exhibit))]
        }
        Fact::ExhibitAdded(exhibit) if exhibit.debtor == case.debtor => {
            let worth_telling = exhibit.nature != ExhibitNature::Invoice && exhibit.letter.is_none();
            let number = case.plan.number_of(Origin::Exhibit(seq));
            let dated = exhibit.dated_on.filter(|_| worth_telling && number.is_some());
            dated
                .map(|on| case.event(on, format!("{}.", exhibit.title), Some(Origin::Exhibit(seq))))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the issue of an invoice, its delivery, its due dates.
fn invoice_events(case: &Case<'_>, seq: Seq, invoice: &Invoice) -> Vec<data::Event> {
    let number = &invoice.number;
    let money = |amount| french::money(amount, invoice.currency);
    let original = original_of(case, seq).map(Origin::Exhibit);
    let issued =
        case.event(invoice.issued_on, format!("Facture n° {number} émise, {} TTC.", money(invoice.total)), original);
    let delivered = invoice
        .delivered_on
        .map(|on| case.event(on, format!("Livraison de ce qui est facturé sous le n° {number}."), None));
    let due = invoice.instalments.iter().map(|part| {
        case.event(part.due_on, format!("Échéance de la facture n° {number} : {}.", money(part.amount)), None)
    });
    [issued].into_iter().chain(delivered).chain(due).collect()
}

fn letter_events(case: &Case<'_>, seq: Seq, file: &LetterFile) -> Vec<data::Event> {
    let title = file.letter.model.title();
    let piece = |origin| case.plan.number_of(origin);
    let Some(sending) = &file.sending else { return Vec::new() };
    let tracking = sending.tracking.as_ref().map(|number| format!(" n° {number}")).unwrap_or_default();
    let sent = data::Event {
        date: sending.on,
        what: french::typeset(
            &format!("{title} envoyée par {}{tracking}.", channel_name(sending.channel))
                .replace("Relevé de compte envoyée", "Relevé de compte envoyé"),
        ),
        proof: case.title_of(Origin::Letter(seq)),
        piece: piece(Origin::Letter(seq)),
    };
    let receipt = receipt_of(case.ledger, case.debtor, seq);
    let delivered = file.delivery.as_ref().map(|delivery| data::Event {
        date: delivery.on,
        what: match delivery.outcome {
            DeliveryOutcome::Received => format!("{title} : reçue par le client."),
            DeliveryOutcome::Unclaimed => format!("{title} : présentée, puis non réclamée."),
            DeliveryOutcome::Refused => format!("{title} : refusée par le client."),
        }
        .replace("Relevé de compte : reçue", "Relevé de compte : reçu"),
        proof: receipt
            .map_or(Some("aucune preuve jointe".to_owned()), |receipt| case.title_of(Origin::Exhibit(receipt))),
        piece: receipt.and_then(|receipt| piece(Origin::Exhibit(receipt))),
    });
    let delivered = delivered.map(|event| data::Event { what: french::typeset(&event.what), ..event });
    [sent].into_iter().chain(delivered).collect()
}

/// Returns the record of the step that a letter was, from the very data it was typeset from.
pub(crate) fn step_record(case: &Case<'_>, seq: Seq, letter: data::Letter, number: u32) -> data::ProcesVerbalInterne {
    let file = case.ledger.letter(seq);
    let sent_on = file.sending.as_ref().map_or(file.letter.issued_on, |sending| sending.on);
    let kept =
        case.plan.exhibits.iter().filter(|exhibit| {
            !matches!(exhibit.origin, Origin::StepRecord(_) | Origin::Statement | Origin::Chronology)
        });
    data::ProcesVerbalInterne {
        parties: letter.parties,
        // The record is drawn up with the dossier; the step has its own date.
        date: case.date(),
        as_of: letter.date,
        reference: letter.reference,
        number,
        claims: letter.claims,
        totals: letter.totals,
        currency: letter.currency,
        per_day: letter.per_day,
        interest_terms: letter.interest_terms,
        legal_sources: Vec::new(),
        step: data::Step::Letter(data::SentLetter {
            title: file.letter.model.title().to_owned(),
            date: sent_on,
            channel: file
                .sending
                .as_ref()
                .map(|sending| super::channel(sending.channel))
                .or(letter.channel)
                .unwrap_or(data::Channel::LettreSimple),
            tracking: file.sending.as_ref().and_then(|sending| sending.tracking.clone()),
            sha256: file.letter.pdf.clone(),
            pages: file.letter.pages,
        }),
        warning: file.letter.warning.clone(),
        delivery: delivery(case, seq, file),
        kept: kept
            .map(|exhibit| data::KeptPiece {
                number: Some(exhibit.number),
                title: exhibit.title.clone(),
                date: exhibit.dated_on,
            })
            .collect(),
        missing: case.missing(),
        kept_until: None,
        seal: file.letter.head.as_ref().map(|head| data::Seal { head: head.fingerprint.clone(), seq: head.seq.get() }),
    }
}

/// Says whether the debtor was reached, only as far as an exhibit proves it.
fn delivery(case: &Case<'_>, seq: Seq, file: &LetterFile) -> data::Delivery {
    let Some(delivery) = &file.delivery else {
        let remark = match file.sending.as_ref().map(|sending| sending.channel) {
            None => "Le courrier a été établi ; son envoi n’est pas noté.",
            Some(Channel::Lrar | Channel::Lre) => "L’avis de réception n’est pas revenu.",
            Some(Channel::Letter | Channel::Email) => "Ce mode d’envoi ne donne pas de preuve de réception.",
        };
        return data::Delivery::NotProved { remark: Some(french::typeset(remark)) };
    };
    let on = french::date(delivery.on);
    let told = match delivery.outcome {
        DeliveryOutcome::Received => format!("Distribué le {on}"),
        DeliveryOutcome::Unclaimed => format!("Présenté le {on}, non réclamé"),
        DeliveryOutcome::Refused => format!("Présenté le {on}, refusé"),
    };
    match receipt_of(case.ledger, case.debtor, seq) {
        Some(receipt) => data::Delivery::Proved {
            proof: format!("{told} ({})", case.ledger.exhibit(receipt).title),
            date: delivery.on,
            piece: case.plan.number_of(Origin::Exhibit(receipt)),
        },
        None => data::Delivery::NotProved {
            remark: Some(
                format!("{told}, selon le créancier ; aucune preuve n’est jointe.").replace(" ;", "\u{202f};"),
            ),
        },
    }
}

/// Returns the proof of posting or receipt attached to a letter.
fn receipt_of(ledger: &Ledger, debtor: Seq, letter: Seq) -> Option<Seq> {
    let mut exhibits = ledger.debtor(debtor).exhibits.iter().copied();
    exhibits.rfind(|seq| {
        let exhibit = ledger.exhibit(*seq);
        exhibit.nature == ExhibitNature::Receipt && exhibit.letter == Some(letter)
    })
}

/// Returns the exhibit that is the original of an invoice or a credit note.
fn original_of(case: &Case<'_>, invoice: Seq) -> Option<Seq> {
    let mut exhibits = case.ledger.debtor(case.debtor).exhibits.iter().copied();
    exhibits.find(|seq| {
        let exhibit = case.ledger.exhibit(*seq);
        exhibit.nature == ExhibitNature::Invoice && exhibit.invoices.contains(&invoice)
    })
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "lettre simple",
        Channel::Lrar => "lettre recommandée avec avis de réception",
        Channel::Lre => "lettre recommandée électronique",
        Channel::Email => "courriel",
    }
}

fn act_name(kind: LimitationActKind) -> &'static str {
    match kind {
        LimitationActKind::Recognition => "Reconnaissance de la dette par le client",
        LimitationActKind::CourtClaim => "Demande en justice",
        LimitationActKind::OrderServed => "Signification de l’ordonnance portant injonction de payer",
        LimitationActKind::Enforcement => "Mesure conservatoire ou acte d’exécution",
        LimitationActKind::ClaimDeclared => "Déclaration de la créance à la procédure collective",
        LimitationActKind::Mediation => "Médiation ou conciliation convenue par écrit",
    }
}

fn capitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
