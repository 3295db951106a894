//! A consumer, from October 2024 to October 2026: softer words, no indemnity, interest from the mise en demeure only.
//!
//! Legal rates, professional creditor: 4,92 % to December 2024, 3,71 % to June 2025, 2,76 % to December 2025, 2,62 % to June 2026.

use dument_workflows::Office;
use dument_workflows::arrangements::list_plans;
use dument_workflows::debtors::correct_debtor;
use dument_workflows::gestures::grant_waiver;
use dument_workflows::letters::LetterQuery;
use dument_workflows::words::{
    CallOutcome, Channel, DeliveryOutcome, DisputeOutcome, LetterModel, Mandatary, Standing, WaiverObject,
};

use super::{
    answered, claims, confide, decide, disputed, expect, hold, plan, quiet, resume, settled, write, write_freely,
};
use crate::support::office::{
    CLIENT, act, assert_says, bill, call, company_reaching, credit, credit_note, day, euros, invoice, letter, noon,
    only_task, pay, payment, promise, reachable, statement, why,
};

#[test]
fn two_years_of_a_consumer_from_the_courtesy_notice_to_the_limitation() {
    let mut office = company_reaching(Standing::Consumer);
    nobody_answers_and_the_reminders_go_on(&mut office);
    he_is_put_on_notice_and_interest_begins(&mut office);
    a_plan_is_kept_and_the_rest_is_given_up(&mut office);
    another_invoice_waits_for_the_end_of_august(&mut office);
    the_mise_en_demeure_comes_back(&mut office);
    the_clock_of_limitation_is_shown(&mut office);
}

fn nobody_answers_and_the_reminders_go_on(office: &mut Office) {
    bill(office, invoice("F-1", "2024-10-15", "2400"));
    let (_, notice) = write(office, "2024-10-10", Channel::Email);
    claims(&notice, LetterModel::RappelEcheance, ["2400", "0", "0", "2400"]);
    for (on, said) in
        [("2024-10-16", None), ("2024-10-17", Some("16 octobre 2024")), ("2024-10-18", Some("17 octobre 2024"))]
    {
        expect(office, on, &[("appel", "2400.00")]);
        if let Some(said) = said {
            assert_says(&why(office, "F-1", on), &format!("personne n’a répondu à l’appel du {said}"));
        }
        call(office, on, CallOutcome::Unreachable, "");
        quiet(office, &[on]);
    }
    // Three calls to nobody are enough.
    quiet(office, &["2024-10-19", "2024-10-22"]);
    assert_says(&why(office, "F-1", "2024-10-19"), "prochaine étape : relance amiable le 23 octobre 2024");
    let (_, first) = write(office, "2024-10-23", Channel::Email);
    claims(&first, LetterModel::RelanceAmiable, ["2400", "0", "0", "2400"]);
    promise(office, "2024-10-30", "800", "2024-11-05");
    pay(office, payment("2024-11-05", "800"));
    // No interest runs yet: all of it settles the principal.
    expect(office, "2024-11-05", &[("lettre", "1600.00")]);
    let (_, second) = write(office, "2024-11-05", Channel::Letter);
    claims(&second, LetterModel::RelanceFerme, ["1600", "0", "0", "1600"]);
}

fn he_is_put_on_notice_and_interest_begins(office: &mut Office) {
    // The letter takes three days and leaves ten: 18 November; the policy says the 19th.
    quiet(office, &["2024-11-18"]);
    let task = only_task(office, "2024-11-19");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("lrar", Some("mise-en-demeure"), euros("1600")));
    let (notice, seen) = write(office, "2024-11-19", Channel::Lrar);
    claims(&seen, LetterModel::MiseEnDemeure, ["1600", "0", "0", "1600"]);
    assert_eq!(statement(office, "2024-11-20", &[]).warnings[0].code, "mise-en-demeure-absente");
    answered(office, notice, "2024-11-21", DeliveryOutcome::Received);
    let dispute = disputed(office, "F-1", "2024-11-25", Some("300"));
    // Received on the 21st, fifteen days to pay: the decision comes on 6 December, on what is not disputed.
    quiet(office, &["2024-12-05"]);
    expect(office, "2024-12-06", &[("decision", "1300.00")]);
    settled(office, dispute, "2024-12-10", DisputeOutcome::Founded);
    credit(office, &credit_note("AV-1", "2024-12-10", "300", Some("F-1")));
    // Nineteen days on 1 600 at 4,92 %: 4,10.
    let sheet = statement(office, "2024-12-10", &[]);
    assert_eq!(
        (sheet.claims[0].lines[0].from, sheet.total_interest, sheet.total),
        (day("2024-11-22"), euros("4.10"), euros("1304.10"))
    );
}

fn a_plan_is_kept_and_the_rest_is_given_up(office: &mut Office) {
    // 1 300 + 4,10 + five days at 4,92 %: 0,88.
    let agreed = plan(office, "2024-12-15", 4, "2025-01-31");
    let parts: Vec<_> = agreed.instalments.iter().map(|part| part.amount).collect();
    assert_eq!((agreed.total, parts), (euros("1304.98"), ["326.24", "326.24", "326.24", "326.26"].map(euros).to_vec()));
    quiet(office, &["2024-12-31", "2025-01-30"]);
    assert_says(&why(office, "F-1", "2025-01-30"), "versement attendu le 31 janvier 2025");
    for (on, amount) in
        [("2025-01-31", "326.24"), ("2025-02-28", "326.24"), ("2025-03-31", "326.24"), ("2025-04-30", "326.26")]
    {
        pay(office, payment(on, amount));
        assert_eq!(agreed.instalments.iter().find(|part| part.due_on == day(on)).unwrap().amount, euros(amount));
    }
    let kept = list_plans(office, Some(CLIENT), day("2025-04-30")).unwrap().remove(0);
    assert_eq!((kept.state, kept.received), ("tenu", euros("1304.98")));
    // Interest went on meanwhile, and was settled first: 4,10 + 21 days (3,68) + 31 days (4,10), then 28 days on 985,64
    // (2,81), 31 days on 662,21 (2,09), 30 days on 338,06 (1,03).
    let left = statement(office, "2025-04-30", &[]).total_principal;
    assert_eq!(left, euros("12.83"));
    let because = "échéancier tenu, intérêts abandonnés";
    let given_up = WaiverObject::Principal { amount: left };
    grant_waiver(office, (CLIENT, "F-1"), given_up, (day("2025-04-30"), because), &noon(day("2025-04-30"))).unwrap();
    quiet(office, &["2025-04-30", "2025-05-31"]);
    assert_says(&why(office, "F-1", "2025-05-31"), "plus rien à faire, elle est réglée");
    assert_eq!(statement(office, "2025-05-31", &[]).total, euros("0"));
}

fn another_invoice_waits_for_the_end_of_august(office: &mut Office) {
    bill(office, invoice("F-2", "2025-06-30", "950"));
    let (_, notice) = write(office, "2025-06-25", Channel::Email);
    claims(&notice, LetterModel::RappelEcheance, ["950", "0", "0", "950"]);
    expect(office, "2025-07-01", &[("appel", "950.00")]);
    call(office, "2025-07-01", CallOutcome::Reached, "en congés jusqu’à la fin d’août");
    hold(office, "2025-07-07", "2025-08-31", "congés, il rappelle à la rentrée");
    quiet(office, &["2025-07-08", "2025-08-15", "2025-08-31"]);
    assert_says(
        &why(office, "F-2", "2025-08-15"),
        "rien avant le 1er septembre 2025, en attente jusqu’au 31 août 2025",
    );
    // One step, the next one, although three have passed.
    let task = only_task(office, "2025-09-01");
    assert_eq!((task.level.as_deref(), task.amount), (Some("relance-1"), euros("950")));
    assert_says(&task.grounds.join(" "), "3 étapes suivantes sont déjà passées");
    write(office, "2025-09-01", Channel::Email);
    quiet(office, &["2025-09-01", "2025-09-10"]);
    let (_, second) = write(office, "2025-09-11", Channel::Letter);
    claims(&second, LetterModel::RelanceFerme, ["950", "0", "0", "950"]);
}

fn the_mise_en_demeure_comes_back(office: &mut Office) {
    let (notice, _) = write(office, "2025-09-24", Channel::Lrar);
    answered(office, notice, "2025-09-29", DeliveryOutcome::Returned);
    expect(office, "2025-09-29", &[("courrier-revenu", "950.00")]);
    let mut moved = reachable(CLIENT, Standing::Consumer);
    moved.party.address = Some("5 impasse des Goémons, 29100 Douarnenez".to_owned());
    correct_debtor(office, CLIENT, moved, &noon(day("2025-10-02"))).unwrap();
    quiet(office, &["2025-10-02"]);
    // What came back put nobody on notice: no interest. The owner writes it again, to the right door.
    assert_eq!(statement(office, "2025-10-02", &[]).total, euros("950"));
    let again = LetterQuery { delay_days: Some(15), ..letter(LetterModel::MiseEnDemeure) };
    let (again, seen) = write_freely(office, &again, "2025-10-02", Channel::Lrar);
    claims(&seen, LetterModel::MiseEnDemeure, ["950", "0", "0", "950"]);
    answered(office, again, "2025-10-04", DeliveryOutcome::Received);
    expect(office, "2025-10-20", &[("decision", "950.00")]);
    decide(office, "2025-10-20", "confier à un commissaire de justice, petites créances");
    let given = confide(office, "2025-10-21", Mandatary::CommissaireDeJustice, "Me Le Bras");
    quiet(office, &["2025-12-01"]);
    assert_says(&why(office, "F-2", "2025-12-01"), "confiée à un commissaire de justice (Me Le Bras)");
    resume(office, given, "2026-02-16");
    assert_says(
        &why(office, "F-2", "2026-02-16"),
        "toutes les étapes de la politique sont faites : décidez de la suite",
    );
    assert_eq!(act(office, "2026-02-16").unwrap_err().code, "rien-a-faire");
}

fn the_clock_of_limitation_is_shown(office: &mut Office) {
    // From 5 October 2025: 88 days at 2,76 % (6,32), then 181 at 2,62 % (12,34).
    let sheet = statement(office, "2026-06-30", &[]);
    let lines: Vec<_> = sheet.claims[0].lines.iter().map(|line| (line.days, line.amount)).collect();
    assert_eq!(lines, [(88, euros("6.32")), (181, euros("12.34"))]);
    assert_eq!((sheet.total_indemnity, sheet.total), (euros("0"), euros("968.66")));
    // Two years against a consumer: a year before, it is in the list, whatever became of the reminders.
    quiet(office, &["2026-06-29"]);
    let task = only_task(office, "2026-06-30");
    assert_eq!((task.action, task.by, task.amount), ("prescription", day("2027-06-30"), euros("950")));
    assert_says(
        &task.grounds.join(" "),
        "Prescription le 30 juin 2027 : une lettre ne l’interrompt pas, agissez en justice avant",
    );
    // Ninety-seven days more at 2,75 %: 6,94; he pays the whole: 950 + 18,66 + 6,94.
    assert_eq!(statement(office, "2026-10-05", &[]).total, euros("975.60"));
    pay(office, payment("2026-10-05", "975.60"));
    assert_eq!(statement(office, "2026-10-05", &[]).total, euros("0"));
    quiet(office, &["2026-10-05"]);
    assert_says(&why(office, "F-2", "2026-10-05"), "plus rien à faire, elle est réglée");
}
