//! The rules of the program as sentences, with the settings of the policies in use.

use dument_documents::data::PolicyRule;
use dument_domain::calendar::PaymentTerms;
use dument_domain::conventions::{AllocationOrder, Conventions, DayBase, RateVariation};
use dument_domain::dunning::Care;
use dument_domain::french::{self, typeset};
use dument_domain::law::{self, Delay, Regime};
use dument_domain::ledger::Ledger;
use dument_domain::party::Standing;
use dument_domain::{Currency, Date};

use super::{InUse, Rule, spelled, varied};
use crate::policies::counted;
use crate::policies::names::days_of;

/// Returns the rules, group by group.
pub(super) fn rules(ledger: &Ledger, in_use: &[InUse<'_>], today: Date) -> Vec<PolicyRule> {
    let group = |title: &str, sentences: Vec<String>| PolicyRule {
        title: title.to_owned(),
        sentences: sentences.iter().map(|sentence| typeset(sentence)).collect(),
    };
    vec![
        group("À qui chaque politique s’applique", whose(in_use, today)),
        group("Un client, un courrier", one_letter(in_use)),
        group("L’ordre des étapes", order(in_use)),
        group("Avant tout envoi", before_sending(in_use)),
        group("Ce qui suspend les relances", suspensions(in_use)),
        group("Les sommes réclamées", sums(ledger.conventions(), today)),
    ]
}

fn whose(in_use: &[InUse<'_>], today: Date) -> Vec<String> {
    let mut sentences: Vec<String> = in_use.iter().map(policy_of).collect();
    sentences.push(
        "Une facture suit la politique choisie pour elle, sinon celle choisie pour le client, sinon la règle de sa qualité."
            .to_owned(),
    );
    sentences.push(
        "Une nouvelle version vaut pour ce qui suit la règle et n’a pas commencé ; une relance en cours, ou un client à qui une \
         version a été affectée, garde la sienne jusqu’à ce qu’une autre lui soit affectée."
            .to_owned(),
    );
    for it in in_use.iter().filter(|it| it.earlier_cases > 0) {
        let still = counted(it.earlier_cases, "échéance impayée suit", "échéances impayées suivent");
        sentences.push(format!("{still} encore une version antérieure de {}.", it.quoted()));
    }
    sentences.push(format!(
        "Ce document a été imprimé le {} ; les exceptions qu’il liste sont celles décidées à ce jour.",
        french::date(today)
    ));
    sentences
}

fn policy_of(it: &InUse<'_>) -> String {
    let version = match it.adopted_on {
        Some(on) => format!("version {} adoptée le {}", it.version, french::date(on)),
        None => format!("version {}, telle que fournie avec le programme", it.version),
    };
    let whom: Vec<&str> = it.rule_for.iter().map(|rule| whom(*rule)).collect();
    let whom = match whom.as_slice() {
        [] => "les clients et les factures auxquels elle est affectée, un par un".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    };
    format!("{}, {version} : {whom}.", it.quoted())
}

fn whom(rule: Rule) -> &'static str {
    match rule {
        Rule::Standing(Standing::Professional) => "les clients professionnels",
        Rule::Standing(Standing::Consumer) => "les consommateurs",
        Rule::Standing(Standing::PublicBody) => "les acheteurs publics",
        Rule::WithCare => "les clients notés « relation à ménager »",
    }
}

fn one_letter(in_use: &[InUse<'_>]) -> Vec<String> {
    let mut sentences = vec![
        "Un client reçoit au plus une relance par jour et par devise, à l’étape la plus avancée de ses factures ; \
         chaque facture y garde sa propre étape, et n’avance pas avec les autres."
            .to_owned(),
        "L’unité est l’échéance : une facture payable en plusieurs fois est relancée échéance par échéance.".to_owned(),
        "Un rappel avant l’échéance n’est pas mêlé à une relance de factures échues.".to_owned(),
    ];
    if in_use.iter().any(|it| it.policy.care.between_writings > 1) {
        let apart = varied(in_use, |care| days_of(care.between_writings));
        sentences.push(format!("Deux courriers au même client sont séparés d’au moins {apart}."));
    }
    if in_use.iter().flat_map(|it| it.policy.levels_in_use()).any(|level| level.minimum.is_some()) {
        sentences.push(
            "Au-dessous du minimum d’une étape, le client est laissé tranquille ; ce qu’il doit reste dû.".to_owned(),
        );
    }
    sentences.push(
        "Les clients notés « relation à ménager » ou « jamais sans moi » ne sont jamais relancés dans un lot."
            .to_owned(),
    );
    sentences
}

fn order(in_use: &[InUse<'_>]) -> Vec<String> {
    let mut sentences = vec![
        "Les étapes se suivent. En passer une est une décision du dirigeant, datée et motivée ; elle figure à la fin de ce document."
            .to_owned(),
        "Une étape ne vient jamais avant la fin du délai laissé par la précédente, compté de l’arrivée du courrier, même \
         lorsqu’elle est choisie par avance."
            .to_owned(),
        format!(
            "À défaut de date de réception connue, un courrier est tenu pour arrivé après son acheminement : {}.",
            varied(in_use, transit)
        ),
        "Après une absence, une attente ou une contestation, une seule étape est faite, à la date du jour : jamais deux à la fois."
            .to_owned(),
        "Un rappel avant échéance n’est plus envoyé une fois l’échéance passée.".to_owned(),
        "Le troisième appel resté sans réponse vaut appel : l’étape suivante vient à son heure.".to_owned(),
    ];
    if in_use.iter().any(|it| it.policy.care.on_working_days) {
        sentences.push(setting(
            in_use,
            "Une étape qui tombe un dimanche ou un jour férié attend le jour ouvré suivant",
            |care| care.on_working_days,
        ));
    }
    if in_use.iter().any(|it| it.policy.care.banking_tolerance) {
        sentences.push(setting(
            in_use,
            "Les étapes d’une échéance qui tombe un jour sans banque sont comptées du jour ouvré suivant",
            |care| care.banking_tolerance,
        ));
    }
    sentences
}

/// Says something that some policies do, and which ones where not all do.
fn setting(in_use: &[InUse<'_>], sentence: &str, holds: impl Fn(Care) -> bool) -> String {
    let those: Vec<String> = in_use.iter().filter(|it| holds(it.policy.care)).map(InUse::quoted).collect();
    if those.len() == in_use.len() { format!("{sentence}.") } else { format!("{sentence} ({}).", those.join(", ")) }
}

fn transit(care: Care) -> String {
    let after = |days: u32| if days == 0 { "le jour même".to_owned() } else { days_of(days) };
    let transit = care.transit;
    format!(
        "courriel {}, lettre {}, recommandé {}, recommandé électronique {}",
        after(transit.email),
        after(transit.letter),
        after(transit.lrar),
        after(transit.lre)
    )
}

fn before_sending(in_use: &[InUse<'_>]) -> Vec<String> {
    let checked = varied(in_use, |care| days_of(care.bank_check));
    let valid = varied(in_use, |care| days_of(care.draft_validity));
    let awaited = varied(in_use, |care| days_of(care.receipt_wait));
    vec![
        format!("Le compte bancaire a été vérifié depuis {checked} au plus ; sinon, le dirigeant confirme qu’il l’a regardé."),
        "Un crédit bancaire non rapproché, du même montant que ce qui est réclamé, est rapproché d’abord, à moins que le dirigeant ne confirme qu’il paie autre chose.".to_owned(),
        format!(
            "Un courrier préparé et jamais parti est refait après {valid}, ou dès que la somme due a changé ; il est annulé si \
             elle est payée."
        ),
        "Un courrier préparé n’est pas un courrier envoyé : l’envoi est noté avec sa date et son moyen.".to_owned(),
        "Après un courrier revenu, plus rien n’est écrit avant que l’adresse soit corrigée.".to_owned(),
        format!("La réponse de la poste à un recommandé est demandée {awaited} après son envoi."),
    ]
}

fn suspensions(in_use: &[InUse<'_>]) -> Vec<String> {
    let grace = varied(in_use, |care| match care.promise_grace {
        0 => "jusqu’au jour annoncé".to_owned(),
        days => format!("jusqu’à {} après le jour annoncé", days_of(days)),
    });
    vec![
        "Une contestation suspend les relances de la part contestée ; le reste est réclamé.".to_owned(),
        format!("Une promesse de paiement suspend {grace} ; non tenue, elle est rappelée dans le courrier suivant."),
        "Un échéancier accepté suspend tant qu’il court. Un versement manqué ne rend pas le reste exigible de lui-même : il faut \
         que l’accord le prévoie, et un avis resté sans effet."
            .to_owned(),
        "Une mise en attente suspend jusqu’à sa date ; un prélèvement annoncé, jusqu’à la fin du délai de rejet.".to_owned(),
        "Un avoir ou un trop-perçu qui couvre ce qui est dû suspend jusqu’à ce qu’il soit imputé.".to_owned(),
        "Un dossier confié à un tiers (société de recouvrement, avocat, commissaire de justice, assureur, affactureur) n’est plus \
         relancé par l’entreprise."
            .to_owned(),
        format!(
            "L’ouverture d’une procédure collective arrête toute relance : la créance est déclarée dans les {} mois de la \
             publication au BODACC.",
            law::declaration_months()
        ),
        "Une suspension ne retire rien à la somme due, ni à son ancienneté, ni au délai de prescription.".to_owned(),
    ]
}

/// Returns how what is claimed is counted, and what the law fixes without any clause.
fn sums(conventions: Conventions, today: Date) -> Vec<String> {
    let day_base = match conventions.day_base {
        DayBase::Fixed365 => "sur une année de 365 jours, même bissextile",
        DayBase::Actual => "sur la durée réelle de chaque année de retard, 365 ou 366 jours",
    };
    let variation = match conventions.variation {
        RateVariation::BySemester => "un taux publié par semestre suit chaque semestre",
        RateVariation::FixedAtStart => "un taux publié par semestre reste celui du semestre où le retard a commencé",
    };
    let allocation = match conventions.allocation {
        AllocationOrder::InterestFirst => "d’abord sur les intérêts, puis sur le principal, puis sur l’indemnité",
        AllocationOrder::PrincipalFirst => "d’abord sur le principal, puis sur les intérêts, puis sur l’indemnité",
    };
    let mut sentences = vec![
        format!(
            "Les intérêts se comptent du lendemain de l’échéance au jour du paiement inclus, {day_base} ; {variation}. Chaque ligne \
             est arrondie au centime."
        ),
        format!("Un paiement partiel s’impute {allocation}, sauf ce qui est convenu autrement avec le client."),
    ];
    sentences.extend(public_bodies(today));
    sentences.push(
        "À un consommateur, aucune indemnité forfaitaire ni aucun frais de recouvrement n’est réclamé, quelle que soit l’étape ; les \
         intérêts ne courent que du lendemain de la réception de la mise en demeure."
            .to_owned(),
    );
    sentences.push("Renoncer à une somme est une décision datée et motivée.".to_owned());
    sentences
}

/// Says what a public buyer owes by law alone.
///
/// # Droit
/// - CCP art. R2192-10, R2192-31 et D2192-35 : délai, taux et indemnité s’appliquent sans clause. Lu le 2026-11-22.
fn public_bodies(today: Date) -> Option<String> {
    let delay = law::payment_delay(Delay::PublicBody, today)?;
    let points = law::default_points(Regime::PublicBody, today)?;
    let indemnity = law::indemnity(Regime::PublicBody, today)?;
    Some(format!(
        "Un acheteur public doit de plein droit, sans clause : le paiement à {} jours ({}), des intérêts au taux de la Banque centrale \
         européenne majoré de {} points ({}), et une indemnité de {} par facture ({}).",
        delay.value,
        spelled(&delay.source.cite()),
        french::number(points.value.percent()),
        spelled(&points.source.cite()),
        french::money(indemnity.value, Currency::EUR),
        spelled(&indemnity.source.cite())
    ))
}

/// Says « 45 jours fin de mois » as an invoice of some day lives it.
pub(super) fn end_of_month_example(days: u32, issued_on: Date) -> String {
    let due_on = PaymentTerms::DaysThenEndOfMonth(days).due_date(issued_on);
    format!("une facture du {} est payable le {}", french::date(issued_on), french::date(due_on))
}
