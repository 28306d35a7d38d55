//! Words and policies against the hashes that bind them. A text that is not there was erased, which is allowed.

use futures_util::TryStreamExt;
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;

use super::super::reader::{SqliteReader, binds};
use super::{Fault, Halt};
use crate::domain::request::{Digest, TextRef};

impl SqliteReader {
    pub(super) async fn check_texts(&self, snapshot: &mut SqliteConnection) -> Result<(), Halt> {
        let mut rows = sqlx::query_as::<_, (String, String, String)>(
            "SELECT reference, salt, text FROM private_text WHERE tenant = $1 ORDER BY reference",
        )
        .bind(&self.tenant_column)
        .fetch(snapshot);
        while let Some((reference, salt, text)) = rows.try_next().await? {
            let bound = reference.parse().is_ok_and(|digest| binds(TextRef(digest), &salt, &text));
            if !bound {
                return Err(Fault::TextChanged { reference }.into());
            }
        }
        Ok(())
    }

    pub(super) async fn check_policies(&self, snapshot: &mut SqliteConnection) -> Result<(), Halt> {
        let mut rows = sqlx::query_as::<_, (String, String)>(
            "SELECT hash, texts FROM policy_text WHERE tenant = $1 ORDER BY hash",
        )
        .bind(&self.tenant_column)
        .fetch(snapshot);
        while let Some((policy, texts)) = rows.try_next().await? {
            if policy.parse() != Ok(Digest(Sha256::digest(&texts).into())) {
                return Err(Fault::PolicyChanged { policy }.into());
            }
        }
        Ok(())
    }
}
