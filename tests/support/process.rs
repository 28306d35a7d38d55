//! The real program in a process of its own: started, asked where it listens, stopped, killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Longest that a process may take to say something, on a busy machine.
const START: Duration = Duration::from_secs(60);

/// The program, called in a directory with nothing of ours in the environment.
pub fn licensebot(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licensebot"));
    command.args(arguments).current_dir(directory).stdin(Stdio::null());
    command.env_remove("LICENSEBOT_LOG").env_remove("LICENSEBOT_CLIENT_SECRET");
    command
}

/// A process of ours. Dropped, it is killed.
pub struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    /// Starts it. What it prints is read to the end, so that it never waits for a full pipe.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (tell, lines) = channel();
        // Whoever listens may be gone before the process is.
        thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(tell.send(line))));
        Self { child, lines }
    }

    /// The next line that it prints.
    pub fn line(&self) -> String {
        self.lines.recv_timeout(START).unwrap()
    }

    /// Where it listens, as soon as it says so.
    pub fn address(&self) -> String {
        loop {
            let line = self.line();
            if let Some(address) = line.split_whitespace().find(|word| word.starts_with("http://")) {
                return address.to_owned();
            }
        }
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its standard error, when the command piped it.
    pub fn errors(&mut self) -> ChildStderr {
        self.child.stderr.take().unwrap()
    }

    /// Asks it to end, as the system does, and waits until it has, well.
    pub fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().unwrap();
        assert!(asked.success());
        assert_eq!(self.ends(), Some(0));
    }

    /// The code that it ends with by itself.
    pub fn ends(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// `kill -9`; back when it is gone.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The ports it listens on, as the kernel says.
    pub fn ports(&self) -> Vec<u16> {
        let process = format!("/proc/{}", self.id());
        let descriptors = std::fs::read_dir(format!("{process}/fd")).unwrap();
        let links = descriptors.filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok());
        let sockets: Vec<String> = links.map(|link| link.display().to_string()).collect();
        let table = std::fs::read_to_string(format!("{process}/net/tcp")).unwrap();
        let rows = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        let listening = rows.filter(|row| row.get(3) == Some(&"0A"));
        let ours = listening.filter(|row| sockets.contains(&format!("socket:[{}]", row[9])));
        ours.map(|row| u16::from_str_radix(row[1].split(':').nth(1).unwrap(), 16).unwrap()).collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
