//! Who a typed name may mean: from a list that is minutes old, and a fresh look for whom it does not know.

use jiff::SignedDuration;
use licensebot::domain::person::Person;
use licensebot::ports::{Directory, PortError};
use serde_json::{Value, json};

use super::support::{ACCOUNT_FIELDS, BO, MEGAN, OK, World, account, changed, error, page, refusal, reply};

const MINUTES: SignedDuration = SignedDuration::from_mins(1);

fn names(people: Result<Vec<Person>, PortError>) -> Vec<String> {
    people.unwrap().into_iter().map(|person| person.display_name).collect()
}

fn company() -> Value {
    page(&[account(BO, "Bo"), changed(account(MEGAN, "Megan"), &json!({ "displayName": "Megan Bowen" }))])
}

/// A world whose list of people was read.
async fn warm() -> World {
    let world = World::new().await;
    world.server.answer(reply(OK, &page(&[]))).answer(reply(OK, &company()));
    // The stock and the list are read side by side; told apart by reading one before the other.
    licensebot::ports::Licensing::stock(&*world.client).await.unwrap();
    world.client.warm().await.unwrap();
    assert_eq!(world.server.calls()[1].target, format!("/v1.0/users?$select={ACCOUNT_FIELDS}&$top=999"));
    world
}

fn calls(world: &World) -> usize {
    world.server.calls().len() - 2
}

#[tokio::test]
async fn names_are_found_and_completed_without_a_call() {
    let world = warm().await;
    assert_eq!(names(world.client.find("BO").await), ["Bo"]);
    assert_eq!(names(world.client.find("@megan").await), ["Megan Bowen"]);
    assert_eq!(names(world.client.find("megan bowen").await), ["Megan Bowen"]);
    assert_eq!(names(world.client.find("megan@northwind.example").await), ["Megan Bowen"]);
    assert_eq!(names(world.client.find(&MEGAN.to_uppercase()).await), ["Megan Bowen"]);
    assert_eq!(names(world.client.similar("bo", 9).await), ["Bo", "Megan Bowen"]);
    assert_eq!(names(world.client.similar("bo", 1).await), ["Bo"]);
    assert_eq!(names(world.client.similar("meegan", 9).await), ["Megan Bowen"], "nothing begins so");
    assert_eq!(names(world.client.similar("", 9).await).len(), 2);
    assert_eq!(calls(&world), 0);
}

#[tokio::test]
async fn somebody_new_is_looked_for_afresh() {
    let world = warm().await;
    let new = || account("2f74ac2d-07b0-40e8-ba85-8f1ca792763d", "Ana");
    let id = "2f74ac2d-07b0-40e8-ba85-8f1ca792763d";
    world.server.answer(reply(OK, &new())).answer(reply(OK, &new())).answer(reply(OK, &page(&[new()])));
    assert_eq!(names(world.client.find(id).await), ["Ana"]);
    assert_eq!(names(world.client.find("gus_x.example#EXT#@northwind.example").await), ["Ana"]);
    assert_eq!(names(world.client.find("o'ana").await), ["Ana"]);
    let targets: Vec<String> = world.server.calls().into_iter().skip(2).map(|call| call.target).collect();
    let select = format!("$select={ACCOUNT_FIELDS}");
    assert_eq!(
        targets,
        [
            format!("/v1.0/users/{id}?{select}"),
            format!("/v1.0/users/gus_x.example%23EXT%23%40northwind.example?{select}"),
            format!("/v1.0/users?$filter=mailNickname%20eq%20%27o%27%27ana%27&{select}&$top=999"),
        ]
    );
}

#[tokio::test]
async fn nobody_is_found_where_graph_knows_nobody() {
    let world = warm().await;
    world.server.answer(reply(404, &error("Request_ResourceNotFound", ""))).answer(reply(OK, &page(&[])));
    assert_eq!(names(world.client.find("nobody@northwind.example").await), [""; 0]);
    assert_eq!(names(world.client.find("nobody").await), [""; 0]);
    assert_eq!(calls(&world), 2);
}

#[tokio::test]
async fn what_can_be_no_name_is_no_call() {
    let world = warm().await;
    for typed in ["", " ", "@", "Nobody At All", "../groups", "$batch@x", "a/b@c", "x?$expand=y", &"a".repeat(1000)] {
        assert_eq!(names(world.client.find(typed).await), [""; 0], "{typed}");
    }
    assert_eq!(calls(&world), 0);
}

#[tokio::test]
async fn a_fresh_look_that_fails_is_an_error_and_not_nobody() {
    let world = warm().await;
    world.server.answer(refusal(403, "Authorization_RequestDenied", ""));
    assert!(matches!(world.client.find("nobody").await, Err(PortError::Lasting { .. })));
}

#[tokio::test]
async fn an_old_list_is_read_anew_while_it_is_still_used() {
    let world = warm().await;
    world.clock.advance(MINUTES * 9);
    assert_eq!(names(world.client.similar("bo", 1).await), ["Bo"]);
    assert_eq!(calls(&world), 0);
    world.clock.advance(MINUTES);
    world.server.answer(reply(OK, &page(&[account(MEGAN, "Boel")])));
    assert_eq!(names(world.client.similar("bo", 1).await), ["Bo"], "at once, from the old one");
    while names(world.client.similar("bo", 1).await) == ["Bo"] {
        tokio::task::yield_now().await;
    }
    assert_eq!(names(world.client.similar("bo", 9).await), ["Boel"]);
    assert_eq!(calls(&world), 1);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_anew_is_used_for_an_hour_and_graph_is_left_alone() {
    let world = warm().await;
    let denied = || refusal(403, "Authorization_RequestDenied", "");
    world.server.answer(denied()).answer(denied()).answer(denied());
    world.clock.advance(MINUTES * 11);
    // Either the reading is under way, or it has failed a moment ago: no other begins.
    for _ in 0..20 {
        assert_eq!(names(world.client.similar("bo", 1).await), ["Bo"]);
        tokio::task::yield_now().await;
    }
    // The sign-in, the stock, the list, and the list again.
    world.server.arrival_of(4).await;
    assert_eq!(calls(&world), 1);
    world.clock.advance(MINUTES);
    while calls(&world) < 2 {
        assert_eq!(names(world.client.similar("bo", 1).await), ["Bo"]);
        tokio::task::yield_now().await;
    }
    world.clock.advance(MINUTES * 48);
    assert!(matches!(world.client.similar("bo", 1).await, Err(PortError::Lasting { .. })), "an hour old");
}

#[tokio::test]
async fn many_who_ask_at_once_share_one_reading() {
    let world = World::new().await;
    world.server.answer(reply(OK, &company()));
    let found = futures_util::future::join_all((0..20).map(|_| world.client.find("bo"))).await;
    assert!(found.into_iter().all(|found| names(found) == ["Bo"]));
    assert_eq!((world.server.calls().len(), world.server.sign_ins().len()), (1, 1));
}

#[tokio::test]
async fn one_odd_account_hides_nobody_else() {
    let world = World::new().await;
    let odd = changed(account(MEGAN, "Megan"), &json!({ "accountEnabled": null }));
    world.server.answer(reply(OK, &page(&[odd.clone(), account(BO, "Bo")])));
    assert_eq!(names(world.client.similar("", 9).await), ["Bo"]);

    let world = World::new().await;
    world.server.answer(reply(OK, &page(&[odd])));
    let error = world.client.similar("", 9).await.unwrap_err();
    assert!(matches!(&error, PortError::Lasting { what } if what.contains("User.Read.All")), "{error:?}");
}

#[tokio::test]
async fn a_list_comes_from_all_pages_or_not_at_all() {
    let world = World::new().await;
    let link = format!("{}/v1.0/users?$skiptoken=2", world.server.address());
    let first = || reply(OK, &changed(page(&[account(BO, "Bo")]), &json!({ "@odata.nextLink": link })));
    world.server.answer(first()).answer(refusal(403, "Authorization_RequestDenied", ""));
    assert!(world.client.similar("bo", 1).await.is_err());
    world.server.answer(first()).answer(reply(OK, &page(&[account(MEGAN, "Megan")])));
    assert_eq!(names(world.client.similar("meg", 1).await), ["Megan"]);
    assert_eq!(world.server.calls()[3].target, "/v1.0/users?$skiptoken=2");
}
