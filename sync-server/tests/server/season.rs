//! What a season brings to the server: meetings, steps of the procedure, lists and seals that devices learn of.

use domain::configuration::Configuration;
use domain::id::{DocumentId, HouseholdId, ReviewId, SessionId, StepId, UnitId};
use domain::scalar::Scalar;
use records::{Document, Kind};
use sync::code::RefusalCode;
use sync::pull::PullRequest;
use sync::push::Verdict;
use sync_server::database::views::Content;
use sync_server::fault::Code;
use sync_server::recognise::of_list;
use sync_server::{projection, seal, setup};

use crate::officer::{Officer, from_the_start, household, review, unit};
use crate::world::World;

fn text(text: impl ToString) -> Scalar {
    Scalar::text(text.to_string())
}

fn refused(code: RefusalCode) -> Verdict {
    Verdict::Refused { code }
}

fn are_stored(verdicts: &[Verdict]) -> bool {
    verdicts.iter().all(|verdict| matches!(verdict, Verdict::Stored { .. }))
}

/// A meeting with a session at which one household was voted on.
fn meeting(officer: &Officer, village: UnitId, review: ReviewId) -> Document {
    let mut document = Document::create(Kind::Meeting, Document::meeting_id(village, review));
    let (session, home) = (SessionId::new([7; 16]), HouseholdId::new([1; 16]));
    officer.edit(
        &mut document,
        &[
            (&format!("sessions/{session}/at"), Scalar::Int(1_480_000_000)),
            (&format!("votes/{session}/{home}/for"), Scalar::Int(20)),
            (&format!("attendance/{session}/{}/present", "0c".repeat(16)), Scalar::Bool(true)),
        ],
    );
    document
}

#[test]
fn a_villages_meeting_is_stored_shown_to_lists_as_nothing_and_sent_to_others() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let (village, other) = (unit(&world, "Khu phố 1"), unit(&world, "Khu phố 2"));
    let held = meeting(&lan, village, review(&world));
    assert!(are_stored(&lan.push(&world, &held, village)));
    let of_elsewhere = meeting(&lan, other, review(&world));
    assert_eq!(lan.push(&world, &of_elsewhere, village)[0], refused(RefusalCode::Misplaced));
    assert_eq!(lan.push(&world, &of_elsewhere, other)[0], refused(RefusalCode::ForbiddenScope));
    let of_no_review = meeting(&lan, village, ReviewId::new([9; 16]));
    assert_eq!(lan.push(&world, &of_no_review, village)[0], refused(RefusalCode::Misplaced));

    projection::catch_up(&world.app).unwrap();
    let view = world.app.database.view(held.id()).unwrap().unwrap();
    assert_eq!(view.content, Content::Meeting(Box::new(held.meeting())));
    assert!(!view.is_listed());
    assert!(world.app.database.tallies(review(&world)).unwrap().is_empty());
    projection::rebuild(&world.app).unwrap();
    assert_eq!(world.app.database.view(held.id()).unwrap(), Some(view));

    let pulled = minh.pull(&world, &from_the_start());
    let sent: Vec<u8> = pulled
        .entries
        .iter()
        .filter(|entry| entry.document == held.id())
        .map(|entry| entry.doc_kind)
        .collect();
    assert_eq!(sent, [3, 3], "the skeleton and the save");
}

fn take(officer: &Officer, document: &mut Document, review: ReviewId, step: (u8, &str, &[u8])) {
    let (at, name, seen) = step;
    let id = |at: u8| StepId::new([at; 16]);
    let path = format!("reviews/{review}/steps/{}", id(at));
    let seen: Vec<String> = seen.iter().map(|at| id(*at).to_string()).collect();
    let mut edits = vec![
        (format!("{path}/step"), text(name)),
        (format!("{path}/by"), text(officer.user)),
        (format!("{path}/at"), Scalar::Int(1_480_000_000)),
    ];
    if !seen.is_empty() {
        edits.push((format!("{path}/after"), text(seen.join(","))));
    }
    let edits: Vec<(&str, Scalar)> =
        edits.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
    officer.edit(document, &edits);
}

#[test]
fn a_step_that_its_past_does_not_allow_is_refused_with_its_code() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (village, review) = (unit(&world, "Khu phố 1"), review(&world));
    let mut home = household(1, &lan);
    take(&lan, &mut home, review, (1, "surveyed", &[]));
    take(&lan, &mut home, review, (2, "submitted", &[1]));
    assert!(are_stored(&lan.push(&world, &home, village)));
    let mut early = home.clone();
    take(&lan, &mut early, review, (3, "met", &[1]));
    let verdicts = lan.push(&world, &early, village);
    assert_eq!(verdicts.last(), Some(&refused(RefusalCode::StepNotAllowed)));
    take(&lan, &mut home, review, (4, "met", &[2]));
    let verdicts = lan.push(&world, &home, village);
    assert!(matches!(verdicts.last(), Some(Verdict::Stored { .. })), "{verdicts:?}");
}

fn told(world: &World, officer: &Officer, known: u64) -> Option<Configuration> {
    let request = PullRequest { config_version: known, ..from_the_start() };
    let signed = officer.pull(world, &request).state.config?;
    Some(serde_json::from_slice(&signed.bytes).unwrap())
}

/// A server that was put back counts up to a version once more.
#[test]
fn a_configuration_is_known_by_its_mark_beside_its_version() {
    let world = World::new();
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let told = |world: &World, config_version, config_mark| {
        lan.pull(world, &PullRequest { config_version, config_mark, ..from_the_start() }).state.config
    };
    let config = told(&world, 0, None).unwrap();
    let version = world.app.current().unwrap().identity.configuration_version;
    let other = Some([9; 16]);
    for world in [&world, &world.beside()] {
        assert_eq!(told(world, version, Some(config.mark())), None, "whether or not it was given before");
        assert_eq!(told(world, version, None), None, "a device that knows no marks");
        assert_eq!(told(world, version, other), Some(config.clone()));
        assert_eq!(told(world, version - 1, Some(config.mark())), Some(config.clone()));
    }
}

#[test]
fn devices_learn_who_is_on_the_opening_list_and_what_the_review_found() {
    let world = World::new();
    let (mut lan, enrolled) = Officer::enrol(&world, "lan", 1);
    let first: Configuration = serde_json::from_slice(&enrolled.config.bytes).unwrap();
    assert!(told(&world, &lan, first.version).is_none());
    let (village, elsewhere) = (unit(&world, "Khu phố 1"), unit(&world, "Khu phố 2"));
    let home = household(1, &lan);
    lan.push(&world, &home, village);
    let row = |household: DocumentId, unit: UnitId, class: &str, change: &str, from: &str, review: &str| {
        format!("{household},{class},{change},4,1/QĐ-UBND,{from},{from},{unit},{review}\n")
    };
    let (gone, foreign) = (DocumentId::new([2; 16]), DocumentId::new([3; 16]));
    let list = [
        "household,class,change,people,decision,decided_on,from,unit,review\n".to_owned(),
        row(home.id(), village, "near_poor", "near_poor_new", "2015-01-01", ""),
        row(home.id(), village, "poor_income", "poor_from_near_poor", "2016-01-01", ""),
        row(gone, village, "near_poor", "near_poor_new", "2015-01-01", ""),
        row(gone, village, "not_poor", "escaped_near_poor", "2016-01-01", ""),
        row(foreign, elsewhere, "near_poor", "near_poor_new", "2016-01-01", ""),
        row(home.id(), village, "near_poor", "near_poor_from_poor", "2017-01-01", "2016"),
    ];
    of_list(&world.app, &list.concat()).unwrap();
    let learnt = told(&world, &lan, first.version).unwrap();
    assert!(learnt.version > first.version);
    let rows: Vec<(HouseholdId, &str)> =
        learnt.recognised.iter().map(|row| (row.household, row.from.as_str())).collect();
    assert_eq!(rows, [(home.id(), "2016-01-01"), (home.id(), "2017-01-01")]);
    let owned = learnt.owned(home.id(), village, review(&world));
    assert_eq!((owned.listed, owned.recognised, owned.sealed), (true, true, false));
    assert!(!learnt.owned(gone, village, review(&world)).listed);
    assert!(told(&world, &lan, learnt.version).is_none());
}

#[test]
fn a_seal_is_recorded_once_and_devices_learn_of_it() {
    let world = World::new();
    let (lan, enrolled) = Officer::enrol(&world, "minh", 1);
    let first: Configuration = serde_json::from_slice(&enrolled.config.bytes).unwrap();
    let home = HouseholdId::new([1; 16]);
    let open = || setup::open(world.place.location()).unwrap();
    let code = |review: &str, unit: &str| seal::seal(&open(), review, unit).unwrap_err().code;
    assert_eq!(code("1999", "Khu phố 1"), Code::UnknownReview);
    assert_eq!(code("2016", "Khu phố 9"), Code::UnknownUnit);
    let village = unit(&world, "Khu phố 1");
    let sealed = seal::seal(&open(), "2016", &village.to_string()).unwrap();
    assert_eq!((sealed.unit, sealed.review), (village, review(&world)));
    assert_eq!(code("2016", "Khu phố 1"), Code::AlreadySealed);
    let learnt = told(&world, &lan, first.version).unwrap();
    assert_eq!(learnt.seals, [sealed]);
    assert!(learnt.owned(home, village, review(&world)).sealed);
    assert!(!learnt.is_sealed(unit(&world, "Khu phố 2"), review(&world)));
    seal::seal(&open(), "2016", "Phường Hoa Sen").unwrap();
    assert_eq!(code("2016", "Khu phố 2"), Code::AlreadySealed, "a unit under a sealed one is sealed");
    let learnt = told(&world, &lan, learnt.version).unwrap();
    assert_eq!(learnt.seals.len(), 2);
    assert!(learnt.is_sealed(unit(&world, "Khu phố 2"), review(&world)));
    assert_eq!(open().town.seals.len(), 2, "they are there after a restart");
}
