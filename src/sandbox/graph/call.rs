//! One recognized call of a known caller, as the handlers take it.

use std::sync::Arc;

use axum::http::header;

use super::error::GraphError;
use super::reply::Meta;
use super::request::GraphRequest;
use super::route::Operation;
use crate::sandbox::entra::is_audience;
use crate::sandbox::entra::token::{self, Claims, TokenFlaw};
use crate::sandbox::state::{Author, State};

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) request: GraphRequest,
    pub(super) meta: Meta,
    pub(super) caller: Claims,
    pub(super) operation: Operation,
    pub(super) keys: Vec<String>,
    /// The path ends in `/$count`: only the number is wanted.
    pub(super) counting: bool,
    /// The key that seals page tokens.
    pub(super) key: Arc<[u8]>,
}

impl Call {
    /// The key in the path, as in `/users/{id}`; empty where the path has none.
    pub(super) fn key_of_path(&self) -> &str {
        self.keys.first().map_or("", String::as_str)
    }

    /// Who is asking, as the ledger writes it.
    pub(super) fn author(&self) -> Author {
        Author {
            app: self.caller.appid,
            request_id: self.meta.request_id,
            client_request_id: self.meta.client_request_id.clone(),
        }
    }
}

/// Who calls, by the token in the request.
///
/// # Errors
/// No token, or one that this tenant does not accept now (401).
pub(super) fn authenticate(state: &State, request: &GraphRequest) -> Result<Claims, GraphError> {
    let value = request.header(header::AUTHORIZATION.as_str()).unwrap_or_default();
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    let token = if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" };
    let claims = token::read(token, &state.credentials.signing_key, state.clock.now());
    claims.and_then(check_audience).map_err(|flaw| GraphError::unauthorized(explain(flaw)))
}

fn check_audience(claims: Claims) -> Result<Claims, TokenFlaw> {
    if is_audience(&claims.aud) { Ok(claims) } else { Err(TokenFlaw::Audience) }
}

fn explain(flaw: TokenFlaw) -> &'static str {
    match flaw {
        TokenFlaw::Empty => "Access token is empty.",
        TokenFlaw::Malformed => "CompactToken parsing failed with error code: 80049217",
        TokenFlaw::Signature => "CompactToken validation failed with reason code: 80049228.",
        TokenFlaw::Audience => "Access token validation failure. Invalid audience.",
        TokenFlaw::Expired => "Lifetime validation failed, the token is expired.",
    }
}
