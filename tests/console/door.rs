//! The application's door, played from a script: what it hears is kept, and what it answers was written down before.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use licensebot::adapters::console::{ChatStore, Door};
use licensebot::app::{Completion, Inbound, Outcome};
use licensebot::domain::card::{Action, ActionVerb, Card, Choice, Input, InputId};
use licensebot::domain::ids::{PersonId, RequestId};
use licensebot::domain::request::{Digest, Place, Platform, StateName};
use licensebot::domain::text::{Arg, Locale, Phrase};
use licensebot::ports::{Addressee, CardId, Chat, MessageRef};
use tokio::sync::Notify;
use uuid::Uuid;

/// What the application does next.
#[derive(Debug)]
pub enum Reply {
    /// Says something to the caller.
    Say(Card),
    /// Shows cards of the request.
    Show(Vec<Show>),
    /// The same, for a decision; says this to whoever typed it.
    Record(Vec<Show>, Card),
    /// Completes.
    Complete(Completion),
    /// Waits until the gate opens, then says something.
    Later(Arc<Notify>, Card),
}

/// One card to post or to change.
#[derive(Debug)]
pub enum Show {
    Post(u128, Addressee, Card),
    Update(u128, Card),
}

#[derive(Debug)]
pub struct Scripted {
    store: Arc<ChatStore>,
    script: Mutex<VecDeque<Reply>>,
    heard: Mutex<Vec<Inbound>>,
    pub entered: Notify,
}

impl Scripted {
    pub fn new(store: Arc<ChatStore>) -> Self {
        Self { store, script: Mutex::default(), heard: Mutex::default(), entered: Notify::new() }
    }

    pub fn will(&self, reply: Reply) {
        self.script.lock().unwrap().push_back(reply);
    }

    /// Everything that came in since the last time.
    pub fn heard(&self) -> Vec<Inbound> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    pub async fn show(&self, show: Show) {
        match show {
            Show::Post(nonce, to, card) => {
                self.store.post(CardId(Uuid::from_u128(nonce)), &to, Locale::En, &card).await.unwrap();
            }
            Show::Update(nonce, card) => {
                self.store.update(&MessageRef(id(nonce)), Locale::En, &card).await.unwrap();
            }
        }
    }
}

#[async_trait]
impl Door for Scripted {
    async fn handle(&self, inbound: Inbound) -> Outcome {
        self.heard.lock().unwrap().push(inbound);
        let reply = self.script.lock().unwrap().pop_front();
        self.entered.notify_one();
        match reply.unwrap() {
            Reply::Say(card) => Outcome::Answer(card),
            Reply::Complete(completion) => Outcome::Completion(completion),
            Reply::Show(cards) => {
                for card in cards {
                    self.show(card).await;
                }
                Outcome::Changed(request())
            }
            Reply::Record(cards, said) => {
                for card in cards {
                    self.show(card).await;
                }
                Outcome::Recorded { request: request(), said }
            }
            Reply::Later(gate, card) => {
                gate.notified().await;
                Outcome::Answer(card)
            }
        }
    }
}

/// The message that a card with this nonce becomes.
pub fn id(nonce: u128) -> String {
    Uuid::from_u128(nonce).to_string()
}

/// The name of the n-th thing that the chat named itself.
pub fn drawn(count: u128) -> String {
    uuid::Builder::from_random_bytes(count.to_be_bytes()).into_uuid().to_string()
}

pub fn request() -> RequestId {
    "R-7Q2M9XKA".parse().unwrap()
}

pub fn everyone() -> Addressee {
    Addressee { platform: Platform::Console, place: Place::Channel("licenses".to_owned()), only: None }
}

pub fn only(person: PersonId) -> Addressee {
    Addressee { only: Some(person), ..everyone() }
}

pub fn direct(person: PersonId) -> Addressee {
    Addressee { place: Place::Direct, ..only(person) }
}

/// A card that only says something.
pub fn saying(key: &'static str) -> Card {
    Card::saying(Phrase::new(key), vec![Phrase::new("yes"), Phrase::new("no")])
}

/// A card of the request.
pub fn card(state: StateName, actions: Vec<Action>) -> Card {
    let card = Card::saying(Phrase::new("preflight-title"), vec![Phrase::new("progress-executing")]);
    let card = card.fact(Phrase::new("fact-request"), request().as_str());
    let card = card.fact(Phrase::new("fact-seats"), 3_i64);
    Card { request: Some(request()), state: Some(state), actions, rehearsal: true, ..card }
}

pub fn draft() -> Card {
    card(
        StateName::Draft,
        vec![button(ActionVerb::Confirm, "action-confirm"), button(ActionVerb::Cancel, "action-cancel")],
    )
}

pub fn ballot() -> Card {
    let mut deny = button(ActionVerb::Deny, "action-deny");
    deny.inputs.push(Input {
        id: InputId::Reason,
        label: Phrase::new("input-reason"),
        required: true,
        choices: vec![],
    });
    card(StateName::AwaitingApproval, vec![button(ActionVerb::Approve, "action-approve"), deny])
}

fn button(verb: ActionVerb, label: &'static str) -> Action {
    Action { verb, digest: Some(Digest([0xab; 32])), label: Phrase::new(label), inputs: Vec::new() }
}

/// Which product is meant? Each choice is a command.
pub fn question() -> Card {
    let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: Arg::from(label) };
    let choices =
        vec![choice("assign me SPE_E5", "Microsoft 365 E5"), choice("assign me ENTERPRISEPREMIUM", "Office 365 E5")];
    let input = Input { id: InputId::Choice, label: Phrase::new("input-choice"), required: true, choices };
    let choose =
        Action { verb: ActionVerb::Choose, digest: None, label: Phrase::new("action-choose"), inputs: vec![input] };
    Card { actions: vec![choose], ..Card::saying(Phrase::new("choose-title"), Vec::new()) }
}
