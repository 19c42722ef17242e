use std::collections::BTreeSet;

use super::*;

#[test]
fn every_code_has_words_and_every_word_a_code() {
    let keys: BTreeSet<String> = CheckCode::ALL.iter().map(|code| code.key().to_owned()).collect();
    let told: BTreeSet<String> = words::catalogue().keys().cloned().collect();
    assert_eq!(keys, told);
    assert!(words::catalogue().values().all(|pair| !pair.vi.is_empty() && !pair.en.is_empty()));
}

#[test]
fn words_are_filled_in() {
    let params =
        [("subject", "A".to_owned()), ("numerator", "2".to_owned()), ("denominator", "1".to_owned())];
    let check = Check::new(CheckCode::ShareOverWhole, "a", &params);
    assert_eq!(check.words.vi, "A: tử số 2 lớn hơn mẫu số 1.");
    assert_eq!(check.severity, Severity::Wrong);
}
