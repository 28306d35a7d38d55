//! The client under every fault: the reads, and what both tables stand on. A read that failed is an error, and one that did
//! not is the truth; nothing in between.

mod elsewhere;
mod reads;
mod sign_ins;
mod writes;

use std::sync::Arc;
use std::time::Duration;

use licensebot::adapters::graph::{GraphClient, Patience};
use licensebot::domain::catalog::Stock;
use licensebot::domain::person::{GroupFacts, Person, PersonFacts};
use licensebot::ports::{Directory, FactsQuestion, Licensing, PortError};
use licensebot::sandbox::seed::ids;
use serde_json::{Value, json};

use super::{ALL_STAFF, Tenant, group};

/// For what answers at once, however busy the machine is.
const PATIENT: Patience = Patience {
    connect: Duration::from_secs(20),
    call: Duration::from_secs(20),
    reading: Duration::from_secs(40),
    backoff: Duration::from_millis(2),
};

/// For what never answers.
const HASTY: Patience = Patience { call: Duration::from_secs(2), reading: Duration::from_secs(8), ..PATIENT };

/// What is read, and the call of it that fails.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reading {
    People,
    Account,
    Memberships,
    Members,
    Stock,
    StockWithFacts,
    WholeBatch,
}

use Reading::{Account, Members, Memberships, People, Stock as StockAlone, StockWithFacts, WholeBatch};

const READINGS: [Reading; 7] = [People, Account, Memberships, Members, StockAlone, StockWithFacts, WholeBatch];

/// What was read.
#[derive(Debug, PartialEq)]
enum Seen {
    People(Vec<Person>),
    Person(Box<PersonFacts>),
    Group(GroupFacts),
    Stock(Stock),
}

impl Reading {
    fn call(self) -> &'static str {
        match self {
            People => "GET /users",
            Account => "GET /users/{id}",
            Memberships => "GET /users/{id}/transitiveMemberOf",
            Members => "GET /groups/{id}/transitiveMembers",
            StockAlone | StockWithFacts => "GET /subscribedSkus",
            WholeBatch => "POST /$batch",
        }
    }

    fn is_list(self) -> bool {
        !matches!(self, Account | WholeBatch)
    }

    async fn by(self, client: &GraphClient) -> Result<Seen, PortError> {
        let bo = ids::BO;
        let staff = group(ALL_STAFF);
        let about = |people: bool, groups: bool| FactsQuestion {
            people: people.then_some(bo).into_iter().collect(),
            groups: groups.then_some(staff).into_iter().collect(),
            stock: self == StockWithFacts,
        };
        Ok(match self {
            People => Seen::People(client.everyone().await?),
            StockAlone => Seen::Stock(client.stock().await?),
            StockWithFacts => Seen::Stock(client.read(&about(false, false)).await?.stock.unwrap()),
            Members => {
                let mut facts = client.read(&about(false, true)).await?;
                Seen::Group(facts.groups.remove(&staff).unwrap())
            }
            Account | Memberships | WholeBatch => {
                let mut facts = client.read(&about(true, false)).await?;
                Seen::Person(facts.people.remove(&bo).unwrap().into())
            }
        })
    }
}

impl Seen {
    /// Without the words that an unknown one stands for: who, what, on which path, how many.
    fn bones(&self) -> Value {
        let ids = |people: &[Person]| people.iter().map(|person| person.id).collect::<Vec<_>>();
        match self {
            Self::People(people) => json!(ids(people)),
            Self::Person(facts) => {
                let paths = facts.holdings.assignments.iter().map(|held| json!([held.sku, held.path, held.disabled]));
                json!([
                    facts.person.id,
                    paths.collect::<Vec<_>>(),
                    facts.holdings.effective().keys().collect::<Vec<_>>(),
                    facts.groups,
                    facts.manager.as_ref().map(|manager| manager.id)
                ])
            }
            Self::Group(group) => json!([group.id, ids(&group.members)]),
            Self::Stock(stock) => stock.skus.iter().map(|sku| json!([sku.sku, sku.enabled, sku.consumed])).collect(),
        }
    }
}

/// Of a failure that passes: how long Graph asks to be left alone.
fn wait(error: &PortError) -> Option<u32> {
    match error {
        PortError::Passing { retry_after, .. } => *retry_after,
        PortError::Lasting { .. } => None,
        PortError::Absent { .. } => panic!("what is there was called absent: {error}"),
    }
}

impl Tenant {
    /// A client that knows nothing yet.
    fn newcomer(&self) -> Arc<GraphClient> {
        self.client_with(PATIENT)
    }

    /// One that knows nothing, and does not wait for long.
    fn hasty_newcomer(&self) -> Arc<GraphClient> {
        self.client_with(HASTY)
    }

    async fn withdraw(&self) {
        self.post("release").await;
        self.delete("faults").await;
    }
}

/// The fault of a table's row, for this call.
fn for_call(fault: &Value, call: &str, times: u32) -> Value {
    let mut order = fault.clone();
    let keys = order.as_object_mut().unwrap();
    keys.insert("match".into(), call.into());
    keys.insert("times".into(), times.into());
    order
}
