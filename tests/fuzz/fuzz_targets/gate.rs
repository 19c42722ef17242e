//! The gate. Whatever it admits leaves a document that loads again, and both of its ways come to the same.
#![no_main]

use std::sync::Once;

use fuzz::{HOUSEHOLD, KNOWN, before_the_last, signer};
use libfuzzer_sys::fuzz_target;
use records::{Document, Kind};
use sync::gate::{Gate, Pace, preparse};
use sync::hostile::seal;

static QUIET: Once = Once::new();

fuzz_target!(|content: &[u8]| {
    // the gate catches the library's panics; one that leaves it ends the run all the same
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let chunk = seal(1, content);
    let Ok(outline) = preparse(&chunk) else { return };
    let (document, _) = before_the_last();
    let mut gates = [Pace::Run, Pace::Each].map(|pace| Gate::new(document.clone(), &[KNOWN], pace));
    let told = gates.each_mut().map(|gate| gate.admit(&chunk, &outline, &signer()));
    let [run, each] = &gates;
    if run.is_sound() {
        assert!(told[0] == told[1], "the ways differ");
        assert!(run.document().heads() == each.document().heads(), "the documents differ");
    }
    if told[1].is_ok() {
        let changes = each.document().changes();
        let again = Document::load(Kind::Household, HOUSEHOLD, changes.iter().map(|it| it.bytes.as_slice()));
        let again = again.expect("what was admitted loads");
        again.verify().expect("and is sound");
        assert!(again.heads() == each.document().heads());
    }
});
