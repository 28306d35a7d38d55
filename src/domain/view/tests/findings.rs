//! Findings, each as its sentence: about whom it is, and what to do.

use super::*;
use crate::domain::catalog::testing::plan as app;
use crate::domain::change::Switches;

fn check(finding: &Finding, wish: &Wish, english: &str, swedish: &str) {
    let phrase = finding_phrase(finding, wish, &names());
    assert_eq!(Texts::new(Locale::En, TimeZone::UTC).say(&phrase), english);
    assert_eq!(Texts::new(Locale::Sv, TimeZone::UTC).say(&phrase), swedish);
}

fn apps(part_names: &[&str]) -> BTreeSet<PlanId> {
    part_names.iter().map(|name| app(name)).collect()
}

fn switching(on: &[&str], off: &[&str]) -> Wish {
    let switches = Switches { on: apps(on), off: apps(off) };
    Wish { switch: BTreeMap::from([(sku("SPE_E3"), switches)]), ..Wish::nothing_for(id(ANA)) }
}

#[test]
fn what_is_so_already_names_the_person_and_the_thing() {
    check(
        &Finding::AlreadySo,
        &wish(ANA),
        "Ana already holds Power BI Pro (POWER_BI_PRO); there is nothing to change.",
        "Ana har redan Power BI Pro (POWER_BI_PRO); det finns inget att ändra.",
    );
    check(
        &Finding::AlreadySo,
        &switching(&["TEAMS1"], &[]),
        "Microsoft Teams is already on for Ana in Microsoft 365 E3 (SPE_E3); there is nothing to change.",
        "Microsoft Teams är redan på för Ana i Microsoft 365 E3 (SPE_E3); det finns inget att ändra.",
    );
    check(
        &Finding::AlreadySo,
        &switching(&[], &["TEAMS1"]),
        "Microsoft Teams is already off for Ana in Microsoft 365 E3 (SPE_E3); there is nothing to change.",
        "Microsoft Teams är redan avstängd för Ana i Microsoft 365 E3 (SPE_E3); det finns inget att ändra.",
    );
    check(
        &Finding::AlreadySo,
        &switching(&[], &["TEAMS1", "SWAY"]),
        "Microsoft Teams and Sway are already off for Ana in Microsoft 365 E3 (SPE_E3); there is nothing to change.",
        "Microsoft Teams och Sway är redan avstängda för Ana i Microsoft 365 E3 (SPE_E3); det finns inget att ändra.",
    );
    check(
        &Finding::AlreadySo,
        &switching(&["TEAMS1"], &["SWAY"]),
        "Everything is already so for Ana; there is nothing to change.",
        "För Ana är allt redan så; det finns inget att ändra.",
    );
    check(
        &Finding::AlreadyHeld(sku("MCOMEETADV")),
        &wish(ANA),
        "Ana already holds Microsoft 365 Audio Conferencing (MCOMEETADV); that part changes nothing.",
        "Ana har redan Microsoft 365 Audio Conferencing (MCOMEETADV); den delen ändrar ingenting.",
    );
    check(
        &Finding::NotHeld(sku("SPE_E3")),
        &wish(ANA),
        "Ana does not hold Microsoft 365 E3 (SPE_E3), so neither it nor its apps can be changed. See what is held \
         with: /license status.",
        "Ana har inte Microsoft 365 E3 (SPE_E3), så varken den eller dess appar kan ändras. Se vad som finns med: \
         /license status.",
    );
}

#[test]
fn any_one_of_what_an_app_needs_would_do() {
    check(
        &Finding::MissingDependency(app("SHAREPOINT_PROJECT"), vec![app("SHAREPOINTENTERPRISE")]),
        &wish(ANA),
        "Project Online Service needs SharePoint (Plan 2), which would not be on. Have it switched on or assigned \
         too, or leave Project Online Service off.",
        "Project Online Service behöver SharePoint (Plan 2), som inte skulle vara på. Be om att den slås på eller \
         tilldelas också, eller låt Project Online Service vara avstängd.",
    );
    check(
        &Finding::MissingDependency(app("MCOEV"), vec![app("MCOSTANDARD"), app("TEAMS1")]),
        &wish(ANA),
        "Microsoft 365 Phone System needs Microsoft Teams or Skype for Business Online (Plan 2), and none of these \
         would be on. Have one of them switched on or assigned too, or leave Microsoft 365 Phone System off.",
        "Microsoft 365 Phone System behöver Microsoft Teams eller Skype for Business Online (Plan 2), och ingen av \
         dem skulle vara på. Be om att en av dem slås på eller tilldelas också, eller låt Microsoft 365 Phone System \
         vara avstängd.",
    );
}

#[test]
fn what_is_odd_about_an_account_is_told_of_the_person() {
    let check = |finding, english, swedish| check(&finding, &wish(ANA), english, swedish);
    check(
        Finding::Blocked,
        "Signing in is blocked for Ana; a license is used up all the same.",
        "Inloggningen är spärrad för Ana; en licens förbrukas ändå.",
    );
    check(
        Finding::Guest,
        "Ana is a guest; what a license gives depends on the guest’s own company too.",
        "Ana är en gäst; vad en licens ger beror också på gästens eget företag.",
    );
    check(
        Finding::LocationToChoose,
        "Ana has no usage location yet. An approver or a license operator chooses it on their card; it is never \
         guessed.",
        "Ana har ingen användningsplats än. En godkännare eller en licensansvarig väljer den på sitt kort; den \
         gissas aldrig.",
    );
    check(
        Finding::LocationCannotBeSet,
        "Ana has no usage location, and this bot may not set one. Set it in the admin center, then ask again.",
        "Ana har ingen användningsplats, och den här boten får inte sätta någon. Sätt den i administrationscentret \
         och begär igen.",
    );
}

#[test]
fn an_app_that_is_switched_off_under_another_says_how_both_go() {
    let lost = Finding::MissingDependency(app("THREAT_INTELLIGENCE"), vec![app("EXCHANGE_S_ENTERPRISE")]);
    check(
        &lost,
        &switching(&[], &["EXCHANGE_S_ENTERPRISE"]),
        "Microsoft Defender for Office 365 (Plan 2) needs Exchange Online (Plan 2), which would be off. To switch both \
         off, name both.",
        "Microsoft Defender for Office 365 (Plan 2) behöver Exchange Online (Plan 2), som skulle vara avstängd. Ange \
         båda för att stänga av båda.",
    );
    let two = vec![app("MCOSTANDARD"), app("TEAMS1")];
    check(
        &Finding::MissingDependency(app("MCOEV"), two),
        &switching(&[], &["MCOSTANDARD", "TEAMS1"]),
        "Microsoft 365 Phone System needs Microsoft Teams or Skype for Business Online (Plan 2), and all of these would \
         be off. To switch off Microsoft 365 Phone System too, name it as well.",
        "Microsoft 365 Phone System behöver Microsoft Teams eller Skype for Business Online (Plan 2), och alla dessa \
         skulle vara avstängda. Ange Microsoft 365 Phone System också för att stänga av den med.",
    );
}
