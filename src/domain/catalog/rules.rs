//! Which service plans exclude or need each other, and which belong to the organisation as a whole. Microsoft publishes no
//! such list and Graph has no call for it: only what Microsoft's documents or captured answers show stands here, because
//! a rule too many would refuse what Microsoft allows. Never decides what happens on a violation.

use std::collections::BTreeSet;

use uuid::uuid;

use crate::domain::ids::PlanId;

const EXCHANGE_PLAN_1: PlanId = PlanId(uuid!("9aaf7827-d63c-4b61-89c3-182f06f82e5c"));
const EXCHANGE_PLAN_2: PlanId = PlanId(uuid!("efb87545-963c-4e0d-99df-69c6916d9eb0"));
const EXCHANGE_KIOSK: PlanId = PlanId(uuid!("4a82b400-a79f-41a4-b4e2-e94f5787b113"));
const SHAREPOINT_PLAN_1: PlanId = PlanId(uuid!("c7699d2e-19aa-44de-8edf-1736da088ca1"));
const SHAREPOINT_PLAN_2: PlanId = PlanId(uuid!("5dbe027f-2339-4123-9542-606e4d348a72"));
const TEAMS: PlanId = PlanId(uuid!("57ff2da0-773e-42df-b2af-ffb7a2317929"));
const TEAMS_FREE: PlanId = PlanId(uuid!("4fa4026d-ce74-4962-a151-8e96d57ea8e4"));
const TEAMS_ROOMS_BASIC: PlanId = PlanId(uuid!("c8529366-cffd-4415-ab8f-be0144a33ab1"));
const TEAMS_ROOMS_PRO: PlanId = PlanId(uuid!("0374d34c-6be4-4dbb-b3f0-26105db0b28a"));
const SKYPE_PLAN_2: PlanId = PlanId(uuid!("0feaeb32-d00e-4d66-bd5a-43b5b83db82c"));
const TEAMS_PHONE: PlanId = PlanId(uuid!("4828c8ec-dc2e-4779-b502-87ac9ce28ab7"));
const PROJECT_ONLINE: PlanId = PlanId(uuid!("fe71d6c3-a2ea-4499-9778-da042bf08063"));
const DEFENDER_FOR_OFFICE_PLAN_2: PlanId = PlanId(uuid!("8e0c0a52-6a6c-4d40-8370-dd62790dcd70"));
const WORKPLACE_ANALYTICS: PlanId = PlanId(uuid!("f477b0f0-3bb1-4890-940c-40fcee6ce05f"));
const EXCHANGE_FOUNDATION: PlanId = PlanId(uuid!("113feb6c-3fe4-4440-bddc-54d774bf0318"));

/// Every plan of class mail: any of them is a mailbox to protect. The three of the large suites come first, as they are
/// what people are told to look for.
const MAILBOXES: &[PlanId] = &[
    EXCHANGE_PLAN_1,
    EXCHANGE_PLAN_2,
    EXCHANGE_KIOSK,
    PlanId(uuid!("90927877-dcff-4af6-b346-2332c0b15bb7")),
    PlanId(uuid!("d42bdbd6-c335-4231-ab3d-c8f348d5aff5")),
    PlanId(uuid!("88f4d7ef-a73b-4246-8047-516022144c9f")),
    PlanId(uuid!("8c3069c0-ccdb-44be-ab77-986203a67df2")),
    PlanId(uuid!("1126bef5-da20-4f07-b45e-ad25d2581aa8")),
    PlanId(uuid!("e9b4930a-925f-45e2-ac2a-3f7788ca6fdd")),
    PlanId(uuid!("fc52cc4b-ed7d-472d-bbe7-b081c23ecc56")),
];

/// Plans of which a person may have only one. Not here, for want of proof: Exchange Kiosk, which lives beside Exchange
/// Plan 2 in real tenants, and the plans of government clouds.
const EXCLUSIVE: &[(PlanId, PlanId)] = &[
    (EXCHANGE_PLAN_1, EXCHANGE_PLAN_2),
    (SHAREPOINT_PLAN_1, SHAREPOINT_PLAN_2),
    (TEAMS_FREE, TEAMS),
    (TEAMS_ROOMS_BASIC, TEAMS_ROOMS_PRO),
];

/// Plans that work only beside another: any one of these is enough.
const NEEDS: &[(PlanId, &[PlanId])] = &[
    (PROJECT_ONLINE, &[SHAREPOINT_PLAN_2]),
    (TEAMS_PHONE, &[SKYPE_PLAN_2, TEAMS]),
    (DEFENDER_FOR_OFFICE_PLAN_2, MAILBOXES),
    (WORKPLACE_ANALYTICS, &[EXCHANGE_PLAN_1, EXCHANGE_PLAN_2]),
];

/// Plans that Microsoft's documents and real answers show as `appliesTo: Company`.
pub const COMPANY_ONLY: &[PlanId] = &[EXCHANGE_FOUNDATION];

/// Plans seen as `appliesTo: Company` in real tenants, without a document or capture to prove it. A tenant's own answer
/// decides; this is for a tenant that has none, such as the sandbox.
pub const COMPANY_ONLY_AS_SEEN: &[PlanId] = &[
    PlanId(uuid!("922ba911-5694-4e99-a794-73aed9bfeec8")), // EXCHANGE_S_FOUNDATION_GOV
    PlanId(uuid!("882e1d05-acd1-4ccb-8708-6ee03664b117")), // INTUNE_O365
    PlanId(uuid!("94065c59-bc8e-4e8b-89e5-5138d471eaff")), // MICROSOFT_SEARCH
    PlanId(uuid!("6f23d6a9-adbf-481c-8538-b4c095654487")), // M365_LIGHTHOUSE_CUSTOMER_PLAN1
    PlanId(uuid!("d55411c9-cfff-40a9-87c7-240f14df7da5")), // M365_LIGHTHOUSE_PARTNER_PLAN1
    PlanId(uuid!("31cf2cfc-6b0d-4adc-a336-88b724ed8122")), // RMS_S_BASIC
    PlanId(uuid!("7bf960f6-2cd9-443a-8046-5dbff9558365")), // WINDOWSUPDATEFORBUSINESS_DEPLOYMENTSERVICE
    PlanId(uuid!("9a6eeb79-0b4b-4bf0-9808-39d99a2cd5a3")), // Windows_Autopatch
    PlanId(uuid!("5b96ffc4-3853-4cf4-af50-e38505080f6b")), // MIP_S_EXCHANGE_CO, "Company Level" by its name
];

/// Does this plan belong to the organisation, as far as is known without asking the tenant?
pub fn is_company_only(plan: PlanId) -> bool {
    COMPANY_ONLY.contains(&plan) || COMPANY_ONLY_AS_SEEN.contains(&plan)
}

/// A plan that lacks what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The plan that can not work.
    pub plan: PlanId,
    /// Any one of these would do.
    pub needs: Vec<PlanId>,
}

/// Pairs of plans that one person can not have together. `enabled` is everything switched on over all the person's
/// products: a set, because one plan in two products is still one plan and no conflict.
pub fn conflicts(enabled: &BTreeSet<PlanId>) -> Vec<(PlanId, PlanId)> {
    EXCLUSIVE.iter().copied().filter(|(one, other)| enabled.contains(one) && enabled.contains(other)).collect()
}

/// Plans among `enabled` that need another which is not there.
pub fn missing_dependencies(enabled: &BTreeSet<PlanId>) -> Vec<Missing> {
    NEEDS
        .iter()
        .filter(|(plan, needs)| enabled.contains(plan) && !needs.iter().any(|need| enabled.contains(need)))
        .map(|(plan, needs)| Missing { plan: *plan, needs: needs.to_vec() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::table::{PlanClass, products};

    /// Everything that these products bring, all apps on.
    fn enabled(part_numbers: &[&str]) -> BTreeSet<PlanId> {
        let product = |part_number: &&str| products().by_part_number(part_number).unwrap();
        part_numbers.iter().map(product).flat_map(|product| product.plans.iter().copied()).collect()
    }

    fn part_name(plan: PlanId) -> &'static str {
        products().plan(plan).unwrap().part_name
    }

    #[test]
    fn products_that_exclude_each_other_are_found() {
        let check = |part_numbers: &[&str], expected: &[(&str, &str)]| {
            let conflicts = conflicts(&enabled(part_numbers));
            let conflicts: Vec<_> = conflicts.iter().map(|(one, other)| (part_name(*one), part_name(*other))).collect();
            assert_eq!(conflicts, expected, "{part_numbers:?}");
        };
        let exchange = ("EXCHANGE_S_STANDARD", "EXCHANGE_S_ENTERPRISE");
        let sharepoint = ("SHAREPOINTSTANDARD", "SHAREPOINTENTERPRISE");
        check(&["SPB", "SPE_E3"], &[exchange, sharepoint]);
        check(&["STANDARDPACK", "ENTERPRISEPACK"], &[exchange, sharepoint]);
        check(&["EXCHANGESTANDARD", "SPE_E5"], &[exchange]);
        check(&["TEAMS_FREE", "SPE_E5"], &[("TEAMS_FREE", "TEAMS1")]);
        check(
            &["Microsoft_Teams_Rooms_Basic", "Microsoft_Teams_Rooms_Pro_FAC"],
            &[("Teams_Rooms_Basic", "Teams_Rooms_Pro")],
        );
        check(&[], &[]);
    }

    #[test]
    fn products_that_share_plans_do_not_exclude_each_other() {
        for pair in [
            ["SPE_E3", "ENTERPRISEPACK"],
            ["SPE_E3", "EMS"],
            ["SPE_E5", "POWER_BI_PRO"],
            ["SPE_E5", "ENTERPRISEPREMIUM"],
            ["SPE_E3", "Microsoft_365_Copilot"],
            ["SPE_E3", "VISIOCLIENT"],
            ["Microsoft_365_E3_(no_Teams)", "Microsoft_Teams_Enterprise_New"],
        ] {
            assert_eq!(conflicts(&enabled(&pair)), [], "{pair:?}");
        }
    }

    #[test]
    fn no_product_excludes_itself() {
        for product in products().products() {
            let plans = product.plans.iter().copied().collect();
            assert_eq!(conflicts(&plans), [], "{}", product.part_number);
        }
    }

    #[test]
    fn what_a_plan_needs_is_missed_until_any_one_of_it_is_there() {
        let check = |part_numbers: &[&str], off: &[PlanId], expected: &[&str]| {
            let enabled = enabled(part_numbers).into_iter().filter(|plan| !off.contains(plan)).collect();
            let missing: Vec<_> =
                missing_dependencies(&enabled).iter().map(|missing| part_name(missing.plan)).collect();
            assert_eq!(missing, expected, "{part_numbers:?} without {off:?}");
        };
        check(&["PROJECTPROFESSIONAL"], &[], &[]);
        check(&["PROJECTPROFESSIONAL"], &[SHAREPOINT_PLAN_2], &["SHAREPOINT_PROJECT"]);
        check(&["MCOEV"], &[], &["MCOEV"]);
        check(&["MCOEV", "SPE_E3"], &[], &[]);
        check(&["MCOEV", "SPE_E3"], &[TEAMS], &[]);
        check(&["MCOEV", "SPE_E3"], &[SKYPE_PLAN_2], &[]);
        check(&["MCOEV", "SPE_E3"], &[TEAMS, SKYPE_PLAN_2], &["MCOEV"]);
        check(&["THREAT_INTELLIGENCE"], &[], &["THREAT_INTELLIGENCE"]);
        check(&["THREAT_INTELLIGENCE", "EXCHANGEDESKLESS"], &[], &[]);
        check(&["SPE_E5"], &[], &[]);
        check(&["SPE_E5"], &[EXCHANGE_PLAN_2], &["THREAT_INTELLIGENCE"]);
        check(&["WORKPLACE_ANALYTICS", "EXCHANGEDESKLESS"], &[], &["WORKPLACE_ANALYTICS"]);
    }

    #[test]
    fn the_answer_names_all_that_would_do() {
        let missing = missing_dependencies(&enabled(&["MCOEV"]));
        assert_eq!(missing, [Missing { plan: TEAMS_PHONE, needs: vec![SKYPE_PLAN_2, TEAMS] }]);
    }

    #[test]
    fn the_mailboxes_are_those_of_the_table() {
        let of_class_mail = products().plans().iter().filter(|plan| plan.class == PlanClass::Mail).map(|plan| plan.id);
        assert_eq!(MAILBOXES.iter().copied().collect::<BTreeSet<_>>(), of_class_mail.collect());
    }

    #[test]
    fn what_belongs_to_the_organisation_is_no_mailbox_and_no_storage() {
        assert!(is_company_only(EXCHANGE_FOUNDATION));
        assert!(!is_company_only(TEAMS));
        for plan in COMPANY_ONLY.iter().chain(COMPANY_ONLY_AS_SEEN) {
            let plan = products().plan(*plan).unwrap();
            assert!(matches!(plan.class, PlanClass::Other | PlanClass::Security), "{}", plan.part_name);
        }
    }
}
