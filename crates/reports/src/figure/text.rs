//! A figure in words, as a template asks for it.

use std::str::FromStr;

use domain::approximation::{Approximation, Nearness};
use domain::decimal::Decimal;
use domain::money::{Dong, group};

use super::{Figure, Value};

/// What stands where a value is missing; a check is open for it.
pub const MISSING: &str = "……";

/// Percentages are approximated to whole ones.
const SHARE_STEP_HUNDREDTHS: i64 = 100;

/// In which form a figure is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `1.223`, `129 triệu đồng`, `99,9%`.
    Plain,
    /// `gần 1.300`, `trên 1.600`, `hơn 3 tỷ đồng`.
    About,
    /// `77,02%`.
    Share,
    /// `trên 77%`.
    ShareAbout,
    /// `8/8`.
    OutOf,
    /// The label.
    Label,
    /// The label inside a sentence.
    LabelInside,
}

impl FromStr for Form {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "" => Self::Plain,
            "about" => Self::About,
            "share" => Self::Share,
            "share_about" => Self::ShareAbout,
            "out_of" => Self::OutOf,
            "label" => Self::Label,
            "label_inside" => Self::LabelInside,
            _ => return Err(()),
        })
    }
}

impl Figure {
    /// The figure in this form; dots where the value is missing.
    pub fn text(&self, form: Form) -> String {
        let found = match form {
            Form::Plain => self.value.map(plain),
            Form::About => self.value.map(|value| about(value, self.rule.step)),
            Form::Share => self.share.as_ref().and_then(|it| it.percent()).map(percent),
            Form::ShareAbout => self.share.as_ref().and_then(|it| it.percent()).map(percent_about),
            Form::OutOf => {
                self.share.as_ref().map(|it| format!("{}/{}", group(it.numerator), group(it.denominator)))
            }
            Form::Label => Some(self.label.vi.clone()),
            Form::LabelInside => Some(inside(&self.label.vi)),
        };
        found.unwrap_or_else(|| MISSING.to_owned())
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::Count(number) => group(number),
        Value::Dong(amount) => Dong(amount).words(),
        Value::Percent(share) => percent(share),
    }
}

fn percent(share: Decimal) -> String {
    format!("{}%", share.vietnamese())
}

fn about(value: Value, step: i64) -> String {
    let (number, more_than) = match value {
        Value::Count(number) => (number, "trên"),
        Value::Dong(amount) => (amount, "hơn"),
        Value::Percent(share) => return percent_about(share),
    };
    let found = Approximation::of(number, step);
    let named = match value {
        Value::Dong(_) => Dong(found.number).words(),
        _ => group(found.number),
    };
    with_word(found.nearness, more_than, &named)
}

fn percent_about(share: Decimal) -> String {
    let hundredths = Decimal::hundredths(share);
    let found = Approximation::of(hundredths, SHARE_STEP_HUNDREDTHS);
    with_word(found.nearness, "trên", &percent(Decimal::new(found.number, 2)))
}

fn with_word(nearness: Nearness, more_than: &str, named: &str) -> String {
    match nearness {
        Nearness::Exactly => named.to_owned(),
        Nearness::Nearly => format!("gần {named}"),
        Nearness::MoreThan => format!("{more_than} {named}"),
    }
}

/// A label with a small first letter.
fn inside(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::rule::rules;
    use super::super::{Evidence, Share, Words};
    use super::*;

    fn figure(id: &str, value: Option<Value>, share: Option<(i64, i64)>) -> Figure {
        let rule = rules().iter().find(|rule| rule.id == id).unwrap();
        let label = Words { vi: rule.label_vi.clone(), en: rule.label_en.clone() };
        let share = share.map(|(numerator, denominator)| Share { numerator, denominator, of: String::new() });
        Figure { id: id.to_owned(), label, value, share, evidence: Evidence::default(), rule }
    }

    #[test]
    fn figures_read_as_the_letter_prints_them() {
        let insured = figure("near_poor_insured", Some(Value::Count(1223)), Some((1223, 1588)));
        assert_eq!(insured.text(Form::Plain), "1.223");
        assert_eq!(insured.text(Form::About), "trên 1.220");
        assert_eq!(insured.text(Form::Share), "77,02%");
        assert_eq!(insured.text(Form::ShareAbout), "trên 77%");
        assert_eq!(figure("merit_people", Some(Value::Count(1287)), None).text(Form::About), "gần 1.300");
        assert_eq!(figure("social_new_q1", Some(Value::Count(97)), None).text(Form::About), "gần 100");
        let loans = figure("loan_amount", Some(Value::Dong(3_047_000_000)), None);
        assert_eq!(loans.text(Form::About), "hơn 3 tỷ đồng");
        let grants = figure("cremation_amount", Some(Value::Dong(129_000_000)), None);
        assert_eq!(grants.text(Form::Plain), "129 triệu đồng");
        let plans = figure("plan_2017_units", Some(Value::Count(8)), Some((8, 8)));
        assert_eq!(plans.text(Form::OutOf), "8/8");
    }

    #[test]
    fn what_is_missing_is_dots_and_never_a_number() {
        let missing = figure("merit_people", None, None);
        assert_eq!(missing.text(Form::About), MISSING);
        assert_eq!(missing.text(Form::Share), MISSING);
        assert_eq!(
            figure("information_poor", Some(Value::Count(0)), Some((0, 0))).text(Form::Share),
            MISSING
        );
    }
}
