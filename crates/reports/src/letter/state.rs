//! What the report was computed from, in small type after the appendix.

use std::collections::BTreeMap;

use domain::date::vietnamese_day;
use domain::money::group;

use crate::check::Check;
use crate::data::TownData;
use crate::ooxml::{Align, Block, Paragraph, Twips};

/// Size, in points.
const SIZE: u32 = 9;

/// The block.
pub(super) fn state(data: &TownData<'_>, checks: &[Check]) -> Vec<Block> {
    let head = Paragraph::new(Align::Left, SIZE).before(Twips::points(12)).keep_next();
    let mut blocks: Vec<Block> = vec![head.bold().text("Trạng thái số liệu").into()];
    blocks.extend(
        lines(data, checks).into_iter().map(|line| Paragraph::new(Align::Justified, SIZE).text(line).into()),
    );
    blocks
}

/// The same lines for the workbook.
pub(crate) fn lines(data: &TownData<'_>, checks: &[Check]) -> Vec<String> {
    let days = data.days;
    let review = data.state.review.as_ref();
    let review = review.map_or_else(
        || "Chưa chọn đợt rà soát.".to_owned(),
        |review| {
            format!(
                "Đợt rà soát: {}; bộ quy tắc {} ({}).",
                review.name, review.rulebook, review.rulebook_hash
            )
        },
    );
    let dates = format!(
        "Danh sách công nhận tính đến ngày {}; hỗ trợ trong kỳ từ ngày {} đến ngày {}.",
        vietnamese_day(days.as_of),
        vietnamese_day(days.from),
        vietnamese_day(days.to)
    );
    let version = format!("Cấu hình phiên bản {}.", data.state.config_version);
    vec![review, dates, version, sequences(data), open(checks)]
}

/// How many checks are open.
pub(crate) fn open(checks: &[Check]) -> String {
    match checks.len() {
        0 => "Không còn kiểm tra mở.".to_owned(),
        count => format!("Còn {count} kiểm tra mở."),
    }
}

/// The last sequence read of every scope, villages under their commune's name.
fn sequences(data: &TownData<'_>) -> String {
    let mut communes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (scope, sequence) in &data.state.sequences {
        let number = group(i64::try_from(*sequence).unwrap_or(i64::MAX));
        let above = data.unit(*scope).and_then(|unit| unit.parent);
        let commune = above.map(|above| data.unit_name(above)).unwrap_or_default();
        communes.entry(commune).or_default().push(format!("{}: {number}", data.unit_name(*scope)));
    }
    let told: Vec<String> = communes
        .into_iter()
        .map(|(commune, scopes)| {
            let scopes = scopes.join(", ");
            if commune.is_empty() { scopes } else { format!("{commune} ({scopes})") }
        })
        .collect();
    format!(
        "Số thứ tự cuối cùng đã đọc: {}.",
        if told.is_empty() { "không có".to_owned() } else { told.join("; ") }
    )
}
