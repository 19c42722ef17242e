//! Who may come in, and what they may do.

use domain::scalar::Scalar;
use records::{Document, Kind};
use sync::code::RefusalCode;
use sync::push::{Verdict, push_body};
use sync_server::database::people::NewCode;
use sync_server::fault::Code;
use sync_server::{secret, setup};

use crate::http::post;
use crate::officer::{Officer, answer, enrol_body, from_the_start, household, review, unit, verdicts};
use crate::world::World;

#[test]
fn a_code_is_taken_once_in_time_and_as_it_is_read_out() {
    let world = World::new();
    let refusal = |code: &str| {
        let reply = post(world.address, "/v1/enrol", "", &enrol_body(code, 1));
        assert_eq!(reply.status, 403);
        reply.refusal()
    };
    assert_eq!(refusal("0000-0000-0000-0000"), "unknown_enrolment_code");
    let code = world.code("lan");
    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(post(world.address, "/v1/enrol", "", &enrol_body(&typed, 1)).status, 200);
    assert_eq!(refusal(&code), "used_enrolment_code");
    let user = world.app.town.user_named("lan").unwrap().id;
    let old = NewCode { hash: secret::hash(&secret::spelling("old")), user, made_at: 0, expires_at: 1 };
    world.app.database.add_code(&old).unwrap();
    assert_eq!(refusal("old"), "expired_enrolment_code");
    assert_eq!(world.rows("enrolments"), 1);
}

#[test]
fn a_token_works_until_it_is_revoked() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let village = unit(&world, "Khu phố 1");
    let document = household(9, &lan);
    let carried = push_body(&lan.batches(&document, village));
    let earlier = household(10, &lan);
    let taken = push_body(&lan.batches(&earlier, village));
    lan.send(&world, &taken);
    setup::revoke(&world.app, &lan.enrolment.to_string()).unwrap();
    let again = setup::revoke(&world.app, &lan.enrolment.to_string()).unwrap_err();
    assert_eq!(again.code, Code::UnknownEnrolment);

    let before = world.stored();
    let reply = lan.send(&world, &carried);
    assert_eq!((reply.status, reply.refusal().as_str()), (403, "revoked_token"));
    // Nor does another's token carry what a revoked enrolment signed.
    let told = verdicts(&document, &answer(&minh.send(&world, &carried), &carried));
    assert_eq!(told, [Verdict::Refused { code: RefusalCode::UnknownSigner }; 2]);
    // What was taken before is there, whoever offers it again.
    let told = verdicts(&earlier, &answer(&minh.send(&world, &taken), &taken));
    assert_eq!(told, [Verdict::Already; 2]);
    assert_eq!(world.stored(), before);
    lan.token = "0".repeat(64);
    assert_eq!(lan.send(&world, &carried).refusal(), "unknown_token");
    assert_eq!(minh.push(&world, &household(8, &minh), village).len(), 2);
}

#[test]
fn permission_is_the_signers_and_scopes_are_the_tokens() {
    let world = World::new();
    let (mut lan, answered) = Officer::enrol(&world, "lan", 1);
    let (mut minh, _) = Officer::enrol(&world, "minh", 2);
    let (first, second) = (unit(&world, "Khu phố 1"), unit(&world, "Khu phố 2"));
    let outside = household(7, &lan);
    let refused = lan.push(&world, &outside, second);
    assert!(refused.contains(&Verdict::Refused { code: RefusalCode::ForbiddenScope }), "{refused:?}");
    assert_eq!(world.rows("documents"), 0);
    assert!(world.rows("quarantine") > 0);

    // Lan's batch carried by Minh: Lan's permission, Lan's name.
    let inside = household(8, &lan);
    let carried = push_body(&lan.batches(&inside, first));
    let told = verdicts(&inside, &answer(&minh.send(&world, &carried), &carried));
    assert!(told.iter().all(|verdict| matches!(verdict, Verdict::Stored { .. })), "{told:?}");

    minh.push(&world, &household(9, &minh), second);
    let seen: Vec<_> = lan.pull(&world, &from_the_start()).entries.iter().map(|entry| entry.scope).collect();
    assert_eq!(seen, [first; 2]);
    let configuration: domain::configuration::Configuration =
        serde_json::from_slice(&answered.config.bytes).unwrap();
    assert!(configuration.units.iter().all(|unit| unit.id != second));
    assert!(answered.config.holds(sync::batch::CONFIGURATION_CONTEXT, &answered.server_key));

    let programme = Document::create(Kind::Programme, Document::programme_id(first, 2017));
    let refused = lan.push(&world, &programme, first);
    assert_eq!(refused, [Verdict::Refused { code: RefusalCode::ForbiddenRole }]);
}

#[test]
fn refused_changes_are_kept_apart_and_do_not_hold_back_others() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let village = unit(&world, "Khu phố 1");
    let mut bad = household(7, &lan);
    let field = format!("reviews/{}/answers/nuoc", review(&world));
    lan.edit(&mut bad, &[(&field, Scalar::text("?"))]);
    let mut batches = lan.batches(&bad, village);
    let damaged = batches[0].1.last_mut().unwrap();
    *damaged.bytes.last_mut().unwrap() ^= 1;
    let good = household(8, &lan);
    batches.extend(lan.batches(&good, village));
    let body = push_body(&batches);
    let told = answer(&lan.send(&world, &body), &body);
    let damaged = Verdict::Refused { code: RefusalCode::Damaged };
    assert_eq!(verdicts(&bad, &told).last(), Some(&damaged));
    assert!(verdicts(&good, &told).iter().all(|verdict| matches!(verdict, Verdict::Stored { .. })));
    assert_eq!(world.rows("quarantine"), 1);
    lan.send(&world, &body);
    assert_eq!(world.rows("quarantine"), 1, "the same refusal is kept once");
}
