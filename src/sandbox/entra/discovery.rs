//! What clients look up before they ask for a token: where the endpoints of a tenant are, and which hosts are one cloud.
//! Microsoft's own libraries refuse to go on without it. Never says a secret.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{CLOUDS, check_tenant, told};
use crate::sandbox::state::State;

/// `/{tenant}/v2.0/.well-known/openid-configuration`: the endpoints, at the address that the caller came by.
pub(in crate::sandbox) fn configuration(state: &State, tenant: &str, origin: &str) -> Response {
    let now = state.clock.now();
    if let Err(error) = check_tenant(&state.tenant(), tenant) {
        return (error.status, Json(told(state, &error, now))).into_response();
    }
    let id = state.tenant().company.tenant;
    Json(document(origin, &id.to_string())).into_response()
}

fn document(origin: &str, tenant: &str) -> Value {
    let at = |path: &str| format!("{origin}/{tenant}{path}");
    json!({
        "token_endpoint": at("/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported":
            ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": at("/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("https://login.microsoftonline.com/{tenant}/v2.0"),
        "request_uri_parameter_supported": false,
        "authorization_endpoint": at("/oauth2/v2.0/authorize"),
        "device_authorization_endpoint": at("/oauth2/v2.0/devicecode"),
        "end_session_endpoint": at("/oauth2/v2.0/logout"),
        "tenant_region_scope": "EU",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
    })
}

/// `/{tenant}/discovery/v2.0/keys`. Nobody but the tenant verifies its tokens, and it signs them with a key that has no
/// public half.
pub(in crate::sandbox) fn keys() -> Response {
    Json(json!({ "keys": [] })).into_response()
}

/// `/common/discovery/instance`: which hosts are one cloud, and where the tenant named in `authorization_endpoint` is
/// described.
pub(in crate::sandbox) fn instance(authorization_endpoint: Option<&str>, origin: &str) -> Response {
    let tenant = authorization_endpoint.and_then(|endpoint| endpoint.split('/').nth(3)).filter(|name| !name.is_empty());
    let Some(tenant) = tenant else {
        let text = "AADSTS900144: The request body must contain the following parameter: 'authorization_endpoint'.";
        let body = json!({ "error": "invalid_request", "error_description": text, "error_codes": [900_144] });
        return (StatusCode::BAD_REQUEST, Json(body)).into_response();
    };
    let mut hosts: Vec<&str> = CLOUDS.iter().filter_map(|(login, _)| login.strip_prefix("https://")).collect();
    hosts.dedup();
    let own = origin.split_once("://").map_or(origin, |(_, host)| host);
    let metadata: Vec<Value> = hosts.into_iter().chain([own]).map(cloud).collect();
    Json(json!({
        "tenant_discovery_endpoint": format!("{origin}/{tenant}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": metadata,
    }))
    .into_response()
}

fn cloud(host: &str) -> Value {
    json!({ "preferred_network": host, "preferred_cache": host, "aliases": [host] })
}
