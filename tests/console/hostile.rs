//! Calls that are wrong, or meant ill: a clear answer, nothing lost, nothing fallen over.

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::door::{Reply, Show, draft, everyone, id, saying};
use super::room::{Room, texts};

#[tokio::test]
async fn what_people_type_comes_back_as_they_typed_it() {
    let room = Room::open().await;
    let deep = "a\u{301}".repeat(2_000);
    let lines = [
        "<script>alert(1)</script> & <b>bold</b>",
        "{ $at } { console-refused }",
        "'; DROP TABLE message; --",
        "nul\0nul",
        "\u{202e}gro.elpmaxe\u{202c} \u{200f}עברית",
        "👩‍👩‍👧‍👦 ﷽ zalgo: h̸̡̪̯e̵̢ļ̷l̵o",
        "@everyone @here",
        "line one\nline two\r\nline three",
        "data: {}\n\nevent: message",
        "\u{feff}bom \u{2028}separator\u{2029}",
        deep.as_str(),
    ];
    let mut listener = room.listens("as=megan", &[]).await;
    for line in lines {
        let answer = room.types(json!({ "as": "ana", "text": line })).await;
        assert_eq!(texts(&answer), [line]);
        assert_eq!(texts(&listener.hears().await.unwrap().1), [line]);
    }
    assert_eq!(texts(&room.sees("as=bo").await), lines);
}

#[tokio::test]
async fn a_long_line_reaches_the_application_and_a_longer_one_is_refused() {
    let room = Room::open().await;
    room.will(Reply::Say(saying("refused-title")));
    let long = format!("/license {}", "ä".repeat(5_991));
    assert_eq!(room.types(json!({ "as": "ana", "text": long })).await.len(), 2);
    let (status, body) =
        room.post("/api/demo/messages", json!({ "as": "ana", "text": format!("{long}x") }).to_string()).await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (400, &json!("too_long")));
    let swedish = json!({ "as": "ana", "text": format!("{long}x"), "locale": "sv" }).to_string();
    let (_, body) = room.post("/api/demo/messages", swedish).await;
    assert_eq!(body["error"]["message"], "Ett meddelande har högst 6000 tecken. Korta det och skicka det igen.");
}

#[tokio::test]
async fn malformed_calls_are_refused_whole() {
    let room = Room::open().await;
    room.shows(Show::Post(100, everyone(), draft())).await;
    let confirm = "confirm-abababababab";
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let table: Vec<(&str, String)> = vec![
        ("messages", String::new()),
        ("messages", "null".into()),
        ("messages", "[]".into()),
        ("messages", "\"text\"".into()),
        ("messages", "{".into()),
        ("messages", "{\"as\":\"ana\",\"text\":\"hi\"} trailing".into()),
        ("messages", nested),
        ("messages", "{\"as\":\"ana\",\"as\":\"bo\",\"text\":\"hi\"}".into()),
        ("messages", json!({ "text": "hi" }).to_string()),
        ("messages", json!({ "as": "ana" }).to_string()),
        ("messages", json!({ "as": 1, "text": "hi" }).to_string()),
        ("messages", json!({ "as": "ana", "text": 1 }).to_string()),
        ("messages", json!({ "as": "ana", "text": null }).to_string()),
        ("messages", json!({ "as": "ana", "text": ["hi"] }).to_string()),
        ("messages", json!({ "as": "ana", "text": "hi", "place": "everywhere" }).to_string()),
        ("messages", json!({ "as": "ana", "text": "hi", "place": 1 }).to_string()),
        ("messages", json!({ "as": "ana", "text": "hi", "locale": "fr" }).to_string()),
        ("messages", json!({ "as": "ana", "text": "hi", "locale": {} }).to_string()),
        ("actions", "{}".into()),
        ("actions", json!({ "as": "ana", "message": id(100) }).to_string()),
        ("actions", json!({ "as": "ana", "action": confirm }).to_string()),
        ("actions", json!({ "as": "ana", "message": 100, "action": confirm }).to_string()),
        ("actions", json!({ "as": "ana", "message": id(100), "action": confirm, "inputs": [] }).to_string()),
        (
            "actions",
            json!({ "as": "ana", "message": id(100), "action": confirm, "inputs": { "reason": 1 } }).to_string(),
        ),
        ("actions", json!({ "as": "ana", "message": id(100), "action": confirm, "inputs": { "x": "y" } }).to_string()),
        ("actions", json!({ "as": "ana", "message": id(100), "action": confirm, "locale": "klingon" }).to_string()),
        ("clock", "{}".into()),
        ("clock", json!({ "advance": 20 }).to_string()),
    ];
    for (path, body) in table {
        let (status, answer) = room.post(&format!("/api/demo/{path}"), body.clone()).await;
        let shown: String = body.chars().take(80).collect();
        assert_eq!((status.as_u16(), &answer["error"]["code"]), (400, &json!("malformed")), "{path}: {shown}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.starts_with("This call is malformed: ") && message.ends_with('.'), "{message}");
    }
    let invalid_utf8 = b"{\"as\":\"ana\",\"text\":\"\xff\"}".to_vec();
    assert_eq!(room.post("/api/demo/messages", invalid_utf8).await.0.as_u16(), 400);
    assert!(room.door.heard().is_empty());
    assert_eq!(room.sees("as=ana").await.len(), 1, "nothing was said");
}

#[tokio::test]
async fn a_call_that_is_too_large_is_not_read() {
    let room = Room::open().await;
    let body = json!({ "as": "ana", "text": "x".repeat(300 * 1024) }).to_string();
    let (status, answer) = room.post("/api/demo/messages", body).await;
    assert_eq!((status.as_u16(), &answer["error"]["code"]), (413, &json!("too_large")));
    assert_eq!(answer["error"]["message"], "This call is too large. Send less than 256 KiB.");
}

#[tokio::test]
async fn an_address_that_is_too_long_is_not_read() {
    let room = Room::open().await;
    let text = "x".repeat(60_000);
    let (status, answer) = room.get(&format!("/api/demo/complete?as=ana&text={text}")).await;
    let message = "This address is too long. Send less than 32 KiB.";
    assert_eq!((status.as_u16(), answer), (414, json!({ "error": { "code": "too_large", "message": message } })));
    let endless =
        format!("GET /api/demo/complete?as=ana&text={} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(100_000));
    assert!(raw(&room, &endless).await.starts_with("HTTP/1.1 414 "), "so long that it is not even parsed");
    // The longest text that the bot reads fits, however it is written.
    room.will(Reply::Complete(licensebot::app::Completion::default()));
    let longest = "%F0%9F%91%A9".repeat(2_000);
    assert_eq!(room.get(&format!("/api/demo/complete?as=ana&text={longest}")).await.0.as_u16(), 200);
}

/// What comes back for bytes that no client would send.
async fn raw(room: &Room, bytes: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(room.address().trim_start_matches("http://")).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = [0; 13];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8(answer.to_vec()).unwrap()
}

#[tokio::test]
async fn a_body_is_json_and_says_so() {
    let room = Room::open().await;
    let body = json!({ "as": "ana", "text": "hello" }).to_string();
    for kind in ["application/x-www-form-urlencoded", "text/plain", "text/json", "multipart/form-data", "", "json"] {
        for path in ["messages", "actions", "clock"] {
            let path = format!("/api/demo/{path}");
            let sent = body.clone().into_bytes();
            let response = room.send(Method::POST, &path, &[("content-type", kind)], sent).await;
            assert_eq!(response.status().as_u16(), 400, "{kind} {path}");
            let answer: Value = response.json().await.unwrap();
            let message =
                "This call is malformed: the header “Content-Type” must be “application/json”. See docs/demo-api.md.";
            assert_eq!(answer, json!({ "error": { "code": "malformed", "message": message } }), "{kind} {path}");
        }
    }
    assert!(room.sees("as=ana").await.is_empty());
    for kind in ["application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json"] {
        let sent = body.clone().into_bytes();
        let response = room.send(Method::POST, "/api/demo/messages", &[("content-type", kind)], sent).await;
        assert_eq!(response.status().as_u16(), 200, "{kind}");
    }
}

#[tokio::test]
async fn a_field_that_nobody_knows_is_named() {
    let room = Room::open().await;
    let long = format!("\u{7}{}", "n".repeat(100));
    let table = [
        ("messages", json!({ "as": "ana", "text": "hi", "plaec": "direct" }), "plaec"),
        ("messages", json!({ "As": "ana", "as": "ana", "text": "hi" }), "As"),
        ("messages", json!({ "as": "ana", "text": "hi", long: 1 }), "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"),
        ("actions", json!({ "as": "ana", "message": "x", "action": "y", "input": {} }), "input"),
        ("clock", json!({ "advance": "20m", "as": "ana" }), "as"),
    ];
    for (path, body, field) in table {
        let (status, answer) = room.post(&format!("/api/demo/{path}"), body.to_string()).await;
        let message = format!("This call is malformed: “{field}” is no field of this call. See docs/demo-api.md.");
        let error = json!({ "error": { "code": "malformed", "message": message } });
        assert_eq!((status.as_u16(), answer), (400, error), "{body}");
    }
    let swedish = json!({ "as": "ana", "text": "hi", "locale": "sv", "plats": 1 });
    let (_, answer) = room.post("/api/demo/messages", swedish.to_string()).await;
    assert_eq!(
        answer["error"]["message"],
        "Anropet är felaktigt: ”plats” är inget fält i det här anropet. Se docs/demo-api.md."
    );
    assert!(room.sees("as=ana").await.is_empty());
}

#[tokio::test]
async fn unknown_people_places_and_methods_are_said_so() {
    let room = Room::open().await;
    let table: [(Method, &str, Value, u16, &str); 8] = [
        (Method::POST, "/api/demo/messages", json!({ "as": "nobody", "text": "hi" }), 404, "unknown_person"),
        (Method::POST, "/api/demo/messages", json!({ "as": "", "text": "hi" }), 404, "unknown_person"),
        (Method::GET, "/api/demo/messages?as=nobody", Value::Null, 404, "unknown_person"),
        (Method::GET, "/api/demo/messages", Value::Null, 400, "malformed"),
        (Method::GET, "/api/demo/complete?as=nobody&text=x", Value::Null, 404, "unknown_person"),
        (Method::GET, "/api/demo/nothing", Value::Null, 404, "unknown_path"),
        (Method::GET, "/assets/../../Cargo.toml", Value::Null, 404, "unknown_path"),
        (Method::DELETE, "/api/demo/messages", Value::Null, 405, "wrong_method"),
    ];
    for (method, path, body, status, code) in table {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let response = room.send(method, path, &[], body).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["error"]["code"], code, "{path}");
    }
}

#[tokio::test]
async fn pages_from_elsewhere_get_nothing() {
    let room = Room::open().await;
    let foreign: [&[(&str, &str)]; 8] = [
        &[("host", "evil.example")],
        &[("host", "localhost.evil.example")],
        &[("host", "10.0.0.1")],
        &[("host", "127.0.0.1@evil.example")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://localhost.evil.example")],
        &[("host", "localhost"), ("host", "evil.example")],
    ];
    for headers in foreign {
        for path in ["/", "/assets/app.js", "/api/demo/people", "/api/demo/events?as=ana", "/nothing"] {
            let response = room.send(Method::GET, path, headers, Vec::new()).await;
            assert!(matches!(response.status().as_u16(), 400 | 403), "{headers:?} {path}: {}", response.status());
        }
        let hello = json!({ "as": "ana", "text": "hello" }).to_string().into_bytes();
        let response = room.send(Method::POST, "/api/demo/messages", headers, hello).await;
        assert!(matches!(response.status().as_u16(), 400 | 403), "{headers:?}");
    }
    assert!(room.sees("as=ana").await.is_empty());
    for local in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"] {
        let response = room.send(Method::GET, "/api/demo/people", &[("host", local)], Vec::new()).await;
        assert_eq!(response.status().as_u16(), 200, "{local}");
    }
    let ours: &[(&str, &str)] = &[("host", "localhost:8080"), ("origin", "http://localhost:8080")];
    assert_eq!(room.send(Method::GET, "/api/demo/people", ours, Vec::new()).await.status().as_u16(), 200);
}
