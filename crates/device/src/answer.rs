//! A request and its answer as JSON: the same text on a line, over loopback HTTP and inside the window.
//!
//! **Invariant:** whatever the bytes of a request, there is an answer, and an error carries a code of the closed
//! list with its words in Vietnamese and English.

use commands::{App, ErrorCode, Fault, Host};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::words::Words;

/// Something that answers methods: the app.
pub trait Rpc: Send + Sync + 'static {
    /// Answers one method.
    fn call(&self, method: &str, params: Value) -> Result<Value, Fault>;
}

impl<H: Host> Rpc for App<H> {
    fn call(&self, method: &str, params: Value) -> Result<Value, Fault> {
        self.rpc(method, params)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    id: Value,
    method: String,
    #[serde(default = "no_params")]
    params: Value,
}

fn no_params() -> Value {
    json!({})
}

/// Answers one request text.
pub fn answer(rpc: &impl Rpc, words: &Words, request: &[u8]) -> Value {
    let (id, outcome) = match serde_json::from_slice::<Request>(request) {
        Ok(Request { id, method, params }) => (id, rpc.call(&method, params)),
        Err(error) => (Value::Null, Err(malformed(&error))),
    };
    match outcome {
        Ok(ok) => json!({ "id": id, "ok": ok }),
        Err(fault) => json!({ "id": id, "error": spoken(&fault, words) }),
    }
}

/// Says where, never what: a request may hold names and PINs.
fn malformed(error: &serde_json::Error) -> Fault {
    Fault::new(ErrorCode::MalformedRequest).with("reason", format!("column {}", error.column()))
}

/// A fault with its words.
pub fn spoken(fault: &Fault, words: &Words) -> Value {
    let said = words.say(fault);
    json!({
        "code": fault.code,
        "severity": fault.severity,
        "field": fault.field,
        "params": fault.params,
        "vi": said.vietnamese,
        "en": said.english,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Answers its parameters back; refuses the method `refuse`.
    pub struct Echo;

    impl Rpc for Echo {
        fn call(&self, method: &str, params: Value) -> Result<Value, Fault> {
            if method == "refuse" { Err(Fault::new(ErrorCode::Locked)) } else { Ok(params) }
        }
    }

    fn ask(request: &str) -> Value {
        answer(&Echo, &Words::shipped(), request.as_bytes())
    }

    #[test]
    fn an_answer_carries_the_id_of_its_request() {
        assert_eq!(ask(r#"{"id":7,"method":"a","params":{"x":1}}"#), json!({"id": 7, "ok": {"x": 1}}));
        assert_eq!(ask(r#"{"id":"b","method":"a"}"#), json!({"id": "b", "ok": {}}));
    }

    #[test]
    fn a_fault_is_said_in_both_languages() {
        let error = &ask(r#"{"id":1,"method":"refuse"}"#)["error"];
        assert_eq!((&error["code"], &error["severity"]), (&json!("locked"), &json!("refused")));
        assert!(error["vi"].as_str().is_some_and(|words| words != "locked" && !words.is_empty()));
        assert_ne!(error["vi"], error["en"]);
    }

    #[test]
    fn what_is_no_request_gets_a_coded_answer_without_its_content() {
        for request in ["", "{", "[]", "null", r#"{"id":1}"#, r#"{"method":"a","pin":"123456"}"#, "\u{1}"] {
            let answered = ask(request);
            assert_eq!(answered["error"]["code"], "malformed_request", "{request}");
            assert!(!answered.to_string().contains("123456"));
        }
    }
}
