//! The words of the minutes.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Timelike};

use domain::classification::Class;
use domain::date::vietnamese_day_in_words;
use domain::decimal::Decimal;

use super::{
    Minutes, MinutesData, MinutesFact, MinutesGroup, MinutesRepresentatives, MinutesSignature, Outcome,
    Present, Voted,
};
use crate::form::{MOTTO, NATION};

/// Seconds that clocks in Vietnam are ahead.
const AHEAD: i32 = 7 * 3600;
/// Places for representatives of the households.
const REPRESENTATIVES: usize = 3;
const NUMBER: &str = "Số: ………/BB-………";
const COLUMNS: [&str; 8] =
    ["TT", "Chủ hộ", "Trước rà soát", "Đề nghị", "Tán thành", "Không tán thành", "Tỷ lệ (%)", "Kết luận"];
/// Roles as they are listed, those who preside and write left out: they have lines of their own.
const ROLES: [(&str, &str); 7] = [
    ("commune", "Ban Chỉ đạo rà soát, công chức cấp xã"),
    ("party", "Chi bộ"),
    ("front", "Mặt trận Tổ quốc"),
    ("union", "Các đoàn thể"),
    ("reviewer", "Rà soát viên"),
    ("household", "Đại diện các hộ dân"),
    ("other", "Người dự khác"),
];

/// The minutes of a session.
pub fn minutes(data: &MinutesData) -> Minutes {
    Minutes {
        above: vec!["ỦY BAN NHÂN DÂN".to_owned(), data.commune.to_uppercase()],
        issuer: data.village.to_uppercase(),
        number: NUMBER.to_owned(),
        nation: NATION.to_owned(),
        motto: MOTTO.to_owned(),
        title: "BIÊN BẢN".to_owned(),
        subject: subject(data),
        draft: (!data.concluded).then(|| "(Dự thảo: cuộc họp chưa kết luận)".to_owned()),
        facts: facts(data),
        content: content(data),
        columns: COLUMNS.map(str::to_owned).to_vec(),
        groups: groups(data),
        results: results(data),
        opinions: opinions(data),
        closing: closing(data),
        receivers: receivers(data),
        signatures: signatures(data),
        representatives: representatives(data),
        copies: copies(data),
    }
}

fn subject(data: &MinutesData) -> Vec<String> {
    let again = if data.ordinal > 1 { format!(" (họp lần {})", data.ordinal) } else { String::new() };
    vec![
        "Họp dân thông qua kết quả rà soát hộ nghèo, hộ cận nghèo".to_owned(),
        format!("năm {} tại {}{again}", data.year, data.village),
    ]
}

/// "19 giờ 30, ngày 05 tháng 10 năm 2022", or room to write it.
fn moment(at: Option<i64>) -> String {
    let zone = FixedOffset::east_opt(AHEAD);
    let local = at.and_then(|at| Some(DateTime::from_timestamp(at, 0)?.with_timezone(&zone?)));
    match local {
        None => "……… giờ ………, ngày …… tháng …… năm …………".to_owned(),
        Some(time) => {
            let day = vietnamese_day_in_words(time.date_naive());
            format!("{:02} giờ {:02}, {day}", time.hour(), time.minute())
        }
    }
}

fn or_room(text: Option<&str>) -> String {
    let told = text.map(str::trim).filter(|text| !text.is_empty());
    told.unwrap_or("………………………………………").to_owned()
}

fn facts(data: &MinutesData) -> Vec<MinutesFact> {
    let fact = |label: &str, text: String| MinutesFact { label: label.to_owned(), text, items: Vec::new() };
    let attendance = MinutesFact {
        label: "Thành phần tham dự".to_owned(),
        text: format!("{} người, kể cả chủ tọa và thư ký", padded(data.people.len())),
        items: attendance(&data.people),
    };
    vec![
        fact("Thời gian bắt đầu", moment(data.at)),
        fact("Địa điểm", or_room(data.place.as_deref())),
        attendance,
        fact("Chủ trì (chủ tọa)", or_room(data.chair.as_deref())),
        fact("Thư ký (người ghi biên bản)", or_room(data.secretary.as_deref())),
    ]
}

/// Administrative documents write numbers under ten with a zero.
fn padded(count: usize) -> String {
    format!("{count:02}")
}

fn attendance(people: &[Present]) -> Vec<String> {
    let known = |role: &str| ROLES.iter().any(|(code, _)| *code == role) || is_own_line(role);
    let of = |person: &&Present, code: &str| match person.role.as_deref() {
        Some(role) if known(role) => role == code,
        _ => code == "other",
    };
    let line = |(code, name): &(&str, &str)| {
        let present: Vec<&Present> = people.iter().filter(|person| of(person, code)).collect();
        (!present.is_empty()).then(|| format!("{name} ({}): {}", padded(present.len()), names(&present)))
    };
    ROLES.iter().filter_map(line).collect()
}

fn is_own_line(role: &str) -> bool {
    matches!(role, "chair" | "secretary")
}

fn names(present: &[&Present]) -> String {
    let named: Vec<&str> = present.iter().filter_map(|person| told(&person.name)).collect();
    let unnamed = present.len() - named.len();
    match (named.is_empty(), unnamed) {
        (_, 0) => named.join(", "),
        (true, _) => "không ghi tên".to_owned(),
        (false, _) => format!("{} và {} người không ghi tên", named.join(", "), padded(unnamed)),
    }
}

fn told(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn content(data: &MinutesData) -> Vec<String> {
    let count = padded(data.voted.len());
    let standard = if data.standard.is_empty() { String::new() } else { format!(" theo {}", data.standard) };
    let threshold = data.threshold_percent.map(|percent| {
        format!(
            "Kết quả của một hộ được thông qua khi có từ {percent}% tổng số người dự họp trở lên tán thành."
        )
    });
    let presented = if data.voted.is_empty() {
        "Cuộc họp chưa biểu quyết hộ nào.".to_owned()
    } else {
        format!(
            "Cuộc họp nghe kết quả rà soát, phân loại{standard} và biểu quyết đối với {count} hộ như sau."
        )
    };
    std::iter::once(presented).chain(threshold).collect()
}

/// A heading of the list, and who comes under it.
type Group = (&'static str, fn(&Voted) -> bool);

/// Who is put before the meeting first: those who come to the lists, those who stay, those who leave.
const GROUPS: [Group; 5] = [
    ("Đề nghị là hộ nghèo", |voted| voted.proposed.is_some_and(Class::is_poor)),
    ("Đề nghị là hộ cận nghèo", |voted| voted.proposed == Some(Class::NearPoor)),
    ("Đề nghị ra khỏi danh sách hộ nghèo, hộ cận nghèo", |voted| {
        voted.proposed == Some(Class::NotPoor) && voted.before.is_some_and(|class| class != Class::NotPoor)
    }),
    ("Không thuộc hộ nghèo, hộ cận nghèo", |voted| {
        voted.proposed == Some(Class::NotPoor) && voted.before.is_none_or(|class| class == Class::NotPoor)
    }),
    ("Chưa đủ thông tin để phân loại", |voted| voted.proposed.is_none()),
];

fn groups(data: &MinutesData) -> Vec<MinutesGroup> {
    let mut same: BTreeMap<&str, usize> = BTreeMap::new();
    for voted in &data.voted {
        *same.entry(told(&voted.name).unwrap_or_default()).or_default() += 1;
    }
    let mut number = 0;
    let mut groups = Vec::new();
    for (title, belongs) in GROUPS {
        let rows: Vec<Vec<String>> = data
            .voted
            .iter()
            .filter(|voted| belongs(voted))
            .map(|voted| {
                number += 1;
                let twice = same.get(told(&voted.name).unwrap_or_default()).is_some_and(|count| *count > 1);
                row(number, voted, twice)
            })
            .collect();
        if !rows.is_empty() {
            groups.push(MinutesGroup { title: format!("{title} ({} hộ)", padded(rows.len())), rows });
        }
    }
    groups
}

fn row(number: usize, voted: &Voted, with_address: bool) -> Vec<String> {
    let name = told(&voted.name).unwrap_or("(chưa có tên)");
    let address = told(&voted.address).filter(|_| with_address);
    let name = address.map_or_else(|| name.to_owned(), |address| format!("{name} ({address})"));
    let percent = voted.percent_hundredths.map(|hundredths| Decimal::new(hundredths, 2).vietnamese());
    vec![
        number.to_string(),
        name,
        before(voted.before).to_owned(),
        class(voted.proposed).to_owned(),
        voted.votes_for.to_string(),
        voted.votes_against.to_string(),
        percent.unwrap_or_default(),
        outcome(voted.outcome).to_owned(),
    ]
}

fn before(known: Option<Class>) -> &'static str {
    match known {
        None | Some(Class::NotPoor) => "Ngoài danh sách",
        listed => class(listed),
    }
}

fn class(class: Option<Class>) -> &'static str {
    match class {
        Some(Class::Poor) => "Hộ nghèo",
        Some(Class::PoorIncome) => "Hộ nghèo về thu nhập",
        Some(Class::PoorDeprived) => "Hộ nghèo thiếu hụt",
        Some(Class::NearPoor) => "Hộ cận nghèo",
        Some(Class::NotPoor) => "Không nghèo",
        None => "Chưa phân loại",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Agreed => "Thống nhất",
        Outcome::NotAgreed => "Chưa thống nhất",
        Outcome::Open => "Chưa kết luận",
    }
}

fn results(data: &MinutesData) -> Vec<String> {
    if data.voted.is_empty() {
        return Vec::new();
    }
    let count = |outcome: Outcome| data.voted.iter().filter(|voted| voted.outcome == outcome).count();
    let agreed = |class: fn(Class) -> bool| {
        let there = data.voted.iter().filter(|voted| voted.outcome == Outcome::Agreed);
        padded(there.filter(|voted| voted.proposed.is_some_and(class)).count())
    };
    let mut told = vec![format!(
        "Cuộc họp thống nhất kết quả của {} hộ: {} hộ nghèo, {} hộ cận nghèo, {} hộ không thuộc hộ nghèo, hộ cận nghèo.",
        padded(count(Outcome::Agreed)),
        agreed(Class::is_poor),
        agreed(|class| class == Class::NearPoor),
        agreed(|class| class == Class::NotPoor),
    )];
    if count(Outcome::NotAgreed) > 0 {
        let again = padded(count(Outcome::NotAgreed));
        told.push(format!("Chưa thống nhất kết quả của {again} hộ: rà soát lại các hộ này và họp lại."));
    }
    if count(Outcome::Open) > 0 {
        told.push(format!("Còn {} hộ chưa có kết luận.", padded(count(Outcome::Open))));
    }
    told
}

fn opinions(data: &MinutesData) -> Vec<String> {
    let said: Vec<String> =
        data.opinions.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if said.is_empty() { vec!["Không có ý kiến khác được ghi lại.".to_owned()] } else { said }
}

/// Where each copy goes; beyond the second nobody said.
fn places(data: &MinutesData) -> Vec<String> {
    let known = [format!("lưu tại {}", data.village), format!("gửi Ban Chỉ đạo rà soát {}", data.commune)];
    known.into_iter().take(data.copies as usize).collect()
}

fn closing(data: &MinutesData) -> Vec<String> {
    let each: Vec<String> = places(data).into_iter().map(|place| format!("01 bản {place}")).collect();
    let each = each.join(", ");
    let copies = format!("Biên bản được lập thành {} bản: {each}.", padded(data.copies as usize));
    let end = format!("Cuộc họp kết thúc vào {}./.", moment(data.ended_at));
    if data.copies == 0 { vec![end] } else { vec![copies, end] }
}

fn receivers(data: &MinutesData) -> Vec<String> {
    vec![format!("Ban Chỉ đạo rà soát {}", data.commune), format!("Lưu: {}", data.village)]
}

fn signatures(data: &MinutesData) -> Vec<MinutesSignature> {
    let place = |title: &str, name: &Option<String>| MinutesSignature {
        title: title.to_owned(),
        hint: "(Ký, ghi rõ họ tên)".to_owned(),
        name: told(name).unwrap_or_default().to_owned(),
    };
    vec![place("THƯ KÝ", &data.secretary), place("CHỦ TỌA", &data.chair)]
}

/// Names are printed where there are no more representatives than places; else it is open who signs for all.
fn representatives(data: &MinutesData) -> MinutesRepresentatives {
    let there = data.people.iter().filter(|person| person.role.as_deref() == Some("household"));
    let mut names: Vec<String> = there.map(|it| told(&it.name).unwrap_or_default().to_owned()).collect();
    if names.len() > REPRESENTATIVES {
        names.clear();
    }
    names.resize(REPRESENTATIVES, String::new());
    MinutesRepresentatives {
        title: "ĐẠI DIỆN CÁC HỘ DÂN".to_owned(),
        hint: "(Ký, ghi rõ họ tên)".to_owned(),
        names,
    }
}

fn copies(data: &MinutesData) -> Vec<String> {
    let places = places(data);
    let mark = |at: usize| {
        let place = places.get(at).map(|place| format!(" – {place}")).unwrap_or_default();
        format!("Bản số {}/{}{place}", at + 1, data.copies)
    };
    (0..data.copies as usize).map(mark).collect()
}
