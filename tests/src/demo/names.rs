//! Names of people who do not exist, composed from common family, middle and given names.

use super::dice::Dice;
use super::people::Sex;

const FAMILIES: [(&str, i64); 18] = [
    ("Nguyễn", 30),
    ("Trần", 11),
    ("Lê", 14),
    ("Phạm", 9),
    ("Hoàng", 5),
    ("Vũ", 5),
    ("Đỗ", 5),
    ("Đặng", 3),
    ("Bùi", 4),
    ("Trịnh", 4),
    ("Tống", 3),
    ("Mai", 3),
    ("Phan", 2),
    ("Ngô", 2),
    ("Đinh", 2),
    ("Dương", 2),
    ("Lương", 2),
    ("Hà", 2),
];
const MALE_MIDDLES: [&str; 8] = ["Văn", "Văn", "Hữu", "Đức", "Quang", "Xuân", "Ngọc", "Bá"];
const FEMALE_MIDDLES: [&str; 7] = ["Thị", "Thị", "Thị", "Thu", "Thanh", "Ngọc", "Kim"];
const MALE_GIVEN: [&str; 28] = [
    "Hoà", "Hùng", "Dũng", "Bình", "Sơn", "Tuấn", "Thắng", "Tùng", "Cường", "Nam", "Hải", "Long", "Khánh",
    "Phúc", "Thành", "Trung", "Kiên", "Đạt", "Quý", "Tiến", "Vinh", "Hưng", "Mạnh", "Toàn", "Chung", "Hiếu",
    "Đông", "Lực",
];
const FEMALE_GIVEN: [&str; 28] = [
    "Hoa",
    "Lan",
    "Hương",
    "Huệ",
    "Mai",
    "Hạnh",
    "Nga",
    "Thuỷ",
    "Hằng",
    "Liên",
    "Loan",
    "Nhung",
    "Phượng",
    "Tuyết",
    "Vân",
    "Yến",
    "Dung",
    "Hiền",
    "Oanh",
    "Quyên",
    "Thảo",
    "Trang",
    "Xuân",
    "Bích",
    "Cúc",
    "Đào",
    "Lý",
    "Nhàn",
];

/// A family name.
pub fn family(dice: &mut Dice) -> &'static str {
    FAMILIES[dice.weighted(&FAMILIES.map(|(_, weight)| weight))].0
}

/// A full name in a family.
pub fn full(dice: &mut Dice, family: &str, sex: Sex) -> String {
    let (middle, given) = match sex {
        Sex::Male => (dice.pick(&MALE_MIDDLES), dice.pick(&MALE_GIVEN)),
        Sex::Female => (dice.pick(&FEMALE_MIDDLES), dice.pick(&FEMALE_GIVEN)),
    };
    format!("{family} {middle} {given}")
}
