//! What was agreed, as text.

use std::fmt::Write as _;

use dument_workflows::arrangements::PlanView;
use dument_workflows::words::french;

use super::{Print, finished, listed, short, table};

impl Print for PlanView {
    fn print(&self) -> String {
        let mut text = match (&self.plan, &self.letter) {
            (Some(plan), Some(letter)) => format!(
                "Échéancier noté, fait n° {plan}. L’accord, courrier n° {letter}, est à faire signer par les deux parties.\n"
            ),
            (Some(plan), None) => format!("Échéancier, fait n° {plan}, {}.\n", state(self.state)),
            (None, _) => "Aperçu : rien n’est enregistré.\n".to_owned(),
        };
        print_plan(&mut text, self);
        finished(&text)
    }
}

impl Print for Vec<PlanView> {
    fn print(&self) -> String {
        if self.is_empty() {
            return "Aucun échéancier.".to_owned();
        }
        let mut text = String::new();
        for plan in self {
            line!(text, "Échéancier n° {}, {}", plan.plan.as_deref().unwrap_or("?"), state(plan.state));
            print_plan(&mut text, plan);
        }
        finished(&text)
    }
}

fn print_plan(text: &mut String, plan: &PlanView) {
    let money = |amount| french::money(amount, plan.currency);
    let received = if plan.received.is_positive() {
        format!(", dont {} déjà reçus", money(plan.received))
    } else {
        String::new()
    };
    line!(
        text,
        "{}, {} sur {}, convenu le {}{received}",
        plan.debtor,
        money(plan.total),
        listed(&plan.invoices).unwrap_or_default(),
        short(plan.agreed_on)
    );
    let rows = plan.instalments.iter().map(|instalment| {
        vec![format!("  {}", short(instalment.due_on)), money(instalment.amount), state(instalment.state).to_owned()]
    });
    line!(text, "{}", table(rows, ""));
}

/// Writes a state as it is read.
fn state(word: &str) -> &str {
    match word {
        "en-cours" => "en cours",
        "manque" => "un versement manque",
        "dechu" => "déchu",
        "payee" => "payé",
        "attendue" => "attendu aujourd’hui",
        "manquee" => "manqué",
        "a-venir" => "à venir",
        other => other,
    }
}
