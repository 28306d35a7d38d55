//! How cases are written down. Never asks the policy; it only turns words into ids, and says which word it does not know.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Answer;
use crate::domain::catalog::{PlanClass, products};
use crate::domain::change::Element;
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use crate::domain::person::UsageLocation;
use crate::domain::policy::Policy;

/// The whole text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) people: BTreeMap<String, PersonForm>,
    #[serde(default)]
    pub(super) case: Vec<Case>,
}

/// `[people.NAME]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonForm {
    /// Only needed when policy or routes name the person.
    pub(super) id: Option<PersonId>,
    pub(super) manager: Option<String>,
    #[serde(default)]
    pub(super) groups: BTreeSet<GroupId>,
    #[serde(default = "yes")]
    pub(super) enabled: bool,
    #[serde(default)]
    pub(super) guest: bool,
    /// As the members of `[policy] protected_groups` are, whichever those are.
    #[serde(default)]
    pub(super) protected: bool,
    pub(super) department: Option<String>,
    pub(super) usage_location: Option<UsageLocation>,
}

fn yes() -> bool {
    true
}

/// `[[case]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) name: String,
    /// Who asks.
    #[serde(rename = "as")]
    pub(super) requester: String,
    /// About whom; who asks, when left out.
    subject: Option<String>,
    #[serde(default)]
    assign: Vec<String>,
    #[serde(default)]
    unassign: Vec<String>,
    /// `PRODUCT/APP`
    #[serde(default)]
    switch_on: Vec<String>,
    #[serde(default)]
    switch_off: Vec<String>,
    #[serde(default)]
    set_usage_location: bool,
    #[serde(default)]
    pub(super) loses: Vec<PlanClass>,
    view: Option<View>,
    product: Option<String>,
    /// Who asked for the request that is looked at.
    pub(super) asked_by: Option<String>,
    expect: String,
    pub(super) rules: Option<BTreeSet<String>>,
    pub(super) asks: Option<Vec<BTreeSet<String>>>,
}

/// What a case looks at.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum View {
    Own,
    Person,
    Holders,
    Stock,
    Request,
}

impl Case {
    pub(super) fn subject(&self) -> &str {
        self.subject.as_deref().unwrap_or(&self.requester)
    }

    /// What is looked at; nothing when the case is about a change.
    pub(super) fn view(&self) -> Result<Option<View>, String> {
        let changes = self.set_usage_location
            || [&self.assign, &self.unassign, &self.switch_on, &self.switch_off].iter().any(|list| !list.is_empty());
        match self.view {
            Some(_) if changes => Err("it views and changes at once; make two cases of it".to_owned()),
            None if !changes => Err("it asks for nothing; add `assign`, `unassign`, `switch_on`, `switch_off`, \
                 `set_usage_location` or `view`"
                .to_owned()),
            view => Ok(view),
        }
    }

    pub(super) fn expected(&self, policy: &Policy) -> Result<Answer, String> {
        let known = match self.view {
            Some(_) => self.expect == "allow",
            None => policy.route(&self.expect).is_some(),
        };
        if !known && self.expect != "deny" {
            let routes = policy.routes().map(|route| format!("`{}`", route.name)).collect::<Vec<_>>().join(", ");
            let (expect, files) = (&self.expect, policy.files().join(", "));
            return Err(format!(
                "`{expect}` is no answer of {files}; a change expects `deny` or one of {routes}, a view `deny` or `allow`"
            ));
        }
        Ok(Answer { answer: self.expect.clone(), rules: self.rules.clone(), asks: self.asks.clone() })
    }

    pub(super) fn elements(&self) -> Result<Vec<Element>, String> {
        let assign = self.assign.iter().map(|name| product(name).map(Element::Assign));
        let unassign = self.unassign.iter().map(|name| product(name).map(Element::Unassign));
        let on = self.switch_on.iter().map(|name| app(name).map(|(sku, plan)| Element::SwitchOn(sku, plan)));
        let off = self.switch_off.iter().map(|name| app(name).map(|(sku, plan)| Element::SwitchOff(sku, plan)));
        let location = self.set_usage_location.then_some(Ok(Element::SetUsageLocation));
        assign.chain(unassign).chain(on).chain(off).chain(location).collect()
    }

    pub(super) fn viewed_product(&self) -> Result<Option<SkuId>, String> {
        self.product.as_deref().map(product).transpose()
    }
}

fn product(name: &str) -> Result<SkuId, String> {
    let known = products().by_part_number(name).map(|product| product.sku);
    known
        .or_else(|| name.parse().ok())
        .ok_or_else(|| format!("there is no product `{name}`; write a part number such as SPE_E5, or the product's id"))
}

fn app(name: &str) -> Result<(SkuId, PlanId), String> {
    let (product_name, app_name) =
        name.split_once('/').ok_or_else(|| format!("`{name}` is no app; write PRODUCT/APP, such as SPE_E3/TEAMS1"))?;
    let sku = product(product_name)?;
    let plans = products().product(sku).map(|product| product.plans.as_slice()).unwrap_or_default();
    let named =
        |plan: &&PlanId| products().plan(**plan).is_some_and(|plan| plan.part_name.eq_ignore_ascii_case(app_name));
    let known = plans.iter().find(named).copied();
    let plan = known.or_else(|| app_name.parse().ok());
    plan.map(|plan| (sku, plan)).ok_or_else(|| {
        format!("there is no app `{app_name}` in `{product_name}`; write its servicePlanName, or its id")
    })
}
