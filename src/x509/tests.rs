//! Certificates read, told apart, and damaged.

use super::*;

const BOT: &str = include_str!("../../tests/certificates/bot.pem");
const RENEWED: &str = include_str!("../../tests/certificates/renewed.pem");

fn validity(text: &str) -> (String, String) {
    let certificate = Certificate::from_pem(text).unwrap();
    (certificate.not_before().to_string(), certificate.not_after().to_string())
}

#[test]
fn both_ways_to_write_a_date_are_read() {
    assert_eq!(validity(RENEWED), ("2026-01-01T00:00:00Z".into(), "2027-01-01T00:00:00Z".into()));
    assert_eq!(validity(BOT), ("2025-01-01T00:00:00Z".into(), "2125-01-01T00:00:00Z".into()));
}

#[test]
fn a_renewed_certificate_is_another_one_for_the_same_key() {
    let (one, other) = (Certificate::from_pem(BOT).unwrap(), Certificate::from_pem(RENEWED).unwrap());
    assert_eq!(one.public_key(), other.public_key());
    assert_ne!(one.der(), other.der());
}

#[test]
fn it_is_valid_from_the_first_instant_to_the_last() {
    let certificate = Certificate::from_pem(RENEWED).unwrap();
    let valid = |time: &str| certificate.is_valid_at(time.parse().unwrap());
    assert!(valid("2026-01-01T00:00:00Z") && valid("2027-01-01T00:00:00Z"));
    assert!(!valid("2025-12-31T23:59:59Z") && !valid("2027-01-01T00:00:01Z"));
}

#[test]
fn what_is_no_certificate_for_an_app_is_told_apart() {
    let why = |text: &str| Certificate::from_pem(text).unwrap_err();
    assert_eq!(why(""), X509Error::NoPem);
    assert_eq!(why(include_str!("../../tests/certificates/bot.key")), X509Error::NoPem);
    assert_eq!(why("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"), X509Error::Malformed);
    assert_eq!(why(&BOT.replace('M', "!")), X509Error::Malformed);
    assert_eq!(why(include_str!("../../tests/certificates/ec.pem")), X509Error::NotRsa);
}

#[test]
fn damage_is_survived() {
    let good = Certificate::from_pem(BOT).unwrap();
    for at in 0..good.der().len() {
        let cut = good.der().get(..at).unwrap();
        assert_eq!(Certificate::from_der(cut), Err(X509Error::Malformed), "cut at {at}");
        for bit in 0..8 {
            let mut damaged = good.der().to_vec();
            damaged[at] ^= 1 << bit;
            let read = Certificate::from_der(&damaged);
            assert!(read.is_err() || read.is_ok_and(|read| read.der() == damaged), "bit {bit} of byte {at}");
        }
    }
}
