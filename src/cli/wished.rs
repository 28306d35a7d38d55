//! What a request asks for, in lines for an operator's terminal. Names come from the table that ships with the program, so that
//! nothing has to be reached for them; what it does not know is shown by its id.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::domain::catalog::products;
use crate::domain::change::Wish;
use crate::domain::country;
use crate::domain::ids::{PlanId, SkuId};
use crate::domain::person::UsageLocation;
use crate::domain::text::{Locale, Texts};

/// One line for each thing that was asked for.
pub(super) fn lines(wish: &Wish) -> Vec<String> {
    let location = wish.usage_location.map(|location| format!("set the usage location {}", country(location)));
    let assigned = wish.assign.iter().map(|(sku, off)| match off.is_empty() {
        true => format!("assign {}", product(*sku)),
        false => format!("assign {} without {}", product(*sku), apps(off)),
    });
    let unassigned = wish.unassign.iter().map(|sku| format!("unassign {}", product(*sku)));
    let switched = wish.switch.iter().flat_map(|(sku, switches)| {
        let sides = [("on", &switches.on), ("off", &switches.off)];
        let line = move |(side, plans): (&str, &BTreeSet<PlanId>)| {
            format!("switch {side} in {}: {}", product(*sku), apps(plans))
        };
        sides.into_iter().filter(|(_, plans)| !plans.is_empty()).map(line)
    });
    location.into_iter().chain(assigned).chain(unassigned).chain(switched).collect()
}

fn country(location: UsageLocation) -> String {
    Texts::new(Locale::En, TimeZone::UTC).words(&country::name(location))
}

fn product(sku: SkuId) -> String {
    match products().product(sku) {
        Some(product) => format!("{} ({})", product.name, product.part_number),
        None => sku.to_string(),
    }
}

fn apps(plans: &BTreeSet<PlanId>) -> String {
    let name = |plan: &PlanId| match products().plan(*plan) {
        Some(app) => format!("{} ({})", app.name, app.part_name),
        None => plan.to_string(),
    };
    plans.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Switches;

    fn sku(part_number: &str) -> SkuId {
        products().by_part_number(part_number).unwrap().sku
    }

    #[test]
    fn everything_that_was_asked_for_has_a_line_with_names() {
        let teams: PlanId = "57ff2da0-773e-42df-b2af-ffb7a2317929".parse().unwrap();
        let unknown: SkuId = "00000000-0000-4000-8000-000000000001".parse().unwrap();
        let wish = Wish {
            subject: "2f74ac2d-07b0-40e8-ba85-8f1ca792763d".parse().unwrap(),
            assign: [(sku("SPE_E5"), [teams].into()), (sku("POWER_BI_PRO"), BTreeSet::new())].into(),
            unassign: [unknown].into(),
            switch: [(sku("SPE_E3"), Switches { on: BTreeSet::new(), off: [teams].into() })].into(),
            usage_location: Some("SE".parse().unwrap()),
        };
        assert_eq!(
            lines(&wish),
            [
                "set the usage location Sweden (SE)",
                "assign Microsoft 365 E5 (SPE_E5) without Microsoft Teams (TEAMS1)",
                "assign Power BI Pro (POWER_BI_PRO)",
                "unassign 00000000-0000-4000-8000-000000000001",
                "switch off in Microsoft 365 E3 (SPE_E3): Microsoft Teams (TEAMS1)",
            ]
        );
    }
}
