//! Lists that Graph cuts into pages. Never follows a link to anywhere but the configured origin, and never in a circle.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use url::Url;

use super::api::Api;
use super::pace::Deadline;
use super::wire::Page;
use crate::ports::PortError;

/// More pages than any tenant has: with 999 to a page, close to two million accounts.
const MOST_PAGES: usize = 2_000;

/// A list from its first page on, each page handed to `take` as it comes.
///
/// # Errors
/// Any page could not be read: what was taken before is not the whole.
pub(super) async fn each<T: DeserializeOwned>(
    api: &Api,
    operation: &'static str,
    first: Url,
    deadline: Deadline,
    take: impl FnMut(Vec<T>) -> Result<(), PortError> + Send,
) -> Result<(), PortError> {
    on_from(api, operation, (first, HashSet::new()), deadline, take).await
}

/// The pages from `next` on, when those in `seen` were read already.
async fn on_from<T: DeserializeOwned>(
    api: &Api,
    operation: &'static str,
    (mut next, mut seen): (Url, HashSet<Url>),
    deadline: Deadline,
    mut take: impl FnMut(Vec<T>) -> Result<(), PortError> + Send,
) -> Result<(), PortError> {
    loop {
        if seen.len() >= MOST_PAGES || !seen.insert(next.clone()) {
            return Err(PortError::Lasting { what: format!("could not {operation}: Graph's pages lead in a circle") });
        }
        let page: Page<T> = api.read(operation, next, deadline).await?;
        take(page.value)?;
        let Some(link) = page.next else { return Ok(()) };
        next = checked(api, operation, &link)?;
    }
}

/// A whole list.
///
/// # Errors
/// Any page could not be read.
pub(super) async fn all<T: DeserializeOwned + Send>(
    api: &Api,
    operation: &'static str,
    first: Url,
    deadline: Deadline,
) -> Result<Vec<T>, PortError> {
    let mut list = Vec::new();
    each(api, operation, first, deadline, |page| {
        list.extend(page);
        Ok(())
    })
    .await?;
    Ok(list)
}

/// A whole list whose first page came some other way, as the answer to `path`.
///
/// # Errors
/// Any page could not be read.
pub(super) async fn rest<T: DeserializeOwned + Send>(
    api: &Api,
    operation: &'static str,
    (path, first): (&str, Page<T>),
    deadline: Deadline,
) -> Result<Vec<T>, PortError> {
    let mut list = first.value;
    let Some(link) = first.next else { return Ok(list) };
    let from = (checked(api, operation, &link)?, HashSet::from([api.at(path)]));
    on_from(api, operation, from, deadline, |page| {
        list.extend(page);
        Ok(())
    })
    .await?;
    Ok(list)
}

fn checked(api: &Api, operation: &str, link: &str) -> Result<Url, PortError> {
    let ours = Url::parse(link).ok().filter(|link| api.is_ours(link));
    ours.ok_or_else(|| PortError::Lasting { what: format!("could not {operation}: Graph's next page lies elsewhere") })
}
