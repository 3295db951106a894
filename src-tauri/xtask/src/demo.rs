//! The story of one company, told as `dument-cli` commands.
//!
//! « Menuiserie Kervella » has four clients, one at least of each standing. Every date is counted back from today, so that the
//! story always ends with a dossier one could hand over this afternoon. Names, numbers and telephones are invented.

mod paper;

use crate::program::{self, Failure, Outcome};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const HOTEL: &str = "Hôtel des Remparts";
const TOWN: &str = "Commune de Trégaridec";
const TENANT: &str = "Camille Le Bihan";
const GARAGE: &str = "Garage du Passage";

/// What the owner does one day: a sentence, a command, and the reference it answers when a later step needs it.
pub struct Step {
    pub says: String,
    pub on: NaiveDate,
    command: &'static str,
    words: Vec<String>,
    keeps: Option<Kept>,
}

/// A reference to keep: the field of the answer, and the `{name}` later words use.
struct Kept {
    field: &'static str,
    name: &'static str,
}

impl Step {
    fn new(on: NaiveDate, command: &'static str, says: &str) -> Step {
        Step { says: says.to_owned(), on, command, words: Vec::new(), keeps: None }
    }

    fn with(mut self, option: &str, value: &(impl ToString + ?Sized)) -> Step {
        self.words.extend([option.to_owned(), value.to_string()]);
        self
    }

    fn word(mut self, word: &(impl ToString + ?Sized)) -> Step {
        self.words.push(word.to_string());
        self
    }

    fn keeping(mut self, field: &'static str, name: &'static str) -> Step {
        self.keeps = Some(Kept { field, name });
        self
    }
}

/// Where the demonstration lives, and the day it ends.
pub struct Stage {
    pub today: NaiveDate,
    pub company: PathBuf,
    pub exhibits: PathBuf,
    pub outputs: PathBuf,
}

impl Stage {
    /// Prepares the folders of a demonstration, and the papers the owner will attach.
    pub fn set(folder: &Path, today: NaiveDate) -> Outcome<Stage> {
        let stage = Stage {
            today,
            company: folder.join("Menuiserie Kervella.dument"),
            exhibits: folder.join("papiers"),
            outputs: folder.join("documents"),
        };
        for folder in [&stage.exhibits, &stage.outputs] {
            std::fs::create_dir_all(folder).map_err(Failure::while_doing("préparer la démonstration"))?;
        }
        paper::print_all(&stage.exhibits)?;
        for billed in BILLED {
            paper::print(&stage.exhibits.join(billed.copy()), &billed.lines(today))?;
        }
        Ok(stage)
    }

    /// Plays the whole story through the real command line, saying each step.
    pub fn play(&self, command_line: &Path) -> Outcome {
        let mut kept = BTreeMap::new();
        for step in self.story() {
            println!("  {}  {}", step.on.format("%d/%m/%Y"), step.says);
            let answer = program::read(&mut self.command(command_line, &step, &kept))?;
            if let Some(Kept { field, name }) = step.keeps {
                kept.insert(name, reference(&answer, field)?);
            }
        }
        Ok(())
    }

    /// Prepares the commands that show, in plain words, what the hotel owes at the end of the story, and what to do today.
    pub fn shown(&self, command_line: &Path) -> [Command; 2] {
        let command = |words: &[&str]| {
            let mut command = Command::new(command_line);
            command.arg(words[0]).arg(&self.company).args(&words[1..]).args(["--date", &self.today.to_string()]);
            command
        };
        [command(&["decompte", "--client", HOTEL]), command(&["agenda"])]
    }

    /// Returns the documents of the demonstration, in the order the owner made them.
    pub fn documents(&self) -> Outcome<Vec<PathBuf>> {
        let entries = std::fs::read_dir(&self.outputs).map_err(Failure::while_doing("lire les documents produits"))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        Ok(paths)
    }

    fn command(&self, command_line: &Path, step: &Step, kept: &BTreeMap<&str, String>) -> Command {
        let mut command = Command::new(command_line);
        command.arg(step.command).arg(&self.company);
        for word in &step.words {
            let name = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            command.arg(name.and_then(|name| kept.get(name)).unwrap_or(word));
        }
        command.arg("--date").arg(step.on.to_string()).arg("--json");
        command
    }

    /// Tells the story, in the order of the calendar.
    pub fn story(&self) -> Vec<Step> {
        let mut story = opening(day(self.today, 160));
        story.extend(BILLED.iter().flat_map(|billed| [billed.record(self.today), self.keep_copy(billed)]));
        story.extend(LETTERS.iter().flat_map(|letter| [self.issue(letter), letter.send(self.today)]));
        story.extend(answers(self.today));
        story.extend(talks(self.today));
        story.extend(self.evidence());
        // Stable: the steps of one day stay in the order they are told.
        story.sort_by_key(|step| step.on);
        story.extend(self.hand_over());
        story
    }

    fn attach(&self, on: NaiveDate, exhibit: &Exhibit) -> Step {
        Step::new(on, "piece", &format!("Pièce jointe : {}", exhibit.title))
            .word(&self.exhibits.join(exhibit.file).display())
            .with("--client", exhibit.client)
            .with("--facture", exhibit.invoice)
            .with("--nature", exhibit.kind)
            .with("--titre", exhibit.title)
    }

    fn keep_copy(&self, billed: &Billed) -> Step {
        let (file, title) = (billed.copy(), format!("Facture {}", billed.number));
        let (client, invoice) = (billed.client, billed.number);
        let exhibit = Exhibit { file: &file, client, invoice, kind: "facture", title: &title };
        self.attach(before(self.today, billed.issued), &exhibit)
    }

    fn evidence(&self) -> Vec<Step> {
        let attach = |ago, file, kind, title| {
            let exhibit = Exhibit { file, client: HOTEL, invoice: "FA-0117", kind, title };
            self.attach(day(self.today, ago), &exhibit)
        };
        vec![
            attach(149, "devis-signe.pdf", "devis", "Devis D-0088 signé"),
            attach(149, "conditions-generales.pdf", "cgv", "Conditions générales acceptées"),
            attach(148, "bon-de-livraison.pdf", "livraison", "Procès-verbal de réception des travaux"),
            attach(84, "echange.pdf", "echange", "Réponse de l’hôtel à la première relance"),
            attach(25, "accuse-de-reception.pdf", "accuse", "Avis de réception de la mise en demeure"),
        ]
    }

    fn issue(&self, letter: &Letter) -> Step {
        let says = format!("{} à {}", letter.says, letter.client);
        let mut step = Step::new(day(self.today, letter.ago), "courrier", &says).with("--client", letter.client);
        for invoice in letter.invoices {
            step = step.with("--facture", invoice);
        }
        step.with("--modele", letter.model)
            .with("--delai", &letter.delay_days)
            .word("--emettre")
            .with("--sortie", &self.outputs.join(letter.file).display())
            .keeping("courrier", letter.file)
    }

    fn hand_over(&self) -> Vec<Step> {
        let today = self.today;
        let out = |name: &str| self.outputs.join(name).display().to_string();
        let dossier = |says: &str, name: &str| {
            Step::new(today, "dossier", says).with("--client", HOTEL).with("--sortie", &out(name))
        };
        vec![
            Step::new(today, "banque", "Le compte en banque est vérifié ce matin").with("--verifiee-au", &today),
            Step::new(today, "courrier", "Relevé de compte de la commune, sans l’émettre")
                .with("--client", TOWN)
                .with("--modele", "releve")
                .with("--apercu", &out("6-releve-commune.pdf")),
            Step::new(today, "decompte", "Décompte de l’hôtel, arrêté à ce jour")
                .with("--client", HOTEL)
                .with("--au", &today),
            dossier("Dossier de recouvrement, à imprimer", "7-dossier-hotel.pdf"),
            dossier("Dossier de recouvrement, avec les originaux", "8-dossier-hotel.zip"),
            Step::new(today, "politique", "Politique de recouvrement, à imprimer")
                .with("--imprimer", &out("9-politique-de-recouvrement.pdf")),
            Step::new(today, "verifier", "Le journal et les pièces sont intacts"),
        ]
    }
}

/// A paper the owner attaches, and what it proves.
struct Exhibit<'a> {
    file: &'a str,
    client: &'a str,
    invoice: &'a str,
    kind: &'a str,
    title: &'a str,
}

/// A letter of the story; its day is counted back from today, and its file names it in later steps.
struct Letter {
    ago: u64,
    client: &'static str,
    invoices: &'static [&'static str],
    model: &'static str,
    says: &'static str,
    delay_days: u32,
    means: &'static str,
    tracking: Option<&'static str>,
    file: &'static str,
}

const NOTICE: &str = "3-mise-en-demeure-hotel.pdf";

const LETTERS: &[Letter] = &[
    Letter {
        ago: 110,
        client: HOTEL,
        invoices: &["FA-0117"],
        model: "relance-amiable",
        says: "Relance amiable",
        delay_days: 10,
        means: "courriel",
        tracking: None,
        file: "1-relance-amiable-hotel.pdf",
    },
    Letter {
        ago: 50,
        client: HOTEL,
        invoices: &["FA-0117", "FA-0124"],
        model: "relance-ferme",
        says: "Relance ferme",
        delay_days: 10,
        means: "lettre",
        tracking: None,
        file: "2-relance-ferme-hotel.pdf",
    },
    Letter {
        ago: 30,
        client: HOTEL,
        invoices: &["FA-0117", "FA-0124"],
        model: "mise-en-demeure",
        says: "Mise en demeure",
        delay_days: 15,
        means: "lrar",
        tracking: Some("2C 123 456 7890 1"),
        file: NOTICE,
    },
    Letter {
        ago: 8,
        client: TENANT,
        invoices: &["FA-0126"],
        model: "relance-amiable",
        says: "Relance amiable",
        delay_days: 10,
        means: "courriel",
        tracking: None,
        file: "4-relance-amiable-particuliere.pdf",
    },
    Letter {
        ago: 6,
        client: TOWN,
        invoices: &["FA-0119"],
        model: "relance-ferme",
        says: "Relance ferme",
        delay_days: 10,
        means: "lettre",
        tracking: None,
        file: "5-relance-ferme-commune.pdf",
    },
];

impl Letter {
    fn send(&self, today: NaiveDate) -> Step {
        let on = day(today, self.ago);
        let step = Step::new(on, "envoye", &format!("… envoyée : {}", self.means)).word(&format!("{{{}}}", self.file));
        let step = step.with("--le", &on).with("--par", self.means);
        match self.tracking {
            Some(number) => step.with("--numero", number),
            None => step,
        }
    }
}

/// What others answer: the hotel pays a part, the post brings back the receipt.
fn answers(today: NaiveDate) -> Vec<Step> {
    let (paid, received) = (day(today, 60), day(today, 26));
    vec![
        Step::new(paid, "encaisser", "L’hôtel verse 1 500 € : les intérêts courus d’abord")
            .with("--client", HOTEL)
            .with("--montant", "1500.00")
            .with("--recu", &paid)
            .with("--moyen", "virement")
            .with("--facture", "FA-0117")
            .with("--reference", "VIR HOTEL REMPARTS"),
        Step::new(received, "recu", "La poste a distribué la mise en demeure")
            .word(&format!("{{{NOTICE}}}"))
            .with("--le", &received)
            .with("--resultat", "distribue"),
    ]
}

/// What is said between the letters: a call, and a promise that is kept.
fn talks(today: NaiveDate) -> Vec<Step> {
    let (called, promised) = (day(today, 64), day(today, 60));
    vec![
        Step::new(called, "appel", "L’hôtel, au téléphone, explique sa trésorerie")
            .with("--client", HOTEL)
            .with("--issue", "joint")
            .with("--avec", "Mme Riou, directrice")
            .with("--cause", "tresorerie")
            .with("--dit", "La saison a été mauvaise ; un premier versement part cette semaine.")
            .with("--le", &called),
        Step::new(called, "promesse", "Elle promet 1 500 €")
            .with("--client", HOTEL)
            .with("--facture", "FA-0117")
            .with("--montant", "1500.00")
            .with("--le", &called)
            .with("--pour", &promised)
            .with("--moyen", "par téléphone, Mme Riou"),
    ]
}

fn opening(on: NaiveDate) -> Vec<Step> {
    vec![
        Step::new(on, "nouveau", "La Menuiserie Kervella ouvre son registre")
            .with("--nom", "Menuiserie Kervella")
            .with("--siren", "904127636")
            .with("--adresse", "12 quai du Rosmeur, 29100 Douarnenez")
            .with("--iban", "FR7612906000420007123456795")
            .with("--bic", "KERVFR2QXXX")
            .with("--email", "compta@menuiserie-kervella.example")
            .with("--telephone", "02 61 91 10 01")
            .with("--forme", "SARL")
            .with("--capital", "8 000 €")
            .with("--rcs", "Quimper")
            .with("--tva", "FR50904127636")
            .with("--mediateur", "Médiation de l’artisanat (exemple), 1 place du Marché, 29000 QUIMPER"),
        Step::new(on, "client", "Un hôtel, client professionnel")
            .with("--nom", HOTEL)
            .with("--qualite", "professionnel")
            .with("--siren", "839517208")
            .with("--adresse", "3 rue des Remparts, 29900 Concarneau")
            .with("--email", "direction@hotel-remparts.example")
            .with("--telephone", "02 61 91 20 02")
            .with("--delai", &30),
        Step::new(on, "client", "Une commune, acheteur public")
            .with("--nom", TOWN)
            .with("--qualite", "public")
            .with("--siren", "212909873")
            .with("--adresse", "Mairie, 1 place de l’Église, 29300 Trégaridec")
            .with("--delai", &30),
        Step::new(on, "client", "Un garage, client professionnel")
            .with("--nom", GARAGE)
            .with("--qualite", "professionnel")
            .with("--siren", "823904115")
            .with("--adresse", "27 route du Passage, 29900 Concarneau")
            .with("--email", "accueil@garage-du-passage.example")
            .with("--telephone", "02 61 91 30 03")
            .with("--delai", &30),
        Step::new(on, "client", "Une cliente, consommatrice")
            .with("--nom", TENANT)
            .with("--qualite", "consommateur")
            .with("--adresse", "8 venelle du Lavoir, 29100 Pouldergat")
            .with("--email", "camille.lebihan@courriel.example")
            .with("--delai", &30),
    ]
}

/// One invoice of the story; its days are counted back from today.
struct Billed {
    number: &'static str,
    client: &'static str,
    issued: u64,
    net: &'static str,
    tax: &'static str,
    total: &'static str,
}

const BILLED: &[Billed] = &[
    Billed { number: "FA-0117", client: HOTEL, issued: 150, net: "4050.00", tax: "20:810.00", total: "4860.00" },
    Billed { number: "FA-0124", client: HOTEL, issued: 95, net: "1928.00", tax: "20:385.60", total: "2313.60" },
    Billed { number: "FA-0119", client: TOWN, issued: 70, net: "6650.00", tax: "20:1330.00", total: "7980.00" },
    Billed { number: "FA-0126", client: TENANT, issued: 46, net: "1130.00", tax: "10:113.00", total: "1243.00" },
    Billed { number: "FA-0129", client: GARAGE, issued: 33, net: "540.00", tax: "20:108.00", total: "648.00" },
    Billed { number: "FA-0131", client: HOTEL, issued: 12, net: "720.00", tax: "20:144.00", total: "864.00" },
];

impl Billed {
    fn record(&self, today: NaiveDate) -> Step {
        let issued = before(today, self.issued);
        Step::new(issued, "facture", &format!("Facture {} à {}", self.number, self.client))
            .with("--client", self.client)
            .with("--numero", self.number)
            .with("--emise", &issued)
            .with("--echeance", &(issued + Days::new(30)))
            .with("--livree", &before(issued, 2))
            .with("--ht", self.net)
            .with("--tva", self.tax)
            .with("--ttc", self.total)
    }

    /// Returns the name of the file that holds its copy.
    fn copy(&self) -> String {
        format!("facture-{}.pdf", self.number)
    }

    /// Returns the lines printed on its copy.
    fn lines(&self, today: NaiveDate) -> Vec<String> {
        let issued = before(today, self.issued);
        let date = |day: NaiveDate| day.format("%d/%m/%Y");
        let (rate, tax) = self.tax.split_once(':').expect("BUG: the tax of BILLED is written rate:amount");
        let french = |amount: &str| amount.replace('.', ",");
        vec![
            format!("Facture {}", self.number),
            format!("Menuiserie Kervella, à {}, le {}", self.client, date(issued)),
            format!("Montant hors taxes : {} euros. TVA {rate} % : {} euros", french(self.net), french(tax)),
            format!("Total à payer : {} euros, au plus tard le {}", french(self.total), date(issued + Days::new(30))),
            "En cas de retard entre professionnels : pénalités au taux de la BCE majoré de dix points,".to_owned(),
            "et indemnité forfaitaire de 40 euros pour frais de recouvrement.".to_owned(),
        ]
    }
}

/// Returns the day so many days before today, or the Monday after when the post is closed.
fn day(today: NaiveDate, ago: u64) -> NaiveDate {
    let day = before(today, ago);
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => day,
    }
}

fn before(day: NaiveDate, ago: u64) -> NaiveDate {
    day - Days::new(ago)
}

fn reference(answer: &str, field: &str) -> Outcome<String> {
    let answered: Value = serde_json::from_str(answer).unwrap_or_default();
    match &answered[field] {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            Err(Failure(format!("dument-cli devait répondre une référence « {field} », il a répondu : {answer}")))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn story() -> (NaiveDate, Vec<Step>) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let folder = Path::new("demonstration");
        let (exhibits, outputs) = (folder.join("papiers"), folder.join("documents"));
        (today, Stage { today, company: folder.into(), exhibits, outputs }.story())
    }

    #[test]
    fn the_story_is_told_in_the_order_of_the_calendar() {
        let (today, story) = story();
        assert!(story.is_sorted_by_key(|step| step.on), "a fact is recorded the day it happens");
        assert_eq!(story.last().unwrap().on, today, "the dossier is made today");
    }

    #[test]
    fn a_reference_is_kept_before_it_is_used() {
        let mut known = Vec::new();
        for step in story().1 {
            for name in step.words.iter().filter_map(|word| word.strip_prefix('{')?.strip_suffix('}')) {
                assert!(known.contains(&name.to_owned()), "{name} is used before the letter exists");
            }
            known.extend(step.keeps.map(|kept| kept.name.to_owned()));
        }
        assert_eq!(known.len(), 5, "five letters are issued");
    }

    #[test]
    fn each_invoice_adds_up() {
        let cents = |text: &str| text.replace('.', "").parse::<u64>().unwrap();
        for billed in BILLED {
            let tax = billed.tax.split_once(':').unwrap().1;
            assert_eq!(cents(billed.net) + cents(tax), cents(billed.total), "{}", billed.number);
        }
    }

    #[test]
    fn an_answer_without_a_reference_is_a_failure() {
        assert_eq!(reference("{\"courrier\": 7}", "courrier").unwrap(), "7");
        assert!(reference("{}", "courrier").is_err());
        assert!(reference("not json", "courrier").is_err());
    }
}
