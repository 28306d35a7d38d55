//! From a command that changes something to a wish in ids. Never judges it: whoever asks for it is not known here.

use std::collections::{BTreeMap, BTreeSet};

use super::App;
use super::resolve::Resolved;
use crate::domain::catalog::Catalog;
use crate::domain::change::{Switches, Wish};
use crate::domain::command::{AppText, Command, ProductText, Reason, Who};
use crate::domain::ids::{PersonId, PlanId, SkuId};
use crate::domain::text::Phrase;

/// A change in ids, and how words were understood that were not whole names.
pub(super) struct Wished {
    pub(super) wish: Wish,
    pub(super) notes: Vec<Phrase>,
}

/// A change in typed words, whatever its verb.
#[derive(Clone, Copy)]
pub(super) struct Proposal<'a> {
    pub(super) who: &'a Who,
    pub(super) reason: Option<&'a Reason>,
    command: &'a Command,
    assign: &'a [ProductText],
    apps_off: &'a [AppText],
    unassign: &'a [ProductText],
    switch: Option<(&'a ProductText, &'a [AppText], &'a [AppText])>,
}

impl<'a> Proposal<'a> {
    /// What a command proposes; nothing when it changes nothing.
    pub(super) fn of(command: &'a Command) -> Option<Self> {
        let nothing =
            |who, reason| Self { who, reason, command, assign: &[], apps_off: &[], unassign: &[], switch: None };
        match command {
            Command::Assign(asked) => Some(Self {
                assign: &asked.products,
                apps_off: &asked.apps_off,
                ..nothing(&asked.who, asked.reason.as_ref())
            }),
            Command::Unassign(asked) => {
                Some(Self { unassign: &asked.products, ..nothing(&asked.who, asked.reason.as_ref()) })
            }
            Command::Swap(asked) => Some(Self {
                assign: std::slice::from_ref(&asked.to),
                unassign: std::slice::from_ref(&asked.from),
                ..nothing(&asked.who, asked.reason.as_ref())
            }),
            Command::Apps(asked) => Some(Self {
                switch: Some((&asked.product, &asked.on, &asked.off)),
                ..nothing(&asked.who, asked.reason.as_ref())
            }),
            _ => None,
        }
    }
}

impl App {
    /// The wish in ids. The first word that means nothing, or too much, is answered instead.
    pub(super) fn wish(&self, catalog: &Catalog, subject: PersonId, proposal: &Proposal<'_>) -> Resolved<Wished> {
        let mut notes = Vec::new();
        let mut product = |typed: &ProductText| {
            let rewrite = |chosen: &str| proposal.command.meaning(typed, chosen).to_text();
            self.resolve_noting(catalog, typed, &rewrite, &mut notes)
        };
        let assign: Vec<SkuId> = proposal.assign.iter().map(&mut product).collect::<Result<_, _>>()?;
        let unassign: BTreeSet<SkuId> = proposal.unassign.iter().map(&mut product).collect::<Result<_, _>>()?;
        if assign.iter().any(|sku| unassign.contains(sku)) {
            return Err(Box::new(self.refuse(Phrase::new("swap-same-product"))));
        }
        let mut off = self.apps_off(catalog, &assign, proposal.apps_off)?;
        let assign = assign.into_iter().map(|sku| (sku, off.remove(&sku).unwrap_or_default())).collect();
        let switch = match proposal.switch {
            None => BTreeMap::new(),
            Some((typed, on, off)) => {
                let sku = product(typed)?;
                BTreeMap::from([(sku, self.switches(catalog, sku, on, off)?)])
            }
        };
        let wish = Wish { subject, assign, unassign, switch, usage_location: None };
        Ok(Wished { wish, notes })
    }

    /// Each app goes off in every product of the command that has it; one that none has is answered instead.
    fn apps_off(
        &self,
        catalog: &Catalog,
        skus: &[SkuId],
        typed: &[AppText],
    ) -> Resolved<BTreeMap<SkuId, BTreeSet<PlanId>>> {
        let mut off: BTreeMap<SkuId, BTreeSet<PlanId>> = BTreeMap::new();
        for app in typed {
            let mut refusal = None;
            let mut found = false;
            for sku in skus {
                match self.resolve_app(catalog, *sku, app) {
                    Ok(plan) => {
                        found = true;
                        off.entry(*sku).or_default().insert(plan);
                    }
                    Err(answer) => refusal = Some(answer),
                }
            }
            if let (false, Some(answer)) = (found, refusal) {
                return Err(answer);
            }
        }
        Ok(off)
    }

    fn switches(&self, catalog: &Catalog, sku: SkuId, on: &[AppText], off: &[AppText]) -> Resolved<Switches> {
        let apps = |typed: &[AppText]| -> Resolved<BTreeSet<PlanId>> {
            typed.iter().map(|app| self.resolve_app(catalog, sku, app)).collect()
        };
        let switches = Switches { on: apps(on)?, off: apps(off)? };
        if switches.on.is_disjoint(&switches.off) {
            Ok(switches)
        } else {
            Err(Box::new(self.refuse(Phrase::new("apps-on-and-off"))))
        }
    }
}
