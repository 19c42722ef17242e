//! The pre-parser, which bounds what the library may see. Whatever it lets through the library reads alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::RawChange;
use sync::gate::preparse;
use sync::hostile::seal;

fuzz_target!(|bytes: &[u8]| {
    for chunk in [bytes.to_vec(), seal(1, bytes)] {
        let Ok(outline) = preparse(&chunk) else { continue };
        let Ok(change) = RawChange::read(&chunk) else { continue };
        assert_eq!((outline.hash, outline.actor, outline.seq), (change.hash, change.actor, change.seq));
        assert_eq!((outline.start_op, outline.max_op), (change.start_op, change.max_op));
        assert_eq!(outline.deps, change.deps);
    }
});
