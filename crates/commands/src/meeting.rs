//! A village's meeting while somebody works on it.
//!
//! **Invariant:** concluding writes the results to every household that was voted on and closes the session, in one
//! transaction, or refuses and writes nothing.

use domain::field::{Field, SessionKey};
use domain::id::{HouseholdId, ReviewId, SessionId, UnitId};
use domain::meeting::{Meeting, Session as MeetingSession, Tally, Verdict};
use domain::review::Review;
use domain::rulebook::Sourced;
use domain::scalar::Scalar;
use domain::state::allowed;
use domain::unit::UnitKind;
use records::{Document, Edit, Heads, Kind, RawChange};
use store::{DocumentRow, assess};

use crate::agenda::agenda;
use crate::edits::head_texts;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::household;
use crate::procedure::step;
use crate::saving::{Saving, own_scope, save_all};
use crate::session::Session;
use crate::told::conflicts;
use crate::wire::meeting::MeetingPage;

/// A village's meeting in a review.
pub(crate) struct Sitting {
    village: UnitId,
    review: Review,
    document: Document,
    /// As the document says.
    meeting: Meeting,
    is_new: bool,
}

impl Sitting {
    /// The meeting as it stands; an empty one if nobody wrote to it yet.
    pub(crate) fn of(session: &Session, village: UnitId, review: Option<ReviewId>) -> Result<Self, Fault> {
        own_scope(session, village, ErrorCode::UnknownVillage)?;
        let mut units = session.configuration()?.units.iter();
        if !units.any(|unit| unit.id == village && unit.kind == UnitKind::Village) {
            return Err(ErrorCode::UnknownVillage.into());
        }
        let review = session.review(review)?.ok_or(Fault::new(ErrorCode::NoReview))?.clone();
        let id = Document::meeting_id(village, review.id);
        let stored = match session.of_unit(id, Kind::Meeting)? {
            Some(row) => session.store.document(&row)?,
            None => None,
        };
        let is_new = stored.is_none();
        let document = stored.unwrap_or_else(|| Document::create(Kind::Meeting, id));
        let meeting = document.meeting();
        Ok(Self { village, review, document, meeting, is_new })
    }

    /// The page of the meeting.
    pub(crate) fn page(&self, session: &Session) -> Result<MeetingPage, Fault> {
        // Read anew: a save may lie between.
        let (meeting, threshold) = (self.document.meeting(), self.threshold(session)?);
        let held = meeting.sessions.iter().filter(|(_, held)| !held.removed);
        let percent = threshold.as_ref().map(|threshold| threshold.value);
        let tallies = held.flat_map(|(id, _)| meeting.tallies(*id, percent)).collect();
        Ok(MeetingPage {
            id: self.document.id(),
            village: self.village,
            review: self.review.id,
            heads: head_texts(&self.document.heads()),
            agenda: agenda(session, self.village, &self.review)?,
            tallies,
            threshold,
            conflicts: conflicts(session, &self.document)?,
            waiting: session.store.waiting_of(self.document.id())?,
            meeting,
        })
    }

    /// How many percent of those who came have to agree, if the rulebook says so.
    fn threshold(&self, session: &Session) -> Result<Option<Sourced>, Fault> {
        let rulebook = session.rulebook(&self.review)?;
        Ok(rulebook.and_then(|rulebook| rulebook.procedure.meeting.percent.clone()))
    }

    /// Saves checked edits.
    pub(crate) fn save(
        &mut self,
        session: &mut Session,
        host: &impl Host,
        opened_on: Heads,
        edits: Vec<Edit>,
    ) -> Result<MeetingPage, Fault> {
        let author = session.author(host, None);
        save_all(session, &mut [self.saving(opened_on, edits)], &author)?;
        self.page(session)
    }

    fn saving(&mut self, opened_on: Heads, edits: Vec<Edit>) -> Saving<'_> {
        let first: Vec<RawChange> = if self.is_new {
            vec![Document::skeleton(Kind::Meeting, self.document.id())]
        } else {
            Vec::new()
        };
        Saving { document: &mut self.document, scope: self.village, first, opened_on, edits }
    }

    /// Refuses a field that a form does not write, or not any more.
    pub(crate) fn may_write(&self, session: &Session, field: &Field) -> Result<(), Fault> {
        match field {
            Field::Session(_, SessionKey::Concluded) => Err(ErrorCode::ReservedField.into()),
            // A session that was taken back by mistake can be put back.
            Field::Session(id, SessionKey::Removed) => match self.session(*id)? {
                held if held.concluded => Err(ErrorCode::SessionConcluded.into()),
                _ => Ok(()),
            },
            Field::Session(id, _) => self.open_session(*id).map(drop),
            Field::Vote(id, household, _) => {
                self.open_session(*id)?;
                let row = session.find(*household, Kind::Household)?;
                let own = row.is_some_and(|row| row.scope == self.village);
                if own { Ok(()) } else { Err(ErrorCode::UnknownHousehold.into()) }
            }
            Field::Attendance(id, person, _) => match self.open_session(*id)? {
                held if held.attendance.contains_key(person) => Ok(()),
                _ => Err(ErrorCode::UnknownPerson.into()),
            },
            _ => Err(ErrorCode::UnknownField.into()),
        }
    }

    fn session(&self, id: SessionId) -> Result<&MeetingSession, Fault> {
        self.meeting.sessions.get(&id).ok_or_else(|| ErrorCode::UnknownSession.into())
    }

    /// The session, if it can still be written to.
    pub(crate) fn open_session(&self, id: SessionId) -> Result<&MeetingSession, Fault> {
        match self.session(id)? {
            held if held.concluded => Err(ErrorCode::SessionConcluded.into()),
            held if held.removed => Err(ErrorCode::SessionRemoved.into()),
            held => Ok(held),
        }
    }

    /// The votes of a session, if every one of them decides.
    fn decided(&self, session: &Session, id: SessionId) -> Result<Vec<Tally>, Fault> {
        let held = self.open_session(id)?;
        let about = |code: ErrorCode, household: &HouseholdId| Fault::new(code).with("household", household);
        for conflict in self.document.conflicts() {
            match &conflict.field {
                Field::Vote(of, household, _) if *of == id => {
                    return Err(about(ErrorCode::ContestedVotes, household).at(&conflict.field));
                }
                _ => {}
            }
        }
        if held.attendees() == 0 {
            return Err(ErrorCode::NoAttendance.into());
        }
        let percent = self.threshold(session)?.map(|threshold| threshold.value);
        let tallies = self.meeting.tallies(id, percent);
        for tally in &tallies {
            match tally.verdict {
                Verdict::Agreed | Verdict::NotAgreed => {}
                Verdict::Impossible => return Err(about(ErrorCode::VotesOverAttendance, &tally.household)),
                Verdict::Open => return Err(about(ErrorCode::UndecidedVotes, &tally.household)),
            }
        }
        if tallies.is_empty() { Err(ErrorCode::NoVotes.into()) } else { Ok(tallies) }
    }

    /// Refuses a form that was opened before other records of the meeting came: what it shows is not what would be
    /// concluded.
    fn seen(&self, opened_on: &Heads) -> Result<(), Fault> {
        let unknown = |_| Fault::new(ErrorCode::UnknownHeads);
        let shown: Meeting = self.document.at(opened_on).map_err(unknown)?.meeting();
        if shown == self.meeting { Ok(()) } else { Err(ErrorCode::MeetingChanged.into()) }
    }

    /// The household with the step that its votes lead to.
    fn result(
        &self,
        session: &Session,
        host: &impl Host,
        tally: &Tally,
    ) -> Result<(DocumentRow, Document, Vec<Edit>), Fault> {
        let about = |fault: Fault| fault.with("household", tally.household);
        let (row, document) = household(session, tally.household).map_err(about)?;
        let assessed = assess(&document.household(), row.scope, &self.review, session.configuration()?);
        let state = assessed.ok_or(Fault::new(ErrorCode::UnknownRulebook))?.state;
        let name = if tally.verdict == Verdict::Agreed { "met" } else { "not_agreed" };
        if !allowed(state.stage, self.review.asks_opinion()).contains(&name) {
            let stage = serde_json::to_value(state.stage).unwrap_or_default();
            let fault = Fault::new(ErrorCode::StepNotPossible).with("step", name);
            return Err(about(fault.with("stage", stage.as_str().unwrap_or_default())));
        }
        let (_, edits) = step(session, host, self.review.id, &state.last, name)?;
        Ok((row, document, edits))
    }
}

/// Writes what came of a session to the households, and closes it.
pub(crate) fn conclude(
    session: &mut Session,
    host: &impl Host,
    mut sitting: Sitting,
    opened_on: &Heads,
    id: SessionId,
) -> Result<MeetingPage, Fault> {
    if session.configuration()?.is_sealed(sitting.village, sitting.review.id) {
        return Err(ErrorCode::ReviewSealed.into());
    }
    let (tallies, ended) = (sitting.decided(session, id)?, sitting.open_session(id)?.ended_at);
    sitting.seen(opened_on)?;
    let results = tallies.iter().map(|tally| sitting.result(session, host, tally));
    let mut results = results.collect::<Result<Vec<_>, Fault>>()?;
    let mut edits =
        vec![Edit { field: Field::Session(id, SessionKey::Concluded), value: Scalar::Bool(true) }];
    if ended.is_none() {
        edits.push(Edit { field: Field::Session(id, SessionKey::EndedAt), value: Scalar::Int(host.now()) });
    }
    let mut savings: Vec<Saving<'_>> = Vec::new();
    for (row, document, edits) in &mut results {
        let (opened_on, edits) = (document.heads(), std::mem::take(edits));
        savings.push(Saving { document, scope: row.scope, first: Vec::new(), opened_on, edits });
    }
    let heads = sitting.document.heads();
    savings.push(sitting.saving(heads, edits));
    let author = session.author(host, None);
    save_all(session, &mut savings, &author)?;
    drop(savings);
    sitting.page(session)
}
