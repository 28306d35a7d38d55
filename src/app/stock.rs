//! What the company owns and how much of it is free; with a product, its apps too.

use super::{App, AppError, Caller, Outcome};
use crate::domain::command::{Command, ProductText};
use crate::domain::policy::ReadWhat;
use crate::domain::text::Phrase;
use crate::domain::view::Names;
use crate::domain::view::reading;

impl App {
    pub(super) async fn stock(&self, caller: &Caller, product: Option<&ProductText>) -> Result<Outcome, AppError> {
        let facts = self.facts_about([caller.person]).await?;
        if !self.may_read(caller.person, &facts, ReadWhat::Stock(None)) {
            return Ok(self.refuse(Phrase::new("stock-forbidden")));
        }
        let names = self.names(Some(&facts)).await?;
        Ok(match product {
            None => self.answer(reading::stock(&names.catalog.stock, &names)),
            Some(product) => self.stock_of(product, &names),
        })
    }

    fn stock_of(&self, product: &ProductText, names: &Names) -> Outcome {
        let with_product = |chosen: &str| {
            let product = ProductText::try_new(chosen).unwrap_or_else(|_| product.clone());
            Command::Stock { product: Some(product) }.to_text()
        };
        let sku = match self.resolve_product(&names.catalog, product, &with_product) {
            Ok(sku) => sku,
            Err(answer) => return *answer,
        };
        match names.catalog.stock.sku(sku) {
            Some(owned) => self.answer(reading::stock_of(owned, names)),
            None => self.refuse(Phrase::new("try-again")),
        }
    }
}
