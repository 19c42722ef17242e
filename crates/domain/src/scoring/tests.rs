//! Every point has a line.

use super::*;
use crate::fixture::{Home, REVIEW, as_of, rulebook};

#[test]
fn the_lines_add_up_to_the_scores() {
    let mut home = Home::well_off().tell("nuoc", "khac").tell("vien_thong", false).forget("nha_loai").b1(135);
    let score = score(rulebook(), None, &home.0.clone(), home.record(), as_of());
    assert_eq!((score.b1, score.b2_min, score.b2_max, score.b2()), (Some(135), 20, 30, None));
    assert_eq!(score.lines.len(), 11);
    assert_eq!(score.lines.iter().filter_map(|line| line.points).sum::<i64>(), 135 + 20);
    assert_eq!((score.lines[0].rule.as_str(), score.lines[0].status), (B1_RULE, Status::NotFound));
    let open: Vec<_> = score.lines.iter().filter(|line| line.points.is_none()).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].rule, "nha_chat_luong");
    let water = score.lines.iter().find(|line| line.rule == "nuoc").unwrap();
    assert_eq!((water.points, water.answer.len(), water.status), (Some(10), 1, Status::Recall));
}

#[test]
fn a_household_that_was_never_asked_has_no_points() {
    let score = score(rulebook(), None, &Home::empty().0, &Home::empty().0.reviews[&REVIEW], as_of());
    assert_eq!((score.b1, score.b2_min, score.b2_max), (None, 0, 100));
    assert!(score.lines.iter().all(|line| line.points.is_none()));
}
