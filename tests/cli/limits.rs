//! What the system lets the program have: open files, raised where they may be and told where they are too few, and room on the
//! disk. What runs out while the program works is told and waited out.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};

use super::{call, ended};
use crate::support::{Process, http, licensebot};

/// The program, called by a shell that has set a limit first.
fn limited(directory: &Path, limit: &str, arguments: &[&str]) -> Command {
    let program = licensebot(directory, arguments);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit {limit} && exec \"$0\" \"$@\"")]).arg(program.get_program());
    shell.args(program.get_args()).current_dir(directory).stdin(Stdio::null());
    shell
}

#[test]
fn a_limit_that_is_too_low_is_told_before_anything_is_made() {
    let directory = tempfile::tempdir().unwrap();
    for limit in ["16", "20", "255"] {
        for call in ["demo", "sandbox"] {
            let arguments = [call, "--listen", "127.0.0.1:0", "--data", "d"];
            let sentence = format!(
                "this process may have {limit} files open and needs 256: raise the limit with `ulimit -n 1024`, or with \
                 LimitNOFILE=1024 where a service starts it\n"
            );
            let output = limited(directory.path(), &format!("-n {limit}"), &arguments).output().unwrap();
            assert_eq!(ended(output), (1, String::new(), sentence), "{call}");
        }
    }
    assert!(!directory.path().join("d").exists());
}

#[test]
fn a_limit_that_may_be_raised_is_raised() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--data", "d"];
    let demo = Process::start(&mut limited(directory.path(), "-Sn 20 && ulimit -Hn 512", &arguments));
    demo.address();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", demo.id())).unwrap();
    let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    assert_eq!(files.split_whitespace().skip(3).take(2).collect::<Vec<_>>(), ["512", "512"]);
}

#[test]
fn where_no_file_is_left_a_caller_waits_and_the_log_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--data", "d"];
    let mut demo = Process::start(licensebot(directory.path(), &arguments).stderr(Stdio::piped()));
    let address = demo.address().trim_start_matches("http://").to_owned();
    let log = BufReader::new(demo.errors());
    let process = Pid::from_raw(i32::try_from(demo.id()).unwrap());
    let files = |most| prlimit(process, Resource::Nofile, most).unwrap();
    let before = files(Rlimit { current: Some(0), ..getrlimit(Resource::Nofile) });

    let mut caller = TcpStream::connect(&address).unwrap();
    write!(caller, "GET / HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let told = log.lines().map(Result::unwrap).find(|line| line.contains("Too many open files"));
    assert!(told.is_some_and(|line| line.contains("accept error")));

    files(before);
    let mut answer = String::new();
    caller.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn where_nothing_can_be_written_nothing_is_answered_as_if_it_were_and_room_mends_it() {
    let directory = tempfile::tempdir().unwrap();
    let program = licensebot(directory.path(), &["demo", "--listen", "127.0.0.1:0", "--data", "d"]);
    let mut shell = Command::new("sh");
    // Whoever writes too much is told so, as by a full disk, and not ended.
    shell.args(["-c", "trap '' XFSZ && exec \"$0\" \"$@\""]).arg(program.get_program()).args(program.get_args());
    let demo = Process::start(shell.current_dir(directory.path()).stdin(Stdio::null()).stderr(Stdio::null()));
    let messages = format!("{}/api/demo/messages", demo.address());
    let process = Pid::from_raw(i32::try_from(demo.id()).unwrap());
    let longest = |bytes| prlimit(process, Resource::Fsize, Rlimit { current: bytes, maximum: None }).unwrap();
    let say = async || {
        let message = serde_json::json!({ "as": "ana", "text": "/license assign @bo POWER_BI_PRO" });
        let said = http().post(&messages).json(&message).send().await.unwrap();
        (said.status().as_u16(), said.json::<serde_json::Value>().await.unwrap())
    };

    longest(Some(0));
    let (status, said) = say().await;
    let sentence = "The chat cannot be read or written just now. Check that the disk is not full, then try again.";
    assert_eq!((status, said["error"]["message"].as_str()), (500, Some(sentence)), "{said}");

    longest(None);
    let (status, said) = say().await;
    assert_eq!((status, said["messages"].as_array().unwrap().len()), (200, 2), "{said}");
    demo.stop();
    let (code, out, _) = call(directory.path(), &["audit", "verify", "--data", "d"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("The trail holds: 1 record, 1 request rebuilt."), "{out}");
}
