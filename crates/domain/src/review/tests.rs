//! How far a survey has come, in whatever order its steps arrived.

use super::*;
use crate::fixture::{Home, REVIEW};
use crate::household::Step;
use crate::id::StepId;
use crate::unit::Area;
use Progress::{Done, InProgress, NotStarted, Returned};

fn progress_of(home: &Home) -> Progress {
    progress(home.0.reviews.get(&REVIEW), &home.completeness(), &home.decide(Area::Urban))
}

fn id(at: u8) -> StepId {
    StepId::new([at; 16])
}

/// A step: its number, which one, the numbers that its author had seen.
type Taken<'a> = (u8, &'a str, &'a [u8]);

/// The household with steps.
fn with_steps(mut home: Home, steps: &[Taken<'_>]) -> Home {
    for (at, step, seen) in steps {
        let after: Vec<String> = seen.iter().map(|at| id(*at).to_string()).collect();
        let step = Step { step: Some((*step).to_owned()), after: Some(after.join(",")), ..Step::default() };
        home.record().steps.insert(id(*at), step);
    }
    home
}

#[test]
fn a_survey_starts_goes_on_and_is_done() {
    assert_eq!(progress(None, &Home::empty().completeness(), &Home::empty().decide(Area::Urban)), NotStarted);
    assert_eq!(progress_of(&Home::empty()), NotStarted);
    assert_eq!(progress_of(&Home::empty().b1(100)), InProgress);
    assert_eq!(progress_of(&Home::empty().tell("nuoc", "may")), InProgress);
    assert_eq!(progress_of(&Home::well_off()), InProgress);
    assert_eq!(progress_of(&Home::well_off().b1(100)), Done);
    assert_eq!(progress_of(&Home::well_off().b1(100).forget("nuoc")), InProgress, "decided, not complete");
    let open = Home::well_off().b1(150).tell("nuoc", "?").tell("nha_tieu", "?").tell("nha_loai", "?");
    assert_eq!(progress_of(&open), InProgress, "complete, not decided");
}

#[test]
fn the_state_of_the_procedure_tells_whether_a_survey_was_sent_back() {
    let done = || Home::well_off().b1(100);
    let begun: [Taken<'_>; 2] = [(1, "surveyed", &[]), (2, "submitted", &[1])];
    let cases: [(&[Taken<'_>], Progress); 8] = [
        (&[], Done),
        (&[(3, "returned", &[2])], Returned),
        (&[(3, "not_agreed", &[2])], Returned),
        (&[(3, "met", &[2]), (4, "posted", &[3]), (5, "complained", &[4])], Returned),
        (&[(3, "met", &[2]), (4, "posted", &[3]), (5, "complained", &[4]), (6, "rechecked", &[5])], Done),
        (&[(3, "returned", &[2]), (4, "resubmitted", &[3])], Done),
        // resubmitted without having seen that it was sent back
        (&[(3, "returned", &[2]), (4, "resubmitted", &[2])], Returned),
        // sent back by someone whose own records did not allow it
        (&[(3, "returned", &[1])], Done),
    ];
    for (more, expected) in cases {
        let steps = [&begun, more].concat();
        assert_eq!(progress_of(&with_steps(done(), &steps)), expected, "{more:?}");
        let stage = state(&with_steps(done(), &steps).0.reviews[&REVIEW], Owned::default(), false).stage;
        assert_eq!(stage.is_sent_back(), expected == Returned, "{more:?}");
    }
}
