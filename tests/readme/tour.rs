//! The tour of README.md, played from its first command to its last row by the real program: who types what is read from it, and
//! what its third column promises is what is seen.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};

use super::source::{Row, rows, steps};
use crate::cli::call;
use crate::support::{Actor, Chat, LOOK, PATIENCE, Process, Said, Tenant, licensebot};

const MEGAN: &str = "Megan Doyle must approve.";
const AN_OPERATOR: &str = "Li Wei or Oskar Nyström must approve.";

/// What changes in the tenant from the first step to the last row.
const CHANGES: [&str; 8] = [
    "ana: +SPE_E5",
    "eva: +POWER_BI_PRO",
    "bo: +SPE_E5 +POWER_BI_PRO",
    "lee: country US",
    "lee: +SPE_E3",
    "eva: +SPE_E5 without Microsoft Teams, Sway -SPE_E3",
    "ana: +Microsoft_365_Copilot",
    "nil: +SPE_E3",
];
/// How many requests that takes.
const REQUESTS: usize = 7;

/// The demo, as somebody started it who typed what README.md says.
struct Tour {
    chat: Chat,
    tenant: Tenant,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_and_every_row_shows_what_it_promises() {
    let directory = tempfile::tempdir().unwrap();
    // On whatever port is free; everything else as typed.
    let demo = Process::start(&mut licensebot(directory.path(), &["demo", "--listen", "127.0.0.1:0"]));
    let tour = Tour::of(directory.path(), demo.address()).await;

    tour.plays_the_steps().await;
    proves(directory.path(), 1);
    let rows = rows();
    for row in &rows {
        tour.plays(row, &rows).await;
    }
    proves(directory.path(), REQUESTS);
    assert_eq!(tour.tenant.writes().await, CHANGES);
}

/// What the step “Prove” shows, beside the demo that runs.
fn proves(directory: &Path, requests: usize) {
    let (code, head, err) = call(directory, &["audit", "head", "--data", "licensebot-demo"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let records = head.split(':').next().unwrap();
    let rebuilt = if requests == 1 { "1 request".to_owned() } else { format!("{requests} requests") };
    let holds = format!("The trail holds: {records} records, {rebuilt} rebuilt. It ends at {head}");
    assert_eq!(call(directory, &["audit", "verify", "--data", "licensebot-demo"]), (0, holds, String::new()));
}

impl Tour {
    async fn of(directory: &Path, root: String) -> Self {
        let note = std::fs::read(directory.join("licensebot-demo/tenant.url")).unwrap();
        let note: Value = serde_json::from_slice(&note).unwrap();
        let tenant = Tenant::at(note["url"].as_str().unwrap().to_owned()).await;
        Self { chat: Chat::at(root), tenant }
    }

    async fn plays_the_steps(&self) {
        let steps = steps();
        let [ask, approve, see, prove] = &steps[..] else { panic!("README.md has {} steps", steps.len()) };
        assert_eq!([ask.title, approve.title, see.title, prove.title], ["Ask", "Approve", "See", "Prove"]);
        let [ana, megan, ana_again] = [ask, approve, see].map(|step| self.chat.person(step.who.unwrap()));

        let card = ana.says(ask.lines[0]).await;
        assert!(card.private);
        assert_eq!(card.fact("Holds now"), "Microsoft Power Automate Free (FLOW_FREE)");
        let gained = card.fact("Apps gained");
        assert!(gained.contains("Exchange Online (Plan 2)"), "{gained}");
        assert_eq!(card.fact("Seats"), "Microsoft 365 E5: 3 seats free of 14");
        assert_eq!((card.fact("Approval").as_str(), card.action("confirm").label.as_str()), (MEGAN, "Confirm"));
        let public = ana.clicks(&card, "confirm").await.all().iter().find(|said| !said.private).unwrap().clone();

        let ballot = megan.ballot(card.request()).await;
        assert_eq!((ballot.place.as_str(), ballot.action("approve").label.as_str()), ("direct", "Approve"));
        let goes_on = megan.clicks(&ballot, "approve").await.card(&ballot);
        assert!(goes_on.words()[2].contains("pproved by Megan Doyle."), "{}", goes_on.text);
        megan.sees_state(&ballot, "applied").await;
        assert_eq!(self.tenant.writes().await, ["ana: +SPE_E5"]);

        let changed = ana_again.sees_state(&public, "applied").await;
        assert_eq!((changed.place.as_str(), changed.lines()[2] == public.lines()[2]), ("channel", false));
        assert_eq!(ana_again.gets(card.request()).await.place, "direct");
        let status = ana_again.says(see.lines[0]).await;
        assert_eq!(status.fact("Microsoft 365 E5 (SPE_E5)"), "assigned directly");
    }

    async fn plays(&self, row: &Row, rows: &[Row]) {
        for line in &row.lines {
            if row.who == "anybody" {
                let names: BTreeSet<&str> = rows.iter().map(|row| row.who).filter(|who| *who != "anybody").collect();
                for name in names {
                    self.anybody(self.chat.person(name), line, row.promise).await;
                }
            } else {
                self.types(row.who, line, row.promise).await;
            }
            self.nobody_is_asked(line).await;
        }
    }

    async fn types(&self, name: &'static str, line: &str, promise: &str) {
        let who = self.chat.person(name);
        match (name, line, promise) {
            ("eva", "/license assign me \"Power BI Pro\"", "at once: nobody has to approve") => {
                let card = asks(who, line, "Nobody has to approve; the change is made when you confirm.").await;
                assert_eq!(who.gets(card.request()).await.words()[2], "Done. The rehearsal tenant shows the change.");
            }
            (
                "bo",
                "/license assign me \"Power BI Pro\" E5",
                "the strictest rule counts for all of it: Megan must approve",
            ) => {
                let card = asks(who, line, MEGAN).await;
                let both = "assign Microsoft 365 E5 (SPE_E5) and assign Power BI Pro (POWER_BI_PRO)";
                assert_eq!(card.fact("Change"), both);
                assert!(!card.text.contains("already"), "{}", card.text);
                self.done(
                    who,
                    &card,
                    &["megan"],
                    "Done, approved by Megan Doyle. The rehearsal tenant shows the change.",
                )
                .await;
            }
            ("ana", "/license assign me Visio Plan 2", "no seat is free, said before anybody is asked") => {
                let full = "No seat of Visio Plan 2 (VISIOCLIENT) is free: 3 of 3 are in use. Ask a license operator to free \
                            or buy one.";
                who.is_told(line, full).await;
            }
            ("ana", "/license assign me \"Project Plan 3\"", "the subscription is suspended") => {
                let suspended = "“Project Plan 3” is taken as Planner and Project Plan 3 (PROJECTPROFESSIONAL), the only product here with that in its name.\nPlanner and \
                     Project Plan 3 (PROJECTPROFESSIONAL) is suspended: nothing new can be assigned until the subscription \
                     is renewed. Ask a license operator.";
                who.is_told(line, suspended).await;
            }
            ("ana", "/license assign @lee E3", "Megan chooses Lee's missing usage location on her card") => {
                self.chooses_a_country(who, line).await;
            }
            (
                "bo",
                "/license unassign me E3",
                "it is inherited from the group Sales and cannot be taken from the person",
            ) => {
                let inherited = "Bo Lindqvist has Microsoft 365 E3 (SPE_E3) through Sales, so it cannot be changed for one \
                                 person alone. Ask the owner of the group to take Bo Lindqvist out of it.";
                who.is_told(line, inherited).await;
            }
            ("bo", "/license status @dana", "whom you may not look at is answered like a name that does not exist") => {
                for name in ["dana", "nobody-of-that-name"] {
                    let nobody = format!(
                        "There is nobody called “{name}” whose licenses you may see. Check the spelling, or ask a license \
                         operator."
                    );
                    who.is_told(&line.replace("dana", name), &nobody).await;
                }
            }
            (
                "eva",
                "/license swap me E3 E5",
                "Megan, then an operator approves; one call, no gap, and Teams and Sway, which were off, stay off",
            ) => {
                let card = asks(who, line, "Megan Doyle must approve, then Li Wei or Oskar Nyström.").await;
                let done = "Done, approved by Megan Doyle and Oskar Nyström. The rehearsal tenant shows the change.";
                self.done(who, &card, &["megan", "oskar"], done).await;
                assert_eq!(self.tenant.holdings("eva").await, ["POWER_BI_PRO", "SPE_E5 without Microsoft Teams, Sway"]);
            }
            (
                "megan",
                "/license assign @ana Copilot",
                "she asked, so she does not vote: one operator stands in for her, then the other decides",
            ) => self.stands_in(who, line).await,
            ("nil", "/license assign me E3", "no manager: an operator is asked") => {
                let card = asks(who, line, &format!("You have no manager here, so {AN_OPERATOR}")).await;
                let done = "Done, approved by Oskar Nyström. The rehearsal tenant shows the change.";
                self.done(who, &card, &["oskar"], done).await;
            }
            ("oskar", "/license stock", "the seats of every product, and who holds one") => {
                let stock = who.says(line).await;
                assert_eq!(stock.card().text.lines().next(), Some("The company owns 13 products."));
                assert_eq!(stock.fact("Microsoft 365 E5 (SPE_E5)"), "0 free of 14, 14 in use");
            }
            ("oskar", "/license who E3", "the seats of every product, and who holds one") => {
                let holders = who.says(line).await;
                assert_eq!(holders.card().text.lines().next(), Some("39 people hold Microsoft 365 E3 (SPE_E3)."));
                assert_eq!(holders.fact("Bo Lindqvist"), "bo@northwind.example");
            }
            _ => panic!("README.md's tour has a row that this test does not know: | {name} | {line} | {promise} |"),
        }
    }

    async fn anybody(&self, who: Actor<'_>, line: &str, promise: &str) {
        let answer = who.says(line).await;
        match (line, promise) {
            (
                "/license help",
                "every command, and which rule would decide (where E5 is held already: on giving it back)",
            ) => {
                let commands = Path::new(env!("CARGO_MANIFEST_DIR")).join("commands").read_dir().unwrap();
                let verbs =
                    commands.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "toml"));
                assert_eq!(answer.fact_names().len(), verbs.count(), "{}", answer.text);
            }
            (
                "/license why me E5",
                "every command, and which rule would decide (where E5 is held already: on giving it back)",
            ) => {
                let held = answer
                    .text
                    .contains("You hold Microsoft 365 E5 (SPE_E5) already, so this explains giving it back.");
                assert_eq!(held, answer.text.contains("unassign Microsoft 365 E5"), "{}", answer.text);
                let rule = answer.words()[2..].join("\n");
                assert!(rule.contains("the rule “") && rule.contains("may vote"), "{rule}");
            }
            _ => panic!("README.md's tour has a row that this test does not know: | anybody | {line} | {promise} |"),
        }
    }

    /// Everybody who is asked says yes, in this order; the requester hears how it ended.
    async fn done(&self, who: Actor<'_>, card: &Said, voters: &[&'static str], end: &str) {
        for voter in voters {
            self.chat.person(voter).approves(card.request()).await;
        }
        assert_eq!(who.gets(card.request()).await.words()[2], end);
    }

    async fn chooses_a_country(&self, ana: Actor<'_>, line: &str) {
        let megan = self.chat.person("megan");
        let card = asks(ana, line, MEGAN).await;
        let ballot = megan.ballot(card.request()).await;
        assert_eq!(ballot.fact("Usage location"), "none");
        let empty = megan.clicks(&ballot, "approve").await.refused();
        assert_eq!(empty, "“Usage location” is still empty. Fill it in, then choose “Approve” again.");
        megan.fills_and_clicks(&ballot, "approve", &[("usage_location", "US")]).await.card(&ballot);
        self.done(ana, &card, &[], "Done, approved by Megan Doyle. The rehearsal tenant shows the change.").await;
    }

    async fn stands_in(&self, megan: Actor<'_>, line: &str) {
        let [oskar, li] = ["oskar", "li"].map(|name| self.chat.person(name));
        let approval = "You are the manager of Ana Silva and ask for it yourself, so Li Wei or Oskar Nyström must approve, \
                        then the other one.";
        let card = asks(megan, line, approval).await;
        let own = "You asked for this, so somebody else has to decide.";
        megan.is_told(&format!("/license approve {}", card.request()), own).await;
        let half = oskar.approves(card.request()).await;
        assert_eq!(half.words()[2], "Approved by Oskar Nyström. Waiting for Li Wei (1 more needed).");
        li.approves(card.request()).await;
        self.done(
            megan,
            &card,
            &[],
            "Done, approved by Oskar Nyström and Li Wei. The rehearsal tenant shows the change.",
        )
        .await;
    }

    /// Comes back when nobody has a vote to give any more.
    async fn nobody_is_asked(&self, after: &str) {
        let begin = Instant::now();
        loop {
            let answer = self.chat.call(Method::GET, "/api/demo/waiting", None).await;
            if answer == json!({ "waiting": {} }) {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "`{after}`: {answer}");
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Asks and confirms, once the card has said who has to approve.
async fn asks(who: Actor<'_>, line: &str, approval: &str) -> Said {
    let card = who.says(line).await;
    assert_eq!(card.fact("Approval"), approval, "{line}");
    who.clicks(&card, "confirm").await.card(&card)
}
