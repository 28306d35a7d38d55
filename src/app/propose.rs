//! Assign, unassign, swap and switch apps: from a command to a draft that the requester can confirm. Never asks an approver and
//! never writes to the directory.

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::Resolved;
use super::{App, AppError, Caller, DRAFT_LIFE, Outcome};
use crate::domain::audit::bind_text;
use crate::domain::card::Card;
use crate::domain::catalog::Catalog;
use crate::domain::change::{Switches, Wish};
use crate::domain::command::{AppText, Apps, Assign, Command, ProductText, Reason, Swap, Unassign, Who};
use crate::domain::ids::{PersonId, PlanId, SkuId};
use crate::domain::judge::{Forbidden, Permitted, judge};
use crate::domain::person::Facts;
use crate::domain::policy::{DenialReason, ReadQuestion, ReadWhat};
use crate::domain::request::{Actor, Origin, Request, Step};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Names, Scene, Viewer};
use crate::ports::{Addressee, CardView, Commit, Delivery, PostedCard, PrivateText, Task, Unit, Work};

/// A change in typed words, whatever its verb.
struct Proposal<'a> {
    who: &'a Who,
    assign: &'a [ProductText],
    apps_off: &'a [AppText],
    unassign: &'a [ProductText],
    switch: Option<(&'a ProductText, &'a [AppText], &'a [AppText])>,
    reason: Option<&'a Reason>,
    /// The same command with another person, or with a product in place of another.
    with_who: &'a (dyn Fn(&str) -> String + Send + Sync),
    with_product: &'a (dyn Fn(&ProductText, &str) -> String + Send + Sync),
}

impl App {
    pub(super) async fn assign(&self, caller: &Caller, command: &Assign) -> Result<Outcome, AppError> {
        let with_who =
            |who: &str| Command::Assign(Assign { who: Who::Named(who.to_owned()), ..command.clone() }).to_text();
        let with_product = |old: &ProductText, new: &str| {
            Command::Assign(Assign { products: replaced(&command.products, old, new), ..command.clone() }).to_text()
        };
        let proposal = Proposal {
            who: &command.who,
            assign: &command.products,
            apps_off: &command.apps_off,
            unassign: &[],
            switch: None,
            reason: command.reason.as_ref(),
            with_who: &with_who,
            with_product: &with_product,
        };
        self.propose(caller, proposal).await
    }

    pub(super) async fn unassign(&self, caller: &Caller, command: &Unassign) -> Result<Outcome, AppError> {
        let with_who =
            |who: &str| Command::Unassign(Unassign { who: Who::Named(who.to_owned()), ..command.clone() }).to_text();
        let with_product = |old: &ProductText, new: &str| {
            Command::Unassign(Unassign { products: replaced(&command.products, old, new), ..command.clone() }).to_text()
        };
        let proposal = Proposal {
            who: &command.who,
            assign: &[],
            apps_off: &[],
            unassign: &command.products,
            switch: None,
            reason: command.reason.as_ref(),
            with_who: &with_who,
            with_product: &with_product,
        };
        self.propose(caller, proposal).await
    }

    pub(super) async fn swap(&self, caller: &Caller, command: &Swap) -> Result<Outcome, AppError> {
        let with_who = |who: &str| Command::Swap(Swap { who: Who::Named(who.to_owned()), ..command.clone() }).to_text();
        let with_product = |old: &ProductText, new: &str| {
            let swap = |product: &ProductText| replaced(std::slice::from_ref(product), old, new).pop();
            let from = swap(&command.from).unwrap_or_else(|| command.from.clone());
            let to = swap(&command.to).unwrap_or_else(|| command.to.clone());
            Command::Swap(Swap { from, to, ..command.clone() }).to_text()
        };
        let proposal = Proposal {
            who: &command.who,
            assign: std::slice::from_ref(&command.to),
            apps_off: &[],
            unassign: std::slice::from_ref(&command.from),
            switch: None,
            reason: command.reason.as_ref(),
            with_who: &with_who,
            with_product: &with_product,
        };
        self.propose(caller, proposal).await
    }

    pub(super) async fn switch_apps(&self, caller: &Caller, command: &Apps) -> Result<Outcome, AppError> {
        let with_who = |who: &str| Command::Apps(Apps { who: Who::Named(who.to_owned()), ..command.clone() }).to_text();
        let with_product = |old: &ProductText, new: &str| {
            let product = replaced(std::slice::from_ref(&command.product), old, new).pop();
            let product = product.unwrap_or_else(|| command.product.clone());
            Command::Apps(Apps { product, ..command.clone() }).to_text()
        };
        let proposal = Proposal {
            who: &command.who,
            assign: &[],
            apps_off: &[],
            unassign: &[],
            switch: Some((&command.product, &command.on, &command.off)),
            reason: command.reason.as_ref(),
            with_who: &with_who,
            with_product: &with_product,
        };
        self.propose(caller, proposal).await
    }

    async fn propose(&self, caller: &Caller, proposal: Proposal<'_>) -> Result<Outcome, AppError> {
        let catalog = self.catalog().await?;
        let subject = match self.resolve_person(caller.person, proposal.who, proposal.with_who).await? {
            Ok(person) => person,
            Err(answer) => return Ok(*answer),
        };
        let wish = match self.wish(&catalog, subject, &proposal) {
            Ok(wish) => wish,
            Err(answer) => return Ok(*answer),
        };
        let facts = self.facts_about([caller.person, subject]).await?;
        match judge(&self.policy, caller.person, &wish, &facts, self.settings.may_set_usage_location) {
            Ok(permitted) => self.draft(caller, wish, proposal.reason, &facts, &permitted).await,
            Err(forbidden) => Ok(self.forbidden(caller.person, subject, &forbidden, &facts)),
        }
    }

    /// The wish in ids. The first word that means nothing, or too much, is answered instead.
    fn wish(&self, catalog: &Catalog, subject: PersonId, proposal: &Proposal<'_>) -> Resolved<Wish> {
        let product = |typed: &ProductText| {
            self.resolve_product(catalog, typed, &|chosen| (proposal.with_product)(typed, chosen))
        };
        let assign: Vec<SkuId> = proposal.assign.iter().map(product).collect::<Result<_, _>>()?;
        let unassign: BTreeSet<SkuId> = proposal.unassign.iter().map(product).collect::<Result<_, _>>()?;
        if assign.iter().any(|sku| unassign.contains(sku)) {
            return Err(Box::new(self.refuse(Phrase::new("swap-same-product"))));
        }
        let mut off = self.apps_off(catalog, &assign, proposal.apps_off)?;
        let assign = assign.into_iter().map(|sku| (sku, off.remove(&sku).unwrap_or_default())).collect();
        let switch = match proposal.switch {
            None => BTreeMap::new(),
            Some((typed, on, off)) => {
                let sku = product(typed)?;
                BTreeMap::from([(sku, self.switches(catalog, sku, on, off)?)])
            }
        };
        Ok(Wish { subject, assign, unassign, switch, usage_location: None })
    }

    /// Each app goes off in every product of the command that has it; one that none has is answered instead.
    fn apps_off(
        &self,
        catalog: &Catalog,
        skus: &[SkuId],
        typed: &[AppText],
    ) -> Resolved<BTreeMap<SkuId, BTreeSet<PlanId>>> {
        let mut off: BTreeMap<SkuId, BTreeSet<PlanId>> = BTreeMap::new();
        for app in typed {
            let mut refusal = None;
            let mut found = false;
            for sku in skus {
                match self.resolve_app(catalog, *sku, app) {
                    Ok(plan) => {
                        found = true;
                        off.entry(*sku).or_default().insert(plan);
                    }
                    Err(answer) => refusal = Some(answer),
                }
            }
            if let (false, Some(answer)) = (found, refusal) {
                return Err(answer);
            }
        }
        Ok(off)
    }

    fn switches(&self, catalog: &Catalog, sku: SkuId, on: &[AppText], off: &[AppText]) -> Resolved<Switches> {
        let apps = |typed: &[AppText]| -> Resolved<BTreeSet<PlanId>> {
            typed.iter().map(|app| self.resolve_app(catalog, sku, app)).collect()
        };
        let switches = Switches { on: apps(on)?, off: apps(off)? };
        if switches.on.is_disjoint(&switches.off) {
            Ok(switches)
        } else {
            Err(Box::new(self.refuse(Phrase::new("apps-on-and-off"))))
        }
    }

    async fn draft(
        &self,
        caller: &Caller,
        wish: Wish,
        reason: Option<&Reason>,
        facts: &Facts,
        permitted: &Permitted,
    ) -> Result<Outcome, AppError> {
        let viewer = self.viewer(caller.person, wish.subject, facts);
        let names = self.names(Some(facts)).await?;
        if let Some(answer) = self.stopped(&names, &wish, permitted, viewer) {
            return Ok(answer);
        }
        let text = reason.map(|reason| self.private_text(reason));
        let step = self.open(caller, wish, text.as_ref())?;
        let request = step.request.clone();
        let card = self.preflight_card(caller, &request);
        let unit = Unit {
            at: request.opened_at,
            actor: Actor::Person(caller.person),
            event: step.event,
            tasks: self.draft_tasks(&request),
            cards: vec![card.clone()],
            texts: text.into_iter().collect(),
            delivery: Some(caller.delivery.clone()),
            request: step.request,
        };
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
        self.post(card, &request, &view::preflight(scene, viewer)).await?;
        Ok(Outcome::Changed(request.id))
    }

    /// The answer when this cannot be done, as far as the viewer may know. What they may not know, approvers will see.
    fn stopped(&self, names: &Names, wish: &Wish, permitted: &Permitted, viewer: Viewer) -> Option<Outcome> {
        let found = permitted.insight.findings_for(viewer, wish);
        let stops: Vec<Phrase> =
            found.iter().filter(|found| found.blocks()).map(|found| view::finding_phrase(found, names)).collect();
        (!stops.is_empty()).then(|| self.answer(Card::saying(Phrase::new("preflight-stopped-title"), stops)))
    }

    fn open(&self, caller: &Caller, wish: Wish, text: Option<&PrivateText>) -> Result<Step, AppError> {
        let at = self.now();
        let origin = Origin { platform: caller.platform, place: caller.place.clone() };
        let reference = text.map(|text| text.reference);
        let what = (caller.person, wish, reference);
        Ok(Request::open(self.new_request_id(), at, what, origin, at + DRAFT_LIFE)?)
    }

    fn preflight_card(&self, caller: &Caller, request: &Request) -> PostedCard {
        PostedCard {
            id: self.new_card_id(),
            request: request.id.clone(),
            view: CardView::Preflight,
            to: Addressee { platform: caller.platform, place: caller.place.clone(), only: Some(caller.person) },
            locale: caller.locale,
            delivery: Delivery::Sending,
            rendered: 0,
        }
    }

    fn draft_tasks(&self, request: &Request) -> Vec<Task> {
        let due = request.expires_at().unwrap_or(request.opened_at);
        vec![
            Task { work: Work::Expire(request.id.clone()), due, attempts: 0 },
            self.safety_delivery(&request.id, request.opened_at),
        ]
    }

    pub(super) fn private_text(&self, reason: &Reason) -> PrivateText {
        let salt = self.random_bytes();
        PrivateText { reference: bind_text(&salt, reason.as_str()), salt, text: reason.as_str().to_owned() }
    }

    /// What the caller may see of the subject, and whether the caller may set the usage location.
    pub(super) fn viewer(&self, caller: PersonId, subject: PersonId, facts: &Facts) -> Viewer {
        let (Some(asker), Some(about)) = (facts.people.get(&caller), facts.people.get(&subject)) else {
            return Viewer { sees_person: false, may_set_location: false };
        };
        let what = if caller == subject { ReadWhat::Own } else { ReadWhat::Person(about) };
        let sees_person = self.policy.may_read(&ReadQuestion { reader: asker, what }).is_allowed();
        Viewer { sees_person, may_set_location: self.may_set_location_now(asker, about) }
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

/// The operator's own words for a rule that forbids.
fn said_by_rule(reason: &DenialReason) -> Option<Phrase> {
    match reason {
        DenialReason::ForbiddenBy { reason: Some(words), .. } => Some(Phrase::new("rule-says").with("words", words)),
        _ => None,
    }
}

fn replaced(products: &[ProductText], old: &ProductText, new: &str) -> Vec<ProductText> {
    let swap = |product: &ProductText| {
        if product == old { ProductText::try_new(new).unwrap_or_else(|_| product.clone()) } else { product.clone() }
    };
    products.iter().map(swap).collect()
}
