//! How far a survey has come, in whatever order its steps arrived.

use super::*;
use crate::fixture::{Home, REVIEW};
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
fn the_last_step_tells_whether_a_survey_was_sent_back() {
    let done = || Home::well_off().b1(100);
    let cases: [(&[Taken<'_>], Progress); 7] = [
        (&[(1, "submitted", &[])], Done),
        (&[(1, "submitted", &[]), (2, "returned", &[1])], Returned),
        (&[(1, "submitted", &[]), (2, "returned", &[1]), (3, "resubmitted", &[1, 2])], Done),
        (&[(9, "submitted", &[]), (2, "returned", &[9]), (1, "resubmitted", &[9, 2])], Done),
        // resubmitted without having seen that it was sent back
        (&[(1, "submitted", &[]), (2, "returned", &[1]), (3, "resubmitted", &[1])], Returned),
        // a step that lists itself, and two that list each other
        (&[(1, "returned", &[1])], Returned),
        (&[(1, "submitted", &[2]), (2, "returned", &[1])], Returned),
    ];
    for (steps, expected) in cases {
        assert_eq!(progress_of(&with_steps(done(), steps)), expected, "{steps:?}");
    }
}
