//! The client signs in to the sandbox with a certificate.

use std::sync::Arc;

use jiff::SignedDuration;
use licensebot::adapters::graph::{ClientCertificate, Credential};
use licensebot::ports::{Licensing, PortError};
use secrecy::SecretString;

use super::Tenant;
use crate::support::certificate::{BOT, BOT_KEY, OTHER, RENEWED};
use crate::support::http;

fn signing_with(pem: &str) -> Credential {
    let read = ClientCertificate::from_pem(pem, &SecretString::from(BOT_KEY)).unwrap();
    Credential::Certificate(Arc::new(read))
}

async fn register(tenant: &Tenant, pem: &str) {
    let url = format!("http://{}/sandbox/certificates", tenant.address);
    let answer = http().post(url).body(pem.to_owned()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_registered_certificate_reads_the_stock_and_an_unregistered_one_does_not() {
    let tenant = Tenant::start_as(signing_with(BOT)).await;
    register(&tenant, OTHER).await;
    register(&tenant, RENEWED).await;
    let what = "Entra refuses the bot's sign-in (AADSTS700027): the certificate is not registered on the app; upload the file \
                of [graph] certificate under Certificates & secrets";
    assert_eq!(tenant.client.stock().await.err(), Some(PortError::Lasting { what: what.into() }));
    register(&tenant, BOT).await;
    assert!(tenant.client.stock().await.is_ok());
}

#[tokio::test]
async fn a_certificate_that_expires_while_the_bot_runs_is_told_as_that() {
    let tenant = Tenant::start_as(signing_with(RENEWED)).await;
    register(&tenant, RENEWED).await;
    assert!(tenant.client.stock().await.is_ok());
    tenant.clock.advance(SignedDuration::from_hours(24 * 60));
    let what = "Entra refuses the bot's sign-in (AADSTS700027): the certificate has expired; make a new one, upload it to the \
                app registration, and name it in [graph] certificate";
    assert_eq!(tenant.client.stock().await.err(), Some(PortError::Lasting { what: what.into() }));
}
