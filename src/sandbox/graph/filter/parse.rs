//! The grammar of `$filter`, by recursive descent. Errors are places: Graph reports nothing else.

use serde_json::Value;

use super::Filter;

type Parsed<T> = Result<T, usize>;

/// Nesting beyond this is no one's honest filter.
const DEEPEST: usize = 50;

/// And so are more conditions than this. A chain of them is a tree as deep as it is long, and walked to its end.
const MOST: usize = 100;

pub(super) fn filter(text: &str) -> Parsed<Filter> {
    let mut reader = Reader { text, place: 0, depth: 0, conditions: 0 };
    let filter = reader.either()?;
    reader.skip_spaces();
    if reader.rest().is_empty() { Ok(filter) } else { Err(reader.place) }
}

struct Reader<'a> {
    text: &'a str,
    place: usize,
    depth: usize,
    conditions: usize,
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
        let eaten = self.name().is_ok_and(|name| name == word);
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
        match name {
            "not" => self.negated(),
            "startsWith" | "startswith" => self.function(Filter::StartsWith),
            "endsWith" | "endswith" => self.function(Filter::EndsWith),
            "assignedLicenses" if self.eat("/any(") => self.any_license(),
            _ => self.comparison(name, start),
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
        let name = self.name()?.to_owned();
        self.need(",")?;
        let at = self.place;
        let Value::String(text) = self.literal()? else { return Err(at) };
        self.need(")")?;
        Ok(make(name, text))
    }

    /// Behind `assignedLicenses/any(`: `x:x/skuId eq {guid})`.
    fn any_license(&mut self) -> Parsed<Filter> {
        let variable = self.name()?;
        self.need(":")?;
        let at = self.place;
        if self.name()? != variable {
            return Err(at);
        }
        self.need("/skuId")?;
        if !self.eat_word("eq") {
            return Err(self.place);
        }
        let at = self.place;
        let sku = self.guid().ok_or(at)?;
        self.need(")")?;
        Ok(Filter::Holds(sku))
    }

    fn guid(&mut self) -> Option<uuid::Uuid> {
        self.skip_spaces();
        let guid = self.rest().get(..36)?.parse().ok()?;
        self.place += 36;
        Some(guid)
    }

    fn comparison(&mut self, name: &str, start: usize) -> Parsed<Filter> {
        let name = name.to_owned();
        if self.eat_word("eq") {
            Ok(Filter::Equal(name, self.literal()?))
        } else if self.eat_word("ne") {
            Ok(Filter::NotEqual(name, self.literal()?))
        } else if self.eat_word("in") {
            Ok(Filter::In(name, self.literals()?))
        } else {
            Err(start)
        }
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

    /// A quoted text (a quote inside is doubled), `true`, `false` or `null`.
    fn literal(&mut self) -> Parsed<Value> {
        if self.eat("'") {
            return self.quoted();
        }
        let start = self.place;
        match self.name()? {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" => Ok(Value::Null),
            _ => Err(start),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn equal(name: &str, text: &str) -> Filter {
        Filter::Equal(name.into(), text.into())
    }

    #[test]
    fn what_clients_send_is_understood() {
        assert_eq!(filter("displayName eq 'O''Connor'"), Ok(equal("displayName", "O'Connor")));
        assert_eq!(filter("startsWith(mail, 'ana')"), Ok(Filter::StartsWith("mail".into(), "ana".into())));
        let sku = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
        let holds = filter(&format!("assignedLicenses/any(s:s/skuId eq {sku})"));
        assert_eq!(holds, Ok(Filter::Holds(sku.parse().unwrap())));
        let values = vec![Value::from("a"), Value::from("b")];
        assert_eq!(filter("id in ('a', 'b')"), Ok(Filter::In("id".into(), values)));
        assert_eq!(filter("mail eq null"), Ok(Filter::Equal("mail".into(), Value::Null)));
    }

    #[test]
    fn and_binds_closer_than_or() {
        let (a, b, c) = (equal("a", "1"), equal("b", "2"), equal("c", "3"));
        let both = Filter::And(Box::new(b), Box::new(c));
        assert_eq!(filter("a eq '1' or b eq '2' and c eq '3'"), Ok(Filter::Or(Box::new(a), Box::new(both))));
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
