//! What an X.509 certificate says: from when, until when, for which RSA key. Knows nobody, and never asks who signed it:
//! an app's certificate counts because it is registered, not because somebody vouches for it.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// `rsaEncryption`, 1.2.840.113549.1.1.1.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_ID: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;

/// A certificate for an RSA key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    not_before: Timestamp,
    not_after: Timestamp,
    public_key: Vec<u8>,
}

/// Why a text or some bytes are no certificate that an app can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum X509Error {
    /// There is no certificate in the text.
    #[error("holds no certificate, which begins with -----BEGIN CERTIFICATE-----")]
    NoPem,
    /// There is one, and it is damaged.
    #[error("holds a certificate that cannot be read")]
    Malformed,
    /// It is for a key of another kind.
    #[error("holds a certificate for a key that is not RSA")]
    NotRsa,
}

impl Certificate {
    /// The first certificate of a PEM text: where there is a chain, the owner's comes first.
    ///
    /// # Errors
    /// There is none, it is damaged, or it is not for an RSA key.
    pub fn from_pem(text: &str) -> Result<Self, X509Error> {
        let der = match CertificateDer::from_pem_slice(text.as_bytes()) {
            Ok(der) => der,
            Err(rustls_pki_types::pem::Error::NoItemsFound) => return Err(X509Error::NoPem),
            Err(_) => return Err(X509Error::Malformed),
        };
        Self::from_der(&der)
    }

    /// Reads the bytes that stand in a PEM text.
    ///
    /// # Errors
    /// They are damaged, or not for an RSA key.
    pub fn from_der(der: &[u8]) -> Result<Self, X509Error> {
        let (not_before, not_after, key) = read(der).ok_or(X509Error::Malformed)?;
        let public_key = key.ok_or(X509Error::NotRsa)?.to_vec();
        Ok(Self { der: der.to_vec(), not_before, not_after, public_key })
    }

    /// The bytes whose hash is the certificate's thumbprint.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// From when it is valid.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last instant at which it is valid.
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// The public key (`RSAPublicKey` of RFC 8017 in DER).
    pub fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    /// Is it valid then?
    pub fn is_valid_at(&self, time: Timestamp) -> bool {
        (self.not_before..=self.not_after).contains(&time)
    }
}

/// Validity, and the key when it is RSA: RFC 5280, section 4.1.
fn read(der: &[u8]) -> Option<(Timestamp, Timestamp, Option<&[u8]>)> {
    let mut certificate = Der(Der(der).only(SEQUENCE)?);
    let mut signed = Der(certificate.expect(SEQUENCE)?);
    signed.skip_if(VERSION)?;
    signed.expect(INTEGER)?;
    signed.expect(SEQUENCE)?; // algorithm
    signed.expect(SEQUENCE)?; // issuer
    let mut validity = Der(signed.expect(SEQUENCE)?);
    let (not_before, not_after) = (validity.time()?, validity.time()?);
    signed.expect(SEQUENCE)?; // subject
    let mut key = Der(signed.expect(SEQUENCE)?);
    let mut algorithm = Der(key.expect(SEQUENCE)?);
    let is_rsa = algorithm.expect(OBJECT_ID)? == RSA;
    // The first byte counts bits that are not used, and keys have none.
    let key = key.expect(BIT_STRING)?.strip_prefix(&[0])?;
    Some((not_before, not_after, is_rsa.then_some(key)))
}

/// What is still to be read.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    /// One value after its tag and length; strict, and at most 16 MiB long.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (tag, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match *first {
            short @ ..0x80 => (usize::from(short), rest),
            long => {
                let count = usize::from(long & 0x7f);
                let (digits, rest) = rest.split_at_checked(count).filter(|_| (1..=3).contains(&count))?;
                (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
            }
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*tag, value))
    }

    fn expect(&mut self, wanted: u8) -> Option<&'a [u8]> {
        self.next().filter(|(tag, _)| *tag == wanted).map(|(_, value)| value)
    }

    fn only(mut self, wanted: u8) -> Option<&'a [u8]> {
        self.expect(wanted).filter(|_| self.0.is_empty())
    }

    fn skip_if(&mut self, tag: u8) -> Option<()> {
        if self.0.first() == Some(&tag) {
            self.next()?;
        }
        Some(())
    }

    /// `UTCTime` means 1950 to 2049, `GeneralizedTime` says its century; both end in seconds and `Z`.
    fn time(&mut self) -> Option<Timestamp> {
        let (tag, digits) = self.next()?;
        let digits = std::str::from_utf8(digits).ok()?;
        let whole = match tag {
            UTC_TIME if digits < "5" => format!("20{digits}"),
            UTC_TIME => format!("19{digits}"),
            GENERALIZED_TIME => digits.to_owned(),
            _ => return None,
        };
        TimeZone::UTC.to_timestamp(DateTime::strptime("%Y%m%d%H%M%SZ", whole).ok()?).ok()
    }
}
