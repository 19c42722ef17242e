//! What a file surely holds, and what was done to it since.

/// A write that is not synced is cut at a multiple of this, in bytes.
const SECTOR: usize = 512;

/// A file on a disk that may lose its power.
pub(crate) struct Image {
    /// What was synced; none where there was no file.
    synced: Option<Vec<u8>>,
    since: Vec<Deed>,
}

enum Deed {
    Write(usize, Vec<u8>),
    Truncate(usize),
    Delete,
}

impl Image {
    pub(crate) fn of(synced: Option<Vec<u8>>) -> Self {
        Self { synced, since: Vec::new() }
    }

    pub(crate) fn write(&mut self, at: usize, bytes: &[u8]) {
        self.since.push(Deed::Write(at, bytes.to_vec()));
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.since.push(Deed::Truncate(length));
    }

    pub(crate) fn delete(&mut self) {
        self.since.push(Deed::Delete);
    }

    /// Everything that was done is sure from now on.
    pub(crate) fn sync(&mut self) {
        let mut now = self.synced.take();
        for deed in self.since.drain(..) {
            apply(&mut now, &deed, usize::MAX);
        }
        self.synced = Some(now.unwrap_or_default());
    }

    /// As `sync`, for a deletion.
    pub(crate) fn sync_deletion(&mut self) {
        self.since.clear();
        self.synced = None;
    }

    /// What is left when the power went: what was synced, and of the rest what the dice say.
    pub(crate) fn left(&self, dice: &mut fastrand::Rng) -> Option<Vec<u8>> {
        let mut left = self.synced.clone();
        let kept = dice.u8(0..4);
        for deed in &self.since {
            let whole = match kept {
                0 => false,
                1 => true,
                _ => dice.bool(),
            };
            if whole {
                apply(&mut left, deed, usize::MAX);
            } else if kept == 3 {
                apply(&mut left, deed, dice.usize(0..8) * SECTOR);
            }
        }
        left
    }
}

/// Does it to the file; of a write only the first bytes.
fn apply(file: &mut Option<Vec<u8>>, deed: &Deed, first: usize) {
    match deed {
        Deed::Write(at, bytes) => {
            let bytes = &bytes[..bytes.len().min(first)];
            let file = file.get_or_insert_default();
            if !bytes.is_empty() {
                file.resize(file.len().max(at + bytes.len()), 0);
                file[*at..at + bytes.len()].copy_from_slice(bytes);
            }
        }
        Deed::Truncate(length) if first > 0 => file.get_or_insert_default().truncate(*length),
        Deed::Delete if first == usize::MAX => *file = None,
        Deed::Truncate(_) | Deed::Delete => {}
    }
}
