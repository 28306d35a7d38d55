//! Somebody who types, clicks and reads.

use std::time::Instant;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Chat, LOOK, PATIENCE, Said};

/// Somebody of the company, in one language.
#[derive(Clone, Copy)]
pub struct Actor<'c> {
    chat: &'c Chat,
    name: &'static str,
    locale: &'static str,
}

/// What somebody sees because of a click.
#[derive(Clone, Debug)]
pub struct Clicked(Vec<Said>);

impl<'c> Actor<'c> {
    pub(super) fn new(chat: &'c Chat, name: &'static str) -> Self {
        Self { chat, name, locale: "en" }
    }

    /// The same person, who reads Swedish.
    pub fn in_swedish(self) -> Self {
        Self { locale: "sv", ..self }
    }

    /// Types in the channel; the bot's answer.
    pub async fn says(self, text: &str) -> Said {
        self.types(text, "channel").await
    }

    /// Types to the bot alone; the bot's answer.
    pub async fn writes(self, text: &str) -> Said {
        self.types(text, "direct").await
    }

    async fn types(self, text: &str, place: &str) -> Said {
        let answer = self.types_and_sees(text, place).await.into_iter().rfind(|said| said.from == "licensebot");
        answer.unwrap_or_else(|| panic!("no answer to “{text}”"))
    }

    /// Types there; all that this person sees because of it, the line included.
    pub async fn types_and_sees(self, text: &str, place: &str) -> Vec<Said> {
        let seen = self.post("messages", json!({ "text": text, "place": place })).await;
        let line =
            |said: &&Said| (said.from.as_str(), said.text.as_str(), said.place.as_str()) == (self.name, text, place);
        assert_eq!(seen.iter().filter(line).count(), 1, "{:#?}", texts(&seen));
        seen
    }

    /// Types, and is told this instead of anything done.
    pub async fn is_told(self, text: &str, sentence: &str) {
        let answer = self.says(text).await;
        assert_eq!(answer.card().text, sentence, "{} typed: {text}", self.name);
        assert!(answer.private && answer.request.is_none(), "{answer:?}");
    }

    /// Clicks a button that needs nothing filled in.
    pub async fn clicks(self, card: &Said, verb: &str) -> Clicked {
        self.fills_and_clicks(card, verb, &[]).await
    }

    /// Fills in a card and clicks. The card may be what somebody else saw, or what stood there before.
    pub async fn fills_and_clicks(self, card: &Said, verb: &str, inputs: &[(&str, &str)]) -> Clicked {
        let inputs: Value = inputs.iter().map(|(id, value)| ((*id).to_owned(), json!(value))).collect();
        let click = json!({ "message": card.id, "action": card.action(verb).id, "inputs": inputs });
        Clicked(self.post("actions", click).await)
    }

    /// Asks for something in the channel and confirms it; the card as it stands then.
    pub async fn asks(self, text: &str) -> Said {
        let card = self.says(text).await;
        let clicked = self.clicks(&card, "confirm").await;
        clicked.card(&card)
    }

    /// The card that asks for this person's vote.
    pub async fn ballot(self, request: &str) -> Said {
        self.sees(|said| said.is_of(request) && said.verbs().contains(&"deny")).await
    }

    /// Approves on the card that asks.
    pub async fn approves(self, request: &str) -> Said {
        let ballot = self.ballot(request).await;
        self.clicks(&ballot, "approve").await.card(&ballot)
    }

    /// What the bot tells this person alone about the end of a request.
    pub async fn hears(self, request: &str) -> Said {
        self.sees(|said| said.is_of(request) && said.is_outcome()).await
    }

    /// What the bot tells this person alone about a request that went well.
    pub async fn gets(self, request: &str) -> Said {
        let told = self.hears(request).await;
        assert_eq!(told.state(), "applied", "{}", told.text);
        told
    }

    /// A message once its card shows this state.
    pub async fn sees_state(self, card: &Said, state: &str) -> Said {
        self.sees(|said| said.id == card.id && said.state() == state).await
    }

    /// A message as it is now.
    pub async fn now(self, card: &Said) -> Said {
        let seen = self.reads().await;
        let card = seen.iter().find(|said| said.id == card.id);
        card.unwrap_or_else(|| panic!("{} sees no such message: {:#?}", self.name, texts(&seen))).clone()
    }

    /// The public line of a request, once it shows this state.
    pub async fn sees_public(self, request: &str, state: &str) -> Said {
        self.sees(|said| said.is_of(request) && !said.private && said.state() == state).await
    }

    /// The oldest message that fits, as soon as there is one.
    pub async fn sees(self, fits: impl Fn(&Said) -> bool) -> Said {
        let begin = Instant::now();
        loop {
            let seen = self.reads().await;
            if let Some(said) = seen.iter().find(|said| said.card.is_some() && fits(said)) {
                return said.clone();
            }
            assert!(begin.elapsed() < PATIENCE, "{} never saw it, but: {:#?}", self.name, texts(&seen));
            tokio::time::sleep(LOOK).await;
        }
    }

    /// All that this person sees now.
    pub async fn reads(self) -> Vec<Said> {
        let path = format!("/api/demo/messages?as={}&locale={}", self.name, self.locale);
        messages(self.chat.call(Method::GET, &path, None).await)
    }

    /// Everything that this person sees of a request.
    pub async fn reads_of(self, request: &str) -> Vec<Said> {
        self.reads().await.into_iter().filter(|said| said.is_of(request)).collect()
    }

    async fn post(self, what: &str, mut body: Value) -> Vec<Said> {
        body["as"] = json!(self.name);
        body["locale"] = json!(self.locale);
        let (status, answer) = self.chat.raw(Method::POST, &format!("/api/demo/{what}"), Some(body.clone())).await;
        assert_eq!(status, StatusCode::OK, "{body}: {answer}");
        messages(answer)
    }
}

impl Clicked {
    /// The card that was clicked, as it stands now. Fails when the click was refused.
    pub fn card(&self, clicked: &Said) -> Said {
        assert!(self.refusal().is_none(), "refused: {:#?}", texts(&self.0));
        let card = self.0.iter().find(|said| said.id == clicked.id);
        card.unwrap_or_else(|| panic!("the card is not among {:#?}", texts(&self.0))).clone()
    }

    /// The card that was clicked, as the answer shows it, refused or not.
    pub fn seen(&self, clicked: &Said) -> &Said {
        let card = self.0.iter().find(|said| said.id == clicked.id);
        card.unwrap_or_else(|| panic!("the card is not among {:#?}", texts(&self.0)))
    }

    /// Why the click was refused. Fails when it was not.
    pub fn refused(&self) -> String {
        self.refusal().unwrap_or_else(|| panic!("not refused: {:#?}", texts(&self.0)))
    }

    /// Why the click was refused, if it was.
    pub fn refusal(&self) -> Option<String> {
        let refusals: Vec<&Said> = self.0.iter().filter(|said| said.request.is_none()).collect();
        assert!(refusals.len() < 2 && refusals.iter().all(|said| said.private), "{refusals:#?}");
        refusals.first().map(|said| said.words()[1..].join("\n"))
    }

    /// The first line of what was said in private instead, where anything was.
    pub fn heading(&self) -> Option<String> {
        self.0.iter().find(|said| said.request.is_none()).map(|said| said.words().remove(0))
    }

    /// All that was seen.
    pub fn all(&self) -> &[Said] {
        &self.0
    }
}

fn messages(answer: Value) -> Vec<Said> {
    let Value::Object(mut answer) = answer else { panic!("no object: {answer}") };
    let messages = answer.remove("messages").unwrap();
    assert!(answer.is_empty(), "more than messages: {answer:?}");
    serde_json::from_value(messages).unwrap()
}

fn texts(seen: &[Said]) -> Vec<&str> {
    seen.iter().map(|said| said.text.as_str()).collect()
}
