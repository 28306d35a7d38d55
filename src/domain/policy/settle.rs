//! What becomes of a route under way when the policy is asked again. Never makes a request easier: not to a weaker route,
//! and not to fewer votes than the stored route wanted.

use super::route::Route;

/// The route that a request goes on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteNow {
    /// The one it was on; the votes stay.
    Same,
    /// Another one, from its first stage; the votes are void.
    StartOver(Route),
}

/// Compares the route that a request is on with the one that the policy of now gives it. A weaker one changes nothing; one
/// that is as strict or stricter replaces it. Should a stricter route want fewer votes, the stages of the stored one follow
/// it, so that neither is evaded.
pub fn settle_route(stored: &Route, current: &Route) -> RouteNow {
    let fewer_votes = current.votes_wanted() < stored.votes_wanted();
    if current == stored || current.rank < stored.rank || (current.rank == stored.rank && fewer_votes) {
        return RouteNow::Same;
    }
    let mut route = current.clone();
    if fewer_votes {
        route.stages.extend(stored.stages.iter().cloned());
    }
    RouteNow::StartOver(route)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use proptest::prelude::*;

    use super::super::route::{Approvers, Stage};
    use super::*;

    fn route(rank: u32, quorums: &[u32]) -> Route {
        let stage = |quorum: &u32| Stage {
            approvers: Approvers::Manager,
            quorum: NonZeroU32::new(*quorum).unwrap(),
            fallback: None,
        };
        Route { name: format!("rank-{rank}"), rank, stages: quorums.iter().map(stage).collect() }
    }

    #[test]
    fn the_same_route_goes_on() {
        assert_eq!(settle_route(&route(10, &[1]), &route(10, &[1])), RouteNow::Same);
        assert_eq!(settle_route(&Route::at_once(), &Route::at_once()), RouteNow::Same);
    }

    #[test]
    fn a_stricter_route_starts_over() {
        assert_eq!(settle_route(&route(10, &[1]), &route(20, &[1, 1])), RouteNow::StartOver(route(20, &[1, 1])));
        assert_eq!(settle_route(&Route::at_once(), &route(10, &[1])), RouteNow::StartOver(route(10, &[1])));
    }

    #[test]
    fn a_weaker_route_changes_nothing() {
        assert_eq!(settle_route(&route(20, &[1]), &route(10, &[1, 1])), RouteNow::Same);
        assert_eq!(settle_route(&route(10, &[1]), &Route::at_once()), RouteNow::Same);
    }

    #[test]
    fn a_route_redrawn_with_as_many_votes_starts_over_and_with_fewer_does_not() {
        let other = Route { name: "other".into(), ..route(10, &[1]) };
        assert_eq!(settle_route(&route(10, &[1]), &other), RouteNow::StartOver(other.clone()));
        assert_eq!(settle_route(&route(10, &[2]), &other), RouteNow::Same);
    }

    #[test]
    fn a_stricter_route_with_fewer_votes_is_followed_by_the_stored_one_and_then_stays() {
        let both = Route { stages: route(1, &[1, 1, 1]).stages, ..route(20, &[1]) };
        assert_eq!(settle_route(&route(10, &[1, 1]), &route(20, &[1])), RouteNow::StartOver(both.clone()));
        assert_eq!(settle_route(&both, &route(20, &[1])), RouteNow::Same);
    }

    proptest! {
        #[test]
        fn nothing_gets_easier_and_asking_twice_changes_nothing(
            stored in (1..4u32, proptest::collection::vec(1..4u32, 1..4)),
            current in (0..4u32, proptest::collection::vec(1..4u32, 0..4)),
        ) {
            let stored = route(stored.0, &stored.1);
            let current = if current.0 == 0 { Route::at_once() } else { route(current.0, &current.1) };
            let after = match settle_route(&stored, &current) {
                RouteNow::Same => stored.clone(),
                RouteNow::StartOver(route) => route,
            };
            prop_assert!(after.votes_wanted() >= stored.votes_wanted());
            prop_assert_eq!(after.rank, stored.rank.max(current.rank));
            prop_assert_eq!(settle_route(&after, &current), RouteNow::Same);
        }
    }
}
