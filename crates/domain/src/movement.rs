//! Movement (diễn biến) of the poor and the near-poor list between an opening and a closing day.
//!
//! **Invariant:** end = start − out + in, for both lists and for every grouping of units; a household that left a
//! list without a coded reason is named, never dropped.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::classification::Class;
use crate::id::HouseholdId;
use crate::recognition::Recognition;

/// The lists as of a day.
pub type Lists<'a> = BTreeMap<HouseholdId, &'a Recognition>;

/// Why a household is no longer on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Out {
    /// Above both lines.
    Escaped,
    /// On the near-poor list now.
    ToNearPoor,
    /// On the poor list now.
    ToPoor,
    /// Moved away.
    MovedOut,
    /// Nobody is left alive.
    Died,
    /// Became several households.
    Split,
    /// Became part of another.
    Merged,
    /// Was entered by mistake.
    Mistake,
    /// No reason is recorded: a check.
    Unexplained,
}

/// Why a household is on a list that it was not on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum In {
    /// From the near-poor list.
    FromNearPoor,
    /// From the poor list.
    FromPoor,
    /// Was on this list before, but not at the opening.
    Relapsed,
    /// Never was.
    NewlyArising,
    /// Never was here: it moved in.
    MovedIn,
    /// Never was by itself: it is a part of another household.
    Split,
}

/// One list's movement: the households behind every number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Flow {
    /// On the list at the opening.
    pub start: BTreeSet<HouseholdId>,
    /// Left it, by reason.
    pub out: BTreeMap<Out, BTreeSet<HouseholdId>>,
    /// Came to it, by reason.
    #[serde(rename = "in")]
    pub into: BTreeMap<In, BTreeSet<HouseholdId>>,
    /// On the list at the closing.
    pub end: BTreeSet<HouseholdId>,
}

/// The four numbers of a flow do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("movement_identity: {start} - {out} + {into} != {end}")]
pub struct IdentityBroken {
    /// Households at the opening.
    pub start: usize,
    /// Households that left.
    pub out: usize,
    /// Households that came.
    pub into: usize,
    /// Households at the closing.
    pub end: usize,
}

impl Flow {
    /// Households that left, all reasons together.
    pub fn out_count(&self) -> usize {
        self.out.values().map(BTreeSet::len).sum()
    }

    /// Households that came, all reasons together.
    pub fn in_count(&self) -> usize {
        self.into.values().map(BTreeSet::len).sum()
    }

    /// end = start − out + in.
    ///
    /// # Errors
    /// The four numbers when they do not agree.
    pub fn identity(&self) -> Result<(), IdentityBroken> {
        let (start, end) = (self.start.len(), self.end.len());
        let (out, into) = (self.out_count(), self.in_count());
        if start + into == end + out { Ok(()) } else { Err(IdentityBroken { start, out, into, end }) }
    }
}

/// The movement of both lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Movement {
    /// Hộ nghèo.
    pub poor: Flow,
    /// Hộ cận nghèo.
    pub near_poor: Flow,
}

/// What is known beside the two lists.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Coded reasons of households that no longer exist: `moved_out`, `died`, `split`, `merged`, `mistake`.
    pub removed: &'a BTreeMap<HouseholdId, String>,
    /// Coded reasons of households that came between the two days: `moved_in`, `split`, `newly_listed`.
    pub came: &'a BTreeMap<HouseholdId, String>,
    /// Every row of the register before the opening: who was poor or near-poor once.
    pub earlier: &'a [Recognition],
}

/// The movement from the opening lists to the closing lists.
pub fn movement(opening: &Lists<'_>, closing: &Lists<'_>, known: Known<'_>) -> Movement {
    Movement {
        poor: flow(opening, closing, known, Class::is_poor),
        near_poor: flow(opening, closing, known, |class| class == Class::NearPoor),
    }
}

fn flow(opening: &Lists<'_>, closing: &Lists<'_>, known: Known<'_>, on_list: fn(Class) -> bool) -> Flow {
    let listed = |lists: &Lists<'_>| -> BTreeSet<HouseholdId> {
        lists.values().filter(|row| on_list(row.class)).map(|row| row.household).collect()
    };
    let mut flow = Flow { start: listed(opening), end: listed(closing), ..Flow::default() };
    for household in flow.start.difference(&flow.end) {
        let why = why_out(closing.get(household).copied(), known.removed.get(household).map(String::as_str));
        flow.out.entry(why).or_default().insert(*household);
    }
    for household in flow.end.difference(&flow.start) {
        let before = |row: &Recognition| row.household == *household && on_list(row.class);
        let relapsed = known.earlier.iter().any(before);
        let came = known.came.get(household).map(String::as_str);
        let why = why_in(opening.get(household).copied(), relapsed, came);
        flow.into.entry(why).or_default().insert(*household);
    }
    flow
}

fn why_out(now: Option<&Recognition>, removed: Option<&str>) -> Out {
    match now {
        Some(row) if row.class.is_poor() => return Out::ToPoor,
        Some(row) if row.class == Class::NearPoor => return Out::ToNearPoor,
        Some(row) if row.change.is_escape() => return Out::Escaped,
        _ => {}
    }
    match removed {
        Some("moved_out") => Out::MovedOut,
        Some("died") => Out::Died,
        Some("split") => Out::Split,
        Some("merged") => Out::Merged,
        Some("mistake") => Out::Mistake,
        _ => Out::Unexplained,
    }
}

fn why_in(before: Option<&Recognition>, relapsed: bool, came: Option<&str>) -> In {
    match (before.map(|row| row.class), came) {
        (Some(Class::NearPoor), _) => In::FromNearPoor,
        (Some(class), _) if class.is_poor() => In::FromPoor,
        _ if relapsed => In::Relapsed,
        (_, Some("moved_in")) => In::MovedIn,
        (_, Some("split")) => In::Split,
        _ => In::NewlyArising,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::id::UnitId;
    use crate::recognition::{Change, Register};

    fn on(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    fn household(n: u8) -> HouseholdId {
        HouseholdId::new([n; 16])
    }

    fn row(seq: u64, n: u8, (class, change): (Class, Change), year: i32) -> Recognition {
        Recognition {
            seq,
            household: household(n),
            unit: UnitId::new([0; 16]),
            review: None,
            class,
            change,
            people: 3,
            decision: "1/QĐ-UBND".to_owned(),
            decided_on: on(year),
            certificate: None,
            from: on(year),
            to: None,
        }
    }

    const POOR: (Class, Change) = (Class::PoorIncome, Change::PoorNew);
    const NEAR: (Class, Change) = (Class::NearPoor, Change::NearPoorNew);
    const ESCAPED: (Class, Change) = (Class::NotPoor, Change::EscapedPoor);
    const GONE: (Class, Change) = (Class::NotPoor, Change::Dissolved);

    fn register(rows: &[(u8, (Class, Change), i32)]) -> Register {
        let numbered = rows.iter().zip(1..);
        Register::from_rows(numbered.map(|((n, what, year), seq)| row(seq, *n, *what, *year))).unwrap()
    }

    #[test]
    fn every_reason_is_told() {
        let register = register(&[
            (1, POOR, 2016),
            (2, POOR, 2016),
            (3, POOR, 2016),
            (4, POOR, 2014),
            (4, ESCAPED, 2015),
            (5, NEAR, 2016),
            (6, POOR, 2016),
            (1, ESCAPED, 2017),
            (2, NEAR, 2017),
            (3, GONE, 2017),
            (4, POOR, 2017),
            (5, POOR, 2017),
            (6, GONE, 2017),
            (7, POOR, 2017),
            (8, POOR, 2017),
            (9, POOR, 2017),
        ]);
        let removed = BTreeMap::from([(household(3), "moved_out".to_owned())]);
        let earlier = &register.rows()[..5];
        let came =
            BTreeMap::from([(household(8), "moved_in".to_owned()), (household(9), "split".to_owned())]);
        let known = Known { removed: &removed, came: &came, earlier };
        let movement = movement(&register.as_of(on(2016)), &register.as_of(on(2017)), known);
        let one = |n| BTreeSet::from([household(n)]);
        let out = [
            (Out::Escaped, one(1)),
            (Out::ToNearPoor, one(2)),
            (Out::MovedOut, one(3)),
            (Out::Unexplained, one(6)),
        ];
        assert_eq!(movement.poor.out, BTreeMap::from(out));
        let into = [
            (In::FromNearPoor, one(5)),
            (In::Relapsed, one(4)),
            (In::NewlyArising, one(7)),
            (In::MovedIn, one(8)),
            (In::Split, one(9)),
        ];
        assert_eq!(movement.poor.into, BTreeMap::from(into));
        assert_eq!(movement.near_poor.into, BTreeMap::from([(In::FromPoor, one(2))]));
        assert_eq!(movement.near_poor.out, BTreeMap::from([(Out::ToPoor, one(5))]));
    }

    #[test]
    fn a_broken_identity_is_told_with_its_numbers() {
        let flow = Flow { start: BTreeSet::from([household(1)]), ..Flow::default() };
        assert_eq!(flow.identity(), Err(IdentityBroken { start: 1, out: 0, into: 0, end: 0 }));
    }

    proptest! {
        #[test]
        fn end_is_start_minus_out_plus_in(rows in prop::collection::vec((0_u8..20, 0_usize..4, 2014_i32..2019), 0..60)) {
            let kinds = [POOR, NEAR, ESCAPED, GONE];
            let rows: Vec<_> = rows.into_iter().map(|(n, kind, year)| (n, kinds[kind], year)).collect();
            let register = register(&rows);
            let removed = BTreeMap::new();
            let known = Known { removed: &removed, came: &BTreeMap::new(), earlier: register.rows() };
            let movement = movement(&register.as_of(on(2016)), &register.as_of(on(2017)), known);
            prop_assert_eq!(movement.poor.identity(), Ok(()));
            prop_assert_eq!(movement.near_poor.identity(), Ok(()));
        }
    }
}
