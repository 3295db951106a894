//! What follows an invoice: exchanges, agreements, the bank, policies, proceedings.

use std::num::NonZeroU16;

use dument_domain::fact::BankCredit;
use dument_domain::{Currency, Date, Seq};
use dument_workflows::arrangements::{
    DueDateEntry, PlanEntry, Schedule, agree_plan, change_due_date, expect_debit, lapse_plan, lift_hold, set_hold,
};
use dument_workflows::bank::{check_bank, dismiss_credit, see_credit};
use dument_workflows::exchanges::{
    ContactEntry, DisputeEntry, PromiseEntry, close_dispute, confirm_reception, log_contact, open_dispute,
    record_promise,
};
use dument_workflows::journal::cancel_fact;
use dument_workflows::letters::{Confirmation, LetterQuery, issue_letter};
use dument_workflows::payments::{PaymentEntry, record_payment};
use dument_workflows::policies::{AssignmentEntry, JumpEntry, adopt_policy, assign_policy, jump_level, policy_file};
use dument_workflows::proceedings::{
    HandOverEntry, InsolvencyEntry, close_insolvency, hand_over, open_insolvency, take_back,
};
use dument_workflows::steps::carry_out;
use dument_workflows::words::{
    CallOutcome, ContactKind, DisputeKind, DisputeOutcome, InsolvencyKind, InterestFrom, LetterModel, LevelsAfter,
    Mandatary, PlanInterest,
};
use dument_workflows::{Moment, Office};

use super::{Deed, fact_of};
use crate::support::office::{CLIENT, bill, busy, day, euros, invoice, letter, noon, payment, post};

fn on_first() -> Vec<String> {
    vec!["F-1".to_owned()]
}

fn hold(office: &mut Office, moment: &Moment) -> Seq {
    set_hold(office, (CLIENT, &[]), day("2026-06-30"), "congés", moment).unwrap().fact
}

fn dispute(office: &mut Office, moment: &Moment) -> Seq {
    let (debtor, invoice) = (CLIENT.to_owned(), "F-1".to_owned());
    let (kind, said) = (DisputeKind::Price, "trop cher".to_owned());
    let entry = DisputeEntry { debtor, invoice, on: moment.today, amount: Some(euros("100")), kind, said };
    open_dispute(office, entry, moment).unwrap().fact
}

fn promise(office: &mut Office, (made_on, due_on): (&str, &str)) -> Seq {
    let entry = PromiseEntry {
        debtor: CLIENT.to_owned(),
        invoices: on_first(),
        amount: euros("100"),
        currency: None,
        made_on: day(made_on),
        due_on: day(due_on),
        means: None,
    };
    record_promise(office, entry, &noon(day(made_on))).unwrap().fact
}

fn credit(office: &mut Office, moment: &Moment) -> Seq {
    let (booked_on, label) = (day("2026-06-18"), "VIR FOURNIL".to_owned());
    see_credit(office, BankCredit { amount: euros("250"), currency: Currency::EUR, booked_on, label }, moment)
        .unwrap()
        .fact
}

/// Has everything spread out in three parts, the first of which is due on 20 May.
fn plan(office: &mut Office) -> Seq {
    let schedule = Schedule::Even { count: NonZeroU16::new(3).unwrap(), first_on: day("2026-05-20"), every_months: 1 };
    let entry = PlanEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        currency: None,
        agreed_on: day("2026-05-12"),
        schedule,
        interest: PlanInterest::Continues,
        lapse_notice_days: Some(8),
    };
    let agreed = agree_plan(office, &entry, &noon(day("2026-05-12")), None).unwrap();
    Seq::new(agreed.plan.unwrap().parse().unwrap())
}

fn issue(office: &mut Office, query: &LetterQuery, on: Date) -> Seq {
    let issued = issue_letter(office, query, &noon(on), None).unwrap();
    Seq::new(issued.letter.unwrap().parse().unwrap())
}

fn lapse(office: &mut Office) -> Seq {
    let plan = plan(office);
    let notice = issue(office, &letter(LetterModel::RelancePromesse), day("2026-05-25"));
    post(office, notice, day("2026-05-25"));
    lapse_plan(office, plan, day("2026-06-10"), &noon(day("2026-06-10"))).unwrap().fact
}

/// Adopts the policy of professionals, with a call a day later.
fn adopt(office: &mut Office, moment: &Moment) -> Seq {
    let file = policy_file(office, "Professionnels").unwrap().replace("jours = 1\n", "jours = 2\n");
    adopt_policy(office, file.as_bytes(), moment).unwrap().done.fact
}

fn assign(office: &mut Office, policy: &str, moment: &Moment) -> Seq {
    let (debtor, reason) = (CLIENT.to_owned(), "client fidèle".to_owned());
    let entry = AssignmentEntry { debtor, invoice: None, policy: policy.to_owned(), reason };
    assign_policy(office, &entry, moment).unwrap().done.fact
}

fn insolvency(office: &mut Office, moment: &Moment) -> Seq {
    let entry = InsolvencyEntry {
        debtor: CLIENT.to_owned(),
        kind: InsolvencyKind::LiquidationJudiciaire,
        judgment_on: day("2026-06-10"),
        published_on: None,
        court: None,
        representative: None,
    };
    open_insolvency(office, entry, moment).unwrap().fact
}

fn entrust(office: &mut Office, moment: &Moment) -> Seq {
    let entry = HandOverEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: moment.today,
        to: Mandatary::Lawyer,
        name: "Me Le Gall".to_owned(),
        reference: None,
    };
    hand_over(office, entry, moment).unwrap().fact
}

/// Calls about what fell due last, of which nothing was said yet: the agenda asks for it.
fn call(office: &mut Office, moment: &Moment) -> Seq {
    bill(office, invoice("F-3", "2026-05-31", "400"));
    let entry = ContactEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: moment.today,
        kind: ContactKind::Call(CallOutcome::Reached),
        with: None,
        by: None,
        cause: None,
        said: "rappelle demain".to_owned(),
    };
    log_contact(office, entry, moment).unwrap().fact
}

pub const DEEDS: [Deed; 21] = [
    ("reception_confirmed", |office, moment| {
        let how = (moment.today, "statut Déposée");
        confirm_reception(office, (CLIENT, "F-1"), how, None, moment).unwrap().fact
    }),
    ("due_date_changed", |office, moment| {
        let entry = DueDateEntry {
            debtor: CLIENT.to_owned(),
            invoice: "F-1".to_owned(),
            instalment: None,
            due_on: day("2026-07-31"),
            interest: InterestFrom::NewDueDate,
            levels: LevelsAfter::StartAgain,
            reason: "travaux".to_owned(),
            proof: None,
        };
        change_due_date(office, entry, moment).unwrap().fact
    }),
    ("bank_checked", |office, moment| check_bank(office, moment.today, moment).unwrap().fact),
    ("bank_credit_seen", credit),
    ("bank_credit_dismissed", |office, moment| {
        let seen = credit(office, moment);
        dismiss_credit(office, seen, "apport du gérant", moment).unwrap().fact
    }),
    ("contact_logged", call),
    ("promise_made", |office, _| promise(office, ("2026-06-20", "2026-06-30"))),
    ("dispute_opened", dispute),
    ("dispute_closed", |office, moment| {
        let dispute = dispute(office, moment);
        close_dispute(office, dispute, (moment.today, DisputeOutcome::Unfounded), "preuve fournie", moment)
            .unwrap()
            .fact
    }),
    ("plan_agreed", |office, _| plan(office)),
    ("plan_lapsed", |office, _| lapse(office)),
    ("hold_set", hold),
    ("hold_lifted", |office, moment| {
        let hold = hold(office, moment);
        lift_hold(office, hold, "rentré", moment).unwrap().fact
    }),
    ("direct_debit_expected", |office, moment| {
        expect_debit(office, (CLIENT, &on_first()), (day("2026-06-25"), 5), moment).unwrap().fact
    }),
    ("policy_adopted", adopt),
    ("policy_assigned", |office, moment| assign(office, "Relation à ménager", moment)),
    ("level_jumped", |office, moment| {
        let (debtor, invoice, level) = (CLIENT.to_owned(), "F-1".to_owned(), "decision".to_owned());
        let entry = JumpEntry { debtor, invoice, instalment: None, level, reason: "il se moque".to_owned() };
        jump_level(office, &entry, moment).unwrap().done.fact
    }),
    ("handed_over", entrust),
    ("taken_back", |office, moment| {
        let given = entrust(office, moment);
        take_back(office, given, moment.today, "sans suite", moment).unwrap().fact
    }),
    ("insolvency_opened", insolvency),
    ("insolvency_closed", |office, moment| {
        let opened = insolvency(office, moment);
        close_insolvency(office, opened, moment.today, "clôture", moment).unwrap().fact
    }),
];

/// Something that builds on a fact: returns that fact, and what was built on it.
type Built = (&'static str, fn(&mut Office, &Moment) -> (Seq, Seq));

/// What a later fact rests on, each in its own way.
const BUILT: [Built; 12] = [
    ("a promise that a letter quotes", |office, _| {
        let promise = promise(office, ("2026-05-20", "2026-05-25"));
        (promise, issue(office, &letter(LetterModel::RelancePromesse), day("2026-06-01")))
    }),
    ("a call that a letter confirms", |office, moment| {
        let call = call(office, moment);
        (call, issue(office, &letter(LetterModel::ConfirmationEntretien), moment.today))
    }),
    ("a dispute that a letter answers", |office, moment| {
        let dispute = dispute(office, moment);
        (dispute, issue(office, &letter(LetterModel::ReponseContestation), moment.today))
    }),
    ("a plan whose agreement was drawn up", |office, _| {
        let plan = plan(office);
        (plan, Seq::new(plan.get() + 1))
    }),
    ("a plan that lapsed", |office, _| {
        let lapse = lapse(office);
        (fact_of(office, "plan_agreed"), lapse)
    }),
    ("a notice after which a plan lapsed", |office, _| {
        let lapse = lapse(office);
        (Seq::new(lapse.get() - 2), lapse)
    }),
    ("a dispute that was closed", |office, moment| {
        let dispute = dispute(office, moment);
        let how = (moment.today, DisputeOutcome::Unfounded);
        (dispute, close_dispute(office, dispute, how, "preuve fournie", moment).unwrap().fact)
    }),
    ("a hold that was lifted", |office, moment| {
        let hold = hold(office, moment);
        (hold, lift_hold(office, hold, "rentré", moment).unwrap().fact)
    }),
    ("a policy that a customer is under", |office, moment| {
        let policy = adopt(office, moment);
        (policy, assign(office, "Professionnels", moment))
    }),
    ("a policy under which a call was made", |office, moment| {
        let policy = adopt(office, moment);
        (policy, call(office, moment))
    }),
    ("a policy under which a letter was drawn up", |office, moment| {
        let waiting = super::last_letter(office, 1);
        cancel_fact(office, waiting, "inutile", moment).unwrap();
        let policy = adopt(office, moment);
        call(office, moment);
        let written = carry_out(office, CLIENT, Confirmation::Given, moment, None).unwrap();
        (policy, Seq::new(written.letter.unwrap().letter.unwrap().parse().unwrap()))
    }),
    ("a credit that a payment explains", |office, moment| {
        let credit = credit(office, moment);
        let entry = PaymentEntry { credit: Some(credit), ..payment("2026-06-18", "250") };
        (credit, record_payment(office, entry, moment).unwrap().fact)
    }),
];

#[test]
fn what_something_builds_on_is_cancelled_after_it() {
    let moment = noon(day("2026-06-20"));
    for (what, build) in BUILT {
        let mut office = busy();
        let (fact, on_it) = build(&mut office, &moment);
        let recorded = office.ledger().facts().len();
        let refused = cancel_fact(&mut office, fact, "erreur", &moment).unwrap_err();
        assert_eq!(refused.code, "fait-utilise", "{what}");
        let named =
            refused.message.split_once("annulez d’abord les faits n°").map(|(_, named)| named).unwrap_or_default();
        let named: Vec<u64> = named.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
        assert!(named.contains(&on_it.get()), "{what}: {refused}");
        assert_eq!(office.ledger().facts().len(), recorded, "{what}");
        // As it is told, the last one first: then nothing stands in the way.
        for later in (fact.get() + 1..=recorded as u64).rev() {
            if office.ledger().cancellation(Seq::new(later)).is_none() {
                cancel_fact(&mut office, Seq::new(later), "erreur", &moment).unwrap();
            }
        }
        cancel_fact(&mut office, fact, "erreur", &moment).unwrap();
    }
}
