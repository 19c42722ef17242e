use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};
use quick_xml::events::Event;
use zip::ZipArchive;

use reports::{checks, figures, figures_xlsx, letter_docx};

use crate::town::Town;

fn letter(town: &Town) -> Vec<u8> {
    let data = town.data();
    let figures = figures(&data);
    letter_docx(&data, &figures, &checks(&data, &figures)).unwrap()
}

pub fn workbook(town: &Town) -> Vec<u8> {
    let data = town.data();
    let figures = figures(&data);
    figures_xlsx(&data, &figures, &checks(&data, &figures)).unwrap()
}

pub fn parts(file: Vec<u8>) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().map(|name| (name.clone(), read(name))).collect()
}

fn part(file: Vec<u8>, name: &str) -> String {
    parts(file).into_iter().find(|(found, _)| found == name).unwrap().1
}

/// The text of the document, a line for each paragraph.
pub fn text(document: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(words) => text.push_str(&words.xml10_content()),
            Event::GeneralRef(name) => text.push_str(if &*name == "amp" { "&" } else { "?" }),
            Event::End(end) if end.name().as_ref() == "w:p" => text.push('\n'),
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn every_part_is_well_formed_xml_and_every_relation_has_its_part() {
    let parts = parts(letter(&Town::small()));
    for (name, xml) in &parts {
        let mut reader = quick_xml::Reader::from_str(xml);
        while !matches!(reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")), Event::Eof) {}
    }
    let relations = &parts.iter().find(|(name, _)| name == "word/_rels/document.xml.rels").unwrap().1;
    for target in ["header-blank.xml", "header-number.xml", "settings.xml", "styles.xml"] {
        assert!(relations.contains(target));
        assert!(parts.iter().any(|(name, _)| *name == format!("word/{target}")), "{target}");
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(letter(&Town::small()), letter(&Town::small()));
    assert_eq!(workbook(&Town::small()), workbook(&Town::small()));
}

#[test]
fn the_letter_stands_upright_and_the_appendix_across_each_numbered_from_one() {
    let document = part(letter(&Town::small()), "word/document.xml");
    assert_eq!(document.matches("<w:sectPr>").count(), 2);
    assert_eq!(document.matches("w:orient=\"landscape\"").count(), 1);
    assert_eq!(document.matches("<w:pgNumType w:start=\"1\"/>").count(), 2);
    assert_eq!(document.matches("<w:titlePg/>").count(), 2, "no number on first pages");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1, "the appendix's head repeats");
    assert!(document.contains("w:gridSpan") && document.contains("<w:vMerge w:val=\"restart\"/>"));
}

#[test]
fn the_letter_says_what_was_computed() {
    let text = text(&part(letter(&Town::small()), "word/document.xml"));
    let said = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
        "Số: 870/UBND-LĐTBXH\n",
        "Bỉm Sơn, ngày 22 tháng 5 năm 2017\n",
        "số người có công hưởng trợ cấp hàng tháng là gần 1.300;",
        "số tiền 6 triệu đồng",
        "tổng hợp./.\n",
        "Nơi nhận:\n- Như trên;\n",
        "- Lưu: VT, LĐTBXH.\n",
        "(Kèm theo Công văn số 870/UBND-LĐTBXH ngày 22 tháng 5 năm 2017 của UBND thị xã Bỉm Sơn)\n",
        "- Tỷ lệ: 25%\n",
        "Phường Hoa Mai (Khu phố 1: 1.045)",
    ];
    for words in said {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains('{') && !text.contains("Nguyễn Văn Mẫu"), "no placeholder, no surveyed person");
}

#[test]
fn letter_and_appendix_name_a_figure_by_one_label() {
    let text = text(&part(letter(&Town::small()), "word/document.xml")).to_lowercase();
    for label in [
        "số khẩu cận nghèo mua hoặc đã có thẻ bảo hiểm y tế",
        "số đối tượng bảo trợ xã hội hưởng trợ cấp hàng tháng",
    ] {
        assert_eq!(text.matches(label).count(), 2, "{label}");
    }
}

#[test]
fn the_template_abbreviates_no_policy() {
    let template = include_str!("../../templates/letter-870.toml");
    assert!(!template.contains("BHXH") && !template.contains("BTXH"));
}

#[test]
fn a_blank_number_stays_blank_in_letter_and_appendix() {
    let mut town = Town::small();
    let own = town.citations.iter_mut().find(|entry| entry.id == "letter_870").unwrap();
    own.number.clear();
    own.date = None;
    let text = text(&part(letter(&town), "word/document.xml"));
    assert!(text.contains("Số:           /UBND-LĐTBXH"), "{text}");
    assert!(text.contains("(Kèm theo Công văn số ……/UBND-LĐTBXH ngày …… tháng …… năm ……… của"), "{text}");
    assert!(!text.contains("870"));
}

#[test]
fn open_checks_are_counted_after_the_appendix_only() {
    let town = Town::small();
    let data = town.data();
    let open = checks(&data, &figures(&data)).len();
    let text = text(&part(letter(&town), "word/document.xml"));
    let (body, state) = text.split_once("Trạng thái số liệu").unwrap();
    assert!(state.contains(&format!("Còn {open} kiểm tra mở.")));
    assert!(!body.contains("kiểm tra mở"));
}

fn sheet(town: &Town, name: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook(town))).unwrap();
    workbook.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn the_workbook_has_numerators_denominators_and_sources() {
    let town = Town::small();
    let figures = sheet(&town, "Số liệu");
    let latrine = figures.iter().find(|row| row[1] == Data::String("latrine_poor".to_owned())).unwrap();
    let numbers: Vec<f64> = [4, 6, 7, 9].iter().map(|column| latrine[*column].as_f64().unwrap()).collect();
    assert_eq!(numbers, [4.0, 4.0, 4.0, 100.0]);
    let sources = sheet(&town, "Nguồn");
    let of = |figure: &str| sources.iter().filter(|row| row[0] == Data::String(figure.to_owned())).count();
    assert_eq!((of("latrine_poor"), of("near_poor_people"), of("loan_amount")), (4, 9, 3));
}

#[test]
fn the_checks_page_begins_with_how_many_are_open() {
    let town = Town::small();
    let data = town.data();
    let open = checks(&data, &figures(&data)).len();
    let page = sheet(&town, "Kiểm tra");
    assert_eq!(page[0][0], Data::String(format!("Còn {open} kiểm tra mở.")));
    assert_eq!(page.len(), open + 2);
}

#[test]
fn the_workbook_holds_no_name_of_a_person() {
    let mut town = Town::small();
    for member in town.household(1).household.members.values_mut() {
        member.citizen_id = Some("038099000001".to_owned());
    }
    for (name, xml) in parts(workbook(&town)) {
        assert!(!xml.contains("Nguyễn Văn Mẫu") && !xml.contains("038099000001"), "{name}");
    }
}
