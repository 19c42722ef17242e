//! Who may write what: roles, steps of the procedure, entries in someone's name.

use super::*;

/// Judges a save of `by` on a household of the collector's.
fn judged(by: &Officer, edits: &[(String, Scalar)]) -> Result<(), Refusal> {
    let mut document = household(&collector());
    let mut gate = gate_of(document.clone());
    let bytes = save_as(by, &mut document, edits);
    admit(&mut gate, &bytes, &by.signer)
}

/// The edits of the `at`-th step of a household, which has seen the one before it.
fn nth_step(at: u8, step: &str, by: &Officer) -> Vec<(String, Scalar)> {
    let path = format!("reviews/{REVIEW}/steps/{}", StepId::new([at; 16]));
    let by = text(&by.signer.user.to_string());
    let seen = (at > 1).then(|| (format!("{path}/after"), text(&StepId::new([at - 1; 16]).to_string())));
    let own = [(format!("{path}/step"), text(step)), (format!("{path}/by"), by)];
    own.into_iter().chain([(format!("{path}/at"), Scalar::Int(NOW))]).chain(seen).collect()
}

fn step(step: &str, by: &Officer) -> Vec<(String, Scalar)> {
    nth_step(1, step, by)
}

/// Judges the last of some steps that are taken one after the other; those before it are the collector's.
fn after(before: &[&str], last: (&str, &Officer)) -> Result<(), Refusal> {
    let collector = collector();
    let mut document = household(&collector);
    for (at, name) in (1..).zip(before) {
        save_as(&collector, &mut document, &nth_step(at, name, &collector));
    }
    let mut gate = gate_of(document.clone());
    let at = u8::try_from(before.len()).unwrap() + 1;
    let bytes = save_as(last.1, &mut document, &nth_step(at, last.0, last.1));
    admit(&mut gate, &bytes, &last.1.signer)
}

fn save_as(by: &Officer, document: &mut Document, edits: &[(String, Scalar)]) -> Vec<u8> {
    let edits: Vec<(&str, Scalar)> =
        edits.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
    by.save(document, &edits).last().unwrap().bytes.clone()
}

#[test]
fn each_role_takes_its_own_steps() {
    let (collector, commune) = (collector(), officer(21, Role::CommuneOfficer));
    let viewer = officer(22, Role::Viewer);
    let submitted = ["surveyed", "submitted"];
    assert_eq!(after(&[], ("surveyed", &collector)), Ok(()));
    assert_eq!(after(&submitted[..1], ("submitted", &collector)), Ok(()));
    assert_eq!(after(&submitted, ("returned", &collector)), Err(refused(RefusalCode::ForbiddenPath)));
    assert_eq!(after(&submitted, ("returned", &commune)), Ok(()));
    assert_eq!(after(&[], ("submitted", &collector)), Err(refused(RefusalCode::StepNotAllowed)));
    assert_eq!(after(&submitted, ("posted", &commune)), Err(refused(RefusalCode::StepNotAllowed)));
    assert_eq!(judged(&commune, &step("returned", &collector)), Err(refused(RefusalCode::ForgedAuthor)));
    let nameless = vec![step("surveyed", &collector).remove(0)];
    assert_eq!(judged(&collector, &nameless), Err(refused(RefusalCode::ForgedAuthor)));
    let plain = vec![("place/address".to_owned(), text("Ngõ 9"))];
    assert_eq!(judged(&viewer, &plain), Err(refused(RefusalCode::ForbiddenRole)));
}

#[test]
fn a_comment_is_its_authors_but_anyone_may_say_that_it_is_done() {
    let (collector, commune) = (collector(), officer(21, Role::CommuneOfficer));
    let path = format!("reviews/{REVIEW}/comments/{}", CommentId::new([8; 16]));
    let mut document = household(&collector);
    commune.save(
        &mut document,
        &[
            (&format!("{path}/text"), text("Xem lại nguồn nước")),
            (&format!("{path}/by"), text(&commune.signer.user.to_string())),
        ],
    );
    let judged = |field: &str, value: Scalar| {
        let mut edited = document.clone();
        let made = collector.save(&mut edited, &[(&format!("{path}/{field}"), value)]);
        let mut gate = gate_of(document.clone());
        admit(&mut gate, &made.last().unwrap().bytes, &collector.signer)
    };
    assert_eq!(judged("text", text("Không")), Err(refused(RefusalCode::ForbiddenPath)));
    let taken = text(&collector.signer.user.to_string());
    assert_eq!(judged("by", taken), Err(refused(RefusalCode::ForbiddenPath)));
    assert_eq!(judged("done", Scalar::Bool(true)), Ok(()));
}
