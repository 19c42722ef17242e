//! The poor and the near-poor by group and by ethnicity.
//!
//! The form takes the groups of a list away from its total, so a household can be in one only. A household is of an
//! ethnic minority if its head is; else it has no labour if the survey says so; else it is one of merit if someone who
//! lives in it is; else it is another. A head whose ethnicity nobody wrote down counts as another.

use domain::rulebook::summary::Figure;

use super::basis::{Basis, Listed};
use super::ledger::Ledger;
use crate::figure::present;

/// How ethnicities are written: the numbers of the list of 1979.
const PREFIX: &str = "tctk1979:";
const KINH: &str = "tctk1979:01";
/// The names of the list of 1979, in the order of their numbers.
const NAMES: &str = include_str!("../../data/ethnicities-1979.txt");

/// Its group, and the ethnicity of its head.
pub(super) fn count(basis: &Basis<'_>, listed: &Listed<'_>, ledger: &mut Ledger) {
    if let Some(group) = group(basis, listed) {
        ledger.add(group, listed.list, listed.part());
    }
    match ethnicity(listed) {
        Some(KINH) => ledger.add(Figure::Kinh, listed.list, listed.part()),
        Some(code) => ledger.add_about(Figure::Ethnicity, listed.list, code, listed.part()),
        None => ledger.add(Figure::EthnicityUnknown, listed.list, listed.part()),
    }
}

/// The group of a household, the first that holds; none for a minority, which is counted with the lists.
fn group(basis: &Basis<'_>, listed: &Listed<'_>) -> Option<Figure> {
    if is_minority(listed) {
        None
    } else if basis.has_no_labour(listed.id()) {
        Some(Figure::GroupWithoutLabour)
    } else if has_merit(basis, listed) {
        Some(Figure::GroupMerit)
    } else {
        Some(Figure::GroupOther)
    }
}

fn has_merit(basis: &Basis<'_>, listed: &Listed<'_>) -> bool {
    let members = listed.surveyed.into_iter().flat_map(|it| it.household.members.values());
    members.filter(|member| present(member, basis.data.days.as_of)).any(|member| member.merit)
}

/// Whether a household is of an ethnic minority: unknown is no.
pub(super) fn is_minority(listed: &Listed<'_>) -> bool {
    ethnicity(listed).is_some_and(|code| code != KINH)
}

/// The ethnicity of a household: that of its head.
fn ethnicity<'a>(listed: &Listed<'a>) -> Option<&'a str> {
    let household = &listed.surveyed?.household;
    household.members.get(&household.head?)?.ethnicity.as_deref()
}

/// The name of an ethnicity, or its code where the list of 1979 does not have it.
pub(super) fn name(code: &str) -> &str {
    let number = code.strip_prefix(PREFIX).and_then(|number| number.parse::<usize>().ok());
    let line = number.and_then(|number| NAMES.lines().nth(number.checked_sub(1)?));
    line.unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_1979_has_54_names() {
        assert_eq!(NAMES.lines().count(), 54);
        assert_eq!(
            [name("tctk1979:01"), name("tctk1979:06"), name("tctk1979:54")],
            ["Kinh", "Mường", "Rơ-măm"]
        );
        assert_eq!([name("tctk1979:00"), name("tctk1979:55")], ["tctk1979:00", "tctk1979:55"]);
    }
}
