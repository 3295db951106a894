//! Policies and what they would do, as text.

use std::fmt::Write as _;

use dument_workflows::policies::{
    Adopted, Assigned, ComparisonView, Jumped, LevelView, PolicyView, SideView, SimulationView, TotalView,
};
use dument_workflows::view::Done;
use dument_workflows::words::french;

use super::{Print, counted, finished, paragraph, short, table};
use crate::commands::policy::{Checked, PolicyText};

impl Print for Vec<PolicyView> {
    fn print(&self) -> String {
        self.iter().map(Print::print).collect::<Vec<_>>().join("\n\n")
    }
}

impl Print for PolicyView {
    fn print(&self) -> String {
        let adopted = match self.adopted_on {
            Some(on) => format!("version {}, adoptée le {}", self.version, french::date(on)),
            None => "fournie avec le programme".to_owned(),
        };
        let mut text = format!("« {} », {adopted}\n", self.name);
        let mut who = Vec::new();
        if !self.rule_for.is_empty() {
            let rule_for: Vec<&str> = self.rule_for.iter().map(|whom| plural(whom)).collect();
            who.push(format!("règle pour les {}", rule_for.join(", les ")));
        }
        who.push(match self.debtors {
            0 => "aucun client pour l’instant".to_owned(),
            debtors => counted(debtors, "client", "clients"),
        });
        if self.cases > 0 {
            who.push(counted(self.cases, "échéance impayée", "échéances impayées"));
        }
        if self.earlier_cases > 0 {
            let cases = counted(self.earlier_cases, "échéance impayée", "échéances impayées");
            who.push(format!("{cases} sous une version antérieure"));
        }
        paragraph(&mut text, "  ", &who.join(", "));
        line!(text, "{}", table(self.levels.iter().filter(|level| !level.archived).map(row), ""));
        finished(&text)
    }
}

fn plural(standing: &str) -> &'static str {
    match standing {
        "professionnel" => "professionnels",
        "consommateur" => "consommateurs",
        "public" => "organismes publics",
        _ => "relations à ménager",
    }
}

fn row(level: &LevelView) -> Vec<String> {
    let claims = if level.claims == "tout" { "avec accessoires" } else { "" };
    vec![
        format!("  {}", level.when),
        level.title.clone(),
        level.means.to_owned(),
        level.model.map(|_| level.tone.to_owned()).unwrap_or_default(),
        level.delay_days.map(|days| format!("{days} j pour payer")).unwrap_or_default(),
        claims.to_owned(),
        level.id.clone(),
    ]
}

impl Print for Adopted {
    fn print(&self) -> String {
        format!("{}\n{}", recorded(&self.done, &self.sentence), self.policy.print())
    }
}

impl Print for Assigned {
    fn print(&self) -> String {
        recorded(&self.done, &self.sentence)
    }
}

impl Print for Jumped {
    fn print(&self) -> String {
        recorded(&self.done, &self.sentence)
    }
}

/// Says that something is recorded, then what it changes.
fn recorded(done: &Done, sentence: &str) -> String {
    let mut text = format!("{}\n", done.print());
    paragraph(&mut text, "", sentence);
    finished(&text)
}

impl Print for PolicyText {
    /// The file as it is to be edited: its spaces are not set.
    fn print(&self) -> String {
        self.text.trim_end().to_owned()
    }
}

impl Print for Checked {
    fn print(&self) -> String {
        let trial = self.trial.as_ref().map(|trial| format!("\n{}", trial.print())).unwrap_or_default();
        format!("{}{trial}", self.sentence)
    }
}

impl Print for SimulationView {
    fn print(&self) -> String {
        let mut text = String::new();
        paragraph(&mut text, "", &self.sentence);
        paragraph(&mut text, "", self.assumption);
        let rows = self.steps.iter().map(|step| {
            let instalments = counted(step.instalments, "échéance", "échéances");
            vec![short(step.on), step.debtor.clone(), step.level.clone(), step.means.to_owned(), instalments]
        });
        line!(text, "{}", table(rows, ""));
        finished(&text)
    }
}

impl Print for ComparisonView {
    fn print(&self) -> String {
        let mut text = String::new();
        paragraph(&mut text, "", &self.sentence);
        paragraph(&mut text, "", self.assumption);
        for side in [&self.a, &self.b] {
            print_side(&mut text, side);
        }
        finished(&text)
    }
}

fn print_side(text: &mut String, side: &SideView) {
    line!(text, "{} : {}", side.policy, counted(side.count, "action", "actions"));
    let row = |total: &TotalView| vec![format!("  {}", total.count), total.level.clone(), total.means.to_owned()];
    line!(text, "{}", table(side.totals.iter().map(row), "  rien à faire"));
}
