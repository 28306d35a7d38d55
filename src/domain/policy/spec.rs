//! Routes as operators write them in the configuration: `[[route]]` and `[[route.stage]]`. Never judges them: a route that
//! makes no sense is found when the policy is loaded, together with everything else that is wrong.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::route::{Approvers, Route, Stage};

/// One `[[route]]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteSpec {
    /// As policies name it.
    pub name: String,
    /// How strict it is; from 1.
    pub rank: u32,
    /// In the order in which they are asked.
    #[serde(default)]
    pub stage: Vec<StageSpec>,
}

/// One `[[route.stage]]`. Approvers are `"manager"`, `{ group = "objectId" }` or `{ people = ["objectId"] }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageSpec {
    /// Who may vote.
    pub approvers: Approvers,
    /// How many different people must say yes.
    #[serde(default = "one")]
    pub quorum: NonZeroU32,
    /// Who is asked when fewer than `quorum` of the approvers may vote; the same forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Approvers>,
}

fn one() -> NonZeroU32 {
    NonZeroU32::MIN
}

impl From<RouteSpec> for Route {
    fn from(spec: RouteSpec) -> Self {
        Self { name: spec.name, rank: spec.rank, stages: spec.stage.into_iter().map(Stage::from).collect() }
    }
}

impl From<StageSpec> for Stage {
    fn from(spec: StageSpec) -> Self {
        Self { approvers: spec.approvers, quorum: spec.quorum, fallback: spec.fallback }
    }
}

/// The `[[route]]` tables of a text that holds nothing else.
///
/// # Errors
/// The text is not TOML of this form; the error names line and key.
pub fn routes_from_toml(text: &str) -> Result<Vec<Route>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        route: Vec<RouteSpec>,
    }
    let file: File = toml::from_str(text)?;
    Ok(file.route.into_iter().map(Route::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_approvers_is_read() {
        let routes = routes_from_toml(
            r#"
            [[route]]
            name = "manager-then-people"
            rank = 3
            [[route.stage]]
            approvers = "manager"
            fallback = { group = "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9" }
            [[route.stage]]
            approvers = { people = ["85348e7f-5433-49ae-ba8e-4b295bf4b256", "3cc2afde-9440-4d14-8db1-ee5c2710aa6c"] }
            quorum = 2
            "#,
        )
        .unwrap();
        let operators = "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9".parse().unwrap();
        let people = ["85348e7f-5433-49ae-ba8e-4b295bf4b256", "3cc2afde-9440-4d14-8db1-ee5c2710aa6c"];
        let people = people.into_iter().map(|id| id.parse().unwrap()).collect();
        let manager = Stage {
            approvers: Approvers::Manager,
            quorum: NonZeroU32::MIN,
            fallback: Some(Approvers::Group(operators)),
        };
        let both = Stage { approvers: Approvers::People(people), quorum: NonZeroU32::new(2).unwrap(), fallback: None };
        assert_eq!(routes, [Route { name: "manager-then-people".into(), rank: 3, stages: vec![manager, both] }]);
    }

    #[test]
    fn what_is_no_route_is_refused_with_its_line() {
        for (text, expected) in [
            ("[[route]]\nname = \"x\"\nrank = 1\nstages = []", "unknown field `stages`"),
            ("[[route]]\nname = \"x\"\nrank = 1\n[[route.stage]]\napprovers = \"boss\"", "unknown variant `boss`"),
            ("[[route]]\nname = \"x\"\nrank = 1\n[[route.stage]]\napprovers = \"manager\"\nquorum = 0", "quorum = 0"),
            ("[[route]]\nname = \"x\"\nrank = -1", "rank = -1"),
        ] {
            let error = routes_from_toml(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
            assert!(error.contains("line"), "{error}");
        }
    }
}
