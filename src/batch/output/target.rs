//! Where an output goes: standard output, a file that grows, or a file that appears whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// What writers write to.
pub type Writer = Box<dyn Write + Send>;

/// A place for an output.
pub enum Target {
    Stdout,
    Growing,
    Whole { file: NamedTempFile, path: PathBuf },
}

impl Target {
    /// Standard output.
    pub fn stdout() -> (Self, Writer) {
        (Self::Stdout, Box::new(io::stdout()))
    }

    /// A file that is written as it goes, from the byte `keep` on.
    pub fn growing(path: &Path, keep: u64) -> io::Result<(Self, Writer)> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(keep == 0).open(path)?;
        if keep > 0 {
            file.set_len(keep)?;
            file.seek(SeekFrom::Start(keep))?;
        }
        Ok((Self::Growing, Box::new(file)))
    }

    /// A file that takes its name once all of it is there.
    pub fn whole(path: &Path) -> io::Result<(Self, Writer)> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = Builder::new();
        builder.prefix(".otvet-");
        #[cfg(unix)]
        {
            // As any new file: the process's mask takes away what it takes away.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder)?;
        let writer: File = file.as_file().try_clone()?;
        Ok((Self::Whole { file, path: path.to_path_buf() }, Box::new(writer)))
    }

    /// A file that takes the place of another once all of it is there, with its permissions; a link stays a link.
    pub fn replacing(path: &Path) -> io::Result<(Self, Writer)> {
        let path = std::fs::canonicalize(path)?;
        let (target, writer) = Self::whole(&path)?;
        if let Self::Whole { file, .. } = &target {
            file.as_file().set_permissions(std::fs::metadata(&path)?.permissions())?;
        }
        Ok((target, writer))
    }

    /// All is written: give the file its name. Dropped without this, the file is gone.
    pub fn commit(self) -> io::Result<()> {
        match self {
            Self::Stdout | Self::Growing => Ok(()),
            Self::Whole { file, path } => {
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|error| error.error)
            }
        }
    }
}
