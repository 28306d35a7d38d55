//! Microsoft Graph v1.0, as far as licensing goes: from an HTTP call to an answer. What is true stands in `tenant`; here
//! is only how Graph asks and answers.

mod assign;
mod batch;
mod call;
mod entity;
mod error;
mod filter;
mod groups;
mod index;
mod licenses;
mod membership;
mod metadata;
mod organization;
mod page;
mod people;
mod plans;
mod query;
mod reply;
mod request;
mod route;
mod search;
mod select;
mod stock;
mod update;
mod user;

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;

use self::call::{Call, authenticate};
use self::error::GraphError;
use self::reply::{Meta, Reply};
use self::request::GraphRequest;
use self::route::{Matched, Operation};
use super::faults::{self, Met};
use super::link::Link;
use super::random;
use super::state::{NotMade, State};
use super::tenant::{Mutation, Tenant};

/// The label of calls whose path leads nowhere.
const UNKNOWN: &str = "(unknown)";

/// One HTTP call as it comes from the wire.
pub(super) struct Wire {
    pub(super) method: Method,
    /// Path and query behind the version.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// `http://` and the authority as the client wrote it.
    pub(super) origin: String,
}

/// Answers one HTTP call, with the faults that were ordered for it.
pub(super) async fn answer(state: Arc<State>, wire: Wire, link: Link) -> Response {
    let meta = Meta::of(&wire.headers, &wire.origin, random::guid(&*state.random), state.clock.now());
    let parsed = GraphRequest::parse(wire.method, &wire.target, wire.headers, wire.body);
    let mut reply = match parsed {
        Ok(request) => outer(&state, request, &meta, &link).await,
        Err(request::BadPath) => GraphError::malformed("The request URI is not valid.").reply(&meta),
    };
    reply.dress(&meta);
    link.finish(reply.into_response(&meta)).await
}

async fn outer(state: &Arc<State>, request: GraphRequest, meta: &Meta, link: &Link) -> Reply {
    let matched = route::resolve(&request);
    let label = matched.as_ref().map_or(UNKNOWN, |matched| matched.label.as_str()).to_owned();
    state.calls.count_graph(&label);
    let subject = subject(&matched);
    let make = async {
        match &matched {
            Ok(matched) if matched.operation == Operation::Batch => whole_batch(state, &request, meta, link).await,
            _ => single(state, request, matched, meta).await,
        }
    };
    let met = Met { state, link, subject: subject.as_deref() };
    faults::meet(state.faults.take(&label), met, ordered(meta), make).await
}

/// Every item in turn, each with its own faults. An item that depends on a failed one is not made.
async fn whole_batch(state: &Arc<State>, request: &GraphRequest, meta: &Meta, link: &Link) -> Reply {
    if let Err(refusal) = authenticate(state, request) {
        return refusal.reply(meta);
    }
    let items = match batch::read(&request.body) {
        Ok(items) => items,
        Err(refusal) => return refusal.reply(meta),
    };
    let mut answers: Vec<(String, Reply)> = Vec::with_capacity(items.len());
    for item in items {
        let failed =
            |wanted: &String| answers.iter().any(|(id, reply)| batch::same(id, wanted) && reply.status.as_u16() >= 400);
        let reply = if item.depends_on.iter().any(failed) {
            batch::failed_dependency().reply(meta)
        } else {
            one_of_batch(state, &item, request, meta, link).await
        };
        answers.push((item.id, reply));
    }
    batch::body(answers, meta)
}

async fn one_of_batch(state: &Arc<State>, item: &batch::Item, outer: &GraphRequest, meta: &Meta, link: &Link) -> Reply {
    let request = match item.request(outer) {
        Ok(request) => request,
        Err(refusal) => return refusal.reply(meta),
    };
    let meta = Meta::of(&request.headers, &meta.origin, random::guid(&*state.random), state.clock.now());
    let matched = route::resolve(&request).and_then(|matched| match matched.operation {
        Operation::Batch => Err(GraphError::malformed("A batch cannot hold a batch.")),
        _ => Ok(matched),
    });
    let label = matched.as_ref().map_or(UNKNOWN, |matched| matched.label.as_str()).to_owned();
    let part = link.under(item.address(&meta));
    let subject = subject(&matched);
    let met = Met { state, link: &part, subject: subject.as_deref() };
    let make = single(state, request, matched, &meta);
    let reply = faults::meet(state.faults.take(&label), met, ordered(&meta), make).await;
    batch::damaged(reply, &part, link)
}

fn subject(matched: &Result<Matched, GraphError>) -> Option<String> {
    matched.as_ref().ok()?.keys.first().cloned()
}

/// How a fault that was ordered is written for this call.
fn ordered(meta: &Meta) -> impl FnOnce(StatusCode, Option<HeaderValue>) -> Reply + '_ {
    |status, retry_after| GraphError::ordered(status, retry_after).reply(meta)
}

/// One call that is no batch: who is it, what is it, may it, do it.
async fn single(state: &Arc<State>, request: GraphRequest, matched: Result<Matched, GraphError>, meta: &Meta) -> Reply {
    let call = authenticate(state, &request).and_then(|caller| {
        let Matched { operation, keys, counting, .. } = matched?;
        let key = Arc::clone(&state.credentials.signing_key);
        Ok(Call { request, meta: meta.clone(), caller, operation, keys, counting, key })
    });
    let call = match call {
        Ok(call) => call,
        Err(refusal) => return refusal.reply(meta),
    };
    let done = match call.operation {
        operation if route::writes(operation) => written(state, call).await,
        _ => read(state, &call),
    };
    done.unwrap_or_else(|refusal| refusal.reply(meta))
}

fn read(state: &State, call: &Call) -> Result<Reply, GraphError> {
    if !route::permits(&call.caller.roles, call.operation) {
        return Err(GraphError::denied());
    }
    let tenant = state.shown();
    match call.operation {
        Operation::ListUsers => people::list(&tenant, call),
        Operation::GetUser => people::get(&tenant, call),
        Operation::GetManager => people::manager(&tenant, call),
        Operation::ListDirectReports(reach) => people::direct_reports(&tenant, call, reach),
        Operation::ListLicenseDetails => licenses::list(&tenant, call),
        Operation::GetLicenseDetails => licenses::get(&tenant, call),
        Operation::ListMemberOf(reach) => people::member_of(&tenant, call, reach),
        Operation::ListGroups => groups::list(&tenant, call),
        Operation::GetGroup => groups::get(&tenant, call),
        Operation::ListMembers(reach) => groups::members(&tenant, call, reach),
        Operation::ListOwners(reach) => groups::owners(&tenant, call, reach),
        Operation::ListSkus => stock::list(&tenant, call),
        Operation::GetSku => stock::get(&tenant, call),
        Operation::ListSubscriptions => stock::subscriptions(&tenant, call),
        Operation::GetSubscription => stock::subscription(&tenant, call),
        Operation::ListOrganization => organization::list(&tenant, call),
        Operation::GetOrganization => organization::get(&tenant, call),
        Operation::ListMembersInError => membership::in_error(&tenant, call),
        _ => Err(GraphError::method_not_allowed()),
    }
}

/// Writes wait for the disk, so they do it where waiting stops nobody else. A client that hangs up stops none of it.
async fn written(state: &Arc<State>, call: Call) -> Result<Reply, GraphError> {
    let state = Arc::clone(state);
    let written = tokio::task::spawn_blocking(move || write(&state, &call)).await;
    written.unwrap_or_else(|error| {
        tracing::error!(%error, "a write did not come to its end");
        Err(GraphError::unavailable())
    })
}

fn write(state: &State, call: &Call) -> Result<Reply, GraphError> {
    let decide: fn(&Tenant, &Call) -> Result<Option<Mutation>, GraphError> = match call.operation {
        Operation::AssignLicense => assign::to_person,
        Operation::AssignGroupLicense => assign::to_group,
        Operation::ReprocessLicenses => assign::again,
        Operation::AddMember => membership::add,
        Operation::RemoveMember => membership::remove,
        Operation::DeleteGroup => membership::delete,
        _ => update::decide,
    };
    made(state.commit(call.author(), |tenant| decide(tenant, call)))?;
    match call.operation {
        Operation::AssignLicense | Operation::ReprocessLicenses => {
            let tenant = state.tenant();
            people::default_entity(&tenant, call, people::find(&tenant, call.key_of_path())?)
        }
        Operation::AssignGroupLicense => assign::accepted(&state.tenant(), call),
        _ => Ok(Reply::no_content()),
    }
}

fn made(committed: Result<(), NotMade<GraphError>>) -> Result<(), GraphError> {
    committed.map_err(|not_made| match not_made {
        NotMade::Refused(refusal) => refusal,
        NotMade::Disk(error) => {
            tracing::error!(%error, "the journal cannot be written");
            GraphError::unavailable()
        }
    })
}
