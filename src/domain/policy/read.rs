//! May this person look? Deny by default, like every question; nobody is asked to approve. Never says why to whoever was
//! denied: unknown and forbidden look the same from outside.

use std::collections::BTreeMap;

use cedar_policy::EntityUid;

use super::Policy;
use super::decide::{Answer, entities, request};
use super::decision::{Denial, DenialReason};
use super::rule::RuleId;
use super::vocabulary::{Unaskable, vocabulary};
use crate::domain::ids::{PersonId, SkuId};
use crate::domain::person::PersonFacts;

/// Somebody wants to look at something.
#[derive(Clone, Copy, Debug)]
pub struct ReadQuestion<'a> {
    /// Who.
    pub reader: &'a PersonFacts,
    /// At what.
    pub what: ReadWhat<'a>,
}

/// What there is to look at.
#[derive(Clone, Copy, Debug)]
pub enum ReadWhat<'a> {
    /// What the reader holds: `viewOwn`.
    Own,
    /// What a person holds: `viewPerson`, or `viewOwn` when it is the reader.
    Person(&'a PersonFacts),
    /// Who holds a product: `viewHolders`.
    Holders(SkuId),
    /// The seats of a product, or of all: `viewStock`.
    Stock(Option<SkuId>),
    /// A request: `viewRequest`. Whoever is asked to approve it may see it without this question.
    Request {
        /// Who asked.
        requester: PersonId,
        /// For whom.
        subject: PersonId,
        /// The subject's manager, as read now; nobody when there is none, or the subject has left.
        subject_manager: Option<PersonId>,
    },
}

/// What the policy says to a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadDecision {
    /// No.
    Denied(Denial),
    /// Yes, by these rules.
    Allowed {
        /// In the order of their names.
        rules: Vec<RuleId>,
    },
}

impl ReadDecision {
    /// Yes?
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

impl Policy {
    /// May this be looked at?
    pub fn may_read(&self, question: &ReadQuestion<'_>) -> ReadDecision {
        match self.reading(question) {
            Ok(rules) => ReadDecision::Allowed { rules },
            Err(denial) => ReadDecision::Denied(denial),
        }
    }

    fn reading(&self, question: &ReadQuestion<'_>) -> Result<Vec<RuleId>, Denial> {
        let (action, resource) = asked(question);
        let request = request(question.reader, action, resource, BTreeMap::new())?;
        match self.ask(&request, &self.read_entities(question)?) {
            Answer::Permitted(rules) => Ok(rules.into_iter().map(|rule| rule.id.clone()).collect()),
            Answer::Denied(none) if none.is_empty() => {
                Err(Denial { reasons: vec![DenialReason::NothingPermitsReading] })
            }
            Answer::Denied(reasons) => Err(Denial { reasons }),
        }
    }

    fn read_entities(&self, question: &ReadQuestion<'_>) -> Result<cedar_policy::Entities, Unaskable> {
        let words = vocabulary();
        let reader = words.person_entity(question.reader, &self.settings)?;
        let about = match question.what {
            ReadWhat::Person(facts) if facts.person.id != question.reader.person.id => {
                Some(words.person_entity(facts, &self.settings)?)
            }
            ReadWhat::Holders(sku) | ReadWhat::Stock(Some(sku)) => Some(words.product_entity(sku, &self.settings)?),
            ReadWhat::Request { requester, subject, subject_manager } => {
                Some(words.request_entity(requester, subject, subject_manager)?)
            }
            ReadWhat::Own | ReadWhat::Person(_) | ReadWhat::Stock(None) => None,
        };
        entities(std::iter::once(reader).chain(about).collect())
    }
}

fn asked(question: &ReadQuestion<'_>) -> (&'static str, EntityUid) {
    let words = vocabulary();
    let reader = question.reader.person.id;
    match question.what {
        ReadWhat::Own => ("viewOwn", words.person(reader)),
        ReadWhat::Person(facts) if facts.person.id == reader => ("viewOwn", words.person(reader)),
        ReadWhat::Person(facts) => ("viewPerson", words.person(facts.person.id)),
        ReadWhat::Holders(sku) => ("viewHolders", words.product(sku)),
        ReadWhat::Stock(Some(sku)) => ("viewStock", words.product(sku)),
        ReadWhat::Stock(None) => ("viewStock", words.company()),
        ReadWhat::Request { .. } => ("viewRequest", words.request()),
    }
}

#[cfg(test)]
mod tests;
