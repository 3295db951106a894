//! Payment terms, the due date they give, how late it may lawfully be.

use std::fmt;
use std::num::NonZeroU16;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{Period, add_days, end_of_month};
use crate::law::{Dated, Delay, payment_delay};
use crate::{Amount, Date, Fault, french};

/// When an invoice is due, as its terms say it.
///
/// A due date on a Sunday or a holiday stays where it is: no text moves it between professionals.
///
/// # Droit
/// C. com. art. L441-10 I : « 45 jours fin de mois » a deux lectures, toutes deux admises ; le contrat devrait dire laquelle.
/// Lu le 2026-11-22.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentTerms {
    /// On the invoice date.
    OnReceipt,
    /// So many days after the invoice date.
    Days(u32),
    /// On the last day of the month of the invoice.
    EndOfMonth,
    /// So many days after the invoice date, then the end of that month (method A).
    DaysThenEndOfMonth(u32),
    /// So many days after the end of the month of the invoice (method B).
    EndOfMonthThenDays(u32),
}

impl PaymentTerms {
    /// Returns the due date of an invoice.
    #[must_use]
    pub fn due_date(self, issued_on: Date) -> Date {
        match self {
            Self::OnReceipt => issued_on,
            Self::Days(days) => add_days(issued_on, days),
            Self::EndOfMonth => end_of_month(issued_on),
            Self::DaysThenEndOfMonth(days) => end_of_month(add_days(issued_on, days)),
            Self::EndOfMonthThenDays(days) => add_days(end_of_month(issued_on), days),
        }
    }

    /// Returns the warning that terms between professionals deserve, whatever the date of the invoice.
    ///
    /// # Droit
    /// C. com. art. L441-10 I : 60 jours, ou 45 jours fin de mois ; « 60 jours fin de mois » est donc illicite. Lu le
    /// 2026-11-22.
    #[must_use]
    pub fn check(self, on: Date) -> Option<Fault> {
        let (days, delay) = match self {
            Self::OnReceipt | Self::EndOfMonth => return None,
            Self::Days(days) => (days, Delay::Agreed),
            Self::DaysThenEndOfMonth(days) | Self::EndOfMonthThenDays(days) => (days, Delay::AgreedEndOfMonth),
        };
        let cap = payment_delay(delay, on).filter(|cap| days > cap.value)?;
        let sentence = format!(
            "Un délai de «\u{a0}{self}\u{a0}» dépasse le maximum permis entre professionnels{NARROW}: {} ({}). \
             Raccourcissez-le dans vos conditions de paiement.",
            general_rule(on)?,
            cap.source.cite(),
        );
        Some(Fault::warning("payment-terms-too-long", "terms", sentence))
    }
}

impl fmt::Display for PaymentTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnReceipt => f.write_str("à réception"),
            Self::Days(days) => write!(f, "{days} jours"),
            Self::EndOfMonth => f.write_str("fin de mois"),
            Self::DaysThenEndOfMonth(days) => write!(f, "{days} jours, puis fin de mois"),
            Self::EndOfMonthThenDays(days) => write!(f, "fin de mois, puis {days} jours"),
        }
    }
}

/// Which legal maximum a due date is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermsKind {
    /// Between professionals, without a rule of its own.
    General,
    /// A periodic invoice between professionals.
    PeriodicInvoice,
    /// Carriage of goods, hire of vehicles, freight forwarding.
    Transport,
    /// Perishable, frozen or prepared food.
    PerishableFood,
    /// Live cattle for consumption and fresh meat.
    Livestock,
    /// Alcoholic drinks under consumption duties.
    AlcoholicDrinks,
    /// A public buyer.
    // Question : hôpitaux publics (50 jours) et entreprises publiques (60 jours), CCP art. R2192-11 : à distinguer ?
    PublicBody,
}

/// Returns what is unlawful, or lawful under a condition, in the due date of an invoice.
///
/// Where the law counts from delivery or receipt, days that an invoice does not carry, they are counted from its date.
///
/// # Droit
/// - C. com. art. L441-10 I : plafonds entre professionnels. Lu le 2026-11-22.
/// - C. com. art. L441-11 II : plafonds particuliers, comptés ici depuis la facture. Lu le 2026-11-22.
/// - CCP art. R2192-10 : 30 jours, comptés ici depuis la facture. Lu le 2026-11-22.
#[must_use]
pub fn cap_warnings(issued_on: Date, due_on: Date, kind: TermsKind) -> Vec<Fault> {
    let (delay, counted_from, start) = match kind {
        TermsKind::General => return general_cap_warning(issued_on, due_on).into_iter().collect(),
        TermsKind::PeriodicInvoice => (Delay::PeriodicInvoice, "la date d’une facture périodique", issued_on),
        TermsKind::Transport => (Delay::Transport, "la date de la facture, en transport", issued_on),
        TermsKind::PerishableFood => (Delay::PerishableFood, "la livraison de denrées périssables", issued_on),
        TermsKind::Livestock => (Delay::Livestock, "la livraison de bétail ou de viande fraîche", issued_on),
        TermsKind::AlcoholicDrinks => {
            (Delay::AlcoholicDrinks, "la fin du mois de livraison de boissons alcooliques", end_of_month(issued_on))
        }
        TermsKind::PublicBody => (Delay::PublicBody, "la réception de la facture par un acheteur public", issued_on),
    };
    let Some(cap) = payment_delay(delay, issued_on) else { return Vec::new() };
    if due_on <= add_days(start, cap.value) {
        return Vec::new();
    }
    let rule = format!("au plus {} jours après {counted_from}", cap.value);
    vec![too_late(issued_on, due_on, &rule, cap)]
}

/// Holds a due date against the two maximums of the general rule, and says when only the second one admits it.
fn general_cap_warning(issued_on: Date, due_on: Date) -> Option<Fault> {
    let days = payment_delay(Delay::Agreed, issued_on)?;
    let end_of_month_days = payment_delay(Delay::AgreedEndOfMonth, issued_on)?.value;
    let method_a = PaymentTerms::DaysThenEndOfMonth(end_of_month_days).due_date(issued_on);
    let method_b = PaymentTerms::EndOfMonthThenDays(end_of_month_days).due_date(issued_on);
    if due_on <= add_days(issued_on, days.value) || due_on == method_a || due_on == method_b {
        return None;
    }
    if due_on > method_a.max(method_b) {
        return Some(too_late(issued_on, due_on, &general_rule(issued_on)?, days));
    }
    Some(Fault::warning(
        "echeance-sous-condition",
        "due_on",
        format!(
            "L’échéance du {} est à {} jours de la facture{NARROW}: au-delà de {} jours, il faut une clause expresse \
             «\u{a0}fin de mois\u{a0}» de {end_of_month_days} jours au plus ({}). \
             Vérifiez vos conditions de paiement{NARROW}; l’échéance est gardée telle quelle.",
            french::date(due_on),
            Period { after: issued_on, through: due_on }.days(),
            days.value,
            days.source.cite(),
        ),
    ))
}

/// Returns the two maximums of the general rule, in words.
fn general_rule(on: Date) -> Option<String> {
    let days = payment_delay(Delay::Agreed, on)?.value;
    let end_of_month_days = payment_delay(Delay::AgreedEndOfMonth, on)?.value;
    Some(format!("au plus {days} jours après la date de la facture, ou {end_of_month_days} jours fin de mois"))
}

fn too_late(issued_on: Date, due_on: Date, rule: &str, cap: &Dated<u32>) -> Fault {
    Fault::warning(
        "echeance-trop-tardive",
        "due_on",
        format!(
            "L’échéance du {} est à {} jours de la facture, plus que la loi ne permet{NARROW}: {rule} ({}). \
             Vérifiez-la sur la facture{NARROW}; elle est gardée telle quelle.",
            french::date(due_on),
            Period { after: issued_on, through: due_on }.days(),
            cap.source.cite(),
        ),
    )
}

/// Splits a sum into equal instalments, to the cent; the last one takes what the division leaves.
#[must_use]
pub fn split_evenly(total: Amount, count: NonZeroU16) -> Vec<Amount> {
    let share = total.decimal() / Decimal::from(count.get());
    let each = Amount::from_decimal(share.round_dp_with_strategy(2, RoundingStrategy::ToZero));
    let mut instalments = vec![each; usize::from(count.get()) - 1];
    let last = total - instalments.iter().copied().sum();
    instalments.push(last);
    instalments
}

const NARROW: char = '\u{202f}';

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::super::day;
    use super::*;

    fn codes(faults: &[Fault]) -> Vec<&str> {
        assert!(faults.iter().all(|fault| !fault.is_refusal()), "a due date is never refused for being late");
        faults.iter().map(|fault| fault.code).collect()
    }

    fn split(total: &str, count: u16) -> Vec<String> {
        let parts = split_evenly(Amount::parse(total).unwrap(), NonZeroU16::new(count).unwrap());
        parts.iter().map(Amount::to_string).collect()
    }

    #[test]
    fn l441_10_i_days_end_of_month_have_two_readings_and_both_agree_with_published_examples() {
        let examples = [
            (day(2014, 1, 2), day(2014, 2, 28), day(2014, 3, 17)),
            (day(2025, 4, 10), day(2025, 5, 31), day(2025, 6, 14)),
            (day(2026, 3, 10), day(2026, 4, 30), day(2026, 5, 15)),
            (day(2025, 2, 15), day(2025, 4, 30), day(2025, 4, 14)),
            (day(2026, 3, 20), day(2026, 5, 31), day(2026, 5, 15)),
        ];
        for (issued_on, method_a, method_b) in examples {
            assert_eq!(PaymentTerms::DaysThenEndOfMonth(45).due_date(issued_on), method_a, "A, {issued_on}");
            assert_eq!(PaymentTerms::EndOfMonthThenDays(45).due_date(issued_on), method_b, "B, {issued_on}");
        }
    }

    #[test]
    fn l441_10_i_thirty_days_after_receipt_agrees_with_the_published_example() {
        assert_eq!(PaymentTerms::Days(30).due_date(day(2014, 1, 6)), day(2014, 2, 5));
    }

    #[test]
    fn plain_terms_give_plain_dates() {
        assert_eq!(PaymentTerms::OnReceipt.due_date(day(2026, 3, 10)), day(2026, 3, 10));
        assert_eq!(PaymentTerms::EndOfMonth.due_date(day(2026, 2, 3)), day(2026, 2, 28));
        assert_eq!(PaymentTerms::Days(u32::MAX).due_date(day(2026, 2, 3)), Date::MAX);
    }

    #[test]
    fn l441_10_i_sixty_days_are_lawful_and_sixty_one_need_a_clause() {
        let issued_on = day(2026, 3, 10);
        assert!(cap_warnings(issued_on, day(2026, 5, 9), TermsKind::General).is_empty(), "60 days");
        assert!(cap_warnings(issued_on, day(2026, 5, 15), TermsKind::General).is_empty(), "method B");
        assert_eq!(codes(&cap_warnings(issued_on, day(2026, 5, 10), TermsKind::General)), ["echeance-sous-condition"]);
        assert_eq!(codes(&cap_warnings(issued_on, day(2026, 5, 16), TermsKind::General)), ["echeance-trop-tardive"]);
    }

    #[test]
    fn l441_10_i_forty_five_days_end_of_month_are_lawful_by_either_method_every_day_of_a_year() {
        for issued_on in day(2027, 12, 1).iter_days().take(366) {
            for terms in [PaymentTerms::DaysThenEndOfMonth(45), PaymentTerms::EndOfMonthThenDays(45)] {
                let faults = cap_warnings(issued_on, terms.due_date(issued_on), TermsKind::General);
                assert_eq!(faults, [], "{terms}, {issued_on}");
            }
        }
    }

    #[test]
    fn l441_10_i_sixty_days_end_of_month_is_unlawful() {
        let on = day(2026, 11, 22);
        for terms in
            [PaymentTerms::DaysThenEndOfMonth(60), PaymentTerms::EndOfMonthThenDays(60), PaymentTerms::Days(61)]
        {
            assert_eq!(codes(&terms.check(on).into_iter().collect::<Vec<_>>()), ["payment-terms-too-long"], "{terms}");
        }
        for terms in [PaymentTerms::Days(60), PaymentTerms::DaysThenEndOfMonth(45), PaymentTerms::EndOfMonth] {
            assert_eq!(terms.check(on), None, "{terms}");
        }
        let due_on = PaymentTerms::DaysThenEndOfMonth(60).due_date(day(2026, 3, 10));
        assert_eq!(codes(&cap_warnings(day(2026, 3, 10), due_on, TermsKind::General)), ["echeance-trop-tardive"]);
    }

    #[test]
    fn l441_11_ii_and_r2192_10_each_special_cap_warns_the_day_after_its_last_day() {
        let issued_on = day(2026, 3, 10);
        let caps = [
            (TermsKind::PeriodicInvoice, day(2026, 4, 24)),
            (TermsKind::Transport, day(2026, 4, 9)),
            (TermsKind::PerishableFood, day(2026, 4, 9)),
            (TermsKind::Livestock, day(2026, 3, 30)),
            (TermsKind::AlcoholicDrinks, day(2026, 4, 30)),
            (TermsKind::PublicBody, day(2026, 4, 9)),
        ];
        for (kind, last_day) in caps {
            assert_eq!(cap_warnings(issued_on, last_day, kind), [], "{kind:?}");
            let next_day = last_day.succ_opt().unwrap();
            assert_eq!(codes(&cap_warnings(issued_on, next_day, kind)), ["echeance-trop-tardive"], "{kind:?}");
        }
    }

    #[test]
    fn a_warning_cites_the_article_and_says_what_to_do() {
        let faults = cap_warnings(day(2026, 1, 15), day(2026, 4, 30), TermsKind::General);
        assert_eq!(
            faults[0].sentence,
            "L’échéance du 30\u{a0}avril 2026 est à 105 jours de la facture, plus que la loi ne permet\u{202f}: au plus \
             60 jours après la date de la facture, ou 45 jours fin de mois (C. com. art. L441-10 I). Vérifiez-la sur la \
             facture\u{202f}; elle est gardée telle quelle."
        );
    }

    #[test]
    fn an_invoice_older_than_the_law_files_is_not_judged() {
        assert_eq!(cap_warnings(day(2012, 1, 1), day(2012, 12, 31), TermsKind::General), []);
    }

    #[test]
    fn instalments_add_up_and_the_last_one_takes_the_rounding() {
        assert_eq!(split("100", 3), ["33.33", "33.33", "33.34"]);
        assert_eq!(split("100", 6), ["16.66", "16.66", "16.66", "16.66", "16.66", "16.70"]);
        assert_eq!(split("1200", 1), ["1200.00"]);
        assert_eq!(split("0.05", 10).last().unwrap(), "0.05", "never a negative instalment");
        assert_eq!(split("-100", 3), ["-33.33", "-33.33", "-33.34"]);
        assert_eq!(split("10.005", 2), ["5.00", "5.005"], "nothing is lost, even a fraction of a cent");
    }

    #[test]
    fn terms_are_kept_as_words() {
        let json = serde_json::to_string(&PaymentTerms::DaysThenEndOfMonth(45)).unwrap();
        assert_eq!(json, "{\"days_then_end_of_month\":45}");
        assert_eq!(serde_json::from_str::<PaymentTerms>(&json).unwrap(), PaymentTerms::DaysThenEndOfMonth(45));
        assert_eq!(serde_json::to_string(&PaymentTerms::OnReceipt).unwrap(), "\"on_receipt\"");
    }
}
