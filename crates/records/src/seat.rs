//! Where a field sits in a document: which map, under which key.
//!
//! **Invariant:** map path + `/` + key is the field's own path, so a path found in a document is a field or nothing.

use domain::field::Field;
use domain::id::DocumentId;

use crate::kind::Kind;

/// The seat of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// Path of the map; empty for the document itself.
    pub map: String,
    /// Key in the map.
    pub key: String,
}

/// How many maps lie between the document and the field.
fn depth(field: &Field) -> usize {
    match field {
        Field::Head | Field::Removed | Field::RemovedWhy | Field::RemovedOn | Field::RemovedNote => 0,
        Field::MergedInto | Field::CameWhy => 0,
        Field::Place(_) | Field::Task(..) | Field::Indicator(..) => 1,
        Field::Vote(..) | Field::Attendance(..) => 1,
        Field::Member(..) | Field::Support(..) | Field::Photo(..) | Field::B1Entered(_) => 2,
        Field::Session(..) => 2,
        Field::Answer(..) => 3,
        Field::Visit(..) | Field::Step(..) | Field::Comment(..) | Field::Choice(..) => 4,
    }
}

/// The seat of `field`.
pub(crate) fn seat(field: &Field) -> Seat {
    let path = field.to_string();
    let cut = depth(field).checked_sub(1).and_then(|nth| path.match_indices('/').nth(nth));
    match cut {
        Some((at, _)) => Seat { map: path[..at].to_owned(), key: path[at + 1..].to_owned() },
        None => Seat { map: String::new(), key: path },
    }
}

/// The path of `key` in the map at `map`.
pub(crate) fn join(map: &str, key: &str) -> String {
    if map.is_empty() { key.to_owned() } else { format!("{map}/{key}") }
}

/// The field that sits under `key` in the map at `map`, if documents of this kind have one there.
pub(crate) fn field_at(kind: Kind, map: &str, key: &str) -> Option<Field> {
    let field: Field = join(map, key).parse().ok()?;
    let levels = if map.is_empty() { 0 } else { map.matches('/').count() + 1 };
    (kind.holds(&field) && levels == depth(&field)).then_some(field)
}

/// True if `key` in the map at `map` is an entry: a map that its author makes under a random id.
pub(crate) fn is_entry(kind: Kind, map: &str, key: &str) -> bool {
    let parts: Vec<&str> = map.split('/').collect();
    let holds_entries = matches!(
        (kind, parts.as_slice()),
        (Kind::Household, ["members" | "supports" | "photos"])
            | (Kind::Household, ["reviews", _, "visits" | "steps" | "comments" | "choices"])
            | (Kind::Meeting, ["sessions"])
    );
    holds_entries && key.parse::<DocumentId>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00112233445566778899aabbccddeeff";

    #[test]
    fn a_seat_and_its_field_are_one_path() {
        let cases = [
            ("head", "", "head"),
            ("place/lat", "place", "lat"),
            ("members/ID/name", "members/ID", "name"),
            ("reviews/ID/b1_entered", "reviews/ID", "b1_entered"),
            ("reviews/ID/answers/bhyt/ID", "reviews/ID/answers", "bhyt/ID"),
            ("reviews/ID/answers/tai_san_tt#tivi", "reviews/ID/answers", "tai_san_tt#tivi"),
            ("reviews/ID/visits/ID/at", "reviews/ID/visits/ID", "at"),
            ("supports/ID/policy", "supports/ID", "policy"),
        ];
        for (path, map, key) in cases {
            let field: Field = path.replace("ID", ID).parse().unwrap();
            let expected = Seat { map: map.replace("ID", ID), key: key.replace("ID", ID) };
            assert_eq!(seat(&field), expected);
            assert_eq!(field_at(Kind::Household, &expected.map, &expected.key), Some(field));
        }
    }

    #[test]
    fn programme_fields_are_flat_keys() {
        let field: Field = "tasks/plan_2017/status".parse().unwrap();
        assert_eq!(seat(&field), Seat { map: "tasks".into(), key: "plan_2017/status".into() });
        assert_eq!(field_at(Kind::Programme, "tasks", "plan_2017/status"), Some(field));
        assert_eq!(field_at(Kind::Household, "tasks", "plan_2017/status"), None);
        assert_eq!(field_at(Kind::Programme, "tasks/plan_2017", "status"), None);
        assert_eq!(field_at(Kind::Programme, "", "head"), None);
    }

    #[test]
    fn only_random_ids_in_their_containers_are_entries() {
        assert!(is_entry(Kind::Household, "members", ID));
        assert!(is_entry(Kind::Household, &format!("reviews/{ID}/steps"), ID));
        assert!(!is_entry(Kind::Household, "reviews", ID));
        assert!(!is_entry(Kind::Household, "members", "x"));
        assert!(!is_entry(Kind::Household, &format!("reviews/{ID}/answers"), ID));
        assert!(!is_entry(Kind::Programme, "members", ID));
    }
}
