//! A file is carried: a device writes it, another device or the office takes it; sometimes only half of it arrives.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sync_server::carry::take;

use super::play::World;

/// One file in so many is cut.
const CUT: u8 = 6;

/// A device writes a file. Whoever takes it is drawn; the last one drawn is the office.
pub(super) fn carries(world: &mut World, from: usize) {
    let what = if world.dice.bool() { "waiting" } else { "everything" };
    let Ok(written) = world.officers[from].device.call("bundle.export", json!({ "what": what })) else {
        return;
    };
    let mut file = STANDARD.decode(written["file"].as_str().unwrap_or_default()).unwrap_or_default();
    let code = written["code"].as_str().unwrap_or_default().to_owned();
    let cut = world.dice.u8(0..CUT) == 0;
    if cut {
        file.truncate(world.dice.usize(0..file.len()));
    }
    let to = world.dice.usize(0..=world.officers.len());
    let told = match world.officers.get(to) {
        Some(officer) => {
            let form = json!({ "file": STANDARD.encode(&file), "code": code });
            let report = officer.device.call("bundle.import", form);
            report.map(|report| report.to_string()).map_err(|fault| fault.code.text().to_owned())
        }
        None => {
            let wire = world.line.wire();
            let app = wire.server.app().current();
            let taken = app.and_then(|app| take(&app, &file, &code));
            taken.map(|taken| format!("{taken:?}")).map_err(|fault| fault.code.text().to_owned())
        }
    };
    let expected = if cut { told == Err("truncated_bundle".to_owned()) } else { told.is_ok() };
    let who = world.name(from);
    let whom = if to < world.officers.len() { world.name(to) } else { "the office".to_owned() };
    world.note(format!("{who}: a file of {what} for {whom}: {told:?}"));
    if !expected {
        world.wrong = Some(format!("a file of {who} for {whom}, cut: {cut}: {told:?}"));
    }
    world.fault(if cut { "half a file carried" } else { "file carried" }, &who);
}
