//! Faults as people order them, in JSON or TOML: every key that is missing, impossible or of no effect is refused in a
//! sentence that names it.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

use super::{Fault, FaultKind, When};
use crate::domain::catalog;
use crate::domain::ids::SkuId;
use crate::sandbox::damage::{Damage, NextLink};
use crate::sandbox::duration;

/// Faults to come, as a file orders them.
#[derive(Clone, Debug, Default)]
pub struct FaultOrders(Vec<Fault>);

/// Why a file of faults cannot be used: one sentence that names the place, and the key where there is one.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FaultOrdersError(String);

impl FaultOrders {
    /// Reads the text of a file: TOML, a `[[faults]]` for each.
    ///
    /// # Errors
    /// It is no TOML, or an order in it makes no sense.
    pub fn parse(text: &str) -> Result<Self, FaultOrdersError> {
        let file: File = toml::from_str(text).map_err(|error| FaultOrdersError(error.to_string().trim_end().into()))?;
        Fault::all(file.faults).map(Self).map_err(FaultOrdersError)
    }
}

impl From<FaultOrders> for Vec<Fault> {
    fn from(FaultOrders(faults): FaultOrders) -> Self {
        faults
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    faults: Vec<Value>,
}

impl Fault {
    /// Faults in their order; all of them, or none.
    ///
    /// # Errors
    /// A sentence that says which of them is wrong, and names the key.
    pub(in crate::sandbox) fn all(orders: Vec<Value>) -> Result<Vec<Self>, String> {
        let numbered = orders.into_iter().zip(1..);
        numbered.map(|(order, number)| Self::read(order).map_err(|why| format!("Fault {number}: {why}."))).collect()
    }

    fn read(order: Value) -> Result<Self, String> {
        let Value::Object(order) = order else { return Err("it is no table of keys".to_owned()) };
        let mut keys = Keys(order.clone());
        let matches = keys.text("match")?.filter(|matches| !matches.is_empty());
        let matches = matches.ok_or("`match` is missing: name a call or a part of its path")?;
        let name = keys.text("kind")?.ok_or("`kind` is missing")?;
        let times = keys.number("times")?.unwrap_or(1);
        if times == 0 {
            return Err("`times` counts from 1".to_owned());
        }
        let kind = kind(&name, &mut keys)?;
        keys.none_left(&name)?;
        Ok(Self { matches, kind, times, order })
    }
}

fn kind(name: &str, keys: &mut Keys) -> Result<FaultKind, String> {
    Ok(match name {
        "status" => {
            let status = keys.status(400)?.ok_or("`status` is missing")?;
            FaultKind::Status { when: keys.when()?, status, retry_after: keys.retry_after()? }
        }
        "html" => {
            let status = keys.status(200)?.unwrap_or(StatusCode::OK);
            if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
                return Err("`status` leaves no room for a page".to_owned());
            }
            FaultKind::Html { when: keys.when()?, status }
        }
        "redirect" => FaultKind::Redirect { to: keys.address("to")? },
        "cut" => FaultKind::Cut { when: keys.when()? },
        "hold" => FaultKind::Hold { when: keys.when()?, longest: keys.longest()? },
        "truncated" => FaultKind::Damage(Damage::Truncated),
        "halfJson" => FaultKind::Damage(Damage::HalfJson),
        "endless" => FaultKind::Damage(Damage::Endless),
        "brokenGzip" => FaultKind::Damage(Damage::BrokenGzip),
        "otherShape" => {
            FaultKind::Damage(Damage::OtherShape(keys.0.remove("body").unwrap_or_else(|| json!({ "value": {} }))))
        }
        "contentType" => FaultKind::Damage(Damage::ContentType(keys.header("contentType")?)),
        "nextLink" => FaultKind::Damage(Damage::NextLink(keys.next_link()?)),
        "unknownEnum" => FaultKind::Damage(Damage::UnknownEnum),
        "stale" => FaultKind::Stale { time: keys.time()? },
        "tokenLife" => FaultKind::TokenLife { seconds: keys.token_life()? },
        "seatsTaken" => FaultKind::SeatsTaken { sku: keys.product()?, seats: keys.seats()? },
        other => return Err(format!("`kind` knows no '{other}'")),
    })
}

/// What is left of an order.
struct Keys(Map<String, Value>);

/// Every key that some kind has.
const KEYS: [&str; 10] =
    ["when", "status", "retryAfter", "until", "for", "body", "contentType", "to", "product", "seats"];

impl Keys {
    fn text(&mut self, key: &str) -> Result<Option<String>, String> {
        match self.0.remove(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("`{key}` must be a text")),
        }
    }

    fn number(&mut self, key: &str) -> Result<Option<u32>, String> {
        let number = |value: Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
        let wrong = || format!("`{key}` must be a whole number");
        self.0.remove(key).map(|value| number(value).ok_or_else(wrong)).transpose()
    }

    fn when(&mut self) -> Result<When, String> {
        match self.text("when")?.as_deref() {
            None | Some("before") => Ok(When::Before),
            Some("after") => Ok(When::After),
            Some(_) => Err("`when` is before or after".to_owned()),
        }
    }

    fn status(&mut self, least: u16) -> Result<Option<StatusCode>, String> {
        let Some(number) = self.number("status")? else { return Ok(None) };
        let status = u16::try_from(number).ok().filter(|status| *status >= least);
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        status.map(Some).ok_or_else(|| format!("`status` must be {least} to 999"))
    }

    /// Anything that can stand in the header: seconds, a date, and what no server should send.
    fn retry_after(&mut self) -> Result<Option<HeaderValue>, String> {
        if let Some(seconds) = self.0.get("retryAfter").and_then(Value::as_i64) {
            self.0.remove("retryAfter");
            return Ok(Some(HeaderValue::from(seconds)));
        }
        let header = |text: String| HeaderValue::try_from(text).map_err(|_| "`retryAfter` cannot stand in a header");
        Ok(self.text("retryAfter")?.map(header).transpose()?)
    }

    fn header(&mut self, key: &str) -> Result<Option<HeaderValue>, String> {
        let text = self.text(key)?.ok_or_else(|| format!("`{key}` is missing; an empty one leaves the header out"))?;
        let header = HeaderValue::try_from(text).map_err(|_| format!("`{key}` cannot stand in a header"))?;
        Ok(Some(header).filter(|header| !header.is_empty()))
    }

    fn longest(&mut self) -> Result<Option<Duration>, String> {
        match (self.text("until")?.as_deref(), self.0.contains_key("for")) {
            (Some("release") | None, false) => Ok(None),
            (None, true) => {
                let time = Duration::try_from(self.time()?);
                Ok(Some(time.map_err(|_| "`for` must lie ahead")?))
            }
            (Some("release"), true) => Err("`for` and `until` say two things: keep one of them".to_owned()),
            (Some(_), _) => Err("`until` is release, or is left out".to_owned()),
        }
    }

    fn time(&mut self) -> Result<jiff::SignedDuration, String> {
        let text = self.text("for")?.ok_or("`for` is missing: say how long, such as 30s")?;
        let time = duration::read(&text).filter(|time| time.is_positive());
        time.ok_or_else(|| "`for` is a count and a unit, such as 250ms, 30s or 5m, and more than nothing".to_owned())
    }

    fn token_life(&mut self) -> Result<u32, String> {
        let seconds = self.time()?.as_secs();
        let whole = u32::try_from(seconds).ok().filter(|seconds| *seconds > 0);
        whole.ok_or_else(|| "`for` must be a second at least: tokens live in whole seconds".to_owned())
    }

    fn address(&mut self, key: &str) -> Result<HeaderValue, String> {
        let text = self.text(key)?.ok_or_else(|| format!("`{key}` is missing: say whereto"))?;
        let address = Url::parse(&text).ok().and_then(|url| HeaderValue::try_from(url.as_str()).ok());
        address.ok_or_else(|| format!("`{key}` must be a whole address, such as https://elsewhere.example/"))
    }

    fn next_link(&mut self) -> Result<NextLink, String> {
        let text = self.text("to")?.ok_or("`to` is missing: itself, or an address")?;
        Ok(if text == "itself" { NextLink::Itself } else { NextLink::To(text) })
    }

    fn product(&mut self) -> Result<SkuId, String> {
        let text = self.text("product")?.ok_or("`product` is missing: a part number such as SPE_E5, or an id")?;
        let known = catalog::products().by_part_number(&text).map(|product| product.sku);
        known.or_else(|| text.parse().ok()).ok_or_else(|| "`product` is no part number and no id".to_owned())
    }

    fn seats(&mut self) -> Result<u32, String> {
        match self.number("seats")? {
            Some(0) => Err("`seats` counts from 1".to_owned()),
            seats => Ok(seats.unwrap_or(1)),
        }
    }

    fn none_left(&self, kind: &str) -> Result<(), String> {
        let Some(key) = self.0.keys().next() else { return Ok(()) };
        let known = KEYS.contains(&key.as_str());
        Err(if known { format!("`{key}` says nothing for the kind '{kind}'") } else { format!("`{key}` is no key") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(order: Value) -> String {
        Fault::all(vec![order]).unwrap_err()
    }

    #[test]
    fn an_order_that_makes_no_sense_is_refused_in_a_sentence_that_names_the_key() {
        let cases = [
            (json!({ "kind": "cut" }), "`match` is missing: name a call or a part of its path"),
            (json!({ "match": "", "kind": "cut" }), "`match` is missing: name a call or a part of its path"),
            (json!({ "match": "x" }), "`kind` is missing"),
            (json!({ "match": "x", "kind": "explode" }), "`kind` knows no 'explode'"),
            (json!({ "match": 7, "kind": "cut" }), "`match` must be a text"),
            (json!({ "match": "x", "kind": "cut", "times": 0 }), "`times` counts from 1"),
            (json!({ "match": "x", "kind": "cut", "times": -1 }), "`times` must be a whole number"),
            (json!({ "match": "x", "kind": "cut", "status": 500 }), "`status` says nothing for the kind 'cut'"),
            (json!({ "match": "x", "kind": "cut", "sorry": 1 }), "`sorry` is no key"),
            (json!({ "match": "x", "kind": "status" }), "`status` is missing"),
            (json!({ "match": "x", "kind": "status", "status": 200 }), "`status` must be 400 to 999"),
            (json!({ "match": "x", "kind": "html", "status": 100 }), "`status` must be 200 to 999"),
            (json!({ "match": "x", "kind": "html", "status": 204 }), "`status` leaves no room for a page"),
            (
                json!({ "match": "x", "kind": "status", "status": 429, "retryAfter": "a\nb" }),
                "`retryAfter` cannot stand in a header",
            ),
            (json!({ "match": "x", "kind": "cut", "when": "never" }), "`when` is before or after"),
            (
                json!({ "match": "x", "kind": "stale", "for": "1s", "when": "after" }),
                "`when` says nothing for the kind 'stale'",
            ),
            (json!({ "match": "x", "kind": "stale" }), "`for` is missing: say how long, such as 30s"),
            (
                json!({ "match": "x", "kind": "stale", "for": "0s" }),
                "`for` is a count and a unit, such as 250ms, 30s or 5m, and more than nothing",
            ),
            (
                json!({ "match": "x", "kind": "hold", "for": "1s", "until": "release" }),
                "`for` and `until` say two things: keep one of them",
            ),
            (json!({ "match": "x", "kind": "hold", "until": "noon" }), "`until` is release, or is left out"),
            (
                json!({ "match": "x", "kind": "tokenLife", "for": "10ms" }),
                "`for` must be a second at least: tokens live in whole seconds",
            ),
            (json!({ "match": "x", "kind": "nextLink" }), "`to` is missing: itself, or an address"),
            (
                json!({ "match": "x", "kind": "redirect", "to": "/x" }),
                "`to` must be a whole address, such as https://elsewhere.example/",
            ),
            (
                json!({ "match": "x", "kind": "contentType" }),
                "`contentType` is missing; an empty one leaves the header out",
            ),
            (
                json!({ "match": "x", "kind": "seatsTaken" }),
                "`product` is missing: a part number such as SPE_E5, or an id",
            ),
            (json!({ "match": "x", "kind": "seatsTaken", "product": "E5" }), "`product` is no part number and no id"),
            (json!({ "match": "x", "kind": "seatsTaken", "product": "SPE_E5", "seats": 0 }), "`seats` counts from 1"),
            (json!("cut"), "it is no table of keys"),
        ];
        for (order, why) in cases {
            assert_eq!(refused(order.clone()), format!("Fault 1: {why}."), "{order}");
        }
    }

    #[test]
    fn a_retry_after_may_be_whatever_fits_into_a_header() {
        for value in
            [json!(7), json!(-7), json!("-7"), json!("Tue, 24 Nov 2026 10:01:00 GMT"), json!("99999999999999999999")]
        {
            let order = json!({ "match": "x", "kind": "status", "status": 429, "retryAfter": value });
            let fault = Fault::all(vec![order]).unwrap().remove(0);
            let FaultKind::Status { retry_after: Some(header), .. } = fault.kind else { panic!("{value}") };
            assert_eq!(header.to_str().unwrap(), value.to_string().trim_matches('"'));
        }
    }

    #[test]
    fn a_file_holds_the_same_orders_and_says_where_it_is_wrong() {
        let file = "[[faults]]\nmatch = \"assignLicense\"\nkind = \"status\"\nstatus = 504\nwhen = \"after\"\n\n\
                    [[faults]]\nmatch = \"token\"\nkind = \"tokenLife\"\nfor = \"1s\"\n";
        let FaultOrders(faults) = FaultOrders::parse(file).unwrap();
        let kinds: Vec<_> = faults.into_iter().map(|fault| fault.kind).collect();
        let status = FaultKind::Status { when: When::After, status: StatusCode::GATEWAY_TIMEOUT, retry_after: None };
        assert_eq!(kinds, [status, FaultKind::TokenLife { seconds: 1 }]);
        assert_eq!(FaultOrders::parse("").unwrap().0, []);
        let wrong = |text: &str| FaultOrders::parse(text).unwrap_err().to_string();
        let second = file.replace("for = \"1s\"", "");
        assert_eq!(wrong(&second), "Fault 2: `for` is missing: say how long, such as 30s.");
        assert!(wrong("[[fault]]\n").contains("unknown field `fault`"));
        assert!(wrong("[[faults]\n").contains("line 1"));
    }

    #[test]
    fn the_documentation_orders_what_can_be_ordered() {
        let page = include_str!("../../../docs/sandbox.md");
        let indented: String =
            page.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| format!("{line}\n")).collect();
        let (_, from_faults) = indented.split_once("[[faults]]").unwrap();
        let toml = format!("[[faults]]{}", from_faults.split_once("\nlicensebot").unwrap().0);
        assert_eq!(FaultOrders::parse(&toml).unwrap().0.len(), 2);
        let (_, orders) = indented.split_once("[{\"match\"").unwrap();
        let json = format!("[{{\"match\"{}}}]", orders.split_once("}]").unwrap().0);
        assert_eq!(Fault::all(serde_json::from_str(&json).unwrap()).unwrap().len(), 3);
    }
}
