//! The width of a line of Times New Roman, for the lines that the administrative form draws under a text.

use domain::vietnamese::fold;

use super::Twips;

/// Thousandths of the size that each capital of the bold face takes, A to Z.
const CAPITALS: [u32; 26] = [
    722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722,
    722, 1000, 722, 722, 667,
];
/// The same of the small letters, a to z.
const SMALL: [u32; 26] = [
    500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556,
    500, 722, 500, 500, 444,
];
/// Spaces and points.
const NARROW: u32 = 250;
/// Digits and everything else.
const OTHER: u32 = 500;

/// The width of a text in bold Times New Roman of so many points.
pub(crate) fn bold_width(text: &str, points: u32) -> Twips {
    let thousandths: u32 = text.chars().map(width).sum();
    Twips(thousandths * points * 20 / 1000)
}

fn width(letter: char) -> u32 {
    let plain = fold(&letter.to_string()).chars().next().unwrap_or(letter);
    match plain {
        'a'..='z' => {
            let faces = if letter.is_uppercase() { &CAPITALS } else { &SMALL };
            faces[plain as usize - 'a' as usize]
        }
        ' ' | '.' | ',' => NARROW,
        '-' => 333,
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_motto_is_about_six_centimetres_at_13_points() {
        let width = bold_width("Độc lập - Tự do - Hạnh phúc", 13);
        assert!((Twips::tenth_mm(520)..Twips::tenth_mm(640)).contains(&width), "{width:?}");
    }

    #[test]
    fn marks_take_no_room() {
        assert_eq!(bold_width("Ỷ", 12), bold_width("Y", 12));
    }
}
