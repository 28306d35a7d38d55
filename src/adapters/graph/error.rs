//! Graph's error answers to reads, alone or inside a batch: what exists not, what passes, what lasts. Never reads their
//! messages: for reads, status and code say enough.

use serde::Deserialize;

use super::entra::word;
use super::pace::Fault;
use crate::ports::PortError;

/// Graph's error envelope.
#[derive(Debug, Deserialize)]
pub(super) struct ErrorCode {
    pub(super) error: ErrorBody,
}

/// What is in it.
#[derive(Debug, Deserialize)]
pub(super) struct ErrorBody {
    /// The word that programs branch on.
    pub(super) code: String,
    /// For people, in English; the only thing that tells one license refusal from another.
    #[serde(default)]
    pub(super) message: String,
}

impl ErrorCode {
    /// Graph itself says that the object is not there; not a proxy, and not a wrong address.
    pub(super) fn says_absent(&self) -> bool {
        let code = self.error.code.to_ascii_lowercase();
        code.ends_with("resourcenotfound") || code == "itemnotfound" || code == "notfound"
    }
}

/// The fault behind a status other than 200.
pub(super) fn fault(operation: &str, status: u16, code: Option<&ErrorCode>, retry_after: Option<u32>) -> Fault {
    let word = word(code.map_or("", |code| code.error.code.as_str()));
    match status {
        404 if code.is_some_and(ErrorCode::says_absent) => {
            Fault::Final(PortError::Absent { what: format!("what was asked for ({operation})") })
        }
        403 => Fault::lasting(format!(
            "could not {operation}: Graph forbids it ({word}): an administrator has to consent to the permissions that \
             the app needs"
        )),
        401 | 408 | 409 | 429 | 500.. => {
            Fault::Again { what: format!("could not {operation}: Graph answers {status} ({word})"), retry_after }
        }
        300..=399 => Fault::lasting(format!("could not {operation}: Graph redirects: check [graph] base_url")),
        status => Fault::lasting(format!("could not {operation}: Graph answers {status} ({word})")),
    }
}

/// Whole, but not what this version knows; never filled in with a guess.
pub(super) fn other_shape(operation: &str, why: &str) -> Fault {
    Fault::lasting(format!("could not {operation}: Graph's answer has a shape that this version does not know: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: &str) -> ErrorCode {
        ErrorCode { error: ErrorBody { code: code.into(), message: String::new() } }
    }

    #[test]
    fn only_graph_itself_can_say_that_something_is_absent() {
        let error = |code: Option<&ErrorCode>| PortError::from(fault("read facts", 404, code, None));
        assert_eq!(
            error(Some(&code("Request_ResourceNotFound"))),
            PortError::Absent { what: "what was asked for (read facts)".into() }
        );
        for other in [None, Some(&code("UnknownError")), Some(&code("BadRequest"))] {
            assert!(matches!(error(other), PortError::Lasting { .. }), "{other:?}");
        }
    }

    #[test]
    fn what_may_pass_carries_the_wait_and_what_lasts_does_not() {
        for status in [401, 408, 409, 429, 500, 502, 503, 504, 599] {
            let error = PortError::from(fault("read facts", status, None, Some(4)));
            let what = format!("could not read facts: Graph answers {status} (no code)");
            assert_eq!(error, PortError::Passing { what, retry_after: Some(4) });
        }
        for status in [201, 204, 302, 400, 403, 405, 410] {
            let error = PortError::from(fault("read facts", status, None, Some(4)));
            assert!(matches!(error, PortError::Lasting { .. }), "{status}");
        }
    }
}
