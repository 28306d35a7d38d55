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
        let asked = Command::WhoHolds { product: product.clone() };
        let meaning = |chosen: &str| asked.meaning(product, chosen).to_text();
        let sku = match self.resolve_product(&names.catalog, product, &meaning) {
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
