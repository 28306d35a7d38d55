//! Rows of requests, cards and tasks, to and from the words of the ports.

use crate::domain::ids::RequestId;
use crate::domain::request::Request;
use crate::ports::{PostedCard, StoreError, Task};

use super::code::{column, delivery, delivery_columns, instant, json, micros, number, parse, parse_word, word};

/// A row of `request`: the body, and the columns that repeat what it says.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct RequestRow {
    pub(super) id: String,
    pub(super) version: i64,
    pub(super) state: String,
    pub(super) subject: String,
    pub(super) requester: String,
    pub(super) opened_at: i64,
    pub(super) body: String,
}

impl RequestRow {
    pub(super) fn of(request: &Request) -> Result<Self, StoreError> {
        Ok(Self {
            id: request.id.to_string(),
            version: column(request.version)?,
            state: request.state.name().as_str().to_owned(),
            subject: request.wish.subject.to_string(),
            requester: request.requester.to_string(),
            opened_at: micros(request.opened_at),
            body: json(request)?,
        })
    }

    /// Says exactly this request, in body and columns.
    pub(super) fn says(&self, request: &Request) -> Result<bool, StoreError> {
        let body: Option<Request> = serde_json::from_str(&self.body).ok();
        let columns = Self { body: self.body.clone(), ..Self::of(request)? };
        Ok(body.as_ref() == Some(request) && *self == columns)
    }
}

pub(super) fn request(body: &str, id: &str) -> Result<Request, StoreError> {
    parse(body, id)
}

/// A row of `posted_card`, without the columns that only order it.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct CardRow {
    pub(super) id: String,
    pub(super) view: String,
    pub(super) addressee: String,
    pub(super) locale: String,
    pub(super) delivery: String,
    pub(super) message: Option<String>,
    pub(super) rendered: i64,
}

impl CardRow {
    pub(super) fn of(card: &PostedCard) -> Result<Self, StoreError> {
        let (delivery, message) = delivery_columns(&card.delivery);
        Ok(Self {
            id: word(&card.id)?,
            view: word(&card.view)?,
            addressee: json(&card.to)?,
            locale: word(&card.locale)?,
            delivery: delivery.to_owned(),
            message: message.map(str::to_owned),
            rendered: column(card.rendered)?,
        })
    }

    pub(super) fn card(self, request: &RequestId) -> Result<PostedCard, StoreError> {
        let whose = format!("a card of {request}");
        Ok(PostedCard {
            id: parse_word(self.id, &whose)?,
            request: request.clone(),
            view: parse_word(self.view, &whose)?,
            to: parse(&self.addressee, &whose)?,
            locale: parse_word(self.locale, &whose)?,
            delivery: delivery(&self.delivery, self.message, &whose)?,
            rendered: number(self.rendered, &whose)?,
        })
    }
}

/// A row of `task`: work, due time, attempts.
pub(super) type TaskRow = (String, i64, i64);

pub(super) fn task((work, due, attempts): TaskRow) -> Result<Task, StoreError> {
    let attempts = number(attempts, "a task")?;
    Ok(Task {
        work: parse(&work, "a task")?,
        due: instant(due, "a task")?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
    })
}
