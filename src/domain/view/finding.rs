//! Findings in words: one sentence each, with what to do about it.

use std::collections::BTreeSet;

use super::{Extent, Names};
use crate::domain::catalog::NotAssignable;
use crate::domain::change::Wish;
use crate::domain::ids::PlanId;
use crate::domain::preflight::Finding;
use crate::domain::text::{Arg, Phrase};

/// The sentence, about the person of the wish.
pub fn phrase(finding: &Finding, wish: &Wish, names: &Names) -> Phrase {
    phrase_to(finding, wish, names, Extent::Some)
}

/// The sentence, with so many of the apps that it is about.
pub(super) fn phrase_to(finding: &Finding, wish: &Wish, names: &Names, extent: Extent) -> Phrase {
    said(finding, wish, names, extent).with("subject", names.person(wish.subject))
}

fn said(finding: &Finding, wish: &Wish, names: &Names, extent: Extent) -> Phrase {
    match finding {
        Finding::NotAssignable(sku, why) => not_assignable(*why).with("product", names.product(*sku)),
        Finding::Inherited(sku, groups) => Phrase::new("finding-inherited")
            .with("product", names.product(*sku))
            .with("groups", names.group_list(groups)),
        Finding::NotHeld(sku) => Phrase::new("finding-not-held").with("product", names.product(*sku)),
        Finding::Conflict(one, other) => {
            Phrase::new("finding-conflict").with("one", names.app(*one)).with("other", names.app(*other))
        }
        Finding::MissingDependency(plan, needs) => dependency(*plan, needs, wish, names),
        Finding::LocationCannotBeSet => Phrase::new("finding-location-cannot-be-set"),
        Finding::AlreadySo => already_so(wish, names),
        Finding::AlreadyHeld(sku) => Phrase::new("finding-already-held").with("product", names.product(*sku)),
        Finding::GainsNothing(skus) => {
            Phrase::new("finding-gains-nothing").with("products", names.products(skus.iter())).with("count", skus.len())
        }
        Finding::LocationToChoose => Phrase::new("finding-location-to-choose"),
        Finding::MailLost => Phrase::new("finding-mail-lost"),
        Finding::FilesLost => Phrase::new("finding-files-lost"),
        Finding::SecurityLost(plans) => counted("finding-security-lost", names.best_known(plans, extent)),
        Finding::Blocked => Phrase::new("finding-blocked"),
        Finding::Guest => Phrase::new("finding-guest"),
        Finding::StaysInherited(sku, groups) => Phrase::new("finding-stays-inherited")
            .with("product", names.product(*sku))
            .with("groups", names.group_list(groups)),
        Finding::InheritedToo(sku, groups) => Phrase::new("finding-inherited-too")
            .with("product", names.product(*sku))
            .with("groups", names.group_list(groups)),
        Finding::LastSeat(sku) => Phrase::new("finding-last-seat").with("product", names.product(*sku)),
    }
}

/// A sentence about some apps, in the singular or the plural of the names that are told.
fn counted(key: &'static str, apps: Arg) -> Phrase {
    let count = if let Arg::List(names) = &apps { names.len() } else { 1 };
    Phrase::new(key).with("apps", apps).with("count", count)
}

/// Any one of what is needed would do.
fn dependency(plan: PlanId, needs: &[PlanId], wish: &Wish, names: &Names) -> Phrase {
    let mut off = wish.switch.values().map(|switches| &switches.off).chain(wish.assign.values());
    let chosen = off.any(|off| needs.iter().any(|need| off.contains(need)));
    let needs = names.app_names(needs);
    let key = if chosen { "finding-dependency-off" } else { "finding-dependency" };
    let phrase = Phrase::new(key).with("app", names.app(plan)).with("count", needs.len());
    phrase.with("needs", Arg::AnyOf(needs))
}

/// In the wish's own words, where it is of one kind.
fn already_so(wish: &Wish, names: &Names) -> Phrase {
    let mut switched = wish.switch.iter();
    match (wish.assign.is_empty(), switched.next(), switched.next()) {
        (false, None, _) if wish.assign.values().all(BTreeSet::is_empty) => {
            Phrase::new("finding-already-holds").with("products", names.products(wish.assign.keys()))
        }
        (true, Some((sku, switches)), None) if switches.off.is_empty() => {
            counted("finding-already-on", names.apps(&switches.on)).with("product", names.product(*sku))
        }
        (true, Some((sku, switches)), None) if switches.on.is_empty() => {
            counted("finding-already-off", names.apps(&switches.off)).with("product", names.product(*sku))
        }
        _ => Phrase::new("finding-already-so"),
    }
}

fn not_assignable(why: NotAssignable) -> Phrase {
    match why {
        NotAssignable::NotForUsers => Phrase::new("finding-not-for-users"),
        NotAssignable::Suspended => Phrase::new("finding-suspended"),
        NotAssignable::Deleted => Phrase::new("finding-deleted"),
        NotAssignable::LockedOut => Phrase::new("finding-locked-out"),
        NotAssignable::UnknownState => Phrase::new("finding-unknown-state"),
        NotAssignable::NoSeatFree { enabled, consumed, .. } => {
            Phrase::new("finding-no-seat").with("enabled", enabled).with("consumed", consumed)
        }
    }
}
