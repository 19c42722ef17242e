//! Files that devices wrote, brought by hand: each part goes through the same door as a push.
//!
//! **Invariant:** a file is read whole before anything of it is stored. Each part is stored in a transaction of its own; a file
//! that was taken halfway is taken again from its beginning, and what was stored is answered `already`.

use std::collections::BTreeMap;

use serde::Serialize;
use sync::bundle::{BundleError, Code as BundleCode, read};
use sync::push::Verdict;

use crate::api::v1::push;
use crate::app::App;
use crate::fault::{Code, Fault};

impl From<BundleError> for Fault {
    fn from(error: BundleError) -> Self {
        Self::of(match error {
            BundleError::NotABundle => Code::NotABundle,
            BundleError::Truncated => Code::TruncatedBundle,
            BundleError::Damaged => Code::DamagedBundle,
            BundleError::Newer => Code::NewerBundle,
            BundleError::WrongCode => Code::WrongBundleCode,
            BundleError::OtherTown => Code::BundleOfOtherTown,
            BundleError::TooLarge => Code::BundleTooLarge,
        })
    }
}

/// What became of the changes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Who wrote the file, if the server knows them.
    pub by: Option<String>,
    /// When, seconds since 1970 by their clock.
    pub made_at: i64,
    /// In the log now.
    pub stored: u64,
    /// In the log before.
    pub already: u64,
    /// In the log, to be accepted by the office.
    pub proposals: u64,
    /// Without what they build on.
    pub missing: u64,
    /// Refused, by reason.
    pub refused: BTreeMap<String, u64>,
}

/// Takes a file that somebody brought.
pub fn take(app: &App, file: &[u8], code: &str) -> Result<Taken, Fault> {
    let bundle = read(file, &BundleCode::typed(code)?, app.identity.town)?;
    let writer = app.database.enrolment(bundle.header.enrolment)?;
    let by = writer.and_then(|writer| app.town.user(writer.user)).map(|user| user.name.clone());
    let mut taken = Taken { by, made_at: bundle.header.made_at, ..Taken::default() };
    for part in bundle.pushes() {
        let told = push::take(app, &"by hand", &part)?;
        told.answers.iter().for_each(|answer| taken.count(answer.verdict));
    }
    Ok(taken)
}

impl Taken {
    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Stored { .. } => self.stored += 1,
            Verdict::Already => self.already += 1,
            Verdict::Proposal { .. } => self.proposals += 1,
            Verdict::MissingDeps => self.missing += 1,
            Verdict::Equivocation => *self.refused.entry("equivocation".to_owned()).or_default() += 1,
            Verdict::Refused { code } => *self.refused.entry(code.code().to_owned()).or_default() += 1,
        }
    }
}
