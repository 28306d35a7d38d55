//! What the API says when it cannot do what it was asked: a status, a code for programs and a sentence for people. Refusals by
//! rule are no errors: they are messages.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use serde_json::json;

use super::{MAX_ADDRESS, MAX_BODY, MAX_TEXT};
use crate::adapters::console::ChatError;
use crate::adapters::console::talk::Unanswered;
use crate::domain::ids::RequestId;
use crate::domain::text::{Locale, Phrase, Texts};

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    MalformedJson,
    /// The body is said to be something else.
    NotJson,
    /// The body has a field of this name.
    UnknownField(String),
    MalformedQuery,
    MalformedPlace,
    MalformedLocale,
    MalformedInput,
    MalformedAdvance,
    TooLong,
    TooLarge,
    AddressTooLong,
    ForeignHost,
    UnknownPerson,
    UnknownMessage,
    UnknownAction,
    UnknownPath,
    WrongMethod,
    ClockStuck,
    Broken,
    /// It was recorded, but cannot be shown.
    NotShown(RequestId),
}

/// A fault, to be said in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ApiError {
    fault: Fault,
    locale: Locale,
}

impl ApiError {
    pub(super) fn new(fault: Fault, locale: Locale) -> Self {
        Self { fault, locale }
    }

    /// The chat's storage broke; the log has the cause.
    pub(super) fn broken(error: &ChatError, locale: Locale) -> Self {
        tracing::error!(%error, cause = ?error, "the chat broke while a person waited");
        Self::new(Fault::Broken, locale)
    }

    /// There is nothing to show for what somebody sent; the log has the cause.
    pub(super) fn unanswered(why: Unanswered, locale: Locale) -> Self {
        match why {
            Unanswered::Broken(error) => Self::broken(&error, locale),
            Unanswered::Recorded { request, error } => {
                tracing::error!(request.id = %request, %error, cause = ?error, "what was recorded cannot be shown");
                Self::new(Fault::NotShown(request), locale)
            }
        }
    }

    /// The work panicked; the log has the cause.
    pub(super) fn fell_over(error: &dyn std::error::Error, locale: Locale) -> Self {
        tracing::error!(%error, "a call fell over");
        Self::new(Fault::Broken, locale)
    }
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Self::MalformedJson
            | Self::NotJson
            | Self::UnknownField(_)
            | Self::MalformedQuery
            | Self::MalformedPlace
            | Self::MalformedLocale
            | Self::MalformedInput
            | Self::MalformedAdvance
            | Self::TooLong => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::ForeignHost => StatusCode::FORBIDDEN,
            Self::UnknownPerson | Self::UnknownMessage | Self::UnknownAction | Self::UnknownPath => {
                StatusCode::NOT_FOUND
            }
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::ClockStuck => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken | Self::NotShown(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::MalformedJson
            | Self::NotJson
            | Self::UnknownField(_)
            | Self::MalformedQuery
            | Self::MalformedPlace
            | Self::MalformedLocale
            | Self::MalformedInput
            | Self::MalformedAdvance => "malformed",
            Self::TooLong => "too_long",
            Self::TooLarge | Self::AddressTooLong => "too_large",
            Self::ForeignHost => "foreign_host",
            Self::UnknownPerson => "unknown_person",
            Self::UnknownMessage => "unknown_message",
            Self::UnknownAction => "unknown_action",
            Self::UnknownPath => "unknown_path",
            Self::WrongMethod => "wrong_method",
            Self::ClockStuck => "clock_stuck",
            Self::Broken => "broken",
            Self::NotShown(_) => "not_shown",
        }
    }

    fn phrase(&self) -> Phrase {
        let malformed = |detail| Phrase::new("console-malformed").with("detail", Phrase::new(detail));
        match self {
            Self::MalformedJson => malformed("console-malformed-json"),
            Self::NotJson => malformed("console-malformed-kind"),
            Self::UnknownField(name) => {
                let detail = Phrase::new("console-malformed-field").with("field", name.as_str());
                Phrase::new("console-malformed").with("detail", detail)
            }
            Self::MalformedQuery => malformed("console-malformed-query"),
            Self::MalformedPlace => malformed("console-malformed-place"),
            Self::MalformedLocale => malformed("console-malformed-locale"),
            Self::MalformedInput => malformed("console-malformed-input"),
            Self::MalformedAdvance => malformed("console-malformed-advance"),
            Self::TooLong => Phrase::new("console-too-long").with("max", MAX_TEXT),
            Self::TooLarge => Phrase::new("console-too-large").with("max", MAX_BODY / 1024),
            Self::AddressTooLong => Phrase::new("console-address-too-long").with("max", MAX_ADDRESS / 1024),
            Self::ForeignHost => Phrase::new("console-foreign-host"),
            Self::UnknownPerson => Phrase::new("console-unknown-person"),
            Self::UnknownMessage => Phrase::new("console-unknown-message"),
            Self::UnknownAction => Phrase::new("console-unknown-action"),
            Self::UnknownPath => Phrase::new("console-unknown-path"),
            Self::WrongMethod => Phrase::new("console-wrong-method"),
            Self::ClockStuck => Phrase::new("console-clock-stuck"),
            Self::Broken => Phrase::new("console-broken"),
            Self::NotShown(request) => Phrase::new("console-not-shown").with("request", request.as_str()),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let message = Texts::new(self.locale, TimeZone::UTC).say(&self.fault.phrase());
        let body = json!({ "error": { "code": self.fault.code(), "message": message } });
        (self.fault.status(), Json(body)).into_response()
    }
}
