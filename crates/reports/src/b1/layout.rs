//! Where things stand in the sheet. Rows and columns are counted from 0.

use domain::b1::B1Kind;

/// The sheet that is read.
pub(super) const SHEET: &str = "Bảng điểm";
/// The sheet that explains it.
pub(super) const GUIDE: &str = "Hướng dẫn";
/// The sheet of what the program knows; never read.
pub(super) const KNOWN: &str = "Tham khảo";

/// What says that a sheet is one of these.
pub(super) const FORMAT: &str = "rasoat-b1/1";
/// The title of an ordinary table.
pub(super) const TITLE: &str = "BẢNG ĐIỂM PHIẾU B1";
/// The title of a table that is made up for trying the program.
pub const FICTITIOUS_TITLE: &str = "BẢNG ĐIỂM HƯ CẤU — chỉ để thử";

pub(super) const TITLE_AT: (u32, u16) = (0, 0);
pub(super) const FORMAT_AT: (u32, u16) = (1, 1);
pub(super) const RULEBOOK_AT: (u32, u16) = (2, 1);
/// The row of the regions' names, for people.
pub(super) const NAMES_ROW: u32 = 4;
/// The row of the columns' names and the regions' codes.
pub(super) const HEAD_ROW: u32 = 5;
pub(super) const FIRST_ROW: u32 = 6;

pub(super) const NO: u16 = 0;
pub(super) const NAME: u16 = 1;
pub(super) const KIND: u16 = 2;
pub(super) const WAIVED: u16 = 3;
pub(super) const LABEL: u16 = 4;
/// The column of the first region.
pub(super) const REGIONS: u16 = 5;

/// The columns before the regions.
pub(super) const HEADS: [&str; 5] = ["Mục", "Tên mục", "Cách chọn", "Không tính điểm với", "Câu trả lời"];

/// The words for how many answers an item takes.
pub(super) const KINDS: [(B1Kind, &str); 3] =
    [(B1Kind::Single, "một"), (B1Kind::OneOrNone, "một hoặc không"), (B1Kind::Several, "nhiều")];

/// `F7`.
pub(super) fn cell_name(row: u32, column: u16) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// `A`, `Z`, `AA`.
pub(super) fn column_name(column: u16) -> String {
    let mut left = u32::from(column) + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (at, name) in
            [((0, 0), "A1"), ((6, 5), "F7"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((1, 702), "AAA2")]
        {
            assert_eq!(cell_name(at.0, at.1), name);
        }
    }
}
