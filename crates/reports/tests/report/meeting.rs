//! A synthetic session of a village's meeting. Every person is made up.

use domain::classification::Class;
use reports::minutes::{MinutesData, Outcome, Present, Voted};

/// 19:30 on 5 October 2022 in Vietnam.
const EVENING: i64 = 1_664_973_000;

fn person(name: &str, role: &str) -> Present {
    Present { name: Some(name.to_owned()), role: Some(role.to_owned()) }
}

fn voted(name: &str, before: Option<Class>, proposed: Class, votes: (i64, i64), outcome: Outcome) -> Voted {
    let attendees = 14;
    Voted {
        name: Some(name.to_owned()),
        address: Some(format!("Số nhà {}", name.len())),
        before,
        proposed: Some(proposed),
        votes_for: votes.0,
        votes_against: votes.1,
        percent_hundredths: Some(votes.0 * 10_000 / attendees),
        outcome,
    }
}

fn people() -> Vec<Present> {
    let mut people = vec![
        person("Lê Quang Tín", "chair"),
        person("Nguyễn Thị Hà", "secretary"),
        person("Phạm Quang Dũng", "commune"),
        person("Hoàng Văn Sơn", "party"),
        person("Trịnh Thị Thơm", "union"),
        person("Vũ Đình Lâm", "front"),
        person("Trần Văn Bình", "reviewer"),
    ];
    let households =
        ["Đỗ Văn Hoà", "Lò Thị Mai", "Bùi Văn Tám", "Đinh Thị Nụ", "Quách Văn Đông", "Hà Thị Xuyến"];
    people.extend(households.map(|name| person(name, "household")));
    people.push(Present { name: None, role: Some("household".to_owned()) });
    people
}

pub fn session() -> MinutesData {
    use Class::{NearPoor, NotPoor, Poor};
    use Outcome::{Agreed, NotAgreed, Open};
    MinutesData {
        village: "Khu phố 1".to_owned(),
        commune: "Phường Hoa Sen".to_owned(),
        year: 2022,
        standard: "Chuẩn nghèo đa chiều giai đoạn 2022-2025".to_owned(),
        ordinal: 2,
        at: Some(EVENING),
        ended_at: Some(EVENING + 6_300),
        place: Some("Nhà văn hoá Khu phố 1".to_owned()),
        chair: Some("Lê Quang Tín".to_owned()),
        secretary: Some("Nguyễn Thị Hà".to_owned()),
        opinions: "Bà Lò Thị Mai đề nghị xem lại diện tích nhà ở của hộ mình.\n\nChủ tọa giải thích: đã đo lại ngày 02/10/2022, có hai rà soát viên cùng đo.".to_owned(),
        concluded: true,
        people: people(),
        voted: vec![
            voted("Đỗ Văn Hoà", Some(NearPoor), Poor, (12, 2), Agreed),
            voted("Lò Thị Mai", None, Poor, (6, 8), NotAgreed),
            voted("Bùi Văn Tám", Some(Poor), Poor, (14, 0), Agreed),
            voted("Đinh Thị Nụ", Some(Poor), NearPoor, (7, 7), Agreed),
            voted("Quách Văn Đông", None, NearPoor, (13, 1), Agreed),
            voted("Hà Thị Xuyến", Some(NearPoor), NotPoor, (11, 2), Agreed),
            voted("Nguyễn Văn Hùng", None, NotPoor, (14, 0), Agreed),
            Voted { proposed: None, ..voted("Nguyễn Văn Hùng", None, NotPoor, (0, 0), Open) },
        ],
        threshold_percent: Some(50),
        copies: 2,
    }
}
