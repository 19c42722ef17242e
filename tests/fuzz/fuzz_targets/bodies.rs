//! Bodies of requests and answers: read within their limits, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = sync::push::read_push(bytes);
    let _ = sync::push::read_answer_and_pull(bytes, &[]);
    let _ = sync::pull::read_request(bytes);
    let _ = sync::pull::read_pull(bytes);
    let _ = sync::enrol::read_request(bytes);
    let _ = sync::enrol::read_answer(bytes);
    let _ = sync::photo::read_put(bytes);
    let _ = sync::photo::read_get(bytes);
    let _ = sync::photo::read_put_answer(bytes);
    let _ = sync::photo::read_answer(bytes);
});
