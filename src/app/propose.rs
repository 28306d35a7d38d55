//! Assign, unassign, swap and switch apps: from a command to a draft that the requester can confirm. Never asks an approver and
//! never writes to the directory.

use super::asked::Asked;
use super::proposal::{Proposal, Wished};
use super::{App, AppError, Caller, DRAFT_LIFE, Outcome};
use crate::domain::card::Card;
use crate::domain::change::Wish;
use crate::domain::command::{Command, Reason};
use crate::domain::ids::PersonId;
use crate::domain::judge::{Forbidden, Permitted, judge};
use crate::domain::person::Facts;
use crate::domain::policy::DenialReason;
use crate::domain::request::{Actor, Origin, Request, Step};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Names, Scene, Viewer};
use crate::ports::{Commit, PrivateText};

impl App {
    /// Takes a command that changes something as far as a draft.
    pub(super) async fn propose(&self, caller: &Caller, command: &Command) -> Result<Outcome, AppError> {
        let Some(proposal) = Proposal::of(command) else { return Ok(self.refuse(Phrase::new("try-again"))) };
        let catalog = self.catalog().await?;
        let about = |person: &str| command.about(person).to_text();
        let subject = match self.resolve_person(caller.person, proposal.who, &about).await? {
            Ok(person) => person,
            Err(answer) => return self.whole_name_or(command, *answer).await,
        };
        let wished = match self.wish(&catalog, subject, &proposal) {
            Ok(wished) => wished,
            Err(answer) => return self.whole_name_or(command, *answer).await,
        };
        let facts = self.facts_about([caller.person, subject]).await?;
        match judge(&self.policy, caller.person, &wished.wish, &facts, self.settings.may_set_usage_location) {
            Ok(permitted) => self.draft(caller, wished, proposal.reason, &facts, &permitted).await,
            Err(forbidden) => Ok(self.forbidden(caller.person, subject, &forbidden, &facts)),
        }
    }

    async fn draft(
        &self,
        caller: &Caller,
        wished: Wished,
        reason: Option<&Reason>,
        facts: &Facts,
        permitted: &Permitted,
    ) -> Result<Outcome, AppError> {
        let Wished { wish, mut notes } = wished;
        let viewer = self.viewer(caller.person, wish.subject, facts);
        let names = self.names(Some(facts)).await?;
        if let Some(answer) = self.stopped(&names, &wish, &notes, permitted, viewer) {
            return Ok(answer);
        }
        match self.asked_already(caller.person, (None, &wish), facts).await? {
            Some(Asked::ByOneself(answer)) => return Ok(answer),
            Some(Asked::ByAnother(note)) => notes.push(note),
            None => {}
        }
        let text = reason.map(|reason| self.private_text(reason));
        let step = self.open(caller, wish, text.as_ref())?;
        let request = step.request.clone();
        let card = self.preflight_card(&request, caller);
        let actor = Actor::Person(caller.person);
        let mut unit = self.unit(request.opened_at, actor, step, vec![card.clone()], facts);
        unit.texts.extend(text);
        unit.delivery = Some(caller.delivery.clone());
        match self.world.store.commit(unit).await? {
            Commit::Done => {}
            Commit::Repeated => return Ok(self.refuse(Phrase::new("repeated"))),
            Commit::Lost(_) | Commit::LaneTaken => return Ok(self.refuse(Phrase::new("try-again"))),
        }
        let scene = Scene {
            request: &request,
            names: &names,
            reason: reason.map(Reason::as_str),
            denial: None,
            insight: Some(&permitted.insight),
            rehearsal: self.settings.rehearsal,
        };
        if let Err(error) = self.post(card, &request, &noting(view::preflight(scene, viewer), notes)).await {
            // The draft is durable: to ask for it again would make another. The task posts its card.
            tracing::warn!(request.id = %request.id, %error, "a draft's card waits for the worker");
            self.wake_worker();
        }
        Ok(Outcome::Changed(request.id))
    }

    /// The answer when this cannot be done, as far as the viewer may know. What they may not know, approvers will see.
    fn stopped(
        &self,
        names: &Names,
        wish: &Wish,
        notes: &[Phrase],
        permitted: &Permitted,
        viewer: Viewer,
    ) -> Option<Outcome> {
        let found = permitted.insight.findings_for(viewer, wish);
        let stops: Vec<Phrase> =
            found.iter().filter(|found| found.blocks()).map(|found| view::finding_phrase(found, wish, names)).collect();
        if stops.is_empty() {
            return None;
        }
        let text = notes.iter().cloned().chain(stops).collect();
        Some(self.answer(Card::saying(Phrase::new("preflight-stopped-title"), text)))
    }

    fn open(&self, caller: &Caller, wish: Wish, text: Option<&PrivateText>) -> Result<Step, AppError> {
        let at = self.now();
        let origin = Origin { platform: caller.platform, place: caller.place.clone() };
        let reference = text.map(|text| text.reference);
        let what = (caller.person, wish, reference);
        Ok(Request::open(self.new_request_id(), at, what, origin, at + DRAFT_LIFE)?)
    }

    pub(super) fn forbidden(
        &self,
        caller: PersonId,
        subject: PersonId,
        forbidden: &Forbidden,
        facts: &Facts,
    ) -> Outcome {
        let sees = self.viewer(caller, subject, facts).sees_person;
        match forbidden {
            Forbidden::Policy(denial) if sees => {
                let mut text = vec![Phrase::new("forbidden-by-policy")];
                text.extend(denial.reasons.iter().filter_map(said_by_rule));
                self.answer(Card::saying(Phrase::new("refused-title"), text))
            }
            Forbidden::Policy(_) => self.refuse(Phrase::new("forbidden-by-policy")),
            Forbidden::NobodyMayVote(_) => self.refuse(Phrase::new("nobody-may-vote")),
            Forbidden::PersonGone(_) => self.refuse(Phrase::new("person-gone")),
            Forbidden::NotRead => self.refuse(Phrase::new("try-again")),
        }
    }
}

/// The card that says, after what is asked for, how words were understood.
fn noting(mut card: Card, notes: Vec<Phrase>) -> Card {
    let after = card.text.len().min(1);
    card.text.splice(after..after, notes);
    card
}

/// The operator's own words for a rule that forbids.
fn said_by_rule(reason: &DenialReason) -> Option<Phrase> {
    match reason {
        DenialReason::ForbiddenBy { reason: Some(words), .. } => Some(Phrase::new("rule-says").with("words", words)),
        _ => None,
    }
}
