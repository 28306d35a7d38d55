//! The apps inside a product, and from what someone typed to one of them. Never switches anything, and never takes an
//! app that belongs to the organisation as a whole: no person's license can turn that on or off.

use super::closeness::{self, closeness};
use super::resolve::{Catalog, SHORTEST_PART};
use super::stock::AppliesTo;
use super::table::{PlanClass, products};
use super::{familiar, fold, rules};
use crate::domain::ids::{PlanId, SkuId};

/// One app inside a product, as this tenant has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// The service plan.
    pub id: PlanId,
    /// Microsoft's `servicePlanName`.
    pub part_name: String,
    /// What people read.
    pub name: String,
    /// What losing it means.
    pub class: PlanClass,
    /// Can it be switched for one person?
    pub switchable: bool,
}

/// What a typed text stands for among the apps of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppResolution {
    /// Exactly one app.
    One(PlanId),
    /// Several apps, in the order of their names: the person chooses.
    Several(Vec<PlanId>),
    /// Only apps of the organisation as a whole, which can not be switched for a person.
    NotSwitchable(Vec<PlanId>),
    /// No app of this product.
    Unknown {
        /// Switchable apps of the product with a similar name.
        suggestions: Vec<PlanId>,
    },
}

impl Catalog {
    /// The apps of a product in the order of their names: as the tenant reports them when it owns the product, else as
    /// Microsoft lists them.
    pub fn apps(&self, sku: SkuId) -> Vec<App> {
        let mut apps: Vec<_> = match self.stock.sku(sku) {
            Some(owned) => owned
                .plans
                .iter()
                .map(|plan| self.app(plan.id, plan.name.clone(), plan.applies_to == AppliesTo::User))
                .collect(),
            None => products()
                .product(sku)
                .into_iter()
                .flat_map(|product| &product.plans)
                .filter_map(|plan| products().plan(*plan))
                .map(|plan| self.app(plan.id, plan.part_name.to_owned(), !rules::is_company_only(plan.id)))
                .collect(),
        };
        apps.sort_by(|app, other| (&app.name, app.id).cmp(&(&other.name, other.id)));
        apps
    }

    fn app(&self, id: PlanId, part_name: String, switchable: bool) -> App {
        App { id, part_name, name: self.app_name(id), class: self.app_class(id), switchable }
    }

    /// The app of this product that `text` stands for. In this order: id or part name; what everyone calls it; the whole
    /// name; a part of the name.
    pub fn resolve_app(&self, sku: SkuId, text: &str) -> AppResolution {
        let apps = self.apps(sku);
        let typed = fold::name(text);
        match matches(&apps, text, &typed).as_slice() {
            [] => AppResolution::Unknown { suggestions: suggest(&apps, &typed) },
            matches => decide(matches),
        }
    }

    /// The products for people, of those that the company owns, with an app that everyone calls so or whose whole name it is.
    pub fn owned_with_app(&self, text: &str) -> Vec<SkuId> {
        let typed = fold::name(text);
        let has = |sku: &SkuId| called(&self.apps(*sku), &typed).iter().any(|app| app.switchable);
        let for_people = self.stock.skus.iter().filter(|owned| owned.open().is_ok());
        for_people.map(|owned| owned.sku).filter(has).collect()
    }
}

/// The apps of the first step that has any.
fn matches<'a>(apps: &'a [App], text: &str, typed: &str) -> Vec<&'a App> {
    let mut found = with_id(apps, &fold::part_number(text));
    if found.is_empty() {
        found = called(apps, typed);
    }
    if found.is_empty() && typed.len() >= SHORTEST_PART {
        found = named(apps, |name| fold::holds(name, typed));
    }
    found
}

/// The apps that everyone calls so, else those whose whole name it is.
fn called<'a>(apps: &'a [App], typed: &str) -> Vec<&'a App> {
    match familiar::find(typed, apps) {
        found if !found.is_empty() || typed.is_empty() => found,
        _ => named(apps, |name| name == typed),
    }
}

fn named(apps: &[App], wanted: impl Fn(&str) -> bool) -> Vec<&App> {
    apps.iter().filter(|app| wanted(&fold::name(&app.name))).collect()
}

fn with_id<'a>(apps: &'a [App], typed: &str) -> Vec<&'a App> {
    let id = typed.parse::<PlanId>().ok();
    apps.iter().filter(|app| Some(app.id) == id || fold::part_number(&app.part_name) == typed).collect()
}

fn decide(matches: &[&App]) -> AppResolution {
    let switchable: Vec<_> = matches.iter().filter(|app| app.switchable).map(|app| app.id).collect();
    match switchable.as_slice() {
        [] => AppResolution::NotSwitchable(matches.iter().map(|app| app.id).collect()),
        [one] => AppResolution::One(*one),
        _ => AppResolution::Several(switchable),
    }
}

fn suggest(apps: &[App], typed: &str) -> Vec<PlanId> {
    let near = |app: &App| {
        let names = [fold::name(&app.name), fold::name(&app.part_name)];
        let near = names.iter().filter_map(|name| closeness(typed, name)).reduce(f64::max)?;
        Some((app.id, near))
    };
    closeness::nearest(apps.iter().filter(|app| app.switchable).filter_map(near))
}

#[cfg(test)]
mod tests;
