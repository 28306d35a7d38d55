//! `$select`: which properties of an object an answer shows. Every type has a list of all it knows, and a shorter one
//! that is shown to whoever selects nothing.

use super::error::GraphError;

/// What a type of object can show.
pub(super) struct Shape {
    /// As errors name it.
    pub(super) name: &'static str,
    /// Shown without `$select`.
    pub(super) default: &'static [&'static str],
    /// Shown on request only.
    pub(super) on_request: &'static [&'static str],
    /// Exists in Graph and not in the sandbox.
    pub(super) absent: &'static [&'static str],
}

impl Shape {
    /// The properties to show, in the order they were asked for.
    ///
    /// # Errors
    /// A name that the type does not have (400), or that the sandbox does not keep (501).
    pub(super) fn fields(&self, select: Option<&[String]>) -> Result<Vec<&'static str>, GraphError> {
        match select {
            None => Ok(self.default.to_vec()),
            Some(names) => names.iter().map(|name| self.field(name)).collect(),
        }
    }

    /// The property of this name.
    pub(super) fn field(&self, name: &str) -> Result<&'static str, GraphError> {
        let mut known = self.default.iter().chain(self.on_request);
        match known.find(|known| **known == name) {
            Some(known) => Ok(known),
            None if self.absent.contains(&name) => Err(GraphError::not_in_sandbox(name)),
            None => Err(GraphError::malformed(format!(
                "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{}'.",
                self.name
            ))),
        }
    }
}

/// The set as `@odata.context` names it: `users`, or `users(id,displayName)`.
pub(super) fn context(set: &str, select: Option<&[String]>, expanded: Option<Option<&[String]>>) -> String {
    let mut parts: Vec<String> = select.unwrap_or_default().to_vec();
    if let Some(of_manager) = expanded {
        parts.push(format!("manager({})", of_manager.unwrap_or_default().join(",")));
    }
    if parts.is_empty() { set.to_owned() } else { format!("{set}({})", parts.join(",")) }
}
