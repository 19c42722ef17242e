//! Two officers at one household without a network: nothing is lost, contradictions are shown to both.

use serde_json::{Value, json};
use tests::town::{Home, Officer, Town};

const HA: &str = "Nguyễn Thị Hà";
const BINH: &str = "Trần Văn Bình";

struct Visit {
    town: Town,
    ha: Officer,
    binh: Officer,
    home: Home,
}

/// Both have the household; both are offline; both work on it.
fn both_visit_offline() -> Visit {
    let mut town = Town::open();
    let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
    let home = ha.enters("Đỗ Văn Hoà");
    ha.syncs();
    binh.syncs();
    ha.is_cut_off();
    binh.is_cut_off();
    ha.answers(&home, "nuoc", "may");
    ha.answers(&home, "nha_loai", "kien_co");
    ha.adds(&home, "Đỗ Thị Lan");
    binh.answers(&home, "dien_tich", 40);
    binh.answers(&home, "nha_loai", "don_so");
    binh.adds(&home, "Đỗ Văn Nam");
    assert_eq!(ha.cannot_sync(), "unreachable");
    ha.is_connected();
    binh.is_connected();
    Visit { town, ha, binh, home }
}

impl Visit {
    fn pages_agree(&mut self) -> Value {
        let (ha, binh) = (self.ha.opens(&self.home), self.binh.opens(&self.home));
        assert_eq!(ha.heads(), binh.heads());
        assert_eq!(ha.0["household"], binh.0["household"]);
        assert_eq!(ha.conflicts(), binh.conflicts());
        ha.heads().clone()
    }

    fn everything_is_there(&mut self) {
        self.pages_agree();
        let page = self.ha.opens(&self.home);
        assert_eq!(page.members(), ["Đỗ Thị Lan", "Đỗ Văn Hoà", "Đỗ Văn Nam"]);
        assert_eq!((page.answer("nuoc"), page.answer("dien_tich")), (&json!("may"), &json!(40)));
        let both = vec![(json!("kien_co"), HA.to_owned()), (json!("don_so"), BINH.to_owned())];
        assert_eq!(page.conflicts(), [("nha_loai".to_owned(), both)]);
    }
}

#[test]
fn whoever_syncs_first_both_end_with_the_same_household_and_its_contradiction() {
    for ha_first in [true, false] {
        let mut visit = both_visit_offline();
        let (first, second) =
            if ha_first { (&mut visit.ha, &mut visit.binh) } else { (&mut visit.binh, &mut visit.ha) };
        first.syncs();
        second.syncs();
        first.syncs();
        visit.everything_is_there();
    }
}

#[test]
fn what_one_resolves_the_other_sees_resolved_with_the_reason() {
    let mut visit = both_visit_offline();
    visit.ha.syncs();
    visit.binh.syncs();
    visit.ha.syncs();
    visit.everything_is_there();
    let page = visit.binh.chooses(&visit.home, "nha_loai", "kien_co");
    assert_eq!((page.answer("nha_loai"), page.conflicts().len()), (&json!("kien_co"), 0));
    visit.binh.syncs();
    visit.ha.syncs();
    visit.pages_agree();
    let page = visit.ha.opens(&visit.home);
    assert_eq!((page.answer("nha_loai"), page.conflicts().len()), (&json!("kien_co"), 0));
    let review = page.0["review"].as_str().unwrap();
    let choices = page.0["household"]["reviews"][review]["choices"].as_object().unwrap();
    let choice = choices.values().next().unwrap();
    assert_eq!((choices.len(), &choice["why"]), (1, &json!("Đã hỏi lại chủ hộ")));
    let history = visit.ha.field.call("household.history", json!({ "id": visit.home.0 }));
    assert_eq!(history["events"][0]["by"], json!(BINH));
}

#[test]
fn the_same_answer_twice_is_no_contradiction() {
    let mut visit = both_visit_offline();
    visit.ha.answers(&visit.home, "nghe_loa", true);
    visit.binh.answers(&visit.home, "nghe_loa", true);
    visit.ha.syncs();
    visit.binh.syncs();
    visit.ha.syncs();
    visit.everything_is_there();
}

#[test]
fn a_third_device_that_joins_late_sees_the_same() {
    let mut visit = both_visit_offline();
    visit.ha.syncs();
    visit.binh.syncs();
    visit.ha.syncs();
    let heads = visit.pages_agree();
    let mut dung = visit.town.officer("dung");
    dung.syncs();
    assert_eq!(dung.opens(&visit.home).heads(), &heads);
    let mut chau = visit.town.officer("chau");
    chau.syncs();
    let other = chau.field.refused("household.open", json!({ "id": visit.home.0 }));
    assert_eq!(other.code, "unknown_household", "a household of another village is not on the device");
}
