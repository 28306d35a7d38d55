//! `licensebot policy` against a directory: reads the facts that a question is about, and asks. Never changes anything.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::args::{ExplainArgs, PolicyCall};
use super::output::{self, Output};
use super::place::{self, Place};
use super::policy::{self, Cases, Form, Hypothesis, Printed};
use super::typed::{self, Change};
use crate::adapters::graph::GraphClient;
use crate::adapters::store::lock::InstanceLock;
use crate::config::{RulesConfig, bounded, reason};
use crate::domain::catalog::{Catalog, Nicknames};
use crate::domain::ids::PersonId;
use crate::domain::person::Facts;
use crate::domain::policy::Policy;
use crate::domain::policy::demo as demo_policy;
use crate::domain::policy::route::Route;
use crate::domain::text::{Locale, Texts};
use crate::domain::view::Names;
use crate::ports::{Directory, FactsQuestion};
use crate::runtime::Problem;
use crate::runtime::clock::{DemoClock, machine_now};
use crate::runtime::data_dir::DataDir;
use crate::runtime::reach::{self, Reached};
use crate::sandbox::OffsetClock;

pub(super) async fn run(call: PolicyCall, output: &mut Output) -> Result<u8, Problem> {
    let printed = match call {
        PolicyCall::Test { file, data, json } => {
            let rules = match Place::of_policy(&data) {
                Some(Place::Config(config)) => RulesConfig::load(&config)?,
                Some(Place::Demo(_)) | None => demo_rules()?,
            };
            let text = cases(&file)?;
            let config = data.config.as_ref().map(|config| config.display().to_string());
            let cases = Cases { file: &file.display().to_string(), text: &text };
            policy::test(&rules.policy, config.as_deref(), cases, &texts(&rules), form(json))
        }
        PolicyCall::Explain(asked) => explain(&asked).await?,
    };
    Ok(print(&printed, output))
}

fn demo_rules() -> Result<RulesConfig, Problem> {
    let policy = demo_policy::policy().map_err(|problems| Problem::policy(&problems))?;
    Ok(RulesConfig { policy, nicknames: Arc::new(Nicknames::default()), zone: TimeZone::system() })
}

fn texts(rules: &RulesConfig) -> Texts {
    Texts::new(Locale::En, rules.zone.clone())
}

/// No file of cases is longer.
const LONGEST: u64 = 1024 * 1024;

fn cases(file: &Path) -> Result<String, Problem> {
    let text = File::open(file).and_then(|file| bounded::text(&file, LONGEST));
    text.map_err(|error| {
        let why = match error.kind() {
            ErrorKind::FileTooLarge => "is longer than 1 MiB; split it".to_owned(),
            ErrorKind::InvalidData => "is not UTF-8; save it as UTF-8".to_owned(),
            ErrorKind::IsADirectory => "is a directory; name a file of cases in it".to_owned(),
            _ => format!("cannot be read ({}); name a file of cases", reason::of(&error)),
        };
        Problem::usage(format!("{} {why}", file.display()))
    })
}

fn form(json: bool) -> Form {
    if json { Form::Json } else { Form::Text }
}

fn print(printed: &Printed, output: &mut Output) -> u8 {
    output.text(&printed.out);
    if !printed.err.is_empty() {
        output::error(printed.err.trim_end());
    }
    printed.code
}

async fn explain(asked: &ExplainArgs) -> Result<Printed, Problem> {
    let change = Change::of(asked)?;
    let Open { rules, graph, _lock } = Open::at(Place::of(&asked.data)?, asked.sandbox.as_deref()).await?;
    let policy = &rules.policy;
    let requester = typed::person(&graph, &asked.requester).await?;
    let subject = typed::person(&graph, asked.subject.as_deref().unwrap_or(&asked.requester)).await?;
    let facts = facts(&graph, policy, [requester, subject]).await?;
    let stock = facts.stock.clone().unwrap_or_default();
    let catalog = Arc::new(Catalog::new(Arc::clone(&rules.nicknames), stock));
    let wish = change.wish(&catalog, subject)?;
    let people = facts.people.values().flat_map(|known| std::iter::once(&known.person).chain(&known.manager));
    let members = facts.groups.values().flat_map(|group| &group.members);
    let people = people.chain(members).map(|person| (person.id, person.clone())).collect();
    let names = Names { people, groups: facts.group_names.clone(), catalog };
    let question = Hypothesis { requester, wish: &wish, facts: &facts, names: &names };
    Ok(policy::explain(policy, &question, &texts(&rules), form(asked.json)))
}

async fn facts(graph: &GraphClient, policy: &Policy, people: [PersonId; 2]) -> Result<Facts, Problem> {
    let question = FactsQuestion {
        people: people.into_iter().chain(policy.routes().flat_map(Route::people)).collect(),
        groups: policy.routes().flat_map(Route::groups).collect(),
        stock: true,
    };
    graph.read(&question).await.map_err(typed::unreachable)
}

/// Rules, and a tenant to read facts from, for as long as this lives.
struct Open {
    rules: RulesConfig,
    graph: GraphClient,
    // Held only when the demo does not run.
    _lock: Option<InstanceLock>,
}

impl Open {
    async fn at(place: Place, sandbox: Option<&str>) -> Result<Self, Problem> {
        match place {
            Place::Config(file) => {
                let (rules, settings) = place::rules_and_graph(&file)?;
                Ok(Self { rules, graph: place::client(&settings)?, _lock: None })
            }
            Place::Demo(data) => Self::demo(&data, sandbox).await,
        }
    }

    async fn demo(data: &DataDir, sandbox: Option<&str>) -> Result<Self, Problem> {
        place::there(&data.database())?;
        let offset =
            OffsetClock::open(data.path(), machine_now).map_err(|error| Problem::data(&data.clock(), &error))?;
        let clock = DemoClock::new(offset, None);
        let Reached { tenant, lock } = reach::beside(data, sandbox, clock.for_tenant()).await?;
        Ok(Self { rules: demo_rules()?, graph: tenant.client(Arc::new(clock))?, _lock: lock })
    }
}
