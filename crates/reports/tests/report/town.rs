//! A small synthetic town: two wards, three villages, a handful of households. Every id is made from a number, every
//! person is made up.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use domain::citation::Citation;
use domain::classification::Class;
use domain::field::AnswerKey;
use domain::household::{Household, Member, Place, ReviewRecord, Support};
use domain::id::{DocumentId, HouseholdId, MemberId, ReviewId, SupportId, UnitId};
use domain::policy::Policy;
use domain::population::Population;
use domain::programme::{IndicatorEntry, Programme, Task};
use domain::recognition::{Change, Recognition, Register};
use domain::review::{Progress, Review, ReviewKind};
use domain::scalar::Scalar;
use domain::unit::{Area, Unit, UnitKind};
use reports::{Letter, ReportDays, ReportState, Surveyed, TownData, UnitProgramme, paper};

pub const TOWN: UnitId = UnitId::new([1; 16]);
pub const WARDS: [UnitId; 2] = [UnitId::new([2; 16]), UnitId::new([3; 16])];
pub const VILLAGES: [UnitId; 3] = [UnitId::new([4; 16]), UnitId::new([5; 16]), UnitId::new([6; 16])];
pub const REVIEW: ReviewId = ReviewId::new([7; 16]);

/// Everything that `TownData` borrows.
pub struct Town {
    pub units: Vec<Unit>,
    pub households: Vec<Surveyed>,
    pub register: Register,
    pub population: Vec<Population>,
    pub citations: Vec<Citation>,
    pub programmes: Vec<UnitProgramme>,
    pub days: ReportDays,
    pub letter: Letter,
    pub state: ReportState,
}

pub fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn household_id(number: u8) -> HouseholdId {
    let mut bytes = [0; 16];
    bytes[0] = 0xa0;
    bytes[15] = number;
    HouseholdId::new(bytes)
}

fn member_id(household: u8, number: u8) -> MemberId {
    let mut bytes = [0; 16];
    bytes[0] = 0xb0;
    bytes[14] = household;
    bytes[15] = number;
    MemberId::new(bytes)
}

fn unit(id: UnitId, parent: Option<UnitId>, kind: UnitKind, name: &str) -> Unit {
    Unit {
        id,
        parent,
        kind,
        name: name.to_owned(),
        area: Area::Urban,
        valid_from: "1981-12-18".to_owned(),
        valid_to: None,
        successors: Vec::new(),
        b1_region: None,
    }
}

fn units() -> Vec<Unit> {
    vec![
        unit(TOWN, None, UnitKind::District, "Thị xã Thí Dụ"),
        unit(WARDS[0], Some(TOWN), UnitKind::Commune, "Phường Hoa Sen"),
        unit(WARDS[1], Some(TOWN), UnitKind::Commune, "Phường Hoa Mai"),
        unit(VILLAGES[0], Some(WARDS[0]), UnitKind::Village, "Khu phố 1"),
        unit(VILLAGES[1], Some(WARDS[0]), UnitKind::Village, "Khu phố 2"),
        unit(VILLAGES[2], Some(WARDS[1]), UnitKind::Village, "Khu phố 1"),
    ]
}

/// A household of so many members, the first so many of them with a health card.
fn household(number: u8, members: u8, insured: u8) -> Surveyed {
    let id = household_id(number);
    let people: BTreeMap<MemberId, Member> = (0..members)
        .map(|at| {
            let name = Some(format!("Nguyễn Văn Mẫu {number}-{at}"));
            (member_id(number, at), Member { name, order: i64::from(at), ..Member::default() })
        })
        .collect();
    let answers = (0..members)
        .map(|at| (AnswerKey::member("bhyt", member_id(number, at)), Scalar::Bool(at < insured)))
        .collect();
    let record = ReviewRecord { answers, ..ReviewRecord::default() };
    let household = Household {
        id,
        place: Place::default(),
        head: Some(member_id(number, 0)),
        members: people,
        reviews: BTreeMap::from([(REVIEW, record)]),
        supports: BTreeMap::new(),
        photos: BTreeMap::new(),
        removed: false,
        removed_why: None,
        merged_into: None,
        came_why: None,
        removed_on: None,
        removed_note: None,
    };
    let village = VILLAGES[usize::from(number) % VILLAGES.len()];
    Surveyed { village, household, merged: false, progress: Progress::Done, conflicts: 0 }
}

pub fn row(seq: u64, number: u8, class: Class, change: Change, people: i64, from: NaiveDate) -> Recognition {
    Recognition {
        seq,
        household: household_id(number),
        unit: VILLAGES[usize::from(number) % VILLAGES.len()],
        review: Some(REVIEW),
        class,
        change,
        people,
        decision: "6120/QĐ-UBND".to_owned(),
        decided_on: on(2016, 12, 20),
        certificate: None,
        from,
        to: None,
    }
}

fn programme(unit: UnitId, tasks: &[(&str, &str)], indicators: &[(&str, Scalar)]) -> UnitProgramme {
    let task = |status: &str| Task { status: Some(status.to_owned()), result: None };
    let entry = |value: &Scalar| IndicatorEntry {
        value: Some(value.clone()),
        source: Some("Sổ theo dõi của phòng".to_owned()),
        date: Some("2017-03-31".to_owned()),
    };
    let programme = Programme {
        id: DocumentId::new(*unit.bytes()),
        tasks: tasks.iter().map(|(id, status)| ((*id).to_owned(), task(status))).collect(),
        indicators: indicators.iter().map(|(id, value)| ((*id).to_owned(), entry(value))).collect(),
    };
    UnitProgramme { unit, year: 2017, programme }
}

fn programmes() -> Vec<UnitProgramme> {
    let done = [
        "survey_database",
        "plan_2016_2020",
        "plan_2017",
        "target_education",
        "target_health_card",
        "budget",
    ];
    let open = ["communication", "service_targets", "target_housing", "target_latrine", "target_water"];
    let mut tasks: Vec<(&str, &str)> = done.iter().map(|id| (*id, "done")).collect();
    tasks.extend(open.iter().chain(&["target_information"]).map(|id| (*id, "in_progress")));
    let indicators = [
        ("merit_people", Scalar::Int(1287)),
        ("social_recipients", Scalar::Int(1623)),
        ("social_new_q1", Scalar::Int(97)),
        ("preschool_universal", Scalar::Int(100)),
        ("primary_universal", Scalar::text("99.9")),
        ("lower_secondary_universal", Scalar::Int(97)),
    ];
    let plans = [("plan_2016_2020", "done"), ("plan_2017", "done")];
    let mut town = programme(TOWN, &tasks, &indicators);
    let told = "Tin, bài trên đài truyền thanh - truyền hình thị xã và loa xã, phường.";
    if let Some(task) = town.programme.tasks.get_mut("communication") {
        task.result = Some(told.to_owned());
    }
    vec![town, programme(WARDS[0], &plans, &[]), programme(WARDS[1], &plans, &[])]
}

impl Town {
    /// Households 1 to 4 are poor, 5 and 6 near-poor with 4 and 5 members, 7 newly escaped, 8 on no list.
    pub fn small() -> Self {
        let start = on(2017, 1, 1);
        let rows = [
            row(1, 1, Class::PoorIncome, Change::PoorFromPoor, 4, start),
            row(2, 2, Class::PoorIncome, Change::PoorFromPoor, 3, start),
            row(3, 3, Class::PoorDeprived, Change::PoorNew, 5, start),
            row(4, 4, Class::PoorIncome, Change::PoorNew, 2, start),
            row(5, 5, Class::NearPoor, Change::NearPoorFromPoor, 4, start),
            row(6, 6, Class::NearPoor, Change::NearPoorNew, 5, start),
            row(7, 7, Class::NotPoor, Change::EscapedPoor, 4, start),
        ];
        let people = [(1, 4, 4), (2, 3, 3), (3, 5, 5), (4, 2, 2), (5, 4, 3), (6, 5, 4), (7, 4, 4), (8, 2, 2)];
        let mut town = Self {
            units: units(),
            households: people
                .iter()
                .map(|(number, members, insured)| household(*number, *members, *insured))
                .collect(),
            register: Register::from_rows(rows).unwrap(),
            population: vec![Population {
                unit: TOWN,
                households: 200,
                people: 800,
                source: "Niên giám thống kê".to_owned(),
                date: on(2016, 12, 31),
            }],
            citations: paper::citations().to_vec(),
            programmes: programmes(),
            days: ReportDays {
                as_of: on(2017, 3, 31),
                from: on(2017, 1, 1),
                to: on(2017, 3, 31),
                year: 2017,
            },
            letter: Letter { signer: Some("Nguyễn Thị Mẫu".to_owned()), ..Letter::default() },
            state: ReportState {
                review: Some(review()),
                sequences: vec![(VILLAGES[0], 120), (VILLAGES[1], 98), (VILLAGES[2], 1045)],
                config_version: 12,
            },
        };
        town.give_supports();
        town
    }

    fn give_supports(&mut self) {
        for poor in 1..=4 {
            self.give(poor, "nha_tieu", "2016-11-20", None, None);
            self.give(poor, "nuoc_sach", "2017-02", None, None);
        }
        self.give(3, "thong_tin", "2017-03-31", None, None);
        self.give(1, "nha_o_33", "2016-10-10", None, Some(25_000_000));
        self.give(8, "nha_o_22", "2016-12-01", None, Some(40_000_000));
        self.give(2, "vay_nhcsxh", "2017-01-01", None, Some(1_500_000_000));
        self.give(5, "vay_nhnn", "2017-03-31", None, Some(1_000_000_000));
        self.give(7, "vay_nhcsxh", "2017-02-14", None, Some(550_000_000));
        self.give(4, "hoa_tang", "2017-02-02", Some(1), Some(3_000_000));
        self.give(6, "hoa_tang", "2017-03-03", Some(1), Some(3_000_000));
        self.give(6, "hoc_duong", "2017-01-15", Some(2), None);
        self.give(6, "bhyt", "2017-01-15", Some(4), None);
    }

    /// A support to a household, or to one of its members.
    pub fn give(&mut self, number: u8, policy: &str, date: &str, member: Option<u8>, amount: Option<i64>) {
        let household = self.household(number);
        let mut bytes = [0xc0; 16];
        bytes[14] = number;
        bytes[15] = u8::try_from(household.household.supports.len()).unwrap();
        let support = Support {
            policy: Some(policy.to_owned()),
            amount_dong: amount,
            date: Some(date.to_owned()),
            member: member.map(|member| member_id(number, member)),
            ..Support::default()
        };
        household.household.supports.insert(SupportId::new(bytes), support);
    }

    pub fn household(&mut self, number: u8) -> &mut Surveyed {
        let id = household_id(number);
        self.households.iter_mut().find(|it| it.household.id == id).unwrap()
    }

    pub fn data(&self) -> TownData<'_> {
        TownData {
            town: TOWN,
            units: &self.units,
            households: &self.households,
            register: &self.register,
            population: &self.population,
            citations: &self.citations,
            policies: Policy::shipped(),
            programmes: &self.programmes,
            days: self.days,
            letter: &self.letter,
            state: &self.state,
        }
    }
}

fn review() -> Review {
    Review {
        id: REVIEW,
        year: 2016,
        kind: ReviewKind::Periodic,
        name: "Rà soát định kỳ năm 2016".to_owned(),
        rulebook: "2016-2021".to_owned(),
        rulebook_hash: "00".repeat(32),
        as_of: "2016-12-31".to_owned(),
        opened_on: "2016-09-01".to_owned(),
        deadline: None,
        list_year: 2017,
        b1_table: None,
        local_standard: None,
        opinion: None,
        opinion_of: None,
    }
}
