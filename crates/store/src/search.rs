//! From what a person types to a condition over the search tables.
//!
//! Every word must match. A word matches at the beginning of a word of names, address or code, without marks and
//! with đ as d; a number also matches inside a citizen id, code or telephone number.
//!
//! **Invariant:** nothing that was typed becomes part of SQL or of FTS5's query language.

use domain::vietnamese::fold;
use rusqlite::types::Value;

/// Words that are looked at; more do not make a search any narrower in practice.
pub const SEARCH_WORDS_MAX: usize = 8;
/// Letters of a word that are looked at.
pub const SEARCH_WORD_LETTERS_MAX: usize = 64;

/// The folded words of what was typed.
pub(crate) fn words(typed: &str) -> Vec<String> {
    let folded = fold(typed);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(SEARCH_WORDS_MAX).map(|word| word.chars().take(SEARCH_WORD_LETTERS_MAX).collect()).collect()
}

/// The condition that a word sets, over `households h`.
pub(crate) fn condition(word: &str) -> (&'static str, Vec<Value>) {
    const BEGINS: &str = "h.row IN (SELECT rowid FROM household_search WHERE household_search MATCH ?)";
    const BEGINS_OR_INSIDE: &str = "(h.row IN (SELECT rowid FROM household_search WHERE household_search MATCH ?) OR instr(h.digits, ?) > 0)";
    let prefix = Value::Text(format!("\"{word}\" *"));
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        (BEGINS_OR_INSIDE, vec![prefix, Value::Text(word.to_owned())])
    } else {
        (BEGINS, vec![prefix])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_bare() {
        assert_eq!(words("  Đỗ Văn-Hoà \"x* OR (NEAR"), ["do", "van", "hoa", "x", "or", "near"]);
        assert!(words("' \" * - ()").is_empty());
        assert_eq!(words(&"a ".repeat(100)).len(), SEARCH_WORDS_MAX);
    }

    #[test]
    fn numbers_are_looked_for_inside() {
        assert_eq!(condition("038").1.len(), 2);
        assert_eq!(condition("so38").1.len(), 1);
    }
}
