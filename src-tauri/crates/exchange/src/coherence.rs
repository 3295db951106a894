//! What is missing or does not add up in an invoice.
//!
//! Sums are compared to the cent, as the European standard demands. Whether an identifier is a true one is the domain's affair.

use dument_domain::{Amount, Currency, Fault, french};

use crate::Parsed;
use crate::fields::excerpt;
use crate::invoice::{InvoiceDocument, Nature, Syntax, nature_of_type};

/// Where each thing that can be missing or doubtful stands in the file.
#[derive(Debug)]
pub struct Places {
    /// The number.
    pub number: String,
    /// The type code.
    pub type_code: String,
    /// The day of issue.
    pub issue_date: String,
    /// The due date, or the first one.
    pub due_date: String,
    /// The currency.
    pub currency: String,
    /// The seller's name.
    pub seller_name: String,
    /// The buyer's name.
    pub buyer_name: String,
    /// The total with tax.
    pub with_tax: String,
    /// The total of taxes.
    pub tax: String,
    /// The total before tax.
    pub without_tax: String,
    /// What is left to pay.
    pub due_payable: String,
}

/// Settles the nature and the sign of an invoice just read, and judges it: a refusal keeps it out.
pub fn judge(mut invoice: InvoiceDocument, places: &Places, mut faults: Vec<Fault>) -> Parsed<InvoiceDocument> {
    faults.extend(refusals(&invoice, places));
    if faults.iter().any(Fault::is_refusal) {
        return Parsed { items: Vec::new(), faults };
    }
    faults.extend(settle_nature(&mut invoice, places));
    // What is there but cannot be read has been told already.
    let untold = |absence: &Fault| faults.iter().all(|fault| !fault.path.starts_with(&absence.path));
    let absences: Vec<_> = absences(&invoice, places).into_iter().filter(untold).collect();
    faults.extend(absences);
    faults.extend(doubtful_dates(&invoice, places));
    faults.extend(doubtful_totals(&invoice, places));
    Parsed { items: vec![invoice], faults }
}

fn refusals(invoice: &InvoiceDocument, places: &Places) -> Vec<Fault> {
    let mut faults = Vec::new();
    if invoice.number.is_empty() {
        faults.push(Fault::refusal(
            "facture-sans-numero",
            &places.number,
            "La facture n’a pas de numéro : demandez-la à nouveau, ou saisissez-la à la main.",
        ));
    }
    let totals = &invoice.totals;
    if totals.with_tax.or(totals.due_payable).or(totals.without_tax).is_none() {
        faults.push(Fault::refusal(
            "facture-sans-montant",
            &places.with_tax,
            "La facture n’a aucun total lisible : demandez-la à nouveau, ou saisissez-la à la main.",
        ));
    }
    faults
}

fn settle_nature(invoice: &mut InvoiceDocument, places: &Places) -> Option<Fault> {
    let known = invoice.type_code.as_deref().and_then(nature_of_type);
    invoice.nature = match invoice.syntax {
        Syntax::UblCreditNote => Nature::CreditNote,
        Syntax::Cii | Syntax::CrossIndustryDocument | Syntax::UblInvoice => known.unwrap_or(Nature::Invoice),
    };
    let was_credit_note = invoice.nature == Nature::CreditNote;
    invoice.make_amounts_positive();
    let (code, sentence) = match invoice.type_code.as_deref() {
        _ if was_credit_note && invoice.amounts_were_negative => (
            "avoir-negatif",
            "Cet avoir est écrit avec des montants négatifs : il a été lu comme un avoir ordinaire, \
             vérifiez qu’il ne s’agit pas de l’annulation d’un avoir."
                .to_owned(),
        ),
        Some("325") => (
            "facture-pro-forma",
            "Ce document est une facture pro forma, qui ne vaut pas créance : enregistrez plutôt la facture définitive."
                .to_owned(),
        ),
        Some(type_code) if known.is_none() => (
            "type-inconnu",
            format!(
                "Le type de document « {} » n’est pas un type de facture : vérifiez qu’il s’agit bien d’une facture.",
                excerpt(type_code)
            ),
        ),
        _ => return None,
    };
    Some(Fault::warning(code, &places.type_code, sentence))
}

fn absences(invoice: &InvoiceDocument, places: &Places) -> Vec<Fault> {
    let is_debt = invoice.nature != Nature::CreditNote;
    let candidates = [
        (
            invoice.issue_date.is_none(),
            "facture-sans-date",
            &places.issue_date,
            "La date de la facture manque : indiquez-la d’après l’original.",
        ),
        (
            is_debt && invoice.due_dates.is_empty(),
            "facture-sans-echeance",
            &places.due_date,
            "La facture ne donne pas de date d’échéance : indiquez-la, ou laissez Dûment la calculer d’après les \
             conditions de paiement.",
        ),
        (
            invoice.currency.is_none(),
            "facture-sans-devise",
            &places.currency,
            "La devise de la facture n’est pas connue : indiquez-la d’après l’original.",
        ),
        (
            invoice.seller.name.is_none(),
            "vendeur-sans-nom",
            &places.seller_name,
            "Le nom du vendeur manque : vérifiez que cette facture est bien la vôtre.",
        ),
        (
            invoice.buyer.name.is_none(),
            "client-sans-nom",
            &places.buyer_name,
            "Le nom du client manque : choisissez le client auquel rattacher cette facture.",
        ),
        (
            invoice.totals.with_tax.is_none(),
            "facture-sans-ttc",
            &places.with_tax,
            "Le total TTC manque : vérifiez le montant que Dûment calcule d’après les autres totaux.",
        ),
        (
            invoice.totals.due_payable.is_none(),
            "facture-sans-net-a-payer",
            &places.due_payable,
            "Le montant à payer manque : vérifiez celui que Dûment calcule d’après le total TTC et les acomptes.",
        ),
    ];
    let missing = candidates.into_iter().filter(|(is_missing, ..)| *is_missing);
    missing.map(|(_, code, place, sentence)| Fault::warning(code, place, sentence)).collect()
}

fn doubtful_dates(invoice: &InvoiceDocument, places: &Places) -> Option<Fault> {
    let issued = invoice.issue_date?;
    let first_due = invoice.due_dates.iter().map(|due| due.date).min()?;
    (first_due < issued).then(|| {
        let sentence = format!(
            "L’échéance, le {}, est avant la date de la facture, le {} : vérifiez les deux dates sur l’original.",
            french::date(first_due),
            french::date(issued)
        );
        Fault::warning("echeance-avant-emission", &places.due_date, sentence)
    })
}

fn doubtful_totals(invoice: &InvoiceDocument, places: &Places) -> Vec<Fault> {
    let totals = &invoice.totals;
    let zero = Some(Amount::ZERO);
    let plus = |left: Option<Amount>, right: Option<Amount>| Some(left? + right?);
    let lines = &invoice.tax_breakdown;
    let dues = &invoice.due_dates;
    // The profile MINIMUM has no field for what is already paid: its silence is not a zero.
    let payable =
        totals.prepaid.and_then(|prepaid| plus(totals.with_tax, totals.rounding.or(zero)).map(|sum| sum - prepaid));
    let comparisons = [
        Comparison {
            said: totals.with_tax,
            found: plus(totals.without_tax, totals.tax),
            code: "ttc-incoherent",
            place: &places.with_tax,
            words: ["Le total TTC annoncé", "le total HT et la TVA font"],
        },
        Comparison {
            said: totals.tax,
            found: sum(lines.iter().map(|line| line.amount)),
            code: "tva-incoherente",
            place: &places.tax,
            words: ["Le total de TVA annoncé", "la ventilation par taux donne"],
        },
        Comparison {
            said: totals.without_tax,
            found: sum(lines.iter().map(|line| line.base)),
            code: "ht-incoherent",
            place: &places.without_tax,
            words: ["Le total HT annoncé", "les bases de la ventilation de TVA donnent"],
        },
        Comparison {
            said: totals.due_payable,
            found: payable,
            code: "net-a-payer-incoherent",
            place: &places.due_payable,
            words: ["Le montant à payer annoncé", "le total TTC moins les acomptes donne"],
        },
        Comparison {
            said: totals.due_payable,
            found: sum(dues.iter().map(|due| due.amount)),
            code: "echeances-incoherentes",
            place: &places.due_date,
            words: ["Le montant à payer annoncé", "les échéances donnent ensemble"],
        },
    ];
    comparisons.iter().filter_map(|comparison| comparison.fault(invoice.currency)).collect()
}

/// A total that is said, and the same one found by another way.
struct Comparison<'a> {
    said: Option<Amount>,
    found: Option<Amount>,
    code: &'static str,
    place: &'a str,
    words: [&'static str; 2],
}

impl Comparison<'_> {
    /// A difference of one cent is rounding; more is a doubt.
    fn fault(&self, currency: Option<Currency>) -> Option<Fault> {
        let (said, found) = (self.said?, self.found?);
        let [announced, computed] = self.words;
        ((said - found).abs() > Amount::from_cents(1)).then(|| {
            let sentence = format!(
                "{announced} est de {}, mais {computed} {} : vérifiez les montants sur l’original.",
                written(said, currency),
                written(found, currency)
            );
            Fault::warning(self.code, self.place, sentence)
        })
    }
}

/// Adds up amounts when there is at least one and none is missing.
fn sum(amounts: impl Iterator<Item = Option<Amount>>) -> Option<Amount> {
    let amounts = amounts.collect::<Option<Vec<_>>>()?;
    (!amounts.is_empty()).then(|| amounts.into_iter().sum())
}

fn written(amount: Amount, currency: Option<Currency>) -> String {
    match currency {
        Some(currency) => french::money(amount, currency),
        None => french::number(amount.decimal()),
    }
}
