//! Reading facts for a judgement: always fresh, always in one go, always everything that the judgement may need. Never a
//! judgement.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{App, AppError};
use crate::domain::catalog::Catalog;
use crate::domain::ids::{GroupId, PersonId};
use crate::domain::person::{Facts, Path, Person};
use crate::domain::policy::route::Route;
use crate::domain::request::{Request, State};
use crate::domain::view::Names;
use crate::ports::FactsQuestion;

impl App {
    /// Everything that decides about these people: their accounts, holdings and groups, everybody whom a route could ask,
    /// and the seats. One round trip.
    pub(super) async fn facts_about(&self, people: impl IntoIterator<Item = PersonId>) -> Result<Facts, AppError> {
        let question = FactsQuestion {
            people: people.into_iter().chain(self.named_people()).collect(),
            groups: self.approver_groups(),
            stock: true,
        };
        Ok(self.world.directory.read(&question).await?)
    }

    /// The same for a request, with its voters and the groups of the route it was judged by.
    pub(super) async fn facts_for(&self, request: &Request, also: &[PersonId]) -> Result<Facts, AppError> {
        let approval = request.state.approval();
        let voters = approval.into_iter().flat_map(|approval| approval.votes.iter().map(|vote| vote.by));
        let stored = approval.map(|approval| (approval.route.groups(), approval.route.people()));
        let (groups, named) = stored.unwrap_or_default();
        let question = FactsQuestion {
            people: [request.requester, request.wish.subject]
                .into_iter()
                .chain(voters)
                .chain(also.iter().copied())
                .chain(named)
                .chain(self.named_people())
                .collect(),
            groups: self.approver_groups().into_iter().chain(groups).collect(),
            stock: true,
        };
        Ok(self.world.directory.read(&question).await?)
    }

    /// Every group that a route could ask.
    fn approver_groups(&self) -> BTreeSet<GroupId> {
        self.policy.routes().flat_map(Route::groups).collect()
    }

    /// Everybody whom a route names one by one.
    fn named_people(&self) -> BTreeSet<PersonId> {
        self.policy.routes().flat_map(Route::people).collect()
    }

    /// Names for everybody in a request: from facts where there are some, else as the directory was known a while ago. A
    /// name that cannot be found is missing, never wrong.
    pub(super) async fn names_for(&self, request: &Request, facts: Option<&Facts>) -> Result<Names, AppError> {
        let mut names = self.names(facts).await?;
        for person in people_in(request) {
            self.add_name(&mut names, person).await?;
        }
        names.groups.extend(self.world.directory.group_names(&groups_in(request)));
        Ok(names)
    }

    /// The names that facts hold.
    pub(super) async fn names(&self, facts: Option<&Facts>) -> Result<Names, AppError> {
        let catalog = match facts.map(|facts| facts.stock.clone()) {
            Some(Some(stock)) => Arc::new(Catalog::new(Arc::clone(&self.settings.nicknames), stock)),
            Some(None) => self.catalog().await?,
            None => self.known_catalog().await?,
        };
        let people = facts.map(names_in).unwrap_or_default();
        let groups = facts.map(|facts| facts.group_names.clone()).unwrap_or_default();
        Ok(Names { people, groups, catalog })
    }

    pub(super) async fn add_name(&self, names: &mut Names, id: PersonId) -> Result<(), AppError> {
        if names.people.contains_key(&id) {
            return Ok(());
        }
        let found = self.world.directory.find(&id.to_string()).await?;
        names.people.extend(found.into_iter().map(|person| (person.id, person)));
        Ok(())
    }
}

fn names_in(facts: &Facts) -> BTreeMap<PersonId, Person> {
    let accounts = facts.people.values().flat_map(|facts| std::iter::once(&facts.person).chain(&facts.manager));
    let members = facts.groups.values().flat_map(|group| &group.members);
    accounts.chain(members).map(|person| (person.id, person.clone())).collect()
}

/// The groups that licenses at the end of a request come from.
fn groups_in(request: &Request) -> BTreeSet<GroupId> {
    let State::Applied { after: Some(after), .. } = &request.state else { return BTreeSet::new() };
    let paths = after.assignments.iter().map(|assignment| assignment.path);
    paths.filter_map(|path| if let Path::Group(group) = path { Some(group) } else { None }).collect()
}

pub(super) fn people_in(request: &Request) -> BTreeSet<PersonId> {
    let approval = request.state.approval();
    let asked = approval
        .into_iter()
        .flat_map(|approval| approval.asked.iter().copied().chain(approval.votes.iter().map(|vote| vote.by)));
    let decided = match &request.state {
        State::Denied { by, .. } => *by,
        State::Cancelled { by } => Some(*by),
        _ => None,
    };
    [request.requester, request.wish.subject].into_iter().chain(asked).chain(decided).collect()
}
