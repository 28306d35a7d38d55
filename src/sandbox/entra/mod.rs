//! The token endpoint: OAuth 2.0 client credentials, as Entra speaks it, and what clients look up before they ask it. Never
//! knows what a token is used for.

mod assertion;
pub(super) mod discovery;
mod error;
mod form;
pub(super) mod token;

use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use self::assertion::Assertion;
use self::error::{EntraError, Trace};
use self::form::Form;
use self::token::Claims;
use super::guard;
use super::random;
use super::state::State;
use super::store::Credentials;
use super::tenant::{App, Tenant};

/// Entra and Graph in each of Microsoft's clouds. The sandbox stands in for any of them, so that each can be rehearsed.
const CLOUDS: [(&str, &str); 4] = [
    ("https://login.microsoftonline.com", "https://graph.microsoft.com"),
    ("https://login.microsoftonline.us", "https://graph.microsoft.us"),
    ("https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
    ("https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn"),
];

/// The one resource there are tokens for, by its well-known id.
const GRAPH_ID: &str = "00000003-0000-0000-c000-000000000000";

/// One call to the token endpoint, before anything in it is believed.
pub(super) struct TokenCall<'a> {
    pub(super) method: &'a str,
    pub(super) tenant: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a Bytes,
}

/// Answers a call: a token, or a refusal in Entra's form. `life` is how many seconds the token lives, where that was ordered.
pub(super) fn answer(state: &State, call: &TokenCall<'_>, life: Option<u32>) -> Response {
    let now = state.clock.now();
    let mut issued = grant(&state.tenant(), call, now, &state.credentials);
    if let (Ok(claims), Some(life)) = (&mut issued, life) {
        claims.exp = claims.iat + i64::from(life);
    }
    let (status, body) = match issued {
        Ok(claims) => (StatusCode::OK, token_body(&claims, &state.credentials.signing_key)),
        Err(error) => (error.status, told(state, &error, now)),
    };
    (status, [(header::CACHE_CONTROL, "no-store, no-cache")], Json(body)).into_response()
}

/// A refusal with the ids that Entra puts under it.
fn told(state: &State, error: &EntraError, at: Timestamp) -> Value {
    let (trace, correlation) = (random::guid(&*state.random), random::guid(&*state.random));
    error.body(&Trace { trace, correlation, at })
}

fn token_body(claims: &Claims, key: &[u8]) -> Value {
    let lifetime = claims.exp - claims.iat;
    json!({
        "token_type": "Bearer",
        "expires_in": lifetime,
        "ext_expires_in": lifetime,
        "access_token": token::issue(claims, key),
    })
}

/// What the endpoint says when it is out of order.
pub(super) fn out_of_order(status: StatusCode, retry_after: Option<HeaderValue>) -> Response {
    let body = json!({
        "error": "temporarily_unavailable",
        "error_description": "AADSTS90033: A transient error has occurred. Please try again.",
        "error_codes": [90_033],
    });
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().extend(retry_after.map(|value| (header::RETRY_AFTER, value)));
    response
}

fn grant(
    tenant: &Tenant,
    call: &TokenCall<'_>,
    now: Timestamp,
    credentials: &Credentials,
) -> Result<Claims, EntraError> {
    if call.method != "POST" {
        return Err(EntraError::only_post(call.method));
    }
    check_tenant(tenant, call.tenant)?;
    let form = Form::read(call);
    match form.need("grant_type")? {
        "client_credentials" => {}
        other => return Err(EntraError::grant_type(other)),
    }
    let client = form.need("client_id")?;
    let audience = audience(form.need("scope")?)?;
    let known = client.parse::<Uuid>().ok().and_then(|id| tenant.app(id));
    let app = known.ok_or_else(|| EntraError::unknown_app(client, &tenant.company.name))?;
    prove(tenant, app, &form, now, credentials)?;
    Ok(claims(tenant, app, audience, now))
}

/// Is it the app? By an assertion where one is presented, else by the secret.
fn prove(tenant: &Tenant, app: &App, form: &Form, now: Timestamp, credentials: &Credentials) -> Result<(), EntraError> {
    if let Some(presented) = form.get("client_assertion") {
        return match form.need("client_assertion_type")? {
            assertion::TYPE => Assertion::read(presented)?.check(tenant, app, now, credentials),
            _ => Err(EntraError::malformed_assertion()),
        };
    }
    let secret = form.get("client_secret").ok_or_else(EntraError::no_secret)?;
    if credentials.secret(app.client_id) != Some(secret) {
        return Err(EntraError::wrong_secret(app.client_id));
    }
    match app.secret_expires {
        Some(end) if end <= now => Err(EntraError::expired_secret(app.client_id)),
        _ => Ok(()),
    }
}

fn check_tenant(tenant: &Tenant, name: &str) -> Result<(), EntraError> {
    let is_ours = match name.parse::<Uuid>() {
        Ok(id) => id == tenant.company.tenant.0,
        Err(_) if name.contains('.') => name.eq_ignore_ascii_case(&tenant.company.domain),
        Err(_) => return Err(EntraError::no_tenant_name(name)),
    };
    if is_ours { Ok(()) } else { Err(EntraError::unknown_tenant(name)) }
}

/// The resource that a scope names. Client credentials take all consented roles at once: `{resource}/.default`.
fn audience(scope: &str) -> Result<&str, EntraError> {
    let resource = scope.strip_suffix("/.default").ok_or_else(|| EntraError::scope(scope))?;
    if is_audience(resource) { Ok(resource) } else { Err(EntraError::scope(scope)) }
}

/// Whether a token for this resource opens the sandbox: Graph by name or id, or the sandbox by its own address.
pub(super) fn is_audience(resource: &str) -> bool {
    let root = resource.trim_end_matches('/');
    root == GRAPH_ID || CLOUDS.iter().any(|(_, graph)| *graph == root) || is_own(root)
}

/// Whether this is the sandbox's own address, perhaps behind something on this machine that speaks TLS for it.
fn is_own(root: &str) -> bool {
    let authority = root.strip_prefix("http://").or_else(|| root.strip_prefix("https://"));
    authority.is_some_and(guard::is_loopback)
}

fn claims(tenant: &Tenant, app: &App, audience: &str, now: Timestamp) -> Claims {
    let iat = now.as_second();
    let id = tenant.company.tenant;
    Claims {
        aud: audience.to_owned(),
        iss: format!("https://sts.windows.net/{id}/"),
        iat,
        nbf: iat,
        exp: iat + i64::from(tenant.company.token_lifetime),
        app_displayname: app.name.clone(),
        appid: app.client_id,
        idtyp: "app".to_owned(),
        oid: app.object_id,
        roles: app.roles.clone(),
        sub: app.object_id,
        tid: id,
        ver: "1.0".to_owned(),
    }
}
