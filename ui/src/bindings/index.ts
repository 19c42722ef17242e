// Generated from the structs of crates/commands; do not edit.
// To write it anew: RASOAT_WRITE_BINDINGS=1 cargo nextest run -p commands bindings

/**
 * Parameters of `app.enrol`.
 */
export type AppEnrol = { 
/**
 * Address of the town's server: `https://…`.
 */
server: string, 
/**
 * The one-time code from the office.
 */
code: string, 
/**
 * Six digits or more; never leaves the device.
 */
pin: string, 
/**
 * What the person calls the device.
 */
device_name: string, };

/**
 * Answer of `app.status`, `app.enrol`, `app.unlock`, `app.lock`.
 */
export type AppStatus = { 
/**
 * What can be done now.
 */
phase: Phase, 
/**
 * Whose device this is, once unlocked.
 */
user: string | null, 
/**
 * The person's name, once unlocked.
 */
user_name: string | null, 
/**
 * What the person called the device.
 */
device_name: string | null, 
/**
 * Address of the town's server.
 */
server: string | null, 
/**
 * Version of the program.
 */
version: string, };

/**
 * Parameters of `app.unlock`.
 */
export type AppUnlock = { 
/**
 * The PIN chosen at enrolment.
 */
pin: string, };

/**
 * Which of the two income lines and score thresholds holds.
 */
export type Area = "rural" | "urban";

/**
 * Whom a policy's support goes to.
 */
export type Beneficiary = "household" | "member";

/**
 * A person's choice between contradicting values of a field.
 */
export type Choice = { 
/**
 * The field's path.
 */
field: string | null, 
/**
 * Hash of the change whose value was chosen, hex.
 */
chosen: string | null, 
/**
 * Hashes of the changes whose values were set aside, comma-separated hex.
 */
over: string | null, 
/**
 * Why, in words.
 */
why: string | null, 
/**
 * Who chose.
 */
by: string | null, 
/**
 * When: a claim.
 */
at: number | null, };

/**
 * A comment on a question.
 */
export type Comment = { 
/**
 * The question's id.
 */
question: string | null, 
/**
 * What was said.
 */
text: string | null, 
/**
 * By whom.
 */
by: string | null, 
/**
 * When: a claim.
 */
at: number | null, 
/**
 * Dealt with.
 */
done: boolean, };

/**
 * Answer of `config.get`.
 */
export type Config = { 
/**
 * Version of the configuration.
 */
version: number, 
/**
 * The unit that the server belongs to.
 */
town: string, 
/**
 * The person whose device this is.
 */
user: User, 
/**
 * Units of the person's scopes and those above them.
 */
units: Array<Unit>, 
/**
 * People whose names may stand beside an edit.
 */
users: Array<User>, 
/**
 * Reviews, oldest first.
 */
reviews: Array<Review>, 
/**
 * The review that is open.
 */
current_review: string | null, 
/**
 * The policy registry.
 */
policies: Array<Policy>, };

/**
 * Contradicting values of one field.
 */
export type Conflict = { 
/**
 * The field's path.
 */
field: string, 
/**
 * How it came about.
 */
kind: ConflictKind, 
/**
 * The values; the one that counts until someone chooses is the first.
 */
values: Array<Told>, };

/**
 * How values came to contradict each other.
 */
export type ConflictKind = "concurrent" | "covered";

/**
 * Every reason that the app gives. Consumers match on the text; it never changes.
 */
export type ErrorCode = "malformed_request" | "unknown_method" | "not_enrolled" | "already_enrolled" | "locked" | "wrong_pin" | "weak_pin" | "invalid_server" | "unknown_code" | "used_code" | "wrong_key" | "newer_database" | "storage_failed" | "file_failed" | "damaged_enrolment" | "damaged_record" | "damaged_configuration" | "unknown_rulebook" | "invalid_id" | "unknown_field" | "wrong_type" | "too_long" | "empty" | "invalid_date" | "invalid_citizen_id" | "negative_amount" | "out_of_range" | "unknown_option" | "unknown_question" | "unknown_policy" | "invalid_ethnicity" | "unknown_household" | "unknown_village" | "unknown_unit" | "unknown_review" | "no_review" | "unknown_member" | "unknown_heads" | "no_conflict" | "unknown_choice" | "reserved_field" | "not_permitted" | "over_limit" | "unreachable" | "sync_running" | "revoked" | "too_many_requests" | "old_version" | "damaged_body" | "body_too_large" | "server_failed" | "damaged_answer" | "server_refused" | "log_hole" | "other_epoch" | "internal";

/**
 * A command that was not done.
 */
export type Fault = { 
/**
 * Why.
 */
code: ErrorCode, 
/**
 * Whether the person can do something about it.
 */
severity: Severity, 
/**
 * The field that it is about.
 */
field: string | null, 
/**
 * What the words speak of.
 */
params: { [key in string]: string }, };

/**
 * A new value of one field.
 */
export type FieldEdit = { 
/**
 * The field's path: `members/<id>/name`.
 */
field: string, 
/**
 * The value; null clears the field.
 */
value: Scalar, };

/**
 * Answer of `household.history`.
 */
export type History = { 
/**
 * Newest first.
 */
events: Array<HistoryEvent>, };

/**
 * One field of a change in the history.
 */
export type HistoryEdit = { 
/**
 * The field's path.
 */
field: string, 
/**
 * What it became.
 */
value: Scalar, 
/**
 * What it was for the person who changed it; null if it was absent.
 */
before: Scalar | null, };

/**
 * A change in the history: who changed what, and when.
 */
export type HistoryEvent = { 
/**
 * Hash of the change, hex.
 */
hash: string, 
/**
 * When, seconds since 1970: a claim of their device.
 */
at: number, 
/**
 * Who, if known.
 */
user: string | null, 
/**
 * Their name, if known.
 */
by: string | null, 
/**
 * On which visit.
 */
visit: string | null, 
/**
 * What was changed.
 */
edits: Array<HistoryEdit>, 
/**
 * The server has it.
 */
sent: boolean, };

/**
 * Parameters of `home.summary`.
 */
export type HomeQuery = { 
/**
 * The review to count for; the open one if absent.
 */
review?: string, };

/**
 * Answer of `home.summary`.
 */
export type HomeSummary = { 
/**
 * The review that was counted for.
 */
review: string | null, 
/**
 * Households by state.
 */
counts: StateCounts, 
/**
 * The sync pill.
 */
sync: SyncState, 
/**
 * Households with contradicting values.
 */
conflicts: number, };

/**
 * A household.
 */
export type Household = { 
/**
 * The document's id.
 */
id: string, 
/**
 * Where it lives.
 */
place: Place, 
/**
 * The member who is its head.
 */
head: string | null, 
/**
 * Everyone who is or was in it.
 */
members: Record<string, Member>, 
/**
 * What each review observed.
 */
reviews: Record<string, ReviewRecord>, 
/**
 * Supports received, removed ones included.
 */
supports: Record<string, Support>, 
/**
 * Photos, removed ones included.
 */
photos: Record<string, Photo>, 
/**
 * Someone took the household out of the review's lists.
 */
removed: boolean, 
/**
 * Coded: `moved_out`, `died`, `split`, `merged`, `mistake`.
 */
removed_why: string | null, 
/**
 * The household that it was merged into.
 */
merged_into: string | null, };

/**
 * Parameters of `household.create`.
 */
export type HouseholdCreate = { 
/**
 * The village it is in.
 */
village: string, 
/**
 * Where it lives.
 */
place?: NewPlace, 
/**
 * Its members, in the order of the form; the first is its head unless another says so.
 */
members: Array<NewMember>, };

/**
 * Answer of `household.create`.
 */
export type HouseholdCreated = { 
/**
 * The new household.
 */
id: string, 
/**
 * Its heads.
 */
heads: Array<string>, };

/**
 * Parameters of `household.history`.
 */
export type HouseholdHistory = { 
/**
 * The household.
 */
id: string, };

/**
 * Answer of `household.list`.
 */
export type HouseholdList = { 
/**
 * Households that match.
 */
total: number, 
/**
 * The page that was asked for, in order of name.
 */
rows: Array<HouseholdRow>, };

/**
 * Parameters of `household.open`.
 */
export type HouseholdOpen = { 
/**
 * The household.
 */
id: string, 
/**
 * The review to look at; the open one if absent.
 */
review?: string, };

/**
 * Answer of everything that shows or changes a household.
 */
export type HouseholdPage = { 
/**
 * The household.
 */
id: string, 
/**
 * To be sent back with a save.
 */
heads: Array<string>, 
/**
 * The village it is in.
 */
village: string, 
/**
 * As it stands.
 */
household: Household, 
/**
 * The review that is looked at.
 */
review: string | null, 
/**
 * How far its survey is.
 */
progress: Progress, 
/**
 * Contradicting values.
 */
conflicts: Array<Conflict>, 
/**
 * Its changes that the server has not acknowledged.
 */
waiting: number, 
/**
 * Its changes that the server refused.
 */
set_aside: number, };

/**
 * Parameters of `household.resolve`.
 */
export type HouseholdResolve = { 
/**
 * The household.
 */
id: string, 
/**
 * The field with contradicting values.
 */
field: string, 
/**
 * Hash of the change whose value is chosen, hex.
 */
chosen: string, 
/**
 * Why, in words.
 */
why?: string, };

/**
 * A row of the list.
 */
export type HouseholdRow = { 
/**
 * The household.
 */
id: string, 
/**
 * What people call it: its head's name.
 */
name: string | null, 
/**
 * House number, lane.
 */
address: string | null, 
/**
 * The village it is in.
 */
village: string, 
/**
 * Members who live in it.
 */
members: number, 
/**
 * How far its survey is.
 */
progress: Progress, 
/**
 * Its changes that the server has not acknowledged.
 */
waiting: number, 
/**
 * Its fields with contradicting values.
 */
conflicts: number, };

/**
 * Parameters of `household.save`.
 */
export type HouseholdSave = { 
/**
 * The household.
 */
id: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * Touched fields only.
 */
edits: Array<FieldEdit>, 
/**
 * Record a visit of the current review with this save.
 */
visit?: boolean, };

/**
 * An indicator: a value with its source and date. Who entered it is in the document's history.
 */
export type IndicatorEntry = { 
/**
 * A whole number, or a decimal as text with a point: `"99.9"`.
 */
value: Scalar | null, 
/**
 * The register or paper that it was read from.
 */
source: string | null, 
/**
 * The day it holds for, `YYYY-MM-DD`.
 */
date: string | null, };

/**
 * Parameters of `household.list`.
 */
export type ListQuery = { 
/**
 * Part of a name, address, code or citizen id; marks and đ do not matter.
 */
search?: string, 
/**
 * Only those in this state.
 */
state?: ListState, 
/**
 * Only those of this village.
 */
village?: string, 
/**
 * Only those with contradicting values.
 */
conflicts_only?: boolean, 
/**
 * The review whose state is meant; the open one if absent.
 */
review?: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Which households to list by state.
 */
export type ListState = "not_started" | "in_progress" | "returned" | "done" | "waiting";

/**
 * Who a member is.
 */
export type Member = { 
/**
 * Full name.
 */
name: string | null, 
/**
 * `male` or `female`.
 */
sex: string | null, 
/**
 * `YYYY[-MM[-DD]]`.
 */
born: string | null, 
/**
 * 12 digits.
 */
citizen_id: string | null, 
/**
 * `tctk1979:NN`.
 */
ethnicity: string | null, 
/**
 * Coded relation to the head: `head`, `spouse`, `child`, `parent`, `sibling`, `grandchild`, `grandparent`, `other`.
 */
relation: string | null, 
/**
 * A person with merit (người có công).
 */
merit: boolean, 
/**
 * No longer in the household.
 */
left: boolean, 
/**
 * Coded: `moved_out`, `died`, `split`, `mistake`.
 */
left_why: string | null, 
/**
 * The day, `YYYY[-MM[-DD]]`.
 */
left_on: string | null, 
/**
 * Place on the form.
 */
order: number, 
/**
 * The member of another household that this one was copied from.
 */
origin: string | null, };

/**
 * Parameters of `member.add`.
 */
export type MemberAdd = { 
/**
 * The household.
 */
household: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The member.
 */
member: NewMember, };

/**
 * A new member, as on the form.
 */
export type NewMember = { name?: Scalar, sex?: Scalar, born?: Scalar, citizen_id?: Scalar, ethnicity?: Scalar, relation?: Scalar, merit?: Scalar, 
/**
 * Place on the form; after the others if absent.
 */
order?: Scalar, origin?: Scalar, 
/**
 * This member is the household's head.
 */
head?: boolean, };

/**
 * Where a new household lives.
 */
export type NewPlace = { address?: Scalar, lat?: Scalar, lng?: Scalar, accuracy_m?: Scalar, phone?: Scalar, code?: Scalar, };

/**
 * A new support, as on the form.
 */
export type NewSupport = { policy?: Scalar, period?: Scalar, purpose?: Scalar, amount_dong?: Scalar, date?: Scalar, decision?: Scalar, member?: Scalar, source?: Scalar, };

/**
 * No parameters, or no answer.
 */
export type Nothing = Record<symbol, never>;

/**
 * What the app can do at this moment.
 */
export type Phase = "unenrolled" | "locked" | "open";

/**
 * A photo's description; its bytes travel outside the document.
 */
export type Photo = { 
/**
 * Of the bytes, hex.
 */
sha256: string | null, 
/**
 * Size.
 */
bytes: number | null, 
/**
 * What it shows, coded.
 */
kind: string | null, 
/**
 * When: a claim.
 */
taken_at: number | null, 
/**
 * The review it belongs to.
 */
review: string | null, 
/**
 * Taken back.
 */
removed: boolean, };

/**
 * Where a household lives. Which village that is, is owned by the server.
 */
export type Place = { 
/**
 * House number, lane.
 */
address: string | null, 
/**
 * Degrees × 10⁷, north.
 */
lat: number | null, 
/**
 * Degrees × 10⁷, east.
 */
lng: number | null, 
/**
 * Metres.
 */
accuracy_m: number | null, 
/**
 * Telephone number.
 */
phone: string | null, 
/**
 * The household's code on paper lists.
 */
code: string | null, };

/**
 * A policy.
 */
export type Policy = { 
/**
 * The key in documents; fixed for ever.
 */
id: string, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, 
/**
 * The legal basis, as cited.
 */
legal: string, 
/**
 * Whom it goes to.
 */
beneficiary: Beneficiary, 
/**
 * `housing`, `loan`, `health`, `education`, `water`, `latrine`, `information`, `social`, `cremation`, `electricity`.
 */
group: string, 
/**
 * The amount of one grant where it is fixed, in đồng.
 */
fixed_amount_dong: number | null, 
/**
 * How sure the facts are: `verified`, `secondary`, `inferred`, `recall`, `not_found`.
 */
status: string, 
/**
 * Where they were read.
 */
source: string, };

/**
 * Something that did not go as it should; nothing was lost.
 */
export type Problem = { 
/**
 * Words in the catalogue.
 */
code: string, 
/**
 * What the words speak of.
 */
params: { [key in string]: string }, };

/**
 * The programme document of one unit and year, as read.
 */
export type Programme = { 
/**
 * Derived from the unit and the year.
 */
id: string, 
/**
 * Tasks by id.
 */
tasks: { [key in string]: Task }, 
/**
 * Indicators by id.
 */
indicators: { [key in string]: IndicatorEntry }, };

/**
 * Parameters of `programme.open`.
 */
export type ProgrammeOpen = { 
/**
 * The unit.
 */
unit: string, 
/**
 * The year.
 */
year: number, };

/**
 * Answer of `programme.open` and `programme.save`.
 */
export type ProgrammePage = { 
/**
 * The document's id.
 */
id: string, 
/**
 * The unit.
 */
unit: string, 
/**
 * The year.
 */
year: number, 
/**
 * To be sent back with a save.
 */
heads: Array<string>, 
/**
 * As it stands.
 */
programme: Programme, 
/**
 * Contradicting values.
 */
conflicts: Array<Conflict>, 
/**
 * Its changes that the server has not acknowledged.
 */
waiting: number, };

/**
 * Parameters of `programme.save`.
 */
export type ProgrammeSave = { 
/**
 * The unit.
 */
unit: string, 
/**
 * The year.
 */
year: number, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * Touched fields only.
 */
edits: Array<FieldEdit>, };

/**
 * How far the survey of one household has come.
 */
export type Progress = "not_started" | "in_progress" | "returned" | "done";

/**
 * Answer of `refused.list`.
 */
export type RefusedList = { 
/**
 * Newest first.
 */
rows: Array<RefusedRow>, };

/**
 * A change that the server refused.
 */
export type RefusedRow = { 
/**
 * Hash of the change, hex.
 */
hash: string, 
/**
 * The document it was for.
 */
document: string, 
/**
 * What people call the household, if it is one.
 */
name: string | null, 
/**
 * Why, coded by the server.
 */
code: string, 
/**
 * When it was refused, seconds since 1970 by the device's clock.
 */
at: number, 
/**
 * What it would have written.
 */
edits: Array<FieldEdit>, };

/**
 * A review. It pins its rulebook by id and hash; classes are computed with the pinned one.
 */
export type Review = { 
/**
 * Stable.
 */
id: string, 
/**
 * The year of the survey.
 */
year: number, 
/**
 * Which kind.
 */
kind: ReviewKind, 
/**
 * What people call it: "Rà soát định kỳ năm 2016".
 */
name: string, 
/**
 * The rulebook's id.
 */
rulebook: string, 
/**
 * The rulebook's SHA-256, hex.
 */
rulebook_hash: string, 
/**
 * The day at which ages are computed, `YYYY-MM-DD`.
 */
as_of: string, 
/**
 * First day, `YYYY-MM-DD`.
 */
opened_on: string, 
/**
 * Last day for the villages.
 */
deadline: string | null, 
/**
 * The year in which its list takes effect.
 */
list_year: number, };

/**
 * Yearly, or on request during the year.
 */
export type ReviewKind = "periodic" | "ad_hoc";

/**
 * What one review observed of a household.
 */
export type ReviewRecord = { 
/**
 * Answers; a cleared one is absent.
 */
answers: Record<string, Scalar>, 
/**
 * The B1 total as entered from the paper form, in points.
 */
b1_entered: number | null, 
/**
 * Visits.
 */
visits: Record<string, Visit>, 
/**
 * Steps of the procedure.
 */
steps: Record<string, Step>, 
/**
 * Comments.
 */
comments: Record<string, Comment>, 
/**
 * Choices between contradicting values.
 */
choices: Record<string, Choice>, };

/**
 * What a user is for.
 */
export type Role = "collector" | "commune_officer" | "office" | "viewer";

/**
 * One value of one field. `Null` is a value that someone cleared; a field that was never written is absent.
 */
export type Scalar = null | boolean | number | string;

/**
 * Whether the person can do something about it.
 */
export type Severity = "refused" | "broken";

/**
 * Households by state.
 */
export type StateCounts = { 
/**
 * Chưa rà soát.
 */
not_started: number, 
/**
 * Đang làm.
 */
in_progress: number, 
/**
 * Bị trả lại.
 */
returned: number, 
/**
 * Xong.
 */
done: number, 
/**
 * Chờ gửi: households with edits that the server has not acknowledged, whatever their state.
 */
waiting: number, };

/**
 * A step of the procedure.
 */
export type Step = { 
/**
 * Which one.
 */
step: string | null, 
/**
 * Who took it.
 */
by: string | null, 
/**
 * When: a claim.
 */
at: number | null, 
/**
 * Why, in words.
 */
why: string | null, 
/**
 * The steps that its author had seen, comma-separated ids.
 */
after: string | null, };

/**
 * A support that the household or one of its members received.
 */
export type Support = { 
/**
 * The policy's id in the registry.
 */
policy: string | null, 
/**
 * The period it is for: `2017`, `2017-Q1`.
 */
period: string | null, 
/**
 * What for, in words or coded by the policy.
 */
purpose: string | null, 
/**
 * Integer đồng.
 */
amount_dong: number | null, 
/**
 * The day, `YYYY[-MM[-DD]]`.
 */
date: string | null, 
/**
 * Number of the decision.
 */
decision: string | null, 
/**
 * The member it went to, if to one.
 */
member: string | null, 
/**
 * Where it was read from.
 */
source: string | null, 
/**
 * Taken back.
 */
removed: boolean, };

/**
 * Parameters of `support.add`.
 */
export type SupportAdd = { 
/**
 * The household.
 */
household: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The support.
 */
support: NewSupport, };

/**
 * A line of the sync log, to be read out on the telephone.
 */
export type SyncLine = { 
/**
 * Seconds since 1970 by the device's clock.
 */
at: number, 
/**
 * Words in the catalogue.
 */
code: string, 
/**
 * What the words speak of.
 */
params: { [key in string]: string }, };

/**
 * Answer of `sync.log`.
 */
export type SyncLog = { 
/**
 * Newest first.
 */
lines: Array<SyncLine>, };

/**
 * Answer of `sync.run`.
 */
export type SyncReport = { 
/**
 * Changes sent.
 */
pushed: number, 
/**
 * Of them: stored by the server now.
 */
stored: number, 
/**
 * Of them: known to the server before.
 */
already: number, 
/**
 * Of them: taken as proposals, because the list is closed or the household moved.
 */
proposals: number, 
/**
 * Of them: refused and set aside.
 */
refused: number, 
/**
 * Entries received.
 */
pulled: number, 
/**
 * Requests made.
 */
rounds: number, 
/**
 * The server and the device agreed at the end.
 */
complete: boolean, 
/**
 * What went wrong.
 */
problems: Array<Problem>, };

/**
 * How far this device is behind the server.
 */
export type SyncState = { 
/**
 * When everything was last in step, seconds since 1970 by the server's clock.
 */
last_success: number | null, 
/**
 * Changes that the server has not acknowledged.
 */
waiting: number, 
/**
 * When the oldest of them was made, seconds since 1970 by the device's clock.
 */
oldest_unsent: number | null, 
/**
 * Changes that the server refused.
 */
set_aside: number, 
/**
 * A sync is under way.
 */
running: boolean, };

/**
 * State of a task.
 */
export type Task = { 
/**
 * `not_started`, `in_progress` or `done`.
 */
status: string | null, 
/**
 * What came out of it, in words.
 */
result: string | null, };

/**
 * A value and who told it.
 */
export type Told = { 
/**
 * Hash of the change, hex.
 */
hash: string, 
/**
 * The value.
 */
value: Scalar, 
/**
 * Who, if known.
 */
user: string | null, 
/**
 * Their name, if known.
 */
by: string | null, 
/**
 * When, seconds since 1970: a claim of their device.
 */
at: number, 
/**
 * On which visit.
 */
visit: string | null, };

/**
 * A unit of the tree; also the scope that a document can be in.
 */
export type Unit = { 
/**
 * Stable; survives renaming and merging.
 */
id: string, 
/**
 * The unit above.
 */
parent: string | null, 
/**
 * What it is.
 */
kind: UnitKind, 
/**
 * Name with its kind word: "Phường Ba Đình", "Khu phố 3".
 */
name: string, 
/**
 * Urban or rural.
 */
area: Area, 
/**
 * First day of its existence, `YYYY-MM-DD`.
 */
valid_from: string, 
/**
 * Last day of its existence.
 */
valid_to: string | null, 
/**
 * The units that took its place.
 */
successors: Array<string>, };

/**
 * What a unit is.
 */
export type UnitKind = "province" | "district" | "commune" | "village";

/**
 * A user, as the devices that may meet their name know them.
 */
export type User = { 
/**
 * Stable.
 */
id: string, 
/**
 * Full name, shown beside what they wrote.
 */
name: string, 
/**
 * What they are for.
 */
role: Role, 
/**
 * The scopes whose documents they read and write, villages and units listed one by one.
 */
scopes: Array<string>, };

/**
 * A visit.
 */
export type Visit = { 
/**
 * Who came.
 */
by: string | null, 
/**
 * When, seconds since 1970, by the device's clock: a claim.
 */
at: number | null, 
/**
 * Degrees × 10⁷.
 */
lat: number | null, 
/**
 * Degrees × 10⁷.
 */
lng: number | null, 
/**
 * Taken back.
 */
removed: boolean, };

/** Every method with what it takes and gives. */
export interface Methods {
  "app.status": { params: Nothing; answer: AppStatus };
  "app.enrol": { params: AppEnrol; answer: AppStatus };
  "app.unlock": { params: AppUnlock; answer: AppStatus };
  "app.lock": { params: Nothing; answer: AppStatus };
  "config.get": { params: Nothing; answer: Config };
  "home.summary": { params: HomeQuery; answer: HomeSummary };
  "household.list": { params: ListQuery; answer: HouseholdList };
  "household.create": { params: HouseholdCreate; answer: HouseholdCreated };
  "household.open": { params: HouseholdOpen; answer: HouseholdPage };
  "household.save": { params: HouseholdSave; answer: HouseholdPage };
  "household.resolve": { params: HouseholdResolve; answer: HouseholdPage };
  "household.history": { params: HouseholdHistory; answer: History };
  "member.add": { params: MemberAdd; answer: HouseholdPage };
  "support.add": { params: SupportAdd; answer: HouseholdPage };
  "programme.open": { params: ProgrammeOpen; answer: ProgrammePage };
  "programme.save": { params: ProgrammeSave; answer: ProgrammePage };
  "sync.run": { params: Nothing; answer: SyncReport };
  "sync.log": { params: Nothing; answer: SyncLog };
  "refused.list": { params: Nothing; answer: RefusedList };
}
