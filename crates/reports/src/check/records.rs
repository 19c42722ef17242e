//! Checks of the households behind the figures: what is not surveyed, not settled, not dated, not counted.

use std::collections::BTreeSet;

use domain::classification::Class;
use domain::id::HouseholdId;
use domain::money::group;
use domain::policy::{Beneficiary, Policy};
use domain::review::Progress;
use domain::scalar::Scalar;

use super::{Check, CheckCode};
use crate::data::TownData;
use crate::figure::{
    Count, Figures, Given, Group, Lists, Period, Rule, given, insurance_answer, rules, support_date,
};

pub(super) fn checks(data: &TownData<'_>, figures: &Figures) -> Vec<Check> {
    let mut found: Vec<Check> = Vec::new();
    found.extend(not_reviewed(data));
    found.extend(in_conflict(data));
    found.extend(without_record(data));
    found.extend(people_differ(data, figures));
    found.extend(insurance_not_known(data, figures));
    found.extend(supports(data));
    found.extend(policies(data));
    found.extend(outside_groups(data));
    found
}

fn not_reviewed(data: &TownData<'_>) -> Option<Check> {
    let open = data.living().filter(|it| it.progress != Progress::Done).map(|it| it.household.id);
    Check::about(CheckCode::HouseholdNotReviewed, "", [""; 2], open.collect())
}

fn in_conflict(data: &TownData<'_>) -> Option<Check> {
    let open = data.living().filter(|it| it.conflicts > 0).map(|it| it.household.id);
    Check::about(CheckCode::ConflictNotResolved, "", [""; 2], open.collect())
}

fn without_record(data: &TownData<'_>) -> Option<Check> {
    let recorded: BTreeSet<HouseholdId> = data.living().map(|it| it.household.id).collect();
    let listed = data.register.as_of(data.days.as_of);
    let missing = listed.values().filter(|row| row.class != Class::NotPoor).map(|row| row.household);
    let missing = missing.filter(|household| !recorded.contains(household));
    Check::about(CheckCode::RecognisedWithoutRecord, "", [""; 2], missing.collect())
}

fn people_differ(data: &TownData<'_>, figures: &Figures) -> Option<Check> {
    let count = figures.whole("near_poor_people")?;
    let listed = data.register.as_of(data.days.as_of);
    let people: i64 = listed.values().filter(|row| row.class == Class::NearPoor).map(|row| row.people).sum();
    let params = [("count", group(count)), ("people", group(people))];
    (count != people).then(|| Check::new(CheckCode::PeopleDiffer, "near_poor_people", &params))
}

fn insurance_not_known(data: &TownData<'_>, figures: &Figures) -> Option<Check> {
    let insured: BTreeSet<_> = figures.get("near_poor_insured")?.evidence.members.iter().collect();
    let by_id: std::collections::BTreeMap<_, _> =
        data.households.iter().map(|it| (it.household.id, it)).collect();
    let unknown = figures.get("near_poor_people")?.evidence.members.iter().filter(|who| {
        let answer = by_id.get(&who.household).and_then(|it| insurance_answer(data, it, who.member));
        !insured.contains(who) && answer.and_then(Scalar::as_bool).is_none()
    });
    let unknown: Vec<HouseholdId> = unknown.map(|who| who.household).collect();
    let mut check = Check::about(CheckCode::InsuranceNotKnown, "near_poor_insured", [""; 2], unknown)?;
    check.households.dedup();
    Some(check)
}

/// Whether a support's day leaves it open which period it belongs to.
fn is_undated(data: &TownData<'_>, given: &Given<'_>) -> bool {
    let Some(date) = support_date(given.support) else { return true };
    let days = data.days;
    let straddles = |from, to| {
        date.earliest() < from && from <= date.latest() || date.earliest() <= to && to < date.latest()
    };
    straddles(days.from, days.to) || straddles(days.from, days.as_of)
}

fn supports(data: &TownData<'_>) -> Vec<Check> {
    let collect = |code, wrong: &dyn Fn(&Given<'_>) -> bool| {
        let households = given(data).filter(|it| wrong(it)).map(|it| it.household.household.id).collect();
        Check::about(code, "", [""; 2], households)
    };
    let policy = |it: &Given<'_>| it.support.policy.as_deref().and_then(|id| data.policy(id));
    let counts_money = |it: &Given<'_>| {
        policy(it).is_some_and(|policy| matches!(policy.group.as_str(), "loan" | "cremation"))
    };
    let of_member = |it: &Given<'_>| policy(it).is_some_and(|it| it.beneficiary == Beneficiary::Member);
    let found = [
        collect(CheckCode::SupportNotDated, &|it| is_undated(data, it)),
        collect(CheckCode::SupportPolicyUnknown, &|it| policy(it).is_none()),
        collect(CheckCode::SupportWithoutAmount, &|it| counts_money(it) && it.support.amount_dong.is_none()),
        collect(CheckCode::SupportWithoutMember, &|it| {
            of_member(it) && !counts_money(it) && it.support.member.is_none()
        }),
    ];
    found.into_iter().flatten().collect()
}

/// Grants of a fixed amount that are of another amount.
fn policies(data: &TownData<'_>) -> Vec<Check> {
    let wrong = |policy: &Policy, fixed: i64| -> Vec<HouseholdId> {
        let grants = given(data).filter(|it| it.support.policy.as_deref() == Some(&policy.id));
        let other = grants.filter(|it| it.support.amount_dong.is_some_and(|amount| amount != fixed));
        other.map(|it| it.household.household.id).collect()
    };
    let checked = data.policies.iter().filter_map(|policy| Some((policy, policy.fixed_amount_dong?)));
    let found = checked.filter_map(|(policy, fixed)| {
        let households = wrong(policy, fixed);
        let count = group(i64::try_from(households.len()).unwrap_or(i64::MAX));
        let params = [
            ("subject", policy.name_vi.clone()),
            ("subject_en", policy.name_en.clone()),
            ("count", count),
            ("amount", group(fixed)),
        ];
        let check = Check::new(CheckCode::GrantsNotAtFixedAmount, &policy.id, &params);
        (!households.is_empty()).then_some(Check { households, ..check })
    });
    found.collect()
}

/// Supports within the days of a figure that it does not count because of the household's group.
fn outside_groups(data: &TownData<'_>) -> Vec<Check> {
    let lists = Lists::as_of(data.register, data.days.as_of);
    let counted = rules().iter().filter(|rule| rule.count == Count::Households && !rule.among.is_empty());
    let outside = |rule: &Rule| -> Vec<HouseholdId> {
        let in_days = |period: Period, it: &Given<'_>| {
            support_date(it.support).is_some_and(|date| period.holds(&date, data.days))
        };
        let group_counts = |group: Option<Group>| group.is_some_and(|group| rule.among.contains(&group));
        let of_rule = given(data).filter(|it| {
            it.support.policy.as_ref().is_some_and(|id| rule.policies.contains(id))
                && in_days(rule.period, it)
        });
        let households: BTreeSet<HouseholdId> = of_rule
            .map(|it| it.household.household.id)
            .filter(|household| !group_counts(lists.group(*household)))
            .collect();
        households.into_iter().collect()
    };
    counted
        .filter_map(|rule| {
            Check::about(
                CheckCode::SupportOutsideGroup,
                &rule.id,
                [&rule.label_vi, &rule.label_en],
                outside(rule),
            )
        })
        .collect()
}
