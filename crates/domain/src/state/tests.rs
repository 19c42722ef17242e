//! Every transition, and states that do not depend on who heard of what first.

use proptest::prelude::*;

use super::*;
use crate::review::STEPS;
use Stage::*;

fn id(at: usize) -> StepId {
    let mut bytes = [0; 16];
    bytes[14..].copy_from_slice(&u16::try_from(at).unwrap().to_be_bytes());
    StepId::new(bytes)
}

/// A step: its number, which one, the numbers that its author had seen.
type Taken<'a> = (usize, &'a str, &'a [usize]);

fn step(name: &str, after: impl IntoIterator<Item = StepId>) -> Step {
    let after: Vec<String> = after.into_iter().map(|id| id.to_string()).collect();
    Step { step: Some(name.to_owned()), after: Some(after.join(",")), ..Step::default() }
}

fn record(steps: &[Taken<'_>]) -> ReviewRecord {
    let mut record = ReviewRecord::default();
    for (at, name, seen) in steps {
        record.steps.insert(id(*at), step(name, seen.iter().map(|at| id(*at))));
    }
    record
}

fn fold(steps: &[Taken<'_>]) -> State {
    state(&record(steps), Owned::default(), true)
}

const STAGES: [Stage; 14] = [
    Unlisted,
    Listed,
    Surveyed,
    Submitted,
    Returned,
    Resubmitted,
    Met,
    NotAgreed,
    Posted,
    Complained,
    Rechecked,
    Opinion,
    Recognised,
    Sealed,
];

/// The table that `docs/procedure.md` prints: stage, step, the least role that takes it.
const TABLE: [(Stage, &str, Role); 22] = [
    (Unlisted, "listed", Role::Collector),
    (Unlisted, "surveyed", Role::Collector),
    (Listed, "surveyed", Role::Collector),
    (Surveyed, "submitted", Role::Collector),
    (Submitted, "returned", Role::CommuneOfficer),
    (Submitted, "met", Role::Collector),
    (Submitted, "not_agreed", Role::Collector),
    (Returned, "resubmitted", Role::Collector),
    (Resubmitted, "returned", Role::CommuneOfficer),
    (Resubmitted, "met", Role::Collector),
    (Resubmitted, "not_agreed", Role::Collector),
    (NotAgreed, "resubmitted", Role::Collector),
    (Met, "returned", Role::CommuneOfficer),
    (Met, "posted", Role::CommuneOfficer),
    (Posted, "complained", Role::CommuneOfficer),
    (Posted, "opinion", Role::Office),
    (Complained, "rechecked", Role::CommuneOfficer),
    (Rechecked, "posted", Role::CommuneOfficer),
    (Rechecked, "opinion", Role::Office),
    (Opinion, "rechecked", Role::CommuneOfficer),
    (Listed, "submitted", Role::Viewer),
    (Sealed, "surveyed", Role::Viewer),
];

#[test]
fn every_transition_is_allowed_or_refused_for_every_role_as_the_table_says() {
    let roles = [Role::Viewer, Role::Collector, Role::CommuneOfficer, Role::Office];
    let rank = |role: Role| roles.iter().position(|known| *known == role).unwrap();
    for (stage, step) in STAGES.into_iter().flat_map(|stage| STEPS.map(|step| (stage, step))) {
        let row = TABLE.iter().find(|row| (row.0, row.1) == (stage, step));
        let least = row.map(|row| row.2).filter(|role| *role != Role::Viewer);
        for role in roles {
            let expected = least.is_some_and(|least| rank(role) >= rank(least));
            let taken = allowed(stage, true).contains(&step) && may_take(role, step);
            assert_eq!(taken, expected, "{stage:?} {step} {role:?}");
        }
        let without = allowed(stage, false).contains(&step);
        let expected = least.is_some() && step != "opinion";
        assert_eq!(without, expected, "{stage:?} {step} where the level above is not asked");
    }
}

#[test]
fn every_step_leads_to_a_stage_of_its_own_and_has_a_place_in_the_precedence() {
    let led: BTreeSet<Stage> = STEPS.iter().map(|step| Stage::of_step(step).unwrap()).collect();
    assert_eq!(led.len(), STEPS.len());
    assert_eq!(led, PRECEDENCE.into_iter().collect());
    for stage in STAGES {
        assert!(stage.step().is_none_or(|step| Stage::of_step(step) == Some(stage)));
        assert_eq!(
            serde_json::to_value(stage).unwrap().as_str(),
            stage.step().or(match stage {
                Unlisted => Some("unlisted"),
                Recognised => Some("recognised"),
                _ => Some("sealed"),
            })
        );
    }
    assert_eq!(Stage::of_step("approved"), None);
}

#[test]
fn a_season_goes_from_stage_to_stage() {
    let walk: [(&str, Stage); 12] = [
        ("listed", Listed),
        ("surveyed", Surveyed),
        ("submitted", Submitted),
        ("returned", Returned),
        ("resubmitted", Resubmitted),
        ("not_agreed", NotAgreed),
        ("resubmitted", Resubmitted),
        ("met", Met),
        ("posted", Posted),
        ("complained", Complained),
        ("rechecked", Rechecked),
        ("opinion", Opinion),
    ];
    let mut taken = ReviewRecord::default();
    let mut now = state(&taken, Owned::default(), true);
    assert_eq!(now.stage, Unlisted);
    for (at, (name, stage)) in walk.into_iter().enumerate() {
        taken.steps.insert(id(at), step(name, now.last));
        now = state(&taken, Owned::default(), true);
        assert_eq!((now.stage, now.last.clone(), now.concurrent), (stage, vec![id(at)], false));
        assert!(now.ignored.is_empty());
    }
}

#[test]
fn a_household_of_the_opening_list_is_listed_without_a_step() {
    let listed = Owned { listed: true, ..Owned::default() };
    assert_eq!(state(&record(&[]), listed, true).stage, Listed);
    let again = state(&record(&[(1, "listed", &[]), (2, "surveyed", &[1])]), listed, true);
    assert_eq!((again.stage, again.ignored), (Surveyed, vec![id(1)]));
}

#[test]
fn recognition_and_seal_stand_above_every_step() {
    let steps = record(&[(1, "surveyed", &[]), (2, "submitted", &[1])]);
    let recognised = Owned { recognised: true, ..Owned::default() };
    assert_eq!(state(&steps, recognised, true).stage, Recognised);
    let sealed = Owned { sealed: true, recognised: true, listed: true };
    let sealed = state(&steps, sealed, true);
    assert_eq!((sealed.stage, sealed.last), (Sealed, vec![id(2)]));
    assert!(allowed(Sealed, true).is_empty() && allowed(Recognised, true).is_empty());
}

#[test]
fn concurrent_steps_are_settled_by_the_precedence_and_shown() {
    let start: [Taken<'_>; 2] = [(1, "surveyed", &[]), (2, "submitted", &[1])];
    let both = |more: &[Taken<'_>]| fold(&[&start, more].concat());
    // The commune returned what the village's meeting agreed to: someone has to work again.
    let met = both(&[(3, "met", &[2]), (4, "returned", &[2])]);
    assert_eq!((met.stage, met.concurrent, met.last), (Returned, true, vec![id(3), id(4)]));
    // Two recorders of one meeting are no contradiction.
    let twice = both(&[(3, "met", &[2]), (4, "met", &[2])]);
    assert_eq!((twice.stage, twice.concurrent, twice.last.len()), (Met, false, 2));
    let split = both(&[(3, "met", &[2]), (4, "not_agreed", &[2])]);
    assert_eq!((split.stage, split.concurrent), (NotAgreed, true));
    // The one who answers both settles it.
    let answered = both(&[(3, "met", &[2]), (4, "not_agreed", &[2]), (5, "resubmitted", &[3, 4])]);
    assert_eq!((answered.stage, answered.concurrent, answered.ignored), (Resubmitted, false, vec![]));
    // Survey anew against a meeting on the old answers: the new answers are to be voted on.
    let anew = both(&[(3, "met", &[2]), (4, "returned", &[2]), (5, "resubmitted", &[4])]);
    assert_eq!((anew.stage, anew.concurrent), (Resubmitted, true));
}

#[test]
fn what_was_not_allowed_when_it_was_taken_is_ignored_for_ever() {
    // posted straight after the survey; later steps do not make it good, nor does it spoil them
    let steps =
        fold(&[(1, "surveyed", &[]), (2, "posted", &[1]), (3, "submitted", &[1, 2]), (4, "met", &[3])]);
    assert_eq!((steps.stage, steps.ignored, steps.last), (Met, vec![id(2)], vec![id(4)]));
    // resubmitted by someone who had not seen that it was sent back
    let unseen = fold(&[
        (1, "surveyed", &[]),
        (2, "submitted", &[1]),
        (3, "returned", &[2]),
        (4, "resubmitted", &[2]),
    ]);
    assert_eq!((unseen.stage, unseen.ignored), (Returned, vec![id(4)]));
    assert!(!counts(&record(&[(4, "resubmitted", &[])]), id(4), true));
    assert!(counts(&record(&[(4, "surveyed", &[])]), id(4), true));
    // the level above is not asked in this review
    let asked: [Taken<'_>; 5] = [
        (1, "surveyed", &[]),
        (2, "submitted", &[1]),
        (3, "met", &[2]),
        (4, "posted", &[3]),
        (5, "opinion", &[4]),
    ];
    assert_eq!(state(&record(&asked), Owned::default(), true).stage, Opinion);
    let not_asked = state(&record(&asked), Owned::default(), false);
    assert_eq!((not_asked.stage, not_asked.ignored), (Posted, vec![id(5)]));
}

#[test]
fn circles_unknown_steps_and_nameless_ones_do_not_count() {
    let circle = fold(&[(1, "surveyed", &[2]), (2, "submitted", &[1])]);
    assert_eq!((circle.stage, circle.ignored), (Unlisted, vec![id(1), id(2)]));
    let past_a_circle = fold(&[(1, "surveyed", &[2]), (2, "submitted", &[1]), (3, "surveyed", &[1, 2])]);
    assert_eq!((past_a_circle.stage, past_a_circle.last), (Surveyed, vec![id(3)]));
    assert_eq!(fold(&[(1, "surveyed", &[1])]).stage, Surveyed, "listing oneself is no circle of steps");
    assert_eq!(fold(&[(1, "surveyed", &[77])]).stage, Surveyed, "a step that is not here says nothing");
    let mut nameless = record(&[(1, "approved", &[])]);
    nameless.steps.insert(id(2), Step::default());
    let nameless = state(&nameless, Owned::default(), true);
    assert_eq!((nameless.stage, nameless.ignored.len()), (Unlisted, 2));
}

/// One deed of a random season: who, whether they hear the other first, and which step.
type Deed = (usize, bool, usize, bool);

/// Officers with records of their own. Honest ones take a step that their state allows, if there is one; the others
/// take any. Gives each one's record, and what each step was: allowed or not.
fn season(deeds: &[Deed]) -> (Vec<ReviewRecord>, BTreeMap<StepId, bool>) {
    let mut views = vec![ReviewRecord::default(); 3];
    let mut taken = BTreeMap::new();
    for (at, (who, hears, which, honest)) in deeds.iter().enumerate() {
        if *hears {
            let heard = views[(who + 1) % 3].steps.clone();
            views[*who].steps.extend(heard);
        }
        let now = state(&views[*who], Owned::default(), true);
        let steps = if *honest { allowed(now.stage, true) } else { &STEPS };
        let Some(name) = steps.get(which % steps.len().max(1)) else { continue };
        views[*who].steps.insert(id(at), step(name, now.last));
        taken.insert(id(at), allowed(now.stage, true).contains(name));
    }
    (views, taken)
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    proptest::collection::vec((0..3_usize, any::<bool>(), 0..64_usize, prop::bool::weighted(0.8)), 0..40)
}

proptest! {
    #[test]
    fn a_step_counts_exactly_if_its_author_was_allowed_to_take_it(deeds in deeds()) {
        let (views, taken) = season(&deeds);
        let mut all = ReviewRecord::default();
        views.iter().for_each(|view| all.steps.extend(view.steps.clone()));
        let folded = state(&all, Owned::default(), true);
        let refused: Vec<StepId> = taken.iter().filter(|(_, fine)| !**fine).map(|(id, _)| *id).collect();
        prop_assert_eq!(&folded.ignored, &refused);
        for (id, fine) in &taken {
            prop_assert_eq!(counts(&all, *id, true), *fine);
        }
        // What does not count leaves no trace.
        let mut counted = all.clone();
        counted.steps.retain(|id, _| taken[id]);
        let clean = state(&counted, Owned::default(), true);
        prop_assert_eq!((clean.stage, clean.last, clean.concurrent), (folded.stage, folded.last, folded.concurrent));
    }

    #[test]
    fn any_order_of_arrival_gives_the_same_state(deeds in deeds(), order in any::<prop::sample::Index>()) {
        let (views, _) = season(&deeds);
        let one = views.iter().fold(ReviewRecord::default(), |mut all, view| {
            all.steps.extend(view.steps.clone());
            all
        });
        let mut arriving: Vec<(StepId, Step)> = one.steps.clone().into_iter().collect();
        let turn = order.index(arriving.len().max(1));
        arriving.rotate_left(turn);
        arriving.reverse();
        let mut other = ReviewRecord::default();
        for (id, step) in arriving {
            other.steps.insert(id, step);
            // A state is given for every part that has arrived so far.
            let _ = state(&other, Owned::default(), true);
        }
        prop_assert_eq!(state(&one, Owned::default(), true), state(&other, Owned::default(), true));
    }

    #[test]
    fn arbitrary_lists_of_steps_give_a_state(
        steps in proptest::collection::vec((0..20_usize, 0..STEPS.len(), proptest::collection::vec(0..22_usize, 0..5)), 0..30),
    ) {
        let mut wild = ReviewRecord::default();
        for (at, name, after) in steps {
            wild.steps.insert(id(at), step(STEPS[name], after.into_iter().map(id)));
        }
        let folded = state(&wild, Owned::default(), true);
        let last: BTreeSet<StepId> = folded.last.iter().copied().collect();
        let ignored: BTreeSet<StepId> = folded.ignored.iter().copied().collect();
        prop_assert!(last.is_disjoint(&ignored));
        prop_assert_eq!(folded.stage == Unlisted, last.is_empty());
    }
}

#[test]
fn a_step_counts_whatever_its_random_id_is() {
    let going_up = [(1, "surveyed", &[][..]), (2, "submitted", &[1]), (3, "met", &[2]), (4, "posted", &[3])];
    let going_down =
        [(9, "surveyed", &[][..]), (8, "submitted", &[9]), (7, "met", &[8]), (6, "posted", &[7])];
    for steps in [going_up, going_down] {
        let folded = fold(&steps);
        assert_eq!((folded.stage, folded.ignored), (Posted, Vec::new()), "{steps:?}");
    }
}
