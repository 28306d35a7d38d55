//! What a damaged answer is, byte by byte: read from the socket by hand, because every HTTP client hides some of it.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::{Tenant, sku, with};

/// An answer as it came.
struct Raw {
    head: String,
    body: Vec<u8>,
}

impl Raw {
    fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
        Some(self.head.lines().find(named)?.split_once(':')?.1.trim())
    }

    fn length(&self) -> usize {
        self.header("content-length").unwrap().parse().unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// One call on a connection of its own, up to the connection's end.
async fn send(tenant: &Tenant, method: &str, path: &str, body: &str) -> Raw {
    let mut stream = TcpStream::connect(tenant.address).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        tenant.address,
        tenant.bearer(),
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    // A reset behind the bytes is one way for a connection to end.
    let _ = stream.read_to_end(&mut bytes).await;
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Raw { head: String::from_utf8(bytes).unwrap(), body: Vec::new() };
    };
    Raw { head: String::from_utf8(bytes[..end].to_vec()).unwrap(), body: bytes[end + 4..].to_vec() }
}

const ANA: &str = "/v1.0/users/ana@northwind.example";

async fn ana(tenant: &Tenant) -> Raw {
    send(tenant, "GET", ANA, "").await
}

async fn assign(tenant: &Tenant) -> Raw {
    let body = json!({ "addLicenses": [with("SPE_E5", &[])], "removeLicenses": [] });
    send(tenant, "POST", &format!("{ANA}/assignLicense"), &body.to_string()).await
}

/// Ana as she is, and as she comes with this fault.
async fn both(fault: Value) -> (Raw, Raw, Tenant) {
    let tenant = Tenant::start().await;
    tenant.order(fault).await;
    let damaged = ana(&tenant).await;
    let whole = ana(&tenant).await;
    assert_eq!((whole.status(), whole.length()), (200, whole.body.len()));
    (whole, damaged, tenant)
}

#[tokio::test]
async fn a_truncated_answer_promises_all_and_sends_half() {
    let (whole, damaged, _tenant) = both(json!({ "match": "GET /users/{id}", "kind": "truncated" })).await;
    assert_eq!((damaged.status(), damaged.length()), (200, whole.length()));
    assert_eq!(damaged.body, whole.body[..whole.body.len() / 2]);
}

#[tokio::test]
async fn half_json_is_a_whole_answer_of_http() {
    let (whole, damaged, _tenant) = both(json!({ "match": "GET /users/{id}", "kind": "halfJson" })).await;
    assert_eq!((damaged.status(), damaged.length()), (200, whole.length() / 2));
    assert_eq!(damaged.body, whole.body[..whole.body.len() / 2]);
}

#[tokio::test]
async fn broken_gzip_holds_all_of_the_body_under_a_wrong_checksum() {
    let (whole, damaged, _tenant) = both(json!({ "match": "GET /users/{id}", "kind": "brokenGzip" })).await;
    assert_eq!(damaged.header("content-encoding"), Some("gzip"));
    assert_eq!(damaged.body[..3], [0x1f, 0x8b, 8]);
    let length = u16::try_from(whole.body.len()).unwrap();
    assert_eq!(damaged.body[10..13], [1, length.to_le_bytes()[0], length.to_le_bytes()[1]], "one stored block");
    assert_eq!(damaged.body[15..15 + whole.body.len()], whole.body);
    assert_eq!(damaged.body[15 + whole.body.len()..][..4], 0xdead_beef_u32.to_le_bytes());
}

#[tokio::test]
async fn an_endless_answer_goes_on_behind_the_whole_one() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "GET /users/{id}", "kind": "endless" })).await;
    let mut stream = TcpStream::connect(tenant.address).await.unwrap();
    let bearer = tenant.bearer();
    let request = format!("GET {ANA} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {bearer}\r\n\r\n", tenant.address);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = vec![0; 4 * 1024 * 1024];
    stream.read_exact(&mut bytes).await.expect("four megabytes, and no end of it");
    let head = String::from_utf8_lossy(&bytes[..2048]);
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("ana@northwind.example"), "{head}");
    assert!(!head.to_ascii_lowercase().contains("content-length"), "{head}");
}

#[tokio::test]
async fn a_page_for_people_comes_before_the_call_or_after_it() {
    let tenant = Tenant::start().await;
    for (when, status, changes) in [("before", 200, 0), ("after", 503, 1)] {
        tenant.order(json!({ "match": "assignLicense", "kind": "html", "when": when, "status": status })).await;
        let page = assign(&tenant).await;
        assert_eq!((page.status(), page.header("content-type")), (status, Some("text/html; charset=utf-8")));
        assert!(page.body.starts_with(b"<!DOCTYPE html>"));
        assert_eq!(tenant.ledger().await.len(), changes, "{when}");
    }
}

#[tokio::test]
async fn json_of_another_shape_is_what_was_ordered_or_an_odd_list() {
    let (_, odd, tenant) = both(json!({ "match": "GET /users/{id}", "kind": "otherShape" })).await;
    assert_eq!((odd.status(), odd.json()), (200, json!({ "value": {} })));
    tenant.order(json!({ "match": "GET /users/{id}", "kind": "otherShape", "body": [1, null] })).await;
    assert_eq!(ana(&tenant).await.json(), json!([1, null]));
    let me = json!({ "match": "PATCH /users/{id}", "kind": "otherShape", "body": { "id": 7 } });
    tenant.order(me).await;
    let told = send(&tenant, "PATCH", ANA, r#"{"usageLocation":"US"}"#).await;
    assert_eq!((told.status(), told.json()), (200, json!({ "id": 7 })), "in place of an answer without a body");
    assert_eq!(tenant.ledger().await.len(), 1);
}

#[tokio::test]
async fn a_content_type_can_be_wrong_or_missing_above_the_same_bytes() {
    let fault = |kind: &str| json!({ "match": "GET /users/{id}", "kind": "contentType", "contentType": kind });
    let (whole, wrong, _tenant) = both(fault("text/plain")).await;
    assert_eq!((wrong.header("content-type"), &wrong.body), (Some("text/plain"), &whole.body));
    let (whole, none, _tenant) = both(fault("")).await;
    assert_eq!((none.header("content-type"), &none.body), (None, &whole.body));
}

#[tokio::test]
async fn a_redirect_does_nothing_and_names_its_place() {
    let tenant = Tenant::start().await;
    let to = "https://elsewhere.example/v1.0/users";
    tenant.order(json!({ "match": "assignLicense", "kind": "redirect", "to": to })).await;
    let sent_on = assign(&tenant).await;
    assert_eq!((sent_on.status(), sent_on.header("location")), (307, Some(to)));
    assert_eq!(tenant.ledger().await.len(), 0);
}

#[tokio::test]
async fn a_list_can_go_on_at_itself_or_elsewhere_and_one_person_cannot() {
    let tenant = Tenant::start().await;
    let path = "/v1.0/users?$select=id&$top=2";
    for (to, expected) in
        [("itself", format!("http://{}{path}", tenant.address)), ("//elsewhere", "//elsewhere".to_owned())]
    {
        tenant.order(json!({ "match": "GET /users", "kind": "nextLink", "to": to })).await;
        let page = send(&tenant, "GET", path, "").await.json();
        assert_eq!(page["@odata.nextLink"], expected);
        assert_eq!(page["value"].as_array().unwrap().len(), 2);
    }
    tenant.order(json!({ "match": "GET /users/{id}", "kind": "nextLink", "to": "itself" })).await;
    assert_eq!(ana(&tenant).await.json().get("@odata.nextLink"), None);
}

#[tokio::test]
async fn unknown_words_stand_where_words_of_a_list_stand_and_nowhere_else() {
    let tenant = Tenant::start().await;
    let path = "/v1.0/users/eva@northwind.example?$select=displayName,userType,licenseAssignmentStates";
    tenant.order(json!({ "match": "/", "kind": "unknownEnum", "times": 2 })).await;
    let eva = send(&tenant, "GET", path, "").await.json();
    assert_eq!((&eva["userType"], &eva["displayName"]), (&json!("unknownFutureValue"), &json!("Eva Novotná")));
    let state = &eva["licenseAssignmentStates"][0];
    assert_eq!((&state["state"], &state["skuId"]), (&json!("unknownFutureValue"), &json!(sku("SPE_E3"))));
    let stock = send(&tenant, "GET", "/v1.0/subscribedSkus", "").await.json();
    assert_eq!(stock["value"][0]["capabilityStatus"], "unknownFutureValue");
    assert!(stock["value"][0]["consumedUnits"].is_u64());
}

#[tokio::test]
async fn a_cut_call_leaves_not_one_byte() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "cut", "when": "after" })).await;
    let cut = assign(&tenant).await;
    assert_eq!((cut.head.as_str(), cut.body.len()), ("", 0));
    assert_eq!(tenant.ledger().await.len(), 1);
}

#[tokio::test]
async fn a_retry_after_is_sent_as_it_was_ordered() {
    let tenant = Tenant::start().await;
    let values = [json!(30), json!("Tue, 24 Nov 2026 10:01:00 GMT"), json!("99999999999999999999"), json!(-5)];
    for value in values {
        tenant.order(json!({ "match": "users", "kind": "status", "status": 429, "retryAfter": value })).await;
        let throttled = ana(&tenant).await;
        let sent = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!((throttled.status(), throttled.header("retry-after")), (429, Some(&*sent)));
    }
    tenant.order(json!({ "match": "users", "kind": "status", "status": 429 })).await;
    assert_eq!(ana(&tenant).await.header("retry-after"), None);
}

#[tokio::test]
async fn the_same_happens_to_one_answer_inside_a_batch() {
    let tenant = Tenant::start().await;
    let both = json!([
        { "id": "1", "method": "GET", "url": "/users/ana@northwind.example?$select=id" },
        { "id": "2", "method": "GET", "url": "/users?$select=id&$top=2" },
    ]);
    let answer = |responses: &Value| responses.as_array().unwrap().iter().find(|one| one["id"] == "2").unwrap().clone();
    let own = format!("http://{}/v1.0/users?$select=id&$top=2", tenant.address);
    for (fault, member, expected) in [
        (json!({ "match": "GET /users", "kind": "nextLink", "to": "itself" }), "/body/@odata.nextLink", json!(own)),
        (json!({ "match": "GET /users", "kind": "otherShape" }), "/body", json!({ "value": {} })),
        (
            json!({ "match": "GET /users", "kind": "contentType", "contentType": "text/xml" }),
            "/headers/Content-Type",
            json!("text/xml"),
        ),
        (
            json!({ "match": "GET /users", "kind": "html", "status": 403 }),
            "/headers/Content-Type",
            json!("text/html; charset=utf-8"),
        ),
        (json!({ "match": "GET /users", "kind": "html", "status": 403 }), "/status", json!(403)),
    ] {
        tenant.order(fault.clone()).await;
        let body = tenant.batch(both.clone()).await.ok();
        assert_eq!(answer(&body["responses"]).pointer(member), Some(&expected), "{fault}");
    }
    tenant.order(json!({ "match": "GET /users", "kind": "truncated" })).await;
    let batch = send(&tenant, "POST", "/v1.0/$batch", &json!({ "requests": both }).to_string()).await;
    assert!(batch.status() == 200 && batch.body.len() < batch.length(), "bytes are those of the whole batch");
}
