//! Short names for products: the two that everyone uses, and the operator's own, which win. Never guesses a target: a
//! nickname for no product at all is refused when the configuration is read.

use std::collections::BTreeMap;

use super::fold;
use super::table::products;
use crate::domain::ids::SkuId;

/// What people mean by these where nobody has said otherwise.
const SHIPPED: [(&str, &str); 2] = [("E3", "SPE_E3"), ("E5", "SPE_E5")];

/// Nicknames and the products they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nicknames {
    by_folded: BTreeMap<String, Nickname>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Nickname {
    written: String,
    skus: Vec<SkuId>,
}

/// A nickname of the configuration that can not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NicknameError {
    /// It holds no letter and no digit.
    #[error("the nickname `{0}` has no letter or digit, so nobody could type it; give it a name")]
    Empty(String),
    /// Two nicknames differ only in case, accents or punctuation.
    #[error("the nickname `{0}` is given twice; keep one")]
    Twice(String),
    /// A part number comes first when names are resolved, so the nickname would never be reached.
    #[error("the nickname `{0}` is the part number of a product, which always comes first; choose another")]
    PartNumber(String),
    /// What it should stand for is neither a GUID nor a part number of Microsoft's table.
    #[error(
        "the nickname `{nickname}` stands for `{target}`, which is no part number; write a part number such as SPE_E5, or the product's GUID"
    )]
    UnknownProduct {
        /// The nickname as written.
        nickname: String,
        /// Its target as written.
        target: String,
    },
}

impl Default for Nicknames {
    fn default() -> Self {
        let mut shipped = Self { by_folded: BTreeMap::new() };
        for (nickname, part_number) in SHIPPED {
            shipped.put(nickname, target(part_number));
        }
        shipped
    }
}

impl Nicknames {
    /// The shipped nicknames and the operator's, as pairs of nickname and part number or GUID.
    ///
    /// # Errors
    ///
    /// Every pair that can not be used, in order.
    pub fn with<N, T>(operator: impl IntoIterator<Item = (N, T)>) -> Result<Self, Vec<NicknameError>>
    where
        N: AsRef<str>,
        T: AsRef<str>,
    {
        let mut own = Self { by_folded: BTreeMap::new() };
        let mut errors = Vec::new();
        for (nickname, target) in operator {
            errors.extend(own.put_checked(nickname.as_ref(), target.as_ref()).err());
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut all = Self::default();
        all.by_folded.extend(own.by_folded);
        Ok(all)
    }

    fn put_checked(&mut self, nickname: &str, text: &str) -> Result<(), NicknameError> {
        let folded = fold::name(nickname);
        if folded.is_empty() {
            return Err(NicknameError::Empty(nickname.to_owned()));
        }
        if self.by_folded.contains_key(&folded) {
            return Err(NicknameError::Twice(nickname.to_owned()));
        }
        if products().by_part_number(&fold::part_number(nickname)).is_some() {
            return Err(NicknameError::PartNumber(nickname.to_owned()));
        }
        let skus = target(text);
        if skus.is_empty() {
            return Err(NicknameError::UnknownProduct { nickname: nickname.to_owned(), target: text.to_owned() });
        }
        self.put(nickname, skus);
        Ok(())
    }

    fn put(&mut self, nickname: &str, skus: Vec<SkuId>) {
        self.by_folded.insert(fold::name(nickname), Nickname { written: nickname.trim().to_owned(), skus });
    }

    /// The products that a folded text is a nickname of; empty when it is none.
    pub(super) fn find(&self, folded: &str) -> &[SkuId] {
        self.by_folded.get(folded).map_or(&[], |nickname| &nickname.skus)
    }

    /// Folded nicknames and their products.
    pub(super) fn folded(&self) -> impl Iterator<Item = (&str, &[SkuId])> {
        self.by_folded.iter().map(|(folded, nickname)| (folded.as_str(), nickname.skus.as_slice()))
    }

    /// Every nickname as written, with its products.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[SkuId])> {
        self.by_folded.values().map(|nickname| (nickname.written.as_str(), nickname.skus.as_slice()))
    }
}

/// The products that a GUID or part number names. A GUID is taken as it is: tenants own products newer than the table.
fn target(text: &str) -> Vec<SkuId> {
    let text = fold::part_number(text);
    match text.parse() {
        Ok(sku) => vec![sku],
        Err(_) => products().with_part_number(&text).map(|product| product.sku).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sku(part_number: &str) -> SkuId {
        products().by_part_number(part_number).unwrap().sku
    }

    #[test]
    fn two_nicknames_are_shipped() {
        let nicknames = Nicknames::default();
        let shipped: Vec<_> = nicknames.iter().collect();
        assert_eq!(shipped, [("E3", [sku("SPE_E3")].as_slice()), ("E5", [sku("SPE_E5")].as_slice())]);
    }

    #[test]
    fn the_operators_nicknames_come_on_top_and_win() {
        let guid = "00000000-0000-4000-8000-000000000001";
        let nicknames = Nicknames::with([("e5", "enterprisepremium"), ("Pilot", guid)]).unwrap();
        assert_eq!(nicknames.find("e5"), [sku("ENTERPRISEPREMIUM")]);
        assert_eq!(nicknames.find("e3"), [sku("SPE_E3")]);
        assert_eq!(nicknames.find("pilot"), [guid.parse().unwrap()]);
        assert_eq!(nicknames.find("E5"), [], "callers fold first");
    }

    #[test]
    fn every_unusable_nickname_is_named_with_what_to_do() {
        let pairs = [
            ("--", "SPE_E5"),
            ("BI", "POWER_BI_PRO"),
            ("bi ", "POWER_BI_STANDARD"),
            ("ems", "EMSPREMIUM"),
            ("X", "E5"),
        ];
        let errors: Vec<_> = Nicknames::with(pairs).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(
            errors,
            [
                "the nickname `--` has no letter or digit, so nobody could type it; give it a name",
                "the nickname `bi ` is given twice; keep one",
                "the nickname `ems` is the part number of a product, which always comes first; choose another",
                "the nickname `X` stands for `E5`, which is no part number; write a part number such as SPE_E5, or the product's GUID",
            ]
        );
    }
}
