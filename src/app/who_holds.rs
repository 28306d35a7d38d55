//! Who holds a product. Only for those whom the policy lets see it, and always on record.

use super::{App, AppError, Caller, Outcome};
use crate::domain::audit;
use crate::domain::command::{Command, ProductText};
use crate::domain::policy::ReadWhat;
use crate::domain::text::Phrase;
use crate::domain::view::reading::{self, Holders};

impl App {
    pub(super) async fn who_holds(&self, caller: &Caller, product: &ProductText) -> Result<Outcome, AppError> {
        let facts = self.facts_about([caller.person]).await?;
        let names = self.names(Some(&facts)).await?;
        let sku = match self.resolve_product(&names.catalog, product, &with_product(product)) {
            Ok(sku) => sku,
            Err(answer) => return Ok(*answer),
        };
        if !self.may_read(caller.person, &facts, ReadWhat::Holders(sku)) {
            return Ok(self.refuse(Phrase::new("holders-forbidden")));
        }
        let people = self.world.directory.holders(sku).await?;
        self.record_reading(caller, audit::Reading::Holders(sku)).await?;
        let owned = names.catalog.stock.sku(sku);
        Ok(self.answer(reading::holders(Holders { sku, people: &people, owned, names: &names })))
    }
}

/// The same question about a product that was chosen.
fn with_product(typed: &ProductText) -> impl Fn(&str) -> String + Send + Sync {
    |chosen| {
        let product = ProductText::try_new(chosen).unwrap_or_else(|_| typed.clone());
        Command::WhoHolds { product }.to_text()
    }
}
