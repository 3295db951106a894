//! The day's list, its reasons, its batch, what happened and what is to come, as text.

use std::fmt::Write as _;

use dument_workflows::agenda::{TaskView, WhyView};
use dument_workflows::calendar::CalendarView;
use dument_workflows::history::EventView;
use dument_workflows::steps::{BatchView, StepView};
use dument_workflows::words::french;

use super::{Print, counted, finished, labelled, listed, paragraph, short};

impl Print for Vec<TaskView> {
    fn print(&self) -> String {
        if self.is_empty() {
            return "Rien à faire aujourd’hui.".to_owned();
        }
        let mut text = match self.len() {
            1 => "Une chose à faire.\n".to_owned(),
            several => format!("{several} choses à faire, la plus pressante d’abord.\n"),
        };
        for (number, task) in (1..).zip(self) {
            print_task(&mut text, number, task);
        }
        finished(&text)
    }
}

fn print_task(text: &mut String, number: usize, task: &TaskView) {
    let who = task.debtor.as_deref().map(|debtor| format!("{debtor} : ")).unwrap_or_default();
    // Without a level, the title says already what is to be done of the letter.
    let how = task.level.as_ref().map_or("", |_| how(task.action));
    line!(text, "\n{number}. {who}{}{how}", task.title);
    let sum = french::money(task.amount, task.currency);
    let by = format!("à faire pour le {}", french::date(task.by));
    let about = match listed(&task.invoices) {
        Some(invoices) => format!("{sum} sur {invoices}, {by}."),
        None => format!("{by}."),
    };
    paragraph(text, "   ", &about);
    // An instalment is shown by itself where it is not at the level of the whole.
    for line in task.lines.iter().filter(|line| line.level != task.level && line.level.is_some()) {
        let (level, sum) = (line.level.as_deref().unwrap_or_default(), french::money(line.amount, task.currency));
        paragraph(text, "   ", &format!("{}, {sum}, en est à « {level} ».", line.invoice));
    }
    labelled(text, "Pourquoi", &task.grounds);
    labelled(text, "D’abord", &task.blockers);
    labelled(text, "À dire", &task.script);
    labelled(text, "Par", task.who.as_slice());
    let about = task.about.as_ref().map(|about| format!("{} n° {about}", referred(task.action)));
    labelled(text, "Référence", about.as_slice());
}

/// Says what is left to do of a level, where its title does not.
fn how(action: &str) -> &'static str {
    match action {
        "courriel" => " (par courriel)",
        "lettre" => " (par lettre)",
        "lrar" => " (par lettre recommandée)",
        "lre" => " (par lettre recommandée électronique)",
        "rapprocher" => " (un crédit à rapprocher d’abord)",
        "envoyer" => " (courrier prêt, à envoyer)",
        "refaire" => " (courrier à refaire)",
        "annuler" => " (courrier à annuler)",
        _ => "",
    }
}

/// Names what the reference of a task is to.
fn referred(action: &str) -> &'static str {
    match action {
        "rapprocher" => "crédit",
        "promesse-echue" => "promesse",
        "echeance-plan" | "plan-manque" => "échéancier",
        _ => "courrier",
    }
}

impl Print for WhyView {
    fn print(&self) -> String {
        let mut text = String::new();
        paragraph(&mut text, "", &self.sentence);
        if let Some(policy) = &self.policy {
            line!(text, "Client {}, politique « {policy} ».", self.debtor);
        }
        finished(&text)
    }
}

impl Print for Vec<WhyView> {
    fn print(&self) -> String {
        if self.is_empty() {
            return "Aucune facture ouverte.".to_owned();
        }
        let mut text = String::new();
        for (index, why) in self.iter().enumerate() {
            if index == 0 || self[index - 1].debtor != why.debtor {
                line!(text, "{}", why.debtor);
            }
            paragraph(&mut text, "   ", &why.sentence);
        }
        finished(&text)
    }
}

impl Print for StepView {
    fn print(&self) -> String {
        let mut text = String::new();
        print_step(&mut text, self);
        if let Some(letter) = &self.letter {
            if let Some(file) = &letter.file {
                line!(text, "   {file} ({})", counted(letter.pages as usize, "page", "pages"));
            }
            let warnings: Vec<String> = letter.warnings.iter().map(|warning| warning.sentence.clone()).collect();
            labelled(&mut text, "Attention", &warnings);
        }
        labelled(&mut text, "À dire", &self.script);
        finished(&text)
    }
}

fn print_step(text: &mut String, step: &StepView) {
    let sum = step.letter.as_ref().map(|letter| format!(", {}", french::money(letter.total, letter.currency)));
    line!(text, "{} : {}{}", step.debtor, step.title, sum.unwrap_or_default());
    paragraph(text, "   ", &step.sentence);
}

impl Print for BatchView {
    fn print(&self) -> String {
        let mut text = String::new();
        match &self.file {
            Some(file) => line!(text, "Impression dans « {file} », {}.", counted(self.pages, "page", "pages")),
            None if self.done.is_empty() && self.left.is_empty() => line!(text, "Aucun courrier à faire aujourd’hui."),
            None => line!(text, "Rien à imprimer."),
        }
        for step in &self.done {
            print_step(&mut text, step);
        }
        if !self.left.is_empty() {
            line!(text, "\nLaissés de côté :");
        }
        for left in &self.left {
            line!(text, "{}{}", left.debtor, how(left.action));
            for reason in &left.reasons {
                paragraph(&mut text, "   ", reason);
            }
        }
        finished(&text)
    }
}

impl Print for Vec<EventView> {
    fn print(&self) -> String {
        if self.is_empty() {
            return "Rien n’est encore arrivé.".to_owned();
        }
        let mut text = String::new();
        for event in self {
            let cancelled = event.cancelled_because.as_ref().map(|reason| format!(" (Annulé : {reason}.)"));
            let what = format!("{}{}", event.what, cancelled.unwrap_or_default());
            paragraph(&mut text, &format!("{}  {:>4}  ", short(event.on), event.fact.to_string()), &what);
        }
        finished(&text)
    }
}

impl Print for CalendarView {
    fn print(&self) -> String {
        let events = counted(self.events, "événement", "événements");
        finished(&format!("{events} jusqu’au {}, dans « {} ».", french::date(self.through), self.file))
    }
}
