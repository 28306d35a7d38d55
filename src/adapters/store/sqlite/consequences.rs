//! What a change causes, as statements: work, cards, texts. None of them can lose a race that matters: each says in itself what
//! it leaves alone.

use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite};

use super::batch::Batch;
use super::code::{column, delivery_columns, json, micros, salt_column, word};
use super::rows::CardRow;
use crate::domain::ids::PersonId;
use crate::domain::request::{Digest, Request};
use crate::domain::text::Locale;
use crate::ports::{PostedCard, PrivateText, StoreError, Task};

/// The same work once, with what was said last.
pub(super) fn put_in(batch: &mut Batch, tenant: &str, tasks: &[Task]) -> Result<(), StoreError> {
    let rows = tasks.iter().map(|task| Ok((json(&task.work)?, task))).collect::<Result<Vec<_>, StoreError>>()?;
    batch.insert(
        "INSERT INTO task (tenant, work, due, attempts) ",
        rows,
        |mut row, (work, task)| {
            row.push_bind(tenant).push_bind(work).push_bind(micros(task.due)).push_bind(i64::from(task.attempts));
        },
        " ON CONFLICT (tenant, work) DO UPDATE SET due = excluded.due, attempts = excluded.attempts",
    );
    Ok(())
}

pub(super) fn finish(batch: &mut Batch, tenant: &str, task: &Task) -> Result<(), StoreError> {
    only_this(batch.statement("DELETE FROM task"), tenant, task)
}

pub(super) fn postpone(batch: &mut Batch, tenant: &str, task: &Task, due: Timestamp) -> Result<(), StoreError> {
    let update = batch.statement("UPDATE task SET attempts = attempts + 1, due = ").push_bind(micros(due));
    only_this(update, tenant, task)
}

/// Not the same work that was put in anew meanwhile.
fn only_this(statement: &mut QueryBuilder<Sqlite>, tenant: &str, task: &Task) -> Result<(), StoreError> {
    statement.push(" WHERE tenant = ").push_bind(tenant);
    statement.push(" AND work = ").push_bind(json(&task.work)?);
    statement.push(" AND due = ").push_bind(micros(task.due));
    statement.push(" AND attempts = ").push_bind(i64::from(task.attempts));
    Ok(())
}

pub(super) fn insert_cards(
    batch: &mut Batch,
    tenant: &str,
    cards: &[PostedCard],
    caused_by: u64,
) -> Result<(), StoreError> {
    let caused_by = column(caused_by)?;
    let rows = (0i64..).zip(cards).map(|(place, card)| Ok((place, card.request.as_str(), CardRow::of(card)?)));
    batch.insert(
        "INSERT INTO posted_card (tenant, id, request, caused_by, place_in_unit, view, addressee, locale, delivery, \
         message, rendered) ",
        rows.collect::<Result<Vec<_>, StoreError>>()?,
        |mut columns, (place, request, row)| {
            columns.push_bind(tenant).push_bind(row.id).push_bind(request).push_bind(caused_by).push_bind(place);
            columns.push_bind(row.view).push_bind(row.addressee).push_bind(row.locale);
            columns.push_bind(row.delivery).push_bind(row.message).push_bind(row.rendered);
        },
        "",
    );
    Ok(())
}

/// A rendering that was overtaken by a newer one has nothing more to say.
pub(super) fn save_cards(batch: &mut Batch, tenant: &str, cards: &[PostedCard]) -> Result<(), StoreError> {
    for card in cards {
        let (delivery, message) = delivery_columns(&card.delivery);
        let rendered = column(card.rendered)?;
        let statement = batch.statement("UPDATE posted_card SET delivery = ").push_bind(delivery);
        statement.push(", message = ").push_bind(message).push(", rendered = ").push_bind(rendered);
        statement.push(" WHERE tenant = ").push_bind(tenant).push(" AND id = ").push_bind(word(&card.id)?);
        statement.push(" AND rendered <= ").push_bind(rendered);
    }
    Ok(())
}

/// Whose vote the request waits for, after an arrow.
pub(super) fn await_votes(batch: &mut Batch, tenant: &str, request: &Request) {
    if request.version > 1 {
        let statement = batch.statement("DELETE FROM awaited_vote WHERE tenant = ").push_bind(tenant);
        statement.push(" AND request = ").push_bind(request.id.as_str());
    }
    batch.insert(
        "INSERT INTO awaited_vote (tenant, request, person, opened_at) ",
        request.awaited_voters().collect(),
        |mut row, person| {
            row.push_bind(tenant).push_bind(request.id.as_str());
            row.push_bind(person.to_string()).push_bind(micros(request.opened_at));
        },
        "",
    );
}

pub(super) fn keep_texts(batch: &mut Batch, tenant: &str, texts: &[PrivateText]) {
    batch.insert(
        "INSERT INTO private_text (tenant, reference, salt, text) ",
        texts.iter().collect(),
        |mut row, text| {
            row.push_bind(tenant).push_bind(text.reference.0.to_string());
            row.push_bind(salt_column(text.salt)).push_bind(&text.text);
        },
        " ON CONFLICT DO NOTHING",
    );
}

/// What was used last stands.
pub(super) fn keep_languages(batch: &mut Batch, tenant: &str, used: &[(PersonId, Locale)]) {
    batch.insert(
        "INSERT INTO language_last_used (tenant, person, locale) ",
        used.iter().collect(),
        |mut row, (person, locale)| {
            row.push_bind(tenant).push_bind(person.to_string()).push_bind(locale.tag());
        },
        " ON CONFLICT (tenant, person) DO UPDATE SET locale = excluded.locale",
    );
}

pub(super) fn keep_policy(batch: &mut Batch, tenant: &str, hash: Digest, texts: &str) {
    batch.insert(
        "INSERT INTO policy_text (tenant, hash, texts) ",
        vec![hash.to_string()],
        |mut row, hash| {
            row.push_bind(tenant).push_bind(hash).push_bind(texts);
        },
        " ON CONFLICT DO NOTHING",
    );
}
