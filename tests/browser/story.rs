//! The whole story with clicks, on the real program: asked for, confirmed, approved, done, proven.

use super::demo::Demo;
use super::screen::Screen;

/// The newest thing the bot said here that shows no request.
const LAST_ANSWER: &str = "#timeline .message:last-child .card:not([data-state])";

#[tokio::test(flavor = "multi_thread")]
async fn ana_asks_megan_approves_and_it_is_done() {
    let demo = Demo::start();
    let screen = Screen::open(demo.address(), 1280, 900).await;
    screen.becomes("ana").await;
    screen.says("/license assign @ana E5").await;
    let preflight = ".private [data-state=draft]";
    let words = screen.reads(preflight).await;
    for part in ["REHEARSAL", "assign Microsoft 365 E5 (SPE_E5)", "3 seats free of 14", "Megan Doyle must approve."] {
        assert!(words.contains(part), "{part} is not in:\n{words}");
    }
    screen.clicks(&format!("{preflight} [data-verb=confirm]")).await;
    screen.sees(".private [data-state=awaiting_approval]").await;
    let status = screen.reads(".message:not(.private) [data-state=awaiting_approval]").await;
    assert!(status.contains("Waiting for approval by Megan Doyle"), "{status}");
    assert_eq!(screen.count("[data-verb=approve]").await, 0, "nobody approves their own request");

    screen.becomes("megan").await;
    screen.sees("[data-waiting=megan]").await;
    screen.clicks("[data-testid=waiting]").await;
    screen.clicks("[data-state=awaiting_approval] [data-verb=approve]").await;
    screen.sees("[data-state=applied]").await;
    screen.loses("[data-verb=approve]").await;
    screen.loses("[data-waiting]").await;

    screen.becomes("ana").await;
    let outcome = screen.reads("[data-state=applied] .card-text").await;
    assert!(outcome.contains("Done, approved by Megan Doyle."), "{outcome}");
    screen.clicks("button[data-locale=sv]").await;
    screen.sees("html[lang=sv]").await;
    screen.says("status").await;
    let holds = screen.reads(LAST_ANSWER).await;
    for part in ["ÖVNING: Det här har du", "Microsoft 365 E5 (SPE_E5)", "tilldelad direkt"] {
        assert!(holds.contains(part), "{part} is not in:\n{holds}");
    }
    screen.goes_to("channel").await;
    let status = screen.reads(".message:not(.private) [data-state=applied]").await;
    assert!(status.contains("Klar, godkänd av Megan Doyle."), "{status}");

    let verified = demo.calls(&["audit", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
    screen.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_country_is_chosen_on_the_card_and_a_no_has_a_reason() {
    let demo = Demo::start();
    let screen = Screen::open(demo.address(), 1280, 900).await;
    screen.becomes("ana").await;
    screen.says("/license assign @lee E5").await;
    screen.clicks("[data-state=draft] [data-verb=confirm]").await;
    screen.sees(".private [data-state=awaiting_approval]").await;
    screen.says("/license assign me Copilot").await;
    screen.clicks("[data-state=draft] [data-verb=confirm]").await;
    screen.loses("[data-state=draft]").await;

    screen.becomes("megan").await;
    screen.goes_to("direct").await;
    let lee = ".message:has([data-input=usage_location])";
    screen.clicks(&format!("{lee} [data-verb=approve]")).await;
    screen.sees("[data-input=usage_location][aria-invalid=true]").await;
    screen.chooses("[data-input=usage_location]", "SE").await;
    screen.clicks(&format!("{lee} [data-verb=approve]")).await;
    screen.sees("[data-state=applied]").await;

    screen.clicks("[data-state=awaiting_approval] [data-verb=deny]").await;
    screen.sees("[data-input=reason]").await.send_keys("Not before the summer").await.unwrap();
    screen.clicks("[data-form] [data-submit]").await;
    screen.sees("[data-state=denied]").await;

    screen.becomes("ana").await;
    screen.goes_to("direct").await;
    let no = screen.reads("[data-state=denied]").await;
    assert!(no.contains("Not before the summer"), "{no}");
    screen.becomes("lee").await;
    let yes = screen.reads("[data-state=applied]").await;
    assert!(yes.contains("Ana Silva asks, for Lee Park"), "{yes}");
    screen.closes().await;
}
