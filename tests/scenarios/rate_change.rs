//! A part payment after the rate of the semester changed, on real invoices with the rate of the law.

use std::fs;

use super::reckoning::{Debt, RateFrom, Reckoned, assert_totals, cents, list, nearest};
use crate::support::cli::{Desk, samples};

const INVOICES: [(&str, &str); 3] = [
    ("cii/xpz12_UC1_F202500003_00-INV_20250701_CII_EN16931.xml", "F202500003"),
    ("facturx/xpz12014_UC2_F202500004_00-INV_20250701_FX_EN16931.pdf", "F202500004"),
    ("facturx/xpz12014_UC10_F202600004_MULTI-VENDEUR_FX_Commentee_EXTENDED.pdf", "F202600004"),
];

/// Refinancing rate of the European Central Bank, 2,15 then 2,40, and ten points.
const LAW: [RateFrom; 3] = [("2025-07-01", 1_215), ("2026-01-01", 1_215), ("2026-07-01", 1_240)];

const DEBTS: [Debt; 3] = [
    Debt { due: "2025-07-31", cents: 1_200_000, paid: &[], indemnity: 4_000 },
    Debt {
        due: "2025-07-31",
        cents: 1_200_000,
        paid: &[("2026-07-10", 500_000), ("2026-08-20", 7_777)],
        indemnity: 4_000,
    },
    Debt { due: "2026-02-02", cents: 615_000, paid: &[("2026-06-30", 600_000)], indemnity: 4_000 },
];

#[test]
fn a_part_payment_after_the_rate_changed_is_counted_to_the_cent() {
    let Some(samples) = samples() else { return };
    let desk = Desk::new();
    for (file, _) in INVOICES {
        fs::copy(samples.join(file), desk.path(file.rsplit('/').next().unwrap())).unwrap();
    }
    let files = INVOICES.map(|(file, _)| file.rsplit('/').next().unwrap()).join(" ");
    desk.on("2026-01-10", r#"nouveau e.dument --nom "LE VENDEUR" --siren 100000009"#);
    let seen = desk.on("2026-01-10", &format!("importer e.dument {files} --apercu"));
    assert_eq!(list(&desk.on("2026-01-10", "clients e.dument")).len(), 0, "a preview records nothing");
    let import = desk.on("2026-01-10", &format!("importer e.dument {files}"));
    assert_eq!(import, seen, "what is seen is what is taken in");
    assert_eq!(list(&desk.on("2026-01-10", "clients e.dument")).len(), 1, "the three have one customer");

    desk.on(
        "2026-06-30",
        r#"encaisser e.dument --client "LE CLIENT" --montant 6000 --recu 2026-06-30 --facture F202600004"#,
    );
    desk.on(
        "2026-07-10",
        r#"encaisser e.dument --client "LE CLIENT" --montant "5 000,00" --recu 2026-07-10 --facture F202500004"#,
    );
    desk.on(
        "2026-08-20",
        r#"encaisser e.dument --client "LE CLIENT" --montant 77,77 --recu 2026-08-20 --facture F202500004"#,
    );

    let statement = desk.on("2026-09-15", r#"decompte e.dument --client "LE CLIENT""#);
    let claims: Vec<Reckoned> = DEBTS.iter().map(|debt| Reckoned::of(debt, &LAW, "2026-09-15")).collect();
    for ((reckoned, (_, number)), claim) in claims.iter().zip(INVOICES).zip(list(&statement["factures"])) {
        assert_eq!(claim["numero"], number);
        reckoned.assert_agrees(claim);
    }
    assert_totals(&statement, &claims);
    let principal: i64 = claims.iter().map(|claim| claim.principal).sum();
    assert_eq!(cents(&statement["par_jour"]), nearest(principal * 1_240, 365 * 10_000));

    let paid = list(&statement["factures"]).iter().flat_map(|claim| list(&claim["encaissements"]));
    assert_eq!(
        paid.map(|payment| cents(&payment["montant"])).sum::<i64>(),
        1_107_777,
        "no cent of what was paid is lost"
    );
}
