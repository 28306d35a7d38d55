//! The words of the schema as Cedar values: types, actions, people and products. Never decides; it only says in Cedar's
//! language what was read.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression, Schema};

use super::PolicySettings;
use crate::domain::catalog::{PlanClass, products};
use crate::domain::ids::{PersonId, PlanId, SkuId};
use crate::domain::person::{PersonFacts, UserType};

/// The text that every policy is checked against.
pub const SCHEMA: &str = include_str!("../../../policies/schema.cedarschema");

/// The schema, and the names of its types.
pub(super) struct Vocabulary {
    pub(super) schema: Schema,
    /// The actions with the groups they are in.
    pub(super) actions: Vec<Entity>,
    /// The actions that read, with their group.
    pub(super) reading: BTreeSet<EntityUid>,
    action: EntityTypeName,
    person: EntityTypeName,
    group: EntityTypeName,
    product: EntityTypeName,
    app: EntityTypeName,
    request: EntityTypeName,
    company: EntityTypeName,
}

/// The schema that ships with the program.
pub(super) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "embedded text; a test reads it before it can ship")]
        Vocabulary::read().expect("the embedded schema is well formed")
    });
    &VOCABULARY
}

/// What Cedar refuses to take as a value. Only a broken build can meet one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unaskable;

impl Vocabulary {
    fn read() -> Option<Self> {
        let (schema, _) = Schema::from_cedarschema_str(SCHEMA).ok()?;
        let action: EntityTypeName = "Action".parse().ok()?;
        let actions = schema.action_entities().ok()?;
        let read = uid(&action, "read");
        let reads = |entity: &&Entity| entity.uid() == read || actions.is_ancestor_of(&read, &entity.uid());
        Some(Self {
            reading: actions.iter().filter(reads).map(Entity::uid).collect(),
            actions: actions.into_iter().collect(),
            schema,
            action,
            person: "Person".parse().ok()?,
            group: "Group".parse().ok()?,
            product: "Product".parse().ok()?,
            app: "App".parse().ok()?,
            request: "Request".parse().ok()?,
            company: "Company".parse().ok()?,
        })
    }

    pub(super) fn action(&self, name: &str) -> EntityUid {
        uid(&self.action, name)
    }

    pub(super) fn person(&self, person: PersonId) -> EntityUid {
        uid(&self.person, &person.to_string())
    }

    pub(super) fn product(&self, sku: SkuId) -> EntityUid {
        uid(&self.product, &sku.to_string())
    }

    pub(super) fn app(&self, plan: PlanId) -> EntityUid {
        uid(&self.app, &plan.to_string())
    }

    /// The request that is read. Rules see who asked for whom, not which one it is.
    pub(super) fn request(&self) -> EntityUid {
        uid(&self.request, "asked-about")
    }

    pub(super) fn company(&self) -> EntityUid {
        uid(&self.company, "own")
    }

    /// Do the ids of this type come from the directory, and so have the form of a GUID?
    pub(super) fn is_directory_type(&self, name: &EntityTypeName) -> bool {
        [&self.person, &self.group, &self.product, &self.app].contains(&name)
    }

    pub(super) fn is_group(&self, name: &EntityTypeName) -> bool {
        *name == self.group
    }

    pub(super) fn person_entity(&self, facts: &PersonFacts, settings: &PolicySettings) -> Result<Entity, Unaskable> {
        let person = &facts.person;
        let protected = !facts.groups.is_disjoint(&settings.protected_groups);
        let mut attributes = HashMap::from([
            ("enabled".to_owned(), RestrictedExpression::new_bool(person.enabled)),
            ("guest".to_owned(), RestrictedExpression::new_bool(person.user_type != UserType::Member)),
            ("protected".to_owned(), RestrictedExpression::new_bool(protected)),
        ]);
        let manager =
            facts.manager.as_ref().map(|manager| RestrictedExpression::new_entity_uid(self.person(manager.id)));
        let department = person.department.clone().map(RestrictedExpression::new_string);
        let location = person.usage_location.map(|location| RestrictedExpression::new_string(location.to_string()));
        let optional = [("manager", manager), ("department", department), ("usageLocation", location)];
        attributes.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        let groups = facts.groups.iter().map(|group| uid(&self.group, &group.to_string())).collect();
        Entity::new(self.person(person.id), attributes, groups).map_err(|_| Unaskable)
    }

    pub(super) fn product_entity(&self, sku: SkuId, settings: &PolicySettings) -> Result<Entity, Unaskable> {
        let known = products().product(sku);
        let part_number = known.map_or_else(|| sku.to_string(), |product| product.part_number.to_owned());
        let mut attributes = HashMap::from([("partNumber".to_owned(), RestrictedExpression::new_string(part_number))]);
        let price = settings.prices.get(&sku).map(|price| RestrictedExpression::new_long(*price));
        attributes.extend(price.map(|price| ("price".to_owned(), price)));
        Entity::new(self.product(sku), attributes, HashSet::new()).map_err(|_| Unaskable)
    }

    pub(super) fn app_entity(&self, plan: PlanId) -> Result<Entity, Unaskable> {
        let known = products().plan(plan);
        let part_name = known.map_or_else(|| plan.to_string(), |plan| plan.part_name.to_owned());
        // The class of an app that nobody knows is not known to be harmless.
        let class = known.map_or("security", |plan| class_word(plan.class));
        let attributes = HashMap::from([
            ("partName".to_owned(), RestrictedExpression::new_string(part_name)),
            ("class".to_owned(), RestrictedExpression::new_string(class.to_owned())),
        ]);
        Entity::new(self.app(plan), attributes, HashSet::new()).map_err(|_| Unaskable)
    }

    pub(super) fn request_entity(
        &self,
        requester: PersonId,
        subject: PersonId,
        manager: Option<PersonId>,
    ) -> Result<Entity, Unaskable> {
        let person = |person| RestrictedExpression::new_entity_uid(self.person(person));
        let mut attributes =
            HashMap::from([("requester".to_owned(), person(requester)), ("subject".to_owned(), person(subject))]);
        attributes.extend(manager.map(|manager| ("subjectManager".to_owned(), person(manager))));
        Entity::new(self.request(), attributes, HashSet::new()).map_err(|_| Unaskable)
    }
}

/// The facts about what a whole change takes away.
pub(super) fn losses(loses: &BTreeSet<PlanClass>) -> [(String, RestrictedExpression); 3] {
    [("losesMail", PlanClass::Mail), ("losesFiles", PlanClass::Files), ("losesSecurity", PlanClass::Security)]
        .map(|(name, class)| (name.to_owned(), RestrictedExpression::new_bool(loses.contains(&class))))
}

fn class_word(class: PlanClass) -> &'static str {
    match class {
        PlanClass::Mail => "mail",
        PlanClass::Files => "files",
        PlanClass::Security => "security",
        PlanClass::Other => "other",
    }
}

fn uid(name: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(name.clone(), EntityId::new(id))
}
