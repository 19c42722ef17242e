//! From what a person types to the households that match.
//!
//! Every word must match. A word matches at the beginning of a word of names, address, code, citizen ids or telephone
//! number, without marks and with đ as d; a number of three digits or more also matches inside of any of them.
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

/// Digits from which on a number is also looked for inside of others: shorter ones are inside of everything.
const DIGITS_INSIDE_MIN: usize = 3;

/// What was typed, as the two searches that it makes.
pub(crate) struct Search {
    /// A query over the beginnings of words; empty if nothing was typed.
    pub words: Option<Value>,
    /// A query over the insides of numbers.
    pub digits: Option<Value>,
}

impl Search {
    pub(crate) fn of(typed: &str) -> Self {
        let inside =
            |word: &String| word.len() >= DIGITS_INSIDE_MIN && word.bytes().all(|b| b.is_ascii_digit());
        let (numbers, words): (Vec<String>, Vec<String>) = words(typed).into_iter().partition(inside);
        Self {
            words: all(words.iter().map(|word| format!("\"{word}\" *"))),
            digits: all(numbers.iter().map(|number| format!("\"{number}\""))),
        }
    }
}

fn all(terms: impl Iterator<Item = String>) -> Option<Value> {
    let terms: Vec<String> = terms.collect();
    (!terms.is_empty()).then(|| Value::Text(terms.join(" AND ")))
}

/// The runs of digits of a text that can be looked for inside of others.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= DIGITS_INSIDE_MIN)
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
        let Search { words, digits } = Search::of("hoa 038");
        assert_eq!((words, digits), (text("\"hoa\" *"), text("\"038\"")));
        let Search { words, digits } = Search::of("so38 12");
        assert_eq!((words, digits), (text("\"so38\" * AND \"12\" *"), None), "short numbers begin words");
    }

    fn text(query: &str) -> Option<Value> {
        Some(Value::Text(query.to_owned()))
    }

    #[test]
    fn runs_are_those_of_three_digits_and_more() {
        assert_eq!(runs("so 123a/45 ngo 6789").collect::<Vec<_>>(), ["123", "6789"]);
    }
}
