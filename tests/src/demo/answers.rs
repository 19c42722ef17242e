//! What a household answers, so that its class comes out as planned. The class itself is never entered.
//!
//! **Invariant:** every answer is consistent with the people it is about: a child's schooling, a grown-up's diploma.

use chrono::{Datelike, NaiveDate};
use domain::classification::Class;
use domain::scalar::Scalar;
use domain::unit::Area;

use super::dice::Dice;
use super::people::Person;

/// Lowest and highest B1 total that is entered for anybody.
const B1_LOWEST: i64 = 60;
const B1_HIGHEST: i64 = 230;
/// A dwelling is too small below this many square metres a person.
const ENOUGH_M2_A_PERSON: i64 = 8;

/// From this age on, people are asked for a health card.
const CARD_AGE: i32 = 6;
/// From this age on, people are asked whether they go to school.
const SCHOOL_AGE: i32 = 5;
/// From this age on, those born late enough are asked for their highest diploma.
const DIPLOMA_AGE: i32 = 15;
/// Those born before are not asked.
const DIPLOMA_BORN_FROM: i32 = 1986;
/// Until this age everybody here studies, unless planned otherwise.
const GROWN_UP_AGE: i32 = 18;

/// The ten deprivations of form B2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Someone lay ill and saw no doctor.
    Care,
    /// Someone from six years on has no health card.
    Insurance,
    /// A grown-up born from 1986 on without lower secondary school, not studying.
    Diploma,
    /// A child of school age out of school.
    School,
    /// A poor or makeshift dwelling.
    Dwelling,
    /// Less than eight square metres a person.
    Space,
    /// No safe water.
    Water,
    /// No hygienic latrine.
    Latrine,
    /// No telephone and no internet.
    Telephone,
    /// No television, radio or computer, and no loudspeaker to be heard.
    News,
}

use Lack::{Care, Diploma, Dwelling, Insurance, Latrine, News, School, Space, Telephone, Water};

/// An answer, before the household's members have ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question's id.
    pub question: &'static str,
    /// The option, for questions with several choices.
    pub option: Option<&'static str>,
    /// The member's place in the household.
    pub member: Option<usize>,
    /// What was answered.
    pub value: Scalar,
}

/// What one review finds at one household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// What the answers amount to.
    pub class: Class,
    /// The B1 total on the paper form.
    pub b1: i64,
    /// The answers.
    pub answers: Vec<Answer>,
}

/// Who is asked, where and when.
pub struct Asked<'a> {
    /// The household's people.
    pub people: &'a [Person],
    /// Urban or rural.
    pub area: Area,
    /// The day at which ages count.
    pub as_of: NaiveDate,
}

impl Asked<'_> {
    fn school_children(&self) -> Vec<usize> {
        self.which(|age, _| (SCHOOL_AGE..DIPLOMA_AGE).contains(&age))
    }

    fn young_grown_ups(&self) -> Vec<usize> {
        self.which(|age, born| age >= GROWN_UP_AGE && born.year() >= DIPLOMA_BORN_FROM)
    }

    /// The people who are asked for a health card: younger children have one by law.
    pub fn insurable(&self) -> Vec<usize> {
        self.which(|age, _| age >= CARD_AGE)
    }

    /// The children who have a health card by law.
    pub fn small_children(&self) -> Vec<usize> {
        self.which(|age, _| age < CARD_AGE)
    }

    fn which(&self, wanted: impl Fn(i32, NaiveDate) -> bool) -> Vec<usize> {
        let people = self.people.iter().enumerate();
        let wanted = people.filter(|(_, person)| wanted(person.age_on(self.as_of), person.born));
        wanted.map(|(index, _)| index).collect()
    }

    fn can_lack(&self, lack: Lack) -> bool {
        match lack {
            School => !self.school_children().is_empty(),
            Diploma => !self.young_grown_ups().is_empty(),
            _ => true,
        }
    }

    /// A survey that finds `class`, with exactly these people uninsured.
    pub fn survey(&self, dice: &mut Dice, class: Class, uninsured: &[usize]) -> Survey {
        let lacks = self.lacks(dice, class, uninsured);
        let mut answers = self.household_answers(dice, &lacks);
        answers.extend(self.member_answers(dice, &lacks, uninsured));
        Survey { class, b1: self.b1(dice, class), answers }
    }

    fn b1(&self, dice: &mut Dice, class: Class) -> i64 {
        let (poor_to, near_to) = match self.area {
            Area::Urban => (140, 175),
            Area::Rural => (120, 150),
        };
        let (low, high) = match class {
            Class::PoorIncome => (B1_LOWEST, poor_to),
            Class::PoorDeprived | Class::Poor | Class::NearPoor => (poor_to + 1, near_to),
            Class::NotPoor => (near_to + 1, B1_HIGHEST),
        };
        // The paper form counts in fives.
        dice.between((low + 4) / 5, high / 5) * 5
    }

    fn lacks(&self, dice: &mut Dice, class: Class, uninsured: &[usize]) -> Vec<Lack> {
        let mut lacks = if uninsured.is_empty() { vec![] } else { vec![Insurance] };
        let (low, high) = match class {
            Class::PoorIncome => (1, 6),
            Class::PoorDeprived | Class::Poor => (3, 6),
            Class::NearPoor => (0, 2),
            Class::NotPoor => (0, 1),
        };
        let wanted = dice.between(low, high) as usize;
        let mut others = [Care, Diploma, School, Dwelling, Space, Water, Latrine, Telephone, News];
        dice.shuffle(&mut others);
        // Rarest last: few are ill without care, few children are out of school.
        others.sort_by_key(|lack| matches!(lack, Care | School | Telephone));
        let possible = others.into_iter().filter(|lack| self.can_lack(*lack));
        lacks.extend(possible.take(wanted.saturating_sub(lacks.len())));
        lacks
    }

    fn household_answers(&self, dice: &mut Dice, lacks: &[Lack]) -> Vec<Answer> {
        let lacks = |lack| lacks.contains(&lack);
        let people = self.people.len() as i64;
        let least = people * ENOUGH_M2_A_PERSON;
        let area =
            if lacks(Space) { dice.between(least / 2, least - 1) } else { dice.between(least, least + 50) };
        let house = dice.pick(if lacks(Dwelling) {
            &["thieu_kien_co", "don_so"]
        } else {
            &["kien_co", "ban_kien_co"]
        });
        let water = dice.pick(if lacks(Water) {
            &["khac"]
        } else {
            &["may", "gieng_khoan", "gieng_dao_bao_ve", "mua"][..]
        });
        let latrine = dice.pick(if lacks(Latrine) {
            &["khac", "khong"][..]
        } else {
            &["tu_hoai", "tham_doi", "hai_ngan"][..]
        });
        let set =
            if lacks(News) { None } else { Some(dice.pick(&["tivi", "tivi", "tivi", "radio", "may_tinh"])) };
        let mut answers = vec![
            household("nha_loai", Scalar::text(house)),
            household("dien_tich", Scalar::Int(area)),
            household("nuoc", Scalar::text(water)),
            household("nha_tieu", Scalar::text(latrine)),
            household("vien_thong", Scalar::Bool(!lacks(Telephone))),
            household("nghe_loa", Scalar::Bool(!lacks(News) && dice.percent(80))),
        ];
        answers.extend(["tivi", "radio", "may_tinh"].map(|option| Answer {
            option: Some(option),
            ..household("tai_san_tt", Scalar::Bool(set == Some(option)))
        }));
        answers
    }

    fn member_answers(&self, dice: &mut Dice, lacks: &[Lack], uninsured: &[usize]) -> Vec<Answer> {
        let ill = lacks.contains(&Care).then(|| dice.between(0, self.people.len() as i64 - 1) as usize);
        let out_of_school = lacks.contains(&School).then(|| dice.pick(&self.school_children()));
        let unschooled = lacks.contains(&Diploma).then(|| dice.pick(&self.young_grown_ups()));
        let mut answers = Vec::new();
        for (index, person) in self.people.iter().enumerate() {
            let age = person.age_on(self.as_of);
            let lay_ill = ill == Some(index) || dice.percent(4);
            let mut says =
                |question, value| answers.push(Answer { member: Some(index), ..household(question, value) });
            if age >= CARD_AGE {
                says("bhyt", Scalar::Bool(!uninsured.contains(&index)));
            }
            says("om_nang", Scalar::Bool(lay_ill));
            if lay_ill {
                says("di_kham", Scalar::Bool(ill != Some(index)));
            }
            let born_late = person.born.year() >= DIPLOMA_BORN_FROM;
            if age >= DIPLOMA_AGE && born_late {
                says("bang_cap", Scalar::text(diploma(dice, age, unschooled == Some(index))));
            }
            if age >= SCHOOL_AGE && (age < DIPLOMA_AGE || born_late) {
                says("dang_hoc", Scalar::Bool(age < GROWN_UP_AGE && out_of_school != Some(index)));
            }
        }
        answers
    }
}

fn diploma(dice: &mut Dice, age: i32, unschooled: bool) -> &'static str {
    match (unschooled, age < GROWN_UP_AGE) {
        (true, _) => dice.pick(&["chua_co", "tieu_hoc"]),
        (false, true) => "thcs",
        (false, false) => dice.pick(&["thcs", "thcs", "thpt", "thpt", "trung_cap", "cao_dang"]),
    }
}

fn household(question: &'static str, value: Scalar) -> Answer {
    Answer { question, option: None, member: None, value }
}
