//! The clauses of the terms of sale that the policies suppose.
//!
//! A lawyer should read them before they are used: they say what the program counts, and no more. Where all customers share
//! a usual delay or an agreed rate, the clause says that one; else it says what the law gives.

use chrono::Datelike as _;
use dument_documents::data::{Mediator, TermsClause};
use dument_domain::conventions::{DayBase, RateVariation};
use dument_domain::french::{self, typeset};
use dument_domain::interest::AgreedRate;
use dument_domain::law::{self, Delay, Regime};
use dument_domain::ledger::Ledger;
use dument_domain::party::{Debtor, Standing};
use dument_domain::{Currency, Date};

use super::rules::end_of_month_example;
use super::spelled;

/// Returns the clauses, in the order of a contract.
pub(super) fn terms(ledger: &Ledger, today: Date) -> Vec<TermsClause> {
    let professionals: Vec<&Debtor> =
        ledger.debtors().map(|(_, file)| &file.debtor).filter(|it| it.standing == Standing::Professional).collect();
    let mediator = ledger.company().and_then(|company| super::super::mediator(&company.mediator));
    let clauses = [
        Some(("Paiement (clients professionnels)", payment(&professionals, today))),
        end_of_month(today).map(|text| ("« Fin de mois » (clients professionnels)", text)),
        lateness(ledger, &professionals, today).map(|text| ("Retard de paiement (clients professionnels)", text)),
        Some(("Paiement et retard (consommateurs)", consumers(mediator.as_ref()))),
        Some(("Escompte", "Aucun escompte n’est accordé pour paiement anticipé.".to_owned())),
        Some(("Réserve de propriété", RETENTION.to_owned())),
    ];
    let clause = |(title, text): (&str, String)| TermsClause { title: typeset(title), text: typeset(&text) };
    clauses.into_iter().flatten().map(clause).collect()
}

/// The goods stay the seller's until they are paid.
///
/// # Droit
/// - Utilisateur : C. civ. art. 2367 et C. com. art. L624-16, faire accepter la réserve de propriété par écrit au plus tard à la livraison. Connu, non relu.
const RETENTION: &str = "Les marchandises restent la propriété du vendeur jusqu’au paiement complet de leur prix (code civil, article 2367). \
     Cette réserve est acceptée par écrit au plus tard à la livraison (code de commerce, article L624-16).";

/// Returns what all of them have in common; nothing when there are none, or they differ.
fn shared<T: PartialEq + Copy>(debtors: &[&Debtor], of: impl Fn(&Debtor) -> Option<T>) -> Option<T> {
    let (first, rest) = debtors.split_first()?;
    let common = of(first)?;
    rest.iter().all(|debtor| of(debtor) == Some(common)).then_some(common)
}

/// The delay to pay: the usual one of all customers, else the one the law gives where nothing was agreed.
///
/// # Droit
/// - C. com. art. L441-10 I : un délai convenu est de 60 jours au plus après la facture. Lu le 2026-11-22.
fn payment(professionals: &[&Debtor], today: Date) -> String {
    let usual = shared(professionals, |debtor| debtor.delay_days);
    let legal = law::payment_delay(Delay::Default, today);
    let longest = law::payment_delay(Delay::Agreed, today);
    let days = match (usual.or(legal.map(|delay| delay.value)), longest) {
        (Some(days), Some(longest)) => days.min(longest.value),
        (Some(days), None) => days,
        (None, _) => return "Les factures sont payables à la date qu’elles portent.".to_owned(),
    };
    let when =
        if days == 0 { "à réception".to_owned() } else { format!("{days} jours après leur date d’émission") };
    let cap = longest.map(|longest| {
        format!(
            " Aucun délai convenu ne dépasse {} jours après cette date ({}).",
            longest.value,
            spelled(&longest.source.cite())
        )
    });
    format!("Les factures sont payables {when}, sauf autre date portée sur la facture.{}", cap.unwrap_or_default())
}

/// What « fin de mois » means: of the two readings that the law admits, the one this clause chooses.
///
/// # Droit
/// - C. com. art. L441-10 I : 45 jours fin de mois au plus, et le contrat devrait dire comment ils se comptent. Lu le 2026-11-22.
fn end_of_month(today: Date) -> Option<String> {
    let longest = law::payment_delay(Delay::AgreedEndOfMonth, today)?;
    let example = end_of_month_example(longest.value, today.with_day(10)?);
    Some(format!(
        "Quand un délai de « {days} jours fin de mois » est convenu, il se compte ainsi : {days} jours après la date de la facture, puis la fin \
         du mois où ce jour tombe ; {example}. Ce délai ne peut pas être plus long ({}).",
        spelled(&longest.source.cite()),
        days = longest.value,
    ))
}

/// What a professional owes for paying late.
///
/// # Droit
/// - C. com. art. L441-10 II et D441-5 : taux, plancher du taux convenu, indemnité et complément sur justification. Lu le 2026-11-22.
fn lateness(ledger: &Ledger, professionals: &[&Debtor], today: Date) -> Option<String> {
    let points = law::default_points(Regime::Professional, today)?;
    let indemnity = law::indemnity(Regime::Professional, today)?;
    let floor = law::floor_multiple(today)?;
    let agreed = shared(professionals, |debtor| debtor.agreed_rate);
    let rate = agreed.map_or_else(|| above_ecb(&french::number(points.value.percent())), agreed_rate);
    let conventions = ledger.conventions();
    let moves = match (agreed, conventions.variation) {
        (Some(AgreedRate::Fixed(_)), _) => "",
        (_, RateVariation::BySemester) => {
            " Ce taux suit chaque semestre : il est celui du 1er janvier, puis du 1er juillet."
        }
        (_, RateVariation::FixedAtStart) => {
            " Ce taux est celui du semestre où le retard a commencé, et n’en change plus."
        }
    };
    let base = match conventions.day_base {
        DayBase::Fixed365 => "une année de 365 jours",
        DayBase::Actual => "la durée réelle de l’année",
    };
    Some(format!(
        "Toute somme impayée à son échéance porte de plein droit, dès le lendemain et sans qu’un rappel soit nécessaire, des pénalités \
         {rate}, ainsi qu’une indemnité forfaitaire pour frais de recouvrement de {indemnity} par facture ({source}). Si les frais engagés \
         sont supérieurs, une indemnisation complémentaire peut être demandée sur justification.\n\
         Les pénalités se calculent par jour sur la somme due, toutes taxes comprises, et sur {base}.{moves} Un autre taux convenu avec un \
         client n’est jamais inférieur à {floor} fois le taux de l’intérêt légal.",
        indemnity = french::money(indemnity.value, Currency::EUR),
        source = spelled(&indemnity.source.cite()),
        floor = floor.value,
    ))
}

fn above_ecb(points: &str) -> String {
    format!(
        "au taux appliqué par la Banque centrale européenne à son opération de refinancement la plus récente, majoré de {points} points de \
         pourcentage"
    )
}

fn agreed_rate(agreed: AgreedRate) -> String {
    match agreed {
        AgreedRate::Fixed(rate) => format!("au taux annuel de {}", french::rate(rate)),
        AgreedRate::TimesLegal(times) => format!("à {times} fois le taux de l’intérêt légal"),
        AgreedRate::RefiPlus(points) => above_ecb(&french::number(points.percent())),
    }
}

/// What a consumer owes for paying late, and whom he may turn to.
///
/// # Droit
/// - C. civ. art. 1231-6 et 1344-1 : l’intérêt au taux légal court à compter de la mise en demeure. Lu le 2026-11-22.
/// - CPCE art. L111-8 : sans titre, les frais de recouvrement restent à la charge du créancier. Lu le 2026-11-22.
fn consumers(mediator: Option<&Mediator>) -> String {
    let mediator = match mediator {
        Some(Mediator { name, address, website }) => {
            let details: Vec<&str> =
                [name.as_str(), address, website].into_iter().filter(|it| !it.is_empty()).collect();
            format!("au médiateur de la consommation : {}", details.join(", "))
        }
        None => "au médiateur de la consommation dont l’entreprise lui donne les coordonnées".to_owned(),
    };
    format!(
        "Le prix est payable à la date portée sur la facture. En cas de retard, et du lendemain de la réception d’une mise en demeure, la \
         somme due porte intérêt au taux légal (code civil, articles 1231-6 et 1344-1). Aucune indemnité forfaitaire ni aucun frais de \
         recouvrement amiable n’est demandé au consommateur (code des procédures civiles d’exécution, article L111-8).\n\
         En cas de litige, le consommateur peut s’adresser gratuitement {mediator} (code de la consommation, article L612-1)."
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use dument_domain::party::{Handling, Party};
    use dument_domain::{Fact, Rate, Recorded, Seq};

    use super::*;

    /// Returns the ledger of a company with these professional customers: their usual delay and agreed rate.
    fn ledger(customers: &[(Option<u32>, Option<AgreedRate>)]) -> Ledger {
        let added = (1..).zip(customers).map(|(number, (delay_days, agreed_rate))| Recorded {
            seq: Seq::new(number),
            recorded_at: "2026-01-05T09:00:00+01:00".to_owned(),
            fact: Fact::DebtorAdded(Debtor {
                party: Party { name: format!("Client {number}"), ..Party::default() },
                standing: Standing::Professional,
                delay_days: *delay_days,
                agreed_rate: *agreed_rate,
                allocation: None,
                handling: Handling::Ordinary,
            }),
        });
        Ledger::from_facts(added.collect())
    }

    /// Returns the wording of the clause whose title says so, with plain spaces.
    fn clause(ledger: &Ledger, title: &str) -> String {
        let today = Date::from_ymd_opt(2026, 4, 20).unwrap();
        let found = terms(ledger, today).into_iter().find(|clause| clause.title.contains(title)).unwrap();
        found.text.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn l441_10_i_the_delay_is_the_usual_one_of_all_customers_within_the_longest_of_the_law() {
        let days = |customers: &[(Option<u32>, Option<AgreedRate>)]| clause(&ledger(customers), "Paiement (clients");
        assert!(days(&[]).contains("payables 30 jours après"));
        assert!(days(&[(Some(45), None), (Some(45), None)]).contains("payables 45 jours après"));
        assert!(
            days(&[(Some(45), None), (None, None)]).contains("payables 30 jours après"),
            "they have nothing in common"
        );
        assert!(days(&[(Some(90), None)]).contains("payables 60 jours après"), "a longer delay is not lawful");
        assert!(days(&[(Some(0), None)]).contains("payables à réception"));
    }

    #[test]
    fn l441_10_ii_the_rate_is_the_one_agreed_with_all_customers_else_the_one_of_the_law() {
        let rate = |agreed: &[Option<AgreedRate>]| {
            let customers: Vec<_> = agreed.iter().map(|agreed| (None, *agreed)).collect();
            clause(&ledger(&customers), "Retard de paiement")
        };
        assert!(rate(&[None]).contains("majoré de 10 points"));
        let fixed = Some(AgreedRate::Fixed(Rate::parse("12").unwrap()));
        let agreed = rate(&[fixed, fixed]);
        assert!(agreed.contains("au taux annuel de 12,00 %") && !agreed.contains("suit chaque semestre"), "{agreed}");
        assert!(rate(&[fixed, None]).contains("majoré de 10 points"));
        let times = rate(&[Some(AgreedRate::TimesLegal(4))]);
        assert!(
            times.contains("à 4 fois le taux de l’intérêt légal") && times.contains("suit chaque semestre"),
            "{times}"
        );
    }

    #[test]
    fn d441_5_the_indemnity_is_said_to_professionals_and_never_to_consumers() {
        let ledger = ledger(&[(None, None)]);
        assert!(
            clause(&ledger, "Retard de paiement")
                .contains("40,00 € par facture (code de commerce, articles L441-10 II et D441-5)")
        );
        let consumers = clause(&ledger, "Paiement et retard (consommateurs)");
        assert!(!consumers.contains("40,00") && consumers.contains("article L111-8"), "{consumers}");
    }

    #[test]
    fn l441_10_i_end_of_month_is_counted_as_the_program_counts_it() {
        let text = clause(&ledger(&[]), "Fin de mois");
        assert!(text.contains("une facture du 10 avril 2026 est payable le 31 mai 2026"), "{text}");
    }
}
