//! Which policy is whose: for a standing, for a customer, for what is unpaid.

use std::collections::BTreeMap;

use dument_domain::dunning::case::positions;
use dument_domain::dunning::{Policies, Policy, PolicyId, StandardPolicy};
use dument_domain::fact::Fact;
use dument_domain::ledger::Ledger;
use dument_domain::party::Standing;
use dument_domain::{Date, Seq};

/// What follows the policies of a company on a day.
pub(crate) struct Usage {
    /// The customers under each policy, by its name.
    debtors: BTreeMap<String, Vec<Seq>>,
    /// The instalments unpaid under each version.
    cases: BTreeMap<PolicyId, usize>,
}

impl Usage {
    pub(crate) fn of(ledger: &Ledger, policies: &Policies, today: Date) -> Self {
        let mut usage = Self { debtors: BTreeMap::new(), cases: BTreeMap::new() };
        for (debtor, file) in ledger.debtors() {
            let assigned = ledger.episodes_of(file).filter_map(|(_, fact)| match fact {
                Fact::PolicyAssigned(given) if given.invoice.is_none() && given.on <= today => Some(given.policy),
                _ => None,
            });
            let rule = assigned.last().unwrap_or_else(|| policies.default_for(file));
            usage.debtors.entry(policies.get(rule).name.clone()).or_default().push(debtor);
            for position in positions(ledger, policies, debtor, today) {
                for case in &position.cases {
                    *usage.cases.entry(case.policy).or_default() += 1;
                }
            }
        }
        usage
    }

    /// Returns the customers under a policy, whatever its version.
    pub(crate) fn debtors(&self, name: &str) -> &[Seq] {
        self.debtors.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns how many instalments are unpaid under a version.
    pub(crate) fn cases(&self, version: PolicyId) -> usize {
        self.cases.get(&version).copied().unwrap_or(0)
    }

    /// Returns how many instalments are unpaid under the versions of its name that came before one.
    pub(crate) fn earlier_cases(&self, policies: &Policies, version: PolicyId) -> usize {
        let name = &policies.get(version).name;
        let earlier = self.cases.iter().filter(|(id, _)| **id != version && policies.get(**id).name == *name);
        earlier.map(|(_, count)| count).sum()
    }
}

/// Returns the policy that is the rule for customers of a standing of whom nothing else was said.
pub(crate) fn rule_of(policies: &Policies, standing: Standing) -> PolicyId {
    let which = match standing {
        Standing::Professional => StandardPolicy::Professional,
        Standing::Consumer => StandardPolicy::Consumer,
        Standing::PublicBody => StandardPolicy::PublicBody,
    };
    let own = policies.current().filter(|(_, policy)| policy.standing == Some(standing)).last();
    own.map_or_else(|| standard(policies, which), |(id, _)| id)
}

/// Returns the policy for customers one wants to keep.
pub(crate) fn rule_with_care(policies: &Policies) -> PolicyId {
    standard(policies, StandardPolicy::WithCare)
}

/// Returns the latest version of a policy that comes with the program.
fn standard(policies: &Policies, which: StandardPolicy) -> PolicyId {
    policies.named(&Policy::standard(which).name).expect("BUG: the policies of the program have their latest version")
}

/// Returns the day a version was adopted, as the journal has it; none for what comes with the program.
pub(crate) fn adopted_on(ledger: &Ledger, version: PolicyId) -> Option<Date> {
    recorded_on(ledger, version.adopted()?)
}

/// Returns the civil day on which a fact was recorded: its instant is written in the owner's own time.
pub(crate) fn recorded_on(ledger: &Ledger, fact: Seq) -> Option<Date> {
    ledger.fact(fact)?.recorded_at.get(..10)?.parse().ok()
}
