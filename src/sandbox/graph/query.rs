//! OData query options of one call: read, checked against what the called set understands, never guessed at.

use super::error::GraphError;
use super::filter::Filter;
use super::request::GraphRequest;

/// The options of a call.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) select: Option<Vec<String>>,
    pub(super) top: Option<usize>,
    pub(super) filter: Option<Filter>,
    pub(super) expand_manager: Option<Expanded>,
    pub(super) skip_token: Option<String>,
    /// `$count=true` with the header that makes it mean something; without the header it is silently ignored.
    pub(super) count: bool,
}

/// `$expand=manager` with what is wanted of the manager.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Expanded {
    pub(super) select: Option<Vec<String>>,
}

/// Which options a set understands besides `$select`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Understands {
    pub(super) paging: bool,
    pub(super) filter: bool,
    pub(super) expand: bool,
}

/// Only `$select`.
pub(super) const SELECT: Understands = Understands { paging: false, filter: false, expand: false };
/// A collection of members or memberships.
pub(super) const MEMBERS: Understands = Understands { paging: true, filter: false, expand: false };

/// Most items that Graph puts on a page of directory objects.
const MOST: usize = 999;

impl Query {
    /// Reads the options.
    ///
    /// # Errors
    /// Everything that is no option, not understood here, or written wrongly (400).
    pub(super) fn read(request: &GraphRequest, understands: Understands) -> Result<Self, GraphError> {
        let eventual = request.header("consistencylevel").is_some_and(|value| value.eq_ignore_ascii_case("eventual"));
        let mut query = Self::default();
        for (name, value) in request.query.iter().filter(|(name, _)| name.starts_with('$')) {
            match name.as_str() {
                "$select" => query.select = Some(list(value)),
                "$top" if understands.paging => query.top = Some(top(value)?),
                "$skiptoken" if understands.paging => query.skip_token = Some(value.clone()),
                "$count" if understands.paging => query.count = eventual && value == "true",
                "$filter" if understands.filter => query.filter = Some(Filter::parse(value)?),
                "$expand" if understands.expand => query.expand_manager = Some(expand(value)?),
                other => return Err(not_understood(other)),
            }
        }
        if query.filter.as_ref().is_some_and(Filter::is_advanced) && !query.count {
            return Err(GraphError::unsupported_query("Unsupported Query."));
        }
        Ok(query)
    }
}

fn not_understood(name: &str) -> GraphError {
    match name {
        "$skip" => GraphError::bad_request("'$skip' is not supported by the service."),
        "$search" | "$orderby" | "$filter" | "$top" | "$count" | "$expand" | "$skiptoken" => {
            GraphError::unsupported_query("Unsupported Query.")
        }
        other => GraphError::malformed(format!("The query parameter '{other}' is not supported.")),
    }
}

fn list(value: &str) -> Vec<String> {
    value.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn top(value: &str) -> Result<usize, GraphError> {
    let number = value.parse::<i64>().map_err(|_| {
        GraphError::malformed(format!(
            "Invalid value '{value}' for $top query option found. The $top query option requires a non-negative integer value."
        ))
    })?;
    let size = usize::try_from(number).ok().filter(|size| (1..=MOST).contains(size));
    size.ok_or_else(|| {
        let message = format!("Invalid page size specified: '{number}'. Must be between 1 and {MOST} inclusive.");
        GraphError::unsupported_query(message)
    })
}

/// The sandbox expands `manager` and nothing else.
fn expand(value: &str) -> Result<Expanded, GraphError> {
    let value = value.trim();
    let (name, options) = match value.strip_suffix(')').and_then(|open| open.split_once('(')) {
        Some((name, options)) => (name, Some(options)),
        None => (value, None),
    };
    if name != "manager" {
        return Err(GraphError::malformed(format!(
            "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type 'microsoft.graph.user'."
        )));
    }
    match options.map(|options| options.strip_prefix("$select=")) {
        None => Ok(Expanded::default()),
        Some(Some(select)) => Ok(Expanded { select: Some(list(select)) }),
        Some(None) => Err(GraphError::unsupported_query("Unsupported Query.")),
    }
}
