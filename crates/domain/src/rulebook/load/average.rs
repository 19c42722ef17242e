//! The rule of the average living standard: its questions and lines have to be there.

use super::form::Form;
use super::{Checked, File, RulebookError, RulebookFault, Source, refuse_if};
use crate::rulebook::QuestionKind;

pub(super) fn check(source: &Source<'_>, file: &File, form: &Form<'_>) -> Result<(), RulebookError> {
    let Some(item) = &file.average else { return Ok(()) };
    let rule = item.get_ref();
    let line = |id: &String| -> Checked {
        let known = file.income_lines.iter().any(|line| line.get_ref().id == *id);
        refuse_if(!known, RulebookFault::UnknownLine(id.clone()))
    };
    let asks = |id: &str, fits: fn(&QuestionKind) -> bool| form.question(id, false, fits).map(|_| ());
    source.at(item, asks(&rule.farming, |kind| matches!(kind, QuestionKind::YesNo)))?;
    source.at(item, asks(&rule.income, |kind| matches!(kind, QuestionKind::Money)))?;
    source.at(item, line(&rule.over).and_then(|()| line(&rule.at_most)))
}
