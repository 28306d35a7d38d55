//! What a change would do, and why it might not work, found before anybody decides and before the directory refuses. Never
//! hides or shows anything: each finding says whom it is about, and the views choose what their viewer may see.

use std::collections::BTreeSet;

use super::catalog::{NotAssignable, PlanClass, Stock, rules};
use super::change::{Difference, Impossible, LocationNeed, Plan, Wish};
use super::ids::{GroupId, PlanId, SkuId};
use super::person::{Holdings, PersonFacts, UserType};

/// One thing to know before deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nobody can be assigned this product now.
    NotAssignable(SkuId, NotAssignable),
    /// The product comes only from these groups, and cannot be changed on the person.
    Inherited(SkuId, Vec<GroupId>),
    /// The person does not hold the product.
    NotHeld(SkuId),
    /// These two apps cannot be on together.
    Conflict(PlanId, PlanId),
    /// The app needs one of these others: of those that the change takes away, else of those that the company could give.
    MissingDependency(PlanId, Vec<PlanId>),
    /// The person has no usage location, and this installation may not set one.
    LocationCannotBeSet,
    /// Everything is as wished already.
    AlreadySo,
    /// The person holds the product just so already; that part of the wish changes nothing.
    AlreadyHeld(SkuId),
    /// Every app of these products is there already; they would only take a seat each.
    GainsNothing(Vec<SkuId>),
    /// Somebody who may will choose a usage location on the card.
    LocationToChoose,
    /// The last mail app goes: the mailbox is kept 30 days.
    MailLost,
    /// The last files app goes: read-only on day 60, archived on day 93.
    FilesLost,
    /// These security apps go, and no larger edition of them is there.
    SecurityLost(Vec<PlanId>),
    /// Signing in is blocked.
    Blocked,
    /// The account is a guest.
    Guest,
    /// The product stays, since these groups give it too.
    StaysInherited(SkuId, Vec<GroupId>),
    /// The product is inherited already; assigning it takes no second seat.
    InheritedToo(SkuId, Vec<GroupId>),
    /// This is the last free seat.
    LastSeat(SkuId),
}

impl Finding {
    /// With this, the change cannot be made.
    pub fn blocks(&self) -> bool {
        match self {
            Self::NotAssignable(..)
            | Self::Inherited(..)
            | Self::NotHeld(_)
            | Self::Conflict(..)
            | Self::MissingDependency(..)
            | Self::LocationCannotBeSet
            | Self::AlreadySo => true,
            Self::AlreadyHeld(_)
            | Self::GainsNothing(_)
            | Self::LocationToChoose
            | Self::MailLost
            | Self::FilesLost
            | Self::SecurityLost(_)
            | Self::Blocked
            | Self::Guest
            | Self::StaysInherited(..)
            | Self::InheritedToo(..)
            | Self::LastSeat(_) => false,
        }
    }
}

/// Everything to know about a change that can be planned.
pub fn findings(
    wish: &Wish,
    plan: &Plan,
    subject: &PersonFacts,
    stock: &Stock,
    may_set_location: bool,
) -> Vec<Finding> {
    let mut found = seats(wish, plan, &subject.holdings, stock);
    if plan.is_noop() {
        found.push(Finding::AlreadySo);
    } else {
        let held = wish.assign.keys().filter(|sku| !plan.change.add.contains_key(*sku));
        found.extend(held.map(|sku| Finding::AlreadyHeld(*sku)));
    }
    found.extend(rules::conflicts(&plan.apps_after).into_iter().map(|(one, other)| Finding::Conflict(one, other)));
    found.extend(dependencies(plan, stock));
    found.extend(location(plan, may_set_location));
    found.extend(account(subject));
    found.extend(nothing_gained(wish, plan, &subject.holdings, stock));
    found.extend(losses(plan, stock));
    found.extend(inherited(plan, &subject.holdings));
    found
}

/// What to say when it cannot even be planned.
pub fn impossible(why: &Impossible, holdings: &Holdings) -> Finding {
    match why {
        Impossible::NotHeld(sku) => Finding::NotHeld(*sku),
        Impossible::Inherited(sku) => Finding::Inherited(*sku, holdings.inherited_from(*sku)),
    }
}

/// What somebody may know who may not see the person: products and seats, as if the person held nothing. Were it told by
/// what the person holds, a missing refusal would tell that they hold it.
pub fn public_findings(wish: &Wish, stock: &Stock) -> Vec<Finding> {
    let owned = wish.assign.keys().filter_map(|sku| stock.sku(*sku));
    owned
        .filter_map(|owned| match owned.assignable() {
            Err(why) => Some(Finding::NotAssignable(owned.sku, why)),
            Ok(()) => (owned.free() == 1).then_some(Finding::LastSeat(owned.sku)),
        })
        .collect()
}

/// A person who has a seat already needs no other.
fn seats(wish: &Wish, plan: &Plan, holdings: &Holdings, stock: &Stock) -> Vec<Finding> {
    let effective = holdings.effective();
    let added = wish.assign.keys().filter(|sku| plan.change.add.contains_key(*sku));
    added
        .filter_map(|sku| {
            let owned = stock.sku(*sku)?;
            let verdict = if effective.contains_key(sku) { owned.open() } else { owned.assignable() };
            match verdict {
                Err(why) => Some(Finding::NotAssignable(*sku, why)),
                Ok(()) if owned.free() == 1 && !effective.contains_key(sku) => Some(Finding::LastSeat(*sku)),
                Ok(()) => None,
            }
        })
        .collect()
}

/// Many plans would do for some apps; told is what this person loses, or could get here.
fn dependencies(plan: &Plan, stock: &Stock) -> Vec<Finding> {
    let owned: BTreeSet<PlanId> = stock.skus.iter().flat_map(|owned| &owned.plans).map(|owned| owned.id).collect();
    let missing = rules::missing_dependencies(&plan.apps_after).into_iter();
    missing
        .map(|missing| {
            let among = |known: &BTreeSet<PlanId>| -> Vec<PlanId> {
                missing.needs.iter().copied().filter(|need| known.contains(need)).collect()
            };
            let told = [among(&plan.loses), among(&owned)].into_iter().find(|told| !told.is_empty());
            Finding::MissingDependency(missing.plan, told.unwrap_or_else(|| missing.needs.clone()))
        })
        .collect()
}

fn location(plan: &Plan, may_set: bool) -> Option<Finding> {
    match plan.location {
        LocationNeed::None => None,
        LocationNeed::Set(_) | LocationNeed::Choose if !may_set => Some(Finding::LocationCannotBeSet),
        LocationNeed::Set(_) => None,
        LocationNeed::Choose => Some(Finding::LocationToChoose),
    }
}

fn account(subject: &PersonFacts) -> Vec<Finding> {
    let blocked = (!subject.person.enabled).then_some(Finding::Blocked);
    let guest = (subject.person.user_type == UserType::Guest).then_some(Finding::Guest);
    blocked.into_iter().chain(guest).collect()
}

/// Somebody who asks for more and would get none of it.
fn nothing_gained(wish: &Wish, plan: &Plan, holdings: &Holdings, stock: &Stock) -> Option<Finding> {
    let effective = holdings.effective();
    let new: Vec<SkuId> = plan.change.add.keys().filter(|sku| !effective.contains_key(*sku)).copied().collect();
    let only_assigns = wish.unassign.is_empty() && wish.switch.is_empty();
    (only_assigns && !new.is_empty() && !Difference::of(plan, stock).gains()).then_some(Finding::GainsNothing(new))
}

fn losses(plan: &Plan, stock: &Stock) -> Vec<Finding> {
    let gone = |class| plan.classes_lost.contains(&class) && !plan.classes_kept.contains(&class);
    let mail = gone(PlanClass::Mail).then_some(Finding::MailLost);
    let files = gone(PlanClass::Files).then_some(Finding::FilesLost);
    let lost = Difference::of(plan, stock).lost.into_iter();
    let security: Vec<PlanId> = lost.filter(|app| stock.app_class(*app) == PlanClass::Security).collect();
    let security = (!security.is_empty()).then_some(Finding::SecurityLost(security));
    mail.into_iter().chain(files).chain(security).collect()
}

fn inherited(plan: &Plan, holdings: &Holdings) -> Vec<Finding> {
    let found = |sku: &SkuId, finding: fn(SkuId, Vec<GroupId>) -> Finding| {
        let groups = holdings.inherited_from(*sku);
        (!groups.is_empty()).then(|| finding(*sku, groups))
    };
    let too = plan.change.add.keys().filter_map(|sku| found(sku, Finding::InheritedToo));
    let stays = plan.change.remove.iter().filter_map(|sku| found(sku, Finding::StaysInherited));
    too.chain(stays).collect()
}

#[cfg(test)]
mod tests;
