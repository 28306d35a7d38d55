//! From typed words to a person, a product, an app, and the change that a call is about. Never guesses: what means nothing, or
//! too much, is a sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::args::{ExplainArgs, ExplainVerb};
use crate::adapters::graph::GraphClient;
use crate::domain::catalog::{AppResolution, Catalog, Resolution};
use crate::domain::change::{Switches, Wish};
use crate::domain::ids::{PersonId, PlanId, SkuId};
use crate::ports::{Directory, PortError};
use crate::runtime::Problem;

/// A change in typed words, with what its verb needs and nothing that belongs to another verb.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change<'a> {
    Assign { products: &'a [String], apps_off: &'a [String] },
    Unassign { products: &'a [String] },
    Swap { from: &'a str, to: &'a str },
    Apps { product: &'a str, on: &'a [String], off: &'a [String] },
}

impl<'a> Change<'a> {
    /// What the arguments ask for.
    pub(super) fn of(asked: &'a ExplainArgs) -> Result<Self, Problem> {
        belongs(asked)?;
        match (asked.verb, asked.products.as_slice(), &asked.to) {
            (ExplainVerb::Assign, products, _) => Ok(Self::Assign { products, apps_off: &asked.apps_off }),
            (ExplainVerb::Unassign, products, _) => Ok(Self::Unassign { products }),
            (ExplainVerb::Swap, [from], Some(to)) => Ok(Self::Swap { from, to }),
            (ExplainVerb::Swap, ..) => {
                Err(Problem::usage("--verb swap is about two products: --product FROM --to TO, each once"))
            }
            (ExplainVerb::Apps, _, _) if asked.on.is_empty() && asked.off.is_empty() => {
                Err(Problem::usage("--verb apps needs the apps: --on APPS, --off APPS, or both"))
            }
            (ExplainVerb::Apps, [product], _) => Ok(Self::Apps { product, on: &asked.on, off: &asked.off }),
            (ExplainVerb::Apps, ..) => Err(Problem::usage("--verb apps is about the apps of one --product")),
        }
    }

    /// The same in ids.
    pub(super) fn wish(self, catalog: &Catalog, subject: PersonId) -> Result<Wish, Problem> {
        let products = |typed: &[String]| -> Result<Vec<SkuId>, Problem> {
            typed.iter().map(|typed| product(catalog, typed)).collect()
        };
        let mut wish = Wish::nothing_for(subject);
        match self {
            Self::Assign { products: typed, apps_off } => {
                wish.assign = with_apps_off(catalog, &products(typed)?, apps_off)?;
            }
            Self::Unassign { products: typed } => wish.unassign = products(typed)?.into_iter().collect(),
            Self::Swap { from, to } => {
                wish.unassign.insert(product(catalog, from)?);
                let comes = product(catalog, to)?;
                if wish.unassign.contains(&comes) {
                    return Err(Problem::usage(format!("`{from}` and `{to}` are the same product; name two")));
                }
                wish.assign.insert(comes, BTreeSet::new());
            }
            Self::Apps { product: typed, on, off } => {
                let sku = product(catalog, typed)?;
                wish.switch.insert(sku, switches(catalog, sku, on, off)?);
            }
        }
        Ok(wish)
    }
}

/// What is given for another verb would be passed over in silence.
fn belongs(asked: &ExplainArgs) -> Result<(), Problem> {
    let given = [
        ("--to", ExplainVerb::Swap, asked.to.is_some()),
        ("--apps-off", ExplainVerb::Assign, !asked.apps_off.is_empty()),
        ("--on", ExplainVerb::Apps, !asked.on.is_empty()),
        ("--off", ExplainVerb::Apps, !asked.off.is_empty()),
    ];
    let strange = given.into_iter().find(|(_, verb, given)| *given && *verb != asked.verb);
    strange.map_or(Ok(()), |(name, verb, _)| {
        let verb = format!("{verb:?}").to_lowercase();
        Err(Problem::usage(format!("{name} goes with --verb {verb}; name that verb, or leave {name} out")))
    })
}

/// As in the chat: each app stays off in every product that has it, and at least one has it.
fn with_apps_off(
    catalog: &Catalog,
    skus: &[SkuId],
    apps_off: &[String],
) -> Result<BTreeMap<SkuId, BTreeSet<PlanId>>, Problem> {
    let mut assign: BTreeMap<SkuId, BTreeSet<PlanId>> = skus.iter().map(|sku| (*sku, BTreeSet::new())).collect();
    for typed in apps_off {
        let found: Vec<_> = skus.iter().map(|sku| (*sku, app(catalog, *sku, typed))).collect();
        if let (true, Some((_, Err(problem)))) = (found.iter().all(|(_, app)| app.is_err()), found.first()) {
            return Err(problem.clone());
        }
        for (sku, app) in found {
            assign.entry(sku).or_default().extend(app.ok());
        }
    }
    Ok(assign)
}

fn switches(catalog: &Catalog, sku: SkuId, on: &[String], off: &[String]) -> Result<Switches, Problem> {
    let apps = |typed: &[String]| -> Result<BTreeSet<PlanId>, Problem> {
        typed.iter().map(|typed| app(catalog, sku, typed)).collect()
    };
    let switches = Switches { on: apps(on)?, off: apps(off)? };
    match switches.on.intersection(&switches.off).next() {
        None => Ok(switches),
        Some(both) => {
            let name = catalog.app_name(*both);
            Err(Problem::usage(format!("{name} cannot go on and off at once; name it with --on or with --off")))
        }
    }
}

/// The one account that is called so.
pub(super) async fn person(graph: &GraphClient, typed: &str) -> Result<PersonId, Problem> {
    let found = graph.find(typed).await.map_err(unreachable)?;
    match found.as_slice() {
        [only] => Ok(only.id),
        [] => {
            Err(Problem::usage(format!("nobody is called `{typed}`; use a short name, a full address or an object id")))
        }
        _ => Err(Problem::usage(format!("several people are called `{typed}`; use a full address or an object id"))),
    }
}

pub(super) fn unreachable(error: PortError) -> Problem {
    Problem::new(format!("the directory does not answer: {error}"))
}

fn product(catalog: &Catalog, typed: &str) -> Result<SkuId, Problem> {
    match catalog.resolve(typed) {
        Resolution::One(sku, _) => Ok(sku),
        Resolution::Several(skus) => {
            let names: Vec<String> = skus.iter().map(|sku| catalog.name(*sku)).collect();
            Err(Problem::usage(format!("`{typed}` can be {}; use one of these names", names.join(", "))))
        }
        Resolution::NotOwned { .. } | Resolution::Unknown { .. } => Err(Problem::usage(format!(
            "the company owns no product called `{typed}`; use a part number or a whole name"
        ))),
    }
}

fn app(catalog: &Catalog, sku: SkuId, typed: &str) -> Result<PlanId, Problem> {
    let names = |plans: &[PlanId]| plans.iter().map(|plan| catalog.app_name(*plan)).collect::<Vec<_>>().join(", ");
    let product = catalog.name(sku);
    Err(Problem::usage(match catalog.resolve_app(sku, typed.trim()) {
        AppResolution::One(plan) => return Ok(plan),
        AppResolution::Several(plans) => {
            format!("`{typed}` in {product} can be {}; use one of these names", names(&plans))
        }
        AppResolution::NotSwitchable(_) => {
            format!("`{typed}` in {product} belongs to the whole company and is not switched for one person")
        }
        AppResolution::Unknown { suggestions } if suggestions.is_empty() => {
            format!("there is no app called `{typed}` in {product}; use its name or its servicePlanName")
        }
        AppResolution::Unknown { suggestions } => {
            format!("there is no app called `{typed}` in {product}; did you mean {}?", names(&suggestions))
        }
    }))
}
