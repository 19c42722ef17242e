//! Files that somebody hands over: opened within their limits, or refused; what is read is whole.
#![no_main]

use domain::id::TownId;
use libfuzzer_sys::fuzz_target;
use sync::body::Writer;
use sync::bundle::{Code, open, read_content};
use sync::frame::Kind;
use sync::hostile::content_of;
use sync::limits::BATCHES_PER_PUSH_MAX;

const TOWN: TownId = TownId::new([1; 16]);

fuzz_target!(|bytes: &[u8]| {
    let code = Code::typed("0000-0000-0000-0000").expect("a code");
    let opened = open(bytes, &code).map(|content| content.to_vec());
    let (batch, chunk) = bytes.split_at(bytes.len() / 2);
    let mut part = Writer::new();
    part.frame(Kind::Batch, batch);
    part.frame(Kind::Chunk, chunk);
    let contents = [
        bytes.to_vec(),
        opened.unwrap_or_default(),
        content_of(TOWN, &[bytes]),
        content_of(TOWN, &[&part.finish()]),
    ];
    for content in contents {
        let Ok(bundle) = read_content(&content, TOWN) else { continue };
        assert_eq!(bundle.pushes().count(), bundle.header.parts as usize);
        assert!(bundle.pushes().all(|push| push.batches.len() <= BATCHES_PER_PUSH_MAX));
    }
});
