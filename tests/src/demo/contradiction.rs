//! Two collectors at one household, without a network: what they say alike merges, what they say differently is
//! shown to a person, who chooses.

use serde_json::{Value, json};

use super::entry::{Form, edit};
use crate::field::Field;

/// Households of a village that both collectors visit.
const VISITED_BY_BOTH: usize = 6;
/// Of them, those where they measure the dwelling differently.
const MEASURED_DIFFERENTLY: usize = 2;
/// What the second one measures: no dwelling of the plan has this floor area.
const OTHER_MEASURE: i64 = 444;

/// The second collector's part: telephone numbers everywhere, and another measure of the dwelling in some.
pub fn helps(field: &mut Field, review: &str, households: &[&str]) {
    for (at, id) in households.iter().take(VISITED_BY_BOTH).enumerate() {
        let mut form = Form::open(field, id);
        let mut edits = vec![edit("place/phone", json!(format!("0999 000 {at:03}")))];
        if at < MEASURED_DIFFERENTLY {
            edits.push(edit(&dwelling(review), json!(OTHER_MEASURE)));
        }
        form.save(field, edits, true);
    }
}

fn dwelling(review: &str) -> String {
    format!("reviews/{review}/answers/dien_tich")
}

/// The first collector measures again and finds the own value right.
pub fn resolve(field: &mut Field, households: &[&str]) {
    for id in households.iter().take(MEASURED_DIFFERENTLY) {
        let page = field.call("household.open", json!({ "id": id }));
        let conflict = page["conflicts"].get(0).expect("two measures contradict each other");
        let told = conflict["values"].as_array().expect("a conflict has values");
        let own =
            told.iter().find(|told| told["value"] != json!(OTHER_MEASURE)).expect("the own measure is there");
        let page = field.call(
            "household.resolve",
            json!({ "id": id, "field": conflict["field"], "chosen": own["hash"], "why": "Đã đo lại cùng chủ hộ" }),
        );
        assert_eq!(page["conflicts"], json!([]), "a resolved conflict is gone");
    }
}

/// Both write down a telephone number, and nobody has chosen yet.
pub fn leave_open(first: &mut Field, second: &mut Field, household: &str) {
    for (field, number) in [(first, "0999 111 001"), (second, "0999 111 002")] {
        Form::open(field, household).save(field, vec![edit("place/phone", Value::from(number))], false);
    }
}
