//! Recognitions (công nhận): the append-only register of who was on which list, under which decision, from when.
//!
//! Every list and figure reads the register *as of a day*. A household's row of a day is the one with the latest
//! `from` that is not after the day; of two rows with one `from`, the one appended later, which corrects the other.
//! A row whose `to` has passed leaves the household on no list.
//!
//! **Invariant:** rows are only appended, numbered from 1 without gaps; the lists as of a day can be told again at
//! any time from the rows up to a number.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::classification::Class;
use crate::id::{HouseholdId, ReviewId, UnitId};

/// What kind of change a recognition is: codes 1 to 6 are those of form C; the others take a household off a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// 1: hộ nghèo, từ hộ nghèo cũ.
    PoorFromPoor,
    /// 2: hộ nghèo, từ hộ cận nghèo cũ.
    PoorFromNearPoor,
    /// 3: hộ nghèo mới, tái nghèo included: whether it is a relapse is read from earlier rows.
    PoorNew,
    /// 4: hộ cận nghèo, từ hộ nghèo cũ.
    NearPoorFromPoor,
    /// 5: hộ cận nghèo, từ hộ cận nghèo cũ.
    NearPoorFromNearPoor,
    /// 6: hộ cận nghèo mới.
    NearPoorNew,
    /// Thoát nghèo: out of poverty and above the near-poor line.
    EscapedPoor,
    /// Thoát cận nghèo.
    EscapedNearPoor,
    /// Off the lists because the household moved away, died out, was split or merged.
    Dissolved,
}

impl Change {
    /// The code on form C.
    pub fn form_code(self) -> Option<u8> {
        match self {
            Self::PoorFromPoor => Some(1),
            Self::PoorFromNearPoor => Some(2),
            Self::PoorNew => Some(3),
            Self::NearPoorFromPoor => Some(4),
            Self::NearPoorFromNearPoor => Some(5),
            Self::NearPoorNew => Some(6),
            Self::EscapedPoor | Self::EscapedNearPoor | Self::Dissolved => None,
        }
    }

    /// Whether the household left a list upwards.
    pub fn is_escape(self) -> bool {
        matches!(self, Self::EscapedPoor | Self::EscapedNearPoor)
    }

    /// Whether a household of this class can have changed in this way.
    pub fn fits(self, class: Class) -> bool {
        match self {
            Self::PoorFromPoor | Self::PoorFromNearPoor | Self::PoorNew => class.is_poor(),
            Self::NearPoorFromPoor | Self::NearPoorFromNearPoor | Self::NearPoorNew => {
                class == Class::NearPoor
            }
            Self::EscapedPoor | Self::EscapedNearPoor | Self::Dissolved => class == Class::NotPoor,
        }
    }
}

/// One row of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recognition {
    /// The row's number, from 1.
    #[ts(type = "number")]
    pub seq: u64,
    /// The household.
    pub household: HouseholdId,
    /// The village it lived in.
    pub unit: UnitId,
    /// The review that found it.
    pub review: Option<ReviewId>,
    /// Which list it is on; `NotPoor` for a row that takes it off the lists.
    pub class: Class,
    /// What kind of change it is.
    pub change: Change,
    /// Members at the recognition.
    #[ts(type = "number")]
    pub people: i64,
    /// Number and symbol of the decision: `6120/QĐ-UBND`.
    pub decision: String,
    /// The decision's day.
    #[ts(type = "string")]
    pub decided_on: NaiveDate,
    /// Number of the household's certificate.
    pub certificate: Option<String>,
    /// First day that it holds.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Last day that it holds.
    #[ts(type = "string | null")]
    pub to: Option<NaiveDate>,
}

/// Why a row was not appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RegisterError {
    /// Its number is not the next one.
    #[error("register_sequence")]
    Sequence,
    /// It ends before it begins.
    #[error("register_period")]
    Period,
    /// The kind of change does not fit the class.
    #[error("register_change")]
    Change,
    /// No members on a list, or a negative number.
    #[error("register_people")]
    People,
    /// No decision is named.
    #[error("register_decision")]
    Decision,
}

impl RegisterError {
    /// The code under which the words for people are found.
    pub fn code(self) -> String {
        self.to_string()
    }
}

/// The register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Register(Vec<Recognition>);

impl Register {
    /// A register from its stored rows, in their order.
    ///
    /// # Errors
    /// A row that could not have been appended.
    pub fn from_rows(rows: impl IntoIterator<Item = Recognition>) -> Result<Self, RegisterError> {
        let mut register = Self::default();
        for row in rows {
            register.append(row)?;
        }
        Ok(register)
    }

    /// The number of the next row.
    pub fn next_seq(&self) -> u64 {
        self.0.len() as u64 + 1
    }

    /// Every row, oldest first.
    pub fn rows(&self) -> &[Recognition] {
        &self.0
    }

    /// Appends a row.
    ///
    /// # Errors
    /// The row is not the next, or contradicts itself.
    pub fn append(&mut self, row: Recognition) -> Result<(), RegisterError> {
        if row.seq != self.next_seq() {
            return Err(RegisterError::Sequence);
        }
        if row.to.is_some_and(|to| to < row.from) {
            return Err(RegisterError::Period);
        }
        if !row.change.fits(row.class) {
            return Err(RegisterError::Change);
        }
        let listed = row.class != Class::NotPoor;
        if row.people < i64::from(listed) {
            return Err(RegisterError::People);
        }
        if row.decision.trim().is_empty() {
            return Err(RegisterError::Decision);
        }
        self.0.push(row);
        Ok(())
    }

    /// The row of each household that holds on a day, those that took it off the lists included.
    pub fn as_of(&self, day: NaiveDate) -> BTreeMap<HouseholdId, &Recognition> {
        let mut rows: BTreeMap<HouseholdId, &Recognition> = BTreeMap::new();
        for row in self.0.iter().filter(|row| row.from <= day) {
            let held = rows.entry(row.household).or_insert(row);
            if held.from <= row.from {
                *held = row;
            }
        }
        rows.retain(|_, row| row.to.is_none_or(|to| day <= to));
        rows
    }

    /// The rows of one household, oldest first.
    pub fn of(&self, household: HouseholdId) -> impl Iterator<Item = &Recognition> {
        self.0.iter().filter(move |row| row.household == household)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2017, month, day).unwrap()
    }

    fn row(seq: u64, household: u8, class: Class, change: Change, from: NaiveDate) -> Recognition {
        Recognition {
            seq,
            household: HouseholdId::new([household; 16]),
            unit: UnitId::new([9; 16]),
            review: None,
            class,
            change,
            people: 4,
            decision: "6120/QĐ-UBND".to_owned(),
            decided_on: from,
            certificate: None,
            from,
            to: None,
        }
    }

    fn class_of(register: &Register, household: u8, day: NaiveDate) -> Option<Class> {
        register.as_of(day).get(&HouseholdId::new([household; 16])).map(|row| row.class)
    }

    #[test]
    fn rows_hold_from_their_first_to_their_last_day() {
        let mut register = Register::default();
        let ended =
            Recognition { to: Some(on(3, 31)), ..row(1, 1, Class::PoorIncome, Change::PoorNew, on(1, 10)) };
        register.append(ended).unwrap();
        assert_eq!(class_of(&register, 1, on(1, 9)), None);
        assert_eq!(class_of(&register, 1, on(1, 10)), Some(Class::PoorIncome));
        assert_eq!(class_of(&register, 1, on(3, 31)), Some(Class::PoorIncome));
        assert_eq!(class_of(&register, 1, on(4, 1)), None);
    }

    #[test]
    fn a_later_row_changes_no_earlier_day() {
        let rows = [
            row(1, 1, Class::PoorDeprived, Change::PoorNew, on(1, 1)),
            row(2, 1, Class::NearPoor, Change::NearPoorFromPoor, on(6, 1)),
            // A correction of the first row, found late: the June row still holds in June.
            row(3, 1, Class::PoorIncome, Change::PoorNew, on(1, 1)),
        ];
        let register = Register::from_rows(rows).unwrap();
        assert_eq!(class_of(&register, 1, on(5, 31)), Some(Class::PoorIncome));
        assert_eq!(class_of(&register, 1, on(6, 1)), Some(Class::NearPoor));
        let before = Register::from_rows(register.rows()[..2].to_vec()).unwrap();
        assert_eq!(class_of(&before, 1, on(5, 31)), Some(Class::PoorDeprived));
    }

    #[test]
    fn rows_that_contradict_themselves_are_refused() {
        let good = || row(1, 1, Class::PoorIncome, Change::PoorNew, on(1, 1));
        let refused = |row| Register::default().append(row).unwrap_err();
        assert_eq!(refused(Recognition { seq: 2, ..good() }), RegisterError::Sequence);
        assert_eq!(refused(Recognition { seq: 0, ..good() }), RegisterError::Sequence);
        assert_eq!(
            refused(Recognition { to: Some(on(1, 1).pred_opt().unwrap()), ..good() }),
            RegisterError::Period
        );
        assert_eq!(refused(Recognition { class: Class::NearPoor, ..good() }), RegisterError::Change);
        assert_eq!(refused(Recognition { people: 0, ..good() }), RegisterError::People);
        assert_eq!(refused(Recognition { decision: " ".to_owned(), ..good() }), RegisterError::Decision);
        let mut register = Register::default();
        register.append(good()).unwrap();
        assert_eq!(register.append(good()), Err(RegisterError::Sequence));
    }

    #[test]
    fn form_c_has_six_codes() {
        use Change::*;
        let changes =
            [PoorFromPoor, PoorFromNearPoor, PoorNew, NearPoorFromPoor, NearPoorFromNearPoor, NearPoorNew];
        let codes: Vec<_> = changes.iter().filter_map(|change| change.form_code()).collect();
        assert_eq!(codes, [1, 2, 3, 4, 5, 6]);
        assert_eq!(EscapedPoor.form_code(), None);
    }
}
