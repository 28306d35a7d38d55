//! Why `assignLicense` refuses, in the order in which it looks. Microsoft documents the texts of some and the order of
//! none; when a real tenant disagrees, this table is the one place to change.

use super::payload::{Flaw, Order};
use crate::domain::ids::{PlanId, SkuId};
use crate::sandbox::countries::is_country;
use crate::sandbox::graph::call::Call;
use crate::sandbox::graph::error::GraphError;
use crate::sandbox::graph::route;
use crate::sandbox::tenant::{Group, LicensePath, Objection, Person, Subscription, Tenant, after};

/// One call, as far as it could be read.
pub(super) struct Attempt<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) call: &'a Call,
    pub(super) holder: Holder<'a>,
    /// Empty when there is a flaw.
    pub(super) order: Order,
    pub(super) flaw: Option<Flaw>,
}

/// Who is to hold the licenses, where the path names somebody.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holder<'a> {
    Person(Option<&'a Person>),
    Group(Option<&'a Group>),
}

/// One reason to refuse: the refusal, where it applies.
type Rule = fn(&Attempt<'_>) -> Option<GraphError>;

/// The first that applies is the answer.
pub(super) const TABLE: &[Rule] = &[
    unreadable,
    parameter_missing,
    guid_malformed,
    app_lacks_permission,
    holder_unknown,
    nothing_to_do,
    sku_not_owned,
    sku_not_for_people,
    sku_bought_by_an_employee,
    group_for_no_licenses,
    removed_sku_not_held,
    removed_sku_inherited,
    plan_of_another_sku,
    usage_location_missing,
    sku_prohibited_there,
    no_free_seat,
    plans_exclude_each_other,
    plan_needs_another,
    address_taken,
];

/// Recollection, not capture: the texts of an OData reader.
fn unreadable(attempt: &Attempt<'_>) -> Option<GraphError> {
    match attempt.flaw.as_ref()? {
        Flaw::NotJson => Some(GraphError::invalid_json()),
        Flaw::UnknownParameter(name) => Some(GraphError::malformed(format!(
            "The parameter '{name}' in the request payload is not a valid parameter for the operation 'assignLicense'."
        ))),
        Flaw::UnknownProperty(name) => Some(GraphError::malformed(format!(
            "The property '{name}' does not exist on type 'microsoft.graph.assignedLicense'. Make sure to only use \
             property names that are defined by the type."
        ))),
        Flaw::WrongType(name) => Some(GraphError::malformed(format!(
            "When trying to read the value of '{name}', a node of another type was found; a collection was expected."
        ))),
        Flaw::Missing(_) | Flaw::NotAGuid => None,
    }
}

fn parameter_missing(attempt: &Attempt<'_>) -> Option<GraphError> {
    let Some(Flaw::Missing(names)) = &attempt.flaw else { return None };
    Some(GraphError::bad_request(format!(
        "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing \
         parameters are: {}.",
        names.join(", ")
    )))
}

fn guid_malformed(attempt: &Attempt<'_>) -> Option<GraphError> {
    let message =
        "Cannot convert a primitive value to the expected type 'Edm.Guid'. See the inner exception for more details";
    (attempt.flaw == Some(Flaw::NotAGuid)).then(|| GraphError::bad_request(message))
}

fn app_lacks_permission(attempt: &Attempt<'_>) -> Option<GraphError> {
    let permitted = route::permits(&attempt.call.caller.roles, attempt.call.operation);
    (!permitted).then(GraphError::denied)
}

fn holder_unknown(attempt: &Attempt<'_>) -> Option<GraphError> {
    let known = match attempt.holder {
        Holder::Person(person) => person.is_some(),
        Holder::Group(group) => group.is_some(),
    };
    (!known).then(|| GraphError::not_found(attempt.call.key_of_path()))
}

fn nothing_to_do(attempt: &Attempt<'_>) -> Option<GraphError> {
    let empty = attempt.order.add.is_empty() && attempt.order.remove.is_empty();
    let message = "No license changes provided. At least one license to add or remove must be specified.";
    empty.then(|| GraphError::bad_request(message))
}

/// Known by a third party's fixtures only.
fn sku_not_owned(attempt: &Attempt<'_>) -> Option<GraphError> {
    let mut named = attempt.added().chain(attempt.order.remove.iter().copied());
    let sku = named.find(|sku| attempt.tenant.subscription(*sku).is_none())?;
    Some(GraphError::bad_request(format!("License {sku} does not correspond to a valid company License.")))
}

fn sku_not_for_people(attempt: &Attempt<'_>) -> Option<GraphError> {
    let subscription = attempt.subscriptions().find(|subscription| subscription.company_wide)?;
    Some(GraphError::bad_request(format!("License {} cannot be assigned to a user.", subscription.sku)))
}

fn sku_bought_by_an_employee(attempt: &Attempt<'_>) -> Option<GraphError> {
    let removed = attempt.order.remove.iter().filter_map(|sku| attempt.tenant.subscription(*sku));
    attempt.subscriptions().chain(removed).any(|subscription| subscription.self_service).then(GraphError::denied)
}

/// Only security groups pass licenses on; the words of the refusal are not known.
fn group_for_no_licenses(attempt: &Attempt<'_>) -> Option<GraphError> {
    let Holder::Group(Some(group)) = attempt.holder else { return None };
    let message = "Licenses can only be assigned to a group that is security enabled.";
    group.unified.then(|| GraphError::bad_request(message))
}

/// What is said of a group is not known; here it is what is said of a person.
fn removed_sku_not_held(attempt: &Attempt<'_>) -> Option<GraphError> {
    let mut removed = attempt.order.remove.iter();
    let message = match attempt.holder {
        Holder::Person(person) => {
            let person = person?;
            removed.any(|sku| !person.holds(*sku)).then_some("User does not have a corresponding license.")
        }
        Holder::Group(group) => {
            let held = group?.licenses.as_slice();
            let is_missing = |sku: &SkuId| !held.iter().any(|(known, _)| known == sku);
            removed.any(is_missing).then_some("Group does not have a corresponding license.")
        }
    };
    message.map(GraphError::bad_request)
}

fn removed_sku_inherited(attempt: &Attempt<'_>) -> Option<GraphError> {
    let person = attempt.person()?;
    let inherited = attempt.order.remove.iter().any(|sku| !person.holds_directly(*sku));
    let message = "User license is inherited from a group membership and it cannot be removed directly from the user.";
    inherited.then(|| GraphError::bad_request(message))
}

/// That Graph refuses this is reported; its exact text is not known.
fn plan_of_another_sku(attempt: &Attempt<'_>) -> Option<GraphError> {
    let (plan, sku) = attempt.order.add.iter().find_map(|addition| {
        let subscription = attempt.tenant.subscription(addition.sku_id)?;
        let foreign = addition.disabled_plans.iter().find(|plan| !subscription.contains(**plan))?;
        Some((foreign, addition.sku_id))
    })?;
    Some(GraphError::bad_request(format!(
        "License assignment failed because service plan {plan} does not belong to the subscription with SKU {sku}."
    )))
}

/// Of people only: members of a group that have no location inherit the tenant's.
fn usage_location_missing(attempt: &Attempt<'_>) -> Option<GraphError> {
    let located = attempt.person()?.usage_location.as_deref().is_some_and(is_country);
    let message = "License assignment cannot be done for user with invalid usage location.";
    (!located && !attempt.order.add.is_empty()).then(|| GraphError::bad_request(message))
}

fn sku_prohibited_there(attempt: &Attempt<'_>) -> Option<GraphError> {
    let location = attempt.person()?.usage_location.as_deref()?;
    attempt.tenant.prohibited(&attempt.added().collect::<Vec<_>>(), location).map(refused)
}

fn no_free_seat(attempt: &Attempt<'_>) -> Option<GraphError> {
    attempt.tenant.no_seat(attempt.person()?, &attempt.added().collect::<Vec<_>>()).map(refused)
}

fn plans_exclude_each_other(attempt: &Attempt<'_>) -> Option<GraphError> {
    attempt.tenant.exclusive(&attempt.paths_afterwards()?).map(refused)
}

fn plan_needs_another(attempt: &Attempt<'_>) -> Option<GraphError> {
    attempt.tenant.needs(&attempt.paths_afterwards()?).map(refused)
}

fn address_taken(attempt: &Attempt<'_>) -> Option<GraphError> {
    attempt.tenant.address_taken(attempt.person()?, &attempt.paths_afterwards()?).map(refused)
}

/// The words of a call that cannot give what it should. Proven are those of plans and of addresses; those around "does not
/// have any available licenses" come from a third party; those of a forbidden location are not known at all.
pub(super) fn refused(objection: Objection) -> GraphError {
    GraphError::bad_request(match objection {
        Objection::ProhibitedThere(sku) => {
            format!("License {sku} cannot be assigned to a user in this usage location.")
        }
        Objection::NoSeat(sku) => format!("Subscription with SKU {sku} does not have any available licenses."),
        Objection::Exclusive(one, other) => {
            format!("License assignment failed because service plans {one}, {other} are mutually exclusive.")
        }
        Objection::Needs(missing) => {
            let needs: Vec<String> = missing.needs.iter().map(PlanId::to_string).collect();
            let (plan, needs) = (missing.plan, needs.join(", "));
            format!("License assignment failed because service plan {plan} depends on the service plan(s) {needs}")
        }
        Objection::AddressTaken => {
            "Another object with the same value for property proxyAddresses already exists.".to_owned()
        }
    })
}

impl<'a> Attempt<'a> {
    fn person(&self) -> Option<&'a Person> {
        match self.holder {
            Holder::Person(person) => person,
            Holder::Group(_) => None,
        }
    }

    fn added(&self) -> impl Iterator<Item = SkuId> + '_ {
        self.order.add.iter().map(|addition| addition.sku_id)
    }

    /// What the tenant owns of what is added.
    fn subscriptions(&self) -> impl Iterator<Item = &'a Subscription> + '_ {
        self.added().filter_map(|sku| self.tenant.subscription(sku))
    }

    /// What the person would hold when all of the order was done: rules look at the end, not at the steps.
    fn paths_afterwards(&self) -> Option<Vec<LicensePath>> {
        Some(after(self.person()?, &self.order.add, &self.order.remove, self.call.meta.now))
    }
}
