//! The form: its questions, and the conditions that refer to them.

use std::collections::BTreeSet;

use super::{
    Checked, File, RulebookError, RulebookFault, Source, average, constraints, is_key, new_key, refuse_if,
};
use crate::entry::{PHOTO_KINDS, TEXT_MAX};
use crate::rulebook::condition::{AgeSpan, Condition, DEPTH_MAX};
use crate::rulebook::question::{Level, Question, QuestionKind};

/// Questions, and everything that asks about their answers.
pub(super) fn check(source: &Source<'_>, file: &File) -> Result<(), RulebookError> {
    let spanned: Vec<_> = file.sections.iter().flat_map(|section| &section.get_ref().questions).collect();
    let form = Form(spanned.iter().map(|question| question.get_ref()).collect());
    for item in &spanned {
        let question = item.get_ref();
        source.at(item, check_kind(&question.kind))?;
        if let Some(applies) = &question.applies {
            source.at(item, form.check(applies, question.level == Level::Member, 1))?;
        }
    }
    for indicator in &file.indicators {
        source.at(indicator, form.check(&indicator.get_ref().deprived, false, 1))?;
    }
    constraints::check(source, file, &form)?;
    average::check(source, file, &form)
}

fn check_kind(kind: &QuestionKind) -> Checked {
    match kind {
        QuestionKind::YesNo => Ok(()),
        QuestionKind::Money | QuestionKind::Date | QuestionKind::Place => Ok(()),
        QuestionKind::Photo { shows } => {
            let known = PHOTO_KINDS.contains(&shows.as_str());
            refuse_if(!known, RulebookFault::UnknownPhotoKind(shows.clone()))
        }
        QuestionKind::Integer { min, max, .. } => refuse_if(min > max, RulebookFault::EmptyRange),
        QuestionKind::Text { max } => {
            let longest = u32::try_from(TEXT_MAX).unwrap_or(u32::MAX);
            refuse_if(!(1..=longest).contains(max), RulebookFault::EmptyRange)
        }
        QuestionKind::Choice { options } | QuestionKind::Several { options } => {
            refuse_if(options.is_empty(), RulebookFault::EmptyList)?;
            let mut seen = BTreeSet::new();
            options.iter().try_for_each(|option| new_key(&mut seen, &option.id, is_key))
        }
    }
}

/// The questions that conditions may refer to.
pub(super) struct Form<'a>(pub(super) Vec<&'a Question>);

impl Form<'_> {
    /// `member`: the condition is about one member. `depth`: of this condition, from 1.
    pub(super) fn check(&self, condition: &Condition, member: bool, depth: usize) -> Checked {
        refuse_if(depth > DEPTH_MAX, RulebookFault::TooDeep)?;
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                refuse_if(parts.is_empty(), RulebookFault::EmptyList)?;
                parts.iter().try_for_each(|part| self.check(part, member, depth + 1))
            }
            Condition::SomeMember(part) => {
                refuse_if(member, RulebookFault::NestedMember)?;
                self.check(part, true, depth + 1)
            }
            Condition::ShareOver(share) => {
                refuse_if(member, RulebookFault::NestedMember)?;
                refuse_if(!(0..100).contains(&share.percent), RulebookFault::EmptyRange)?;
                self.check(&share.members, true, depth + 1)
            }
            Condition::Age(span) => {
                refuse_if(!member, RulebookFault::NoMember).and_then(|()| check_span(*span))
            }
            Condition::BornFrom(_) => refuse_if(!member, RulebookFault::NoMember),
            Condition::Yes(id) | Condition::No(id) => {
                self.question(id, member, |kind| matches!(kind, QuestionKind::YesNo)).map(|_| ())
            }
            Condition::NoneChosen(id) => {
                self.question(id, member, |kind| matches!(kind, QuestionKind::Several { .. })).map(|_| ())
            }
            Condition::Choice(rule) => {
                let is_choice = |kind: &QuestionKind| matches!(kind, QuestionKind::Choice { .. });
                check_options(self.question(&rule.question, member, is_choice)?, &rule.one_of)
            }
            Condition::PerPersonBelow(rule) => {
                let is_number = |kind: &QuestionKind| matches!(kind, QuestionKind::Integer { .. });
                self.question(&rule.question, false, is_number)?;
                refuse_if(rule.limit <= 0, RulebookFault::EmptyRange)
            }
        }
    }

    pub(super) fn question(
        &self,
        id: &str,
        member: bool,
        fits: fn(&QuestionKind) -> bool,
    ) -> Result<&Question, RulebookFault> {
        let found = self.0.iter().find(|question| question.id == id);
        let question = found.ok_or_else(|| RulebookFault::UnknownQuestion(id.to_owned()))?;
        refuse_if(question.level == Level::Member && !member, RulebookFault::NoMember)?;
        refuse_if(!fits(&question.kind), RulebookFault::WrongKind(id.to_owned()))?;
        Ok(question)
    }
}

fn check_span(span: AgeSpan) -> Checked {
    let empty = match (span.min, span.below) {
        (Some(min), Some(below)) => min >= below,
        (None, None) => true,
        _ => false,
    };
    refuse_if(empty, RulebookFault::EmptyRange)
}

fn check_options(question: &Question, options: &[String]) -> Checked {
    refuse_if(options.is_empty(), RulebookFault::EmptyList)?;
    options.iter().try_for_each(|option| {
        let fault =
            RulebookFault::UnreachableOption { question: question.id.clone(), option: option.clone() };
        refuse_if(question.option(option).is_none(), fault)
    })
}
