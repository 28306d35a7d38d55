//! Makes a tenant out of its description. All names of the description are resolved here, or the tenant does not start.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::plans::PlanHistory;
use super::products;
use super::{App, Company, Group, LicensePath, Person, Subscription, Tenant};
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use crate::sandbox::seed::{
    SeedApp, SeedCompany, SeedError, SeedGroup, SeedLicense, SeedPerson, SeedScope, SeedSubscription, SeedTenant,
};

impl Tenant {
    /// The company on its first day.
    pub(in crate::sandbox) fn from_seed(seed: &SeedTenant) -> Result<Self, SeedError> {
        let names = Names::of(seed)?;
        let subscriptions = seed.subscriptions.iter().map(subscription).collect::<Result<Vec<_>, _>>()?;
        unique(subscriptions.iter().map(|one| (one.part_number.to_ascii_uppercase(), ())), "subscription")?;
        unique(seed.apps.iter().map(|app| (app.client_id, ())), "client id")?;
        let people = each(&seed.people, |place, person| names.person(place, person, &seed.company))?;
        let groups = each(&seed.groups, |place, group| names.group(place, group, seed, &subscriptions))?;
        let mut tenant = Self {
            company: company(&seed.company),
            apps: seed.apps.iter().map(app).collect(),
            subscriptions,
            person_places: people.iter().map(|person| (person.id, person.place)).collect(),
            upn_places: people.iter().map(|person| (person.principal_name.to_lowercase(), person.place)).collect(),
            group_places: groups.iter().map(|group| (group.id, group.place)).collect(),
            parents: parents(&groups),
            people,
            groups,
        };
        tenant.license_everyone(seed)?;
        Ok(tenant)
    }

    fn license_everyone(&mut self, seed: &SeedTenant) -> Result<(), SeedError> {
        for person in &seed.people {
            let mut licenses = direct(&person.licenses, seed.company.licensed, &self.subscriptions)?;
            licenses.extend(self.inherited(person.id, seed.company.licensed));
            self.inherit_location(person.id, &licenses, &seed.company.usage_location);
            self.set_licenses(person.id, licenses).map_err(|error| SeedError(error.to_string()))?;
        }
        Ok(())
    }

    fn inherited(&self, person: PersonId, at: Timestamp) -> Vec<LicensePath> {
        let groups = self.groups.iter().filter(|group| group.members.contains(&person));
        groups
            .flat_map(|group| group.licenses.iter().map(|(sku, off)| (group.id, *sku, off)))
            .map(|(group, sku, off)| LicensePath {
                sku,
                disabled: off.iter().copied().collect(),
                group: Some(group),
                updated: at,
            })
            .collect()
    }

    /// Group licensing gives the tenant's location to whoever has none and never overwrites one.
    fn inherit_location(&mut self, person: PersonId, licenses: &[LicensePath], location: &str) {
        let inherits = licenses.iter().any(|path| path.group.is_some());
        let place = self.person_places.get(&person).copied().filter(|_| inherits);
        if let Some(person) = place.and_then(|place| self.people.get_mut(place)) {
            person.usage_location.get_or_insert_with(|| location.to_owned());
        }
    }
}

/// What the names in a description stand for.
struct Names<'a> {
    people: HashMap<&'a str, PersonId>,
    groups: HashMap<&'a str, GroupId>,
}

impl<'a> Names<'a> {
    fn of(seed: &'a SeedTenant) -> Result<Self, SeedError> {
        let people = unique(seed.people.iter().map(|person| (person.name.as_str(), person.id)), "person")?;
        let groups = unique(seed.groups.iter().map(|group| (group.name.as_str(), group.id)), "group")?;
        let ids = people.values().map(|id| id.0).chain(groups.values().map(|id| id.0));
        unique(ids.map(|id| (id, ())), "object id")?;
        Ok(Self { people, groups })
    }

    fn person_named(&self, name: &str) -> Result<PersonId, SeedError> {
        self.people.get(name).copied().ok_or_else(|| SeedError(format!("there is no person named \"{name}\"")))
    }

    fn people_named(&self, names: &[String], what: &str) -> Result<Vec<PersonId>, SeedError> {
        unique(names.iter().map(|name| (name.as_str(), ())), what)?;
        names.iter().map(|name| self.person_named(name)).collect()
    }

    fn group_named(&self, name: &str) -> Result<GroupId, SeedError> {
        self.groups.get(name).copied().ok_or_else(|| SeedError(format!("there is no group named \"{name}\"")))
    }

    fn person(&self, place: usize, seed: &SeedPerson, company: &SeedCompany) -> Result<Person, SeedError> {
        let manager = seed.manager.as_deref().map(|name| self.person_named(name)).transpose()?;
        Ok(Person {
            id: seed.id,
            place,
            display_name: seed.display.clone().unwrap_or_else(|| format!("{} {}", seed.given, seed.surname)),
            given_name: seed.given.clone(),
            surname: seed.surname.clone(),
            principal_name: principal_name(seed, &company.domain),
            mail: mail(seed, &company.domain),
            mail_nickname: seed.name.clone(),
            job_title: seed.title.clone(),
            department: seed.department.clone(),
            office: seed.office.clone(),
            country: seed.country.clone(),
            language: seed.language.clone(),
            usage_location: seed.country.clone(),
            enabled: !seed.blocked,
            guest: seed.guest_of.is_some(),
            created: company.created,
            manager,
            licenses: Vec::new(),
            plan_history: PlanHistory::default(),
        })
    }

    fn group(
        &self,
        place: usize,
        seed: &SeedGroup,
        tenant: &SeedTenant,
        subscriptions: &[Subscription],
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
            owners: self.people_named(&seed.owners, "owner")?,
            members: self.people_named(&seed.members, "member")?,
            nested: seed.groups.iter().map(|name| self.group_named(name)).collect::<Result<_, _>>()?,
            licenses: licenses(&seed.licenses, subscriptions)?,
        })
    }
}

fn each<S, T>(seeds: &[S], make: impl Fn(usize, &S) -> Result<T, SeedError>) -> Result<Vec<T>, SeedError> {
    seeds.iter().enumerate().map(|(place, seed)| make(place, seed)).collect()
}

fn unique<K: std::hash::Hash + Eq + ToString + Clone, V>(
    pairs: impl Iterator<Item = (K, V)>,
    what: &str,
) -> Result<HashMap<K, V>, SeedError> {
    let mut map = HashMap::new();
    for (key, value) in pairs {
        if map.insert(key.clone(), value).is_some() {
            return Err(SeedError(format!("the {what} \"{}\" appears twice", key.to_string())));
        }
    }
    Ok(map)
}

fn company(seed: &SeedCompany) -> Company {
    Company {
        tenant: seed.tenant_id,
        name: seed.name.clone(),
        domain: seed.domain.clone(),
        token_lifetime: seed.token_lifetime,
        created: seed.created,
        usage_location: seed.usage_location.clone(),
        provisioning: SignedDuration::from_secs(i64::from(seed.provisioning_seconds)),
        app_only_license_details: seed.app_only_license_details,
        page_size: usize::from(seed.page_size.clamp(1, 999)),
    }
}

fn app(seed: &SeedApp) -> App {
    let SeedApp { name, client_id, object_id, secret_expires, roles } = seed.clone();
    App { name, client_id, object_id, secret_expires, roles }
}

/// Members: `name@domain`. Guests keep their home address in front of the mark that Entra puts there.
fn principal_name(seed: &SeedPerson, domain: &str) -> String {
    match &seed.guest_of {
        Some(home) => format!("{}_{home}#EXT#@{domain}", seed.name),
        None => format!("{}@{domain}", seed.name),
    }
}

fn mail(seed: &SeedPerson, domain: &str) -> String {
    format!("{}@{}", seed.name, seed.guest_of.as_deref().unwrap_or(domain))
}

fn subscription(seed: &SeedSubscription) -> Result<Subscription, SeedError> {
    let (sku, plans) =
        products::product(&seed.sku).ok_or_else(|| SeedError(format!("there is no product \"{}\"", seed.sku)))?;
    Ok(Subscription {
        sku,
        part_number: seed.sku.clone(),
        id: seed.id,
        plans,
        enabled: seed.enabled,
        warning: seed.warning,
        suspended: seed.suspended,
        locked_out: seed.locked_out,
        company_wide: seed.applies_to == SeedScope::Company,
        self_service: seed.self_service,
        consumed: seed.other_holders,
    })
}

fn direct(seeds: &[SeedLicense], at: Timestamp, subscriptions: &[Subscription]) -> Result<Vec<LicensePath>, SeedError> {
    let licenses = licenses(seeds, subscriptions)?.into_iter();
    let path =
        |(sku, off): (_, Vec<_>)| LicensePath { sku, disabled: off.into_iter().collect(), group: None, updated: at };
    Ok(licenses.map(path).collect())
}

fn licenses(seeds: &[SeedLicense], subscriptions: &[Subscription]) -> Result<Vec<(SkuId, Vec<PlanId>)>, SeedError> {
    unique(seeds.iter().map(|seed| (seed.sku.as_str(), ())), "license")?;
    seeds.iter().map(|seed| license(seed, subscriptions)).collect()
}

fn license(seed: &SeedLicense, subscriptions: &[Subscription]) -> Result<(SkuId, Vec<PlanId>), SeedError> {
    let subscription = subscriptions
        .iter()
        .find(|subscription| subscription.part_number == seed.sku)
        .ok_or_else(|| SeedError(format!("a license names \"{}\", which is no subscription", seed.sku)))?;
    let plan = |name: &String| {
        let plan = subscription.plans.iter().find(|plan| plan.name == *name);
        plan.map(|plan| plan.id).ok_or_else(|| SeedError(format!("\"{}\" holds no plan \"{name}\"", seed.sku)))
    };
    Ok((subscription.sku, seed.off.iter().map(plan).collect::<Result<_, _>>()?))
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
