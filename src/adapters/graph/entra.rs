//! What Entra's refusals mean to whoever set the bot up. Never quotes their texts: they hold ids of apps and tenants.

use serde::Deserialize;

use super::pace::Fault;

/// The token endpoint's no.
#[derive(Debug, Deserialize)]
pub(super) struct EntraError {
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
    #[serde(default)]
    error_codes: Vec<u32>,
}

/// Codes that pass: Entra is busy or broken, whatever its status says.
const PASSING: &[u32] = &[50_196, 90_033];

/// The fault that a refusal is.
pub(super) fn fault(error: &EntraError) -> Fault {
    let Some(code) = error.code() else {
        return Fault::lasting(format!("Entra refuses the bot's sign-in ({})", word(&error.error)));
    };
    if PASSING.contains(&code) {
        return Fault::again(format!("Entra is unavailable (AADSTS{code})"));
    }
    Fault::lasting(format!("Entra refuses the bot's sign-in (AADSTS{code}): {}", hint(code, &error.error_description)))
}

/// What to do about it. One code says several things about a certificate, told apart by their words.
fn hint(code: u32, text: &str) -> &'static str {
    match code {
        700_027 if text.contains("expired") => {
            "the certificate has expired; make a new one, upload it to the app registration, and name it in [graph] \
             certificate"
        }
        700_027 if text.contains("not found") => {
            "the certificate is not registered on the app; upload the file of [graph] certificate under Certificates & \
             secrets"
        }
        700_027 => {
            "the signature is refused; check that the app registration has the certificate of [graph] private_key"
        }
        700_024 => "the assertion is out of time, so this machine's clock is wrong; set it, and keep it set by NTP",
        700_023 => "the assertion is for another Entra; check [graph] cloud and tenant_id",
        700_021 | 50_048 => "the assertion is another app's; check [graph] client_id",
        70_021 | 700_211 | 700_212 | 700_213 => {
            "the app trusts another issuer and not this certificate; check [graph] client_id, and upload the certificate"
        }
        50_027 | 5_002_723 | 5_002_730 | 7_000_218 | 900_144 | 900_561 | 70_003 => {
            "the call did not arrive as it was sent; check [graph] login_url, and any proxy in between"
        }
        7_000_215 => {
            "the client secret is wrong; put the secret's value into [graph] client_secret, not the secret's id"
        }
        7_000_222 => "the client secret has expired; make a new one and put its value into [graph] client_secret",
        700_016 => {
            "no such app in this tenant; check [graph] client_id and tenant_id, and that an administrator consented"
        }
        7_000_229 => "the app is not installed in this tenant; an administrator has to consent to it",
        7_000_112 => "the app is disabled; an administrator has to enable it",
        90_002 | 900_023 => "no such tenant; check [graph] tenant_id and cloud",
        70_011 | 500_011 => "Entra does not know this Graph; check [graph] cloud or base_url",
        53_003 => "conditional access blocks the bot; an administrator has to allow it from this network",
        _ => "look the code up at https://login.microsoftonline.com/error",
    }
}

impl EntraError {
    /// The AADSTS number, from the list or from the text.
    fn code(&self) -> Option<u32> {
        let in_text = || {
            let (_, rest) = self.error_description.split_once("AADSTS")?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        };
        self.error_codes.first().copied().or_else(in_text)
    }
}

/// A code as the other side wrote it, if it looks like one.
pub(super) fn word(text: &str) -> String {
    let plain = |symbol: &char| symbol.is_ascii_alphanumeric() || matches!(symbol, '_' | '-' | '.');
    let word: String = text.chars().filter(plain).take(64).collect();
    if word.is_empty() { "no code".to_owned() } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::PortError;

    fn told(body: &str) -> PortError {
        fault(&serde_json::from_str(body).unwrap()).into()
    }

    #[test]
    fn an_expired_secret_says_what_to_do() {
        let body = r#"{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys for app 'x' are expired.\r\nTrace ID: 1","error_codes":[7000222]}"#;
        let what = "Entra refuses the bot's sign-in (AADSTS7000222): the client secret has expired; make a new one and \
                    put its value into [graph] client_secret";
        assert_eq!(told(body), PortError::Lasting { what: what.into() });
    }

    #[test]
    fn the_code_is_found_in_the_text_when_the_list_is_missing() {
        let body = r#"{"error":"invalid_tenant","error_description":"AADSTS90002: Tenant 'x' not found."}"#;
        let PortError::Lasting { what } = told(body) else { panic!("lasting") };
        assert!(what.ends_with("check [graph] tenant_id and cloud"), "{what}");
    }

    #[test]
    fn an_outage_in_the_shape_of_a_refusal_passes() {
        let error = told(r#"{"error":"temporarily_unavailable","error_codes":[90033]}"#);
        assert_eq!(error, PortError::Passing { what: "Entra is unavailable (AADSTS90033)".into(), retry_after: None });
    }

    #[test]
    fn a_refusal_without_a_number_shows_its_word_and_no_markup() {
        let what = "Entra refuses the bot's sign-in (badscript)";
        assert_eq!(told(r#"{"error":"<bad script>"}"#), PortError::Lasting { what: what.into() });
    }
}
