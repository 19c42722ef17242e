//! Changes that were refused, and what the office decides on them.

use domain::scalar::Scalar;
use sync::code::RefusalCode;
use sync::push::{Verdict, push_body};
use sync_server::fault::Code;
use sync_server::verify::verify;
use sync_server::{quarantine, setup};

use crate::http::{get, post};
use crate::office::cookie;
use crate::officer::{Officer, answer, from_the_start, household, unit, verdicts};
use crate::world::World;

const FORBIDDEN: Verdict = Verdict::Refused { code: RefusalCode::ForbiddenScope };

/// Lan, who has the first village, has edited a household of the second.
fn scene() -> (World, Officer, records::Document) {
    let world = World::new();
    let second = unit(&world, "Khu phố 2");
    let (lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let mut home = household(9, &minh);
    minh.push(&world, &home, second);
    lan.edit(&mut home, &[("place/address", Scalar::text("Số 9"))]);
    (world, lan, home)
}

#[test]
fn what_a_person_had_no_right_to_is_shown_and_taken_by_the_office() {
    let (world, mut lan, home) = scene();
    let second = unit(&world, "Khu phố 2");
    assert_eq!(lan.push(&world, &home, second), [Verdict::Already, Verdict::Already, FORBIDDEN]);
    let [pending] = quarantine::list(&world.app).unwrap().try_into().unwrap();
    assert_eq!((pending.document, pending.takeable, pending.changes), (home.id(), 1, 1));
    assert_eq!(pending.writes, [("place/address".parse().unwrap(), Scalar::text("Số 9"))]);
    assert_eq!((pending.name.as_deref(), pending.scope), (Some("Đỗ Văn Hoà"), Some(second)));
    assert_eq!(pending.codes.iter().map(String::as_str).collect::<Vec<_>>(), ["forbidden_scope"]);

    let cookie = cookie(&world);
    let page = get(world.address, "/office/decisions", &cookie).text();
    for words in ["Đỗ Văn Hoà", "Số 9", "Địa chỉ", "Khu phố 2", "Nhận vào hồ sơ", "Hộ nằm ngoài phạm vi"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let form = format!("document={}", home.id());
    let unsaid = post(world.address, "/office/decisions/release", &cookie, form.as_bytes());
    assert_eq!(unsaid.refusal(), "stale_form");
    let word = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let form = format!("csrf={word}&{form}");
    assert_eq!(post(world.address, "/office/decisions/release", &cookie, form.as_bytes()).status, 303);
    let noted: Vec<String> = world.app.database.accesses(2).unwrap().into_iter().map(|it| it.what).collect();
    assert_eq!(noted, ["release", "decisions"]);

    assert!(quarantine::list(&world.app).unwrap().is_empty());
    let view = world.app.database.view(home.id()).unwrap().unwrap();
    assert_eq!(view.household().unwrap().place.address.as_deref(), Some("Số 9"));
    assert_eq!(lan.push(&world, &home, second), [Verdict::Already; 3]);
    assert!(verify(&world.app).unwrap().sound);
    assert_eq!(quarantine::release(&world.app, home.id()).unwrap_err().code, Code::NotInQuarantine);
}

#[test]
fn a_new_household_in_a_village_that_is_not_its_authors_is_taken_whole() {
    let world = World::new();
    let second = unit(&world, "Khu phố 2");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (minh, _) = Officer::enrol(&world, "minh", 2);
    let home = household(7, &lan);
    assert_eq!(lan.push(&world, &home, second), [FORBIDDEN, Verdict::MissingDeps]);
    let [pending] = quarantine::list(&world.app).unwrap().try_into().unwrap();
    assert_eq!((pending.changes, pending.takeable, pending.scope), (2, 2, Some(second)));
    assert_eq!(quarantine::release(&world.app, home.id()), Ok(2));
    let entries = minh.pull(&world, &from_the_start()).entries;
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2]);
    assert!(entries.iter().all(|entry| entry.scope == second));
    assert!(verify(&world.app).unwrap().sound);
}

#[test]
fn what_a_revoked_enrolment_signed_is_not_kept() {
    let (world, mut lan, _) = scene();
    let first = unit(&world, "Khu phố 1");
    let own = household(8, &lan);
    let body = push_body(&lan.batches(&own, first));
    setup::revoke(&world.app, &lan.enrolment.to_string()).unwrap();
    let (minh, _) = Officer::enrol(&world, "minh", 3);
    let told = verdicts(&own, &answer(&minh.send(&world, &body), &body));
    assert_eq!(told, [Verdict::Refused { code: RefusalCode::UnknownSigner }; 2]);
    assert!(quarantine::list(&world.app).unwrap().is_empty());
    assert_eq!(world.rows("changes"), 2);
}

#[test]
fn what_is_damaged_is_taken_by_nobody() {
    let (world, mut lan, home) = scene();
    let second = unit(&world, "Khu phố 2");
    let mut batches = lan.batches(&home, second);
    let last = batches.last_mut().unwrap().1.last_mut().unwrap();
    *last.bytes.last_mut().unwrap() ^= 1;
    lan.send(&world, &push_body(&batches));
    let [pending] = quarantine::list(&world.app).unwrap().try_into().unwrap();
    assert_eq!((pending.takeable, pending.writes.len()), (0, 0));
    assert_eq!(pending.never.iter().map(String::as_str).collect::<Vec<_>>(), ["damaged"]);
    let refused = quarantine::release(&world.app, home.id()).unwrap_err();
    assert_eq!(refused.code, Code::NotReleased);
    assert_eq!(world.rows("changes"), 2);
    assert_eq!(world.rows("quarantine"), 1);
}

#[test]
fn what_the_office_leaves_refused_is_shown_no_more_and_stays_refused() {
    let (world, mut lan, home) = scene();
    let second = unit(&world, "Khu phố 2");
    lan.push(&world, &home, second);
    assert_eq!(quarantine::refuse(&world.app, home.id()), Ok(1));
    assert!(quarantine::list(&world.app).unwrap().is_empty());
    assert_eq!(world.app.database.quarantined(), Ok(0));
    assert_eq!(lan.push(&world, &home, second)[2], FORBIDDEN);
    assert!(quarantine::list(&world.app).unwrap().is_empty(), "the same change is not asked about again");
    assert_eq!(quarantine::refuse(&world.app, home.id()).unwrap_err().code, Code::NotInQuarantine);
}
