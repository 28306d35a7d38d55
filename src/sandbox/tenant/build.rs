//! Makes a tenant out of its description. All names of the description are resolved here, or the tenant does not start.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use jiff::SignedDuration;
use uuid::Uuid;

use super::group::Processing;
use super::names::{Names, Owned};
use super::person::PathState;
use super::plans::PlanHistory;
use super::processing::Queue;
use super::products;
use super::{App, Company, Group, LicensePath, Person, Settings, Subscription, Tenant};
use crate::domain::ids::GroupId;
use crate::sandbox::seed::{
    Key, SeedApp, SeedCompany, SeedError, SeedGroup, SeedPerson, SeedScope, SeedSettings, SeedState, SeedSubscription,
    SeedTenant,
};

impl Tenant {
    /// The company on its first day.
    pub(in crate::sandbox) fn from_seed(seed: &SeedTenant) -> Result<Self, SeedError> {
        let names = Names::of(seed)?;
        let subscriptions = each("subscriptions", &seed.subscriptions, |_, key, one| subscription(one, key))?;
        let owned = Owned::of(&subscriptions)?;
        let ids = seed.apps.iter().enumerate().map(|(place, app)| (app.client_id, (), place));
        unique(ids, |place| Key::of("apps").item(place).then("client_id"))?;
        let people = each("people", &seed.people, |place, key, one| person(&names, place, key, one, &seed.company))?;
        let groups = each("groups", &seed.groups, |place, key, one| group(&names, &owned, place, key, one, seed))?;
        let mut tenant = Self {
            company: company(&seed.company),
            settings: settings(&seed.settings),
            apps: seed.apps.iter().map(app).collect(),
            person_places: people.iter().map(|person| (person.id, person.place)).collect(),
            upn_places: people.iter().map(|person| (person.principal_name.to_lowercase(), person.place)).collect(),
            group_places: groups.iter().map(|group| (group.id, group.place)).collect(),
            parents: parents(&groups),
            shared_addresses: shared_addresses(&people),
            processing: Queue::default(),
            subscriptions,
            people,
            groups,
        };
        tenant.license_everyone(seed, &owned)?;
        Ok(tenant)
    }

    /// What people hold directly is as the description says, however much it is; what groups give is worked on as ever.
    fn license_everyone(&mut self, seed: &SeedTenant, owned: &Owned) -> Result<(), SeedError> {
        let at = seed.company.licensed;
        for (place, person) in seed.people.iter().enumerate() {
            let direct =
                owned.licenses(&person.licenses, || Key::of("people").item(place).then("licenses"))?.into_iter();
            let path = |(sku, off): (_, Vec<_>)| LicensePath {
                sku,
                disabled: off.into_iter().collect(),
                group: None,
                updated: at,
                state: PathState::Active,
            };
            let set = self.set_licenses(person.id, direct.map(path).collect());
            set.map_err(|error| SeedError::whole(error.to_string()))?;
        }
        let licensed: Vec<GroupId> =
            self.groups.iter().filter(|one| !one.licenses.is_empty()).map(|one| one.id).collect();
        licensed.into_iter().for_each(|group| self.settle_all(group, at));
        Ok(())
    }
}

fn each<S, T>(
    list: &str,
    seeds: &[S],
    make: impl Fn(usize, &dyn Fn(&str) -> Key, &S) -> Result<T, SeedError>,
) -> Result<Vec<T>, SeedError> {
    let key = |place: usize, name: &str| Key::of(list).item(place).then(name);
    seeds.iter().enumerate().map(|(place, seed)| make(place, &|name| key(place, name), seed)).collect()
}

/// A map of these; the place goes into the key that is named when one of them comes twice.
pub(super) fn unique<K: Hash + Eq + ToString, V>(
    pairs: impl Iterator<Item = (K, V, usize)>,
    key: impl Fn(usize) -> Key,
) -> Result<HashMap<K, V>, SeedError> {
    let mut map = HashMap::with_capacity(pairs.size_hint().0);
    for (name, value, place) in pairs {
        if map.contains_key(&name) {
            let why = format!("\"{}\" appears twice; each must be there once", name.to_string());
            return Err(SeedError::at(key(place), why));
        }
        map.insert(name, value);
    }
    Ok(map)
}

fn company(seed: &SeedCompany) -> Company {
    Company {
        tenant: seed.tenant_id,
        name: seed.name.clone(),
        domain: seed.domain.clone(),
        usage_location: seed.usage_location.clone(),
        created: seed.created,
        token_lifetime: seed.token_lifetime,
        provisioning: SignedDuration::from_secs(i64::from(seed.provisioning_seconds)),
        app_only_license_details: seed.app_only_license_details,
        page_size: usize::from(seed.page_size),
    }
}

fn settings(seed: &SeedSettings) -> Settings {
    let seconds = |count: u32| SignedDuration::from_secs(i64::from(count));
    Settings {
        warning_seats_assignable: seed.warning_seats_assignable,
        group_queue: seconds(seed.group_queue_seconds),
        group_work: seconds(seed.group_work_seconds),
    }
}

fn app(seed: &SeedApp) -> App {
    let SeedApp { name, client_id, object_id, secret_expires, roles } = seed.clone();
    App { name, client_id, object_id, secret_expires, roles }
}

fn subscription(seed: &SeedSubscription, key: &dyn Fn(&str) -> Key) -> Result<Subscription, SeedError> {
    let unknown = || {
        let why =
            format!("there is no product \"{}\"; write a part number such as SPE_E3, or a product's id", seed.sku);
        SeedError::at(key("sku"), why)
    };
    let (sku, part_number, plans) = products::product(&seed.sku).ok_or_else(unknown)?;
    Ok(Subscription {
        sku,
        part_number,
        id: seed.id,
        plans,
        enabled: seed.enabled,
        warning: seed.warning,
        suspended: seed.suspended,
        locked_out: seed.locked_out,
        state: seed.state.map(SeedState::name),
        company_wide: seed.applies_to == SeedScope::Company,
        self_service: seed.self_service,
        prohibited_in: seed.prohibited_in.clone(),
        consumed: seed.other_holders,
    })
}

fn person(
    names: &Names,
    place: usize,
    key: &dyn Fn(&str) -> Key,
    seed: &SeedPerson,
    company: &SeedCompany,
) -> Result<Person, SeedError> {
    let manager = seed.manager.as_deref().map(|name| names.person(name, || key("manager"))).transpose()?;
    Ok(Person {
        id: seed.id,
        place,
        display_name: seed.shown(),
        given_name: seed.given.clone(),
        surname: seed.surname.clone(),
        principal_name: seed.principal_name(&company.domain),
        mail: seed.address(&company.domain),
        mail_nickname: seed.nickname().to_owned(),
        job_title: seed.title.clone(),
        department: seed.department.clone(),
        office: seed.office.clone(),
        country: seed.country.clone(),
        language: seed.language.clone(),
        usage_location: seed.location().map(str::to_owned),
        enabled: !seed.blocked,
        guest: seed.guest_of.is_some(),
        created: company.created,
        manager,
        licenses: Vec::new(),
        plan_history: PlanHistory::default(),
    })
}

fn group(
    names: &Names,
    owned: &Owned,
    place: usize,
    key: &dyn Fn(&str) -> Key,
    seed: &SeedGroup,
    tenant: &SeedTenant,
) -> Result<Group, SeedError> {
    Ok(Group {
        id: seed.id,
        place,
        display_name: seed.name.clone(),
        mail_nickname: seed.mail_nickname.clone(),
        description: seed.description.clone(),
        unified: seed.unified,
        visibility: seed.visibility.clone(),
        membership_rule: seed.membership_rule.clone(),
        mail: seed.unified.then(|| format!("{}@{}", seed.mail_nickname, tenant.company.domain)),
        created: tenant.company.created,
        owners: names.people(&seed.owners, || key("owners"))?,
        members: names.people(&seed.members, || key("members"))?,
        nested: names.groups(&seed.groups, || key("groups"))?,
        licenses: owned.licenses(&seed.licenses, || key("licenses"))?,
        processing: Processing::default(),
        in_error: BTreeSet::new(),
    })
}

fn parents(groups: &[Group]) -> HashMap<Uuid, Vec<GroupId>> {
    let mut parents: HashMap<Uuid, Vec<GroupId>> = HashMap::new();
    for group in groups {
        let people = group.members.iter().map(|id| id.0);
        for member in people.chain(group.nested.iter().map(|id| id.0)) {
            parents.entry(member).or_default().push(group.id);
        }
    }
    parents
}

fn shared_addresses(people: &[Person]) -> HashSet<String> {
    let mut seen = HashSet::with_capacity(people.len());
    people.iter().map(|person| person.mail.to_lowercase()).filter(|mail| !seen.insert(mail.clone())).collect()
}
