//! Saves: what they write, what they leave alone, and on which state they stand.

use domain::field::AnswerKey;
use domain::id::{ActorId, CommentId, HouseholdId, MemberId, PhotoId, StepId, SupportId, UserId, VisitId};
use domain::scalar::Scalar;
use records::{Author, ConflictKind, Document, Heads, Kind, RecordError};

use crate::support::{MORNING, Officer, REVIEW, answer, edit, edits, hex, household_id, meet, text};

#[test]
fn everything_that_is_saved_is_read() {
    let mut officer = Officer::new(1);
    let (member, support) = (format!("members/{}", hex(0xa1)), format!("supports/{}", hex(0xa2)));
    let (photo, review) = (format!("photos/{}", hex(0xa3)), format!("reviews/{REVIEW}"));
    officer.saves(&[
        ("place/address", text("Số 5, ngõ 2")),
        ("place/lat", Scalar::Int(200_123_456)),
        ("head", text(&hex(0xa1))),
        (&format!("{member}/name"), text("Đỗ Văn Hoà")),
        (&format!("{member}/merit"), Scalar::Bool(true)),
        (&format!("{member}/order"), Scalar::Int(1)),
        (&format!("{support}/amount_dong"), Scalar::Int(3_000_000)),
        (&format!("{support}/member"), text(&hex(0xa1))),
        (&format!("{photo}/bytes"), Scalar::Int(120_000)),
        (&format!("{review}/b1_entered"), Scalar::Int(115)),
        (&format!("{review}/answers/tai_san_tt#tivi"), Scalar::Bool(true)),
        (&format!("{review}/visits/{}/by", hex(0xb1)), text(&hex(0xc1))),
        (&format!("{review}/steps/{}/step", hex(0xb2)), text("surveyed")),
        (&format!("{review}/comments/{}/text", hex(0xb3)), text("Hỏi lại")),
        ("removed_why", text("merged")),
        ("merged_into", text(&hex(0x12))),
    ]);
    let household = officer.document.household();
    let head = MemberId::new([0xa1; 16]);
    assert_eq!(household.id, household_id());
    assert_eq!(household.place.address.as_deref(), Some("Số 5, ngõ 2"));
    assert_eq!(household.place.lat, Some(200_123_456));
    assert_eq!((household.head, household.name()), (Some(head), Some("Đỗ Văn Hoà")));
    assert!(household.members[&head].merit);
    assert_eq!(household.supports[&SupportId::new([0xa2; 16])].amount_dong, Some(3_000_000));
    assert_eq!(household.supports[&SupportId::new([0xa2; 16])].member, Some(head));
    assert_eq!(household.photos[&PhotoId::new([0xa3; 16])].bytes, Some(120_000));
    let record = &household.reviews[&REVIEW];
    assert_eq!(record.b1_entered, Some(115));
    assert_eq!(record.answers[&AnswerKey::option("tai_san_tt", "tivi")], Scalar::Bool(true));
    assert_eq!(record.visits[&VisitId::new([0xb1; 16])].by, Some(UserId::new([0xc1; 16])));
    assert_eq!(record.steps[&StepId::new([0xb2; 16])].step.as_deref(), Some("surveyed"));
    assert_eq!(record.comments[&CommentId::new([0xb3; 16])].text.as_deref(), Some("Hỏi lại"));
    assert_eq!(household.removed_why.as_deref(), Some("merged"));
    assert_eq!(household.merged_into, Some(HouseholdId::new([0x12; 16])));
    officer.document.verify().unwrap();
}

#[test]
fn a_save_carries_its_time_its_visit_and_its_author() {
    let mut officer = Officer::new(1);
    officer.visit = Some(VisitId::new([0xb1; 16]));
    let made = officer.saves(&[("place/phone", text("1"))]);
    assert_eq!(made.len(), 1);
    let (seq, time, visit) = (made[0].seq, made[0].time, made[0].visit);
    assert_eq!((made[0].actor, seq, time, visit), (officer.actor, 1, MORNING + 1010, officer.visit));
    let event = officer.document.history().remove(0);
    assert_eq!((event.hash, event.time, event.visit), (made[0].hash, time, visit));
}

#[test]
fn putting_the_same_again_writes_nothing() {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "may");
    assert!(officer.saves(&[(&answer("nuoc"), text("may"))]).is_empty());
    assert!(officer.saves(&[(&answer("nha_tieu"), Scalar::Null)]).is_empty(), "clearing what is not there");
    let made = officer.saves(&[(&answer("nuoc"), text("may")), (&answer("nha_tieu"), text("khong"))]);
    assert_eq!(made.len(), 1);
    let event = officer.document.history().remove(0);
    assert_eq!(event.edits.len(), 1, "only the field that was touched");
    assert_eq!(event.edits[0].field.to_string(), answer("nha_tieu"));
}

#[test]
fn a_save_that_changes_nothing_opens_no_review() {
    let mut officer = Officer::new(1);
    assert!(officer.saves(&[(&answer("nuoc"), Scalar::Null)]).is_empty());
    assert_eq!(officer.document.changes().len(), 1);
}

#[test]
fn a_cleared_answer_is_absent_and_not_known_is_an_answer() {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "?");
    assert!(officer.reads("nuoc").unwrap().is_not_known());
    officer.saves(&[(&answer("nuoc"), Scalar::Null)]);
    assert_eq!(officer.reads("nuoc"), None);
    let history = officer.document.history();
    assert_eq!(history[0].edits[0].before, Some(text("?")));
    assert_eq!(history[1].edits[0].before, None);
}

#[test]
fn the_last_of_two_edits_of_a_field_is_taken() {
    let mut officer = Officer::new(1);
    officer.saves(&[("place/phone", text("1")), ("place/phone", text("2"))]);
    assert_eq!(officer.document.household().place.phone.as_deref(), Some("2"));
}

/// An answer arrives while the form is open: both are there afterwards.
#[test]
fn a_stale_form_covers_nothing() {
    let (mut here, mut there) = (Officer::new(1), Officer::new(2));
    here.answers("nuoc", "may");
    meet(&mut here, &mut there);
    let form = here.opens();
    there.answers("nuoc", "mua");
    here.receives(&there);
    assert_eq!(here.reads("nuoc"), Some(text("mua")));
    here.saves_on(&form, &[(&answer("nuoc"), text("gieng_khoan"))]);
    let mut contested = here.contested(ConflictKind::Concurrent);
    contested.sort();
    assert_eq!(contested, ["gieng_khoan", "mua"]);
    assert!(here.contested(ConflictKind::Covered).is_empty());
    meet(&mut here, &mut there);
}

/// The officer's own section was saved after the form was opened: the same actor cannot go on from the older state.
#[test]
fn a_form_older_than_the_officers_own_save_uses_the_spare_actor() {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "may");
    let form = officer.opens();
    officer.answers("nha_tieu", "khong");
    let made = officer.saves_on(&form, &[(&answer("nuoc"), text("mua"))]);
    assert_ne!(made[0].actor, officer.actor);
    assert_eq!(made[0].seq, 1);
    assert_eq!((officer.reads("nuoc"), officer.reads("nha_tieu")), (Some(text("mua")), Some(text("khong"))));
    assert!(officer.document.conflicts().is_empty(), "the form had seen the answer that it changed");
    officer.document.verify().unwrap();
}

#[test]
fn a_spare_actor_that_is_not_fresh_is_refused() {
    let mut officer = Officer::new(1);
    let form = officer.opens();
    officer.answers("nuoc", "may");
    let before = officer.document.heads();
    let author = Author { actor: officer.actor, spare: officer.actor, time: 0, visit: None };
    let saved = officer.document.save(&form, &edits(&[("head", text("x"))]), &author);
    assert_eq!(saved, Err(RecordError::ActorInUse));
    assert_eq!(officer.document.heads(), before);
}

#[test]
fn a_form_of_an_unknown_state_is_refused() {
    let mut officer = Officer::new(1);
    let author = Author { actor: officer.actor, spare: ActorId::new([9; 16]), time: 0, visit: None };
    for heads in [Heads::default(), Heads::new(vec![[7; 32]])] {
        let saved = officer.document.save(&heads, &edits(&[("place/phone", text("1"))]), &author);
        assert_eq!(saved, Err(RecordError::UnknownHeads));
    }
}

#[test]
fn a_household_takes_no_programme_field_and_the_reverse() {
    let author = Author { actor: ActorId::new([1; 16]), spare: ActorId::new([2; 16]), time: 0, visit: None };
    let cases = [(Kind::Household, "tasks/plan_2017/status"), (Kind::Programme, "place/phone")];
    for (kind, path) in cases {
        let mut document = Document::create(kind, household_id());
        let saved = document.save(&document.heads(), &[edit(path, text("x"))], &author);
        assert_eq!(saved, Err(RecordError::UnknownPath));
    }
}

#[test]
fn a_past_state_reads_as_it_was() {
    let mut officer = Officer::new(1);
    officer.answers("nuoc", "may");
    let before = officer.opens();
    officer.answers("nuoc", "mua");
    let then = officer.document.at(&before).unwrap();
    assert_eq!(then.heads(), before);
    let answers = &then.household().reviews[&REVIEW].answers;
    assert_eq!(answers[&AnswerKey::household("nuoc")], text("may"));
}
