//! Which service plans are smaller editions of others: whoever has the larger one misses nothing of the smaller. Microsoft
//! publishes no such list: only what its documents say in so many words stands in `data/editions.tsv`, with the document.
//! Not there, for want of it: add-ons that need the smaller plan beside them, such as Intune Plan 2, and the plans of
//! government clouds. Never says what a tenant owns, and nothing for a policy: there, a plan that goes is a plan that goes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{BadLine, products};
use crate::domain::ids::PlanId;

/// The larger editions of each plan that has any, the nearest first.
type Larger = HashMap<PlanId, Vec<PlanId>>;

/// The plans that include this one, the nearest first.
pub fn larger(plan: PlanId) -> &'static [PlanId] {
    static LARGER: LazyLock<Larger> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "embedded text; a test reads it before it can ship")]
        read(include_str!("../../../data/editions.tsv")).expect("the embedded editions are well formed")
    });
    LARGER.get(&plan).map(Vec::as_slice).unwrap_or_default()
}

fn read(text: &str) -> Result<Larger, BadLine> {
    let mut all = Larger::new();
    for line in text.lines().skip(1) {
        let (plans, _) = line.split_once('\t').ok_or(BadLine)?;
        let plans = plans.split(' ').map(plan).collect::<Result<Vec<_>, _>>()?;
        let mut rest = plans.as_slice();
        while let [smaller, larger @ ..] = rest {
            all.entry(*smaller).or_default().extend(larger);
            rest = larger;
        }
    }
    Ok(all)
}

fn plan(part_name: &str) -> Result<PlanId, BadLine> {
    let mut named = products().plans().iter().filter(|plan| plan.part_name == part_name);
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(only.id),
        _ => Err(BadLine),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::testing::plan;

    #[test]
    fn the_nearest_larger_edition_comes_first_and_the_largest_has_none() {
        assert_eq!(larger(plan("MDE_LITE")), [plan("WINDEFATP")]);
        assert_eq!(larger(plan("FORMS_PLAN_E1")), [plan("FORMS_PLAN_E3"), plan("FORMS_PLAN_E5")]);
        assert_eq!(larger(plan("FORMS_PLAN_E3")), [plan("FORMS_PLAN_E5")]);
        assert_eq!(larger(plan("ADALLOM_S_DISCOVERY")), larger(plan("ADALLOM_S_O365")));
        assert_eq!(larger(plan("WINDEFATP")), []);
        assert_eq!(larger(plan("INTUNE_A")), [], "Intune Plan 2 is an add-on");
    }

    #[test]
    fn an_edition_is_of_the_same_kind_as_what_it_includes() {
        for smaller in products().plans() {
            for larger in larger(smaller.id) {
                let larger = products().plan(*larger).unwrap();
                assert_eq!(larger.class, smaller.class, "{} in {}", smaller.part_name, larger.part_name);
                assert!(!super::larger(larger.id).contains(&smaller.id), "a circle: {}", smaller.part_name);
            }
        }
    }

    #[test]
    fn a_line_that_names_no_plan_or_no_document_is_refused() {
        assert!(read("heading\nMDE_LITE WINDEFATP\tCompare plans").is_ok());
        assert!(read("heading\nMDE_LITE WINDEFATP").is_err());
        assert!(read("heading\nMDE_LITE NO_SUCH_PLAN\tCompare plans").is_err());
        assert!(read("heading\nPROJECT_ESSENTIALS PROJECT_P1\tCompare plans").is_err(), "one name, two plans");
    }
}
