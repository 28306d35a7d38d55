//! What is asked for, in words. Never the usage location: where somebody lives is not for everybody who reads this.

use std::collections::BTreeSet;

use super::{Names, Scene};
use crate::domain::change::Wish;
use crate::domain::ids::{PlanId, SkuId};
use crate::domain::request::Request;
use crate::domain::text::{Arg, Phrase};

/// Who asks for what, in one sentence.
pub(super) fn headline(scene: Scene<'_>) -> Phrase {
    let Request { requester, wish, .. } = scene.request;
    let key = if *requester == wish.subject { "request-for-self" } else { "request-for-other" };
    Phrase::new(key)
        .with("requester", scene.names.person(*requester))
        .with("subject", scene.names.person(wish.subject))
        .with("change", Arg::List(asked_for(wish, scene.names)))
}

/// What is asked for, element by element; a swap is one element.
pub fn asked_for(wish: &Wish, names: &Names) -> Vec<Arg> {
    let replaced = replaced(wish);
    let assign = wish.assign.iter().map(|(sku, off)| assigned(*sku, off, replaced, names));
    let unassign = wish.unassign.iter().filter(|_| replaced.is_none());
    let unassign = unassign.map(|sku| Phrase::new("asked-unassign").with("product", names.product(*sku)));
    let switch = wish.switch.iter().flat_map(|(sku, switches)| {
        let part = |key, apps: &BTreeSet<_>| {
            let phrase = Phrase::new(key).with("apps", names.apps(apps)).with("product", names.product(*sku));
            (!apps.is_empty()).then_some(phrase)
        };
        [part("asked-apps-on", &switches.on), part("asked-apps-off", &switches.off)].into_iter().flatten()
    });
    assign.chain(unassign).chain(switch).map(Arg::from).collect()
}

/// The product that the only other one replaces, where the wish is a swap: one write takes the one and gives the other.
pub(super) fn replaced(wish: &Wish) -> Option<SkuId> {
    let mut unassign = wish.unassign.iter();
    match (wish.assign.len(), unassign.next(), unassign.next()) {
        (1, Some(only), None) => Some(*only),
        _ => None,
    }
}

fn assigned(sku: SkuId, off: &BTreeSet<PlanId>, replaced: Option<SkuId>, names: &Names) -> Phrase {
    let key = match (replaced, off.is_empty()) {
        (None, true) => "asked-assign",
        (None, false) => "asked-assign-without",
        (Some(_), true) => "asked-replace",
        (Some(_), false) => "asked-replace-without",
    };
    let phrase = Phrase::new(key).with("product", names.product(sku));
    let phrase = if off.is_empty() { phrase } else { phrase.with("apps", names.apps(off)) };
    match replaced {
        Some(replaced) => phrase.with("replaced", names.product(replaced)),
        None => phrase,
    }
}
