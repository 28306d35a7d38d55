//! What the company owns and how much of it is free; with a product, its apps too.

use super::resolve::Resolved;
use super::{App, AppError, Caller, Outcome};
use crate::domain::command::{Command, ProductText};
use crate::domain::ids::SkuId;
use crate::domain::policy::ReadWhat;
use crate::domain::text::Phrase;
use crate::domain::view::Names;
use crate::domain::view::reading;

impl App {
    pub(super) async fn stock(&self, caller: &Caller, product: Option<&ProductText>) -> Result<Outcome, AppError> {
        let facts = self.facts_about([caller.person]).await?;
        let names = self.names(Some(&facts)).await?;
        let sku = match product.map(|product| self.which_stock(product, &names)).transpose() {
            Ok(sku) => sku,
            Err(answer) => return Ok(*answer),
        };
        if !self.may_read(caller.person, &facts, ReadWhat::Stock(sku)) {
            return Ok(self.refuse(Phrase::new("stock-forbidden")));
        }
        let Some(sku) = sku else { return Ok(self.answer(reading::stock(&names.catalog.stock, &names))) };
        Ok(match names.catalog.stock.sku(sku) {
            Some(owned) => self.answer(reading::stock_of(owned, &names)),
            None => self.refuse(Phrase::new("try-again")),
        })
    }

    fn which_stock(&self, product: &ProductText, names: &Names) -> Resolved<SkuId> {
        let asked = Command::Stock { product: Some(product.clone()) };
        self.resolve_product(&names.catalog, product, &|chosen| asked.meaning(product, chosen).to_text())
    }
}
