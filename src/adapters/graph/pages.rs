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
    mut take: impl FnMut(Vec<T>) -> Result<(), PortError> + Send,
) -> Result<(), PortError> {
    let (mut seen, mut next) = (HashSet::new(), first);
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

/// The rest of a list whose first page came some other way.
///
/// # Errors
/// Any page could not be read.
pub(super) async fn rest<T: DeserializeOwned + Send>(
    api: &Api,
    operation: &'static str,
    first: Page<T>,
    deadline: Deadline,
) -> Result<Vec<T>, PortError> {
    let mut list = first.value;
    if let Some(link) = first.next {
        list.extend(all(api, operation, checked(api, operation, &link)?, deadline).await?);
    }
    Ok(list)
}

fn checked(api: &Api, operation: &str, link: &str) -> Result<Url, PortError> {
    let ours = Url::parse(link).ok().filter(|link| api.is_ours(link));
    ours.ok_or_else(|| PortError::Lasting { what: format!("could not {operation}: Graph's next page lies elsewhere") })
}
