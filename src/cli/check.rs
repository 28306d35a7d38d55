//! `licensebot check`: everything that is wrong with the configuration, the policies and, when asked, the services. Never
//! changes anything.

use std::path::Path;

use serde::Serialize;

use super::args::CheckArgs;
use super::output::{self, Output};
use super::place;
use crate::adapters::graph::GraphClient;
use crate::config::Config;
use crate::domain::ids::GroupId;
use crate::domain::policy::route::Route;
use crate::ports::{Directory, FactsQuestion, Licensing, PortError};
use crate::runtime::Problem;

/// `check --json`
#[derive(Serialize)]
struct Checked {
    fine: bool,
    problems: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<Tried>,
}

/// One thing that was tried with a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Tried {
    what: &'static str,
    fine: bool,
    message: String,
}

pub(super) async fn run(args: &CheckArgs, output: &mut Output) -> Result<u8, Problem> {
    let config = match place::config(&args.config) {
        Ok(config) => config,
        Err(problem) if args.json => {
            let problems = problem.to_string().lines().map(str::to_owned).collect();
            say_json(&Checked { fine: false, problems, warnings: Vec::new(), services: Vec::new() }, output);
            return Ok(problem.code());
        }
        Err(problem) => return Err(problem),
    };
    let services = if args.online { online(&config).await? } else { Vec::new() };
    let fine = services.iter().all(|tried| tried.fine);
    let checked = Checked { fine, problems: Vec::new(), warnings: config.warnings, services };
    if args.json {
        say_json(&checked, output);
    } else {
        say(&args.config, &checked, output);
    }
    Ok(u8::from(!fine))
}

fn say_json(checked: &Checked, output: &mut Output) {
    // Texts and truth values: nothing in it that JSON cannot say.
    output.line(&serde_json::to_string(checked).unwrap_or_default());
}

fn say(file: &Path, checked: &Checked, output: &mut Output) {
    output.line(&format!("{}: nothing is wrong with it", file.display()));
    for warning in &checked.warnings {
        output.line(&format!("warning: {warning}"));
    }
    for Tried { what, fine, message } in &checked.services {
        if *fine {
            output.line(&format!("{what}: {message}"));
        } else {
            output::error(&format!("{what}: {message}"));
        }
    }
}

async fn online(config: &Config) -> Result<Vec<Tried>, Problem> {
    let graph = place::client(&config.graph)?;
    let permissions = graph.missing_permissions(config.may_set_usage_location).await;
    let mut tried = vec![match permissions {
        Err(error) => return Ok(vec![failed("sign-in", &error)]),
        Ok(missing) => permitted(missing),
    }];
    let (stock, people, groups) = tokio::join!(graph.stock(), graph.everyone(), missing_groups(&graph, config));
    tried.push(read("products", stock.map(|stock| format!("{} are owned", stock.skus.len()))));
    tried.push(read("people", people.map(|people| format!("{} accounts can be read", people.len()))));
    tried.push(match groups {
        Ok(missing) if missing.is_empty() => fine("groups", "every group of the routes is there"),
        Ok(missing) => {
            let ids: Vec<String> = missing.iter().map(GroupId::to_string).collect();
            let message = format!("no group has the objectId {}; correct the routes", ids.join(", "));
            Tried { what: "groups", fine: false, message }
        }
        Err(error) => failed("groups", &error),
    });
    Ok(tried)
}

fn permitted(missing: Option<Vec<&'static str>>) -> Tried {
    match missing {
        None => fine("sign-in", "Entra issued a token; it does not say which permissions were granted"),
        Some(missing) if missing.is_empty() => fine("sign-in", "Entra issued a token, with every permission it needs"),
        Some(missing) => {
            let message = format!(
                "the app registration lacks {}; add it as an application permission, and have an administrator consent",
                missing.join(", ")
            );
            Tried { what: "sign-in", fine: false, message }
        }
    }
}

async fn missing_groups(graph: &GraphClient, config: &Config) -> Result<Vec<GroupId>, PortError> {
    let groups = config.rules.policy.routes().flat_map(Route::groups).collect();
    let question = FactsQuestion { groups, ..FactsQuestion::default() };
    let facts = graph.read(&question).await?;
    Ok(question.groups.into_iter().filter(|group| !facts.groups.contains_key(group)).collect())
}

fn read(what: &'static str, answer: Result<String, PortError>) -> Tried {
    match answer {
        Ok(message) => Tried { what, fine: true, message },
        Err(error) => failed(what, &error),
    }
}

fn fine(what: &'static str, message: &str) -> Tried {
    Tried { what, fine: true, message: message.to_owned() }
}

fn failed(what: &'static str, error: &PortError) -> Tried {
    Tried { what, fine: false, message: error.to_string() }
}
