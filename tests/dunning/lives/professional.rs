//! A professional, from May 2024 to May 2026: everything that can happen, to the insolvency.
//!
//! Rates of the law: 14,50 % (BCE 4,50 + 10) to June 2024, 14,25 % to December 2024, 13,15 % to June 2025.

use dument_workflows::Office;
use dument_workflows::arrangements::{lapse_plan, list_plans};
use dument_workflows::letters::{LetterQuery, issue_letter};
use dument_workflows::limitation::{ActEntry, record_limitation_act};
use dument_workflows::words::{
    CallOutcome, Channel, DeliveryOutcome, DisputeOutcome, InsolvencyKind, LetterModel, LimitationActKind, Mandatary,
    Standing,
};

use super::{
    answered, claims, confide, decide, disputed, expect, hold, insolvent, plan, postpone, quiet, reference, resume,
    settled, write, write_freely,
};
use crate::support::office::{
    CLIENT, agenda, assert_says, bill, call, company_reaching, credit, credit_note, day, euros, invoice, letter, noon,
    only_task, pay, payment, promise, statement, why,
};

#[test]
fn two_years_of_a_professional_from_the_courtesy_notice_to_the_insolvency() {
    let mut office = company_reaching(Standing::Professional);
    a_promise_is_kept_and_the_next_one_broken(&mut office);
    a_part_is_disputed_and_the_rest_goes_on(&mut office);
    a_plan_is_agreed_missed_and_lapses_after_notice(&mut office);
    he_is_put_on_notice_and_does_not_fetch_the_letter(&mut office);
    the_case_is_handed_over_and_taken_back(&mut office);
    another_invoice_is_postponed(&mut office);
    a_court_stops_everyone(&mut office);
}

fn a_promise_is_kept_and_the_next_one_broken(office: &mut Office) {
    bill(office, invoice("F-1", "2024-05-31", "12000"));
    expect(office, "2024-05-26", &[("courriel", "12000.00")]);
    let (_, notice) = write(office, "2024-05-26", Channel::Email);
    claims(&notice, LetterModel::RappelEcheance, ["12000", "0", "0", "12000"]);
    quiet(office, &["2024-05-27", "2024-05-31"]);
    expect(office, "2024-06-01", &[("appel", "12000.00")]);
    call(office, "2024-06-01", CallOutcome::Reached, "virement de 5 000 € à la mi-juin");
    promise(office, "2024-06-01", "5000", "2024-06-14");
    quiet(office, &["2024-06-08", "2024-06-13"]);
    assert_says(
        &why(office, "F-1", "2024-06-08"),
        "rien avant le 17 juin 2024, promesse de 5 000,00 € pour le 14 juin 2024",
    );

    // Thirteen days on 12 000 at 14,50 %: 61,97; 12 000 − (5 000 − 61,97) = 7 061,97.
    pay(office, payment("2024-06-13", "5000"));
    expect(office, "2024-06-14", &[("courriel", "7061.97")]);
    let (_, first) = write(office, "2024-06-14", Channel::Email);
    claims(&first, LetterModel::RelanceAmiable, ["7061.97", "0", "0", "7061.97"]);
    promise(office, "2024-06-20", "7000", "2024-06-28");
    quiet(office, &["2024-06-22", "2024-06-27"]);
    expect(office, "2024-06-28", &[("promesse-echue", "7000.00")]);
    expect(office, "2024-06-30", &[("promesse-echue", "7000.00")]);

    // Seventeen days at 14,50 % and one at 14,25 % on 7 061,97: 47,69 + 2,76.
    let task = only_task(office, "2024-07-01");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("courriel", Some("relance-2"), euros("7061.97")));
    assert_says(&task.grounds.join(" "), "Promesse de 7 000,00 € pour le 28 juin 2024 non tenue");
    let (_, second) = write(office, "2024-07-01", Channel::Email);
    claims(&second, LetterModel::RelancePromesse, ["7061.97", "50.45", "40", "7152.42"]);
}

fn a_part_is_disputed_and_the_rest_goes_on(office: &mut Office) {
    let dispute = disputed(office, "F-1", "2024-07-05", Some("1500"));
    expect(office, "2024-07-09", &[("lrar", "5561.97")]);
    assert_says(&why(office, "F-1", "2024-07-09"), "1 500,00 € sont contestés, le reste est réclamé");
    let answer = LetterQuery {
        note: Some("Les photos du bon de livraison montrent deux éléments intacts.".to_owned()),
        ..letter(LetterModel::ReponseContestation)
    };
    let (_, answer) = write_freely(office, &answer, "2024-07-10", Channel::Email);
    assert_eq!(answer.total, euros("5561.97"), "the part that is not disputed");
    settled(office, dispute, "2024-07-12", DisputeOutcome::PartlyFounded);
    credit(office, &credit_note("AV-1", "2024-07-12", "500", Some("F-1")));
    expect(office, "2024-07-12", &[("lrar", "6561.97")]);
}

fn a_plan_is_agreed_missed_and_lapses_after_notice(office: &mut Office) {
    // 6 561,97 + 40 + 47,69 + twelve days on 7 061,97: 33,08 + three days on 6 561,97: 7,69.
    let agreed = plan(office, "2024-07-15", 3, "2024-08-31");
    assert_eq!(agreed.total, euros("6690.43"));
    let parts: Vec<_> = agreed.instalments.iter().map(|part| (part.due_on, part.amount)).collect();
    let expected = [("2024-08-31", "2230.14"), ("2024-09-30", "2230.14"), ("2024-10-31", "2230.15")];
    assert_eq!(parts, expected.map(|(on, amount)| (day(on), euros(amount))));
    hold(office, "2024-08-01", "2024-08-25", "fermeture annuelle");
    quiet(office, &["2024-07-20", "2024-08-05", "2024-08-26", "2024-08-30"]);
    assert_says(&why(office, "F-1", "2024-08-05"), "en attente jusqu’au 25 août 2024 : fermeture annuelle");
    assert_says(&why(office, "F-1", "2024-08-05"), "échéancier en cours, versement attendu le 31 août 2024");

    // 47,69 + 33,08 + forty-nine days on 6 561,97: 125,53, settled first; 6 561,97 − (2 230,14 − 206,30) = 4 538,13.
    pay(office, payment("2024-08-30", "2230.14"));
    quiet(office, &["2024-08-31", "2024-09-29"]);
    expect(office, "2024-09-30", &[("echeance-plan", "4538.13")]);
    expect(office, "2024-10-03", &[("plan-manque", "4538.13")]);
    // Thirty-four days on 4 538,13: 60,24.
    let (_, notice) = write(office, "2024-10-03", Channel::Letter);
    claims(&notice, LetterModel::RelancePromesse, ["4538.13", "60.24", "40", "4638.37"]);
    quiet(office, &["2024-10-04", "2024-10-13"]);
    expect(office, "2024-10-14", &[("plan-manque", "4538.13")]);
    let lapsed = reference(&agreed);
    assert!(lapse_plan(office, lapsed, day("2024-10-13"), &noon(day("2024-10-13"))).is_err());
    lapse_plan(office, lapsed, day("2024-10-14"), &noon(day("2024-10-14"))).unwrap();
    assert_eq!(list_plans(office, Some(CLIENT), day("2024-10-14")).unwrap()[0].state, "dechu");
}

fn he_is_put_on_notice_and_does_not_fetch_the_letter(office: &mut Office) {
    let task = only_task(office, "2024-10-14");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("lrar", Some("mise-en-demeure"), euros("4538.13")));
    // Forty-five days on 4 538,13: 79,73.
    let (notice, seen) = write(office, "2024-10-14", Channel::Lrar);
    claims(&seen, LetterModel::MiseEnDemeure, ["4538.13", "79.73", "40", "4657.86"]);
    answered(office, notice, "2024-10-16", DeliveryOutcome::Presented);
    quiet(office, &["2024-10-23"]);
    expect(office, "2024-10-25", &[("accuse-manquant", "4538.13"), ("decision", "4538.13")]);
    answered(office, notice, "2024-10-31", DeliveryOutcome::Unclaimed);
    expect(office, "2024-11-01", &[("decision", "4538.13")]);
    assert_says(
        &why(office, "F-1", "2024-11-01"),
        "dernière étape faite : mise en demeure le 14 octobre 2024 ; étape atteinte le 24 octobre 2024",
    );

    // A last notice by the owner's own will: sixty-six days, 116,93.
    let (last, seen) = write_freely(office, &letter(LetterModel::DernierAvis), "2024-11-04", Channel::Lrar);
    claims(&seen, LetterModel::DernierAvis, ["4538.13", "116.93", "40", "4695.06"]);
    answered(office, last, "2024-11-06", DeliveryOutcome::Received);
    decide(office, "2024-11-20", "confier le dossier à un commissaire de justice");
    quiet(office, &["2024-11-20", "2024-11-21"]);
    assert_says(
        &why(office, "F-1", "2024-11-20"),
        "toutes les étapes de la politique sont faites : décidez de la suite",
    );
}

fn the_case_is_handed_over_and_taken_back(office: &mut Office) {
    let given = confide(office, "2024-11-21", Mandatary::CommissaireDeJustice, "Me Le Bras");
    quiet(office, &["2024-12-01", "2025-02-01"]);
    assert_says(
        &why(office, "F-1", "2024-12-01"),
        "confiée à un commissaire de justice (Me Le Bras) depuis le 21 novembre 2024",
    );
    // A payment across a change of rate: 123 days at 14,25 %, 217,92, and fifteen at 13,15 %, 24,52.
    pay(office, payment("2025-01-15", "1000"));
    let sheet = statement(office, "2025-01-15", &[]);
    let tail: Vec<_> = sheet.claims[0].lines.iter().rev().take(2).map(|line| (line.days, line.amount)).collect();
    assert_eq!(tail, [(15, euros("24.52")), (123, euros("217.92"))]);
    // 4 538,13 − (1 000 − 242,44) = 3 780,57.
    assert_eq!((sheet.total_principal, sheet.total), (euros("3780.57"), euros("3820.57")));
    resume(office, given, "2025-03-10");
    quiet(office, &["2025-03-10"]);
    assert_says(
        &why(office, "F-1", "2025-03-10"),
        "toutes les étapes de la politique sont faites : décidez de la suite",
    );
}

fn another_invoice_is_postponed(office: &mut Office) {
    bill(office, invoice("F-2", "2025-04-30", "800"));
    expect(office, "2025-05-01", &[("appel", "800.00")]);
    call(office, "2025-05-01", CallOutcome::Reached, "il manque un colis");
    postpone(office, "F-2", "2025-05-05", "2025-05-31");
    quiet(office, &["2025-05-08", "2025-05-31", "2025-06-07"]);
    assert_says(
        &why(office, "F-2", "2025-05-08"),
        "échéance le 31 mai 2025 ; échéance reportée, elle était au 30 avril 2025",
    );
    expect(office, "2025-06-08", &[("courriel", "800.00")]);
    let (_, first) = write(office, "2025-06-08", Channel::Email);
    claims(&first, LetterModel::RelanceAmiable, ["800", "0", "0", "800"]);
}

fn a_court_stops_everyone(office: &mut Office) {
    insolvent(office, InsolvencyKind::LiquidationJudiciaire, "2025-06-20", "2025-07-03");
    expect(office, "2025-07-04", &[("declarer-creance", "4580.57")]);
    let task = only_task(office, "2025-07-04");
    assert_eq!((task.by, task.invoices), (day("2025-09-03"), vec!["F-1".to_owned(), "F-2".to_owned()]));
    assert_says(&task.grounds.join(" "), "déclarez la créance au plus tard le 3 septembre 2025");
    let frozen = issue_letter(office, &letter(LetterModel::RelanceFerme), &noon(day("2025-07-04")), None);
    assert_eq!(frozen.unwrap_err().code, "procedure-collective");
    let declared = ActEntry {
        debtor: CLIENT.to_owned(),
        invoices: vec!["F-1".to_owned(), "F-2".to_owned()],
        on: day("2025-07-15"),
        kind: LimitationActKind::ClaimDeclared,
        ended_on: None,
        proof: None,
    };
    record_limitation_act(office, &declared, &noon(day("2025-07-15"))).unwrap();
    quiet(office, &["2025-07-15", "2025-12-31", "2026-05-31"]);

    // Through 19 June: 155 days on 3 780,57, 211,12; nineteen on 800, 5,48; and forty euros each. Not a cent more a year later.
    for on in ["2025-06-20", "2025-12-31", "2026-05-31"] {
        let sheet = statement(office, on, &[]);
        assert_eq!(
            (sheet.total_principal, sheet.total_interest, sheet.total_indemnity),
            (euros("4580.57"), euros("216.60"), euros("80"))
        );
        assert_eq!((sheet.total, sheet.per_day), (euros("4877.17"), euros("0")));
        assert!(sheet.claims.iter().all(|claim| claim.lines.last().unwrap().through == day("2025-06-19")));
    }
    assert_says(&why(office, "F-2", "2026-05-31"), "procédure collective ouverte le 20 juin 2025 : aucun courrier");
    // The past can still be looked at as it was.
    assert_eq!(agenda(office, "2024-06-01").len(), 0);
    assert_says(&why(office, "F-1", "2024-06-08"), "promesse de 5 000,00 € pour le 14 juin 2024");
}
