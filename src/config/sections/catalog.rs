//! `[catalog]`: the company's own names for products, and what products cost.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::config::section::Section;
use crate::config::value::{Read, Value, Wrong, number, pairs, text, wrong};
use crate::domain::catalog::{Nicknames, products};
use crate::domain::ids::SkuId;

/// The highest price a month that makes sense, in minor units.
const DEAREST: i64 = 1_000_000_000;

/// What the section says, as far as it could be read.
#[derive(Debug)]
pub(in crate::config) struct CatalogSection {
    pub(in crate::config) nicknames: Option<Nicknames>,
    pub(in crate::config) prices: Option<BTreeMap<SkuId, i64>>,
    pub(in crate::config) currency: Option<Option<String>>,
}

impl CatalogSection {
    pub(super) fn read(file: &mut Section<'_, '_, '_>) -> Self {
        let mut section = file.optional_section("catalog");
        let nicknames = section.or("nicknames", Nicknames::default(), nicknames);
        let prices = section.or("prices", BTreeMap::new(), prices);
        let currency = section.or("currency", None, |value| currency(value).map(Some));
        if prices.as_ref().is_some_and(|prices| !prices.is_empty()) && currency == Some(None) {
            let at = section.place("prices");
            section.note(&at, "prices", "prices mean nothing without a currency; write currency = \"EUR\"");
        }
        section.finish(&[]);
        Self { nicknames, prices, currency }
    }
}

fn nicknames(value: &Value<'_>) -> Read<Nicknames> {
    let written: Vec<(String, String, Range<usize>)> = pairs(value, text)?;
    // One by one first: an error does not say which pair it means.
    let alone = written.iter().flat_map(|(name, product, at)| {
        let errors = Nicknames::with([(name, product)]).err().unwrap_or_default();
        errors.into_iter().map(|error| Wrong { at: at.clone(), message: error.to_string() })
    });
    let alone: Vec<Wrong> = alone.collect();
    if !alone.is_empty() {
        return Err(alone);
    }
    Nicknames::with(written.iter().map(|(name, product, _)| (name, product))).map_err(|errors| {
        errors.into_iter().map(|error| Wrong { at: value.span(), message: error.to_string() }).collect()
    })
}

fn prices(value: &Value<'_>) -> Read<BTreeMap<SkuId, i64>> {
    let written = pairs(value, |price| number(price, 0..=DEAREST))?;
    let (mut found, mut wrongs) = (BTreeMap::new(), Vec::new());
    for (product, price, at) in written {
        let skus = skus(&product);
        if skus.is_empty() {
            let message = format!("`{product}` is no part number; write one such as SPE_E5, or the product's GUID");
            wrongs.push(Wrong { at: at.clone(), message });
        }
        for sku in skus {
            if found.insert(sku, price).is_some() {
                let message = format!("`{product}` has a price already; keep one");
                wrongs.push(Wrong { at: at.clone(), message });
            }
        }
    }
    if wrongs.is_empty() { Ok(found) } else { Err(wrongs) }
}

/// A GUID is taken as it is: tenants own products newer than the table.
fn skus(product: &str) -> Vec<SkuId> {
    match product.trim().parse() {
        Ok(sku) => vec![sku],
        Err(_) => products().with_part_number(product.trim()).map(|product| product.sku).collect(),
    }
}

fn currency(value: &Value<'_>) -> Read<String> {
    let written = text(value)?;
    if written.len() == 3 && written.bytes().all(|letter| letter.is_ascii_uppercase()) {
        Ok(written)
    } else {
        wrong(value, "a currency is three capital letters, such as \"EUR\"")
    }
}
