//! What could follow half a line: verbs, options, people, products, apps and requests. From what is remembered, never from a
//! fresh read; and never more of a person than a name. An answer that cannot be given is an empty one.

use jiff::tz::TimeZone;

use super::inbound::{Candidate, Completion};
use super::{App, AppError, Caller, Outcome};
use crate::domain::catalog::{AppResolution, Catalog, OwnedSku, Resolution};
use crate::domain::command::Verb;
use crate::domain::grammar::{self, Known, Slot, word};
use crate::domain::ids::{PlanId, SkuId};
use crate::domain::person::Person;
use crate::domain::policy::{ReadQuestion, ReadWhat};
use crate::domain::request::Request;
use crate::domain::text::{Locale, Phrase, Texts};
use crate::domain::view::Names;
use crate::domain::view::reading::one_line;

/// How many ways to go on are offered.
const OFFERED: usize = 10;

/// The word before the verb.
const NAME: &str = "license";

impl App {
    pub(super) async fn complete(&self, caller: &Caller, text: &str) -> Result<Outcome, AppError> {
        let completion = self.candidates(caller, text).await.unwrap_or_else(|error| {
            tracing::debug!(%error, "nothing is offered");
            Completion::default()
        });
        Ok(Outcome::Completion(completion))
    }

    async fn candidates(&self, caller: &Caller, text: &str) -> Result<Completion, AppError> {
        let catalog = self.catalog().await?;
        let at = place(text, &catalog);
        let (typed, locale) = (at.typed.as_str(), caller.locale);
        let candidates = match &at.slot {
            Slot::Verb if is_name(text, &at) => vec![name_candidate(locale)],
            Slot::Verb => verbs(typed, locale),
            Slot::Option(options) => option_candidates(text, options, typed, locale),
            Slot::Person => self.people(typed, locale).await?,
            Slot::Product => self.products(caller, &catalog, typed).await,
            Slot::App { products } => apps(&catalog, &owned(&catalog, products), typed),
            Slot::Request => self.request_candidates(caller, typed).await?,
            Slot::Nothing => Vec::new(),
        };
        let candidates = candidates.into_iter().map(ended).collect();
        Ok(Completion { replace_from: at.replace_from, candidates })
    }

    async fn people(&self, typed: &str, locale: Locale) -> Result<Vec<Candidate>, AppError> {
        let me = match locale {
            Locale::En => "me",
            Locale::Sv => "mig",
        };
        let oneself = (!typed.is_empty() && me.starts_with(&typed.to_lowercase())).then(|| Candidate {
            insert: me.to_owned(),
            label: me.to_owned(),
            detail: say(locale, &Phrase::new("complete-me")),
        });
        let similar = self.world.directory.similar(typed, OFFERED).await?;
        let people = similar.iter().map(|person| Candidate {
            insert: mention(person, &similar),
            label: person.display_name.clone(),
            detail: person.user_principal_name.clone(),
        });
        Ok(oneself.into_iter().chain(people).take(OFFERED).collect())
    }

    /// Products with their free seats, for those who may see the stock.
    async fn products(&self, caller: &Caller, catalog: &Catalog, typed: &str) -> Vec<Candidate> {
        let reader = self.hinted(caller.person).await.unwrap_or_else(|error| {
            tracing::debug!(%error, "products are offered without their seats");
            None
        });
        let sees = |sku: SkuId| {
            let what = ReadWhat::Stock(Some(sku));
            reader.as_deref().is_some_and(|reader| self.policy.may_read(&ReadQuestion { reader, what }).is_allowed())
        };
        let fitting = catalog.complete(typed, OFFERED).into_iter().filter_map(|sku| catalog.stock.sku(sku));
        fitting.map(|owned| product_candidate(catalog, owned, sees(owned.sku).then_some(caller.locale))).collect()
    }

    /// Requests that the caller votes on or asked for: those that wait for the caller first, ended ones last.
    async fn request_candidates(&self, caller: &Caller, typed: &str) -> Result<Vec<Candidate>, AppError> {
        let mut requests = self.waiting_for(caller.person).await?.requests;
        requests.extend(self.open_by(caller.person).await?.requests);
        requests.extend(self.ended_by(caller.person).await?.requests);
        let typed = typed.to_uppercase();
        requests.retain(|request| request.id.as_str().starts_with(&typed));
        requests.truncate(OFFERED);
        let mut names = self.names(None).await?;
        self.add_names_in(&mut names, &requests).await?;
        Ok(requests.iter().map(|request| request_candidate(request, &names, caller.locale)).collect())
    }
}

/// Where the cursor stands. Names of apps are known only inside the products of the line, which a first look finds.
fn place(text: &str, catalog: &Catalog) -> grammar::Completion {
    let product = |words: &str| catalog.knows(words);
    let first = grammar::complete_with(text, &Known { product: &product, ..Known::NOTHING });
    let Slot::App { products } = &first.slot else { return first };
    let skus = owned(catalog, products);
    let app =
        |words: &str| skus.iter().any(|sku| !matches!(catalog.resolve_app(*sku, words), AppResolution::Unknown { .. }));
    grammar::complete_with(text, &Known { product: &product, app: &app, ..Known::NOTHING })
}

/// The products of the line that mean exactly one that is owned.
fn owned(catalog: &Catalog, products: &[String]) -> Vec<SkuId> {
    let one = |text: &String| match catalog.resolve(text) {
        Resolution::One(sku, _) => Some(sku),
        Resolution::Several(_) | Resolution::NotOwned { .. } | Resolution::Unknown { .. } => None,
    };
    products.iter().filter_map(one).collect()
}

/// What is put in ends there, and the next word can be offered.
fn ended(candidate: Candidate) -> Candidate {
    Candidate { insert: format!("{} ", candidate.insert), ..candidate }
}

/// Is the bot's own name begun, as `/lic`?
fn is_name(text: &str, at: &grammar::Completion) -> bool {
    let before: String = text.chars().take(at.replace_from).collect();
    before.trim() == "/" && !at.typed.is_empty() && NAME.starts_with(&at.typed.to_lowercase())
}

fn name_candidate(locale: Locale) -> Candidate {
    Candidate { insert: NAME.to_owned(), label: NAME.to_owned(), detail: say(locale, &Phrase::new("help-license")) }
}

/// Verbs that go on from the text; where none does, those that people call so.
fn verbs(typed: &str, locale: Locale) -> Vec<Candidate> {
    let typed = typed.to_lowercase();
    let begins = |verb: &Verb| verb.as_str().starts_with(&typed);
    let called = |verb: &Verb| grammar::spec(*verb).also.iter().any(|word| word.starts_with(&typed));
    let mut verbs: Vec<Verb> = Verb::ALL.into_iter().filter(begins).collect();
    if verbs.is_empty() {
        verbs = Verb::ALL.into_iter().filter(called).collect();
    }
    verbs.into_iter().map(|verb| verb_candidate(verb, locale)).collect()
}

fn verb_candidate(verb: Verb, locale: Locale) -> Candidate {
    Candidate {
        insert: verb.as_str().to_owned(),
        label: verb.as_str().to_owned(),
        detail: grammar::spec(verb).summary.get(locale).to_owned(),
    }
}

fn option_candidates(text: &str, options: &[&'static str], typed: &str, locale: Locale) -> Vec<Candidate> {
    let dashes = |symbol: char| matches!(symbol, '-' | '—' | '–');
    let name = typed.trim_start_matches(dashes).to_lowercase();
    let verb = text.split_whitespace().find_map(|word| word.trim_start_matches('/').parse::<Verb>().ok());
    let summary = |option: &str| {
        let arg = verb.and_then(|verb| grammar::spec(verb).option(option.trim_start_matches('-')));
        arg.map(|arg| arg.summary.get(locale).to_owned()).unwrap_or_default()
    };
    let fitting = options.iter().filter(|option| option.trim_start_matches('-').starts_with(&name));
    fitting
        .map(|option| Candidate { insert: (*option).to_owned(), label: (*option).to_owned(), detail: summary(option) })
        .collect()
}

/// The shortest word that means this person: the short name, unless another candidate has it too.
fn mention(person: &Person, among: &[Person]) -> String {
    let same = |nickname: &str| among.iter().filter(|other| other.nickname.as_deref() == Some(nickname)).count() > 1;
    let nickname = person.nickname.as_deref().filter(|nickname| !same(nickname));
    let name = nickname.unwrap_or(&person.user_principal_name);
    let plain = word(name);
    if plain == name { format!("@{name}") } else { plain }
}

fn product_candidate(catalog: &Catalog, owned: &OwnedSku, seats: Option<Locale>) -> Candidate {
    let name = catalog.name(owned.sku);
    let by_name = matches!(catalog.resolve(&name), Resolution::One(sku, _) if sku == owned.sku);
    let free = Phrase::new("complete-seats").with("free", owned.free()).with("enabled", owned.enabled);
    Candidate {
        insert: word(if by_name { &name } else { &owned.part_number }),
        label: name,
        detail: seats.map_or_else(|| owned.part_number.clone(), |locale| say(locale, &free)),
    }
}

fn apps(catalog: &Catalog, skus: &[SkuId], typed: &str) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for sku in skus {
        for plan in catalog.complete_app(*sku, typed, OFFERED) {
            let candidate = app_candidate(catalog, *sku, plan);
            if !candidates.iter().any(|other| other.insert == candidate.insert) {
                candidates.push(candidate);
            }
        }
    }
    candidates.truncate(OFFERED);
    candidates
}

fn app_candidate(catalog: &Catalog, sku: SkuId, plan: PlanId) -> Candidate {
    let name = catalog.app_name(plan);
    let by_name = catalog.resolve_app(sku, &name) == AppResolution::One(plan);
    let insert = if by_name { name.clone() } else { part_name(catalog, sku, plan) };
    Candidate { insert: word(&insert), label: name, detail: catalog.name(sku) }
}

fn part_name(catalog: &Catalog, sku: SkuId, plan: PlanId) -> String {
    let of_product = catalog.apps(sku).into_iter().find(|app| app.id == plan);
    of_product.map_or_else(|| plan.to_string(), |app| app.part_name)
}

fn request_candidate(request: &Request, names: &Names, locale: Locale) -> Candidate {
    let id = request.id.as_str().to_owned();
    Candidate { insert: id.clone(), label: id, detail: say(locale, &one_line(request, names)) }
}

/// No instant stands in what is offered, so the zone does not matter.
fn say(locale: Locale, phrase: &Phrase) -> String {
    Texts::new(locale, TimeZone::UTC).say(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::testing::owned;
    use crate::domain::catalog::{Nicknames, Stock};

    #[test]
    fn free_seats_are_told_only_to_who_may_see_the_stock() {
        let owned = OwnedSku { enabled: 14, consumed: 11, ..owned("SPE_E5") };
        let catalog = Catalog::new(Nicknames::default(), Stock { skus: vec![owned.clone()] });
        let detail = |seats| product_candidate(&catalog, &owned, seats).detail;
        assert_eq!(detail(Some(Locale::En)), "3 free of 14");
        assert_eq!(detail(Some(Locale::Sv)), "3 lediga av 14");
        assert_eq!(detail(None), "SPE_E5");
    }
}
