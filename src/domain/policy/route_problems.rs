//! What is wrong with a set of routes, all at once. Never looks at policies or people.

use std::collections::BTreeMap;

use super::problem::PolicyProblem;
use super::route::{AT_ONCE, Approvers, Route, Stage};

/// Everything that is wrong with the configured routes, in their order.
pub(super) fn route_problems(routes: &[Route]) -> Vec<PolicyProblem> {
    let mut by_name: BTreeMap<&str, u32> = BTreeMap::new();
    let mut by_rank: BTreeMap<u32, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for route in routes {
        problems.extend(own_problems(route));
        if by_name.insert(&route.name, route.rank).is_some() {
            problems.push(PolicyProblem::in_route(&route.name, "the name is given twice; keep one"));
        }
        if let Some(other) = by_rank.insert(route.rank, &route.name)
            && other != route.name
        {
            let message =
                format!("it has the rank {} of `{other}`, so neither is stricter; give it its own", route.rank);
            problems.push(PolicyProblem::in_route(&route.name, message));
        }
    }
    problems
}

fn own_problems(route: &Route) -> Vec<PolicyProblem> {
    let mut messages = Vec::new();
    if route.name.trim().is_empty() {
        messages.push("a route has no name; policies need one to name it by".to_owned());
    }
    if route.name == AT_ONCE {
        messages.push(format!("`{AT_ONCE}` is built in; give this route another name"));
    }
    if route.rank == 0 {
        messages.push(format!("rank 0 belongs to `{AT_ONCE}`; ranks begin at 1"));
    }
    if route.stages.is_empty() {
        messages.push(format!("it asks nobody; give it a `[[route.stage]]`, or use `{AT_ONCE}`"));
    }
    for (place, stage) in route.stages.iter().enumerate() {
        messages.extend(stage_problems(stage).into_iter().map(|message| format!("stage {}: {message}", place + 1)));
    }
    messages.into_iter().map(|message| PolicyProblem::in_route(&route.name, message)).collect()
}

fn stage_problems(stage: &Stage) -> Vec<String> {
    let sides = [("approvers", Some(&stage.approvers)), ("fallback", stage.fallback.as_ref())];
    let mut problems: Vec<String> =
        sides.into_iter().filter_map(|(side, approvers)| side_problem(side, approvers?, stage.quorum.get())).collect();
    if stage.fallback.as_ref() == Some(&stage.approvers) {
        problems.push("the fallback is the approvers again; name others, or remove it".to_owned());
    }
    problems
}

fn side_problem(side: &str, approvers: &Approvers, quorum: u32) -> Option<String> {
    let most = match approvers {
        Approvers::Manager => 1,
        Approvers::Group(_) => u32::MAX,
        Approvers::People(people) => u32::try_from(people.len()).unwrap_or(u32::MAX),
    };
    match most {
        0 => Some(format!("`{side}` names nobody; name people, a group or the manager")),
        most if most < quorum => Some(format!(
            "`{side}` can never give {quorum} votes, at most {most}; lower the quorum or name more people"
        )),
        _ => None,
    }
}
