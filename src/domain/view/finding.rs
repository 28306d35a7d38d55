//! Findings in words: one sentence each, with what to do about it.

use super::Names;
use crate::domain::catalog::NotAssignable;
use crate::domain::preflight::Finding;
use crate::domain::text::Phrase;

/// The sentence.
pub fn phrase(finding: &Finding, names: &Names) -> Phrase {
    match finding {
        Finding::NotAssignable(sku, why) => not_assignable(*why).with("product", names.product(*sku)),
        Finding::Inherited(sku, groups) => Phrase::new("finding-inherited")
            .with("product", names.product(*sku))
            .with("groups", names.group_list(groups)),
        Finding::NotHeld(sku) => Phrase::new("finding-not-held").with("product", names.product(*sku)),
        Finding::Conflict(one, other) => {
            Phrase::new("finding-conflict").with("one", names.app(*one)).with("other", names.app(*other))
        }
        Finding::MissingDependency(plan, needs) => {
            Phrase::new("finding-dependency").with("app", names.app(*plan)).with("needs", names.apps(needs))
        }
        Finding::LocationCannotBeSet => Phrase::new("finding-location-cannot-be-set"),
        Finding::AlreadySo => Phrase::new("finding-already-so"),
        Finding::AlreadyHeld(sku) => Phrase::new("finding-already-held").with("product", names.product(*sku)),
        Finding::LocationToChoose => Phrase::new("finding-location-to-choose"),
        Finding::MailLost => Phrase::new("finding-mail-lost"),
        Finding::FilesLost => Phrase::new("finding-files-lost"),
        Finding::SecurityLost(plans) => Phrase::new("finding-security-lost").with("apps", names.apps(plans)),
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
