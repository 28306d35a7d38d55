//! The token endpoint: OAuth 2.0 client credentials, as Entra speaks it. Never knows what a token is used for.

mod error;
pub(super) mod token;

use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};
use url::form_urlencoded;
use uuid::Uuid;

use self::error::{EntraError, Trace};
use self::token::Claims;
use super::guard;
use super::random;
use super::state::State;
use super::store::Credentials;
use super::tenant::{App, Tenant};

/// The one resource there are tokens for, in its public cloud's name and by its well-known id.
const GRAPH: &str = "https://graph.microsoft.com";
const GRAPH_ID: &str = "00000003-0000-0000-c000-000000000000";

/// One call to the token endpoint, before anything in it is believed.
pub(super) struct TokenCall<'a> {
    pub(super) method: &'a str,
    pub(super) tenant: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a Bytes,
}

/// Answers a call: a token, or a refusal in Entra's form.
pub(super) fn answer(state: &State, call: &TokenCall<'_>) -> Response {
    let now = state.clock.now();
    let issued = grant(&state.tenant(), call, now, &state.credentials);
    let (status, body) = match issued {
        Ok(claims) => (StatusCode::OK, token_body(&claims, &state.credentials.signing_key)),
        Err(error) => {
            let (trace, correlation) = (random::guid(&*state.random), random::guid(&*state.random));
            (error.status, error.body(&Trace { trace, correlation, at: now }))
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store, no-cache")], Json(body)).into_response()
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
    let secret = form.get("client_secret").ok_or_else(EntraError::no_secret)?;
    if credentials.secret(app.client_id) != Some(secret) {
        return Err(EntraError::wrong_secret(client));
    }
    Ok(claims(tenant, app, audience, now))
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
    let own = || resource.strip_prefix("http://").is_some_and(guard::is_loopback);
    resource.trim_end_matches('/') == GRAPH || resource == GRAPH_ID || own()
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

/// The form fields; client id and secret may come as HTTP Basic instead.
struct Form(Vec<(String, String)>);

impl Form {
    fn read(call: &TokenCall<'_>) -> Self {
        let mut fields: Vec<_> = form_urlencoded::parse(call.body).into_owned().collect();
        fields.extend(basic(call.headers).into_iter().flatten());
        Self(fields)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(key, value)| key == name && !value.is_empty());
        field.map(|(_, value)| value.as_str())
    }

    fn need(&self, name: &str) -> Result<&str, EntraError> {
        self.get(name).ok_or_else(|| EntraError::missing(name))
    }
}

fn basic(headers: &HeaderMap) -> Option<[(String, String); 2]> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    // RFC 6749, 2.3.1: both are form-encoded before they are joined.
    let plain = |text: &str| {
        let pairs = format!("v={text}");
        form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some([("client_id".to_owned(), plain(id)?), ("client_secret".to_owned(), plain(secret)?)])
}
