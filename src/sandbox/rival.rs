//! Somebody else in the admin center, who takes the seat that a call was about to take. Never the bot, and never a change
//! that the tenant's own rules would refuse.

use std::convert::Infallible;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::random;
use super::state::{Author, NotMade, State};
use super::tenant::{Addition, Mutation, Person, Tenant, after, merged};
use crate::domain::catalog::rules::{conflicts, missing_dependencies};
use crate::domain::ids::{PersonId, PlanId, SkuId};

/// How the ledger names whoever it was.
const SOMEBODY: &str = "somebody-else";

/// Takes so many seats of a product for others than `subject`, or what is left of them. They are on the disk when this
/// returns.
pub(super) async fn take_seats(state: &Arc<State>, sku: SkuId, seats: u32, subject: Option<&str>) {
    let state = Arc::clone(state);
    let subject = subject.and_then(|key| Some(state.tenant().person(key)?.id));
    let taken = tokio::task::spawn_blocking(move || {
        for _ in 0..seats {
            let author = Author {
                app: Uuid::nil(),
                request_id: random::guid(&*state.random),
                client_request_id: SOMEBODY.to_owned(),
            };
            let now = state.clock.now();
            let seat = |tenant: &Tenant| Ok::<_, Infallible>(seat(tenant, sku, subject, now));
            if let Err(NotMade::Disk(error)) = state.commit(author, seat) {
                tracing::error!(%error, "the journal cannot be written");
                return;
            }
        }
    });
    if let Err(error) = taken.await {
        tracing::error!(%error, "nobody took the seat");
    }
}

/// The first in the directory who could be assigned the product now.
fn seat(tenant: &Tenant, sku: SkuId, subject: Option<PersonId>, now: Timestamp) -> Option<Mutation> {
    let subscription = tenant.subscription(sku).filter(|subscription| subscription.free(tenant.settings) > 0)?;
    if subscription.company_wide || subscription.self_service {
        return None;
    }
    let addition = Addition { sku_id: sku, disabled_plans: [].into() };
    let could = |person: &&Person| {
        let present = person.enabled && !person.guest && person.usage_location.is_some() && !person.holds(sku);
        present && Some(person.id) != subject && fits(tenant, person, &addition, now)
    };
    let user = tenant.people().iter().find(could)?.id;
    Some(Mutation::AssignLicense { user, add_licenses: vec![addition], remove_licenses: Vec::new() })
}

fn fits(tenant: &Tenant, person: &Person, addition: &Addition, now: Timestamp) -> bool {
    let paths = after(person, std::slice::from_ref(addition), &[], now);
    let plans = merged(&paths).into_iter().flat_map(|(sku, disabled)| {
        let plans = tenant.subscription(sku).into_iter().flat_map(|subscription| &subscription.plans);
        plans.map(|plan| plan.id).filter(move |plan| !disabled.contains(plan))
    });
    let plans: std::collections::BTreeSet<PlanId> = plans.collect();
    conflicts(&plans).is_empty() && missing_dependencies(&plans).is_empty()
}
