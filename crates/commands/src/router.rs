//! The table of methods: name, parameters, answer. Everything that speaks of methods is made from it.
//!
//! **Invariant:** parameters with unknown keys are refused: a misspelt one is never silently without effect.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::verbs::{
    app, bundle, card, config, conflict, draft, duplicate, earlier, home, household, kinship, meeting,
    meeting_minutes, member, merging, photo, procedure, programme, refused, support, sync, verify,
};

/// Calls `$then!` with one row for each method: name, function, parameters, answer.
macro_rules! with_methods {
    ($then:ident) => {
        $then! {
            "app.status" => app::status(Nothing) -> AppStatus;
            "app.enrol" => app::enrol(AppEnrol) -> AppStatus;
            "app.unlock" => app::unlock(AppUnlock) -> AppStatus;
            "app.lock" => app::lock(Nothing) -> AppStatus;
            "app.verify" => verify::verify(Nothing) -> Verified;
            "config.get" => config::get(Nothing) -> Config;
            "home.summary" => home::summary(HomeQuery) -> HomeSummary;
            "household.list" => household::list(ListQuery) -> HouseholdList;
            "household.create" => household::create(HouseholdCreate) -> HouseholdCreated;
            "household.open" => household::open(HouseholdOpen) -> HouseholdPage;
            "household.save" => household::save(HouseholdSave) -> HouseholdPage;
            "household.resolve" => household::resolve(HouseholdResolve) -> HouseholdPage;
            "household.confirm" => earlier::confirm(HouseholdConfirm) -> HouseholdPage;
            "household.duplicates" => duplicate::list(DuplicateQuery) -> DuplicateList;
            "household.split" => kinship::split(HouseholdSplit) -> HouseholdCreated;
            "household.remove" => kinship::remove(HouseholdRemove) -> HouseholdPage;
            "household.restore" => kinship::restore(HouseholdRestore) -> HouseholdPage;
            "household.merging" => merging::preview(MergingQuery) -> Merging;
            "household.merge" => merging::merge(HouseholdMerge) -> HouseholdPage;
            "household.unmerge" => merging::unmerge(HouseholdUnmerge) -> HouseholdPage;
            "household.history" => household::history(HouseholdHistory) -> History;
            "member.add" => member::add(MemberAdd) -> HouseholdPage;
            "member.leave" => kinship::leave(MemberLeave) -> HouseholdPage;
            "card.read" => card::read(CardRead) -> CitizenCard;
            "card.scan" => card::scan(CardScan) -> CitizenCard;
            "support.add" => support::add(SupportAdd) -> HouseholdPage;
            "photo.add" => photo::add(PhotoAdd) -> HouseholdPage;
            "photo.get" => photo::get(PhotoQuery) -> PhotoFile;
            "photo.remove" => photo::remove(PhotoRemove) -> HouseholdPage;
            "conflict.list" => conflict::list(ConflictQuery) -> ConflictList;
            "draft.keep" => draft::keep(DraftKeep) -> Nothing;
            "draft.get" => draft::get(DraftKey) -> DraftFound;
            "draft.drop" => draft::drop(DraftKey) -> Nothing;
            "draft.list" => draft::list(Nothing) -> DraftList;
            "meeting.minutes" => meeting_minutes::minutes(MeetingMinutes) -> MinutesFile;
            "meeting.open" => meeting::open(MeetingOpen) -> MeetingPage;
            "meeting.save" => meeting::save(MeetingSave) -> MeetingPage;
            "meeting.session" => meeting::session(MeetingSession) -> MeetingPage;
            "meeting.person" => meeting::person(MeetingPerson) -> MeetingPage;
            "meeting.conclude" => meeting::conclude(MeetingConclude) -> MeetingPage;
            "procedure.take" => procedure::take(StepTake) -> StepsTaken;
            "procedure.stages" => procedure::stages(StageQuery) -> StageCounts;
            "comment.add" => procedure::comment(CommentAdd) -> HouseholdPage;
            "comment.done" => procedure::done(CommentDone) -> HouseholdPage;
            "programme.open" => programme::open(ProgrammeOpen) -> ProgrammePage;
            "programme.save" => programme::save(ProgrammeSave) -> ProgrammePage;
            "sync.run" => sync::run(Nothing) -> SyncReport;
            "sync.log" => sync::log(Nothing) -> SyncLog;
            "bundle.export" => bundle::export(BundleExport) -> BundleFile;
            "bundle.import" => bundle::import(BundleImport) -> BundleReport;
            "refused.list" => refused::list(Nothing) -> RefusedList;
        }
    };
}

pub(crate) use with_methods;

macro_rules! dispatch {
    ($($name:literal => $module:ident :: $verb:ident ($params:ty) -> $answer:ty;)+) => {
        /// Finds the function of a method and calls it.
        pub(crate) fn call<H: Host>(app: &App<H>, method: &str, params: Value) -> Result<Value, Fault> {
            match method {
                $($name => answer($module::$verb(app, read(params)?)?),)+
                _ => Err(ErrorCode::UnknownMethod.into()),
            }
        }
    };
}
with_methods!(dispatch);

/// Reads parameters. Absent ones are an empty object. The reason says where, never what was sent.
fn read<P: DeserializeOwned>(params: Value) -> Result<P, Fault> {
    let params = if params.is_null() { Value::Object(serde_json::Map::new()) } else { params };
    serde_json::from_value(params).map_err(|error| {
        let reason = match error.classify() {
            serde_json::error::Category::Data => "params",
            _ => "json",
        };
        Fault::new(ErrorCode::MalformedRequest).with("reason", reason)
    })
}

fn answer(answer: impl Serialize) -> Result<Value, Fault> {
    serde_json::to_value(answer).map_err(|_| ErrorCode::Internal.into())
}
