//! OData query options of one call: read, checked against what the called set understands, never guessed at.

use serde_json::Value;

use super::call::Call;
use super::error::GraphError;
use super::filter::Filter;
use super::search::Search;

/// The options of a call.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) select: Option<Vec<String>>,
    pub(super) top: Option<usize>,
    pub(super) filter: Option<Filter>,
    pub(super) search: Option<Search>,
    /// Property and whether the last comes first.
    pub(super) order: Vec<(String, bool)>,
    pub(super) expand_manager: Option<Expanded>,
    pub(super) skip_token: Option<String>,
    /// `$count=true` with the header that makes it mean something; without the header it is silently ignored.
    pub(super) count: bool,
    /// The call asks for the advanced index, by header and by counting or searching.
    pub(super) advanced: bool,
}

/// `$expand=manager` with what is wanted of the manager.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Expanded {
    pub(super) select: Option<Vec<String>>,
}

/// Which options a set understands besides `$select`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Understands {
    /// A collection of directory objects: paged, filtered, searched, sorted and counted.
    pub(super) collection: bool,
    pub(super) expand: bool,
}

/// Only `$select`.
pub(super) const SELECT: Understands = Understands { collection: false, expand: false };
/// Everything that directory objects are asked.
pub(super) const COLLECTION: Understands = Understands { collection: true, expand: false };

/// Most items that Graph puts on a page of directory objects.
const MOST: usize = 999;

impl Query {
    /// Reads the options.
    ///
    /// # Errors
    /// Everything that is no option, not understood here, or written wrongly (400).
    pub(super) fn read(call: &Call, understands: Understands) -> Result<Self, GraphError> {
        let request = &call.request;
        let level = request.header("consistencylevel");
        let eventual = level.is_some_and(|value| value.trim().eq_ignore_ascii_case("eventual"));
        if call.counting && !eventual {
            return Err(GraphError::count_needs_header());
        }
        let Understands { collection, expand } = understands;
        let mut query = Self::default();
        for (name, value) in request.query.iter().filter(|(name, _)| name.starts_with('$')) {
            match name.as_str() {
                "$select" => query.select = Some(list(value)),
                "$top" if collection => query.top = Some(top(value)?),
                "$skiptoken" if collection => query.skip_token = Some(value.clone()),
                "$count" if collection => query.count = flag(value)? && eventual,
                "$filter" if collection => query.filter = Some(Filter::parse(value)?),
                "$search" if collection && !eventual => return Err(GraphError::search_needs_header()),
                "$search" if collection => query.search = Some(Search::parse(value)?),
                "$orderby" if collection => query.order = order(value)?,
                "$expand" if expand => query.expand_manager = Some(expanded(value)?),
                other => return Err(not_understood(other)),
            }
        }
        query.advanced = eventual && (query.count || call.counting || query.search.is_some());
        Ok(query)
    }

    /// Whether an object is among those asked for. `property` tells its values.
    pub(super) fn admits(&self, property: &dyn Fn(&str) -> Value) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.admits(property))
            && self.search.as_ref().is_none_or(|search| search.admits(property))
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

fn flag(value: &str) -> Result<bool, GraphError> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(GraphError::malformed(format!(
            "Invalid value '{other}' for $count query option found. The $count query option requires a boolean value."
        ))),
    }
}

/// `displayName desc,userPrincipalName`.
fn order(value: &str) -> Result<Vec<(String, bool)>, GraphError> {
    let one = |item: &str| {
        let mut words = item.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(name), None | Some("asc"), None) => Ok((name.to_owned(), false)),
            (Some(name), Some("desc"), None) => Ok((name.to_owned(), true)),
            _ => Err(GraphError::malformed(format!("Syntax error at position 0 in '{value}'."))),
        }
    };
    value.split(',').map(one).collect()
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
fn expanded(value: &str) -> Result<Expanded, GraphError> {
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
