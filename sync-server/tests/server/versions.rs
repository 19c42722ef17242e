//! Devices of other versions: served as long as a version of the protocol is common, refused whole before anything is read.

use sync::push::push_body;

use crate::http::post;
use crate::officer::{Officer, answer, enrol_body, household, unit, verdicts};
use crate::world::World;

#[test]
fn an_older_app_is_served_and_told_what_the_town_wants() {
    let world = World::wanting("9.1.0");
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let document = household(9, &lan);
    let body = push_body(&lan.batches(&document, unit(&world, "Khu phố 1")));
    for said in ["", "Rasoat-App: 0.0.1\r\n", "Rasoat-Protocol: 1\r\n", "Rasoat-Protocol: 1, 2, 3\r\n"] {
        let reply = post(world.address, "/v1/push", &format!("{}{said}", lan.bearer()), &body);
        assert_eq!(verdicts(&document, &answer(&reply, &body)).len(), document.changes().len());
        assert_eq!((reply.header("rasoat-protocol"), reply.header("rasoat-app")), (Some("1"), Some("9.1.0")));
    }
}

#[test]
fn a_town_wants_the_servers_own_version_unless_it_says_so() {
    let world = World::new();
    let refused = post(world.address, "/v1/pull", "", b"");
    assert_eq!((refused.status, refused.header("rasoat-app")), (401, Some(env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_stranger_is_refused_whole_and_nothing_is_stored() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let before = world.stored();
    let push = push_body(&lan.batches(&household(9, &lan), unit(&world, "Khu phố 1")));
    let enrol = enrol_body(&world.code("lan"), 2);
    for said in ["2", "0", "2, 3", "one", ""] {
        let headers = format!("{}Rasoat-Protocol: {said}\r\n", lan.bearer());
        for (path, body) in
            [("/v1/push", &push), ("/v1/pull", &push), ("/v1/photo/put", &push), ("/v1/enrol", &enrol)]
        {
            let reply = post(world.address, path, &headers, body);
            assert_eq!(
                (reply.status, reply.refusal().as_str()),
                (400, "unsupported_version"),
                "{path} {said}"
            );
            assert_eq!(
                reply.header("rasoat-protocol"),
                Some("1"),
                "so that the device knows which end is older"
            );
        }
    }
    assert_eq!(world.stored(), before);
    assert_eq!(post(world.address, "/v1/enrol", "", &enrol).status, 200, "its code was not used up");
}

#[test]
fn a_batch_of_another_version_is_refused_with_the_request_and_not_by_its_changes() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let before = world.stored();
    let mut batches = lan.batches(&household(9, &lan), unit(&world, "Khu phố 1"));
    batches[0].0.0.bytes[1] = 2;
    let reply = lan.send(&world, &push_body(&batches));
    assert_eq!((reply.status, reply.refusal().as_str()), (400, "unsupported_version"));
    assert_eq!(world.stored(), before);
    assert_eq!(world.rows("quarantine"), 0);
}
