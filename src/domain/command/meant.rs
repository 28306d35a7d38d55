//! The same command with one word made exact: what a choice between several meanings stands for. Never resolves a word itself.

use super::{Apps, Assign, Command, ProductText, Swap, Unassign, Who, WhyTarget};

impl Command {
    /// The same command about this person. Commands about nobody stay as they are.
    #[must_use]
    pub fn about(&self, person: &str) -> Self {
        let who = Who::Named(person.to_owned());
        match self.clone() {
            Self::Assign(command) => Self::Assign(Assign { who, ..command }),
            Self::Unassign(command) => Self::Unassign(Unassign { who, ..command }),
            Self::Swap(command) => Self::Swap(Swap { who, ..command }),
            Self::Apps(command) => Self::Apps(Apps { who, ..command }),
            Self::Status { .. } => Self::Status { who: Some(who) },
            Self::Why(WhyTarget::Change { product, .. }) => Self::Why(WhyTarget::Change { who, product }),
            other => other,
        }
    }

    /// The person's name with the first product's word taken into it, and the command about that person, if products are left.
    #[must_use]
    pub fn with_longer_name(&self) -> Option<(String, Self)> {
        let longer = |who: &Who, products: &[ProductText]| match (who, products) {
            (Who::Named(first), [last, rest @ ..]) if !rest.is_empty() => {
                Some((format!("{first} {last}"), rest.to_vec()))
            }
            _ => None,
        };
        let (name, command) = match self.clone() {
            Self::Assign(command) => {
                let (name, products) = longer(&command.who, &command.products)?;
                (name, Self::Assign(Assign { products, ..command }))
            }
            Self::Unassign(command) => {
                let (name, products) = longer(&command.who, &command.products)?;
                (name, Self::Unassign(Unassign { products, ..command }))
            }
            _ => return None,
        };
        let command = command.about(&name);
        Some((name, command))
    }

    /// The same command with the product that `typed` was meant to be, wherever it stands.
    #[must_use]
    pub fn meaning(&self, typed: &ProductText, chosen: &str) -> Self {
        let Ok(chosen) = ProductText::try_new(chosen) else { return self.clone() };
        let exact = |product: ProductText| if product == *typed { chosen.clone() } else { product };
        let all = |products: Vec<ProductText>| products.into_iter().map(exact).collect();
        match self.clone() {
            Self::Assign(command) => Self::Assign(Assign { products: all(command.products), ..command }),
            Self::Unassign(command) => Self::Unassign(Unassign { products: all(command.products), ..command }),
            Self::Swap(command) => Self::Swap(Swap { from: exact(command.from), to: exact(command.to), ..command }),
            Self::Apps(command) => Self::Apps(Apps { product: exact(command.product), ..command }),
            Self::WhoHolds { product } => Self::WhoHolds { product: exact(product) },
            Self::Stock { product } => Self::Stock { product: product.map(exact) },
            Self::Why(WhyTarget::Change { who, product }) => {
                Self::Why(WhyTarget::Change { who, product: exact(product) })
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::command::ProductText;
    use crate::domain::grammar::parse;

    fn check(text: &str, person: &str, typed: &str, chosen: &str, expected: &str) {
        let command = parse(text).unwrap().about(person);
        let typed = ProductText::try_new(typed).unwrap();
        assert_eq!(command.meaning(&typed, chosen).to_text(), parse(expected).unwrap().to_text());
    }

    #[test]
    fn a_name_of_two_words_takes_the_first_product_in() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let longer = parse(text).unwrap().with_longer_name().map(|(name, command)| (name, command.to_text()));
            assert_eq!(longer, expected.map(|(name, text)| (name.to_owned(), text.to_owned())), "{text}");
        };
        check("assign Ana Silva E5 --reason x", Some(("Ana Silva", "/license assign \"Ana Silva\" E5 --reason \"x\"")));
        check("unassign Ana Silva E5 E3", Some(("Ana Silva", "/license unassign \"Ana Silva\" E5, E3")));
        check("assign ana E5", None);
        check("assign me Silva E5", None);
        check("swap ana E3 E5", None);
    }

    #[test]
    fn one_word_becomes_exact_and_everything_else_stays() {
        check(
            "assign @ana E5 Visio --reason x",
            "ana@x.example",
            "Visio",
            "VISIOCLIENT",
            "assign ana@x.example E5 VISIOCLIENT --reason x",
        );
        check("swap @ana E3 E5", "ana@x.example", "E3", "SPE_E3", "swap ana@x.example SPE_E3 E5");
        check("apps me E3 --on Teams", "ana@x.example", "E3", "SPE_E3", "apps ana@x.example SPE_E3 --on Teams");
        check("who E5", "ana@x.example", "E5", "SPE_E5", "who SPE_E5");
        check("why @ana E5", "ana@x.example", "E5", "SPE_E5", "why ana@x.example SPE_E5");
        check("requests", "ana@x.example", "E5", "SPE_E5", "requests");
    }
}
