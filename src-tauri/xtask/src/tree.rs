//! The files of the repository, as its rules read them.

use crate::program::{Failure, Outcome};
use std::path::Path;

/// Folders that hold what a tool produced, never what someone wrote.
const PRODUCED: &[&str] = &["target", "node_modules", "dist", ".git"];

/// One file: its path from the root with `/` between folders, and its bytes.
pub struct File {
    pub path: String,
    pub bytes: Vec<u8>,
}

impl File {
    /// Returns the lines of a text file, numbered from 1; a binary file has none.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = std::str::from_utf8(&self.bytes).unwrap_or_default();
        text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Reads every file of the repository, in the order of the paths.
pub fn files(root: &Path) -> Outcome<Vec<File>> {
    let mut files = Vec::new();
    walk(root, "", &mut files).map_err(Failure::while_doing("lire les fichiers du dépôt"))?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Returns the visible names at the top of the repository, sorted; what a tool produced is left out.
pub fn visible_top(root: &Path) -> Outcome<Vec<String>> {
    let mut names = names(root).map_err(Failure::while_doing("lire la racine du dépôt"))?;
    names.retain(|name| !name.starts_with('.') && !PRODUCED.contains(&name.as_str()));
    names.sort();
    Ok(names)
}

fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<File>) -> std::io::Result<()> {
    for name in names(folder)? {
        if PRODUCED.contains(&name.as_str()) || name.ends_with(".dument") {
            continue;
        }
        let path = folder.join(&name);
        let relative = format!("{prefix}{name}");
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(&path, &format!("{relative}/"), files)?;
        } else {
            // Someone may be saving this very file: one that has just vanished is not a fault.
            match std::fs::read(&path) {
                Ok(bytes) => files.push(File { path: relative, bytes }),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
