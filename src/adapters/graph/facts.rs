//! Everything that decides about people and groups, in one round trip where it fits. Never a part of it: what Graph will not
//! show is an error, and only what Graph says does not exist is left out.

use std::collections::{BTreeSet, HashSet};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::api::{Api, encoded};
use super::http::shape;
use super::pace::Deadline;
use super::wire::{ACCOUNT_FIELDS, Account, Group, HOLDING_FIELDS, Held, Membership, Page, Senseless, SubscribedSku};
use super::{batch, error, pages, wire};
use crate::domain::catalog::Stock;
use crate::domain::ids::{GroupId, PersonId, SkuId};
use crate::domain::person::{Facts, GroupFacts, Person, PersonFacts};
use crate::ports::{FactsQuestion, PortError};

const OPERATION: &str = "read facts";

const STOCK: &str = "/subscribedSkus";

/// Reads what is asked for.
///
/// # Errors
/// Any part of it could not be read whole.
pub(super) async fn read(api: &Api, question: &FactsQuestion) -> Result<Facts, PortError> {
    let deadline = api.soon();
    let mut facts = Facts { read_at: api.now(), ..Facts::default() };
    let mut answers = batch::read(api, &paths(question), deadline).await?.into_iter();
    let mut next = || answers.next().flatten();
    for id in &question.people {
        if let Some((person, names)) = person(api, *id, (next(), next()), deadline).await? {
            facts.group_names.extend(names);
            facts.people.insert(*id, person);
        }
    }
    for id in &question.groups {
        if let Some(group) = group(api, *id, (next(), next()), deadline).await? {
            facts.group_names.insert(*id, group.display_name.clone());
            facts.groups.insert(*id, group);
        }
    }
    if question.stock {
        let skus = next().ok_or_else(|| contradiction("Graph knows no products at all"))?;
        facts.stock = Some(stock(api, skus, deadline).await?);
    }
    Ok(facts)
}

/// The reads behind a question: two for each person, two for each group, one for the stock; in this order.
///
/// Memberships and members are read without OData casts: those are answered from an index that lags behind the directory.
fn paths(question: &FactsQuestion) -> Vec<String> {
    let people = question.people.iter().flat_map(|id| {
        let account =
            format!("/users/{id}?$select={ACCOUNT_FIELDS},{HOLDING_FIELDS}&$expand=manager($select={ACCOUNT_FIELDS})");
        [account, memberships_of(*id)]
    });
    let groups =
        question.groups.iter().flat_map(|id| [format!("/groups/{id}?$select=id,displayName"), members_of(*id)]);
    let stock = question.stock.then(|| STOCK.to_owned());
    people.chain(groups).chain(stock).collect()
}

fn memberships_of(id: PersonId) -> String {
    format!("/users/{id}/transitiveMemberOf?$select=id,displayName&$top=999")
}

fn members_of(id: GroupId) -> String {
    format!("/groups/{id}/transitiveMembers?$select={ACCOUNT_FIELDS}&$top=999")
}

async fn person(
    api: &Api,
    id: PersonId,
    (account, memberships): (Option<Value>, Option<Value>),
    deadline: Deadline,
) -> Result<Option<(PersonFacts, Vec<(GroupId, String)>)>, PortError> {
    let Some(account) = account else { return Ok(None) };
    let person = into_person(parsed::<Account>(&account)?)?;
    if person.id != id {
        return Err(contradiction("Graph answers with another account"));
    }
    let held: Held = parsed(&account)?;
    let holdings = held.holdings().map_err(senseless)?;
    let manager = held.manager.filter(Account::is_user).map(into_person).transpose()?;
    let memberships = memberships.ok_or_else(|| contradiction("Graph knows an account and not its groups"))?;
    let memberships: Vec<Membership> =
        pages::rest(api, OPERATION, (&memberships_of(id), parsed(&memberships)?), deadline).await?;
    let groups: BTreeSet<GroupId> = memberships.iter().filter_map(Membership::group).collect();
    let names = memberships.into_iter().filter_map(Membership::name).filter(|(id, _)| groups.contains(id)).collect();
    Ok(Some((PersonFacts { person, holdings, manager, groups }, names)))
}

async fn group(
    api: &Api,
    id: GroupId,
    (group, members): (Option<Value>, Option<Value>),
    deadline: Deadline,
) -> Result<Option<GroupFacts>, PortError> {
    let Some(group) = group else { return Ok(None) };
    let group: Group = parsed(&group)?;
    if group.id != id {
        return Err(contradiction("Graph answers with another group"));
    }
    let display_name = group.display_name.ok_or_else(|| PortError::Lasting {
        what: "Graph shows groups without their names: the app lacks the right to read groups (GroupMember.Read.All)"
            .to_owned(),
    })?;
    let members = members.ok_or_else(|| contradiction("Graph knows a group and not its members"))?;
    let members: Vec<Account> = pages::rest(api, OPERATION, (&members_of(id), parsed(&members)?), deadline).await?;
    // Who joins while the pages are read may stand on two of them, and still has one vote.
    let mut known = HashSet::new();
    let members = members.into_iter().filter(|account| account.is_user() && known.insert(account.id));
    let members = members.map(into_person).collect::<Result<_, _>>()?;
    Ok(Some(GroupFacts { id, display_name, members }))
}

async fn stock(api: &Api, skus: Value, deadline: Deadline) -> Result<Stock, PortError> {
    let first: Page<SubscribedSku> = parsed(&skus)?;
    Ok(wire::stock(pages::rest(api, OPERATION, (STOCK, first), deadline).await?))
}

fn parsed<T: DeserializeOwned>(value: &Value) -> Result<T, PortError> {
    T::deserialize(value).map_err(|error| error::other_shape(OPERATION, &shape(&error)).into())
}

/// An account that was read whole.
///
/// # Errors
/// It was not.
pub(super) fn into_person(account: Account) -> Result<Person, PortError> {
    account.into_person().map_err(senseless)
}

fn senseless(senseless: Senseless) -> PortError {
    match senseless {
        Senseless::Lasting(what) => PortError::Lasting { what },
        Senseless::Passing(what) => PortError::Passing { what, retry_after: None },
    }
}

/// Two answers that cannot both be true: something changed between them, or a replica is behind.
fn contradiction(what: &str) -> PortError {
    PortError::Passing { what: what.to_owned(), retry_after: None }
}

/// Everybody who holds a product on any path.
///
/// # Errors
/// The list could not be read whole.
pub(super) async fn holders(api: &Api, sku: SkuId) -> Result<Vec<Person>, PortError> {
    let filter = encoded(&format!("assignedLicenses/any(s:s/skuId eq {sku})"));
    let url = api.url("/users", &format!("$filter={filter}&$select={ACCOUNT_FIELDS}&$top=999"));
    let accounts: Vec<Account> = pages::all(api, "list holders", url, api.soon()).await?;
    accounts.into_iter().map(into_person).collect()
}
