//! Policy cases: a text that says what a policy must answer, so that an operator can change rules and know what changed.
//! Never reads a directory: the people of a text live in it, and their groups are made of them.

mod company;
mod form;
mod notes;

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::Policy;
use super::decide::ChangeQuestion;
use super::decision::Decision;
use super::eligibility::{Parties, voters};
use super::explain::{Who, explain};
use super::read::{ReadDecision, ReadQuestion, ReadWhat};
use super::route::Route;
use super::rule::RuleId;
use crate::domain::ids::PersonId;
use crate::domain::text::Phrase;

use company::Company;
use form::{Case, File};

/// What became of every case of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// In the order of the text.
    pub cases: Vec<CaseResult>,
    /// Where text and policy speak of different groups, people or rules, each in a sentence that says what to do: a case that
    /// failed may have failed for that.
    pub notes: Vec<String>,
}

/// What became of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// As the text names it.
    pub name: String,
    /// What the text expects.
    pub expected: Answer,
    /// What the policy answers.
    pub got: Answer,
    /// Why.
    pub why: Vec<Phrase>,
}

/// An answer as a case writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// A route, `allow` or `deny`.
    pub answer: String,
    /// The rules behind it; not looked at when the case names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<BTreeSet<String>>,
    /// Who may vote, stage after stage; not looked at when the case names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks: Option<Vec<BTreeSet<String>>>,
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.answer)?;
        if let Some(rules) = &self.rules {
            write!(formatter, "; rules: {}", listed(rules.iter().map(String::as_str), ", ", "none"))?;
        }
        if let Some(asks) = &self.asks {
            let steps = asks.iter().map(|people| listed(people.iter().map(String::as_str), ", ", "nobody"));
            write!(formatter, "; asks: {}", listed(steps, ", then ", "nobody"))?;
        }
        Ok(())
    }
}

fn listed<T: AsRef<str>>(items: impl Iterator<Item = T>, between: &str, none: &str) -> String {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(item.as_ref());
    }
    if text.is_empty() { none.to_owned() } else { text }
}

impl CaseResult {
    /// Did the policy answer as expected?
    pub fn passed(&self) -> bool {
        self.expected == self.got
    }
}

impl Report {
    /// Did every case pass, and was there one?
    pub fn passed(&self) -> bool {
        !self.cases.is_empty() && self.cases.iter().all(CaseResult::passed)
    }
}

/// The text cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCases {
    /// Not TOML of this form; the message names line and key.
    #[error("{0}")]
    Form(String),
    /// A case names what does not exist.
    #[error("case `{case}`: {problem}")]
    Case {
        /// Its name.
        case: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// A person is described by something that does not exist.
    #[error("person `{person}`: {problem}")]
    Person {
        /// Their name.
        person: String,
        /// What is wrong, and what to do.
        problem: String,
    },
}

/// Asks the policy every case of a text.
///
/// # Errors
/// The text cannot be used; no case was asked.
pub fn run_cases(policy: &Policy, text: &str) -> Result<Report, BadCases> {
    let file: File = toml::from_str(text).map_err(|error| BadCases::Form(error.to_string()))?;
    let company = Company::of(&file.people)?;
    let mut asked = policy.clone();
    asked.settings.protected_groups.insert(company::PROTECTED);
    let cases = file
        .case
        .iter()
        .map(|case| run(&asked, &company, case).map_err(|problem| BadCases::Case { case: case.name.clone(), problem }));
    Ok(Report { cases: cases.collect::<Result<_, _>>()?, notes: notes::notes(policy, &company, &file.case) })
}

fn run(policy: &Policy, company: &Company, case: &Case) -> Result<CaseResult, String> {
    let (answer, rules, why, asks) = match case.view()? {
        Some(view) => {
            let (answer, rules, why) = read(policy, company, case, view)?;
            (answer, rules, why, None)
        }
        None => change(policy, company, case)?,
    };
    let got = Answer {
        answer,
        rules: case.rules.is_some().then_some(rules),
        asks: if case.asks.is_some() { asks.or(Some(Vec::new())) } else { None },
    };
    Ok(CaseResult { name: case.name.clone(), expected: case.expected(policy)?, got, why })
}

type Changed = (String, BTreeSet<String>, Vec<Phrase>, Option<Vec<BTreeSet<String>>>);

fn change(policy: &Policy, company: &Company, case: &Case) -> Result<Changed, String> {
    let requester = company.person(&case.requester)?;
    let subject = company.person(case.subject())?;
    let elements = case.elements()?;
    let loses = case.loses.iter().copied().collect();
    let decision = policy.decide(&ChangeQuestion { requester, subject, elements: &elements, loses: &loses });
    let who = Who { requester: requester.person.id, subject: subject.person.id };
    let why = explain(&decision, who, company);
    Ok(match decision {
        Decision::Denied(denial) => ("deny".to_owned(), rules_of(&denial.rules()), why, None),
        Decision::Allowed(allowed) => {
            let parties = Parties { requester: requester.person.id, subject };
            let asks = asks(company, &allowed.route, parties);
            let rules = allowed.rules().into_iter().collect();
            (allowed.route.name, rules, why, Some(asks))
        }
    })
}

/// Who may vote in each stage; nobody where nobody can.
fn asks(company: &Company, route: &Route, parties: Parties<'_>) -> Vec<BTreeSet<String>> {
    let people = |stage| voters(stage, parties, company.facts()).map(|voters| voters.people).unwrap_or_default();
    let named = |people: BTreeSet<PersonId>| people.into_iter().map(|person| company.name(person)).collect();
    route.stages.iter().map(people).map(named).collect()
}

fn read(
    policy: &Policy,
    company: &Company,
    case: &Case,
    what: form::View,
) -> Result<(String, BTreeSet<String>, Vec<Phrase>), String> {
    let reader = company.person(&case.requester)?;
    let what = match what {
        form::View::Own => ReadWhat::Own,
        form::View::Person => ReadWhat::Person(company.person(case.subject())?),
        form::View::Holders => ReadWhat::Holders(case.viewed_product()?.ok_or("name the `product`")?),
        form::View::Stock => ReadWhat::Stock(case.viewed_product()?),
        form::View::Request => {
            let subject = company.person(case.subject())?;
            let requester = company.person(case.asked_by.as_deref().ok_or("name who asked for it: `asked_by`")?)?;
            ReadWhat::Request {
                requester: requester.person.id,
                subject: subject.person.id,
                subject_manager: subject.manager.as_ref().map(|manager| manager.id),
            }
        }
    };
    Ok(match policy.may_read(&ReadQuestion { reader, what }) {
        ReadDecision::Allowed { rules } => ("allow".to_owned(), rules_of(&rules), Vec::new()),
        ReadDecision::Denied(denial) => {
            let who = Who { requester: reader.person.id, subject: reader.person.id };
            ("deny".to_owned(), rules_of(&denial.rules()), denial.phrases(who, company))
        }
    })
}

fn rules_of(rules: &[RuleId]) -> BTreeSet<String> {
    rules.iter().map(RuleId::to_string).collect()
}

#[cfg(test)]
mod tests;
