//! Is a directory on a network filesystem? There, locks and the shared memory of SQLite's write-ahead log do not reach across
//! machines, so two bots could write into one database, and a commit may not be on a disk when it says so. Only looks at what
//! Linux says about its mounts; where it says nothing, nothing is refused.

use std::path::{Path, PathBuf};

/// Filesystems whose files other machines have too. Not here, on purpose: `overlay`, `virtiofs`, `9p` and the `fuse.*` of
/// container machines, which are how containers reach a local disk. Where one of them has no shared memory, SQLite refuses by
/// itself.
const NETWORK: [&str; 25] = [
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "fuse.blobfuse",
    "fuse.blobfuse2",
    "fuse.ceph",
    "fuse.ceph-fuse",
    "fuse.curlftpfs",
    "fuse.davfs2",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.goofys",
    "fuse.juicefs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.smbnetfs",
    "fuse.sshfs",
    "gpfs",
    "lustre",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
];

/// The kind of the network filesystem that a file stands on, or would; nothing when it is none, or nobody knows.
pub(super) fn network_filesystem(file: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    network_kind(&mounts, &directory.canonicalize().ok()?).map(str::to_owned)
}

/// `directory` is absolute and without links. Of several mounts in its path the deepest counts, of several in one place the last.
fn network_kind<'a>(mounts: &'a str, directory: &Path) -> Option<&'a str> {
    let over = mounts.lines().filter_map(mount).filter(|(point, _)| directory.starts_with(point));
    let (_, kind) = over.max_by_key(|(point, _)| point.components().count())?;
    NETWORK.contains(&kind).then_some(kind)
}

/// Where a line of mountinfo mounts something, and its kind (`proc_pid_mountinfo(5)`): the fifth field, and the first behind
/// the lone hyphen.
fn mount(line: &str) -> Option<(PathBuf, &str)> {
    let (placed, what) = line.split_once(" - ")?;
    Some((PathBuf::from(unescaped(placed.split(' ').nth(4)?)), what.split(' ').next()?))
}

/// Blank, tab, line feed and backslash are written as three octal digits.
fn unescaped(field: &str) -> String {
    let mut parts = field.split('\\');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let octal = part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match octal {
            Some(byte) => {
                text.push(char::from(byte));
                text.extend(part.chars().skip(3));
            }
            None => {
                text.push('\\');
                text.push_str(part);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Linux 6 wrote it on a machine with all kinds of mounts; the last one covers what was mounted there before.
    const RECORDED: &str = r"22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:45 / /srv/nfs rw,relatime shared:20 - nfs4 filer.example:/exports/bot rw,vers=4.2,hard,proto=tcp
41 40 254:1 / /srv/nfs/local rw,relatime - xfs /dev/vdb rw
42 27 0:46 / /mnt/share rw,relatime shared:21 master:3 - cifs //filer.example/bot rw,vers=3.1.1
43 27 0:47 / /home/oskar/two\040words rw,nosuid,nodev - fuse.sshfs oskar@host.example:/ rw,user_id=1000
44 27 0:48 / /var/lib/containers/merged rw,relatime - overlay overlay rw,lowerdir=/a,upperdir=/b,workdir=/c
45 27 0:49 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs
46 27 0:50 / /mnt/host rw,relatime - virtiofs host rw
47 27 0:51 / /data rw,relatime - nfs filer.example:/data rw,vers=3
48 47 254:2 / /data rw,relatime - ext4 /dev/vdc rw
49 27 254:3 / /covered rw,relatime - ext4 /dev/vdd rw
50 49 0:52 / /covered rw,relatime - ceph 10.0.0.1:6789:/ rw
";

    #[test]
    fn the_deepest_and_last_mount_decides() {
        for (directory, kind) in [
            ("/var/lib/licensebot", None),
            ("/srv/nfs", Some("nfs4")),
            ("/srv/nfs/bot", Some("nfs4")),
            ("/srv/nfs/local/bot", None),
            ("/srv/nfs-not", None),
            ("/mnt/share/bot", Some("cifs")),
            ("/home/oskar/two words/bot", Some("fuse.sshfs")),
            ("/home/oskar/two", None),
            ("/var/lib/containers/merged/data", None),
            ("/mnt/c/bot", None),
            ("/mnt/host/bot", None),
            ("/data/bot", None),
            ("/covered", Some("ceph")),
        ] {
            assert_eq!(network_kind(RECORDED, Path::new(directory)), kind, "{directory}");
        }
    }

    #[test]
    fn what_is_no_mountinfo_refuses_nothing() {
        for text in ["", "\n\n", "nfs", "1 2 3 / / rw nfs server:/ rw", " - ", "1 2 3 / - nfs a rw"] {
            assert_eq!(network_kind(text, Path::new("/srv")), None, "{text:?}");
        }
    }

    #[test]
    fn escapes_are_undone_and_what_is_none_stays() {
        assert_eq!(unescaped(r"/a\040b\011c\134d"), "/a b\tc\\d");
        assert_eq!(unescaped(r"/å\04\9ö"), r"/å\04\9ö");
    }

    #[test]
    fn this_machines_own_disk_is_none() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(network_filesystem(&dir.path().join("licensebot.db")), None);
        assert_eq!(network_filesystem(Path::new("/no/such/directory/licensebot.db")), None);
    }
}
