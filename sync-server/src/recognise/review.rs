//! Rows computed from a review: each household's class under the pinned rulebook, against the lists before.

use std::collections::BTreeMap;

use domain::classification::Class;
use domain::id::{HouseholdId, ReviewId};
use domain::recognition::{Change, Recognition};

use super::{Recognised, Terms, append, change};
use crate::app::App;
use crate::database::views::View;
use crate::fault::Fault;
use crate::projection;

/// Recognises a review's households. Those without a decided class get no row; those taken out of the lists that were
/// poor or near-poor before are recognised as gone.
pub fn of_review(app: &App, review: ReviewId, terms: &Terms) -> Result<Recognised, Fault> {
    projection::catch_up(app)?;
    let register = app.database.register()?;
    let before = register.as_of(terms.as_of);
    let before: BTreeMap<HouseholdId, Class> = before.iter().map(|(id, row)| (*id, row.class)).collect();
    let (mut rows, mut undecided) = (Vec::new(), Vec::new());
    for view in &app.database.snapshot(&app.town.scopes())?.views {
        let earlier = before.get(&view.document).copied();
        let class = view.standings.get(&review).and_then(|standing| standing.class);
        match (view.is_listed(), class) {
            (true, Some(class)) => {
                rows.extend(change(earlier, class).map(|change| row(view, review, terms, class, change)));
            }
            (true, None) => undecided.push(view.document),
            (false, _) if earlier.is_some_and(|class| class != Class::NotPoor) => {
                rows.push(row(view, review, terms, Class::NotPoor, Change::Dissolved));
            }
            (false, _) => {}
        }
    }
    append(app, rows, undecided)
}

fn row(view: &View, review: ReviewId, terms: &Terms, class: Class, change: Change) -> Recognition {
    let people = view.household().map_or(0, |household| household.present().len());
    Recognition {
        seq: 0,
        household: view.document,
        unit: view.scope,
        review: Some(review),
        class,
        change,
        people: i64::try_from(people).unwrap_or(i64::MAX),
        decision: terms.decision.clone(),
        decided_on: terms.decided_on,
        certificate: None,
        from: terms.from,
        to: terms.to,
    }
}
