//! What to say on the telephone: four lines for a call, by what happened before.
//!
//! Polite, factual, never a threat: the call is there to learn whether there is a problem. A sum that is owed is nobody else's
//! business: the script finds the right person before it names any figure.

use dument_domain::arrangement::Promise;
use dument_domain::contact::{CallOutcome, Contact, ContactKind, Dispute};
use dument_domain::dunning::Task;
use dument_domain::dunning::case::received_since;
use dument_domain::fact::{Fact, LetterModel};
use dument_domain::french::{self, typeset};
use dument_domain::ledger::Ledger;
use dument_domain::party::{Debtor, Handling, Standing};
use dument_domain::{Amount, Currency, Date, Seq};

/// Letters of what was said that are read out again.
const QUOTED: usize = 160;

/// Returns four lines for a call: whom to ask for, what to say, what to ask, what to write down.
pub(crate) fn call(ledger: &Ledger, task: &Task) -> Vec<String> {
    let Some(seq) = task.debtor else { return Vec::new() };
    let debtor = &ledger.debtor(seq).debtor;
    let situation = Situation::of(ledger, seq, task);
    let lines = [
        whom(debtor),
        format!("{} {}", opening(ledger, debtor, task), situation.recalled(task.currency)),
        format!("{} {}", situation.question(), follow_up(debtor)),
        "Notez ensuite le jour, la personne et ses mots exacts, puis la suite : date promise et montant, contestation et son \
         motif, échéancier demandé, ou facture à renvoyer."
            .to_owned(),
    ];
    lines.iter().map(|line| typeset(line.trim())).collect()
}

/// What happened before the call.
enum Situation<'a> {
    /// Nothing: the invoice may have been forgotten.
    Forgotten,
    /// Somebody spoke or wrote, and that was the last word.
    Spoken(&'a Contact),
    /// A reminder left, and nothing came back.
    Unanswered { model: LetterModel, on: Date },
    /// The debtor disputes a part.
    Disputed(&'a Dispute),
    /// A promise was not kept.
    PromiseBroken { promise: &'a Promise, received: Amount },
}

impl<'a> Situation<'a> {
    fn of(ledger: &'a Ledger, debtor: Seq, task: &Task) -> Self {
        let file = ledger.debtor(debtor);
        let concerns = |invoices: &[Seq]| {
            invoices.is_empty()
                || task.items.iter().any(|item| invoices.iter().any(|it| ledger.current(*it) == item.invoice))
        };
        let mut promise = None;
        let mut spoken = None;
        let mut disputes: Vec<(Seq, &Dispute)> = Vec::new();
        for (seq, fact) in ledger.episodes_of(file) {
            match fact {
                Fact::PromiseMade(made) if concerns(&made.invoices) => promise = Some((seq, made)),
                Fact::DisputeOpened(dispute) if concerns(&[dispute.invoice]) => disputes.push((seq, dispute)),
                Fact::DisputeClosed(closing) => disputes.retain(|(seq, _)| *seq != closing.dispute),
                // The owner's own notes are not read out, and a call to nobody says nothing.
                Fact::ContactLogged(contact)
                    if contact.carries_out() && !contact.is_internal() && concerns(&contact.invoices) =>
                {
                    spoken = Some(contact);
                }
                _ => {}
            }
        }
        if let Some((_, dispute)) = disputes.last() {
            return Self::Disputed(dispute);
        }
        // A call is proposed only once no promise is awaited any more: the last one was kept, or broken.
        if let Some((seq, promise)) = promise {
            let whose = (debtor, promise.currency);
            let last = file.payments.iter().map(|payment| ledger.payment(*payment).received_on).max();
            let through = last.unwrap_or(promise.made_on).max(promise.made_on);
            let received = received_since(ledger, whose, &promise.invoices, (seq, promise.made_on), through);
            if received < promise.amount {
                return Self::PromiseBroken { promise, received };
            }
        }
        let letters = file.letters.iter().map(|seq| ledger.letter(*seq));
        let reminded = letters
            .filter(|file| file.letter.model.reminds() && concerns(&file.letter.invoices))
            .filter_map(|file| Some((file.sending.as_ref()?.on, file.letter.model)))
            .max_by_key(|(on, _)| *on);
        match (spoken, reminded) {
            (Some(contact), Some((on, _))) if contact.on >= on => Self::Spoken(contact),
            (_, Some((on, model))) => Self::Unanswered { model, on },
            (Some(contact), None) => Self::Spoken(contact),
            (None, None) => Self::Forgotten,
        }
    }

    /// Returns what is said of what happened before.
    fn recalled(&self, currency: Currency) -> String {
        match self {
            Self::Forgotten => "Il s’agit sans doute d’un simple oubli. »".to_owned(),
            Self::Spoken(contact) => {
                let with = contact.with.as_ref().map_or_else(String::new, |name| format!(" avec {name}"));
                let what = exchange(contact.kind);
                let said = quoted(&contact.said);
                format!("Je reviens vers vous après {what} du {}{with}. »{said}", french::date(contact.on))
            }
            Self::Unanswered { model, on } => format!(
                "Je vous ai écrit le {} ({}) et je n’ai pas eu de réponse : je préfère vous en parler. »",
                french::date(*on),
                model.title().to_lowercase()
            ),
            Self::Disputed(dispute) => {
                let part = dispute
                    .amount
                    .map_or_else(String::new, |amount| format!(" pour {}", french::money(amount, currency)));
                format!(
                    "Votre désaccord du {}{part} reste à part : je parle seulement du reste. »{}",
                    french::date(dispute.on),
                    quoted(&dispute.said)
                )
            }
            Self::PromiseBroken { promise, received } => {
                let came = if received.is_positive() {
                    format!("{} me sont parvenus", french::money(*received, currency))
                } else {
                    "je ne l’ai pas vu arriver".to_owned()
                };
                format!(
                    "Le {}, un règlement de {} m’avait été annoncé pour le {} : {came}. »",
                    french::date(promise.made_on),
                    french::money(promise.amount, currency),
                    french::date(promise.due_on)
                )
            }
        }
    }

    /// Returns what to ask.
    fn question(&self) -> &'static str {
        match self {
            Self::Forgotten => "Demandez : « L’avez-vous bien reçue ? Y a-t-il un problème ? »",
            Self::Spoken(_) => "Demandez : « Où en êtes-vous depuis ? Y a-t-il un problème ? »",
            Self::Unanswered { .. } => "Demandez : « Avez-vous bien eu mon courrier ? Y a-t-il un problème ? »",
            Self::Disputed(_) => {
                "Demandez : « Que faudrait-il pour régler ce désaccord ? Y a-t-il un problème pour le reste ? »"
            }
            Self::PromiseBroken { .. } => {
                "Demandez : « Y a-t-il un problème ? Quelle date êtes-vous sûr de pouvoir tenir, en plusieurs fois s’il le faut ? »"
            }
        }
    }
}

fn exchange(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Call(CallOutcome::MessageLeft) => "mon message",
        ContactKind::Call(_) => "notre conversation",
        ContactKind::Meeting => "notre rendez-vous",
        ContactKind::Email => "notre échange de courriels",
        ContactKind::Letter => "notre échange de lettres",
        ContactKind::TextMessage => "notre échange de SMS",
        ContactKind::Note | ContactKind::Decision => "notre échange",
    }
}

/// Returns what was said last, for the owner's eyes, cut at a word.
fn quoted(said: &str) -> String {
    let text = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return String::new();
    }
    let cut = match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{} …", text[..end].rsplit_once(' ').map_or(&text[..end], |(before, _)| before)),
        None => text,
    };
    format!(" Ce qui avait été noté : « {cut} »")
}

/// Returns whom to call and whom to ask for, before any figure is said.
fn whom(debtor: &Debtor) -> String {
    let name = &debtor.party.name;
    let number = match &debtor.party.phone {
        Some(phone) => format!("Appelez {name} au {phone}"),
        None => format!("Cherchez d’abord le numéro de {name} (sa fiche n’en a pas)"),
    };
    match debtor.standing {
        Standing::Professional => format!(
            "{number}. Demandez la comptabilité ou la personne qui suit vos factures ; ne donnez le montant à personne d’autre."
        ),
        Standing::PublicBody => format!(
            "{number}. Demandez le service comptable, celui qui mandate vos factures ; ne donnez le montant à personne d’autre."
        ),
        Standing::Consumer => format!(
            "{number}. Vérifiez que c’est bien votre client qui répond ; à toute autre personne, demandez seulement qu’il vous \
             rappelle, sans parler de facture ni de somme."
        ),
    }
}

/// Returns how to begin: who calls, about which invoices.
fn opening(ledger: &Ledger, debtor: &Debtor, task: &Task) -> String {
    let owner = ledger.company().map_or("votre fournisseur", |company| company.party.name.as_str());
    let courtesy = match debtor.handling {
        Handling::WithCare => "Prenez d’abord de ses nouvelles. ",
        Handling::Ordinary | Handling::NeverWithoutMe | Handling::LetterPerLevel | Handling::NotReminded => "",
    };
    let sum = french::money(task.amount, task.currency);
    format!(
        "{courtesy}Dites : « Bonjour, {owner} à l’appareil. Il reste {sum} à régler sur {}.",
        invoices(ledger, task)
    )
}

/// Returns the invoices and their due dates, the first ones by their numbers.
fn invoices(ledger: &Ledger, task: &Task) -> String {
    let mut numbers: Vec<&str> = task.items.iter().map(|item| ledger.invoice(item.invoice).number.as_str()).collect();
    numbers.dedup();
    let due_on = |item: &dument_domain::dunning::agenda::Item| {
        ledger.due_dates(item.invoice, Date::MAX).get(item.instalment as usize).map(|due| due.present)
    };
    let oldest = task.items.iter().filter_map(due_on).min();
    let late = oldest.is_some_and(|due_on| due_on < task.by);
    let on = oldest.map_or_else(String::new, french::date);
    match numbers.as_slice() {
        [one] if late => format!("la facture {one}, échue le {on}"),
        [one] => format!("la facture {one}, qui arrive à échéance le {on}"),
        [first @ .., last] if first.len() < 4 => {
            format!("les factures {} et {last}, la plus ancienne à échéance du {on}", first.join(", "))
        }
        many => format!(
            "{} factures ({} …), la plus ancienne à échéance du {on}",
            many.len(),
            many.iter().take(3).copied().collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Returns what to ask next, by who answers.
fn follow_up(debtor: &Debtor) -> &'static str {
    match debtor.standing {
        Standing::PublicBody => {
            "Puis : « Est-elle bien arrivée sur Chorus Pro, le service fait est-il constaté, et pour quand est prévu le \
             mandatement ? » Écoutez sans discuter."
        }
        Standing::Professional => {
            "Puis : « Quel jour le règlement est-il prévu ? » Écoutez sans discuter : une objection se note, elle ne se débat pas."
        }
        Standing::Consumer => {
            "Puis : « Quel jour vous conviendrait, ou en plusieurs fois ? » Écoutez sans discuter : une difficulté se note, elle \
             ne se débat pas."
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use dument_domain::contact::DisputeKind;
    use dument_domain::dunning::{LevelId, PolicyId, StandardPolicy, Step};
    use dument_domain::fact::{Channel, Payment};
    use dument_domain::invoice::{DueBasis, Instalment, Invoice, InvoiceNature, Trade};
    use dument_domain::party::{Creditor, Party};

    use super::*;
    use crate::agenda::list_agenda;
    use crate::letters::{Confirmation, LetterQuery, Sent, issue_letter, mark_sent};
    use crate::office::{Moment, Office};

    const NAME: &str = "Camille Rey";

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    fn moment(text: &str) -> Moment {
        Moment { today: day(text), instant: format!("{text}T12:00:00+02:00") }
    }

    fn record(office: &mut Office, on: &str, fact: Fact) -> Seq {
        office.record(&[fact], &moment(on)).unwrap().first()
    }

    /// Returns a company with one invoice of 1200 euros, due on 1 June 2026.
    fn owed_by(standing: Standing, handling: Handling) -> (Office, Seq, Seq) {
        let mut office = Office::in_memory().unwrap();
        let party =
            |name: &str| Party { name: name.to_owned(), address: vec!["29000 Quimper".to_owned()], ..Party::default() };
        let company = Creditor { party: party("Atelier Morvan"), bank: None, mediator: Vec::new() };
        record(&mut office, "2026-05-01", Fact::CompanyIdentified(company));
        let party = Party { phone: Some("02 98 00 00 00".to_owned()), ..party(NAME) };
        let debtor = Debtor { party, standing, delay_days: None, agreed_rate: None, allocation: None, handling };
        let debtor = record(&mut office, "2026-05-01", Fact::DebtorAdded(debtor));
        let invoice = Invoice {
            debtor,
            number: "F-1".to_owned(),
            nature: InvoiceNature::Standard,
            issued_on: day("2026-05-02"),
            delivered_on: None,
            currency: Currency::EUR,
            total: amount("1200"),
            prepaid: Amount::ZERO,
            net: None,
            taxes: Vec::new(),
            instalments: vec![Instalment { due_on: day("2026-06-01"), amount: amount("1200") }],
            due_basis: DueBasis::Stated,
            agreed_rate: None,
            trade: Trade::General,
            order_reference: None,
            original: None,
        };
        let invoice = record(&mut office, "2026-05-02", Fact::InvoiceRecorded(invoice));
        (office, debtor, invoice)
    }

    /// Returns the script of the call that the agenda asks for that day, every space a plain one.
    #[track_caller]
    fn script(office: &Office, on: &str) -> Vec<String> {
        let tasks = list_agenda(office, day(on));
        let call =
            tasks.iter().find(|task| task.action == "appel").unwrap_or_else(|| panic!("no call on {on}: {tasks:#?}"));
        assert_eq!(call.script.len(), 4, "four lines: {:#?}", call.script);
        call.script.iter().map(|line| line.replace(['\u{a0}', '\u{202f}'], " ")).collect()
    }

    #[track_caller]
    fn says(line: &str, part: &str) {
        assert!(line.contains(part), "« {part} » is not in « {line} »");
    }

    fn promise(debtor: Seq, due_on: &str) -> Fact {
        Fact::PromiseMade(Promise {
            debtor,
            invoices: Vec::new(),
            amount: amount("1200"),
            currency: Currency::EUR,
            made_on: day("2026-05-20"),
            due_on: day(due_on),
            means: None,
        })
    }

    #[test]
    fn a_first_call_presumes_an_oversight_and_asks_whether_there_is_a_problem() {
        let (office, ..) = owed_by(Standing::Professional, Handling::Ordinary);
        let [whom, what, question, note] = script(&office, "2026-06-02").try_into().unwrap();
        says(&whom, "Camille Rey au 02 98 00 00 00");
        says(&whom, "ne donnez le montant à personne d’autre");
        says(
            &what,
            "Atelier Morvan à l’appareil. Il reste 1 200,00 € à régler sur la facture F-1, échue le 1er juin 2026.",
        );
        says(&what, "simple oubli");
        says(&question, "Y a-t-il un problème ?");
        says(&note, "Notez ensuite");
    }

    #[test]
    fn nobody_but_a_consumer_himself_hears_of_an_invoice() {
        let (office, ..) = owed_by(Standing::Consumer, Handling::Ordinary);
        let lines = script(&office, "2026-06-02");
        says(
            &lines[0],
            "à toute autre personne, demandez seulement qu’il vous rappelle, sans parler de facture ni de somme",
        );
        assert!(!lines[0].contains("1 200"), "the sum is not said before he is found: {}", lines[0]);
    }

    #[test]
    fn a_public_body_is_asked_about_the_mandatement() {
        let (office, ..) = owed_by(Standing::PublicBody, Handling::Ordinary);
        let lines = script(&office, "2026-06-09");
        says(&lines[0], "Demandez le service comptable");
        says(&lines[2], "pour quand est prévu le mandatement ?");
    }

    #[test]
    fn a_broken_promise_is_recalled_with_what_came_of_it() {
        let (mut office, debtor, _) = owed_by(Standing::Professional, Handling::Ordinary);
        record(&mut office, "2026-05-20", promise(debtor, "2026-06-05"));
        let payment = Payment {
            debtor,
            amount: amount("200"),
            currency: Currency::EUR,
            received_on: day("2026-06-05"),
            means: None,
            reference: None,
            chosen: Vec::new(),
            credit: None,
        };
        record(&mut office, "2026-06-05", Fact::PaymentReceived(payment));
        let lines = script(&office, "2026-06-08");
        says(
            &lines[1],
            "Le 20 mai 2026, un règlement de 1 200,00 € m’avait été annoncé pour le 5 juin 2026 : 200,00 €",
        );
        says(&lines[2], "en plusieurs fois s’il le faut ?");
    }

    #[test]
    fn a_call_leaves_what_is_disputed_aside() {
        let (mut office, debtor, invoice) = owed_by(Standing::Professional, Handling::Ordinary);
        let dispute = Dispute {
            debtor,
            invoice,
            on: day("2026-05-28"),
            amount: Some(amount("300")),
            kind: DisputeKind::Quality,
            said: "un plateau rayé".to_owned(),
        };
        record(&mut office, "2026-05-28", Fact::DisputeOpened(dispute));
        let lines = script(&office, "2026-06-02");
        says(&lines[1], "Il reste 900,00 € à régler");
        says(&lines[1], "Votre désaccord du 28 mai 2026 pour 300,00 € reste à part");
        says(&lines[1], "« un plateau rayé »");
    }

    #[test]
    fn a_second_call_comes_back_on_the_letter_that_was_not_answered() {
        let (mut office, debtor, invoice) = owed_by(Standing::Professional, Handling::WithCare);
        let step = |level: &str| Step {
            invoice,
            instalment: 0,
            level: LevelId::parse(level).unwrap(),
            policy: PolicyId::Standard(StandardPolicy::WithCare),
        };
        let contact = Contact {
            debtor,
            invoices: Vec::new(),
            on: day("2026-06-06"),
            kind: ContactKind::Call(CallOutcome::MessageLeft),
            with: None,
            by: None,
            cause: None,
            said: String::new(),
            steps: vec![step("appel")],
        };
        record(&mut office, "2026-06-06", Fact::ContactLogged(contact));
        let query =
            LetterQuery { steps: vec![step("relance-1")], ..LetterQuery::new(NAME, LetterModel::RelanceAmiable) };
        let issued = issue_letter(&mut office, &query, &moment("2026-06-16"), None).unwrap();
        let letter = Seq::new(issued.letter.unwrap().parse().unwrap());
        let sent = Sent { on: day("2026-06-16"), channel: Channel::Letter, tracking: None };
        mark_sent(&mut office, letter, sent, Confirmation::None, &moment("2026-06-16")).unwrap();
        let lines = script(&office, "2026-07-02");
        says(&lines[1], "Prenez d’abord de ses nouvelles.");
        says(&lines[1], "Je vous ai écrit le 16 juin 2026 (relance amiable) et je n’ai pas eu de réponse");
        says(&lines[2], "Avez-vous bien eu mon courrier ?");
    }
}
