use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::change::Effect;
use crate::domain::person::Holdings;
use crate::domain::policy::route::{Approvers, Route, Stage};
use crate::domain::request::{Actor, Answer, CallId, Confirmation, Digest, Failure, StartOver, Step, TextRef};

const NO_WORDS: Words = BTreeMap::new();

/// A request that goes its way, with the trail it leaves.
struct Life {
    request: Request,
    trail: Vec<Entry>,
}

impl Life {
    fn opened(requester: u8, subject: u8) -> Self {
        let request = draft(requester, wish(subject));
        let opened = crate::domain::request::Event::Opened {
            requester: request.requester,
            wish: request.wish.clone(),
            digest: request.digest,
            reason: None,
            origin: request.origin.clone(),
            expires_at: at(),
        };
        Self { trail: vec![(at(), Actor::Person(request.requester), opened)], request }
    }

    fn then(
        mut self,
        actor: Actor,
        step: impl FnOnce(Request) -> Result<Step, crate::domain::request::TransitionError>,
    ) -> Self {
        let step = step(self.request).unwrap();
        self.trail.push((at(), actor, step.event));
        Self { request: step.request, trail: self.trail }
    }

    fn asked(self) -> Self {
        let requester = Actor::Person(self.request.requester);
        self.then(requester, |request| request.confirm(at(), megan_then_bo(), None))
    }

    fn approved_by(self, voter: u8, next: &[u8]) -> Self {
        let next: BTreeSet<_> = next.iter().map(|person| id(*person)).collect();
        self.then(Actor::Person(id(voter)), |request| request.vote(at(), id(voter), next, "SE".parse().ok()))
    }

    fn card(&self, role: Role, locale: Locale) -> Vec<String> {
        let (names, approval) = (names(), last_approval(&self.request.id, &self.trail));
        let scene = scene(&self.request, &names, None);
        let reading = RequestReading { scene, role, approval: approval.as_ref(), trail: &self.trail, words: &NO_WORDS };
        aloud(locale, &request(reading))
    }
}

fn stage(approvers: Approvers) -> Stage {
    Stage { approvers, quorum: 1.try_into().unwrap(), fallback: None }
}

fn megan_then_bo() -> Confirmation {
    let bo = Approvers::People(BTreeSet::from([id(BO)]));
    Confirmation {
        route: Route { name: "two".to_owned(), rank: 20, stages: vec![stage(Approvers::Manager), stage(bo)] },
        rules: vec!["copilot".to_owned()],
        policy: Digest([0; 32]),
        asked: BTreeSet::from([id(MEGAN)]),
        expires_at: at(),
    }
}

const STRANGER: Role = Role::Onlooker { sees_person: false, may_cancel: false };

#[test]
fn a_trail_tells_who_did_what_and_when() {
    let life = Life::opened(ANA, ANA).asked().approved_by(MEGAN, &[BO]);
    assert_eq!(
        life.card(Role::Requester(SEES_NOT), Locale::En),
        [
            "License request R-00000007",
            "Ana asks for: assign Power BI Pro (POWER_BI_PRO).",
            "Approved by Megan. Waiting for Bo (1 more needed).",
            "You can take it back with: /license cancel R-00000007",
            "Request: R-00000007",
            "Asked by: Ana",
            "For: Ana (ana@northwind.example)",
            "Change: assign Power BI Pro (POWER_BI_PRO)",
            "Approved so far by: Megan",
            "2026-11-24 10:00 UTC: Ana asked for it.",
            "2026-11-24 10:00 UTC: Ana confirmed it. Asked to approve: Megan.",
            "2026-11-24 10:00 UTC: Megan approved it. Asked next: Bo.",
            "2026-11-24 10:00 UTC: Megan chose the usage location Sweden (SE).",
        ]
    );
    assert_eq!(
        life.card(Role::Requester(SEES_NOT), Locale::Sv),
        [
            "Licensbegäran R-00000007",
            "Ana begär: tilldela Power BI Pro (POWER_BI_PRO).",
            "Godkänd av Megan. Väntar på Bo (1 till behövs).",
            "Du kan ta tillbaka den med: /license cancel R-00000007",
            "Begäran: R-00000007",
            "Begärd av: Ana",
            "För: Ana (ana@northwind.example)",
            "Ändring: tilldela Power BI Pro (POWER_BI_PRO)",
            "Hittills godkänd av: Megan",
            "2026-11-24 10:00 UTC: Ana gjorde begäran.",
            "2026-11-24 10:00 UTC: Ana bekräftade den. Ombedda att godkänna: Megan.",
            "2026-11-24 10:00 UTC: Megan godkände den. Ombedda härnäst: Bo.",
            "2026-11-24 10:00 UTC: Megan valde användningsplatsen Sverige (SE).",
        ]
    );
}

fn effect() -> Effect {
    Effect::SetLicenses(crate::domain::change::ChangeSet::default())
}

fn call() -> CallId {
    CallId(uuid::Uuid::from_u128(1))
}

fn steps(life: &Life, locale: Locale) -> Vec<String> {
    let lines = life.card(STRANGER, locale).into_iter();
    lines.filter_map(|line| line.strip_prefix("2026-11-24 10:00 UTC: ").map(str::to_owned)).collect()
}

fn executed() -> Life {
    let bot = Actor::Bot;
    Life::opened(ANA, ANA)
        .asked()
        .then(bot, |request| request.start_over(at(), megan_then_bo(), StartOver::RouteChanged))
        .then(bot, |request| request.start_over(at(), megan_then_bo(), StartOver::VoterGone))
        .then(bot, |request| request.start_over(at(), megan_then_bo(), StartOver::RouteChanged))
        .approved_by(MEGAN, &[BO])
        .approved_by(BO, &[])
        .then(bot, |request| request.begin_execution(at()))
        .then(bot, |request| {
            request.intend(at(), Effect::SetUsageLocation("SE".parse().unwrap()), call(), Holdings::default())
        })
        .then(bot, |request| request.answered(at(), Answer::Accepted))
        .then(bot, |request| request.shown(at(), Holdings::default()))
        .then(bot, |request| request.intend(at(), effect(), call(), Holdings::default()))
        .then(bot, |request| request.answered(at(), Answer::NotSent))
        .then(bot, |request| request.put_back(at()))
        .then(bot, |request| request.begin_execution(at()))
        .then(bot, |request| request.intend(at(), effect(), call(), Holdings::default()))
        .then(bot, |request| request.answered(at(), Answer::Unknown))
        .then(bot, |request| request.needs_human(at()))
        .then(Actor::CommandLine, |request| {
            request.resolve(at(), true, Some(Holdings::default()), TextRef(Digest([1; 32])))
        })
}

#[test]
fn an_execution_is_told_step_by_step_and_a_long_story_from_its_newest_end() {
    let life = executed();
    let lines = life.card(STRANGER, Locale::En);
    let earlier = lines.iter().position(|line| line == "Before: one earlier step").unwrap();
    assert_eq!(lines[earlier + 1], "2026-11-24 10:00 UTC: Ana confirmed it. Asked to approve: Megan.");
    assert_eq!(
        steps(&life, Locale::En)[2..],
        [
            "Somebody who had approved may not approve any more, so the approval began again. Asked to approve: Megan.",
            "The policy wanted other approvers, so the approval began again. Asked to approve: Megan.",
            "Megan approved it. Asked next: Bo.",
            "Megan chose the usage location Sweden (SE).",
            "Bo approved it.",
            "Bo chose the usage location Sweden (SE).",
            "The change began.",
            "The usage location Sweden (SE) was on its way to Microsoft 365.",
            "Microsoft 365 accepted it.",
            "Microsoft 365 showed it.",
            "The change of licenses was on its way to Microsoft 365.",
            "Microsoft 365 could not be reached.",
            "Microsoft 365 showed that nothing had changed; it is tried again.",
            "The change began.",
            "The change of licenses was on its way to Microsoft 365.",
            "No clear answer came, so it was checked in Microsoft 365.",
            "Nobody could tell whether the change was made, so the operators were told.",
            "An operator at the command line found that the change was made.",
        ]
    );
    assert_eq!(
        steps(&life, Locale::Sv)[2..],
        [
            "Någon som hade godkänt får inte godkänna längre, så godkännandet började om. \
             Ombedda att godkänna: Megan.",
            "Policyn krävde andra godkännare, så godkännandet började om. Ombedda att godkänna: Megan.",
            "Megan godkände den. Ombedda härnäst: Bo.",
            "Megan valde användningsplatsen Sverige (SE).",
            "Bo godkände den.",
            "Bo valde användningsplatsen Sverige (SE).",
            "Ändringen påbörjades.",
            "Användningsplatsen Sverige (SE) var på väg till Microsoft 365.",
            "Microsoft 365 tog emot den.",
            "Microsoft 365 visade den.",
            "Licensändringen var på väg till Microsoft 365.",
            "Microsoft 365 gick inte att nå.",
            "Microsoft 365 visade att inget hade ändrats; ett nytt försök görs.",
            "Ändringen påbörjades.",
            "Licensändringen var på väg till Microsoft 365.",
            "Inget tydligt svar kom, så det kontrollerades i Microsoft 365.",
            "Ingen kunde säga om ändringen gjordes, så de licensansvariga fick veta det.",
            "En licensansvarig vid kommandoraden såg att ändringen var gjord.",
        ]
    );
}

#[test]
fn every_end_has_its_line() {
    let check = |life: Life, english: &str, swedish: &str| {
        assert_eq!(steps(&life, Locale::En).pop().as_deref(), Some(english));
        assert_eq!(steps(&life, Locale::Sv).pop().as_deref(), Some(swedish));
    };
    let (megan, ana) = (Actor::Person(id(MEGAN)), Actor::Person(id(ANA)));
    let asked = || Life::opened(ANA, ANA).asked();
    let approved = || asked().approved_by(MEGAN, &[BO]).approved_by(BO, &[]);
    let refused = || {
        approved()
            .then(Actor::Bot, |request| request.begin_execution(at()))
            .then(Actor::Bot, |request| request.intend(at(), effect(), call(), Holdings::default()))
            .then(Actor::Bot, |request| {
                request.answered(at(), Answer::Refused(crate::domain::refusal::Refusal::NoSeats(None)))
            })
    };
    check(
        asked().then(megan, |request| request.deny(at(), Some(id(MEGAN)), None)),
        "Megan denied it.",
        "Megan avslog den.",
    );
    check(
        asked().then(Actor::Bot, |request| request.deny(at(), None, None)),
        "The policy did not allow it any more.",
        "Policyn tillät den inte längre.",
    );
    check(asked().then(ana, |request| request.cancel(at(), id(ANA))), "Ana cancelled it.", "Ana avbröt den.");
    check(
        asked().then(Actor::Bot, |request| request.expire(at())),
        "Nobody decided in time.",
        "Ingen bestämde sig i tid.",
    );
    check(refused(), "Microsoft 365 refused it.", "Microsoft 365 sade nej.");
    check(
        refused().then(Actor::Bot, |request| request.fail(at(), Failure::Unreachable)),
        "It did not work, and it was not tried again.",
        "Det gick inte, och inget nytt försök gjordes.",
    );
    check(
        refused().then(Actor::Bot, |request| request.applied(at(), Holdings::default())),
        "Microsoft 365 showed the change.",
        "Microsoft 365 visade ändringen.",
    );
}

#[test]
fn an_operators_reason_is_told_only_to_those_who_may_read_it() {
    let life = executed();
    let words = Words::from([(TextRef(Digest([1; 32])), "seen in the admin center".to_owned())]);
    assert_eq!(texts_in_trail(&life.trail), BTreeSet::from([TextRef(Digest([1; 32]))]));
    let names = names();
    let told = super::super::trail::lines(&life.trail, &names, &words).pop().unwrap();
    let card = crate::domain::card::Card {
        facts: vec![told],
        ..crate::domain::card::Card::saying(one_line(&life.request, &names), Vec::new())
    };
    assert_eq!(
        aloud(Locale::En, &card)[1],
        "2026-11-24 10:00 UTC: An operator at the command line found that the change was made. \
         Reason: seen in the admin center"
    );
}

#[test]
fn the_trail_remembers_the_approval_and_the_people_when_the_request_does_not() {
    let asked = Life::opened(BO, ANA).asked();
    let denied = asked.then(Actor::Person(id(MEGAN)), |request| request.deny(at(), Some(id(MEGAN)), None));
    assert_eq!(denied.request.state.approval(), None);
    let approval = last_approval(&denied.request.id, &denied.trail).unwrap();
    assert_eq!((approval.rules, approval.route.name.as_str()), (vec!["copilot".to_owned()], "two"));
    assert_eq!(people_in_trail(&denied.trail), BTreeSet::from([id(BO), id(MEGAN)]));
    assert_eq!(last_approval(&denied.request.id, &[]), None);
}

#[test]
fn an_onlooker_sees_why_it_failed_only_with_the_person() {
    let failed = Life::opened(BO, ANA)
        .asked()
        .approved_by(MEGAN, &[BO])
        .approved_by(BO, &[])
        .then(Actor::Bot, |request| request.fail(at(), Failure::NotHeld(sku("POWER_BI_PRO"))));
    let why =
        "The person does not hold Power BI Pro (POWER_BI_PRO) any more, so there was nothing to change.".to_owned();
    let sees = Role::Onlooker { sees_person: true, may_cancel: false };
    assert!(failed.card(sees, Locale::En).contains(&why));
    assert!(!failed.card(STRANGER, Locale::En).contains(&why));
    assert!(failed.card(Role::Voter { person: id(MEGAN), may_set_location: false }, Locale::En).contains(&why));
}

#[test]
fn what_the_reader_may_do_is_said_in_words_and_no_button_can_go_stale() {
    let said = |life: &Life, role, locale| {
        let lines = life.card(role, locale);
        assert!(lines.iter().all(|line| !line.starts_with('[')), "{lines:#?}");
        lines.into_iter().find(|line| line.contains("/license"))
    };
    let check = |life: &Life, role, english: Option<&str>, swedish: Option<&str>| {
        assert_eq!(said(life, role, Locale::En).as_deref(), english);
        assert_eq!(said(life, role, Locale::Sv).as_deref(), swedish);
    };
    let voter = |person: u8| Role::Voter { person: id(person), may_set_location: false };
    let asked = Life::opened(BO, ANA).asked();
    check(
        &Life::opened(ANA, ANA),
        Role::Requester(SEES),
        Some("Confirm it with the button on its own card, or take it back with: /license cancel R-00000007"),
        Some("Bekräfta den med knappen på dess eget kort, eller ta tillbaka den med: /license cancel R-00000007"),
    );
    check(
        &asked,
        voter(MEGAN),
        Some(
            "You can decide it, with the buttons on your card or with /license approve R-00000007 or \
             /license deny R-00000007 --reason and why not.",
        ),
        Some(
            "Du kan avgöra den, med knapparna på ditt kort eller med /license approve R-00000007 eller \
             /license deny R-00000007 --reason och varför inte.",
        ),
    );
    check(
        &asked,
        Role::Onlooker { sees_person: false, may_cancel: true },
        Some("You can take it back with: /license cancel R-00000007"),
        Some("Du kan ta tillbaka den med: /license cancel R-00000007"),
    );
    check(&asked, STRANGER, None, None);
    check(&asked.approved_by(MEGAN, &[BO]), voter(MEGAN), None, None);
}

#[test]
fn what_cannot_be_done_can_still_be_denied() {
    let asked = waiting(BO, wish(ANA));
    let (names, mut insight) = (names(), insight(&asked.wish, Holdings::default()));
    insight.findings = vec![crate::domain::preflight::Finding::AlreadySo];
    let scene = scene(&asked, &names, Some(&insight));
    let role = Role::Voter { person: id(MEGAN), may_set_location: false };
    let card = request(RequestReading { scene, role, approval: None, trail: &[], words: &NO_WORDS });
    let denying = "It cannot be approved as it stands. You can deny it, with the button on your card or with \
                   /license deny R-00000007 --reason and why not.";
    assert!(aloud(Locale::En, &card).contains(&denying.to_owned()));
}

#[test]
fn an_onlooker_who_sees_the_person_sees_what_would_change() {
    let asked = waiting(BO, wish(ANA));
    let (names, insight) = (names(), insight(&asked.wish, Holdings::default()));
    let lines = |sees_person| {
        let scene = Scene { reason: Some("new job"), ..scene(&asked, &names, Some(&insight)) };
        let role = Role::Onlooker { sees_person, may_cancel: false };
        aloud(Locale::En, &request(RequestReading { scene, role, approval: None, trail: &[], words: &NO_WORDS }))
    };
    assert_eq!(
        lines(true),
        [
            "License request R-00000007",
            "Bo asks, for Ana: assign Power BI Pro (POWER_BI_PRO).",
            "Waiting for approval by Megan (1 needed).",
            "This is the last free seat of Power BI Pro (POWER_BI_PRO).",
            "Request: R-00000007",
            "Asked by: Bo",
            "For: Ana (ana@northwind.example)",
            "Change: assign Power BI Pro (POWER_BI_PRO)",
            "Reason: new job",
            "Holds now: nothing",
            "Apps gained: Power BI Pro and Exchange Foundation",
            "Usage location: Sweden (SE)",
            "Seats: Power BI Pro: 1 seat free of 10",
        ]
    );
    assert!(lines(false).iter().all(|line| !line.starts_with("Holds") && !line.starts_with("Apps")));
}

#[test]
fn what_waits_for_me_comes_before_what_i_asked_for() {
    let waits = waiting(BO, wish(ANA));
    let open = draft(ANA, wish(ANA));
    let ended = draft(ANA, wish(ANA)).cancel(at(), id(ANA)).unwrap().request;
    let names = names();
    let (waits, open) = ([waits], [open]);
    let own = OwnRequests { waiting: whole(&waits), open: whole(&open), ended: &[ended], names: &names };
    assert_eq!(
        aloud(Locale::En, &requests(own)),
        [
            "Your license requests",
            "One request waits for your vote.",
            "Nothing that you asked for is open.",
            "One draft of yours waits for your Confirm.",
            "For one of them, type /license request and its ID.",
            "R-00000007, waits for you: Bo asks, for Ana: assign Power BI Pro (POWER_BI_PRO). \
             Waiting for approval by Megan (1 needed).",
            "R-00000007, your draft: Ana asks for: assign Power BI Pro (POWER_BI_PRO). \
             Not sent yet. Confirm before 2026-11-24 10:15 UTC, or it is forgotten.",
            "R-00000007, ended: Ana asks for: assign Power BI Pro (POWER_BI_PRO). Cancelled by Ana.",
        ]
    );
    assert_eq!(
        aloud(Locale::Sv, &requests(own)),
        [
            "Dina licensbegäranden",
            "En begäran väntar på ditt svar.",
            "Inget som du har begärt är öppet.",
            "Ett av dina utkast väntar på att du bekräftar det.",
            "För att se en av dem, skriv /license request och dess id.",
            "R-00000007, väntar på dig: Bo begär för Ana: tilldela Power BI Pro (POWER_BI_PRO). \
             Väntar på godkännande av Megan (1 behövs).",
            "R-00000007, ditt utkast: Ana begär: tilldela Power BI Pro (POWER_BI_PRO). \
             Inte skickad än. Bekräfta före 2026-11-24 10:15 UTC, annars tas den bort.",
            "R-00000007, avslutad: Ana begär: tilldela Power BI Pro (POWER_BI_PRO). Avbruten av Ana.",
        ]
    );
    let none = OwnRequests { waiting: whole(&[]), open: whole(&[]), ended: &[], names: &names };
    assert_eq!(
        aloud(Locale::En, &requests(none)),
        ["Your license requests", "Nothing waits for your vote.", "Nothing that you asked for is open."]
    );
}

fn whole(requests: &[Request]) -> Beginning<'_> {
    Beginning { requests, all: requests.len() }
}

#[test]
fn long_lists_are_cut_and_counted() {
    let names = names();
    let waiting: Vec<Request> = (0..17).map(|_| waiting(BO, wish(ANA))).collect();
    let mut open: Vec<Request> = (0..2).map(|_| draft(ANA, wish(ANA))).collect();
    open.extend((0..3).map(|_| super::waiting(ANA, wish(ANA))));
    let ended: Vec<Request> = (0..6).map(|_| draft(ANA, wish(ANA)).cancel(at(), id(ANA)).unwrap().request).collect();
    // Of those that wait, the store had 600 and gave 17.
    let waiting = Beginning { requests: &waiting, all: 600 };
    let own = OwnRequests { waiting, open: whole(&open), ended: &ended, names: &names };
    let lines = aloud(Locale::En, &requests(own));
    assert_eq!(
        lines[1..5],
        [
            "600 requests wait for your vote.",
            "3 requests of yours are open.",
            "2 drafts of yours wait for your Confirm.",
            "585 more are not shown.",
        ]
    );
    let shown = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
    assert_eq!((shown(", waits for you"), shown(", yours"), shown(", ended")), (15, 3, 5));
    assert_eq!(shown(", your draft"), 2);
    assert_eq!(
        aloud(Locale::Sv, &requests(own))[2..4],
        ["3 av dina begäranden är öppna.", "2 av dina utkast väntar på att du bekräftar dem."]
    );
}

#[test]
fn nothing_is_said_twice_in_a_row() {
    let bot = Actor::Bot;
    let life = Life::opened(ANA, ANA)
        .asked()
        .then(bot, |request| request.start_over(at(), megan_then_bo(), StartOver::VoterGone))
        .then(bot, |request| request.start_over(at(), megan_then_bo(), StartOver::VoterGone));
    let told = steps(&life, Locale::En);
    assert_eq!(
        told[2..],
        ["Somebody who had approved may not approve any more, so the approval began again. Asked to approve: Megan."]
    );
}

#[test]
fn a_rehearsal_says_whose_answer_it_is() {
    let life = executed();
    let names = names();
    let lines = super::super::trail::lines(&life.trail, &names, &NO_WORDS);
    let said = |locale| {
        let texts = crate::domain::text::Texts::new(locale, jiff::tz::TimeZone::UTC).in_rehearsal(true);
        lines.iter().map(|line| texts.words(&line.value)).collect::<Vec<_>>().join(" ")
    };
    let (english, swedish) = (said(Locale::En), said(Locale::Sv));
    assert!(english.contains("was on its way to the rehearsal tenant. The rehearsal tenant accepted it."), "{english}");
    assert!(swedish.contains("var på väg till övningstenanten. Övningstenanten tog emot den."), "{swedish}");
    assert!(!english.contains("Microsoft") && !swedish.contains("Microsoft"));
}

#[test]
fn who_may_not_see_the_person_is_not_told_that_a_country_had_to_be_set() {
    let life = executed();
    let names = names();
    let hidden = without_location(life.trail.clone());
    let texts = crate::domain::text::Texts::new(Locale::En, jiff::tz::TimeZone::UTC);
    let lines = super::super::trail::lines(&hidden, &names, &NO_WORDS);
    let told: Vec<String> = lines.iter().map(|line| texts.words(&line.value)).collect();
    let began = told.iter().position(|line| line == "The change began.").unwrap();
    assert_eq!(
        told[began..began + 4],
        [
            "The change began.",
            "The change of licenses was on its way to Microsoft 365.",
            "Microsoft 365 could not be reached.",
            "Microsoft 365 showed that nothing had changed; it is tried again.",
        ]
    );
    assert!(told.iter().all(|line| !line.contains("usage location") && !line.contains("accepted")), "{told:#?}");
}
