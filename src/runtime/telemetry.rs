//! Logs: to standard error, one event a line. Never a secret, a token, a body or what people wrote, and never a character that a
//! terminal obeys: a name or an error from elsewhere cannot end a line, colour it, or turn it around.

use std::io::{self, Write};

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::terminal::on_one_line;

/// What is logged when `LICENSEBOT_LOG` says nothing.
const DEFAULT: &str = "warn,licensebot=warn";

/// Starts logging. A second call changes nothing.
pub fn start() {
    let filter = EnvFilter::try_from_env("LICENSEBOT_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let form = if std::env::var_os("LICENSEBOT_LOG_JSON").is_some() { Form::Json } else { Form::Text };
    let _ = tracing::subscriber::set_global_default(subscriber(filter, form, io::stderr));
}

#[derive(Clone, Copy, Debug)]
enum Form {
    Text,
    Json,
}

fn subscriber<W>(filter: EnvFilter, form: Form, to: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(OneLineEach(to));
    match form {
        Form::Text => Box::new(lines.finish()),
        Form::Json => Box::new(lines.json().finish()),
    }
}

/// Writes each event, which arrives whole, as one line.
struct OneLineEach<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for OneLineEach<W> {
    type Writer = OneLine<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        OneLine(self.0.make_writer())
    }
}

struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let line = on_one_line(String::from_utf8_lossy(event).trim_end_matches('\n'));
        self.0.write_all(format!("{line}\n").as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::runtime::terminal::harmless;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What stands on standard error after a hostile name was logged in every way there is.
    fn logged(form: Form) -> String {
        let kept = Kept::default();
        let to = kept.clone();
        let hostile = "Eve\r\n1970 ERROR all is lost\u{1b}[2J\u{9b}31m\u{7}\u{202e}gnp.exe\u{2028}\u{85}\0";
        let subscriber = subscriber(EnvFilter::new("trace"), form, move || to.clone());
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("command", %hostile);
            let _within = span.enter();
            tracing::warn!(%hostile, debug = ?hostile, plain = hostile, "said {hostile}");
        });
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    fn assert_one_harmless_line(line: &str) {
        assert_eq!(line.matches('\n').count(), 1, "{line:?}");
        assert!(line.ends_with('\n'), "{line:?}");
        assert_eq!(harmless(line), line, "{line:?}");
    }

    #[test]
    fn an_event_is_one_line_that_no_terminal_obeys() {
        let line = logged(Form::Text);
        assert_one_harmless_line(&line);
        assert!(line.contains("1970 ERROR all is lost") && line.contains("gnp.exe"), "it is still told: {line}");
    }

    #[test]
    fn an_event_in_json_is_one_object_that_holds_what_was_said() {
        let line = logged(Form::Json);
        assert_one_harmless_line(&line);
        let event: serde_json::Value = serde_json::from_str(&line).unwrap();
        let plain = event["fields"]["plain"].as_str().unwrap();
        assert!(plain.contains("\r\n1970") && plain.contains('\u{202e}'), "{plain:?}");
    }
}
