//! Bad input: a clear refusal in both languages, and nothing stored.

use sync::limits::BODY_MAX;
use sync::push::push_body;

use crate::http::{get, post, send};
use crate::officer::{Officer, answer, household, unit};
use crate::world::World;

#[test]
fn bodies_that_are_too_large_damaged_or_of_another_kind_are_refused() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let body = push_body(&lan.batches(&household(9, &lan), unit(&world, "Khu phố 1")));
    let before = world.stored();

    let claims = send(world.address, "POST /v1/push", &lan.bearer(), BODY_MAX + 1, b"");
    assert_eq!((claims.status, claims.refusal().as_str()), (413, "body_too_large"));
    let chunked = format!("{}Transfer-Encoding: chunked\r\n", lan.bearer());
    let mut stream = format!("{:x}\r\n", BODY_MAX + 1).into_bytes();
    stream.extend(vec![0; BODY_MAX + 1]);
    let grows = send_chunked(&world, &chunked, &stream);
    assert!(grows.contains("413") && grows.contains("body_too_large"), "{grows}");

    for (bytes, code) in [
        (b"{}".to_vec(), "damaged_body"),
        (Vec::new(), "truncated_body"),
        (body[..20].to_vec(), "truncated_body"),
        (sync::pull::request_body(&crate::officer::from_the_start()), "malformed_message"),
    ] {
        let reply = lan.send(&world, &bytes);
        assert_eq!((reply.status, reply.refusal().as_str()), (400, code));
    }
    let mut flipped = body.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xff;
    let reply = lan.send(&world, &flipped);
    assert_eq!((reply.status, reply.refusal().as_str()), (400, "damaged_body"));
    assert_eq!(world.stored(), before);
}

fn send_chunked(world: &World, headers: &str, body: &[u8]) -> String {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(world.address).unwrap();
    let head = format!("POST /v1/push HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn what_came_whole_of_a_cut_push_is_kept() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let village = unit(&world, "Khu phố 1");
    let many: Vec<_> = (1..=40)
        .flat_map(|number| {
            let document = household(number, &lan);
            lan.batches(&document, village)
        })
        .collect();
    let body = push_body(&many);
    let told = answer(&lan.send(&world, &body[..body.len() * 3 / 4]), &body);
    assert!(told.cut && !told.answers.is_empty() && told.answers.len() < 80, "{}", told.answers.len());
    assert_eq!(world.rows("changes"), told.answers.len() as i64);
    let told = answer(&lan.send(&world, &body), &body);
    assert!(!told.cut);
    assert_eq!(world.rows("changes"), 80);
}

#[test]
fn wrong_addresses_and_tokens_are_refused_in_words() {
    let world = World::new();
    let nowhere = get(world.address, "/v2/push", "");
    assert_eq!((nowhere.status, nowhere.refusal().as_str()), (404, "unknown_address"));
    assert_eq!(get(world.address, "/v1/push", "").refusal(), "unknown_address");
    for headers in ["", "Authorization: Bearer x\r\n", "Authorization: Basic eA==\r\n"] {
        let reply = post(world.address, "/v1/pull", headers, b"");
        assert_eq!((reply.status, reply.refusal().as_str()), (401, "unknown_token"));
    }
    let health = get(world.address, "/health", "");
    assert_eq!((health.status, health.json()["status"].as_str()), (200, Some("ok")));
}

#[test]
fn codes_cannot_be_tried_out() {
    let world = World::new();
    let wrong = crate::officer::enrol_body("0000", 1);
    let codes: Vec<String> = (0..=sync_server::limits::WRONG_CODES_MAX)
        .map(|_| post(world.address, "/v1/enrol", "", &wrong).refusal())
        .collect();
    assert_eq!(codes.first().unwrap(), "unknown_enrolment_code");
    assert_eq!(codes.last().unwrap(), "too_many_requests");
}
