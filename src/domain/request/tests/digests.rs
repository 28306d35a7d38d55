//! What approvers approve. A button made for something else is stale.

use super::*;

fn sweden() -> UsageLocation {
    "SE".parse().unwrap()
}

#[test]
fn the_digest_is_over_requester_and_wish_and_nothing_else() {
    let here = draft();
    let elsewhere = Origin { platform: Platform::Discord, place: Place::Channel("7".to_owned()) };
    let reason = Some(TextRef(Digest([1; 32])));
    let there = Request::open(id(), minute(7), (ANA, wish(), reason), elsewhere, minute(99)).unwrap().request;
    assert_eq!(there.digest, here.digest);

    let of_bo = Request::open(id(), minute(0), (BO, wish(), None), origin(), minute(15)).unwrap().request;
    assert_ne!(of_bo.digest, here.digest, "another requester");
    let other = Wish { subject: MEGAN, ..wish() };
    let for_megan = Request::open(id(), minute(0), (ANA, other, None), origin(), minute(15)).unwrap().request;
    assert_ne!(for_megan.digest, here.digest, "another subject");
    let other = Wish { unassign: BTreeSet::from([E5]), assign: BTreeMap::new(), ..wish() };
    let unassign = Request::open(id(), minute(0), (ANA, other, None), origin(), minute(15)).unwrap().request;
    assert_ne!(unassign.digest, here.digest, "another change");
}

#[test]
fn the_digest_stays_the_same_across_versions_of_the_program() {
    // Buttons on cards and digests in trails outlive an upgrade; whoever changes this breaks them.
    let text = draft().digest.to_string();
    assert_eq!(text, "80db303cccf8c98e68972baa6e39a360e7bf05ad946549f281547f718092558f");
    assert_eq!(draft().digest.short(), text.chars().take(12).collect::<String>());
    assert_eq!(text.parse(), Ok(draft().digest));
    assert_eq!("7".repeat(63).parse::<Digest>(), Err(NotADigest));
    assert_eq!("g".repeat(64).parse::<Digest>(), Err(NotADigest));
}

#[test]
fn choosing_the_country_changes_what_is_approved() {
    let before = draft();
    let after = before.clone().confirm(minute(1), route(&[1]), Some(sweden())).unwrap().request;
    assert_eq!(after.wish.usage_location, Some(sweden()));
    assert_ne!(after.digest, before.digest);

    let open = waiting(&[2]);
    let voted = open.clone().vote(minute(2), MEGAN, BTreeSet::new(), Some(sweden())).unwrap().request;
    assert_eq!((voted.wish.usage_location, voted.digest), (Some(sweden()), after.digest));

    // The next voter chooses nothing, and so keeps it.
    let kept = voted.clone().vote(minute(3), OSKAR, BTreeSet::new(), None).unwrap().request;
    assert_eq!((kept.wish.usage_location, kept.digest), (Some(sweden()), voted.digest));
    assert_eq!(open.vote(minute(2), MEGAN, BTreeSet::new(), None).unwrap().request.digest, before.digest);
}
