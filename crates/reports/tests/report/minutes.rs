use reports::{Minutes, MinutesData, minutes, minutes_docx};

use crate::document::{parts, text};
use crate::meeting::session;
use crate::town::on;

fn file(data: &MinutesData) -> Vec<u8> {
    minutes_docx(&minutes(data), on(2022, 10, 5)).unwrap()
}

fn document(data: &MinutesData) -> String {
    parts(file(data)).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1
}

#[test]
fn the_minutes_follow_the_form_line_by_line() {
    let text = text(&document(&session()));
    let order = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BIÊN BẢN",
        "Họp dân thông qua kết quả rà soát hộ nghèo, hộ cận nghèo",
        "Thời gian bắt đầu: 19 giờ 30, ngày 05 tháng 10 năm 2022",
        "Địa điểm: Nhà văn hoá Khu phố 1",
        "Thành phần tham dự: 14 người",
        "- Đại diện các hộ dân (07): Đỗ Văn Hoà",
        "và 01 người không ghi tên",
        "Chủ trì (chủ tọa): Lê Quang Tín",
        "Thư ký (người ghi biên bản): Nguyễn Thị Hà",
        "Nội dung:",
        "50% tổng số người dự họp",
        "85,71",
        "Cuộc họp thống nhất kết quả của 06 hộ: 02 hộ nghèo, 02 hộ cận nghèo, 02 hộ",
        "Chưa thống nhất kết quả của 01 hộ",
        "Ý kiến tại cuộc họp:",
        "Biên bản được lập thành 02 bản: 01 bản lưu tại Khu phố 1, 01 bản gửi Ban Chỉ đạo rà soát Phường Hoa Sen.",
        "Cuộc họp kết thúc vào 21 giờ 15, ngày 05 tháng 10 năm 2022./.",
        "THƯ KÝ",
        "CHỦ TỌA",
        "ĐẠI DIỆN CÁC HỘ DÂN",
        "Nơi nhận:",
    ];
    let mut rest = text.as_str();
    for words in order {
        let at = rest.find(words).unwrap_or_else(|| panic!("{words} is not where it should be:\n{text}"));
        rest = &rest[at..];
    }
}

#[test]
fn both_copies_are_in_the_file_each_from_page_one() {
    let xml = document(&session());
    assert_eq!(xml.matches("<w:sectPr>").count(), 2);
    assert_eq!(xml.matches(r#"<w:pgNumType w:start="1"/>"#).count(), 2);
    let text = text(&xml);
    assert!(text.contains("Bản số 1/2 – lưu tại Khu phố 1"), "{text}");
    assert!(text.contains("Bản số 2/2 – gửi Ban Chỉ đạo rà soát Phường Hoa Sen"));
    let single = MinutesData { copies: 0, ..session() };
    assert_eq!(document(&single).matches("<w:sectPr>").count(), 1, "unknown: one, without a mark");
    assert!(!super::document::text(&document(&single)).contains("Bản số"));
}

#[test]
fn the_same_data_gives_the_same_bytes_and_another_vote_others() {
    assert_eq!(file(&session()), file(&session()));
    let mut other = session();
    other.voted[0].votes_for = 11;
    assert_ne!(file(&session()), file(&other));
}

#[test]
fn households_of_one_name_are_told_apart_and_others_show_no_address() {
    let told: Vec<String> =
        minutes(&session()).groups.iter().flat_map(|group| &group.rows).map(|row| row[1].clone()).collect();
    assert_eq!(told.iter().filter(|name| name.starts_with("Nguyễn Văn Hùng (Số nhà")).count(), 2);
    assert_eq!(told.iter().filter(|name| name.contains('(')).count(), 2);
}

#[test]
fn every_household_voted_on_is_in_the_table_once() {
    let minutes = minutes(&session());
    let numbers: Vec<&str> =
        minutes.groups.iter().flat_map(|group| &group.rows).map(|row| row[0].as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    assert!(
        minutes.groups.iter().flat_map(|group| &group.rows).all(|row| row.len() == minutes.columns.len())
    );
}

#[test]
fn an_empty_session_leaves_room_to_write_and_says_that_it_is_a_draft() {
    let empty = MinutesData {
        village: "Thôn Mẫu".to_owned(),
        commune: "Xã Mẫu".to_owned(),
        copies: 2,
        ..MinutesData::default()
    };
    let Minutes { draft, content, groups, signatures, .. } = minutes(&empty);
    assert_eq!(draft.as_deref(), Some("(Dự thảo: cuộc họp chưa kết luận)"));
    assert_eq!(content, ["Cuộc họp chưa biểu quyết hộ nào."]);
    assert!(groups.is_empty() && signatures.iter().all(|place| place.name.is_empty()));
    assert!(text(&document(&empty)).contains("kết thúc vào ……… giờ"));
    assert_eq!(minutes(&session()).draft, None);
}
