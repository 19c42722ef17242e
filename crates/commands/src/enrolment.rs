//! The small file that says that someone is enrolled here, and guards the keys under the PIN.
//!
//! **Invariant:** the file is written last: while it is not there, nobody is enrolled, whatever else is.

use domain::id::IncarnationId;
use serde::{Deserialize, Serialize};

use crate::fault::{ErrorCode, Fault};
use crate::host::{Host, HostFile};
use crate::secret::Wrapped;

/// Version of the file's shape.
const FORMAT: u32 = 1;

/// The file's content.
#[derive(Serialize, Deserialize)]
pub(crate) struct Enrolment {
    format: u32,
    /// Name of the database in the data folder; another one for each enrolment.
    pub database: String,
    /// The keys.
    pub keys: Wrapped,
}

impl Enrolment {
    /// An enrolment whose database is yet to be made.
    pub fn new(host: &impl Host, keys: Wrapped) -> Self {
        let mut name = [0; 8];
        host.random(&mut name);
        Self { format: FORMAT, database: format!("{}.db", hex::encode(name)), keys }
    }

    /// The enrolment of this device, if there is one.
    pub fn read(host: &impl Host) -> Result<Option<Self>, Fault> {
        let Some(bytes) = host.read(HostFile::Enrolment)? else { return Ok(None) };
        let read: Self =
            serde_json::from_slice(&bytes).map_err(|_| Fault::new(ErrorCode::DamagedEnrolment))?;
        let plain = |byte: u8| byte.is_ascii_hexdigit() || byte == b'.' || byte.is_ascii_lowercase();
        if read.format > FORMAT {
            return Err(ErrorCode::NewerDatabase.into());
        }
        if !read.database.bytes().all(plain) {
            return Err(ErrorCode::DamagedEnrolment.into());
        }
        Ok(Some(read))
    }

    /// Writes the file: from here on someone is enrolled.
    pub fn write(&self, host: &impl Host) -> Result<(), Fault> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|_| Fault::new(ErrorCode::Internal))?;
        Ok(host.write(HostFile::Enrolment, &bytes)?)
    }
}

/// The id of this installation; a new one if the file is not there, as after a restore on another device.
pub(crate) fn incarnation(host: &impl Host) -> Result<IncarnationId, Fault> {
    let kept = host.read(HostFile::Incarnation)?;
    let kept = kept.and_then(|bytes| std::str::from_utf8(&bytes).ok()?.trim().parse().ok());
    if let Some(id) = kept {
        return Ok(id);
    }
    let mut bytes = [0; 16];
    host.random(&mut bytes);
    let id = IncarnationId(bytes);
    host.write(HostFile::Incarnation, id.to_string().as_bytes())?;
    Ok(id)
}
