//! The grammar of `$filter`, by recursive descent. Errors are places: Graph reports nothing else.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::{Comparison, Filter};
use crate::sandbox::graph::user::instant;

type Parsed<T> = Result<T, usize>;

/// Nesting beyond this is no one's honest filter.
const DEEPEST: usize = 50;

/// And so are more conditions than this. A chain of them is a tree as deep as it is long, and walked to its end.
const MOST: usize = 100;

/// What is no text but a GUID; in quotes it is none.
const GUIDS: &[&str] = &["skuId", "servicePlanId"];

pub(super) fn filter(text: &str) -> Parsed<Filter> {
    let mut reader = Reader { text, place: 0, depth: 0, conditions: 0, variable: None };
    let filter = reader.either()?;
    reader.skip_spaces();
    if reader.rest().is_empty() { Ok(filter) } else { Err(reader.place) }
}

struct Reader<'a> {
    text: &'a str,
    place: usize,
    depth: usize,
    conditions: usize,
    /// Inside `any(x:…)`: the `x`.
    variable: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn skip_spaces(&mut self) {
        self.place += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_spaces();
        let eaten = self.rest().starts_with(token);
        if eaten {
            self.place += token.len();
        }
        eaten
    }

    fn need(&mut self, token: &str) -> Parsed<()> {
        if self.eat(token) { Ok(()) } else { Err(self.place) }
    }

    /// A word that stands alone, such as `and`.
    fn eat_word(&mut self, word: &str) -> bool {
        let before = self.place;
        let eaten = self.name().is_ok_and(|name| name.eq_ignore_ascii_case(word));
        if !eaten {
            self.place = before;
        }
        eaten
    }

    fn name(&mut self) -> Parsed<&'a str> {
        self.skip_spaces();
        let rest = self.rest();
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
        let name = rest.get(..end).filter(|name| !name.is_empty()).ok_or(self.place)?;
        self.place += end;
        Ok(name)
    }

    fn either(&mut self) -> Parsed<Filter> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.place);
        }
        let mut left = self.both()?;
        while self.eat_word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.both()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn both(&mut self) -> Parsed<Filter> {
        let mut left = self.one()?;
        while self.eat_word("and") {
            left = Filter::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> Parsed<Filter> {
        if self.eat("(") {
            let inner = self.either()?;
            self.need(")")?;
            return Ok(inner);
        }
        let start = self.place;
        self.conditions += 1;
        if self.conditions > MOST {
            return Err(start);
        }
        let name = self.name()?;
        match name.to_ascii_lowercase().as_str() {
            "not" => self.negated(),
            "startswith" => self.function(Filter::StartsWith),
            "endswith" => self.function(Filter::EndsWith),
            _ => self.condition(name, start),
        }
    }

    fn negated(&mut self) -> Parsed<Filter> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.place);
        }
        let inner = self.one()?;
        self.depth -= 1;
        Ok(Filter::Not(Box::new(inner)))
    }

    fn function(&mut self, make: impl FnOnce(String, String) -> Filter) -> Parsed<Filter> {
        self.need("(")?;
        let start = self.place;
        let name = self.name()?;
        let name = self.operand(name, start)?;
        self.need(",")?;
        let at = self.place;
        let Value::String(text) = self.literal()? else { return Err(at) };
        self.need(")")?;
        Ok(make(name, text))
    }

    /// What a name stands for: a property, or inside `any` the element or a property of it.
    fn operand(&mut self, name: &str, start: usize) -> Parsed<String> {
        match self.variable {
            None => return Ok(name.to_owned()),
            Some(variable) if variable != name => return Err(start),
            Some(_) => {}
        }
        if self.eat("/") { Ok(self.name()?.to_owned()) } else { Ok(String::new()) }
    }

    fn condition(&mut self, name: &str, start: usize) -> Parsed<Filter> {
        let name = self.operand(name, start)?;
        if self.variable.is_none() && self.eat("/any") {
            return self.any(name);
        }
        if self.variable.is_none() && self.eat("/$count") {
            let comparison = self.comparison().ok_or(self.place)?;
            let at = self.place;
            let number = self.literal()?.as_u64().ok_or(at)?;
            return Ok(Filter::Count(name, comparison, number));
        }
        if self.eat_word("in") {
            return Ok(Filter::In(name, self.literals()?));
        }
        let comparison = self.comparison().ok_or(start)?;
        self.skip_spaces();
        let at = self.place;
        let value = self.literal()?;
        let quoted = self.text.get(at..).is_some_and(|rest| rest.starts_with('\''));
        if quoted && GUIDS.contains(&name.as_str()) {
            return Err(at);
        }
        Ok(Filter::Compare(name, comparison, value))
    }

    /// Behind `…/any`: `(x:x/skuId eq {guid})`.
    fn any(&mut self, name: String) -> Parsed<Filter> {
        self.need("(")?;
        self.variable = Some(self.name()?);
        self.need(":")?;
        let inner = self.either()?;
        self.need(")")?;
        self.variable = None;
        Ok(Filter::Any(name, Box::new(inner)))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        use Comparison::{AtLeast, AtMost, Equal, NotEqual, Strict};
        let known = [("eq", Equal), ("ne", NotEqual), ("ge", AtLeast), ("le", AtMost), ("gt", Strict), ("lt", Strict)];
        known.into_iter().find_map(|(word, comparison)| self.eat_word(word).then_some(comparison))
    }

    fn literals(&mut self) -> Parsed<Vec<Value>> {
        self.need("(")?;
        let mut values = vec![self.literal()?];
        while self.eat(",") {
            values.push(self.literal()?);
        }
        self.need(")")?;
        Ok(values)
    }

    /// A quoted text (a quote inside is doubled), or what stands bare: a word, a number, a GUID, an instant.
    fn literal(&mut self) -> Parsed<Value> {
        if self.eat("'") {
            return self.quoted();
        }
        let start = self.place;
        let part = |letter: char| letter.is_ascii_alphanumeric() || "-:.+".contains(letter);
        let end = self.rest().find(|letter| !part(letter)).unwrap_or(self.rest().len());
        let value = self.rest().get(..end).and_then(bare).ok_or(start)?;
        self.place += end;
        Ok(value)
    }

    fn quoted(&mut self) -> Parsed<Value> {
        let mut text = String::new();
        loop {
            let end = self.rest().find('\'').ok_or(self.place)?;
            text.push_str(self.rest().get(..end).unwrap_or_default());
            self.place += end + 1;
            if !self.rest().starts_with('\'') {
                return Ok(Value::String(text));
            }
            text.push('\'');
            self.place += 1;
        }
    }
}

/// A literal without quotes. Instants come out as Graph writes them, so that they compare as text.
fn bare(token: &str) -> Option<Value> {
    match token {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        "null" => Some(Value::Null),
        _ => None,
    }
    .or_else(|| token.parse::<u64>().ok().map(Value::from))
    .or_else(|| (token.len() == 36).then(|| token.parse::<Uuid>().ok()).flatten().map(|id| id.to_string().into()))
    .or_else(|| token.parse::<Timestamp>().ok().map(instant))
    .or_else(|| format!("{token}T00:00:00Z").parse::<Timestamp>().ok().map(instant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equal(name: &str, value: impl Into<Value>) -> Filter {
        Filter::Compare(name.into(), Comparison::Equal, value.into())
    }

    const SKU: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";

    #[test]
    fn what_clients_send_is_understood() {
        assert_eq!(filter("displayName eq 'O''Connor'"), Ok(equal("displayName", "O'Connor")));
        assert_eq!(filter("startsWith(mail, 'ana')"), Ok(Filter::StartsWith("mail".into(), "ana".into())));
        let values = vec![Value::from("a"), Value::from("b")];
        assert_eq!(filter("id in ('a', 'b')"), Ok(Filter::In("id".into(), values)));
        assert_eq!(filter("mail eq null"), Ok(equal("mail", Value::Null)));
        let none = Filter::Count("assignedLicenses".into(), Comparison::Equal, 0);
        assert_eq!(filter("assignedLicenses/$count eq 0"), Ok(none));
    }

    #[test]
    fn conditions_on_elements_name_the_element() {
        let holds = Filter::Any("assignedLicenses".into(), Box::new(equal("skuId", SKU)));
        assert_eq!(filter(&format!("assignedLicenses/any(s:s/skuId eq {SKU})")), Ok(holds.clone()));
        assert_eq!(filter(&format!("assignedLicenses/any (s:s/skuId eq {})", SKU.to_uppercase())), Ok(holds));
        let unified = Filter::Any("groupTypes".into(), Box::new(equal("", "Unified")));
        assert_eq!(filter("groupTypes/any(c:c eq 'Unified')"), Ok(unified));
        let smtp = Box::new(Filter::StartsWith(String::new(), "smtp:a".into()));
        assert_eq!(
            filter("proxyAddresses/any(p:startswith(p,'smtp:a'))"),
            Ok(Filter::Any("proxyAddresses".into(), smtp))
        );
        assert_eq!(filter(&format!("assignedLicenses/any(s:s/skuId eq '{SKU}')")), Err(34));
        assert!(filter(&format!("assignedLicenses/any(s:t/skuId eq {SKU})")).is_err());
        assert!(filter("groupTypes/any(c:c/any(d:d eq 'x'))").is_err());
    }

    #[test]
    fn instants_are_told_apart_from_numbers_and_days() {
        let at_least = |at: &str| Filter::Compare("createdDateTime".into(), Comparison::AtLeast, at.into());
        let noon = at_least("2026-01-05T11:00:00Z");
        assert_eq!(filter("createdDateTime ge 2026-01-05T12:00:00+01:00"), Ok(noon));
        assert_eq!(filter("createdDateTime ge 2026-01-05"), Ok(at_least("2026-01-05T00:00:00Z")));
        assert!(filter("createdDateTime ge 2026-13-05").is_err());
    }

    #[test]
    fn and_binds_closer_than_or_in_any_case() {
        let (a, b, c) = (equal("a", "1"), equal("b", "2"), equal("c", "3"));
        let both = Filter::And(Box::new(b), Box::new(c));
        assert_eq!(filter("a eq '1' OR b eq '2' and c eq '3'"), Ok(Filter::Or(Box::new(a), Box::new(both))));
    }

    #[test]
    fn what_is_no_filter_is_refused_at_its_place() {
        assert_eq!(filter(""), Err(0));
        assert_eq!(filter("displayName"), Err(0));
        assert_eq!(filter("displayName eq ana"), Err(15));
        assert_eq!(filter("displayName eq 'ana"), Err(16));
        assert_eq!(filter("displayName eq 'ana' x"), Err(21));
        assert!(filter(&"(".repeat(10_000)).is_err());
        assert!(filter(&"not ".repeat(10_000)).is_err());
        assert!(filter(&"a/any(x:".repeat(10_000)).is_err());
    }

    #[test]
    fn a_chain_too_long_to_walk_is_refused() {
        let chain = |length: usize, word: &str| filter(&vec!["a eq '1'"; length].join(word));
        for word in [" or ", " and "] {
            assert!(chain(MOST, word).is_ok());
            assert!(chain(100_000, word).is_err());
        }
    }
}
