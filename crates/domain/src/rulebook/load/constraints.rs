//! Constraints: each is said beside a question that is there, and speaks of what that question is about.

use super::form::Form;
use super::{File, RulebookError, RulebookFault, Source};
use crate::rulebook::Level;

pub(super) fn check(source: &Source<'_>, file: &File, form: &Form<'_>) -> Result<(), RulebookError> {
    for item in &file.constraints {
        let constraint = item.get_ref();
        let question = form.0.iter().find(|question| question.id == constraint.question);
        let checked = match question {
            None => Err(RulebookFault::UnknownQuestion(constraint.question.clone())),
            Some(question) => form.check(&constraint.when, question.level == Level::Member, 1),
        };
        source.at(item, checked)?;
    }
    Ok(())
}
