//! Where a text of cases and a policy speak of different things, so that a case that failed for it is understood. Never fails a
//! case: people and groups that nothing names may be there on purpose.

use std::collections::BTreeSet;

use super::company::Company;
use super::form::Case;
use crate::domain::ids::{GroupId, PersonId};
use crate::domain::policy::Policy;
use crate::domain::policy::route::Route;

/// A sentence for each group, person and rule that only one of the two knows.
pub(super) fn notes(policy: &Policy, company: &Company, cases: &[Case]) -> Vec<String> {
    let known = policy.groups();
    let there: BTreeSet<GroupId> = company.groups().map(|group| group.id).collect();
    let unknown = company.groups().filter(|group| !known.contains(&group.id)).map(|group| {
        let members: Vec<&str> = group.members.iter().map(|person| person.display_name.as_str()).collect();
        format!(
            "the group {} (of {}) is named by no rule, no route and no `protected_groups` of the policy; check the id, or \
             configure it",
            group.id,
            members.join(", ")
        )
    });
    let empty = known.difference(&there).map(|group| {
        format!("the policy names the group {group}, and nobody here is in it; give somebody `groups = [\"{group}\"]`")
    });
    let people: BTreeSet<PersonId> = policy.routes().flat_map(Route::people).collect();
    let absent = people.into_iter().filter(|person| !company.facts().people.contains_key(person));
    let absent = absent
        .map(|person| format!("a route asks the person {person}, who is not here; give somebody `id = \"{person}\"`"));
    unknown.chain(empty).chain(absent).chain(unknown_rules(policy, cases)).collect()
}

fn unknown_rules(policy: &Policy, cases: &[Case]) -> Vec<String> {
    let known: BTreeSet<&str> = policy.rule_ids().into_iter().map(|rule| rule.0.as_str()).collect();
    let named: BTreeSet<&str> = cases.iter().flat_map(|case| &case.rules).flatten().map(String::as_str).collect();
    let unknown = named.difference(&known);
    unknown.map(|rule| format!("the policy has no rule `{rule}`; give one this `@id`, or correct the case")).collect()
}
