//! What everyone calls the apps that everyone uses, where that is not a part of their name, or of more names than one; and
//! which apps a reader knows best. Names kinds of plans only: which plan of a kind it is depends on the product.

use super::apps::App;
use super::table::PlanClass;

/// Which plans a word stands for.
enum Plans {
    /// Those with these part names; a star stands for any ending.
    Named(&'static [&'static str]),
    /// Those of a class.
    Class(PlanClass),
}
use Plans::{Class, Named};

const SHAREPOINT: Plans = Named(&[
    "SHAREPOINTDESKLESS*",
    "SHAREPOINTENTERPRISE*",
    "SHAREPOINTLITE",
    "SHAREPOINTSTANDARD*",
    "SHAREPOINT_S_DEVELOPER",
    "SharePoint Plan 1G",
]);
const YAMMER: Plans = Named(&["YAMMER_*"]);
const VIVA_ENGAGE: Plans = Named(&["VIVAENGAGE_CORE"]);
const OFFICE: Plans = Named(&["OFFICESUBSCRIPTION*", "OFFICE_BUSINESS", "OFFICE_PRO*"]);

const TEAMS: Plans =
    Named(&["TEAMS1", "TEAMS_AR_*", "TEAMS_DESKLESS", "TEAMS_FREE", "TEAMS_GOV", "TeamsEss", "MCO_TEAMS_IW"]);
const POWER_BI: Plans = Named(&["BI_AZURE_*"]);
const PHONE: Plans = Named(&["MCOEV*"]);
const INTUNE: Plans = Named(&["INTUNE_A*", "INTUNE_EDU"]);

/// What a reader looks for first in a long list: mail, Office and its apps, files; then what else has a name of its own, and
/// of the protections those that most companies work with.
const BEST_KNOWN: &[Plans] = &[
    Class(PlanClass::Mail),
    OFFICE,
    TEAMS,
    Named(&["ONEDRIVE*"]),
    SHAREPOINT,
    Class(PlanClass::Files),
    Named(&["M365_COPILOT_APPS", "M365_COPILOT_TEAMS", "M365_COPILOT_BUSINESS_CHAT"]),
    POWER_BI,
    Named(&["VISIO*", "PROJECT_PROFESSIONAL*", "PROJECT_CLIENT*"]),
    PHONE,
    Named(&["MCOMEETADV*"]),
    Named(&["WINDEFATP*", "MDE_*"]),
    Named(&["THREAT_INTELLIGENCE", "THREAT_INTELLIGENCE_GOV", "ATP_ENTERPRISE*"]),
    Named(&["AAD_PREMIUM*"]),
    INTUNE,
    Named(&["MFA_PREMIUM"]),
    Named(&["ADALLOM_S_STANDALONE*", "ATA"]),
    Named(&["RMS_S_PREMIUM*"]),
];

/// How well people know an app: the lower, the better.
pub(super) fn rank(part_name: &str, class: PlanClass) -> usize {
    BEST_KNOWN.iter().position(|plans| plans.hold(part_name, class)).unwrap_or(BEST_KNOWN.len())
}

/// Folded words, and the kinds of plans they stand for: the first kind that the product has is meant.
const FAMILIAR: &[(&[&str], &[Plans])] = &[
    (&["teams", "ms teams"], &[TEAMS]),
    (&["exchange", "outlook", "mail", "mailbox", "email", "e mail", "epost", "e post"], &[Class(PlanClass::Mail)]),
    (&["sharepoint"], &[SHAREPOINT]),
    // Suites have no OneDrive plan of their own: there it is a part of SharePoint, and goes with it.
    (&["onedrive", "one drive"], &[Named(&["ONEDRIVE*"]), SHAREPOINT]),
    (&["office", "office apps", "microsoft 365 apps", "desktop apps"], &[OFFICE]),
    (&["office online", "office for the web", "web apps"], &[Named(&["SHAREPOINTWAC*"])]),
    (&["yammer"], &[YAMMER, VIVA_ENGAGE]),
    (&["viva engage", "engage"], &[VIVA_ENGAGE, YAMMER]),
    (&["viva insights", "myanalytics"], &[Named(&["MYANALYTICS_P2*", "EXCHANGE_ANALYTICS*"])]),
    (&["planner"], &[Named(&["PROJECTWORKMANAGEMENT*"])]),
    (&["forms"], &[Named(&["FORMS_PLAN_*", "FORMS_GOV_*", "OFFICE_FORMS_PLAN_*"])]),
    (&["todo", "to do", "ms to do"], &[Named(&["BPOS_S_TODO_*"])]),
    (&["stream"], &[Named(&["STREAM_O365_*", "STREAM_P2", "MICROSOFT STREAM"])]),
    (&["flow", "power automate"], &[Named(&["FLOW_O365_*"]), Named(&["FLOW_*"])]),
    (&["powerapps", "power apps"], &[Named(&["POWERAPPS_O365_*"]), Named(&["POWERAPPS_*"])]),
    (&["power bi", "powerbi"], &[POWER_BI]),
    (&["skype", "skype for business"], &[Named(&["MCOSTANDARD*", "MCOIMP*", "MCOLITE"])]),
    (&["phone", "teams phone"], &[PHONE]),
    (&["shifts"], &[Named(&["Deskless"])]),
    (&["mfa"], &[Named(&["MFA_PREMIUM"])]),
    (&["intune"], &[INTUNE, Named(&["INTUNE_SMBIZ"])]),
];

/// The apps that a folded text is the everyday name of.
pub(super) fn find<'a>(typed: &str, apps: &'a [App]) -> Vec<&'a App> {
    let kinds =
        FAMILIAR.iter().find(|(words, _)| words.contains(&typed)).map_or::<&[Plans], _>(&[], |(_, kinds)| *kinds);
    let of_kind = |plans: &Plans| apps.iter().filter(|app| plans.hold(&app.part_name, app.class)).collect::<Vec<_>>();
    kinds.iter().map(of_kind).find(|found| !found.is_empty()).unwrap_or_default()
}

impl Plans {
    fn hold(&self, part_name: &str, of: PlanClass) -> bool {
        match self {
            Class(class) => of == *class,
            Named(patterns) => patterns.iter().any(|pattern| fits(part_name, pattern)),
        }
    }
}

fn fits(part_name: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => part_name.to_ascii_lowercase().starts_with(&beginning.to_ascii_lowercase()),
        None => part_name.eq_ignore_ascii_case(pattern),
    }
}
