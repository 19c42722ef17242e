//! Writes the template: the sheet to fill in, how to, and what the program knows beside it.
//!
//! **Invariant:** the same knowledge gives the same bytes.

use domain::b1::{B1Item, B1Kind, B1Table, ShippedB1};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

use super::layout::{
    FICTITIOUS_TITLE, FIRST_ROW, FORMAT, FORMAT_AT, GUIDE, HEAD_ROW, HEADS, KIND, KINDS, KNOWN, LABEL, NAME,
    NAMES_ROW, NO, REGIONS, RULEBOOK_AT, SHEET, TITLE, TITLE_AT, WAIVED,
};
use crate::error::ReportError;

/// Rows below the known ones that take a word for how many answers an item takes.
const SPARE_ROWS: u32 = 400;
const WIDTHS: [u16; 5] = [7, 38, 16, 26, 40];
const REGION_WIDTH: u16 = 16;

const STEPS: [&str; 12] = [
    "Tệp này để văn phòng chép bảng điểm Phiếu B1 từ văn bản chính thức, rồi nạp vào chương trình.",
    "1. Chỉ điền trang “Bảng điểm”. Không sửa bốn hàng đầu, không đổi tên trang.",
    "2. Mỗi hàng là một câu trả lời. Cột “Mục” và “Tên mục” ghi ở hàng đầu của mục; các hàng sau của mục đó để trống hoặc ghi lại y như vậy.",
    "3. Cột “Cách chọn”: “một” – phải chọn đúng một dòng; “một hoặc không” – chọn một dòng, hoặc không dòng nào (0 điểm); “nhiều” – chọn được nhiều dòng, điểm cộng lại.",
    "4. Cột “Không tính điểm với”: ghi trường hợp hộ không bị tính điểm ở mục đó, nếu văn bản có nói; không có thì để trống.",
    "5. Mỗi cột còn lại là một vùng; hàng tiêu đề ghi mã vùng. Mỗi ô là một số nguyên từ 0 đến 200. Không để trống ô nào, kể cả khi điểm là 0.",
    "6. Điểm phải chép từ văn bản chính thức. Chương trình không tự đặt ra điểm nào, nên mẫu này không có sẵn điểm.",
    "7. Trang “Tham khảo” chỉ để đối chiếu, không được đọc khi nạp. Điểm ở đó của một bảng khác, chưa ai xác nhận là giống bảng chính thức.",
    "8. Kiểm tra tệp: sync-server b1 check --data THƯ_MỤC --file TỆP.xlsx --rulebook MÃ",
    "9. Nạp bảng: sync-server b1 supply --data THƯ_MỤC --file TỆP.xlsx --rulebook MÃ --version TÊN_BẢN --legal VĂN_BẢN --review MÃ_ĐỢT",
    "10. Nếu có ô sai, chương trình kể tên từng ô và không nạp gì cả.",
    "Bảng dùng để thử phải có dòng tiêu đề “BẢNG ĐIỂM HƯ CẤU — chỉ để thử” và nạp với --fictitious.",
];

/// The template of a rulebook: the items that are known, without points.
///
/// # Errors
/// The workbook cannot be written.
pub fn b1_template(known: &ShippedB1) -> Result<Vec<u8>, ReportError> {
    let blank = |item: &B1Item| {
        let mut item = item.clone();
        item.answers.iter_mut().for_each(|answer| answer.points.clear());
        item
    };
    let items = known.table.items.iter().map(blank).collect();
    write(known, &B1Table { items, ..known.table.clone() })
}

/// A table as the office would have filled it in.
///
/// # Errors
/// The workbook cannot be written.
pub fn b1_workbook(known: &ShippedB1, table: &B1Table) -> Result<Vec<u8>, ReportError> {
    write(known, table)
}

fn write(known: &ShippedB1, table: &B1Table) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2016, 1, 1)?;
    let title = if table.fictitious { FICTITIOUS_TITLE } else { TITLE };
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    guide(workbook.add_worksheet().set_name(GUIDE)?, known)?;
    let sheet = workbook.add_worksheet().set_name(SHEET)?;
    head(sheet, known, table, title)?;
    rows(sheet, &table.items, &table.regions)?;
    sheet.set_active(true);
    reference(workbook.add_worksheet().set_name(KNOWN)?, known)?;
    Ok(workbook.save_to_buffer()?)
}

fn look() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(11)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

fn boxed() -> Format {
    look().set_border(FormatBorder::Thin)
}

fn bold() -> Format {
    boxed().set_bold().set_background_color(Color::RGB(0x00ED_EDED))
}

fn guide(sheet: &mut Worksheet, known: &ShippedB1) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 110)?;
    let says = [known.locked.reason_vi.as_str()];
    for (row, step) in (0_u32..).zip(STEPS.into_iter().chain(says)) {
        sheet.write_string_with_format(row, 0, step, &look())?;
        sheet.set_row_height(row, 32)?;
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, known: &ShippedB1, table: &B1Table, title: &str) -> Result<(), XlsxError> {
    sheet.set_landscape();
    let strong = Format::new().set_font_name("Times New Roman").set_font_size(13).set_bold();
    sheet.write_string_with_format(TITLE_AT.0, TITLE_AT.1, title, &strong)?;
    for ((row, column), name, value) in
        [(FORMAT_AT, "Mẫu", FORMAT), (RULEBOOK_AT, "Bộ quy tắc", table.rulebook.as_str())]
    {
        sheet.write_string_with_format(row, column - 1, name, &look())?;
        sheet.write_string_with_format(row, column, value, &look())?;
    }
    for ((column, name), width) in (0_u16..).zip(HEADS).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEAD_ROW, column, name, &bold())?;
    }
    for (column, region) in (REGIONS..).zip(&table.regions) {
        let name = known.region(region).map_or("", |region| region.name_vi.as_str());
        sheet.set_column_width(column, REGION_WIDTH)?;
        sheet.write_string_with_format(NAMES_ROW, column, name, &boxed())?;
        sheet.write_string_with_format(HEAD_ROW, column, region, &bold())?;
    }
    let words = DataValidation::new().allow_list_strings(&KINDS.map(|(_, word)| word))?;
    sheet.add_data_validation(FIRST_ROW, KIND, FIRST_ROW + SPARE_ROWS, KIND, &words)?;
    sheet.set_freeze_panes(FIRST_ROW, REGIONS)?;
    Ok(())
}

fn kind(kind: B1Kind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word)
}

fn rows(sheet: &mut Worksheet, items: &[B1Item], regions: &[String]) -> Result<(), XlsxError> {
    let cell = boxed();
    let mut row = FIRST_ROW;
    for item in items {
        let waived = item.waived_vi.as_deref().unwrap_or_default();
        let firsts =
            [(NO, item.no.as_str()), (NAME, &item.name_vi), (KIND, kind(item.kind)), (WAIVED, waived)];
        for (column, text) in firsts {
            sheet.write_string_with_format(row, column, text, &cell)?;
        }
        for (at, answer) in item.answers.iter().enumerate() {
            if at > 0 {
                (NO..LABEL).try_for_each(|column| sheet.write_blank(row, column, &cell).map(drop))?;
            }
            sheet.write_string_with_format(row, LABEL, &answer.label_vi, &cell)?;
            for (column, region) in (REGIONS..).zip(regions) {
                match answer.points.get(region) {
                    #[allow(clippy::cast_precision_loss, reason = "workbooks know no other numbers")]
                    Some(points) => sheet.write_number_with_format(row, column, *points as f64, &cell)?,
                    None => sheet.write_blank(row, column, &cell)?,
                };
            }
            row += 1;
        }
    }
    Ok(())
}

/// What the program knows, with the words that it is not the official table.
fn reference(sheet: &mut Worksheet, known: &ShippedB1) -> Result<(), XlsxError> {
    let strong = look().set_bold();
    let lines = [
        "KHÔNG PHẢI BẢNG CHÍNH THỨC – chỉ để đối chiếu, không được đọc khi nạp.".to_owned(),
        format!("Chép từ: {}", known.table.legal),
    ];
    let missing = known.missing.iter().map(|it| format!("Chưa tìm được – mục {}: {}", it.no, it.name_vi));
    for (row, line) in (0_u32..).zip(lines.into_iter().chain(missing)) {
        sheet.write_string_with_format(row, 0, line, &strong)?;
    }
    for ((column, name), width) in (0_u16..).zip(HEADS).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEAD_ROW, column, name, &bold())?;
    }
    for (column, region) in (REGIONS..).zip(&known.table.regions) {
        sheet.write_string_with_format(HEAD_ROW, column, region, &bold())?;
    }
    rows(sheet, &known.table.items, &known.table.regions)
}
