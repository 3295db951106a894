//! The list of the day, the forecast and the letters, on any life cut short on any day.

use std::collections::{BTreeMap, BTreeSet};

use dument_domain::arrangement::{Plan, PlanInterest};
use dument_domain::calendar::add_days;
use dument_domain::conventions::MissingRates;
use dument_domain::dunning::case::positions;
use dument_domain::dunning::{Action, Decision, Policies, Task, agenda, decide, forecast};
use dument_domain::fact::Seq;
use dument_domain::invoice::Instalment;
use dument_domain::statement::{Request, Selection, Statement};
use dument_domain::{Amount, Currency, Date, Fact, Fault, Ledger};
use proptest::prelude::*;

use crate::life::{Life, Size};

/// Any life, cut short on any day: a failure is told by the shortest life that shows it.
fn life() -> impl Strategy<Value = Life> {
    (0u64..1_000, 30u32..400).prop_map(|(seed, days)| Life::lived(seed, Size { days, busy: 30, debtors: 2 }))
}

fn reminders(tasks: &[Task]) -> impl Iterator<Item = &Task> {
    tasks.iter().filter(|task| {
        matches!(task.action, Action::Call | Action::Write(_) | Action::Decide | Action::MatchFirst { .. })
    })
}

fn title(policies: &Policies, task: &Task) -> String {
    let (policy, level) = task.level.as_ref().unwrap();
    policies.running(*policy).level(level).unwrap().title.clone()
}

/// Draws up everything a debtor owes on a day.
fn statement(ledger: &Ledger, debtor: Seq, as_of: Date) -> Statement {
    let (currency, selection, missing_rates) = (Currency::EUR, Selection::Open, MissingRates::UseLastKnown);
    Statement::draw_up(ledger, &Request { debtor, currency, selection, as_of, missing_rates }).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn one_task_speaks_to_one_debtor_in_one_currency(life in life()) {
        for task in life.tasks.iter().filter(|task| task.action != Action::RateMissing) {
            for item in &task.items {
                let invoice = life.ledger.invoice(item.invoice);
                prop_assert_eq!((Some(invoice.debtor), invoice.currency), (task.debtor, task.currency));
            }
        }
    }

    #[test]
    fn asking_twice_changes_nothing(life in life()) {
        prop_assert_eq!(agenda(&life.ledger, &life.policies, life.today), life.tasks.clone());
    }

    #[test]
    fn a_past_list_knows_nothing_of_what_came_after(life in life(), back in 1u64..120) {
        let on = life.today - chrono::Days::new(back);
        let then = life.ledger.as_of(on);
        // What the owner has seen of his bank since makes him doubt less: that is not looked at.
        let asked = |ledger: &Ledger| -> Vec<_> {
            let policies = Policies::of(ledger);
            let mut tasks = agenda(ledger, &policies, on);
            tasks.sort_by_key(|task| (task.debtor, task.currency, task.by));
            tasks.into_iter().map(|task| (task.debtor, task.level, task.items, task.by)).collect()
        };
        prop_assert_eq!(asked(&life.ledger), asked(&then));
    }

    #[test]
    fn every_case_that_acts_is_on_the_list_and_no_other(life in life()) {
        let mut acting = BTreeSet::new();
        for debtor in &life.debtors {
            for (_, case) in life.cases(*debtor) {
                let policy = life.policies.running(case.policy);
                if let Decision::Act { prepared: None, level, .. } = decide(policy, &case, life.today) {
                    // A notice before the due date is left out when there is something overdue to speak of.
                    let optional = policy.level(&level).unwrap().is_preventive();
                    acting.insert((case.invoice, case.instalment, optional));
                }
            }
        }
        let listed: BTreeSet<_> =
            reminders(&life.tasks).flat_map(|task| &task.items).map(|item| (item.invoice, item.instalment)).collect();
        for (invoice, instalment, optional) in &acting {
            prop_assert!(*optional || listed.contains(&(*invoice, *instalment)), "invoice {} is forgotten", invoice);
        }
        let acting: BTreeSet<_> = acting.into_iter().map(|(invoice, instalment, _)| (invoice, instalment)).collect();
        prop_assert!(listed.is_subset(&acting), "{:?} is on the list without a reason", listed.difference(&acting));
    }

    #[test]
    fn without_new_facts_the_levels_of_a_life_only_go_forward(life in life(), later in 1u32..90) {
        let place = |today: Date| -> BTreeMap<(Seq, u32), usize> {
            let positions = life.debtors.iter().flat_map(|debtor| positions(&life.ledger, &life.policies, *debtor, today));
            let cases = positions.flat_map(|position| position.cases);
            cases.filter_map(|case| {
                let policy = life.policies.running(case.policy);
                match decide(policy, &case, today) {
                    Decision::Act { level, .. } | Decision::WaitUntil { level, .. } => {
                        Some(((case.invoice, case.instalment), policy.place(&level)?))
                    }
                    Decision::Hold { .. } | Decision::Close { .. } => None,
                }
            }).collect()
        };
        let (now, then) = (place(life.today), place(add_days(life.today, later)));
        for (part, place) in now {
            prop_assert!(then.get(&part).is_none_or(|later| *later >= place), "{:?} goes back", part);
        }
    }

    #[test]
    fn the_forecast_begins_with_the_list_of_today(life in life()) {
        let planned = forecast(&life.ledger, &life.policies, life.today, 1).planned;
        let planned: BTreeSet<_> = planned.into_iter().map(|planned| (planned.debtor, planned.title)).collect();
        let listed = reminders(&life.tasks).map(|task| (task.debtor.unwrap(), title(&life.policies, task)));
        prop_assert_eq!(planned, listed.collect::<BTreeSet<_>>());
    }

    #[test]
    fn the_forecast_leaves_the_ledger_alone_and_nobody_suspended_is_planned(life in life()) {
        let before = life.ledger.facts().to_vec();
        let forecast = forecast(&life.ledger, &life.policies, life.today, 60);
        prop_assert_eq!(life.ledger.facts(), &before[..]);
        for debtor in &life.debtors {
            let quiet = life.cases(*debtor).iter().all(|(_, case)| {
                case.suspensions.iter().any(|suspension| suspension.until().is_none_or(|until| until > forecast.through))
            });
            prop_assert!(!quiet || forecast.planned.iter().all(|planned| planned.debtor != *debtor));
        }
    }

    #[test]
    fn the_forecast_is_the_life_of_an_owner_to_whom_nothing_happens(mut life in life()) {
        life.clear_the_desk();
        let planned = forecast(&life.ledger, &life.policies, life.today, 45).planned;
        let mut foreseen: Vec<_> = planned.into_iter().map(|planned| (planned.on, planned.debtor, planned.title)).collect();
        let mut lived = life.left_alone(45);
        foreseen.sort();
        lived.sort();
        prop_assert_eq!(foreseen, lived);
    }

    #[test]
    fn cancelling_what_just_happened_restores_the_list(life in life(), more in 1usize..6) {
        let (tasks, count) = (life.tasks.clone(), life.ledger.facts().len());
        let figures = |life: &Life| format!("{:?}", life.debtors.iter().map(|it| statement(&life.ledger, *it, life.today)).collect::<Vec<_>>());
        let before = figures(&life);
        let mut life = life;
        for _ in 0..more {
            life.something_else();
        }
        let added: Vec<Seq> = life.ledger.facts()[count..].iter().map(|recorded| recorded.seq).collect();
        let cancelled_others = added.iter().any(|seq| matches!(life.ledger.fact(*seq).unwrap().fact, Fact::FactCancelled { .. }));
        prop_assume!(!cancelled_others);
        for fact in added.into_iter().rev() {
            let cancelled = life.record(Fact::FactCancelled { fact, reason: "erreur".to_owned() });
            prop_assert!(cancelled.is_some(), "nothing builds on fact {}", fact);
        }
        prop_assert_eq!(&life.tasks, &tasks);
        prop_assert_eq!(figures(&life), before);
    }

    #[test]
    fn a_plan_whose_instalments_are_not_the_debt_is_refused(life in life(), cents in prop_oneof![-500i64..0, 1i64..500]) {
        for debtor in &life.debtors {
            let Some((currency, case)) = life.cases(*debtor).into_iter().next() else { continue };
            let debt = life.owed(*debtor, currency, case.invoice);
            let plan = |sum: Amount| Fact::PlanAgreed(Plan {
                debtor: *debtor,
                invoices: vec![case.invoice],
                currency,
                agreed_on: life.today,
                instalments: vec![Instalment { due_on: add_days(life.today, 20), amount: sum }],
                interest: PlanInterest::Continues,
                lapse_notice_days: None,
                proof: None,
            });
            let refused = |sum: Amount| life.ledger.check(&plan(sum), life.today).iter().any(Fault::is_refusal);
            prop_assert!(!refused(debt));
            prop_assert!(refused(debt + Amount::from_cents(cents)));
        }
    }

    #[test]
    fn letter_after_letter_no_more_interest_is_claimed_than_one_computation_gives(life in life()) {
        // What a payment settled was claimed as well; a waiver or a credit note takes back what was claimed.
        for debtor in &life.debtors {
            let mut claimed: BTreeMap<Seq, Amount> = BTreeMap::new();
            for weeks in 0..8 {
                for claim in statement(&life.ledger, *debtor, add_days(life.today, weeks * 7)).claims {
                    if !claim.adjustments.is_empty() {
                        continue;
                    }
                    let settled: Amount = claim.payments.iter().map(|payment| payment.settled.interest).sum();
                    let so_far = settled + claim.remaining.interest;
                    let before = claimed.insert(claim.invoice, so_far).unwrap_or_default();
                    prop_assert!(before <= so_far, "invoice {} was claimed too much", claim.invoice);
                    prop_assert_eq!(so_far, claim.interest, "each computation starts from the first day");
                }
            }
        }
    }
}
