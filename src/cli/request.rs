//! `licensebot request`: look at a request by its trail, and settle one whose outcome nobody knows. Never decides anything itself.

use serde_json::json;

use super::args::{DataArgs, Found, RequestCall};
use super::audit::{open, unreadable};
use super::output::Output;
use super::place::{self, Place};
use super::wished;
use crate::app::{SettleError, Settlement};
use crate::domain::command::Reason;
use crate::domain::ids::RequestId;
use crate::domain::request::{Actor, StateName};
use crate::runtime::Problem;
use crate::runtime::workbench::Workbench;

pub(super) async fn run(call: RequestCall, output: &mut Output) -> Result<u8, Problem> {
    match call {
        RequestCall::Show { id, data, json } => show(&id, &data, json, output).await,
        RequestCall::Resolve { id, data, sandbox, found, reason, json: as_json } => {
            let reason = Reason::try_new(&reason)
                .map_err(|_| Problem::usage("say how you know, in 1 to 500 characters, with --reason"))?;
            let bench = bench(&Place::of(&data)?, sandbox.as_deref()).await?;
            let state = settle(bench, &id, found, &reason).await?;
            output.line(&if as_json {
                json!({ "request": id, "state": state }).to_string()
            } else {
                format!("{id} is {} now; everybody is told when the bot runs again", state.as_str())
            });
            Ok(0)
        }
    }
}

async fn show(id: &RequestId, data: &DataArgs, as_json: bool, output: &mut Output) -> Result<u8, Problem> {
    let reader = open(data).await?;
    let request = reader.proven_request(id).await.map_err(unreadable)?;
    let request = request.ok_or_else(|| Problem::new(format!("there is no request {id}; see its card for the id")))?;
    let trail = reader.trail(id).await.map_err(unreadable)?;
    if as_json {
        let steps = trail.iter().map(|(at, actor, event)| json!({ "at": at, "actor": actor, "event": event }));
        let found = json!({ "request": request, "trail": steps.collect::<Vec<_>>() });
        output.line(&found.to_string());
        return Ok(0);
    }
    output.line(&format!("{id} is {}", request.state.name().as_str()));
    output.line(&format!("asked by {} for {} at {}", request.requester, request.wish.subject, request.opened_at));
    for line in wished::lines(&request.wish) {
        output.line(&format!("to {line}"));
    }
    if request.state.name() == StateName::NeedsHuman {
        output.line("whether it was done is unknown: look in the admin center, then run `licensebot request resolve`");
    }
    for (at, actor, event) in &trail {
        output.line(&format!("{at}  {:<12} by {}", event.name(), by(*actor)));
    }
    Ok(0)
}

fn by(actor: Actor) -> String {
    match actor {
        Actor::Person(person) => person.to_string(),
        Actor::Bot => "the bot".to_owned(),
        Actor::CommandLine => "the command line".to_owned(),
    }
}

async fn bench(place: &Place, sandbox: Option<&str>) -> Result<Workbench, Problem> {
    match place {
        Place::Config(file) => {
            let config = place::config(file)?;
            place::there(&config.data.database)?;
            Workbench::of_config(config).await
        }
        Place::Demo(directory) => {
            place::there(&directory.database())?;
            Workbench::of_demo(directory, sandbox).await
        }
    }
}

async fn settle(bench: Workbench, id: &RequestId, found: Found, reason: &Reason) -> Result<StateName, Problem> {
    let settlement = if found.applied { Settlement::Applied } else { Settlement::NotApplied };
    let settled = bench.app.settle(id, settlement, reason).await;
    bench.close().await;
    settled.map_err(|error| match error {
        SettleError::Broken(error) => Problem::new(format!("it could not be settled: {error}; try again")),
        refused => Problem::new(refused.to_string()),
    })
}
