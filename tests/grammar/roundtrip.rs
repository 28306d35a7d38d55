//! A command as text is the same command again.

use licensebot::domain::command::{
    AppText, Apps, Assign, Command, ProductText, Reason, Swap, Unassign, Verb, Who, WhyTarget,
};
use licensebot::domain::grammar::{parse, parse_known};
use licensebot::domain::ids::RequestId;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::known;

/// Words as people write them, and words that look like parts of the grammar.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zåäöÅÄÖ0-9_.+-]{1,12}",
        "[A-Za-z0-9]{1,6}( [A-Za-z0-9]{1,6}){1,4}",
        "\\PC{1,20}",
        prop::sample::select(vec![
            "to",
            "--reason",
            "—off",
            "me",
            "@ana",
            "<at>x</at>",
            "a,b",
            "1,000",
            "R-7K2M9QX4",
            "\"",
            "'",
            "”x“",
            "a=b",
            "E3",
            "E5",
            "Power BI",
            "Power BI Pro",
            "help",
            "license",
            "<@42>",
            ",",
            "-",
            "->",
        ])
        .prop_map(str::to_owned),
    ]
}

fn product() -> impl Strategy<Value = ProductText> {
    text().prop_filter_map("no product", |text| ProductText::try_new(&text).ok())
}

fn reason() -> impl Strategy<Value = Reason> {
    text().prop_filter_map("no reason", |text| Reason::try_new(&text).ok())
}

fn who() -> impl Strategy<Value = Who> {
    let one = |who: &Who| match who {
        Who::Me => true,
        Who::Named(name) => {
            !["everyone", "here", "channel"].iter().any(|all| name.eq_ignore_ascii_case(all))
                && !name.split(',').skip(1).any(|more| more.trim_start().starts_with('@'))
                && !["<@&", "<#", "<!"].iter().any(|mark| name.starts_with(mark))
        }
    };
    text().prop_filter_map("no person", move |text| Who::try_new(&text).ok().filter(one))
}

fn request() -> impl Strategy<Value = RequestId> {
    any::<[u8; 5]>().prop_map(RequestId::from_random)
}

fn distinct<T: ToString>(items: Vec<T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    items.into_iter().filter(|item| seen.insert(item.to_string().to_lowercase())).collect()
}

fn apps() -> impl Strategy<Value = Vec<AppText>> {
    vec(text().prop_filter_map("no app", |text| AppText::try_new(&text).ok()), 0..4).prop_map(distinct)
}

fn products() -> impl Strategy<Value = Vec<ProductText>> {
    vec(product(), 1..5).prop_map(distinct)
}

fn same(one: &impl ToString, other: &impl ToString) -> bool {
    one.to_string().to_lowercase() == other.to_string().to_lowercase()
}

fn switching() -> impl Strategy<Value = Command> {
    let parts = (who(), product(), apps(), apps(), option::of(reason()));
    parts.prop_filter_map("nothing to switch", |(who, product, on, off, reason)| {
        let off: Vec<AppText> = off.into_iter().filter(|app| !on.iter().any(|other| same(other, app))).collect();
        let some = !(on.is_empty() && off.is_empty());
        some.then_some(Command::Apps(Apps { who, product, on, off, reason }))
    })
}

fn command() -> impl Strategy<Value = Command> {
    let assign = (who(), products(), apps(), option::of(reason()))
        .prop_map(|(who, products, apps_off, reason)| Command::Assign(Assign { who, products, apps_off, reason }));
    let unassign = (who(), products(), option::of(reason()))
        .prop_map(|(who, products, reason)| Command::Unassign(Unassign { who, products, reason }));
    let swap = (who(), product(), product(), option::of(reason()))
        .prop_filter("the same product", |(_, from, to, _)| !same(from, to))
        .prop_map(|(who, from, to, reason)| Command::Swap(Swap { who, from, to, reason }));
    prop_oneof![
        assign,
        unassign,
        swap,
        switching(),
        option::of(who()).prop_map(|who| Command::Status { who }),
        product().prop_map(|product| Command::WhoHolds { product }),
        option::of(product()).prop_map(|product| Command::Stock { product }),
        Just(Command::Requests),
        request().prop_map(Command::ShowRequest),
        request().prop_map(Command::Approve),
        (request(), reason()).prop_map(|(request, reason)| Command::Deny { request, reason }),
        request().prop_map(Command::Cancel),
        request().prop_map(|request| Command::Why(WhyTarget::Request(request))),
        (who(), product()).prop_map(|(who, product)| Command::Why(WhyTarget::Change { who, product })),
        option::of(prop::sample::select(Verb::ALL.to_vec())).prop_map(|verb| Command::Help { verb }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_command_survives_being_typed(command in command()) {
        let line = command.to_text();
        prop_assert_eq!(parse(&line), Ok(command.clone()), "{}", line);
        prop_assert_eq!(parse_known(&line, &known()), Ok(command), "with a catalog: {}", line);
    }

    #[test]
    fn a_command_survives_being_stored(command in command()) {
        let json = serde_json::to_string(&command).unwrap();
        prop_assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
    }
}

#[test]
fn the_canonical_line_is_what_one_would_teach() {
    for (typed, canonical) in [
        ("assign ana e5 'power bi pro'", "/license assign @ana e5, \"power bi pro\""),
        ("ASSIGN mig E5 --reason it's \"urgent\"", "/license assign me E5 --reason \"it's \"\"urgent\"\"\""),
        ("swap \"Eva Berg\" E3 to E5", "/license swap \"Eva Berg\" E3 E5"),
        ("apps <@42> E3 --off Sway Teams", "/license apps <@42> E3 --off Sway, Teams"),
        ("why r-7k2m9qx4", "/license why R-7K2M9QX4"),
        ("help", "/license help"),
    ] {
        assert_eq!(parse(typed).unwrap().to_text(), canonical);
    }
}
