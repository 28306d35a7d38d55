//! What is to change on one person. A [`Wish`] says what was asked for and never goes stale; a [`Plan`] is what the wish
//! means for the holdings of this moment, and holds exactly one [`ChangeSet`] for exactly one write. Never reads holdings
//! itself: they come in, fresh or not, from whoever asks.

mod difference;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::catalog::{PlanClass, Stock, products};
use super::ids::{PersonId, PlanId, SkuId};
use super::person::{Assignment, AssignmentState, Holdings, Path, UsageLocation};

pub use difference::Difference;

/// What somebody asked for: one person; products to assign and to unassign; apps to switch. The digest that approvers
/// approve is over this, so nothing in it may depend on what the person happens to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Whose licenses.
    pub subject: PersonId,
    /// Products to assign, each with the apps that are to be off.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub assign: BTreeMap<SkuId, BTreeSet<PlanId>>,
    /// Products to unassign.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unassign: BTreeSet<SkuId>,
    /// Apps to switch inside products that are held already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub switch: BTreeMap<SkuId, Switches>,
    /// The country to set first, when the person has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage_location: Option<UsageLocation>,
}

impl Wish {
    /// Nothing yet, for this person.
    pub fn nothing_for(subject: PersonId) -> Self {
        Self {
            subject,
            assign: BTreeMap::new(),
            unassign: BTreeSet::new(),
            switch: BTreeMap::new(),
            usage_location: None,
        }
    }
}

/// Apps of one product to switch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switches {
    /// Apps to switch on.
    #[serde(default)]
    pub on: BTreeSet<PlanId>,
    /// Apps to switch off.
    #[serde(default)]
    pub off: BTreeSet<PlanId>,
}

/// The body of one `assignLicense` call. `disabledPlans` overwrites, so each entry holds the whole list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSet {
    /// Products to add or update, each with every app that is to be off afterwards.
    pub add: BTreeMap<SkuId, BTreeSet<PlanId>>,
    /// Products to remove from the direct path.
    pub remove: BTreeSet<SkuId>,
}

impl ChangeSet {
    /// Nothing to write.
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }

    /// The direct assignments after the write, given those before it.
    pub fn applied_to(&self, direct: &BTreeMap<SkuId, BTreeSet<PlanId>>) -> BTreeMap<SkuId, BTreeSet<PlanId>> {
        let mut after = direct.clone();
        after.retain(|sku, _| !self.remove.contains(sku));
        after.extend(self.add.iter().map(|(sku, disabled)| (*sku, disabled.clone())));
        after
    }

    /// Do these direct assignments show the write: everything added stands with exactly its apps, everything removed is gone?
    pub fn shown_by(&self, direct: &BTreeMap<SkuId, BTreeSet<PlanId>>) -> bool {
        let added = self.add.iter().all(|(sku, disabled)| direct.get(sku) == Some(disabled));
        added && self.remove.iter().all(|sku| !direct.contains_key(sku))
    }
}

/// One write to the directory. Each has its own intent and its own outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Sets the country of a person who has none; comes first.
    SetUsageLocation(UsageLocation),
    /// The one `assignLicense` call.
    SetLicenses(ChangeSet),
}

/// One element of a change; the policy is asked about each on its own, so that no verb is a way around another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// The person gets this product.
    Assign(SkuId),
    /// The person loses the direct assignment of this product.
    Unassign(SkuId),
    /// An app of a product that is held goes on.
    SwitchOn(SkuId, PlanId),
    /// An app of a product that is held goes off.
    SwitchOff(SkuId, PlanId),
    /// The country is set. Which one is chosen on the card; whether it may be set does not depend on it.
    SetUsageLocation,
}

/// What a wish means for the holdings of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The write. May be empty when everything is as wished already.
    pub change: ChangeSet,
    /// The country to write first.
    pub location: LocationNeed,
    /// What the policy is asked, one by one. Never empty: it follows the wish, not what happens to be missing.
    pub elements: Vec<Element>,
    /// Apps the person can use afterwards and could not before.
    pub gains: BTreeSet<PlanId>,
    /// Apps the person can use now and could not afterwards.
    pub loses: BTreeSet<PlanId>,
    /// The classes of the apps that are lost: a fact for the policy, whatever the verb.
    pub classes_lost: BTreeSet<PlanClass>,
    /// The classes of the apps that are on once the write is done.
    pub classes_kept: BTreeSet<PlanClass>,
    /// The apps on, by product, once the write is done; what conflicts and dependencies are judged by.
    pub apps_after: BTreeSet<PlanId>,
}

impl Plan {
    /// Everything is as wished already.
    pub fn is_noop(&self) -> bool {
        self.change.is_empty()
    }

    /// The writes in their order.
    pub fn effects(&self) -> Vec<Effect> {
        let location = match self.location {
            LocationNeed::Set(location) => Some(Effect::SetUsageLocation(location)),
            LocationNeed::None | LocationNeed::Choose => None,
        };
        let licenses = (!self.change.is_empty()).then(|| Effect::SetLicenses(self.change.clone()));
        location.into_iter().chain(licenses).collect()
    }
}

/// What must happen to the usage location before licenses can be assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocationNeed {
    /// Nothing: there is one, or nothing is assigned.
    None,
    /// This one is set first.
    Set(UsageLocation),
    /// Somebody has to choose one; it is never guessed.
    Choose,
}

/// The wish cannot be done to these holdings, whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// The person does not hold the product.
    NotHeld(SkuId),
    /// The product comes only from groups, and cannot be changed on the person.
    Inherited(SkuId),
}

/// Works out what the wish means now. Disabled apps that stand are kept unless the wish says otherwise, and an app that
/// was off in a product that leaves stays off in the product that comes.
///
/// # Errors
/// [`Impossible`] names the first product that cannot be unassigned or switched.
pub fn plan(
    wish: &Wish,
    holdings: &Holdings,
    location: Option<UsageLocation>,
    stock: &Stock,
) -> Result<Plan, Impossible> {
    let change = change_set(wish, holdings, stock)?;
    let before = apps_on(holdings, stock);
    let apps_after = apps_on(&after(&change, holdings), stock);
    let needs_location = location.is_none() && !change.add.is_empty();
    let loses: BTreeSet<PlanId> = before.difference(&apps_after).copied().collect();
    Ok(Plan {
        elements: elements(wish, &change, holdings, needs_location),
        gains: apps_after.difference(&before).copied().collect(),
        classes_lost: loses.iter().map(|plan| stock.app_class(*plan)).collect(),
        classes_kept: apps_after.iter().map(|plan| stock.app_class(*plan)).collect(),
        loses,
        apps_after,
        location: match (needs_location, wish.usage_location) {
            (false, _) => LocationNeed::None,
            (true, Some(chosen)) => LocationNeed::Set(chosen),
            (true, None) => LocationNeed::Choose,
        },
        change,
    })
}

fn change_set(wish: &Wish, holdings: &Holdings, stock: &Stock) -> Result<ChangeSet, Impossible> {
    for sku in wish.unassign.iter().chain(wish.switch.keys()) {
        require_direct(*sku, holdings)?;
    }
    let direct = holdings.direct_state();
    let mut change = ChangeSet { remove: wish.unassign.clone(), ..ChangeSet::default() };
    for (sku, off) in &wish.assign {
        let mut disabled = kept_off(*sku, wish, &direct, stock);
        disabled.extend(off);
        change.add.insert(*sku, disabled);
    }
    for (sku, switches) in &wish.switch {
        let standing = direct.get(sku).cloned().unwrap_or_default();
        let kept = standing.difference(&switches.on).copied();
        change.add.insert(*sku, kept.chain(switches.off.iter().copied()).collect());
    }
    change.add.retain(|sku, disabled| direct.get(sku) != Some(disabled));
    Ok(change)
}

fn require_direct(sku: SkuId, holdings: &Holdings) -> Result<(), Impossible> {
    if holdings.direct(sku).is_some() {
        Ok(())
    } else if holdings.holds(sku) {
        Err(Impossible::Inherited(sku))
    } else {
        Err(Impossible::NotHeld(sku))
    }
}

/// What stands stays off; so does, in a product that replaces another, every app that was off in the one that leaves.
fn kept_off(sku: SkuId, wish: &Wish, direct: &BTreeMap<SkuId, BTreeSet<PlanId>>, stock: &Stock) -> BTreeSet<PlanId> {
    let inside = plans_of(sku, stock);
    let standing = direct.get(&sku).into_iter().flatten();
    let leaving = wish.unassign.iter().filter_map(|gone| direct.get(gone)).flatten();
    standing.chain(leaving.filter(|plan| inside.contains(plan))).copied().collect()
}

/// One question for each thing that was asked for, and for each app that would be switched on the way.
fn elements(wish: &Wish, change: &ChangeSet, holdings: &Holdings, needs_location: bool) -> Vec<Element> {
    let assigned = wish.assign.keys().map(|sku| Element::Assign(*sku));
    let unassigned = wish.unassign.iter().map(|sku| Element::Unassign(*sku));
    let asked = wish.switch.iter().flat_map(|(sku, switches)| {
        let on = switches.on.iter().map(|plan| Element::SwitchOn(*sku, *plan));
        on.chain(switches.off.iter().map(|plan| Element::SwitchOff(*sku, *plan)))
    });
    let along = change.add.iter().flat_map(|(sku, after)| {
        let standing = holdings.direct(*sku).map(|assignment| &assignment.disabled);
        standing.into_iter().flat_map(|before| switches(*sku, before, after)).collect::<Vec<_>>()
    });
    let location = needs_location.then_some(Element::SetUsageLocation);
    let all: BTreeSet<Element> = assigned.chain(unassigned).chain(asked).chain(along).chain(location).collect();
    all.into_iter().collect()
}

fn switches(sku: SkuId, before: &BTreeSet<PlanId>, after: &BTreeSet<PlanId>) -> Vec<Element> {
    let on = before.difference(after).map(|plan| Element::SwitchOn(sku, *plan));
    let off = after.difference(before).map(|plan| Element::SwitchOff(sku, *plan));
    on.chain(off).collect()
}

/// What is held once the write is done.
fn after(change: &ChangeSet, holdings: &Holdings) -> Holdings {
    let inherited = holdings.assignments.iter().filter(|assignment| assignment.path != Path::Direct).cloned();
    let direct = change.applied_to(&holdings.direct_state()).into_iter();
    let direct =
        direct.map(|(sku, disabled)| Assignment { sku, path: Path::Direct, disabled, state: AssignmentState::Active });
    Holdings { assignments: inherited.chain(direct).collect() }
}

/// The apps that can be used: in a product that is in force, and on along at least one path.
fn apps_on(holdings: &Holdings, owned: &Stock) -> BTreeSet<PlanId> {
    let in_force = holdings.effective().into_iter();
    in_force.flat_map(|(sku, off)| plans_of(sku, owned).into_iter().filter(move |plan| !off.contains(plan))).collect()
}

/// The apps inside a product: as this company has it, else as Microsoft sells it.
pub fn plans_of(sku: SkuId, owned: &Stock) -> Vec<PlanId> {
    match owned.sku(sku) {
        Some(owned) => owned.plans.iter().map(|plan| plan.id).collect(),
        None => products().product(sku).map(|product| product.plans.to_vec()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
