//! A unit's programme: flat keys, and contradictions between two offices.

use domain::id::UnitId;
use domain::scalar::Scalar;
use records::{ConflictKind, Document, Kind};

use crate::support::{Officer, meet, text};

fn office(name: u8) -> Officer {
    Officer::of(name, Kind::Programme, Document::programme_id(UnitId::new([0x22; 16]), 2017))
}

#[test]
fn tasks_and_indicators_are_read_as_saved() {
    let mut officer = office(1);
    officer.saves(&[
        ("tasks/plan_2017/status", text("done")),
        ("tasks/plan_2017/result", text("Kế hoạch đã ban hành")),
        ("indicators/merit_people/value", Scalar::Int(42)),
        ("indicators/preschool_universal/value", text("99.9")),
        ("indicators/merit_people/date", text("2017-05-22")),
    ]);
    let programme = officer.document.programme();
    assert_eq!(programme.tasks["plan_2017"].status.as_deref(), Some("done"));
    assert_eq!(programme.tasks["plan_2017"].result.as_deref(), Some("Kế hoạch đã ban hành"));
    assert_eq!(programme.indicators["merit_people"].value, Some(Scalar::Int(42)));
    assert_eq!(programme.indicators["preschool_universal"].value, Some(text("99.9")));
    assert_eq!(programme.indicators["merit_people"].source, None);
    officer.document.verify().unwrap();
}

#[test]
fn a_contradiction_is_shown_until_someone_writes_over_it() {
    let (mut one, mut two) = (office(1), office(2));
    one.saves(&[("tasks/plan_2017/status", text("done"))]);
    two.saves(&[("tasks/plan_2017/status", text("in_progress"))]);
    meet(&mut one, &mut two);
    assert_eq!(one.contested(ConflictKind::Concurrent), ["in_progress", "done"]);
    one.saves(&[("tasks/plan_2017/status", text("in_progress"))]);
    assert!(one.document.conflicts().is_empty());
    let history = one.document.history();
    assert_eq!(history.len(), 3, "every value stays in the history");
}
