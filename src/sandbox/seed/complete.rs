//! What a tenant file leaves out is filled in, always in the same way, and what cannot be is refused. References between
//! people, groups and products are resolved by the tenant, not here.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::described::{SeedCompany, SeedGroup, SeedPerson, SeedSubscription};
use super::error::{Key, SeedError};
use super::{SeedApp, SeedTenant};
use crate::domain::ids::{GroupId, PersonId, TenantId};
use crate::sandbox::countries::is_country;

/// More of them is a mistake of whoever generated the file.
const MOST_PEOPLE: usize = 200_000;
const MOST_GROUPS: usize = 20_000;
const MOST_SUBSCRIPTIONS: usize = 2_000;
const MOST_APPS: usize = 100;
/// Characters of a name; Entra keeps 256.
const LONGEST_NAME: usize = 256;
/// Seats of one product, so that no sum of them overflows.
const MOST_SEATS: u32 = 100_000_000;
/// Seconds; a day.
const LONGEST_WAIT: u32 = 86_400;

/// Fills in what was left out.
pub(super) fn complete(mut seed: SeedTenant) -> Result<SeedTenant, SeedError> {
    check_sizes(&seed)?;
    complete_company(&mut seed.company)?;
    let tenant = seed.company.tenant_id;
    for wait in ["group_queue_seconds", "group_work_seconds"] {
        let seconds = match wait {
            "group_queue_seconds" => seed.settings.group_queue_seconds,
            _ => seed.settings.group_work_seconds,
        };
        let why = format!("{seconds} seconds are more than a day; write at most {LONGEST_WAIT}");
        ensure(seconds <= LONGEST_WAIT, Key::of("settings").then(wait), why)?;
    }
    for (place, app) in seed.apps.iter_mut().enumerate() {
        complete_app(app, tenant, &Key::of("apps").item(place))?;
    }
    for (place, one) in seed.subscriptions.iter_mut().enumerate() {
        complete_subscription(one, tenant, &Key::of("subscriptions").item(place))?;
    }
    for (place, person) in seed.people.iter_mut().enumerate() {
        complete_person(person, &seed.company, place)?;
    }
    for (place, group) in seed.groups.iter_mut().enumerate() {
        complete_group(group, tenant, &Key::of("groups").item(place))?;
    }
    Ok(seed)
}

fn check_sizes(seed: &SeedTenant) -> Result<(), SeedError> {
    let lists = [
        ("apps", seed.apps.len(), MOST_APPS),
        ("subscriptions", seed.subscriptions.len(), MOST_SUBSCRIPTIONS),
        ("people", seed.people.len(), MOST_PEOPLE),
        ("groups", seed.groups.len(), MOST_GROUPS),
    ];
    lists.into_iter().try_for_each(|(name, found, most)| {
        ensure(found <= most, Key::of(name).item(most), format!("there are {found} of them; leave at most {most}"))
    })
}

fn ensure(holds: bool, key: Key, why: impl Into<String>) -> Result<(), SeedError> {
    if holds { Ok(()) } else { Err(SeedError::at(key, why)) }
}

fn complete_company(company: &mut SeedCompany) -> Result<(), SeedError> {
    let key = || Key::of("company");
    check_name(&company.name, || key().then("name"))?;
    check_domain(&company.domain, || key().then("domain"))?;
    check_country(&company.usage_location, || key().then("usage_location"))?;
    let lifetime = company.token_lifetime;
    ensure((1..=86_400).contains(&lifetime), key().then("token_lifetime"), "write 1 to 86400 seconds")?;
    ensure((1..=999).contains(&company.page_size), key().then("page_size"), "write 1 to 999, as Graph allows")?;
    if company.tenant_id.0.is_nil() {
        company.tenant_id = TenantId(made_of("tenant", Uuid::nil(), &company.domain));
    }
    Ok(())
}

fn complete_app(app: &mut SeedApp, tenant: TenantId, key: &Key) -> Result<(), SeedError> {
    check_name(&app.name, || key.clone().then("name"))?;
    fill(&mut app.client_id, || made_of("app", tenant.0, &app.name));
    fill(&mut app.object_id, || made_of("service principal", tenant.0, &app.name));
    Ok(())
}

fn complete_subscription(one: &mut SeedSubscription, tenant: TenantId, key: &Key) -> Result<(), SeedError> {
    let counts = [
        ("enabled", one.enabled),
        ("warning", one.warning),
        ("suspended", one.suspended),
        ("locked_out", one.locked_out),
        ("other_holders", one.other_holders),
    ];
    for (name, count) in counts {
        ensure(count <= MOST_SEATS, key.clone().then(name), format!("write at most {MOST_SEATS} seats"))?;
    }
    for (place, country) in one.prohibited_in.iter().enumerate() {
        check_country(country, || key.clone().then("prohibited_in").item(place))?;
    }
    fill(&mut one.id, || made_of("subscription", tenant.0, &one.sku));
    Ok(())
}

fn complete_person(person: &mut SeedPerson, company: &SeedCompany, place: usize) -> Result<(), SeedError> {
    let key = |name: &str| Key::of("people").item(place).then(name);
    if person.name.is_empty() {
        let missing = || SeedError::at(Key::of("people").item(place), "somebody has no name; write `upn` or `name`");
        person.name = person.upn.clone().ok_or_else(missing)?;
    }
    check_name(&person.name, || key("name"))?;
    let addresses = [("upn", &person.upn), ("mail", &person.mail)];
    for (name, address) in addresses.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?))) {
        check_address(address, || key(name))?;
    }
    let nameless = person.display.is_none() && person.given.is_empty() && person.surname.is_empty();
    ensure(
        !nameless,
        Key::of("people").item(place),
        "nobody can read who this is; write `given` and `surname`, or `display`",
    )?;
    let countries = [("country", &person.country), ("usage_location", &person.usage_location)];
    for (name, country) in countries.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?))) {
        if name == "country" || !country.is_empty() {
            check_country(country, || key(name))?;
        }
    }
    if person.id.0.is_nil() {
        person.id = PersonId(made_of("person", company.tenant_id.0, &person.principal_name(&company.domain)));
    }
    Ok(())
}

fn complete_group(group: &mut SeedGroup, tenant: TenantId, key: &Key) -> Result<(), SeedError> {
    check_name(&group.name, || key.clone().then("name"))?;
    let visibility = group.visibility.as_deref();
    let known = visibility.is_none_or(|one| ["Public", "Private", "HiddenMembership"].contains(&one));
    ensure(known, key.clone().then("visibility"), "write \"Public\", \"Private\" or \"HiddenMembership\"")?;
    if group.mail_nickname.is_empty() {
        let letters = group.name.chars().map(|one| if one.is_alphanumeric() { one } else { '-' });
        group.mail_nickname = letters.flat_map(char::to_lowercase).collect();
    }
    if group.id.0.is_nil() {
        group.id = GroupId(made_of("group", tenant.0, &group.name));
    }
    Ok(())
}

fn check_name(name: &str, key: impl FnOnce() -> Key) -> Result<(), SeedError> {
    let fits = !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME && !name.contains(char::is_control);
    if fits {
        Ok(())
    } else {
        Err(SeedError::at(key(), format!("write a name of 1 to {LONGEST_NAME} characters in one line")))
    }
}

fn check_domain(domain: &str, key: impl FnOnce() -> Key) -> Result<(), SeedError> {
    let label = |part: &str| !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric() || one == '-');
    let fits = domain.len() <= LONGEST_NAME && domain.contains('.') && domain.split('.').all(label);
    if fits {
        Ok(())
    } else {
        Err(SeedError::at(key(), format!("\"{domain}\" is no domain; write one such as contoso.example")))
    }
}

fn check_address(address: &str, key: impl FnOnce() -> Key) -> Result<(), SeedError> {
    let parts = address.rsplit_once('@');
    let fits = address.len() <= LONGEST_NAME
        && !address.contains(char::is_whitespace)
        && parts.is_some_and(|(local, domain)| !local.is_empty() && check_domain(domain, Key::default).is_ok());
    if fits {
        Ok(())
    } else {
        Err(SeedError::at(key(), format!("\"{address}\" is no address; write one such as ana@contoso.example")))
    }
}

fn check_country(code: &str, key: impl FnOnce() -> Key) -> Result<(), SeedError> {
    if is_country(code) {
        Ok(())
    } else {
        Err(SeedError::at(key(), format!("\"{code}\" is no country; write two capitals of ISO 3166, such as SE or GB")))
    }
}

fn fill(id: &mut Uuid, make: impl FnOnce() -> Uuid) {
    if id.is_nil() {
        *id = make();
    }
}

/// An id that is the same in every run: of the kind of thing, the tenant, and its name in any case.
fn made_of(kind: &str, tenant: Uuid, name: &str) -> Uuid {
    let hash = Sha256::new().chain_update(kind).chain_update(tenant).chain_update(name.to_lowercase()).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, of_hash)| *byte = of_hash);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
