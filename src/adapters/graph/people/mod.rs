//! Who a typed name may mean: a list of all accounts, minutes old, and a fresh look where the list knows nobody. For
//! choosing only: rights are judged on facts that are read by id.

mod list;
mod near;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use self::list::{ListBuilder, PeopleList};
use super::api::{Api, encoded};
use super::facts::into_person;
use super::flight::SingleFlight;
use super::pace::Deadline;
use super::pages;
use super::stock::is_within;
use super::wire::{ACCOUNT_FIELDS, Account};
use crate::domain::person::Person;
use crate::ports::PortError;

/// A list older than this is read anew, behind the back of who asks.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// A list older than this is not used any more.
const USABLE: SignedDuration = SignedDuration::from_hours(1);

/// After a failed reading the next waits this long.
const REST: SignedDuration = SignedDuration::from_secs(30);

/// Reading a large tenant takes some fifty pages.
const READING_TIME: Duration = Duration::from_secs(600);

/// Nothing that names a person is longer.
const LONGEST_NAME: usize = 320;

/// All accounts, as they were minutes ago.
#[derive(Debug)]
pub(super) struct PeopleCache {
    api: Arc<Api>,
    kept: Arc<Mutex<Kept>>,
    flight: SingleFlight<Arc<PeopleList>>,
}

#[derive(Debug, Default)]
struct Kept {
    list: Option<(Timestamp, Arc<PeopleList>)>,
    failed_at: Option<Timestamp>,
}

impl PeopleCache {
    pub(super) fn new(api: Arc<Api>) -> Self {
        Self { api, kept: Arc::default(), flight: SingleFlight::new() }
    }

    /// Reads the list, unless there is a fresh one. Waits for it, however long it takes.
    ///
    /// # Errors
    /// It could not be read whole.
    pub(super) async fn warm(&self) -> Result<(), PortError> {
        let now = self.api.now();
        match self.kept().list.as_ref().filter(|(read_at, _)| is_within(*read_at, now, FRESH)) {
            Some(_) => Ok(()),
            None => self.fetch().await.map(|_| ()),
        }
    }

    /// See [`crate::ports::Directory::find`].
    ///
    /// # Errors
    /// Neither the list nor a fresh look could be had.
    pub(super) async fn find(&self, typed: &str) -> Result<Vec<Person>, PortError> {
        let typed = bare(typed);
        if typed.is_empty() || typed.len() > LONGEST_NAME {
            return Ok(Vec::new());
        }
        let listed = self.list().await?.find(typed);
        if listed.is_empty() { self.look(typed).await } else { Ok(listed) }
    }

    /// See [`crate::ports::Directory::similar`].
    ///
    /// # Errors
    /// There is no list.
    pub(super) async fn similar(&self, typed: &str, limit: usize) -> Result<Vec<Person>, PortError> {
        let typed = bare(typed);
        if typed.len() > LONGEST_NAME {
            return Ok(Vec::new());
        }
        let list = self.list().await?;
        let completed = list.beginning(typed, limit);
        Ok(if completed.is_empty() { list.nearest(typed, limit) } else { completed })
    }

    /// Every account.
    ///
    /// # Errors
    /// There is no list.
    pub(super) async fn everyone(&self) -> Result<Vec<Person>, PortError> {
        Ok(self.list().await?.everyone())
    }

    /// A list that is young enough. One past its freshness is used once more while the next is read.
    async fn list(&self) -> Result<Arc<PeopleList>, PortError> {
        let (now, kept) = (self.api.now(), self.kept());
        let usable = kept.list.filter(|(read_at, _)| is_within(*read_at, now, USABLE));
        let Some((read_at, list)) = usable else { return self.wait_for_list().await };
        let resting = kept.failed_at.is_some_and(|failed_at| is_within(failed_at, now, REST));
        if !is_within(read_at, now, FRESH) && !resting {
            drop(self.fetch());
        }
        Ok(list)
    }

    /// The reading goes on when the wait for it is over.
    async fn wait_for_list(&self) -> Result<Arc<PeopleList>, PortError> {
        let waited = tokio::time::timeout(self.api.patience.reading, self.fetch()).await;
        waited.unwrap_or_else(|_| {
            Err(PortError::Passing { what: "the list of people is still being read".into(), retry_after: Some(10) })
        })
    }

    fn kept(&self) -> Kept {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Kept { list: kept.list.clone(), failed_at: kept.failed_at }
    }

    fn fetch(&self) -> impl Future<Output = Result<Arc<PeopleList>, PortError>> + use<> {
        let (api, kept) = (self.api.clone(), self.kept.clone());
        self.flight.join(|| async move {
            let read_at = api.now();
            let read = read_all(&api).await.map(Arc::new);
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            match &read {
                Ok(list) => *kept = Kept { list: Some((read_at, list.clone())), failed_at: None },
                Err(error) => {
                    tracing::warn!(%error, "the list of people could not be read");
                    kept.failed_at = Some(api.now());
                }
            }
            read
        })
    }

    /// Asks Graph for somebody whom the list does not know; new, perhaps.
    async fn look(&self, typed: &str) -> Result<Vec<Person>, PortError> {
        let accounts: Vec<Account> = match Name::of(typed) {
            Some(Name::Key) => {
                let url = self.api.url(&format!("/users/{}", encoded(typed)), &format!("$select={ACCOUNT_FIELDS}"));
                match self.api.read("find a person", url, self.api.soon()).await {
                    Ok(account) => vec![account],
                    Err(PortError::Absent { .. }) => Vec::new(),
                    Err(error) => return Err(error),
                }
            }
            Some(Name::Nickname) => {
                let filter = encoded(&format!("mailNickname eq '{}'", typed.replace('\'', "''")));
                let url = self.api.url("/users", &format!("$filter={filter}&$select={ACCOUNT_FIELDS}&$top=999"));
                pages::all(&self.api, "find a person", url, self.api.soon()).await?
            }
            None => Vec::new(),
        };
        accounts.into_iter().map(into_person).collect()
    }
}

/// What people put before a name is no part of it.
fn bare(typed: &str) -> &str {
    let typed = typed.trim();
    typed.strip_prefix('@').unwrap_or(typed).trim()
}

/// What a typed text can be in the directory's eyes.
#[derive(Debug, PartialEq, Eq)]
enum Name {
    /// An object id or a UPN: the key of a user.
    Key,
    /// A mail nickname.
    Nickname,
}

impl Name {
    /// None for what cannot be either: it is not worth a call.
    fn of(typed: &str) -> Option<Self> {
        let plain = |text: &str, symbols: &str| {
            let fits = |symbol: char| symbol.is_alphanumeric() || symbols.contains(symbol);
            !text.is_empty() && text.chars().all(fits)
        };
        match typed.rsplit_once('@') {
            Some((local, domain)) => (plain(local, "._-'#!^~+") && plain(domain, ".-")).then_some(Self::Key),
            None if uuid::Uuid::try_parse(typed).is_ok() => Some(Self::Key),
            None => (typed.chars().count() <= 64 && plain(typed, "._-'#!^~+")).then_some(Self::Nickname),
        }
    }
}

/// Reads everybody, page by page, straight into the list.
async fn read_all(api: &Api) -> Result<PeopleList, PortError> {
    let url = api.url("/users", &format!("$select={ACCOUNT_FIELDS}&$top=999"));
    let (mut builder, mut unreadable) = (ListBuilder::default(), None);
    pages::each(api, "list people", url, Deadline::after(READING_TIME), |page: Vec<Account>| {
        for account in page {
            match into_person(account) {
                Ok(person) => builder.add(&person),
                Err(error) => unreadable = Some(error),
            }
        }
        Ok(())
    })
    .await?;
    // One odd account must not hide all others from who looks for a name; but when all are odd, it is the app's rights.
    match unreadable {
        Some(error) if builder.is_empty() => Err(error),
        Some(error) => {
            tracing::warn!(%error, "some accounts cannot be listed");
            Ok(builder.finish())
        }
        None => Ok(builder.finish()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_key_or_a_nickname_is_worth_a_call() {
        for key in ["ana@northwind.example", "gus_fabrikam.example#EXT#@x.example", "o'hara@x.example", "å.ö@x.example"]
        {
            assert_eq!(Name::of(key), Some(Name::Key), "{key}");
        }
        assert_eq!(Name::of("2F74AC2D-07b0-40e8-ba85-8f1ca792763d"), Some(Name::Key));
        assert_eq!(Name::of("o'hara"), Some(Name::Nickname));
        for nothing in ["Ana Silva", "a/b", "$batch@x", "@x", "x@", "a?b@x", "..%2f", "a\u{0}", &"a".repeat(65)] {
            assert_eq!(Name::of(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_mention_is_the_name_in_it() {
        assert_eq!(bare("  @ana "), "ana");
        assert_eq!(bare("ana@northwind.example"), "ana@northwind.example");
        assert_eq!(bare("@"), "");
    }
}
