//! Recognition: computed from a review or read from a list; stored whole or not at all.

use chrono::NaiveDate;
use domain::classification::Class;
use domain::id::HouseholdId;
use domain::recognition::Change;
use domain::scalar::Scalar;
use sync_server::fault::Code;
use sync_server::recognise::{Terms, of_list, of_review};

use crate::officer::{Officer, household, review, unit};
use crate::world::World;

const HEADER: &str = "household,class,change,people,decision,decided_on,from";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn terms(from: &str) -> Terms {
    let from = day(from);
    Terms {
        decision: "6120/QĐ-UBND".to_owned(),
        decided_on: from,
        from,
        to: None,
        as_of: from.pred_opt().unwrap(),
    }
}

/// A household that by its B1 total alone is poor, whatever it answers.
pub fn poor(world: &World, lan: &mut Officer, number: u8) -> HouseholdId {
    let mut document = household(number, lan);
    let total = format!("reviews/{}/b1_entered", review(world));
    lan.edit(&mut document, &[(&total, Scalar::Int(50))]);
    lan.push(world, &document, unit(world, "Khu phố 1"));
    document.id()
}

#[test]
fn a_review_is_recognised_by_its_computed_classes() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let id = poor(&world, &mut lan, 1);
    lan.push(&world, &household(2, &lan), unit(&world, "Khu phố 1"));
    let told = of_review(&world.app, review(&world), &terms("2017-01-01")).unwrap();
    assert_eq!((told.first, told.rows, told.undecided), (1, 1, vec![HouseholdId::new([2; 16])]));
    let register = world.app.database.register().unwrap();
    let row = register.as_of(day("2017-03-31"))[&id].clone();
    assert_eq!((row.class, row.change, row.people), (Class::PoorIncome, Change::PoorNew, 1));
    assert!(register.as_of(day("2016-12-31")).is_empty());
    of_review(&world.app, review(&world), &terms("2018-01-01")).unwrap();
    let register = world.app.database.register().unwrap();
    assert_eq!(register.as_of(day("2018-01-01"))[&id].change, Change::PoorFromPoor);
    assert_eq!(register.as_of(day("2017-12-31"))[&id].change, Change::PoorNew);
}

#[test]
fn a_list_is_checked_wholly_before_anything_is_stored() {
    let world = World::new();
    let (mut lan, _) = Officer::enrol(&world, "lan", 1);
    let id = poor(&world, &mut lan, 1);
    let good = format!("{id},near_poor,near_poor_new,4,\"1/QĐ-UBND\",2015-12-31,2016-01-01");
    let list = |rows: &str| of_list(&world.app, &format!("{HEADER}\n{good}\n{rows}"));
    let bad = [
        ("x,near_poor,near_poor_new,4,1,2015-12-31,2016-01-01", "household"),
        (&good.replace("near_poor,", "rich,"), "class"),
        (&good.replace("2015-12-31", "2015-02-31"), "decided_on"),
        (&good.replace(",4,", ",four,"), "people"),
        (&good.replace(&id.to_string(), &"ab".repeat(16)), "household"),
        (&format!("{good},more"), "columns"),
    ];
    for (row, column) in bad {
        let fault = list(row).unwrap_err();
        assert_eq!(fault.code, Code::ListMalformed, "{row}");
        assert_eq!(fault.params, [("line", "3".to_owned()), ("column", column.to_owned())]);
    }
    let contradiction = list(&good.replace("near_poor_new", "poor_new")).unwrap_err();
    assert_eq!((contradiction.code, contradiction.params[0].1.as_str()), (Code::ListRefused, "2"));
    assert_eq!(list("").map(|told| told.rows), Ok(1));
    assert_eq!(world.rows("recognitions"), 1, "only the last list was stored");
    assert_eq!(of_list(&world.app, HEADER).unwrap_err().code, Code::ListEmpty);
    let refused = world.sql().run("DELETE FROM recognitions").unwrap_err();
    assert!(refused.contains("append_only"));
}
