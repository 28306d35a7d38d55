//! `licensebot policy`: which rule decides and why, and policy cases as a test. Never reads a directory, a file or a terminal:
//! facts and texts come in, and what is to be printed goes out.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::domain::change::{Wish, plan};
use crate::domain::ids::PersonId;
use crate::domain::judge::{Forbidden, decision};
use crate::domain::person::{Facts, PersonFacts};
use crate::domain::policy::cases::{Answer, CaseResult, Report, run_cases};
use crate::domain::policy::eligibility::{Asked, NoVoters, Parties, Voters, voters};
use crate::domain::policy::explain::{self, StageView, Who};
use crate::domain::policy::outlook::{Outlook, Reader};
use crate::domain::policy::route::Stage;
use crate::domain::policy::{Allowed, Decision, DenialReason, ElementAnswer, Policy};
use crate::domain::preflight::{Finding, findings, impossible};
use crate::domain::text::{Phrase, Texts};
use crate::domain::view::{Names, finding_phrase};

/// What a call prints, and how it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
    /// 0 fine, 1 failed, 2 unusable.
    pub code: u8,
}

/// For people, or for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Sentences.
    Text,
    /// `--json`
    Json,
}

/// What somebody might ask for, with the facts that decide about it: both people, every group that routes name, the stock.
#[derive(Clone, Copy, Debug)]
pub struct Hypothesis<'a> {
    /// Who would ask.
    pub requester: PersonId,
    /// For what.
    pub wish: &'a Wish,
    /// Read now.
    pub facts: &'a Facts,
    /// What things are called.
    pub names: &'a Names,
}

/// `policy explain --json`.
#[derive(Serialize)]
struct Explained<'a> {
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    answers: &'a [ElementAnswer],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<Step<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    reasons: &'a [DenialReason],
    sentences: Vec<String>,
}

/// One stage of the route.
#[derive(Serialize)]
struct Step<'a> {
    quorum: u32,
    /// Absent when nobody can be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voters: Option<&'a BTreeSet<PersonId>>,
}

/// `policy test --json`.
#[derive(Serialize)]
struct Tested<'a> {
    passed: bool,
    policies: &'a [String],
    /// Null for the policy that the demo has built in.
    config: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    cases: Vec<TestedCase<'a>>,
}

#[derive(Serialize)]
struct TestedCase<'a> {
    name: &'a str,
    passed: bool,
    expected: &'a Answer,
    got: &'a Answer,
    sentences: Vec<String>,
}

impl<'a> TestedCase<'a> {
    fn of(case: &'a CaseResult, texts: &Texts) -> Self {
        let CaseResult { name, expected, got, why } = case;
        let sentences = why.iter().map(|phrase| texts.say(phrase)).collect();
        Self { name, passed: case.passed(), expected, got, sentences }
    }
}

/// Which rule would decide about a change, and why.
pub fn explain(policy: &Policy, asked: &Hypothesis<'_>, texts: &Texts, form: Form) -> Printed {
    let decided = decision(policy, asked.requester, asked.wish, asked.facts);
    match (decided, asked.facts.people.get(&asked.wish.subject)) {
        (Ok(Decision::Denied(denial)), _) => {
            let who = Who { requester: asked.requester, subject: asked.wish.subject };
            let sentences = denial.phrases(who, asked.names);
            let explained =
                Explained { allowed: false, reasons: &denial.reasons, ..Explained::saying(&sentences, texts) };
            explained.printed(form)
        }
        (Ok(Decision::Allowed(allowed)), Some(subject)) => explain_allowed(&allowed, subject, asked, texts, form),
        (Err(Forbidden::PersonGone(person)), _) => {
            failed(format!("{person} is not in the directory; name somebody who is"))
        }
        (Ok(_) | Err(_), _) => failed("the facts for this question were not read; try again".to_owned()),
    }
}

fn explain_allowed(
    allowed: &Allowed,
    subject: &PersonFacts,
    asked: &Hypothesis<'_>,
    texts: &Texts,
    form: Form,
) -> Printed {
    let parties = Parties { requester: asked.requester, subject };
    let stages = &allowed.route.stages;
    let found: Vec<_> = stages.iter().map(|stage| (stage, voters(stage, parties, asked.facts))).collect();
    let who = Who { requester: asked.requester, subject: subject.person.id };
    let steps = found.iter().zip(1..).map(|((stage, voters), step)| {
        let voted = &BTreeSet::new();
        let view = StageView { step, steps: stages.len(), stage, voters: voters.as_ref(), voted };
        explain::stage_phrase(view, who.subject, asked.names)
    });
    let plain = plain(allowed, &found, parties, asked);
    let rules = allowed.phrases(who, asked.names);
    let sentences: Vec<Phrase> =
        plain.into_iter().chain(rules).chain(steps).chain(found_besides(asked, subject)).collect();
    let explained = Explained {
        route: Some(&allowed.route.name),
        answers: &allowed.answers,
        steps: found.iter().map(|(stage, voters)| Step::of(stage, voters)).collect(),
        ..Explained::saying(&sentences, texts)
    };
    explained.printed(form)
}

/// Who must approve, in one sentence, when somebody must and everybody who is asked is there.
fn plain(
    allowed: &Allowed,
    found: &[(&Stage, Result<Voters, NoVoters>)],
    parties: Parties<'_>,
    asked: &Hypothesis<'_>,
) -> Option<Phrase> {
    let voters = found.iter().map(|(_, voters)| voters.as_ref().ok().map(|voters| voters.people.clone()));
    let outlook = Outlook::of(&allowed.route, &voters.collect::<Option<Vec<_>>>()?, parties);
    let who = Who { requester: asked.requester, subject: parties.subject.person.id };
    let reader = Reader { person: None, sees_subject: true, wants_ties: true };
    (outlook != Outlook::AtOnce).then(|| outlook.phrase(who, reader, asked.names))
}

/// What the chat would say besides, whatever the policy says: that nothing would change, that it cannot be done, what is lost.
/// Whether a usage location may be set is not for the policy to say, and not known here.
fn found_besides(asked: &Hypothesis<'_>, subject: &PersonFacts) -> Vec<Phrase> {
    let Some(stock) = asked.facts.stock.as_ref() else { return Vec::new() };
    let found = match plan(asked.wish, &subject.holdings, subject.person.usage_location, stock) {
        Ok(plan) => findings(asked.wish, &plan, subject, stock, true),
        Err(why) => vec![impossible(&why, &subject.holdings)],
    };
    let found = found.iter().filter(|found| !matches!(found, Finding::LocationToChoose));
    found.map(|found| finding_phrase(found, asked.wish, asked.names)).collect()
}

impl Explained<'_> {
    fn saying(sentences: &[Phrase], texts: &Texts) -> Self {
        let sentences = sentences.iter().map(|phrase| texts.say(phrase)).collect();
        Self { allowed: true, route: None, answers: &[], steps: Vec::new(), reasons: &[], sentences }
    }

    fn printed(&self, form: Form) -> Printed {
        match form {
            Form::Text => fine(self.sentences.iter().map(|sentence| format!("{sentence}\n")).collect()),
            Form::Json => json(self, 0),
        }
    }
}

impl<'a> Step<'a> {
    fn of(stage: &Stage, voters: &'a Result<Voters, NoVoters>) -> Self {
        let voters = voters.as_ref().ok();
        let asked = voters.map(|voters| match voters.source {
            Asked::Approvers => "approvers",
            Asked::Fallback => "fallback",
        });
        Self { quorum: stage.quorum.get(), asked, voters: voters.map(|voters| &voters.people) }
    }
}

/// A text of cases.
#[derive(Clone, Copy, Debug)]
pub struct Cases<'a> {
    /// What it is called in errors.
    pub file: &'a str,
    /// What stands in it.
    pub text: &'a str,
}

/// Asks the policy every case of a text. `config` is the configuration that the policy was read from; nothing for the policy
/// that the demo has built in.
pub fn test(policy: &Policy, config: Option<&str>, cases: Cases<'_>, texts: &Texts, form: Form) -> Printed {
    let file = cases.file;
    let report = match run_cases(policy, cases.text) {
        Ok(report) => report,
        Err(error) => return unusable(format!("{file}: {error}")),
    };
    if report.cases.is_empty() {
        return unusable(format!("{file}: there is no case in it; add a [[case]]"));
    }
    let code = u8::from(!report.passed());
    match form {
        Form::Text => {
            let out = format!("{}\n{}", asked_of(policy, config), report_text(&report, texts));
            Printed { out, err: String::new(), code }
        }
        Form::Json => {
            let cases = report.cases.iter().map(|case| TestedCase::of(case, texts)).collect();
            json(
                &Tested { passed: report.passed(), policies: policy.files(), config, notes: notes(&report), cases },
                code,
            )
        }
    }
}

/// Which policy was tested.
fn asked_of(policy: &Policy, config: Option<&str>) -> String {
    let files = policy.files().join(", ");
    match config {
        Some(config) => format!("the policy is {files}, from {config}"),
        None => format!("the policy is the demo's own, {files}; for another, name its --config"),
    }
}

/// What may have made a case fail.
fn notes(report: &Report) -> &[String] {
    if report.passed() { &[] } else { &report.notes }
}

fn report_text(report: &Report, texts: &Texts) -> String {
    let failed = report.cases.iter().filter(|case| !case.passed());
    let told: String = failed.clone().map(|case| failure_text(case, texts)).collect();
    let notes: String = notes(report).iter().map(|note| format!("NOTE    {note}\n")).collect();
    let all = report.cases.len();
    format!("{told}{notes}{} of {all} cases passed\n", all - failed.count())
}

fn failure_text(case: &CaseResult, texts: &Texts) -> String {
    let CaseResult { name, expected, got, .. } = case;
    let why: String = case.why.iter().map(|phrase| format!("  {}\n", texts.say(phrase))).collect();
    format!("FAILED  {name}\n  expected  {expected}\n  got       {got}\n{why}")
}

fn json(value: &impl Serialize, code: u8) -> Printed {
    match serde_json::to_string_pretty(value) {
        Ok(text) => Printed { out: text + "\n", err: String::new(), code },
        Err(error) => failed(format!("the answer could not be written as JSON: {error}")),
    }
}

fn fine(out: String) -> Printed {
    Printed { out, err: String::new(), code: 0 }
}

fn failed(why: String) -> Printed {
    Printed { out: String::new(), err: why + "\n", code: 1 }
}

fn unusable(why: String) -> Printed {
    Printed { out: String::new(), err: why + "\n", code: 2 }
}
