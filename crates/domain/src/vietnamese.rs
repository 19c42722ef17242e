//! Vietnamese text: one normal form at every entry, and a fold for search that also folds đ.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// NFC with outer and repeated spaces removed: the form in which text is stored.
pub fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().collect()
}

/// Lower case without marks, đ as d: "Đỗ Văn Hoà" and "do van hoa" fold to the same text.
pub fn fold(text: &str) -> String {
    let lower: String = text.nfc().collect::<String>().to_lowercase();
    let plain = lower.nfd().filter(|c| !is_combining_mark(*c));
    plain.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fold_knows_d_and_every_composition() {
        assert_eq!(fold("Đỗ Văn Hoà"), "do van hoa");
        assert_eq!(fold("Đỗ Văn Hoà"), fold("Đô\u{303} Văn Hoa\u{300}"));
    }

    #[test]
    fn tidy_text_is_composed_and_single_spaced() {
        assert_eq!(tidy("  Đô\u{303}   Văn "), "Đỗ Văn");
    }
}
