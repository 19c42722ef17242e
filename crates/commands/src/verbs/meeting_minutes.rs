//! The minutes of a session of the village meeting, as a file and as a page to print.
//!
//! **Invariant:** a class in the minutes is the one that the meeting voted on: that of the household as it was when
//! the verdict was written to it, whatever was surveyed since.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::date::parse_day;
use domain::field::{Field, StepKey};
use domain::id::{ReviewId, SessionId, UnitId};
use domain::meeting::{Meeting, Session as Sitting, Tally, Verdict};
use domain::review::Review;
use domain::scalar::Scalar;
use domain::vietnamese::fold;
use records::{Document, Event, Heads, Kind};
use reports::minutes::{Outcome, Present, Voted};
use reports::{MinutesData, minutes as words, minutes_docx};
use store::assess;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::household;
use crate::saving::own_scope;
use crate::session::Session;
use crate::wire::minutes::{MeetingMinutes, MinutesFile};

/// Seconds that clocks in Vietnam are ahead.
const AHEAD: i32 = 7 * 3600;

/// The minutes of a session.
pub(crate) fn minutes<H: Host>(app: &App<H>, form: MeetingMinutes) -> Result<MinutesFile, Fault> {
    app.with(|session| {
        own_scope(session, form.village, ErrorCode::UnknownVillage)?;
        let review = session.review(form.review)?.ok_or(ErrorCode::UnknownReview)?;
        let unknown = || Fault::new(ErrorCode::UnknownField).at("session");
        let meeting = meeting(session, form.village, review.id)?.ok_or_else(unknown)?;
        let sitting = meeting.sessions.get(&form.session).filter(|it| !it.removed).ok_or_else(unknown)?;
        let data = data(session, review, form.village, (&meeting, form.session, sitting))?;
        let day = day(sitting, review)?;
        let text = words(&data);
        let docx = minutes_docx(&text, day).map_err(|_| ErrorCode::Internal)?;
        let file_name = format!("bien-ban-hop-dan-{}-{day}.docx", plain(&data.village));
        Ok(MinutesFile { file_name, docx: STANDARD.encode(docx), text })
    })
}

fn meeting(session: &Session, village: UnitId, review: ReviewId) -> Result<Option<Meeting>, Fault> {
    let id = Document::meeting_id(village, review);
    let Some(row) = session.of_unit(id, Kind::Meeting)? else { return Ok(None) };
    Ok(session.store.document(&row)?.map(|document| document.meeting()))
}

fn data(
    session: &Session,
    review: &Review,
    village: UnitId,
    (meeting, id, sitting): (&Meeting, SessionId, &Sitting),
) -> Result<MinutesData, Fault> {
    let configuration = session.configuration()?;
    let unit = configuration.units.iter().find(|unit| unit.id == village);
    let above = unit.and_then(|unit| unit.parent);
    let above = configuration.units.iter().find(|unit| Some(unit.id) == above);
    let law = Law::of(session, review)?;
    let tallies = meeting.tallies(id, law.percent);
    let voted = tallies.iter().map(|tally| voted(session, review, village, (meeting, sitting), tally));
    let present = sitting.attendance.values().filter(|person| person.present);
    Ok(MinutesData {
        village: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        commune: above.map(|unit| unit.name.clone()).unwrap_or_default(),
        year: review.year,
        standard: law.name,
        ordinal: 1 + sittings(meeting).filter(|other| other.at < sitting.at).count(),
        at: sitting.at,
        ended_at: sitting.ended_at,
        place: sitting.place.clone(),
        chair: sitting.chair.clone(),
        secretary: sitting.secretary.clone(),
        opinions: sitting.opinions.clone().unwrap_or_default(),
        concluded: sitting.concluded,
        people: present.map(|it| Present { name: it.name.clone(), role: it.role.clone() }).collect(),
        voted: in_order(voted.collect::<Result<_, Fault>>()?),
        threshold_percent: law.percent,
        copies: law.copies,
    })
}

fn sittings(meeting: &Meeting) -> impl Iterator<Item = &Sitting> {
    meeting.sessions.values().filter(|sitting| !sitting.removed)
}

/// By name, as people look for them.
fn in_order(mut voted: Vec<Voted>) -> Vec<Voted> {
    let key = |it: &Voted| {
        let name = it.name.as_deref().unwrap_or_default();
        (name.split_whitespace().last().map(fold), fold(name), it.address.clone())
    };
    voted.sort_by_cached_key(key);
    voted
}

/// What the rulebook of the review says of meetings.
struct Law {
    name: String,
    percent: Option<i64>,
    copies: u32,
}

impl Law {
    fn of(session: &Session, review: &Review) -> Result<Self, Fault> {
        let Some(rulebook) = session.rulebook(review)? else {
            return Ok(Self { name: String::new(), percent: None, copies: 0 });
        };
        let meeting = &rulebook.procedure.meeting;
        Ok(Self {
            name: rulebook.name_vi.clone(),
            percent: meeting.percent.as_ref().map(|percent| percent.value),
            copies: meeting.copies.as_ref().and_then(|copies| u32::try_from(copies.value).ok()).unwrap_or(0),
        })
    }
}

fn voted(
    session: &Session,
    review: &Review,
    village: UnitId,
    (meeting, sitting): (&Meeting, &Sitting),
    tally: &Tally,
) -> Result<Voted, Fault> {
    let configuration = session.configuration()?;
    let opening = configuration.opening(tally.household, review.id, &review.as_of);
    let known = household(session, tally.household).ok().map(|(_, document)| document);
    let as_voted = known.as_ref().map(|document| as_voted(document, review.id, meeting, sitting));
    let as_voted = as_voted.map(|document| document.household());
    let decided = as_voted.as_ref().and_then(|it| assess(it, village, review, configuration));
    Ok(Voted {
        name: as_voted.as_ref().and_then(|it| it.name().map(str::to_owned)),
        address: as_voted.as_ref().and_then(|it| it.place.address.clone()),
        before: opening,
        proposed: decided.and_then(|it| it.decision.class),
        votes_for: tally.in_favour,
        votes_against: tally.against,
        percent_hundredths: Some(tally.percent_hundredths),
        outcome: match tally.verdict {
            Verdict::Agreed => Outcome::Agreed,
            Verdict::NotAgreed => Outcome::NotAgreed,
            Verdict::Open | Verdict::Impossible => Outcome::Open,
        },
    })
}

/// The household as it was when the session's verdict was written to it: the first verdict from the session's
/// beginning on, and before the next session's. As it is now where there is none.
fn as_voted(document: &Document, review: ReviewId, meeting: &Meeting, sitting: &Sitting) -> Document {
    let Some(from) = sitting.at.filter(|_| sitting.concluded) else { return document.clone() };
    let later = sittings(meeting).filter_map(|other| other.at).filter(|at| *at > from);
    let until = later.min().unwrap_or(i64::MAX);
    let verdict = |event: &Event| {
        let in_time = (from..until).contains(&event.time);
        in_time && event.edits.iter().any(|edit| is_verdict(review, &edit.field, &edit.value))
    };
    let found = document.history().into_iter().rev().find(verdict);
    let then = found.and_then(|event| document.at(&Heads::new(vec![event.hash])).ok());
    then.unwrap_or_else(|| document.clone())
}

fn is_verdict(review: ReviewId, field: &Field, value: &Scalar) -> bool {
    let step = matches!(field, Field::Step(of, _, StepKey::Step) if *of == review);
    step && matches!(value.as_text(), Some("met" | "not_agreed"))
}

/// The session's day in Vietnam, or that of the review.
fn day(sitting: &Sitting, review: &Review) -> Result<NaiveDate, Fault> {
    let zone = FixedOffset::east_opt(AHEAD);
    let local = sitting.at.and_then(|at| Some(DateTime::from_timestamp(at, 0)?.with_timezone(&zone?)));
    match local {
        Some(time) => Ok(time.date_naive()),
        None => parse_day(&review.as_of).map_err(|_| ErrorCode::Internal.into()),
    }
}

/// A name in letters that every file system takes.
fn plain(name: &str) -> String {
    let letters: String =
        fold(name).chars().map(|it| if it.is_ascii_alphanumeric() { it } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join("-")
}
