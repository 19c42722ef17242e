//! The office page: nothing without a login, no form without its word, and everything that is read in the access log.

use sync_server::setup;

use crate::http::{Reply, get, post};
use crate::officer::{Officer, household, unit};
use crate::world::World;

const PASSWORD: &str = "mật khẩu 870";
const PAGES: [&str; 4] = ["/office", "/office/report", "/office/decisions", "/office/access"];
const DATA: [&str; 5] = ["report.docx", "report.xlsx", "api/summary", "api/checks", "api/figures"];

fn login(world: &World, password: &str) -> Reply {
    let password: String = password.bytes().map(|byte| format!("%{byte:02X}")).collect();
    post(world.address, "/office/login", "", format!("name=huong&password={password}").as_bytes())
}

pub fn cookie(world: &World) -> String {
    setup::office_user(&world.app, "huong", PASSWORD).unwrap();
    let entered = login(world, PASSWORD);
    let set = entered.header("set-cookie").expect("a cookie").to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    format!("Cookie: {}\r\n", set.split(';').next().unwrap())
}

#[test]
fn nothing_is_shown_without_a_login() {
    let world = World::new();
    for page in PAGES {
        let reply = get(world.address, page, "Cookie: rasoat_office=made-up\r\n");
        assert_eq!((reply.status, reply.header("location")), (303, Some("/office/login")));
    }
    for data in DATA {
        let reply = get(world.address, &format!("/office/{data}"), "");
        assert_eq!((reply.status, reply.refusal().as_str()), (401, "not_logged_in"));
    }
    setup::office_user(&world.app, "huong", PASSWORD).unwrap();
    let wrong = login(&world, "mật khẩu 871");
    assert_eq!(wrong.status, 403);
    assert!(wrong.text().contains("Tên hoặc mật khẩu không đúng"));
    assert!(wrong.header("set-cookie").is_none());
    for _ in 0..sync_server::limits::WRONG_PASSWORDS_MAX {
        login(&world, "mật khẩu 871");
    }
    assert_eq!(login(&world, PASSWORD).refusal(), "too_many_requests");
}

#[test]
fn an_officer_sees_progress_and_what_is_read_is_noted() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    lan.push(&world, &household(9, &lan), unit(&world, "Khu phố 1"));
    let cookie = cookie(&world);
    let page = get(world.address, "/office", &cookie);
    assert!(page.text().contains("Phường Hoa Sen") && page.text().contains("0/1"), "{}", page.text());
    let summary = get(world.address, "/office/api/summary", &cookie).json();
    assert_eq!(summary["units"][0]["tally"]["households"], 1);

    let letter = get(world.address, "/office/report.docx", &cookie);
    let tables = get(world.address, "/office/report.xlsx", &cookie);
    for file in [&letter, &tables] {
        assert_eq!((file.status, &file.body[..2]), (200, b"PK".as_slice()), "{}", file.text());
    }
    let again = get(world.address, "/office/report.xlsx", &cookie);
    assert_eq!(again.body, tables.body, "the same state gives the same bytes");
    assert!(get(world.address, "/office/report", &cookie).text().contains("Còn mở"));
    let noted: Vec<String> =
        world.app.database.accesses(9).unwrap().into_iter().map(|note| note.what).collect();
    assert_eq!(noted, ["checks", "figures", "figures", "letter", "login", "office_user"]);
}

#[test]
fn a_form_needs_the_word_of_its_session() {
    let world = World::new();
    let cookie = cookie(&world);
    for form in ["", "csrf=", "csrf=made-up"] {
        let reply = post(world.address, "/office/logout", &cookie, form.as_bytes());
        assert_eq!((reply.status, reply.refusal().as_str()), (403, "stale_form"));
    }
    let page = get(world.address, "/office", &cookie).text();
    let word = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let left = post(world.address, "/office/logout", &cookie, format!("csrf={word}").as_bytes());
    assert_eq!(left.status, 303);
    assert_eq!(get(world.address, "/office", &cookie).status, 303, "the session is over");
}

#[test]
fn browsers_are_told_what_a_page_may_do_and_devices_are_spared_it() {
    let world = World::new();
    let cookie = cookie(&world);
    for page in ["/office", "/office/login", "/office/style.css", "/office/carry"] {
        let reply = get(world.address, page, &cookie);
        assert!(
            reply.header("content-security-policy").unwrap().starts_with("default-src 'none';"),
            "{page}"
        );
        assert_eq!(reply.header("x-frame-options"), Some("DENY"), "{page}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{page}");
    }
    let reply = post(world.address, "/v1/pull", "", b"");
    assert_eq!(reply.header("content-security-policy"), None);
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn names_are_never_markup() {
    let world = World::new();
    let cookie = cookie(&world);
    world.app.note("<b>x</b>", "\"'&", "").unwrap();
    let page = get(world.address, "/office/access", &cookie).text();
    assert!(
        page.contains("&lt;b&gt;x&lt;/b&gt;") && page.contains("&quot;&#39;&amp;") && !page.contains("<b>x")
    );
}
