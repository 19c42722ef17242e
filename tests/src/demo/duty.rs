//! What communes and the office report about their tasks, and the indicators that do not come from households.

use serde_json::{Value, json};

use super::entry::edit;

/// The year of the programme.
pub const YEAR: i32 = 2017;
/// The day for which the indicators were read.
const DAY: &str = "2017-03-31";

/// One unit's programme of the year.
pub struct Duty {
    /// The unit's name.
    pub unit: String,
    /// What is entered.
    pub edits: Vec<Value>,
}

/// A commune's: both plans are issued.
pub fn of_commune(unit: &str) -> Duty {
    let done =
        ["plan_2016_2020", "plan_2017"].map(|task| edit(&format!("tasks/{task}/status"), json!("done")));
    Duty { unit: unit.to_owned(), edits: done.to_vec() }
}

/// The town's: tasks as the letter reports them, contradictions included, and the indicators.
pub fn of_town(unit: &str) -> Duty {
    let status = |(task, status): &(&str, &str)| edit(&format!("tasks/{task}/status"), json!(status));
    let result = |(task, words): &(&str, &str)| edit(&format!("tasks/{task}/result"), json!(words));
    let mut edits: Vec<Value> = STATUSES.iter().map(status).collect();
    edits.extend(RESULTS.iter().map(result));
    for (id, value, source) in INDICATORS {
        let value = value.parse::<i64>().map_or_else(|_| json!(value), |whole| json!(whole));
        edits.push(edit(&format!("indicators/{id}/value"), value));
        edits.push(edit(&format!("indicators/{id}/source"), json!(source)));
        edits.push(edit(&format!("indicators/{id}/date"), json!(DAY)));
    }
    Duty { unit: unit.to_owned(), edits }
}

/// As the appendix prints them: latrines and water at 100 % and still "đang triển khai".
const STATUSES: [(&str, &str); 9] = [
    ("survey_database", "done"),
    ("plan_2016_2020", "done"),
    ("plan_2017", "done"),
    ("target_education", "done"),
    ("target_health_card", "done"),
    ("target_housing", "in_progress"),
    ("target_latrine", "in_progress"),
    ("target_water", "in_progress"),
    ("target_information", "in_progress"),
];

const RESULTS: [(&str, &str); 2] = [
    ("communication", "Tuyên truyền trên đài thị xã và đài truyền thanh các xã, phường."),
    ("budget", "Vốn vay Ngân hàng Chính sách xã hội; vốn huy động xây dựng nông thôn mới."),
];

const INDICATORS: [(&str, &str, &str); 6] = [
    ("merit_people", "1287", "Sổ chi trả trợ cấp ưu đãi người có công (số liệu mẫu)"),
    ("social_recipients", "1634", "Sổ chi trả trợ cấp bảo trợ xã hội (số liệu mẫu)"),
    ("social_new_q1", "97", "Quyết định trợ cấp quý I năm 2017 (số liệu mẫu)"),
    ("preschool_universal", "100", "Báo cáo của Phòng Giáo dục và Đào tạo (số liệu mẫu)"),
    ("primary_universal", "99.9", "Báo cáo của Phòng Giáo dục và Đào tạo (số liệu mẫu)"),
    ("lower_secondary_universal", "97", "Báo cáo của Phòng Giáo dục và Đào tạo (số liệu mẫu)"),
];
