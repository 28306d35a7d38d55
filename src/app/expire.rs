//! Time ran out: a draft nobody confirmed, a request nobody decided. Never ends what was decided meanwhile.

use super::{App, AppError, Progress};
use crate::domain::ids::RequestId;

impl App {
    pub(super) async fn expire(&self, id: &RequestId) -> Result<Progress, AppError> {
        let Some(request) = self.world.store.proven_request(id).await? else { return Ok(Progress::Done) };
        match request.expires_at() {
            None => Ok(Progress::Done),
            Some(end) if end > self.now() => Ok(Progress::Again(end)),
            Some(_) => {
                self.expire_request(request).await?;
                Ok(Progress::Done)
            }
        }
    }
}
