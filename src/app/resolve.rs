//! From typed words to people, products and apps. Exactly one is taken; several are a choice; none gives suggestions. Never
//! guesses between two.

use super::{App, AppError, Outcome};
use crate::domain::catalog::{AppResolution, Catalog, Resolution, Step};
use crate::domain::command::{AppText, Command, ProductText, Who};
use crate::domain::grammar::word;
use crate::domain::ids::{PersonId, PlanId, SkuId};
use crate::domain::person::Person;
use crate::domain::text::{Arg, Phrase};

/// Either the thing meant, or what to answer instead.
pub(super) type Resolved<T> = Result<T, Box<Outcome>>;

/// How many accounts of the same name are told apart.
pub(super) const NAMESAKES: usize = 25;

/// How many suggestions a person gets.
const SUGGESTIONS: usize = 5;

/// Makes a command from the choice that somebody would make.
pub(super) type Rewrite<'a> = &'a (dyn Fn(&str) -> String + Send + Sync);

impl App {
    /// Who is meant. `rewrite` makes the command that a choice stands for.
    pub(super) async fn resolve_person(
        &self,
        caller: PersonId,
        who: &Who,
        rewrite: Rewrite<'_>,
    ) -> Result<Resolved<PersonId>, AppError> {
        let Who::Named(typed) = who else { return Ok(Ok(caller)) };
        let found = self.world.directory.find(typed).await?;
        Ok(match found.as_slice() {
            [only] => Ok(only.id),
            [] => Err(Box::new(self.unknown_person(typed).await?)),
            several => Err(Box::new(self.which_person(caller, typed, several, rewrite).await?)),
        })
    }

    /// The answer, unless the first two words are somebody's name that wants quotation marks.
    pub(super) async fn whole_name_or(&self, command: &Command, answer: Outcome) -> Result<Outcome, AppError> {
        let Some((name, meant)) = command.with_longer_name() else { return Ok(answer) };
        if self.world.directory.find(&name).await?.is_empty() {
            return Ok(answer);
        }
        Ok(self.refuse(Phrase::new("person-needs-quotes").with("line", meant.to_text())))
    }

    async fn unknown_person(&self, typed: &str) -> Result<Outcome, AppError> {
        let similar = self.world.directory.similar(typed, SUGGESTIONS).await?;
        let is_product = matches!(self.catalog().await?.resolve(typed), Resolution::One(..) | Resolution::Several(_));
        let phrase = if !similar.is_empty() {
            Phrase::new("person-unknown-suggest").with("people", Arg::AnyOf(similar.iter().map(label).collect()))
        } else if is_product {
            Phrase::new("person-unknown-product").with("words", format!("me {}", word(&shortened(typed))))
        } else {
            Phrase::new("person-unknown")
        };
        Ok(self.refuse(phrase.with("typed", shortened(typed))))
    }

    /// Namesakes are told apart by their addresses, and by more where the caller may see more of them.
    async fn which_person(
        &self,
        caller: PersonId,
        typed: &str,
        several: &[Person],
        rewrite: Rewrite<'_>,
    ) -> Result<Outcome, AppError> {
        let several = several.get(..several.len().min(NAMESAKES)).unwrap_or_default();
        let facts = self.facts_about(several.iter().map(|person| person.id).chain([caller])).await?;
        let told = |person: &Person| {
            if self.sees(caller, person.id, &facts) { label_in_full(person) } else { label(person) }
        };
        let choices = several.iter().map(|person| (rewrite(&person.id.to_string()), told(person))).collect();
        Ok(self.choose(Phrase::new("person-several").with("typed", shortened(typed)), choices))
    }

    /// Which product is meant, among those the company owns.
    pub(super) fn resolve_product(
        &self,
        catalog: &Catalog,
        typed: &ProductText,
        rewrite: Rewrite<'_>,
    ) -> Resolved<SkuId> {
        self.resolve_noting(catalog, typed, rewrite, &mut Vec::new())
    }

    /// The same; a product that was found by a part of its name is noted, for the card to say so.
    pub(super) fn resolve_noting(
        &self,
        catalog: &Catalog,
        typed: &ProductText,
        rewrite: Rewrite<'_>,
        notes: &mut Vec<Phrase>,
    ) -> Resolved<SkuId> {
        let text = typed.as_str();
        let phrase = match catalog.resolve(text) {
            Resolution::One(sku, step) => {
                if step == Step::PartOfName {
                    notes.push(understood(catalog, text, sku));
                }
                return Ok(sku);
            }
            Resolution::Several(skus) => {
                let choices = skus.iter().map(|sku| (rewrite(&sku.to_string()), product(catalog, *sku))).collect();
                let question = Phrase::new("product-several").with("typed", shortened(text));
                return Err(Box::new(self.choose(question, choices)));
            }
            Resolution::NotOwned { skus, suggestions } => {
                let (plain, suggest) = ("product-not-owned", "product-not-owned-suggest");
                suggesting(catalog, [plain, suggest], &suggestions).with("products", any_of(catalog, &skus))
            }
            Resolution::Unknown { suggestions } if suggestions.is_empty() => match apps_products(catalog, text) {
                Some(products) => Phrase::new("product-unknown-app").with("products", products),
                None => Phrase::new("product-unknown"),
            },
            Resolution::Unknown { suggestions } => {
                Phrase::new("product-unknown-suggest").with("suggestions", any_of(catalog, &suggestions))
            }
        };
        Err(Box::new(self.refuse(phrase.with("typed", shortened(text)))))
    }

    /// Which app of the product is meant.
    pub(super) fn resolve_app(&self, catalog: &Catalog, sku: SkuId, typed: &AppText) -> Resolved<PlanId> {
        let text = typed.as_str();
        let apps = |plans: &[PlanId]| Arg::AnyOf(plans.iter().map(|plan| Arg::from(catalog.app_name(*plan))).collect());
        let phrase = match catalog.resolve_app(sku, text) {
            AppResolution::One(plan) => return Ok(plan),
            AppResolution::Several(plans) => Phrase::new("app-several").with("apps", apps(&plans)),
            AppResolution::NotSwitchable(_) => Phrase::new("app-not-switchable"),
            AppResolution::Unknown { suggestions } if suggestions.is_empty() => {
                Phrase::new("app-unknown").with("name", catalog.typed_name(sku))
            }
            AppResolution::Unknown { suggestions } => {
                Phrase::new("app-unknown-suggest").with("apps", apps(&suggestions))
            }
        };
        let phrase = phrase.with("typed", shortened(text)).with("product", catalog.name(sku));
        Err(Box::new(self.refuse(phrase)))
    }
}

/// A person so that two of the same name can be told apart: no more than everyone may know.
fn label(person: &Person) -> Arg {
    Arg::from(format!("{} ({})", person.display_name, person.user_principal_name))
}

/// The same with the department, for those who may see the person.
pub(super) fn label_in_full(person: &Person) -> Arg {
    let place = person.department.as_deref().unwrap_or_default();
    let text = format!("{} ({})", person.display_name, person.user_principal_name);
    Arg::from(if place.is_empty() { text } else { format!("{text}, {place}") })
}

fn product(catalog: &Catalog, sku: SkuId) -> Arg {
    let name = catalog.name(sku);
    match catalog.part_number(sku) {
        Some(part_number) if part_number != name => Arg::from(format!("{name} ({part_number})")),
        _ => Arg::from(name),
    }
}

fn any_of(catalog: &Catalog, skus: &[SkuId]) -> Arg {
    Arg::AnyOf(skus.iter().map(|sku| product(catalog, *sku)).collect())
}

/// What a part of a name was taken for. The same word can be the name of an app, which is another wish.
fn understood(catalog: &Catalog, typed: &str, sku: SkuId) -> Phrase {
    let phrase = match apps_products(catalog, typed) {
        Some(products) => Phrase::new("product-understood-or-app").with("products", products),
        None => Phrase::new("product-understood"),
    };
    phrase.with("typed", shortened(typed)).with("product", product(catalog, sku))
}

/// Some of the products with an app of this name; nothing where no app has it.
fn apps_products(catalog: &Catalog, typed: &str) -> Option<Arg> {
    let skus = catalog.owned_with_app(typed);
    let some = skus.get(..skus.len().min(SUGGESTIONS))?;
    (!some.is_empty()).then(|| any_of(catalog, some))
}

/// The plain sentence, or, where there is something to suggest, the one that does.
fn suggesting(catalog: &Catalog, [plain, suggest]: [&'static str; 2], suggestions: &[SkuId]) -> Phrase {
    match suggestions {
        [] => Phrase::new(plain),
        some => Phrase::new(suggest).with("suggestions", any_of(catalog, some)),
    }
}

/// What somebody typed, short enough to say back.
pub(super) fn shortened(typed: &str) -> String {
    const SHOWN: usize = 60;
    if typed.chars().count() <= SHOWN {
        return typed.to_owned();
    }
    typed.chars().take(SHOWN).chain(['…']).collect()
}
