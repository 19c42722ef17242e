//! What an officer types into a device: households, answers, supports, by the same commands as the screens.
//!
//! **Invariant:** a class is never typed; every save carries the heads that its form was opened on.

use chrono::NaiveDate;
use domain::scalar::Scalar;
use serde_json::{Value, json};

use super::answers::{Answer, Survey};
use super::grants::Grant;
use super::people::Person;
use super::plan::Planned;
use crate::field::Field;

/// A household on a device: its id, the heads of its form, its members' ids in the order of the plan.
#[derive(Clone, Debug)]
pub struct Form {
    /// The household.
    pub id: String,
    heads: Value,
    members: Vec<String>,
}

impl Form {
    /// Opens a household.
    pub fn open(field: &mut Field, id: &str) -> Self {
        let page = field.call("household.open", json!({ "id": id }));
        Self { id: id.to_owned(), heads: page["heads"].clone(), members: members(&page) }
    }

    /// Enters a household with its people.
    pub fn create(field: &mut Field, village: &str, planned: &Planned) -> Self {
        let mut people: Vec<Value> = planned.people.iter().map(member).collect();
        tell_apart(field, village, &mut people);
        let created = field.call(
            "household.create",
            json!({
                "village": village,
                "place": { "address": planned.address, "code": planned.code },
                "members": people,
            }),
        );
        let id = created["id"].as_str().expect("a household has an id");
        Self::open(field, id)
    }

    /// Saves touched fields.
    pub fn save(&mut self, field: &mut Field, edits: Vec<Value>, visit: bool) -> Value {
        let page = field.call(
            "household.save",
            json!({ "id": self.id, "heads": self.heads, "edits": edits, "visit": visit }),
        );
        self.heads = page["heads"].clone();
        page
    }

    /// Saves a survey as it comes from paper, in one go.
    pub fn survey_at_once(&mut self, field: &mut Field, review: &str, survey: &Survey) {
        let mut edits = self.answers(review, &survey.answers.iter().collect::<Vec<_>>());
        edits.push(b1(review, survey));
        self.save(field, edits, false);
    }

    /// Saves a survey as it is made at the door: the dwelling with the visit, then the people and the B1 total.
    pub fn survey_at_the_door(&mut self, field: &mut Field, review: &str, survey: &Survey) -> Value {
        let (people, dwelling): (Vec<_>, Vec<_>) =
            survey.answers.iter().partition(|answer| answer.member.is_some());
        let edits = self.answers(review, &dwelling);
        self.save(field, edits, true);
        let mut edits = self.answers(review, &people);
        edits.push(b1(review, survey));
        self.save(field, edits, false)
    }

    /// Adds a support.
    pub fn support(&mut self, field: &mut Field, grant: &Grant) {
        let mut support = json!({
            "policy": grant.policy,
            "period": grant.period,
            "date": grant.date.to_string(),
            "source": "Danh sách chi trả của phường, xã",
        });
        if let Some(amount) = grant.amount {
            support["amount_dong"] = json!(amount);
        }
        if let Some(member) = grant.member {
            support["member"] = json!(self.members[member]);
        }
        let page = field
            .call("support.add", json!({ "household": self.id, "heads": self.heads, "support": support }));
        self.heads = page["heads"].clone();
    }

    /// Records that a member died.
    pub fn death(&mut self, field: &mut Field, member: usize, day: NaiveDate) {
        let path = |key: &str| format!("members/{}/{key}", self.members[member]);
        let edits = vec![
            edit(&path("left"), json!(true)),
            edit(&path("left_why"), json!("died")),
            edit(&path("left_on"), json!(day.to_string())),
        ];
        self.save(field, edits, false);
    }

    /// Takes the household out of the lists.
    pub fn remove(&mut self, field: &mut Field, why: &str) {
        let edits = vec![edit("removed", json!(true)), edit("removed_why", json!(why))];
        self.save(field, edits, false);
    }

    fn answers(&self, review: &str, answers: &[&Answer]) -> Vec<Value> {
        answers.iter().map(|answer| edit(&self.path(review, answer), json!(answer.value))).collect()
    }

    fn path(&self, review: &str, answer: &Answer) -> String {
        let option = answer.option.map(|option| format!("#{option}")).unwrap_or_default();
        let member = answer.member.map(|member| format!("/{}", self.members[member])).unwrap_or_default();
        format!("reviews/{review}/answers/{}{option}{member}", answer.question)
    }
}

/// A new value of a field.
pub fn edit(field: &str, value: Value) -> Value {
    json!({ "field": field, "value": value })
}

fn b1(review: &str, survey: &Survey) -> Value {
    edit(&format!("reviews/{review}/b1_entered"), json!(Scalar::Int(survey.b1)))
}

/// Says of those who look like somebody of another household that they are other people: the officer has looked.
fn tell_apart(field: &mut Field, village: &str, people: &mut [Value]) {
    let sought =
        |one: &Value| json!({ "name": one["name"], "born": one["born"], "citizen_id": one["citizen_id"] });
    let members: Vec<Value> = people.iter().map(sought).collect();
    let found = field.call("household.duplicates", json!({ "village": village, "members": members }));
    for row in found["rows"].as_array().expect("an answer has rows") {
        let place = row["sought"].as_u64().and_then(|place| usize::try_from(place).ok());
        if let Some(one) = place.and_then(|place| people.get_mut(place)) {
            one["duplicate_why"] = json!("Hai người khác nhau trùng họ tên và năm sinh, đã xem giấy tờ");
        }
    }
}

fn member(person: &Person) -> Value {
    let mut member = json!({
        "name": person.name,
        "sex": person.sex.code(),
        "born": person.born.to_string(),
        "ethnicity": person.ethnicity,
        "relation": person.relation,
        "head": person.relation == "head",
    });
    if let Some(id) = &person.citizen_id {
        member["citizen_id"] = json!(id);
    }
    if person.merit {
        member["merit"] = json!(true);
    }
    member
}

/// Ids of the members in the order of the form.
fn members(page: &Value) -> Vec<String> {
    let members = page["household"]["members"].as_object().expect("a page has members");
    let mut members: Vec<(i64, &String)> =
        members.iter().map(|(id, member)| (member["order"].as_i64().unwrap_or_default(), id)).collect();
    members.sort();
    members.into_iter().map(|(_, id)| id.clone()).collect()
}
