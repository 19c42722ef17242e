//! Recognition (công nhận): rows for the register, computed from a review or read from a list.
//!
//! **Invariant:** rows are checked as a whole before the first is stored; what is stored is never changed.

mod list;
mod review;

use chrono::NaiveDate;
use domain::classification::Class;
use domain::id::HouseholdId;
use domain::recognition::{Change, Recognition};
use serde::Serialize;

pub use list::of_list;
pub use review::of_review;

use crate::app::App;
use crate::clock;
use crate::database::access::COMMAND_LINE;
use crate::fault::{Code, Fault};

/// The decision that recognises.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Its number and symbol.
    pub decision: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// The first day that the rows hold.
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// The day as of which the lists before it are read.
    pub as_of: NaiveDate,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recognised {
    /// The number of the first row.
    pub first: u64,
    /// How many rows.
    pub rows: usize,
    /// Households of the review's lists without a decided class: they have no row.
    pub undecided: Vec<HouseholdId>,
}

/// Appends rows, all or none.
pub fn append(app: &App, rows: Vec<Recognition>, undecided: Vec<HouseholdId>) -> Result<Recognised, Fault> {
    if rows.is_empty() {
        return Err(Fault::of(Code::ListEmpty));
    }
    app.note(COMMAND_LINE, "recognise", &rows.len().to_string())?;
    let count = rows.len();
    let first = app.database.recognise(rows, clock::now())?;
    Ok(Recognised { first, rows: count, undecided })
}

/// The kind of change from the class on the earlier list to the new one; none when neither is on a list.
pub fn change(before: Option<Class>, now: Class) -> Option<Change> {
    let (was_poor, was_near) = (before.is_some_and(Class::is_poor), before == Some(Class::NearPoor));
    Some(match now {
        class if class.is_poor() && was_poor => Change::PoorFromPoor,
        class if class.is_poor() && was_near => Change::PoorFromNearPoor,
        Class::PoorIncome | Class::PoorDeprived | Class::Poor => Change::PoorNew,
        Class::NearPoor if was_poor => Change::NearPoorFromPoor,
        Class::NearPoor if was_near => Change::NearPoorFromNearPoor,
        Class::NearPoor => Change::NearPoorNew,
        Class::NotPoor if was_poor => Change::EscapedPoor,
        Class::NotPoor if was_near => Change::EscapedNearPoor,
        Class::NotPoor => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_fits_the_class_that_it_leads_to() {
        let classes = [Class::PoorIncome, Class::PoorDeprived, Class::Poor, Class::NearPoor, Class::NotPoor];
        let before = classes.into_iter().map(Some).chain([None]);
        for (before, now) in before.flat_map(|before| classes.map(|now| (before, now))) {
            let change = change(before, now);
            assert!(change.is_none_or(|change| change.fits(now)), "{before:?} {now:?}");
            let listed = |class| class != Class::NotPoor;
            assert_eq!(change.is_some(), listed(now) || before.is_some_and(listed), "{before:?} {now:?}");
        }
    }
}
