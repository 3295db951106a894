//! What the owner records: customers, invoices, payments, letters, acts.

use std::path::Path;

use dument_domain::fact::{EarlierPayments, Payment, Replacement};
use dument_domain::{Currency, Fact};
use dument_workflows::company::{RateEntry, correct_company, declare_rate};
use dument_workflows::debtors::{add_debtor, correct_debtor};
use dument_workflows::dossiers::{DossierForm, DossierQuery, export_dossier};
use dument_workflows::gestures::{CapitalisationEntry, grant_waiver, record_capitalisation};
use dument_workflows::invoices::{InvoiceEntry, record_credit_note, record_invoice};
use dument_workflows::journal::cancel_fact;
use dument_workflows::letters::{
    Confirmation, LetterQuery, Sent, issue_letter, list_letters, mark_delivered, mark_sent,
};
use dument_workflows::limitation::{ActEntry, record_limitation_act};
use dument_workflows::payments::{PaymentEntry, assign, record_payment};
use dument_workflows::statements::{StatementQuery, draw_up_statement};
use dument_workflows::view::Done;
use dument_workflows::words::{
    Amount, CapitalisationGround, Channel, DeliveryOutcome, LetterModel, LimitationActKind, MissingRates, Rate,
    Semester, Seq, Standing, WaiverObject,
};
use dument_workflows::{Error, Moment, Office};

use super::{Refusal, asked, guarded};
use crate::support::office::{
    CLIENT, busy, company, company_with, credit_note, customer, day, euros, invoice, letter, noon, payment,
};

fn now() -> Moment {
    noon(day("2026-06-20"))
}

fn billed(office: &mut Office, entry: InvoiceEntry) -> Error {
    record_invoice(office, entry, &now()).unwrap_err()
}

fn cancelled(office: &mut Office, fact: u64, reason: &str) -> Error {
    cancel_fact(office, Seq::new(fact), reason, &now()).unwrap_err()
}

fn letter_of(office: &Office, rank: usize) -> Seq {
    list_letters(office)[rank].letter
}

fn seq_of(office: &Office, number: &str) -> Seq {
    office.ledger().numbered(number).unwrap()
}

pub fn refusals() -> Vec<Refusal> {
    [identity(), invoices(), money(), journal(), letters(), law()].into_iter().flatten().collect()
}

fn identity() -> Vec<Refusal> {
    vec![
        asked("nom-absent", |office| add_debtor(office, customer(" ", Standing::Professional), &now()).unwrap_err()),
        asked("nom-absent", |office| correct_company(office, Default::default(), &now()).unwrap_err()),
        asked("client-existe", |office| {
            add_debtor(office, customer("fournil du PORT", Standing::Consumer), &now()).unwrap_err()
        }),
        asked("client-inconnu", |office| {
            correct_debtor(office, "Personne", customer("X", Standing::Consumer), &now()).unwrap_err()
        }),
        asked("client-inconnu", |_| {
            // The hint is another where there is no customer at all.
            let mut empty = company();
            record_payment(&mut empty, payment("2026-06-01", "10"), &now()).unwrap_err()
        }),
        asked("entreprise-sans-nom", |_| {
            let mut nameless = Office::in_memory().unwrap();
            add_debtor(&mut nameless, customer(CLIENT, Standing::Professional), &now()).unwrap();
            record_invoice(&mut nameless, invoice("F-1", "2026-03-31", "1000"), &now()).unwrap();
            issue_letter(&mut nameless, &letter(LetterModel::RelanceAmiable), &now(), None).unwrap_err()
        }),
    ]
}

fn invoices() -> Vec<Refusal> {
    vec![
        asked("facture-sans-numero", |office| billed(office, invoice(" ", "2026-05-31", "10"))),
        asked("facture-sans-montant", |office| billed(office, invoice("F-9", "2026-05-31", "0"))),
        asked("deja-paye-impossible", |office| {
            billed(office, InvoiceEntry { prepaid: euros("20"), ..invoice("F-9", "2026-05-31", "10") })
        }),
        asked("facture-sans-echeance", |office| {
            billed(office, InvoiceEntry { due: Vec::new(), ..invoice("F-9", "2026-05-31", "10") })
        }),
        asked("echeance-negative", |office| {
            let due = vec![(day("2026-05-31"), Some(euros("15"))), (day("2026-06-30"), Some(euros("-5")))];
            billed(office, InvoiceEntry { due, ..invoice("F-9", "2026-05-31", "10") })
        }),
        asked("echeance-avant-emission", |office| {
            billed(office, InvoiceEntry { issued_on: day("2026-06-01"), ..invoice("F-9", "2026-05-31", "10") })
        }),
        asked("echeances-trop-hautes", |office| {
            let due = vec![(day("2026-05-31"), Some(euros("15")))];
            billed(office, InvoiceEntry { due, ..invoice("F-9", "2026-05-31", "10") })
        }),
        asked("montant-impossible", |office| billed(office, invoice("F-9", "2026-05-31", "10.005"))),
        asked("numero-existe", |office| billed(office, invoice("F-1", "2026-05-31", "10"))),
        asked("facture-inconnue", |office| {
            billed(office, InvoiceEntry { corrects: Some("F-99".to_owned()), ..invoice("F-9", "2026-05-31", "10") })
        }),
        asked("facture-deja-remplacee", |_| {
            let corrected =
                |number| InvoiceEntry { corrects: Some("F-1".to_owned()), ..invoice(number, "2026-05-31", "10") };
            let mut office = busy();
            record_invoice(&mut office, corrected("F-8"), &now()).unwrap();
            billed(&mut office, corrected("F-9"))
        }),
        guarded("remplacement-a-rebours", |office| {
            let (invoice, by) = (seq_of(office, "F-2"), seq_of(office, "F-1"));
            let earlier_payments = EarlierPayments::CarriedOver;
            Fact::InvoiceReplaced(Replacement { invoice, by, on: day("2026-06-01"), earlier_payments })
        }),
        asked("avoir-sans-numero", |office| {
            record_credit_note(office, &credit_note("", "2026-06-01", "10", None), &now()).unwrap_err()
        }),
    ]
}

fn sent_by_post(office: &mut Office, letter: Seq, on: &str) -> Result<Done, Error> {
    let sent = Sent { on: day(on), channel: Channel::Letter, tracking: None };
    mark_sent(office, letter, sent, Confirmation::None, &now())
}

fn money() -> Vec<Refusal> {
    vec![
        asked("montant-impossible", |office| record_payment(office, payment("2026-06-01", "0"), &now()).unwrap_err()),
        asked("montant-impossible", |office| {
            record_payment(office, payment("2026-06-01", "0.001"), &now()).unwrap_err()
        }),
        asked("devises-melangees", |office| {
            let francs = PaymentEntry {
                currency: Currency::parse("CHF"),
                invoices: vec!["F-1".to_owned()],
                ..payment("2026-06-01", "10")
            };
            record_payment(office, francs, &now()).unwrap_err()
        }),
        guarded("autre-client", |office| {
            let other = office.ledger().debtors().last().unwrap().0;
            let chosen = vec![seq_of(office, "F-1")];
            let (amount, received_on) = (euros("10"), day("2026-06-01"));
            Fact::PaymentReceived(Payment {
                debtor: other,
                amount,
                currency: Currency::EUR,
                received_on,
                means: None,
                reference: None,
                chosen,
                credit: None,
            })
        }),
        asked("une-seule-facture", |office| {
            let open = seq_of(office, "AV-1");
            assign(office, open, &["F-1".to_owned(), "F-2".to_owned()], &now()).unwrap_err()
        }),
        asked("rien-a-imputer", |office| {
            let not_money = seq_of(office, "F-1");
            assign(office, not_money, &["F-1".to_owned()], &now()).unwrap_err()
        }),
        asked("motif-absent", |office| {
            grant_waiver(office, (CLIENT, "F-1"), WaiverObject::Indemnity, (day("2026-06-01"), " "), &now())
                .unwrap_err()
        }),
        asked("montant-impossible", |office| {
            let object = WaiverObject::Principal { amount: Amount::ZERO };
            grant_waiver(office, (CLIENT, "F-1"), object, (day("2026-06-01"), "geste"), &now()).unwrap_err()
        }),
        asked("taux-manquant", |office| {
            let query = StatementQuery {
                debtor: CLIENT.to_owned(),
                invoices: Vec::new(),
                as_of: day("2031-01-01"),
                currency: None,
                missing_rates: MissingRates::Refuse,
            };
            draw_up_statement(office, &query).unwrap_err()
        }),
    ]
}

fn journal() -> Vec<Refusal> {
    vec![
        asked("fait-inconnu", |office| cancelled(office, 999, "erreur")),
        asked("motif-absent", |office| {
            let fact = seq_of(office, "AV-1").get();
            cancelled(office, fact, " ")
        }),
        asked("fait-utilise", |office| {
            let fact = seq_of(office, "F-1").get();
            cancelled(office, fact, "erreur")
        }),
        asked("deja-annule", |_| {
            let mut office = busy();
            let fact = seq_of(&office, "AV-1");
            cancel_fact(&mut office, fact, "erreur", &now()).unwrap();
            cancel_fact(&mut office, fact, "erreur", &now()).unwrap_err()
        }),
        asked("annulation-definitive", |_| {
            let mut office = busy();
            let fact = seq_of(&office, "AV-1");
            let cancellation = cancel_fact(&mut office, fact, "erreur", &now()).unwrap().fact;
            cancel_fact(&mut office, cancellation, "finalement non", &now()).unwrap_err()
        }),
    ]
}

fn letters() -> Vec<Refusal> {
    vec![
        asked("rien-a-reclamer", |_| {
            let mut office = company_with(Standing::Professional);
            issue_letter(&mut office, &letter(LetterModel::MiseEnDemeure), &now(), None).unwrap_err()
        }),
        asked("rien-a-reclamer", |_| {
            let mut office = company_with(Standing::Professional);
            issue_letter(&mut office, &letter(LetterModel::Releve), &now(), None).unwrap_err()
        }),
        asked("rien-a-reclamer", |_| {
            let office = company_with(Standing::Professional);
            let (debtor, missing_rates) = (CLIENT.to_owned(), MissingRates::Refuse);
            let query = DossierQuery { debtor, invoices: Vec::new(), currency: None, missing_rates };
            export_dossier(&office, &query, DossierForm::Pdf, &now(), Path::new("dossier.pdf")).unwrap_err()
        }),
        asked("delai-nul", |office| {
            let query = LetterQuery { delay_days: Some(0), ..letter(LetterModel::RelanceFerme) };
            issue_letter(office, &query, &now(), None).unwrap_err()
        }),
        asked("courrier-inconnu", |office| sent_by_post(office, Seq::new(999), "2026-06-01").unwrap_err()),
        asked("courrier-deja-parti", |office| {
            let sent = letter_of(office, 0);
            sent_by_post(office, sent, "2026-06-01").unwrap_err()
        }),
        asked("date-impossible", |office| {
            let ready = letter_of(office, 1);
            sent_by_post(office, ready, "2026-05-09").unwrap_err()
        }),
        asked("date-impossible", |office| {
            let sent = letter_of(office, 0);
            mark_delivered(office, sent, day("2026-06-21"), DeliveryOutcome::Received, &now()).unwrap_err()
        }),
        asked("courrier-pas-parti", |office| {
            let ready = letter_of(office, 1);
            mark_delivered(office, ready, day("2026-06-01"), DeliveryOutcome::Received, &now()).unwrap_err()
        }),
        asked("reception-deja-notee", |_| {
            let delivered = |office: &mut Office| {
                let sent = letter_of(office, 0);
                mark_delivered(office, sent, day("2026-05-13"), DeliveryOutcome::Received, &now())
            };
            let mut office = busy();
            delivered(&mut office).unwrap();
            delivered(&mut office).unwrap_err()
        }),
    ]
}

fn law() -> Vec<Refusal> {
    vec![
        asked("taux-deja-publie", |office| declare_rate(office, rate("2026-S1", "arrêté"), &now()).unwrap_err()),
        asked("source-absente", |office| declare_rate(office, rate("2030-S1", " "), &now()).unwrap_err()),
        asked("capitalisation-sans-titre", |office| {
            let entry = CapitalisationEntry {
                debtor: CLIENT.to_owned(),
                invoices: vec!["F-1".to_owned()],
                from: day("2026-05-01"),
                ground: CapitalisationGround::Clause,
                reference: String::new(),
            };
            record_capitalisation(office, entry, &now()).unwrap_err()
        }),
        asked("dates-de-l-acte", |office| {
            let (invoices, kind) = (vec!["F-1".to_owned()], LimitationActKind::Mediation);
            let (on, ended_on) = (day("2026-06-10"), Some(day("2026-06-01")));
            let act = ActEntry { debtor: CLIENT.to_owned(), invoices, on, kind, ended_on, proof: None };
            record_limitation_act(office, &act, &now()).unwrap_err()
        }),
        asked("fait-inconnu", |office| {
            let (invoices, kind) = (vec!["F-1".to_owned()], LimitationActKind::Recognition);
            // An invoice proves nothing by itself: only an exhibit does.
            let proof = Some(seq_of(office, "F-1"));
            let act =
                ActEntry { debtor: CLIENT.to_owned(), invoices, on: day("2026-06-10"), kind, ended_on: None, proof };
            record_limitation_act(office, &act, &now()).unwrap_err()
        }),
    ]
}

fn rate(semester: &str, source: &str) -> RateEntry {
    let rate = Rate::parse("2").unwrap();
    let semester = Semester::parse(semester).unwrap();
    RateEntry { semester, ecb_refi: rate, legal_professional: rate, legal_private: rate, source: source.to_owned() }
}
