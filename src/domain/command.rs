//! What a person asked for, as a closed set of typed commands. Never says whom a word means: people, products and apps
//! stand here as they were typed, and the application resolves them. Never says who may ask: that is policy.

mod meant;
mod words;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ids::RequestId;

pub(crate) use words::clean;
pub use words::{AppText, BadText, ProductText, Reason, Who};

/// One command, whole and well formed. Built by [`super::grammar`], from text or from a platform's typed options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Give a person products.
    Assign(Assign),
    /// Take products from a person.
    Unassign(Unassign),
    /// Replace one product by another without a gap.
    Swap(Swap),
    /// Switch apps inside a product on and off.
    Apps(Apps),
    /// What a person holds; whoever asks, when nobody is named.
    Status {
        /// Whom the question is about.
        who: Option<Who>,
    },
    /// Who holds a product.
    WhoHolds {
        /// The product.
        product: ProductText,
    },
    /// The seats of one product, or of all.
    Stock {
        /// The product.
        product: Option<ProductText>,
    },
    /// What waits for the one who asks, and what he asked for.
    Requests,
    /// One request.
    ShowRequest(RequestId),
    /// A vote for a request.
    Approve(RequestId),
    /// A vote against a request. Always with a reason: the requester reads it.
    Deny {
        /// The request.
        request: RequestId,
        /// Why not.
        reason: Reason,
    },
    /// Take back a request of one's own.
    Cancel(RequestId),
    /// Which rule decides, or would decide.
    Why(WhyTarget),
    /// What can be typed.
    Help {
        /// One verb; all, when none is named.
        verb: Option<Verb>,
    },
}

/// `assign WHO PRODUCT… [--apps-off APPS] [--reason TEXT]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assign {
    /// Who gets the products.
    pub who: Who,
    /// At least one, no two the same.
    pub products: Vec<ProductText>,
    /// The apps that stay off. No two the same.
    pub apps_off: Vec<AppText>,
    /// Why; policy may insist on one.
    pub reason: Option<Reason>,
}

/// `unassign WHO PRODUCT… [--reason TEXT]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unassign {
    /// Who loses the products.
    pub who: Who,
    /// At least one, no two the same.
    pub products: Vec<ProductText>,
    /// Why; policy may insist on one.
    pub reason: Option<Reason>,
}

/// `swap WHO FROM TO [--reason TEXT]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// Whose product is replaced.
    pub who: Who,
    /// The product that goes. Another text than `to`.
    pub from: ProductText,
    /// The product that comes.
    pub to: ProductText,
    /// Why; policy may insist on one.
    pub reason: Option<Reason>,
}

/// `apps WHO PRODUCT [--on APPS] [--off APPS] [--reason TEXT]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apps {
    /// Whose apps are switched.
    pub who: Who,
    /// The product they are in.
    pub product: ProductText,
    /// Apps to switch on. No text stands in both lists, and one of the lists has one.
    pub on: Vec<AppText>,
    /// Apps to switch off.
    pub off: Vec<AppText>,
    /// Why; policy may insist on one.
    pub reason: Option<Reason>,
}

/// What `why` explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyTarget {
    /// A request that exists.
    Request(RequestId),
    /// A change that somebody might ask for: this product for this person.
    Change {
        /// For whom.
        who: Who,
        /// Which product.
        product: ProductText,
    },
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $verb:ident = $word:literal),+ $(,)?) => {
        /// The first word of a command. Each has one file in `commands/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Verb {
            $($(#[$doc])* $verb),+
        }

        impl Verb {
            /// Every verb, in the order of help.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$verb),+];

            /// The word as people type it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$verb => $word),+
                }
            }
        }
    };
}

verbs! {
    /// Give products.
    Assign = "assign",
    /// Take products.
    Unassign = "unassign",
    /// Replace one product by another.
    Swap = "swap",
    /// Switch apps.
    Apps = "apps",
    /// What somebody holds.
    Status = "status",
    /// Who holds a product.
    Who = "who",
    /// Seats.
    Stock = "stock",
    /// What waits and what was asked.
    Requests = "requests",
    /// One request.
    Request = "request",
    /// Vote for.
    Approve = "approve",
    /// Vote against.
    Deny = "deny",
    /// Take back.
    Cancel = "cancel",
    /// Which rule decides.
    Why = "why",
    /// What can be typed.
    Help = "help",
}

impl fmt::Display for Verb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The word is not a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a verb")]
pub struct NotAVerb;

impl FromStr for Verb {
    type Err = NotAVerb;

    /// Reads the word in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|verb| text.eq_ignore_ascii_case(verb.as_str())).ok_or(NotAVerb)
    }
}

impl Command {
    /// The verb that it was asked with.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Assign(_) => Verb::Assign,
            Self::Unassign(_) => Verb::Unassign,
            Self::Swap(_) => Verb::Swap,
            Self::Apps(_) => Verb::Apps,
            Self::Status { .. } => Verb::Status,
            Self::WhoHolds { .. } => Verb::Who,
            Self::Stock { .. } => Verb::Stock,
            Self::Requests => Verb::Requests,
            Self::ShowRequest(_) => Verb::Request,
            Self::Approve(_) => Verb::Approve,
            Self::Deny { .. } => Verb::Deny,
            Self::Cancel(_) => Verb::Cancel,
            Self::Why(_) => Verb::Why,
            Self::Help { .. } => Verb::Help,
        }
    }
}
