//! What everyone calls the apps that everyone uses, where that is not a part of their name, or of more names than one.
//! Names kinds of plans only: which plan of a kind it is depends on the product.

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

/// Folded words, and the kinds of plans they stand for: the first kind that the product has is meant.
const FAMILIAR: &[(&[&str], &[Plans])] = &[
    (
        &["teams", "ms teams"],
        &[Named(&["TEAMS1", "TEAMS_AR_*", "TEAMS_DESKLESS", "TEAMS_FREE", "TEAMS_GOV", "TeamsEss", "MCO_TEAMS_IW"])],
    ),
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
    (&["power bi", "powerbi"], &[Named(&["BI_AZURE_*"])]),
    (&["skype", "skype for business"], &[Named(&["MCOSTANDARD*", "MCOIMP*", "MCOLITE"])]),
    (&["phone", "teams phone"], &[Named(&["MCOEV*"])]),
    (&["shifts"], &[Named(&["Deskless"])]),
    (&["mfa"], &[Named(&["MFA_PREMIUM"])]),
    (&["intune"], &[Named(&["INTUNE_A*", "INTUNE_EDU"]), Named(&["INTUNE_SMBIZ"])]),
];

/// The apps that a folded text is the everyday name of.
pub(super) fn find<'a>(typed: &str, apps: &'a [App]) -> Vec<&'a App> {
    let kinds =
        FAMILIAR.iter().find(|(words, _)| words.contains(&typed)).map_or::<&[Plans], _>(&[], |(_, kinds)| *kinds);
    let of_kind = |plans: &Plans| apps.iter().filter(|app| plans.hold(app)).collect::<Vec<_>>();
    kinds.iter().map(of_kind).find(|found| !found.is_empty()).unwrap_or_default()
}

impl Plans {
    fn hold(&self, app: &App) -> bool {
        match self {
            Class(class) => app.class == *class,
            Named(patterns) => patterns.iter().any(|pattern| fits(&app.part_name, pattern)),
        }
    }
}

fn fits(part_name: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => part_name.to_ascii_lowercase().starts_with(&beginning.to_ascii_lowercase()),
        None => part_name.eq_ignore_ascii_case(pattern),
    }
}
