//! Which cards an arrow causes, for whom, and in whose language. Never what they say, and never sends them.

use std::collections::BTreeSet;

use super::{App, Caller};
use crate::domain::ids::PersonId;
use crate::domain::person::Facts;
use crate::domain::request::{Place, Request, State};
use crate::domain::text::Locale;
use crate::ports::{Addressee, CardView, Delivery, PostedCard};

impl App {
    /// What the requester alone sees before anybody else hears of it.
    pub(super) fn preflight_card(&self, request: &Request, caller: &Caller) -> PostedCard {
        let to = Addressee { platform: caller.platform, place: caller.place.clone(), only: Some(caller.person) };
        self.card(request, CardView::Preflight, to, caller.locale)
    }

    /// The public line, where the request was typed in public.
    pub(super) fn status_card(&self, request: &Request, caller: &Caller) -> Option<PostedCard> {
        let place @ Place::Channel(_) = &request.origin.place else { return None };
        let to = Addressee { platform: request.origin.platform, place: place.clone(), only: None };
        Some(self.card(request, CardView::Status, to, caller.locale))
    }

    /// One direct card for each person asked by the open stage.
    pub(super) fn ballots(&self, request: &Request, facts: &Facts) -> Vec<PostedCard> {
        let State::AwaitingApproval { approval, .. } = &request.state else { return Vec::new() };
        approval.asked.iter().map(|voter| self.direct_card(request, CardView::Ballot, *voter, facts)).collect()
    }

    /// The outcome, as a new message: to the requester, and to the subject where somebody else asked and it was decided.
    pub(super) fn outcome_cards(&self, request: &Request, facts: &Facts) -> Vec<PostedCard> {
        let subject = request.wish.subject;
        let requester = self.direct_card(request, CardView::Outcome, request.requester, facts);
        let decided = matches!(
            request.state,
            State::Applied { .. } | State::Failed { .. } | State::Denied { .. } | State::NeedsHuman { .. }
        );
        let concerns_subject = decided && subject != request.requester;
        let subject = concerns_subject.then(|| self.direct_card(request, CardView::Outcome, subject, facts));
        std::iter::once(requester).chain(subject).collect()
    }

    /// To everybody whom a route of the policy names as a group: they are the ones who can settle it.
    pub(super) fn alarm_cards(&self, request: &Request, facts: &Facts) -> Vec<PostedCard> {
        let members = facts.groups.values().flat_map(|group| &group.members).filter(|member| member.may_vote());
        let operators: BTreeSet<PersonId> = members.map(|member| member.id).collect();
        operators.into_iter().map(|person| self.direct_card(request, CardView::Alarm, person, facts)).collect()
    }

    /// The subject hears of a removal before it executes.
    pub(super) fn notice(&self, request: &Request, facts: &Facts) -> Option<PostedCard> {
        let first = matches!(request.state, State::Approved { attempts: 0, .. });
        let takes_away =
            !request.wish.unassign.is_empty() || request.wish.switch.values().any(|switches| !switches.off.is_empty());
        let for_other = request.requester != request.wish.subject;
        (first && takes_away && for_other)
            .then(|| self.direct_card(request, CardView::Notice, request.wish.subject, facts))
    }

    /// A card in the conversation between the bot and one person, in that person's language.
    fn direct_card(&self, request: &Request, view: CardView, person: PersonId, facts: &Facts) -> PostedCard {
        let account = facts.people.get(&person).map(|facts| &facts.person);
        let member = || facts.groups.values().flat_map(|group| &group.members).find(|member| member.id == person);
        let to = Addressee { platform: request.origin.platform, place: Place::Direct, only: Some(person) };
        self.card(request, view, to, self.languages.of(person, account.or_else(member)))
    }

    fn card(&self, request: &Request, view: CardView, to: Addressee, locale: Locale) -> PostedCard {
        PostedCard {
            id: self.new_card_id(),
            request: request.id.clone(),
            view,
            to,
            locale,
            delivery: Delivery::Sending,
            rendered: 0,
        }
    }
}
