//! Checks of figures against each other: shares, parts, labels, movement.

use std::collections::BTreeSet;

use domain::id::HouseholdId;
use domain::money::group;
use domain::movement::{Flow, Out};

use super::{Check, CheckCode};
use crate::data::TownData;
use crate::figure::{Count, Figure, Figures, Group, Lists, Share};

pub(super) fn checks(data: &TownData<'_>, figures: &Figures) -> Vec<Check> {
    let lists = Lists::as_of(data.register, data.days.as_of);
    let mut found: Vec<Check> = Vec::new();
    for figure in &figures.all {
        found.extend(share(figure));
        found.extend(parts(figure, figures));
        found.extend(label(figure, &lists));
    }
    found.extend(flow("poor", ["Hộ nghèo", "Poor households"], &figures.movement.poor));
    found.extend(flow("near_poor", ["Hộ cận nghèo", "Near-poor households"], &figures.movement.near_poor));
    if figures.get("population_households").is_none_or(|figure| figure.value.is_none()) {
        found.push(Check::new(CheckCode::PopulationMissing, "population_households", &[]));
    }
    found
}

fn share(figure: &Figure) -> Option<Check> {
    let Share { numerator, denominator, .. } = figure.share.as_ref()?;
    let code = match denominator {
        0 => CheckCode::ShareOfNothing,
        _ if numerator > denominator => CheckCode::ShareOverWhole,
        _ => return None,
    };
    let params = [
        ("subject", figure.label.vi.clone()),
        ("subject_en", figure.label.en.clone()),
        ("numerator", group(*numerator)),
        ("denominator", group(*denominator)),
    ];
    Some(Check::new(code, &figure.id, &params))
}

fn parts(figure: &Figure, figures: &Figures) -> Option<Check> {
    if figure.rule.parts.is_empty() {
        return None;
    }
    let parts: Vec<&Figure> = figure.rule.parts.iter().filter_map(|id| figures.get(id)).collect();
    let numbers: Vec<i64> = parts.iter().filter_map(|part| part.whole()).collect();
    let (total, sum) = (figure.whole()?, numbers.iter().sum::<i64>());
    if total == sum {
        return None;
    }
    let shown: Vec<String> = numbers.iter().map(|number| group(*number)).collect();
    let params = [
        ("subject", figure.label.vi.clone()),
        ("subject_en", figure.label.en.clone()),
        ("total", group(total)),
        ("sum", group(sum)),
        ("parts", shown.join(" + ")),
    ];
    Some(Check {
        households: in_several(&parts),
        ..Check::new(CheckCode::PartsDoNotAdd, &figure.id, &params)
    })
}

fn in_several(parts: &[&Figure]) -> Vec<HouseholdId> {
    let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for household in parts.iter().flat_map(|part| &part.evidence.households) {
        if !seen.insert(*household) {
            twice.insert(*household);
        }
    }
    twice.into_iter().collect()
}

/// Where a label would call households poor that are not: the label was changed, and this says why.
fn label(figure: &Figure, lists: &Lists) -> Option<Check> {
    let poor_label = [figure.rule.poor_label_vi.as_deref()?, figure.rule.poor_label_en.as_deref()?];
    let is_poor = |household: &HouseholdId| lists.group(*household) == Some(Group::Poor);
    let others = figure.evidence.households.iter().copied().filter(|it| !is_poor(it)).collect();
    debug_assert!(figure.rule.count == Count::Households);
    Check::about(CheckCode::LabelNotOnlyPoor, &figure.id, poor_label, others)
}

fn flow(id: &str, name: [&str; 2], flow: &Flow) -> Vec<Check> {
    let mut found = Vec::new();
    if let Err(broken) = flow.identity() {
        let number = |count: usize| group(i64::try_from(count).unwrap_or(i64::MAX));
        let params = [
            ("subject", name[0].to_owned()),
            ("subject_en", name[1].to_owned()),
            ("start", number(broken.start)),
            ("out", number(broken.out)),
            ("into", number(broken.into)),
            ("end", number(broken.end)),
        ];
        found.push(Check::new(CheckCode::MovementIdentity, id, &params));
    }
    let unexplained =
        flow.out.get(&Out::Unexplained).map(|it| it.iter().copied().collect()).unwrap_or_default();
    found.extend(Check::about(CheckCode::MovementUnexplained, id, name, unexplained));
    found
}
