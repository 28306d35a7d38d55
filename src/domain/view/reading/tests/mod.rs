//! Answers read aloud, in both languages: exactly what people see.

mod help;
mod people;
mod requests;
mod stock;
mod why;

use super::*;
use crate::domain::text::Locale;
use crate::domain::view::tests::{ANA, BO, MEGAN, SEES, SEES_NOT, aloud, at, draft, id, names, person, scene, sku};
use crate::domain::view::tests::{insight, waiting, wish};
