//! Where secret and token go: to one host each, and into no text.

use std::process::Command;
use std::sync::Arc;

use jiff::SignedDuration;
use licensebot::domain::ids::PersonId;
use licensebot::domain::request::CallId;
use licensebot::ports::{Licensing, PortError};
use serde_json::json;

use super::support::{
    BO, OK, SECRET, Server, World, client, clock, impatient, page, raw, refusal, reply, settings, token,
};

/// Set in the process of its own that tells everything it can.
const TELL: &str = "LICENSEBOT_TEST_TELL";

/// The log belongs to a whole process, and other tests run in this one: so the telling is done in another.
#[test]
fn neither_secret_nor_token_is_in_any_log_error_or_debug_text() {
    if std::env::var_os(TELL).is_some() {
        return tell_everything();
    }
    let this = "graph::secrets::neither_secret_nor_token_is_in_any_log_error_or_debug_text";
    let mut other = Command::new(std::env::current_exe().unwrap());
    let told = other.args(["--exact", this, "--nocapture"]).env(TELL, "yes").output().unwrap();
    let told = String::from_utf8([told.stdout, told.stderr].concat()).unwrap();
    for expected in ["1 passed", "graph call", "graph write", "trying again", "AADSTS7000215", "[REDACTED]"] {
        assert!(told.contains(expected), "{expected} was not told: {told}");
    }
    assert!(!told.contains("canary"), "{told}");
}

#[tokio::main(flavor = "current_thread")]
async fn tell_everything() {
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).init();
    let world = World::new().await;
    world
        .server
        .sign_in(token("canary-token", 3600))
        .answer(raw(503, "text/html", "canary-token"))
        .answer(reply(OK, &page(&[])))
        .answer(refusal(400, "Request_BadRequest", "no"))
        .answer(refusal(401, "InvalidAuthenticationToken", "canary-token"))
        .sign_in(reply(401, &json!({ "error": SECRET, "error_description": SECRET, "error_codes": [7_000_215] })));
    let stock = world.client.stock().await;
    let person: PersonId = BO.parse().unwrap();
    let write = world.client.set_usage_location(person, "SE".parse().unwrap(), CallId(person.0)).await;
    world.clock.advance(SignedDuration::from_mins(2));
    let failure = world.client.stock().await;
    world.server.assert_all_told();
    let settings = settings(world.server.address(), impatient());
    tracing::info!(?stock, ?write, ?failure, client = ?world.client, ?settings, "everything");
}

#[tokio::test]
async fn no_redirect_takes_the_token_elsewhere() {
    let (world, elsewhere) = (World::new().await, Server::start().await);
    for status in [301, 302, 303, 307, 308] {
        world.server.answer(raw(status, "text/html", "").with("location", &format!("{}/v1.0/x", elsewhere.address())));
        let error = world.client.stock().await.unwrap_err();
        assert!(matches!(&error, PortError::Lasting { what } if what.contains("redirect")), "{error:?}");
    }
    assert_eq!(elsewhere.received().len(), 0);
    assert_eq!(world.server.calls().len(), 5, "nor does it count as a try");
}

#[tokio::test]
async fn no_redirect_takes_the_secret_elsewhere() {
    let (world, elsewhere) = (World::new().await, Server::start().await);
    world.server.sign_in(raw(307, "text/html", "").with("location", &format!("{}/login", elsewhere.address())));
    let error = world.client.stock().await.unwrap_err();
    assert!(matches!(&error, PortError::Lasting { what } if what.contains("login_url")), "{error:?}");
    assert_eq!(elsewhere.received().len(), 0);
}

#[tokio::test]
async fn no_link_takes_the_token_elsewhere() {
    let (world, elsewhere) = (World::new().await, Server::start().await);
    let port = |address: &str| address.rsplit_once(':').unwrap().1.to_owned();
    let own_port = port(world.server.address());
    let links = [
        format!("{}/v1.0/subscribedSkus?$skiptoken=1", elsewhere.address()),
        format!("http://127.0.0.1.nip.io:{own_port}/v1.0/subscribedSkus"),
        format!("http://127.0.0.1:{own_port}@{}/v1.0/x", elsewhere.address().replace("http://", "")),
        format!("http://user@127.0.0.1:{own_port}/v1.0/subscribedSkus"),
        format!("https://127.0.0.1:{own_port}/v1.0/subscribedSkus"),
        format!("{}/login/steal", world.server.address()),
        "file:///etc/passwd".to_owned(),
        "/v1.0/subscribedSkus".to_owned(),
        "%".to_owned(),
    ];
    for link in &links {
        world.server.answer(reply(OK, &json!({ "value": [], "@odata.nextLink": link })));
        let error = world.client.stock().await.unwrap_err();
        assert_eq!(error.to_string(), "could not read the stock: Graph's next page lies elsewhere", "{link}");
    }
    assert_eq!(elsewhere.received().len(), 0);
    assert_eq!(world.server.calls().len(), links.len());
}

#[tokio::test]
async fn a_link_to_graph_itself_is_followed_as_it_is() {
    let world = World::new().await;
    let link = format!("{}/v1.0/subscribedSkus?$skiptoken=a%2Fb", world.server.address());
    world.server.answer(reply(OK, &json!({ "value": [], "@odata.nextLink": link }))).answer(reply(OK, &page(&[])));
    assert!(world.client.stock().await.is_ok());
    assert_eq!(world.server.calls()[1].target, "/v1.0/subscribedSkus?$skiptoken=a%2Fb");
}

#[tokio::test]
async fn an_address_that_would_take_the_secret_in_the_clear_is_refused_before_anything_is_sent() {
    let world = World::new().await;
    let mut open = settings(world.server.address(), impatient());
    open.login_url = Some("http://login.example".into());
    let clock: Arc<dyn licensebot::ports::Clock> = clock();
    let random = licensebot::adapters::graph::GraphClient::new(&open, clock, Arc::new(Nothing));
    assert_eq!(
        random.unwrap_err().to_string(),
        "`login_url` must begin with https://: only an address of this machine may do without"
    );
    assert!(!client(&settings(world.server.address(), impatient()), super::support::clock()).is_microsoft());
}

#[derive(Debug)]
struct Nothing;

impl licensebot::ports::Random for Nothing {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}
