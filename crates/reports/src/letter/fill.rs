//! Placeholders: where a template asks for a figure, a cited document or a task's state.
//!
//! - `{figure:<id>}`, `{figure:<id>:<form>}` — forms: `about`, `share`, `share_about`, `out_of`, `label`,
//!   `label_inside`.
//! - `{cite:<name>}` — kind, number and day; `{cite:<name>:short}` without the day; `{cite:<name>:issuer}` with who
//!   issued it.
//! - `{task:<id>}` — the task's state in the town's programme; `{task:<id>:inside}` the same within a sentence.
//! - `{result:<id>}` — what the office wrote as the task's result.
//! - `{day:as_of}`, `{day:from}`, `{day:to}` — the report's days; `{period:name}`, `{period:capitals}` — its period:
//!   "quý I năm 2017", or the two days where it is no quarter.

use chrono::{Datelike, Months, NaiveDate};

use domain::citation::Citation;
use domain::date::vietnamese_day;
use domain::indicator::{ProgrammeTask, TaskStatus};

use crate::data::TownData;
use crate::error::TemplateError;
use crate::figure::{Figures, Form};

/// Fills templates from one town's data.
pub struct Filler<'a> {
    data: &'a TownData<'a>,
    figures: &'a Figures,
}

impl<'a> Filler<'a> {
    /// A filler from the data and its figures.
    pub fn new(data: &'a TownData<'a>, figures: &'a Figures) -> Self {
        Self { data, figures }
    }

    /// The letter's own registry entry.
    ///
    /// # Errors
    /// The registry does not have it.
    pub fn own_entry(&self) -> Result<&'a Citation, TemplateError> {
        let key = &self.data.letter.citation;
        self.data.citation(key).ok_or_else(|| TemplateError::Citation(key.clone()))
    }

    /// The text with every placeholder resolved.
    ///
    /// # Errors
    /// A placeholder that cannot be resolved, or a document's number typed into the text.
    pub fn fill(&self, text: &str) -> Result<String, TemplateError> {
        let (mut filled, mut typed, mut rest) = (String::new(), String::new(), text);
        let brace = || TemplateError::Brace(text.to_owned());
        while let Some(open) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(open);
            let inner = from.strip_prefix('{').ok_or_else(brace)?;
            let close =
                inner.find(['{', '}']).filter(|at| inner[*at..].starts_with('}')).ok_or_else(brace)?;
            filled.push_str(before);
            typed.push_str(before);
            typed.push('\n');
            filled.push_str(&self.resolve(&inner[..close])?);
            rest = &inner[close + 1..];
        }
        filled.push_str(rest);
        typed.push_str(rest);
        if has_reference(&typed) { Err(TemplateError::TypedReference(text.to_owned())) } else { Ok(filled) }
    }

    fn resolve(&self, placeholder: &str) -> Result<String, TemplateError> {
        let unknown = || TemplateError::Placeholder(placeholder.to_owned());
        let (kind, rest) = placeholder.split_once(':').ok_or_else(unknown)?;
        let (name, form) = rest.split_once(':').unwrap_or((rest, ""));
        match (kind, form) {
            ("figure", form) => self.figure(name, form.parse().map_err(|()| unknown())?),
            ("cite", "") => Ok(self.citation(name)?.full()),
            ("cite", "short") => Ok(self.citation(name)?.short()),
            ("cite", "issuer") => Ok(self.citation(name)?.full_with_issuer()),
            ("task", "") => Ok(self.status(name)?.map(status_words).unwrap_or_default().to_owned()),
            ("task", "inside") => {
                Ok(self.status(name)?.map_or("chưa có thông tin", status_words).to_lowercase())
            }
            ("result", "") => self.result(name),
            ("day", "") => self.day(name).ok_or_else(unknown),
            ("period", "") => self.period(name).ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }

    fn figure(&self, id: &str, form: Form) -> Result<String, TemplateError> {
        let figure = self.figures.get(id).ok_or_else(|| TemplateError::Figure(id.to_owned()))?;
        Ok(figure.text(form))
    }

    fn citation(&self, name: &str) -> Result<&'a Citation, TemplateError> {
        let key = self.data.letter.cites.get(name).map_or(name, String::as_str);
        self.data.citation(key).ok_or_else(|| TemplateError::Citation(key.to_owned()))
    }

    fn day(&self, name: &str) -> Option<String> {
        let days = self.data.days;
        let day = match name {
            "as_of" => days.as_of,
            "from" => days.from,
            "to" => days.to,
            _ => return None,
        };
        Some(vietnamese_day(day))
    }

    fn period(&self, form: &str) -> Option<String> {
        let name = period_name(self.data.days.from, self.data.days.to);
        match form {
            "name" => Some(name),
            "capitals" => Some(name.to_uppercase()),
            _ => None,
        }
    }

    fn status(&self, task: &str) -> Result<Option<TaskStatus>, TemplateError> {
        let known = ProgrammeTask::shipped_by_id(task).ok_or_else(|| TemplateError::Task(task.to_owned()))?;
        let programme = self.data.programme(self.data.town);
        Ok(programme.and_then(|it| TaskStatus::in_programme(it, &known.id)))
    }

    fn result(&self, task: &str) -> Result<String, TemplateError> {
        let known = ProgrammeTask::shipped_by_id(task).ok_or_else(|| TemplateError::Task(task.to_owned()))?;
        let entered = self.data.programme(self.data.town).and_then(|it| it.tasks.get(&known.id));
        Ok(entered.and_then(|task| task.result.clone()).unwrap_or_default())
    }
}

const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

fn period_name(from: NaiveDate, to: NaiveDate) -> String {
    let quarter = from.month0() / 3;
    let begins = from.day() == 1 && from.month0().is_multiple_of(3);
    let next = from.checked_add_months(Months::new(3)).and_then(|day| day.pred_opt());
    match QUARTERS.get(quarter as usize) {
        Some(name) if begins && next == Some(to) => format!("quý {name} năm {}", from.year()),
        _ => format!("kỳ từ ngày {} đến ngày {}", vietnamese_day(from), vietnamese_day(to)),
    }
}

/// A status as the appendix prints it.
pub(crate) fn status_words(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::NotStarted => "Chưa thực hiện",
        TaskStatus::InProgress => "Đang thực hiện",
        TaskStatus::Done => "Hoàn thành",
    }
}

/// Whether a text has something like `228/KH-UBND` in it.
fn has_reference(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|window| {
        let [digit, slash, letter] = window else { return false };
        digit.is_ascii_digit() && *slash == '/' && letter.is_uppercase()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_quarter_has_a_name() {
        let day = |month, day| NaiveDate::from_ymd_opt(2017, month, day).unwrap();
        assert_eq!(period_name(day(1, 1), day(3, 31)), "quý I năm 2017");
        assert_eq!(period_name(day(10, 1), day(12, 31)), "quý IV năm 2017");
        assert_eq!(period_name(day(1, 1), day(4, 30)), "kỳ từ ngày 01/01/2017 đến ngày 30/4/2017");
        assert_eq!(period_name(day(2, 1), day(4, 30)), "kỳ từ ngày 01/02/2017 đến ngày 30/4/2017");
    }

    #[test]
    fn a_documents_number_is_recognised_and_a_date_is_not() {
        assert!(has_reference("theo 28/KH"));
        assert!(!has_reference("đến 31/3/2017, 8 m²/người, 8/8 xã"));
    }
}
