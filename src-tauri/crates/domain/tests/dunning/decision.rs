//! `decide` alone, on any policy and any case: total, quiet when held, never going back.

use dument_domain::calendar::add_days;
use dument_domain::dunning::case::{Around, Broken};
use dument_domain::dunning::{
    After, Care, Case, Claims, Decision, Done, Level, Means, Policy, PolicyId, StandardPolicy, Suspension, Tone,
    Transit, decide,
};
use dument_domain::fact::{Channel, LetterModel};
use dument_domain::{Amount, Currency, Date, Seq};
use proptest::prelude::*;

use crate::papers::day;
use crate::policies::level_id;

const POLICY: PolicyId = PolicyId::Standard(StandardPolicy::Professional);

/// Any delay: the usual ones, and those that no calendar has.
fn any_days() -> impl Strategy<Value = i32> {
    prop_oneof![8 => -30..90i32, 1 => Just(i32::MIN), 1 => Just(i32::MAX), 1 => any::<i32>()]
}

fn few_days() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0..40u32, 1 => Just(u32::MAX)]
}

fn any_amount() -> impl Strategy<Value = Amount> {
    prop_oneof![Just(Amount::ZERO), (0i64..1_000_000).prop_map(Amount::from_cents), Just(Amount::LIMIT)]
}

fn any_date() -> impl Strategy<Value = Date> {
    prop_oneof![9 => (0u32..900).prop_map(|days| add_days(day("2024-01-01"), days)), 1 => Just(Date::MAX), 1 => Just(Date::MIN)]
}

fn means() -> impl Strategy<Value = Means> {
    prop_oneof![
        Just(Means::Call),
        Just(Means::Decision),
        Just(Means::Writing(Channel::Email)),
        Just(Means::Writing(Channel::Lrar)),
    ]
}

prop_compose! {
    fn level(rank: usize)(
        days in any_days(),
        after_previous in proptest::option::of(few_days()),
        means in means(),
        tone in prop_oneof![Just(Tone::Cordial), Just(Tone::Neutral), Just(Tone::Firm)],
        delay_days in proptest::option::of(few_days()),
        minimum in proptest::option::of(any_amount()),
        archived: bool,
    ) -> Level {
        let after = after_previous.map_or(After::DueDate { days }, |days| After::PreviousLevel { days });
        let model = matches!(means, Means::Writing(_)).then_some(LetterModel::RelanceAmiable);
        let (id, title, claims) = (level_id(&format!("etape-{rank}")), format!("Étape {rank}"), Claims::Principal);
        Level { id, title, after, means, tone, model, delay_days, claims, minimum, by: None, archived }
    }
}

prop_compose! {
    fn care()(
        days in proptest::array::uniform10(few_days()),
        on_working_days: bool,
        banking_tolerance: bool,
    ) -> Care {
        let [email, letter, lrar, lre, between_writings, promise_grace, draft_validity, bank_check, receipt_wait, _] = days;
        let transit = Transit { email, letter, lrar, lre };
        Care {
            transit, between_writings, promise_grace, draft_validity, bank_check, receipt_wait, on_working_days, banking_tolerance
        }
    }
}

prop_compose! {
    /// Any policy, adoptable or not.
    fn policy()(count in 0usize..6)(
        levels in (0..count).map(level).collect::<Vec<_>>(),
        care in care(),
    ) -> Policy {
        Policy { name: "Essai".to_owned(), standing: None, levels, care }
    }
}

fn suspension() -> impl Strategy<Value = Suspension> {
    prop_oneof![
        any_date().prop_map(|until| Suspension::Hold { until, reason: "vacances".to_owned() }),
        any_date().prop_map(|until| Suspension::DirectDebit { debit_on: until, until }),
        any_date().prop_map(|since| Suspension::Dispute { since }),
        any_date().prop_map(|judgment_on| Suspension::Insolvency { judgment_on }),
        Just(Suspension::NotReminded),
    ]
}

prop_compose! {
    fn done()(rank in 0usize..7, on in any_date(), transit in 0u32..9, delay_days in few_days()) -> Done {
        let level = level_id(&format!("etape-{rank}"));
        Done { level, policy: POLICY, on, arrived_on: add_days(on, transit), delay_days }
    }
}

prop_compose! {
    /// Any case, likely or not.
    fn case()(
        due_on in any_date(),
        (remaining, contested, overdue, credit) in (any_amount(), any_amount(), any_amount(), any_amount()),
        done in proptest::collection::vec(done(), 0..4),
        attempts in proptest::collection::vec(any_date(), 0..3),
        suspensions in proptest::collection::vec(suspension(), 0..2),
        (jump, written_on) in (proptest::option::of((0usize..7, any_date())), proptest::option::of(any_date())),
        (prepared, waiting) in (proptest::option::of(0usize..7), proptest::option::of(Just(Seq::new(9)))),
    ) -> Case {
        let named = |rank: usize| level_id(&format!("etape-{rank}"));
        let broken = contested.is_positive().then_some(Broken { promise: Seq::new(3), amount: contested, due_on, received: credit });
        Case {
            invoice: Seq::new(2),
            instalment: 0,
            due_on,
            stated_due_on: due_on,
            remaining,
            contested,
            policy: POLICY,
            done,
            prepared: prepared.filter(|rank| rank % 3 == 0).map(|rank| (named(rank), Seq::new(8))),
            attempts,
            jump: jump.map(|(rank, on)| (named(rank), on)),
            suspensions,
            broken,
            around: Around { overdue, credit, written_on, waiting },
        }
    }
}

/// Returns the place of the level that a decision speaks of.
fn place(policy: &Policy, decision: &Decision) -> Option<usize> {
    match decision {
        Decision::Act { level, .. } | Decision::WaitUntil { level, .. } => policy.place(level),
        Decision::Hold { .. } | Decision::Close { .. } => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn there_is_a_decision_with_its_reason_for_any_policy_and_any_history(policy in policy(), case in case(), today in any_date()) {
        let decision = decide(&policy, &case, today);
        prop_assert!(!decision.grounds().is_empty());
        for ground in decision.grounds() {
            prop_assert!(!ground.sentence(Currency::EUR).is_empty());
        }
    }

    #[test]
    fn a_settled_instalment_always_closes(policy in policy(), case in case(), today in any_date()) {
        let case = Case { remaining: Amount::ZERO, ..case };
        let decision = decide(&policy, &case, today);
        let closes = matches!(decision, Decision::Close { .. });
        prop_assert!(closes, "{:?}", decision);
    }

    #[test]
    fn a_held_case_never_acts(policy in policy(), case in case(), suspension in suspension(), today in any_date()) {
        prop_assume!(!suspension.is_over(today));
        let case = Case { remaining: case.remaining + Amount::from_cents(1), suspensions: vec![suspension], ..case };
        let decision = decide(&policy, &case, today);
        let holds = matches!(decision, Decision::Hold { .. });
        prop_assert!(holds, "{:?}", decision);
    }

    #[test]
    fn what_is_wholly_disputed_never_acts(policy in policy(), case in case(), today in any_date()) {
        let case = Case { contested: case.remaining, ..case };
        let decision = decide(&policy, &case, today);
        let acts = matches!(decision, Decision::Act { .. });
        prop_assert!(!acts, "{:?}", decision);
    }

    #[test]
    fn without_new_facts_a_case_only_goes_forward(policy in policy(), case in case(), today in 0u32..800, later in 0u32..200) {
        let case = Case { suspensions: Vec::new(), ..case };
        let today = add_days(day("2024-01-01"), today);
        let (now, then) = (decide(&policy, &case, today), decide(&policy, &case, add_days(today, later)));
        if let (Some(now), Some(then)) = (place(&policy, &now), place(&policy, &then)) {
            prop_assert!(now <= then, "from level {} back to {}", now, then);
        }
    }

    #[test]
    fn what_waits_for_a_day_acts_or_waits_no_longer_on_that_day(policy in policy(), case in case(), today in 0u32..800) {
        let case = Case { suspensions: Vec::new(), ..case };
        let today = add_days(day("2024-01-01"), today);
        if let Decision::WaitUntil { on, level, .. } = decide(&policy, &case, today) {
            prop_assert!(on > today);
            prop_assume!(case.due_on >= on || case.due_on < today);
            match decide(&policy, &case, on) {
                Decision::Act { level: reached, .. } => prop_assert_eq!(reached, level),
                Decision::Hold { .. } => {}
                other => prop_assert!(false, "announced for {}, then {:?}", on, other),
            }
        }
    }

    #[test]
    fn a_level_set_aside_is_never_carried_out(policy in policy(), case in case(), today in any_date()) {
        let case = Case { prepared: None, ..case };
        if let Some(place) = place(&policy, &decide(&policy, &case, today)) {
            prop_assert!(!policy.levels[place].archived);
        }
    }
}
