//! Households that split, and records of one household that are merged.

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::wire::household::{HouseholdCreated, HouseholdPage};
use crate::wire::people::{HouseholdMerge, HouseholdSplit, HouseholdUnmerge};

/// Some members become a household of their own.
pub(crate) fn split<H: Host>(_app: &App<H>, _form: HouseholdSplit) -> Result<HouseholdCreated, Fault> {
    Err(ErrorCode::NotPermitted.into())
}

/// Merges one record into another.
pub(crate) fn merge<H: Host>(_app: &App<H>, _form: HouseholdMerge) -> Result<HouseholdPage, Fault> {
    Err(ErrorCode::NotPermitted.into())
}

/// Brings a merged household back.
pub(crate) fn unmerge<H: Host>(_app: &App<H>, _form: HouseholdUnmerge) -> Result<HouseholdPage, Fault> {
    Err(ErrorCode::NotPermitted.into())
}
