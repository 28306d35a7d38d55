//! The page and its parts.

use std::collections::BTreeSet;

use reqwest::Method;

use super::room::Room;

async fn text(room: &Room, path: &str) -> (String, String) {
    let response = room.send(Method::GET, path, &[], Vec::new()).await;
    assert_eq!(response.status().as_u16(), 200, "{path}");
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    (kind, response.text().await.unwrap())
}

#[tokio::test]
async fn the_page_and_everything_it_names_is_served() {
    let room = Room::open().await;
    let (kind, page) = text(&room, "/").await;
    assert_eq!(kind, "text/html; charset=utf-8");
    let reference = regex::Regex::new(r#"(?:(?:src|href)="|from "\.|import "\.)(/[^"]+)""#).unwrap();
    let mut waiting: Vec<String> = reference.captures_iter(&page).map(|found| found[1].to_owned()).collect();
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        let path = if path.starts_with("/assets/") { path } else { format!("/assets{path}") };
        if !seen.insert(path.clone()) {
            continue;
        }
        let (kind, content) = text(&room, &path).await;
        let expected = match path.rsplit_once('.').unwrap().1 {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("{other}"),
        };
        assert_eq!(kind, expected, "{path}");
        if path.ends_with(".js") {
            waiting.extend(reference.captures_iter(&content).map(|found| found[1].to_owned()));
        }
    }
    assert!(seen.contains("/assets/api.js") && seen.contains("/assets/theme.css"), "{seen:?}");
}

#[tokio::test]
async fn nothing_from_elsewhere_can_run_in_it() {
    let room = Room::open().await;
    for path in ["/", "/assets/app.js", "/api/demo/people", "/api/demo/nothing"] {
        let response = room.send(Method::GET, path, &[], Vec::new()).await;
        let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
        assert_eq!(response.headers()["content-security-policy"], policy, "{path}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn a_browser_that_has_it_is_not_sent_it_again() {
    let room = Room::open().await;
    for path in ["/", "/assets/app.js"] {
        let first = room.send(Method::GET, path, &[], Vec::new()).await;
        assert_eq!(first.headers()["cache-control"], "no-cache");
        let tag = first.headers()["etag"].to_str().unwrap().to_owned();
        let again = room.send(Method::GET, path, &[("if-none-match", &tag)], Vec::new()).await;
        assert_eq!(again.status().as_u16(), 304);
        assert_eq!(again.text().await.unwrap(), "");
        let other = room.send(Method::GET, path, &[("if-none-match", "\"0000\"")], Vec::new()).await;
        assert_eq!(other.status().as_u16(), 200);
    }
    let answer = room.send(Method::GET, "/api/demo/people", &[], Vec::new()).await;
    assert_eq!(answer.headers()["cache-control"], "no-store");
}
