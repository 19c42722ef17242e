//! Households: list, create, open, save, choose, history.

use domain::field::{ChoiceKey, Field, PlaceKey};
use domain::household::Household;
use domain::id::{ChoiceId, DocumentId, MemberId};
use domain::review::Progress;
use domain::scalar::Scalar;
use records::{Document, Edit, Kind};
use store::HouseholdQuery;

use crate::app::App;
use crate::edits::{Ground, check, head_texts, heads, parse};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::page::{event, household, household_page};
use crate::saving::{own_scope, save as keep, visit};
use crate::session::{Session, random_id};
use crate::verbs::duplicate::refuse_twice;
use crate::wire::household::{
    History, HouseholdCreate, HouseholdCreated, HouseholdHistory, HouseholdList, HouseholdOpen,
    HouseholdPage, HouseholdResolve, HouseholdRow, HouseholdSave, ListQuery, ListState,
};

/// Rows of one page of the list.
pub const LIST_ROWS_MAX: u32 = 500;
/// Members of a new household.
pub const NEW_MEMBERS_MAX: usize = 50;

/// One page of the households that match.
pub(crate) fn list<H: Host>(app: &App<H>, query: ListQuery) -> Result<HouseholdList, Fault> {
    if query.limit > LIST_ROWS_MAX {
        return Err(Fault::new(ErrorCode::OverLimit).at("limit").with("limit", LIST_ROWS_MAX));
    }
    app.with(|session| {
        let review = session.review(query.review)?.map(|review| review.id);
        let progress = match query.state {
            Some(ListState::NotStarted) => Some(Progress::NotStarted),
            Some(ListState::InProgress) => Some(Progress::InProgress),
            Some(ListState::Returned) => Some(Progress::Returned),
            Some(ListState::Done) => Some(Progress::Done),
            Some(ListState::Waiting) | None => None,
        };
        let (total, rows) = session.store.list(&HouseholdQuery {
            search: query.search.unwrap_or_default(),
            review,
            progress,
            waiting_only: query.state == Some(ListState::Waiting),
            conflicts_only: query.conflicts_only,
            village: query.village,
            stage: query.stage,
            offset: query.offset,
            limit: query.limit,
        })?;
        Ok(HouseholdList { total, rows: rows.into_iter().map(row).collect() })
    })
}

fn row(row: store::HouseholdRow) -> HouseholdRow {
    HouseholdRow {
        id: row.id,
        name: row.name,
        address: row.address,
        village: row.village,
        members: row.members,
        progress: row.progress,
        stage: row.stage,
        class: row.class,
        possible: row.possible,
        waiting: row.waiting,
        conflicts: row.conflicts,
    }
}

/// A new household with its members.
pub(crate) fn create<H: Host>(app: &App<H>, form: HouseholdCreate) -> Result<HouseholdCreated, Fault> {
    if form.members.is_empty() {
        return Err(Fault::new(ErrorCode::Empty).at("members"));
    }
    if form.members.len() > NEW_MEMBERS_MAX {
        return Err(Fault::new(ErrorCode::OverLimit).at("members").with("limit", NEW_MEMBERS_MAX));
    }
    let host = app.host();
    app.with(|session| {
        own_scope(session, form.village, ErrorCode::UnknownVillage)?;
        let id = DocumentId(random_id(host));
        let mut document = Document::create(Kind::Household, id);
        let mut grown = document.household();
        let (ids, edits) = first_edits(host, &form, &mut grown);
        let edits = check(edits, &ground(session, host, &grown)?);
        let edits = edits.map_err(|fault| fault.renamed(|field| by_place(field, &ids)))?;
        for (place, member) in form.members.iter().enumerate() {
            refuse_twice(session, form.village, id, member)
                .map_err(|fault| fault.renamed(|field| format!("members/{place}/{field}")))?;
        }
        let author = session.author(host, None);
        let (first, opened_on) = (vec![Document::skeleton(Kind::Household, id)], document.heads());
        keep(session, &mut document, first, form.village, (&opened_on, &edits, &author))?;
        Ok(HouseholdCreated { id, heads: head_texts(&document.heads()) })
    })
}

/// The edits that fill a new household; its members are noted in `grown`.
fn first_edits(
    host: &impl Host,
    form: &HouseholdCreate,
    grown: &mut Household,
) -> (Vec<MemberId>, Vec<Edit>) {
    let place = form.place.iter().flat_map(|place| place.fields());
    let mut edits: Vec<Edit> =
        place.map(|(key, value): (PlaceKey, _)| Edit { field: Field::Place(key), value }).collect();
    edits.extend(form.came_why.clone().map(|value| Edit { field: Field::CameWhy, value }));
    let ids: Vec<MemberId> = form.members.iter().map(|_| MemberId(random_id(host))).collect();
    for (order, (id, member)) in (0..).zip(ids.iter().zip(&form.members)) {
        grown.members.insert(*id, Default::default());
        edits.extend(member.edits(*id, order));
    }
    let head = form.members.iter().position(|member| member.head == Some(true)).unwrap_or(0);
    edits.extend(ids.get(head).map(|id| Edit { field: Field::Head, value: Scalar::text(id.to_string()) }));
    (ids, edits)
}

/// The field of a new household as its form knows it: members by their place on it, `members/0/name`.
fn by_place(field: &str, ids: &[MemberId]) -> String {
    let numbered = ids.iter().enumerate().map(|(place, id)| (place.to_string(), id.to_string()));
    numbered.fold(field.to_owned(), |field, (place, id)| field.replace(&id, &place))
}

/// The field of a new entry as its form knows it: `name`.
pub(crate) fn last_word(field: &str) -> String {
    field.rsplit('/').next().unwrap_or(field).to_owned()
}

/// What the values of a household's form are checked against.
pub(crate) fn ground<'a>(
    session: &'a Session,
    host: &impl Host,
    household: &'a Household,
) -> Result<Ground<'a>, Fault> {
    Ok(Ground { configuration: session.configuration()?, today: host.today(), household })
}

/// The page of a household.
pub(crate) fn open<H: Host>(app: &App<H>, form: HouseholdOpen) -> Result<HouseholdPage, Fault> {
    app.with(|session| {
        let (row, document) = household(session, form.id)?;
        household_page(session, &row, &document, form.review)
    })
}

/// Saves a section of the form, all of it or nothing.
pub(crate) fn save<H: Host>(app: &App<H>, form: HouseholdSave) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    app.with(|session| {
        let (row, mut document) = household(session, form.id)?;
        let opened_on = heads(&form.heads)?;
        let standing = document.household();
        let mut edits = check(parse(&form.edits)?, &ground(session, host, &standing)?)?;
        let review = edits.iter().find_map(|edit| edit.field.review());
        let mut visited = None;
        if form.visit {
            let review = session.review(review)?.ok_or_else(|| Fault::new(ErrorCode::NoReview))?.id;
            let (id, more) = visit(session, host, review)?;
            visited = Some(id);
            edits.extend(more);
        }
        let author = session.author(host, visited);
        keep(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, review)
    })
}

/// Chooses between contradicting values; the choice is recorded with the value, in the same change.
pub(crate) fn resolve<H: Host>(app: &App<H>, form: HouseholdResolve) -> Result<HouseholdPage, Fault> {
    let host = app.host();
    let unknown = || Fault::new(ErrorCode::UnknownField).at(&form.field);
    let field: Field = form.field.parse().map_err(|_| unknown())?;
    app.with(|session| {
        let (row, mut document) = household(session, form.id)?;
        let told = contradiction(&document, &field)?;
        let chosen = told.iter().find(|told| hex::encode(told.hash) == form.chosen);
        let chosen = chosen.ok_or_else(|| Fault::new(ErrorCode::UnknownChoice).at(&field))?;
        let over = told.iter().filter(|told| told.hash != chosen.hash).map(|told| hex::encode(told.hash));
        let over: Vec<String> = over.collect();
        let mut edits = vec![Edit { field: field.clone(), value: chosen.value.clone() }];
        edits.extend(choice(session, host, &field, (&form, &over))?);
        let (author, opened_on) = (session.author(host, None), document.heads());
        keep(session, &mut document, Vec::new(), row.scope, (&opened_on, &edits, &author))?;
        household_page(session, &row, &document, field.review())
    })
}

/// Every value that stands or was covered in a field that people contradict each other on.
fn contradiction(document: &Document, field: &Field) -> Result<Vec<records::Told>, Fault> {
    let conflicts = document.conflicts().into_iter().filter(|conflict| conflict.field == *field);
    let mut told: Vec<records::Told> = Vec::new();
    for value in conflicts.flat_map(|conflict| conflict.values) {
        if told.iter().all(|known| known.hash != value.hash) {
            told.push(value);
        }
    }
    if told.is_empty() { Err(Fault::new(ErrorCode::NoConflict).at(field)) } else { Ok(told) }
}

/// The record of a choice. A choice about a field of no review belongs to the open one.
fn choice(
    session: &Session,
    host: &impl Host,
    field: &Field,
    (form, over): (&HouseholdResolve, &[String]),
) -> Result<Vec<Edit>, Fault> {
    let review = session.review(field.review())?.ok_or_else(|| Fault::new(ErrorCode::NoReview))?.id;
    let id = ChoiceId(random_id(host));
    let mut values = vec![
        (ChoiceKey::Field, Scalar::text(field.to_string())),
        (ChoiceKey::Chosen, Scalar::text(&form.chosen)),
        (ChoiceKey::Over, Scalar::text(over.join(","))),
        (ChoiceKey::By, Scalar::text(session.user()?.id.to_string())),
        (ChoiceKey::At, Scalar::Int(host.now())),
    ];
    values.extend(form.why.as_deref().map(|why| (ChoiceKey::Why, Scalar::text(why))));
    let edits = values.into_iter().map(|(key, value)| {
        let field = Field::Choice(review, id, key);
        let named = if key == ChoiceKey::Why { "why".to_owned() } else { field.to_string() };
        let value = domain::entry::check(&field, &value, Some(host.today()));
        Ok(Edit { value: value.map_err(|invalid| Fault::from(invalid).at(named))?, field })
    });
    edits.collect()
}

/// Who changed what, and when; newest first.
pub(crate) fn history<H: Host>(app: &App<H>, form: HouseholdHistory) -> Result<History, Fault> {
    app.with(|session| {
        let (_, document) = household(session, form.id)?;
        let events = document.history().into_iter().map(|one| event(session, one));
        Ok(History { events: events.collect::<Result<_, _>>()? })
    })
}
