//! Checks of what the office entered: statuses of tasks against results, indicators against records.

use domain::household::{Household, Member};
use domain::indicator::{IndicatorUnit, ProgrammeIndicator, ProgrammeTask, TaskLevel, TaskStatus};
use domain::money::group;
use domain::programme::{IndicatorEntry, Programme};

use super::{Check, CheckCode};
use crate::data::{Surveyed, TownData};
use crate::figure::{Figures, present};
use crate::letter::status_words;

/// The figure that says how far each target has come.
const TARGETS: [(&str, &str); 4] = [
    ("target_health_card", "near_poor_insured"),
    ("target_latrine", "latrine_poor"),
    ("target_water", "water_poor"),
    ("target_information", "information_poor"),
];

pub(super) fn checks(data: &TownData<'_>, figures: &Figures) -> Vec<Check> {
    let programme = data.programme(data.town);
    let mut found = Vec::new();
    for task in ProgrammeTask::shipped() {
        found.extend(status(programme, task));
        if task.level == TaskLevel::Units {
            found.extend(units_not_done(data, task));
        }
    }
    found.extend(TARGETS.iter().filter_map(|(task, figure)| target(programme, figures, task, figure)));
    for indicator in ProgrammeIndicator::shipped() {
        let entry = programme.and_then(|it| it.indicators.get(&indicator.id));
        found.extend(entered(indicator, entry));
        found.extend(records_agree(data, indicator, entry));
    }
    found
}

fn status(programme: Option<&Programme>, task: &ProgrammeTask) -> Option<Check> {
    let code = programme.and_then(|it| it.tasks.get(&task.id)).and_then(|entry| entry.status.as_deref());
    let subject = ("subject", task.name_vi.clone());
    let subject_en = ("subject_en", task.name_en.clone());
    match code {
        None => Some(Check::new(CheckCode::StatusMissing, &task.id, &[subject, subject_en])),
        Some(code) if TaskStatus::of(code).is_none() => {
            let params = [subject, subject_en, ("status", code.to_owned())];
            Some(Check::new(CheckCode::StatusUnknown, &task.id, &params))
        }
        Some(_) => None,
    }
}

fn units_not_done(data: &TownData<'_>, task: &ProgrammeTask) -> Option<Check> {
    let done = |unit| {
        let programme = data.programme(unit);
        programme.and_then(|it| TaskStatus::in_programme(it, &task.id)) == Some(TaskStatus::Done)
    };
    let open: Vec<String> =
        data.communes().into_iter().filter(|unit| !done(unit.id)).map(|unit| unit.name.clone()).collect();
    let params = [
        ("subject", task.name_vi.clone()),
        ("subject_en", task.name_en.clone()),
        ("count", open.len().to_string()),
        ("units", open.join(", ")),
    ];
    (!open.is_empty()).then(|| Check::new(CheckCode::UnitsNotDone, &task.id, &params))
}

fn target(programme: Option<&Programme>, figures: &Figures, task: &str, figure: &str) -> Option<Check> {
    let status = TaskStatus::in_programme(programme?, task)?;
    let figure = figures.get(figure)?;
    let share = figure.share.as_ref()?;
    let reached = share.denominator > 0 && share.numerator >= share.denominator;
    let code = match (reached, status) {
        (true, TaskStatus::NotStarted | TaskStatus::InProgress) => CheckCode::TargetMetYetOpen,
        (false, TaskStatus::Done) => CheckCode::TargetDoneYetUnmet,
        _ => return None,
    };
    let params = [
        ("subject", figure.label.vi.clone()),
        ("subject_en", figure.label.en.clone()),
        ("status", status_words(status).to_owned()),
        ("status_en", status_words_en(status).to_owned()),
        ("share", figure.text(crate::figure::Form::Share)),
    ];
    Some(Check::new(code, task, &params))
}

fn status_words_en(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::NotStarted => "not started",
        TaskStatus::InProgress => "in progress",
        TaskStatus::Done => "done",
    }
}

fn names(indicator: &ProgrammeIndicator) -> [(&'static str, String); 2] {
    [("subject", indicator.name_vi.clone()), ("subject_en", indicator.name_en.clone())]
}

fn entered(indicator: &ProgrammeIndicator, entry: Option<&IndicatorEntry>) -> Option<Check> {
    let code = match entry.map(|entry| (indicator.read(entry), entry)) {
        None | Some((Ok(None), _)) => CheckCode::IndicatorMissing,
        Some((Err(_), _)) => CheckCode::IndicatorInvalid,
        Some((Ok(Some(_)), entry)) if entry.source.is_none() || entry.date.is_none() => {
            CheckCode::IndicatorWithoutSource
        }
        Some(_) => return None,
    };
    Some(Check::new(code, &indicator.id, &names(indicator)))
}

/// A register of people cannot have fewer people than the surveyed households alone.
fn records_agree(
    data: &TownData<'_>,
    indicator: &ProgrammeIndicator,
    entry: Option<&IndicatorEntry>,
) -> Option<Check> {
    let value = indicator.read(entry?).ok().flatten()?.whole()?;
    let recorded: Vec<_> = match (indicator.unit, indicator.id.as_str()) {
        (IndicatorUnit::People, "merit_people") => with(data, |_, _, member| member.merit),
        (IndicatorUnit::People, "social_recipients") => with(data, |household, id, _| {
            let allowance = |support: &&domain::household::Support| {
                support.policy.as_deref() == Some("btxh") && support.member == Some(id) && !support.removed
            };
            household.supports.values().any(|support| allowance(&support))
        }),
        _ => return None,
    };
    let count = i64::try_from(recorded.len()).unwrap_or(i64::MAX);
    if count <= value {
        return None;
    }
    let [vi, en] = names(indicator);
    let params = [vi, en, ("value", group(value)), ("count", group(count))];
    let mut households = recorded;
    households.dedup();
    Some(Check { households, ..Check::new(CheckCode::IndicatorBelowRecords, &indicator.id, &params) })
}

/// The household of each present member of whom something holds, once a member.
fn with(
    data: &TownData<'_>,
    holds: impl Fn(&Household, domain::id::MemberId, &Member) -> bool,
) -> Vec<domain::id::HouseholdId> {
    let day = data.days.as_of;
    let members = |it: &Surveyed| {
        let there = it.household.members.iter().filter(|(_, member)| present(member, day));
        let count = there.filter(|(id, member)| holds(&it.household, **id, member)).count();
        vec![it.household.id; count]
    };
    data.living().flat_map(members).collect()
}
