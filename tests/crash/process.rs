//! One process of the program: started, asked where it listens, killed.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

/// Longest that a process may take to say where it listens, on a busy machine.
const START: Duration = Duration::from_secs(60);

/// A process of ours. Dropped, it is killed.
pub struct Process {
    child: Child,
    address: Option<oneshot::Receiver<String>>,
}

impl Process {
    /// Starts the program. What it logs goes to the end of `log`.
    pub fn start(arguments: &[&str], log: &Path) -> Self {
        let log = OpenOptions::new().create(true).append(true).open(log).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_licensebot"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (tell, address) = oneshot::channel();
        // Reads to the end, so that the process never waits for a full pipe.
        thread::spawn(move || {
            let mut tell = Some(tell);
            for line in output.lines().map_while(Result::ok) {
                let address = line.split_whitespace().find(|word| word.starts_with("http://"));
                if let (Some(address), Some(tell)) = (address, tell.take_if(|_| address.is_some())) {
                    let _ = tell.send(address.to_owned());
                }
            }
        });
        Self { child, address: Some(address) }
    }

    /// Where it listens, as soon as it does.
    pub async fn address(&mut self) -> String {
        let address = self.address.take().unwrap();
        tokio::time::timeout(START, address).await.unwrap().unwrap()
    }

    /// `kill -9`; back when it is gone.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The ports it listens on, as the kernel says.
    pub fn ports(&self) -> Vec<u16> {
        let process = format!("/proc/{}", self.child.id());
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
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
