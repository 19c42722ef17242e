//! Counting: one function from the town's data to all figures.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use domain::date::PartialDate;
use domain::field::AnswerKey;
use domain::household::Support;
use domain::id::{HouseholdId, MemberId, SupportId};
use domain::indicator::{ProgrammeIndicator, TaskStatus};
use domain::movement::{Flow, Known, Movement, movement};
use domain::population::Population;
use domain::scalar::Scalar;

use super::lists::{Group, Lists, present};
use super::rule::{Count, Period, Rule, rules};
use super::{Entered, Evidence, Figure, Figures, MemberRef, Share, SupportRef, Value, Words};
use crate::data::{ReportDays, Surveyed, TownData};

/// Every figure of the report.
pub fn figures(data: &TownData<'_>) -> Figures {
    let counting = Counting::new(data);
    let mut all: Vec<Figure> = rules().iter().map(|rule| counting.figure(rule)).collect();
    let wholes: BTreeMap<String, Option<i64>> = all.iter().map(|it| (it.id.clone(), it.whole())).collect();
    for figure in &mut all {
        figure.share = share(figure, &wholes);
    }
    Figures::new(all, counting.movement)
}

fn share(figure: &Figure, wholes: &BTreeMap<String, Option<i64>>) -> Option<Share> {
    let of = figure.rule.share_of.as_ref()?;
    let (numerator, denominator) = (figure.whole()?, wholes.get(of).copied().flatten()?);
    Some(Share { numerator, denominator, of: of.clone() })
}

impl Period {
    /// Whether a support of this date counts; a date that may lie outside does not.
    pub fn holds(self, date: &PartialDate, days: ReportDays) -> bool {
        match self {
            Self::Cumulative => date.latest() <= days.as_of,
            Self::Period => days.from <= date.earliest() && date.latest() <= days.to,
        }
    }
}

/// A support in its household.
pub(crate) struct Given<'a> {
    pub(crate) household: &'a Surveyed,
    pub(crate) id: SupportId,
    pub(crate) support: &'a Support,
}

/// Every support that was really given: not taken back, and not in a record entered by mistake or merged away.
pub(crate) fn given<'a>(data: &TownData<'a>) -> impl Iterator<Item = Given<'a>> {
    let real = data.households.iter().filter(|it| is_real(it));
    real.flat_map(|household| {
        let supports = household.household.supports.iter().filter(|(_, support)| !support.removed);
        supports.map(move |(id, support)| Given { household, id: *id, support })
    })
}

fn is_real(surveyed: &Surveyed) -> bool {
    let household = &surveyed.household;
    let unreal = matches!(household.removed_why.as_deref(), Some("mistake" | "merged"));
    !(surveyed.merged || household.removed && unreal)
}

pub(crate) fn support_date(support: &Support) -> Option<PartialDate> {
    support.date.as_ref()?.parse().ok()
}

/// The value and its evidence.
type Told = (Option<Value>, Evidence);

struct Counting<'a> {
    data: &'a TownData<'a>,
    lists: Lists,
    movement: Movement,
    by_id: BTreeMap<HouseholdId, &'a Surveyed>,
}

impl<'a> Counting<'a> {
    fn new(data: &'a TownData<'a>) -> Self {
        let (opening, closing) = (data.register.as_of(data.days.from), data.register.as_of(data.days.as_of));
        let (removed, came) = (data.removed(), data.came());
        let earlier: Vec<_> =
            data.register.rows().iter().filter(|row| row.from < data.days.from).cloned().collect();
        let known = Known { removed: &removed, came: &came, earlier: &earlier };
        Self {
            data,
            lists: Lists::as_of(data.register, data.days.as_of),
            movement: movement(&opening, &closing, known),
            by_id: data.households.iter().map(|it| (it.household.id, it)).collect(),
        }
    }

    fn figure(&self, rule: &'static Rule) -> Figure {
        let (value, evidence) = self.told(rule);
        let label = self.label(rule, &evidence);
        Figure { id: rule.id.clone(), label, value, share: None, evidence, rule }
    }

    fn told(&self, rule: &Rule) -> Told {
        match rule.count {
            Count::Households | Count::People | Count::Grants | Count::Amount => self.supported(rule),
            Count::Listed => of_households(self.lists.households(&rule.among).collect()),
            Count::ListedPeople => of_members(self.members(rule).collect()),
            Count::Insured => of_members(self.members(rule).filter(|it| self.insured(*it, rule)).collect()),
            Count::Units => of_units(self.data.communes().iter().map(|unit| unit.id).collect()),
            Count::UnitsDone => self.units_done(rule),
            Count::Indicator => self.indicator(rule),
            Count::Population => self.population(),
            Count::Start | Count::Out | Count::Into | Count::End => self.moved(rule),
        }
    }

    fn label(&self, rule: &Rule, evidence: &Evidence) -> Words {
        let households = &evidence.households;
        let all_poor = households.iter().all(|id| self.lists.group(*id) == Some(Group::Poor));
        if let (Some(vi), Some(en)) = (&rule.poor_label_vi, &rule.poor_label_en)
            && all_poor
            && !households.is_empty()
        {
            return Words { vi: vi.clone(), en: en.clone() };
        }
        Words { vi: rule.label_vi.clone(), en: rule.label_en.clone() }
    }

    /// The supports of a rule's policies, days and groups.
    fn supports(&self, rule: &'a Rule) -> impl Iterator<Item = Given<'a>> {
        given(self.data).filter(move |given| {
            let named = given.support.policy.as_ref().is_some_and(|policy| rule.policies.contains(policy));
            let dated =
                support_date(given.support).is_some_and(|date| rule.period.holds(&date, self.data.days));
            let group = self.lists.group(given.household.household.id);
            let among = rule.among.is_empty() || group.is_some_and(|group| rule.among.contains(&group));
            named && dated && among
        })
    }

    fn supported(&self, rule: &Rule) -> Told {
        let (mut households, mut members, mut supports) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut sum = 0_i64;
        for given in self.supports(rule) {
            let household = given.household.household.id;
            households.insert(household);
            members.extend(given.support.member.map(|member| MemberRef { household, member }));
            supports.insert(SupportRef { household, support: given.id });
            sum = sum.saturating_add(given.support.amount_dong.unwrap_or(0));
        }
        let value = match rule.count {
            Count::Households => count(households.len()),
            Count::People => count(members.len()),
            Count::Amount => Value::Dong(sum),
            _ => count(supports.len()),
        };
        let evidence = Evidence {
            households: households.into_iter().collect(),
            members: members.into_iter().collect(),
            supports: supports.into_iter().collect(),
            ..Evidence::default()
        };
        (Some(value), evidence)
    }

    /// The members of listed households who are present on the report's day.
    fn members<'r>(&'r self, rule: &'r Rule) -> impl Iterator<Item = MemberRef> + 'r {
        let listed = self.lists.households(&rule.among).filter_map(|id| self.by_id.get(&id).copied());
        listed.flat_map(|it| members_on(it, self.data.days.as_of))
    }

    fn insured(&self, who: MemberRef, rule: &Rule) -> bool {
        let Some(surveyed) = self.by_id.get(&who.household) else { return false };
        let has_card = insurance_answer(self.data, surveyed, who.member).and_then(Scalar::as_bool);
        let bought = |support: &Support| {
            let named = support.policy.as_ref().is_some_and(|policy| rule.policies.contains(policy));
            let dated = support_date(support).is_some_and(|date| rule.period.holds(&date, self.data.days));
            named && dated && !support.removed && support.member == Some(who.member)
        };
        has_card == Some(true) || surveyed.household.supports.values().any(bought)
    }

    fn units_done(&self, rule: &Rule) -> Told {
        let Some(task) = &rule.task else { return (None, Evidence::default()) };
        let done = self.data.communes().into_iter().filter(|unit| {
            let programme = self.data.programme(unit.id);
            programme.and_then(|it| TaskStatus::in_programme(it, task)) == Some(TaskStatus::Done)
        });
        of_units(done.map(|unit| unit.id).collect())
    }

    fn indicator(&self, rule: &Rule) -> Told {
        let known = rule.indicator.as_deref().and_then(ProgrammeIndicator::shipped_by_id);
        let Some(indicator) = known else { return (None, Evidence::default()) };
        let programme = self.data.programme(self.data.town);
        let Some(entry) = programme.and_then(|it| it.indicators.get(&indicator.id)) else {
            return (None, Evidence::default());
        };
        let value = indicator.read(entry).ok().flatten().map(|number| match indicator.unit {
            domain::indicator::IndicatorUnit::People => Value::Count(number.floor()),
            domain::indicator::IndicatorUnit::Percent => Value::Percent(number),
        });
        let entered = Entered { source: entry.source.clone(), date: entry.date.clone() };
        (value, Evidence { entered: Some(entered), ..Evidence::default() })
    }

    /// The town's own population figure, or the sum of its communes' where there is none of its own.
    fn population(&self) -> Told {
        let (figures, day) = (self.data.population, self.data.days.as_of);
        let own = Population::as_of(figures, self.data.town, day).map(|figure| vec![figure]);
        let of_communes = || -> Option<Vec<&Population>> {
            let communes = self.data.communes();
            communes.iter().map(|unit| Population::as_of(figures, unit.id, day)).collect()
        };
        let Some(found) = own.or_else(of_communes).filter(|found| !found.is_empty()) else {
            return (None, Evidence::default());
        };
        let sources: BTreeSet<&str> = found.iter().map(|figure| figure.source.as_str()).collect();
        let date = found.iter().map(|figure| figure.date).max().map(|date| date.to_string());
        let source = Some(sources.into_iter().collect::<Vec<_>>().join("; "));
        let evidence = Evidence {
            units: found.iter().map(|figure| figure.unit).collect(),
            entered: Some(Entered { source, date }),
            ..Evidence::default()
        };
        (Some(Value::Count(found.iter().map(|figure| figure.households).sum())), evidence)
    }

    fn moved(&self, rule: &Rule) -> Told {
        let poor = rule.among.contains(&Group::Poor);
        let flow: &Flow = if poor { &self.movement.poor } else { &self.movement.near_poor };
        of_households(match rule.count {
            Count::Start => flow.start.iter().copied().collect(),
            Count::Out => flow.out.values().flatten().copied().collect(),
            Count::Into => flow.into.values().flatten().copied().collect(),
            _ => flow.end.iter().copied().collect(),
        })
    }
}

/// The members of a household who are present on a day.
pub(crate) fn members_on(surveyed: &Surveyed, day: NaiveDate) -> impl Iterator<Item = MemberRef> {
    let household = surveyed.household.id;
    let there = surveyed.household.members.iter().filter(move |(_, member)| present(member, day));
    there.map(move |(member, _)| MemberRef { household, member: *member })
}

/// What the report's review heard about a member's health card.
pub(crate) fn insurance_answer<'a>(
    data: &TownData<'_>,
    surveyed: &'a Surveyed,
    member: MemberId,
) -> Option<&'a Scalar> {
    let review = data.state.review.as_ref()?.id;
    surveyed.household.reviews.get(&review)?.answers.get(&AnswerKey::member("bhyt", member))
}

fn count(things: usize) -> Value {
    Value::Count(i64::try_from(things).unwrap_or(i64::MAX))
}

fn of_households(mut households: Vec<HouseholdId>) -> Told {
    households.sort();
    (Some(count(households.len())), Evidence { households, ..Evidence::default() })
}

fn of_members(members: Vec<MemberRef>) -> Told {
    let households: BTreeSet<HouseholdId> = members.iter().map(|it| it.household).collect();
    let value = Some(count(members.len()));
    (value, Evidence { households: households.into_iter().collect(), members, ..Evidence::default() })
}

fn of_units(units: Vec<domain::id::UnitId>) -> Told {
    (Some(count(units.len())), Evidence { units, ..Evidence::default() })
}
