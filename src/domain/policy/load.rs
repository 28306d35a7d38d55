//! From the operator's texts to a policy that can be asked. Never loads half of one: anything wrong anywhere is an error,
//! and all errors come together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cedar_policy::{Authorizer, EntityUid, PolicyId, PolicySet, ValidationMode, ValidationWarning, Validator};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::demo;
use super::problem::PolicyProblem;
use super::route::Route;
use super::route_problems::route_problems;
use super::rule::{Rule, RuleId, Statement};
use super::vocabulary::vocabulary;
use crate::domain::ids::{GroupId, SkuId};
use crate::domain::request::Digest;

/// The text of one policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicySource {
    /// As problems and rules without `@id` name it; the path that the operator wrote.
    pub name: String,
    /// Cedar.
    pub text: String,
}

/// What the configuration adds to the facts that rules see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicySettings {
    /// Members of these are `protected`.
    pub protected_groups: BTreeSet<GroupId>,
    /// What prices are in.
    pub currency: Option<String>,
    /// Minor units a month.
    pub prices: BTreeMap<SkuId, i64>,
    /// Only true where the demo runs: elsewhere the demo's policy is refused.
    pub demo: bool,
}

/// Rules and routes that can be asked.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(super) set: PolicySet,
    pub(super) rules: HashMap<PolicyId, Rule>,
    pub(super) settings: PolicySettings,
    pub(super) authorizer: Authorizer,
    routes: BTreeMap<String, Route>,
    files: Vec<String>,
    texts: String,
    hash: Digest,
}

impl Policy {
    /// Reads the policies and checks them against the schema and the routes. `routes` are the configured ones; `at-once` is
    /// built in.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of files and lines.
    pub fn load(
        sources: &[PolicySource],
        routes: Vec<Route>,
        settings: PolicySettings,
    ) -> Result<Self, Vec<PolicyProblem>> {
        let mut problems: BTreeSet<PolicyProblem> = route_problems(&routes).into_iter().collect();
        problems.extend(sources.iter().filter(|_| !settings.demo).filter_map(demo::refuse));
        let texts = texts(sources, &routes, &settings);
        let routes: BTreeMap<String, Route> =
            std::iter::once(Route::at_once()).chain(routes).map(|route| (route.name.clone(), route)).collect();
        let statements = statements(sources, &mut problems);
        let rules = rules(&statements, &routes, &mut problems);
        let set = validated(&statements, &rules, &mut problems);
        if !problems.is_empty() {
            return Err(problems.into_iter().collect());
        }
        let hash = Digest(Sha256::digest(texts.as_bytes()).into());
        let rules = rules.into_iter().map(|rule| (PolicyId::new(&rule.id.0), rule)).collect();
        let files = sources.iter().map(|source| source.name.clone()).collect();
        Ok(Self { set, rules, settings, authorizer: Authorizer::new(), routes, files, texts, hash })
    }

    /// Names exactly these policies, routes and settings: SHA-256 over [`Policy::texts`].
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// Everything that the decisions come from, as JSON, for keeping under its hash.
    pub fn texts(&self) -> &str {
        &self.texts
    }

    /// The files that it was read from, as the operator named them.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The groups that rules, routes or `[policy] protected_groups` name.
    pub fn groups(&self) -> BTreeSet<GroupId> {
        let group =
            |uid: EntityUid| vocabulary().is_group(uid.type_name()).then(|| uid.id().unescaped().parse().ok())?;
        let in_rules = self.set.policies().flat_map(cedar_policy::Policy::entity_literals).filter_map(group);
        let in_routes = self.routes.values().flat_map(Route::groups);
        in_rules.chain(in_routes).chain(self.settings.protected_groups.iter().copied()).collect()
    }

    /// Every route, `at-once` included.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.routes.values()
    }

    /// The route with this name.
    pub fn route(&self, name: &str) -> Option<&Route> {
        self.routes.get(name)
    }

    /// The rules, by name.
    pub fn rule_ids(&self) -> BTreeSet<&RuleId> {
        self.rules.values().map(|rule| &rule.id).collect()
    }
}

fn texts(sources: &[PolicySource], routes: &[Route], settings: &PolicySettings) -> String {
    #[derive(Serialize)]
    struct Texts<'a> {
        format: &'static str,
        policies: &'a [PolicySource],
        routes: &'a [Route],
        settings: &'a PolicySettings,
    }
    let texts = Texts { format: "licensebot policy v1", policies: sources, routes, settings };
    // Strings, numbers and maps with text keys: nothing in it that JSON cannot say.
    serde_json::to_string(&texts).unwrap_or_default()
}

fn statements<'a>(sources: &'a [PolicySource], problems: &mut BTreeSet<PolicyProblem>) -> Vec<Statement<'a>> {
    let mut statements = Vec::new();
    for source in sources {
        match source.text.parse::<PolicySet>() {
            Ok(set) => {
                problems.extend(set.templates().map(|template| {
                    let offset = find(&source.text, &template.to_string(), 0);
                    let message = "slots such as `?principal` cannot be filled here; write the person or group";
                    PolicyProblem::in_text(&source.name, &source.text, offset, message)
                }));
                statements.extend(in_order(source, &set));
            }
            Err(errors) => problems
                .extend(errors.iter().map(|error| PolicyProblem::of_cedar(&source.name, &source.text, 0, error))),
        }
    }
    statements
}

/// The policies of a text in their order. Cedar numbers them, and each knows its own words.
fn in_order<'a>(source: &'a PolicySource, set: &PolicySet) -> Vec<Statement<'a>> {
    let number = |id: &PolicyId| id.to_string().trim_start_matches("policy").parse::<usize>().unwrap_or(usize::MAX);
    let mut policies: Vec<&cedar_policy::Policy> = set.policies().collect();
    policies.sort_by_key(|policy| number(policy.id()));
    let mut from = 0;
    policies
        .into_iter()
        .map(|policy| {
            let words = policy.to_string();
            let offset = find(&source.text, &words, from);
            from = offset + words.len();
            Statement { source, offset, policy: policy.clone() }
        })
        .collect()
}

/// Where these words stand, from an offset on; passes over the same words in a comment.
fn find(text: &str, words: &str, from: usize) -> usize {
    let in_comment = |at: usize| {
        let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        line.contains("//")
    };
    let mut places = text.match_indices(words).map(|(at, _)| at).filter(|at| *at >= from);
    places.find(|at| !in_comment(*at)).unwrap_or(from)
}

fn rules(
    statements: &[Statement<'_>],
    routes: &BTreeMap<String, Route>,
    problems: &mut BTreeSet<PolicyProblem>,
) -> Vec<Rule> {
    let mut taken = BTreeSet::new();
    let mut rules = Vec::new();
    for statement in statements {
        let (rule, own_problems) = statement.read(routes);
        problems.extend(own_problems);
        if !taken.insert(rule.id.clone()) {
            let message = format!("there is a rule `{}` already; give this one another `@id`", rule.id);
            problems.insert(statement.problem(Some("id"), message));
        }
        rules.push(rule);
    }
    rules
}

/// Checks every statement against the schema, strictly, and gives back the set with the rules' names for ids.
fn validated(statements: &[Statement<'_>], rules: &[Rule], problems: &mut BTreeSet<PolicyProblem>) -> PolicySet {
    let validator = Validator::new(vocabulary().schema.clone());
    let mut whole = PolicySet::new();
    for (statement, rule) in statements.iter().zip(rules) {
        let policy = statement.policy.new_id(PolicyId::new(&rule.id.0));
        problems.extend(schema_problems(&validator, statement, &policy));
        // A second policy of the same name is a problem already.
        whole.add(policy).ok();
    }
    whole
}

/// A rule may look at principal, resource and product, one step deep: about the manager of somebody only the id is known,
/// and a question about anything else would be answered with a silent no.
const DEPTH: u32 = 1;

fn schema_problems(
    validator: &Validator,
    statement: &Statement<'_>,
    policy: &cedar_policy::Policy,
) -> Vec<PolicyProblem> {
    let PolicySource { name, text } = statement.source;
    let Ok(alone) = PolicySet::from_policies([policy.clone()]) else { return Vec::new() };
    let result = validator.validate_with_level(&alone, ValidationMode::Strict, DEPTH);
    let errors = result.validation_errors().map(|error| PolicyProblem::of_cedar(name, text, statement.offset, error));
    let errors: Vec<PolicyProblem> = errors.collect();
    if !errors.is_empty() {
        return errors;
    }
    // A name may mix scripts; everything else that Cedar warns of is a rule that does not mean what it seems to.
    let warnings =
        result.validation_warnings().filter(|warning| !matches!(warning, ValidationWarning::MixedScriptString(_)));
    warnings.map(|warning| PolicyProblem::of_cedar(name, text, statement.offset, warning)).collect()
}

#[cfg(test)]
mod tests;
