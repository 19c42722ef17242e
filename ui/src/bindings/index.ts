// Generated from the structs of crates/commands; do not edit.
// To write it anew: RASOAT_WRITE_BINDINGS=1 cargo nextest run -p commands bindings

/**
 * Completed years at the review's day: `min` or more, less than `below`.
 */
export type AgeSpan = { 
/**
 * At least.
 */
min: number | null, 
/**
 * Less than.
 */
below: number | null, };

/**
 * A household on the agenda.
 */
export type AgendaLine = { 
/**
 * The household.
 */
household: string, 
/**
 * What people call it.
 */
name: string | null, 
/**
 * House number, lane.
 */
address: string | null, 
/**
 * Its class on the opening list; null if it is on none.
 */
opening: Class | null, 
/**
 * The class that is proposed.
 */
class: Class | null, 
/**
 * The classes that it can still come to.
 */
possible: Array<Class>, 
/**
 * Where it stands in the procedure.
 */
stage: Stage, 
/**
 * It waits for the meeting: a vote on it can be concluded.
 */
votable: boolean, 
/**
 * Why it has its class.
 */
reason: Array<ReasonLine>, 
/**
 * Everything that is asked is answered.
 */
complete: boolean, 
/**
 * Its fields with contradicting values.
 */
conflicts: number, };

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
 * A person at a session.
 */
export type Attendee = { 
/**
 * Full name.
 */
name: string | null, 
/**
 * Coded: what they attend as.
 */
role: string | null, 
/**
 * They came.
 */
present: boolean, };

/**
 * The determination with what it rests on.
 */
export type AverageLiving = { 
/**
 * The result.
 */
living: Living, 
/**
 * The income of twelve months, in đồng.
 */
income_dong: number | null, 
/**
 * Who shares it.
 */
people: number, 
/**
 * Đồng a person and month, without what is left over; for reading, not for comparing.
 */
monthly_dong: number | null, 
/**
 * The income has to be over this, in đồng a person and month.
 */
over: Sourced, 
/**
 * It may be this at most.
 */
at_most: Sourced, 
/**
 * How it is determined, and where that was read.
 */
rule: AverageRule, };

/**
 * How the average living standard of households that live on farming, forestry, fishery or salt is determined.
 */
export type AverageRule = { 
/**
 * The question whether the household lives on that.
 */
farming: string, 
/**
 * The question for its income of twelve months.
 */
income: string, 
/**
 * The income line that the income has to be over.
 */
over: string, 
/**
 * The income line that it may reach.
 */
at_most: string, 
/**
 * How sure the way of determining is.
 */
status: Status, 
/**
 * Where it was read.
 */
source: string, };

/**
 * An answer of an item.
 */
export type B1Answer = { 
/**
 * Key in documents: see [`answer_id`].
 */
id: string, 
/**
 * As on the form.
 */
label_vi: string, 
/**
 * In English, if somebody translated it.
 */
label_en: string | null, 
/**
 * Points by region; a region without a known point is absent.
 */
points: Record<string, number>, };

/**
 * An item of form B1.
 */
export type B1Item = { 
/**
 * Key in documents: `b1_1`.
 */
id: string, 
/**
 * Number on the form.
 */
no: string, 
/**
 * As on the form.
 */
name_vi: string, 
/**
 * In English, if somebody translated it.
 */
name_en: string | null, 
/**
 * How many answers it takes.
 */
kind: B1Kind, 
/**
 * The households for which the item is not scored, as on the form; chosen like an answer, without points.
 */
waived_vi: string | null, 
/**
 * The answers, in the order of the form.
 */
answers: Array<B1Answer>, 
/**
 * How sure it is.
 */
status: Status, 
/**
 * Where it was read.
 */
source: string, };

/**
 * How many answers an item takes.
 */
export type B1Kind = "single" | "one_or_none" | "several";

/**
 * A B1 table.
 */
export type B1Table = { 
/**
 * The rulebook that it belongs to.
 */
rulebook: string, 
/**
 * What the office calls this version.
 */
version: string, 
/**
 * The document that it was taken from.
 */
legal: string, 
/**
 * Made up for trying the program; never for real households.
 */
fictitious: boolean, 
/**
 * Regions, each a column of points.
 */
regions: Array<string>, 
/**
 * Items, in the order of the form.
 */
items: Array<B1Item>, };

/**
 * The table that B1 was computed with, and its column.
 */
export type B1Used = { 
/**
 * What the office calls the table's version.
 */
version: string, 
/**
 * SHA-256 of the table, hex.
 */
hash: string, 
/**
 * The document that it was taken from.
 */
legal: string, 
/**
 * Made up for trying the program; never for real households.
 */
fictitious: boolean, 
/**
 * The column; absent when the office has not said which holds where the household lives.
 */
region: string | null, 
/**
 * The column's name in Vietnamese.
 */
region_vi: string | null, 
/**
 * The column's name in English.
 */
region_en: string | null, 
/**
 * How many items are not answered yet.
 */
open: number, };

/**
 * Whom a policy's support goes to.
 */
export type Beneficiary = "household" | "member";

/**
 * A constraint that an answer breaks.
 */
export type Broken = { 
/**
 * Which constraint.
 */
constraint: string, 
/**
 * The question it is said beside, without option.
 */
question: string, 
/**
 * The member it is about.
 */
member: string | null, 
/**
 * In Vietnamese.
 */
text_vi: string, 
/**
 * In English.
 */
text_en: string, };

/**
 * A household that a file brought something of.
 */
export type BroughtHousehold = { 
/**
 * The household.
 */
id: string, 
/**
 * What people call it.
 */
name: string | null, };

/**
 * Parameters of `bundle.export`.
 */
export type BundleExport = { 
/**
 * What goes into the file.
 */
what: BundleWhat, };

/**
 * Answer of `bundle.export`: a file to keep, and the code that opens it.
 */
export type BundleFile = { 
/**
 * A name for the file.
 */
file_name: string, 
/**
 * The file in base64.
 */
file: string, 
/**
 * What whoever opens it has to type: to be told them, not to lie beside the file.
 */
code: string, 
/**
 * Records in it.
 */
documents: number, 
/**
 * Edits in it.
 */
changes: number, };

/**
 * Parameters of `bundle.import`.
 */
export type BundleImport = { 
/**
 * The file in base64.
 */
file: string, 
/**
 * Its code, as somebody typed it.
 */
code: string, };

/**
 * Edits that were not taken for one reason.
 */
export type BundleRefused = { 
/**
 * Words in the catalogue.
 */
code: string, 
/**
 * How many.
 */
count: number, };

/**
 * Answer of `bundle.import`.
 */
export type BundleReport = { 
/**
 * Who wrote the file, if this device knows them.
 */
by: string | null, 
/**
 * When it was written, seconds since 1970 by the writer's clock.
 */
made_at: number, 
/**
 * Edits that are new here; they wait to be carried to the server.
 */
new: number, 
/**
 * Edits that were here before.
 */
already: number, 
/**
 * Edits that build on something that is neither here nor in the file.
 */
missing: number, 
/**
 * Records outside the person's villages, which are left out.
 */
outside: number, 
/**
 * Households that something new came of.
 */
households: number, 
/**
 * The first of them, in order of name.
 */
first: Array<BroughtHousehold>, 
/**
 * Edits that were not taken, by reason.
 */
refused: Array<BundleRefused>, };

/**
 * What goes into a file.
 */
export type BundleWhat = "waiting" | "everything";

/**
 * A day of every year.
 */
export type CalendarDay = { 
/**
 * Key.
 */
id: string, 
/**
 * What has to be done until then, or begins then, in Vietnamese.
 */
name_vi: string, 
/**
 * The same in English.
 */
name_en: string, 
/**
 * Month and day, `MM-DD`.
 */
day: string, 
/**
 * How sure it is.
 */
status: Status, 
/**
 * Where it was read.
 */
source: string, };

/**
 * Parameters of `card.read`.
 */
export type CardRead = { 
/**
 * The text of the card's QR code, as a keyboard scanner types it.
 */
text: string, };

/**
 * Parameters of `card.scan`.
 */
export type CardScan = { 
/**
 * A picture of the card's QR code, JPEG or PNG, base64. It is not kept.
 */
image: string, };

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
 * An option of a question.
 */
export type ChoiceOption = { 
/**
 * The value in documents.
 */
id: string, 
/**
 * Words in Vietnamese.
 */
text_vi: string, 
/**
 * Words in English.
 */
text_en: string, };

/**
 * What a card says.
 */
export type CitizenCard = { 
/**
 * 12 digits.
 */
citizen_id: string, 
/**
 * The number of the identity card before it, 9 or 12 digits.
 */
old_id: string | null, 
/**
 * Full name.
 */
name: string, 
/**
 * `male` or `female`; null where the card says something else.
 */
sex: string | null, 
/**
 * `YYYY-MM-DD`.
 */
born: string, 
/**
 * Place of residence as printed.
 */
address: string | null, 
/**
 * `YYYY-MM-DD`.
 */
issued_on: string | null, 
/**
 * What does not fit together.
 */
warnings: Array<IdWarning>, };

/**
 * A class, the poorest first.
 */
export type Class = "poor_income" | "poor_deprived" | "poor" | "near_poor" | "not_poor";

/**
 * Which scores make a class. Each bound names a threshold; a bound that is absent holds for every score.
 */
export type ClassRule = { 
/**
 * The class.
 */
class: Class, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, 
/**
 * B1 is greater than this.
 */
b1_over: string | null, 
/**
 * B1 is this or less.
 */
b1_max: string | null, 
/**
 * B2 is this or more.
 */
b2_min: string | null, 
/**
 * B2 is less than this.
 */
b2_below: string | null, };

/**
 * A comment on a question.
 */
export type Comment = { 
/**
 * The question's id.
 */
question: string | null, 
/**
 * The member it is about.
 */
member: string | null, 
/**
 * The comment that it replies to.
 */
to: string | null, 
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
 * Parameters of `comment.add`.
 */
export type CommentAdd = { 
/**
 * The household.
 */
household: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The comment.
 */
comment: NewComment, };

/**
 * Parameters of `comment.done`.
 */
export type CommentDone = { 
/**
 * The household.
 */
household: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The comment.
 */
comment: string, 
/**
 * Dealt with, or not after all.
 */
done: boolean, };

/**
 * How much of a review's form is filled in. A B1 total that is entered counts as one question.
 */
export type Completeness = { 
/**
 * Required questions with an answer; "asked, not known" is one.
 */
answered: number, 
/**
 * Required questions that are asked of this household.
 */
total: number, 
/**
 * Required questions without an answer, in the order of the form; a question with several choices without option.
 */
missing: Array<string>, 
/**
 * The B1 total was not entered; never where a table computes it, whose items are questions like others.
 */
b1_missing: boolean, 
/**
 * Members whose date of birth is needed, or needed more closely, to know what to ask.
 */
births: Array<string>, 
/**
 * Every question that is asked of this household now, required or not, in the order of the form.
 */
asked: Array<string>, };

/**
 * A condition.
 */
export type Condition = { "all": Array<Condition> } | { "any": Array<Condition> } | { "some_member": Condition } | { "share_over": ShareOver } | { "age": AgeSpan } | { "born_from": number } | { "yes": string } | { "no": string } | { "choice": OneOf } | { "none_chosen": string } | { "per_person_below": PerPerson };

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
 * The rulebook of the open review; null if this program does not have it.
 */
rulebook: Rulebook | null, 
/**
 * The policy registry.
 */
policies: Array<Policy>, 
/**
 * Tasks of the programme.
 */
tasks: Array<ProgrammeTask>, 
/**
 * Indicators of the programme that do not come from households.
 */
indicators: Array<ProgrammeIndicator>, };

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
 * Answer of `conflict.list`.
 */
export type ConflictList = { 
/**
 * Households with contradictions, of all pages.
 */
households: number, 
/**
 * The contradictions of this page's households, in order of their names.
 */
rows: Array<ConflictRow>, };

/**
 * Parameters of `conflict.list`.
 */
export type ConflictQuery = { 
/**
 * Only those of this village.
 */
village?: string, 
/**
 * The review whose classes are meant; the open one if absent.
 */
review?: string, 
/**
 * Households to skip.
 */
offset?: number, 
/**
 * Households to give, at most 50; that many if absent.
 */
limit?: number, };

/**
 * A contradiction and where it is.
 */
export type ConflictRow = { 
/**
 * The household.
 */
household: string, 
/**
 * What people call it.
 */
name: string | null, 
/**
 * The village it is in.
 */
village: string, 
/**
 * The contradiction.
 */
conflict: Conflict, };

/**
 * Answers that hardly fit together, said beside a question.
 */
export type Constraint = { 
/**
 * Key.
 */
id: string, 
/**
 * The question that it is said beside; about each member where the question is.
 */
question: string, 
/**
 * Where this holds, the answer is doubted.
 */
when: Condition, 
/**
 * Words in Vietnamese.
 */
text_vi: string, 
/**
 * Words in English.
 */
text_en: string, 
/**
 * How sure the limit is.
 */
status: Status, 
/**
 * Where it comes from.
 */
source: string, };

/**
 * A damage and where it is.
 */
export type Damage = { 
/**
 * What is wrong.
 */
code: DamageCode, 
/**
 * The document, if it is about one.
 */
document: string | null, 
/**
 * The hash that a change is named by.
 */
hash: string | null, };

/**
 * What is wrong.
 */
export type DamageCode = "file" | "change" | "document" | "list";

/**
 * The class of a household in a review, with everything needed to explain it.
 */
export type Decision = { 
/**
 * The class; nothing while it is open.
 */
class: Class | null, 
/**
 * The classes it can still come to, the poorest first; one when it is decided.
 */
possible: Array<Class>, 
/**
 * The scores.
 */
score: Score, 
/**
 * Why.
 */
reason: Array<ReasonLine>, 
/**
 * The rulebook's id.
 */
rulebook: string, 
/**
 * The rulebook's hash, hex.
 */
rulebook_hash: string, 
/**
 * Urban or rural.
 */
area: Area, };

/**
 * A dimension of deprivation (chiều thiếu hụt).
 */
export type Dimension = { 
/**
 * Key.
 */
id: string, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, };

/**
 * A form that keeps drafts.
 */
export type DraftForm = "record" | "member" | "support" | "household";

/**
 * Answer of `draft.get`.
 */
export type DraftFound = { 
/**
 * What was typed; null if there is no draft.
 */
content: string | null, 
/**
 * When, seconds since 1970.
 */
at: number | null, };

/**
 * Parameters of `draft.keep`.
 */
export type DraftKeep = { 
/**
 * The household; absent for one that does not exist yet.
 */
household?: string, 
/**
 * Which form.
 */
form: DraftForm, 
/**
 * What was typed, as the form writes it: at most 256 KiB.
 */
content: string, };

/**
 * Which draft: parameters of `draft.get` and `draft.drop`.
 */
export type DraftKey = { 
/**
 * The household; absent for one that does not exist yet.
 */
household?: string, 
/**
 * Which form.
 */
form: DraftForm, };

/**
 * Answer of `draft.list`.
 */
export type DraftList = { 
/**
 * The newest first.
 */
rows: Array<DraftRow>, };

/**
 * A draft that waits.
 */
export type DraftRow = { 
/**
 * The household; null for one that does not exist yet.
 */
household: string | null, 
/**
 * What people call it.
 */
name: string | null, 
/**
 * Which form.
 */
form: DraftForm, 
/**
 * When it was typed, seconds since 1970.
 */
at: number, };

/**
 * A person on the device who is likely to be one of those looked for.
 */
export type Duplicate = { 
/**
 * The place of the one looked for in the question.
 */
sought: number, 
/**
 * The household.
 */
household: string, 
/**
 * The person in it.
 */
member: string, 
/**
 * Their name.
 */
name: string | null, 
/**
 * What people call the household.
 */
head: string | null, 
/**
 * House number, lane.
 */
address: string | null, 
/**
 * The village it is in.
 */
village: string, 
/**
 * Why.
 */
why: SameBy, };

/**
 * Answer of `household.duplicates`.
 */
export type DuplicateList = { 
/**
 * Person by person as they were asked for, same citizen ids first.
 */
rows: Array<Duplicate>, };

/**
 * Parameters of `household.duplicates`.
 */
export type DuplicateQuery = { 
/**
 * Look for names and years in this village alone; a citizen id is looked for in every village of the device.
 */
village?: string, 
/**
 * Who is looked for, at most 50.
 */
members: Array<Sought>, 
/**
 * Leave this household out.
 */
except?: string, };

/**
 * The B1 total, entered from the paper form. The official table of items is not part of the rulebook.
 */
export type EnteredTotal = { 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, 
/**
 * How sure the table behind it is.
 */
status: Status, 
/**
 * What is missing, and where it was looked for.
 */
source: string, 
/**
 * The table of items that the review's B1 points are computed with; without one the total is entered.
 */
table: B1Table | null, 
/**
 * The table's hash, computed once.
 */
table_hash: string | null, };

/**
 * Every reason that the app gives. Consumers match on the text; it never changes.
 */
export type ErrorCode = "malformed_request" | "request_too_large" | "unknown_method" | "not_enrolled" | "already_enrolled" | "locked" | "wrong_pin" | "weak_pin" | "invalid_server" | "unknown_code" | "used_code" | "expired_code" | "wrong_key" | "newer_database" | "storage_failed" | "disk_full" | "file_failed" | "damaged_enrolment" | "damaged_record" | "damaged_configuration" | "unknown_rulebook" | "invalid_id" | "unknown_field" | "wrong_type" | "too_long" | "empty" | "invalid_date" | "invalid_citizen_id" | "negative_amount" | "out_of_range" | "unknown_option" | "unknown_question" | "unknown_policy" | "invalid_ethnicity" | "invalid_character" | "unknown_household" | "unknown_village" | "unknown_unit" | "unknown_review" | "no_review" | "unknown_member" | "unknown_support" | "unknown_photo" | "unknown_comment" | "unknown_section" | "nothing_to_confirm" | "step_not_possible" | "survey_incomplete" | "review_sealed" | "not_an_image" | "image_too_large" | "photo_refused" | "unknown_heads" | "not_a_card" | "no_code" | "damaged_card" | "no_head" | "head_left" | "already_left" | "nobody_left" | "duplicate_person" | "already_removed" | "not_removed" | "merge_self" | "not_merged" | "same_person_twice" | "no_conflict" | "unknown_choice" | "reserved_field" | "not_permitted" | "unknown_session" | "unknown_person" | "meeting_changed" | "session_removed" | "session_concluded" | "no_attendance" | "no_votes" | "votes_over_attendance" | "undecided_votes" | "contested_votes" | "over_limit" | "unreachable" | "sync_running" | "revoked" | "too_many_requests" | "old_version" | "old_server" | "damaged_body" | "body_too_large" | "server_full" | "server_failed" | "damaged_answer" | "server_refused" | "no_progress" | "log_hole" | "log_gap" | "log_unsound" | "log_foreign_scope" | "digest_mismatch" | "not_a_bundle" | "truncated_bundle" | "damaged_bundle" | "newer_bundle" | "wrong_bundle_code" | "bundle_of_other_town" | "bundle_too_large" | "nothing_to_carry" | "internal";

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
 * What the answers say about one indicator.
 */
export type Finding = { 
/**
 * The indicator's id.
 */
indicator: string, 
/**
 * Its name in Vietnamese.
 */
name_vi: string, 
/**
 * Its name in English.
 */
name_en: string, 
/**
 * The dimension it belongs to.
 */
dimension: string, 
/**
 * What the answers say.
 */
deprived: Truth, 
/**
 * The facts that decided it.
 */
because: Array<Reason>, 
/**
 * Answers that could decide it, of those that are asked now.
 */
missing: Array<string>, 
/**
 * Members whose date of birth could decide it.
 */
births: Array<string>, 
/**
 * B2 points: those of one deprivation if deprived, else 0.
 */
points: number, 
/**
 * How sure the rule is.
 */
status: Status, 
/**
 * Where the rule was read.
 */
source: string, };

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
conflicts: number, 
/**
 * Last day of the review for the villages, `YYYY-MM-DD`.
 */
deadline: string | null, 
/**
 * Days until then by the device's calendar: 0 on the day, below it afterwards.
 */
days_left: number | null, 
/**
 * Whole days since the oldest change that waits was made.
 */
unsent_days: number | null, 
/**
 * Photos that wait to be sent.
 */
photos_waiting: number, 
/**
 * The version of the app that the town wants, where it is newer than this one. Nothing waits for it.
 */
newer_app: string | null, };

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
merged_into: string | null, 
/**
 * The day it was taken out of the lists, `YYYY[-MM[-DD]]`.
 */
removed_on: string | null, 
/**
 * Why, in words.
 */
removed_note: string | null, 
/**
 * Why it came to be listed, coded: `moved_in`, `split`, `newly_listed`.
 */
came_why: string | null, };

/**
 * Parameters of `household.confirm`.
 */
export type HouseholdConfirm = { 
/**
 * The household.
 */
id: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The section of the open review's form that is as it was in the earlier review.
 */
section: string, 
/**
 * Only the answers about this member.
 */
member?: string, };

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
 * Why it came to be listed, coded: `moved_in`, `split`, `newly_listed`.
 */
came_why?: Scalar, 
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
 * Parameters of `household.merge`: one record goes, and what is chosen of it is written into the one that stays.
 */
export type HouseholdMerge = { 
/**
 * The record that stays.
 */
id: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The record that goes.
 */
other: string, 
/**
 * Its heads.
 */
other_heads: Array<string>, 
/**
 * Who is who. A member that is not named is not copied.
 */
people: Array<MergedPerson>, 
/**
 * Fields of the record that goes whose values are taken: some of those that `household.merging` gives.
 */
take: Array<string>, 
/**
 * Its supports that are copied.
 */
supports: Array<string>, };

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
 * Its class in the review, with its explanation; null if this program does not have the review's rulebook.
 */
decision: Decision | null, 
/**
 * Its class under the review's local standard; null if the review has none.
 */
local: LocalDecision | null, 
/**
 * Its average living standard by the income of twelve months, beside the class and apart from it; null where it does
 * not live on farming, forestry, fishery or salt, as far as was told.
 */
average: AverageLiving | null, 
/**
 * What the review asks, and what is missing.
 */
completeness: Completeness | null, 
/**
 * How far its survey is.
 */
progress: Progress, 
/**
 * Answers that hardly fit together; nothing that forbids to go on.
 */
broken: Array<Broken>, 
/**
 * What does not fit together about its members; nothing that forbids to go on.
 */
member_warnings: Array<MemberWarning>, 
/**
 * Supports that look as if they were recorded twice; nothing that forbids to go on.
 */
support_warnings: Array<SupportWarning>, 
/**
 * Where it stands in the procedure; null without a review whose rulebook is here.
 */
standing: Standing | null, 
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
set_aside: number, 
/**
 * What the latest earlier review observed.
 */
previous: Previous | null, 
/**
 * It was entered twice, and this record stays in its place.
 */
merged_into: Twin | null, 
/**
 * It was entered twice, and it stays in the place of these records.
 */
merged_from: Array<Twin>, };

/**
 * Parameters of `household.remove`.
 */
export type HouseholdRemove = { 
/**
 * The household.
 */
id: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * `moved_out`, `died`, `split`, `mistake`.
 */
why: Scalar, 
/**
 * The day, `YYYY[-MM[-DD]]`.
 */
on?: Scalar, };

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
 * Parameters of `household.restore`.
 */
export type HouseholdRestore = { 
/**
 * The household.
 */
id: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, };

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
 * Where it stands in the procedure.
 */
stage: Stage, 
/**
 * Its class, once it is decided.
 */
class: Class | null, 
/**
 * The classes that it can still come to.
 */
possible: Array<Class>, 
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
 * Parameters of `household.split`: some members become a household of their own in the same village.
 */
export type HouseholdSplit = { 
/**
 * The household.
 */
id: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * Who leaves; not everybody.
 */
members: Array<string>, 
/**
 * Which of them is the head of the new household.
 */
head: string, 
/**
 * Where the new one lives; the old address if absent.
 */
address?: Scalar, 
/**
 * The day, `YYYY[-MM[-DD]]`; today if absent.
 */
on?: Scalar, };

/**
 * Parameters of `household.unmerge`: a record that was merged into another is one of its own again. What was copied
 * stays where it was copied to.
 */
export type HouseholdUnmerge = { 
/**
 * The record that went.
 */
id: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, };

/**
 * What does not fit together between a number and its holder.
 */
export type IdWarning = "sex_differs" | "century_differs" | "year_differs";

/**
 * An income line in đồng a person and month: what the score thresholds stand for. For reading, not for deciding.
 */
export type IncomeLine = { 
/**
 * Key.
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
 * For rural households.
 */
rural: Sourced, 
/**
 * For urban households.
 */
urban: Sourced, };

/**
 * An indicator of deprivation (chỉ số thiếu hụt), derived from answers.
 */
export type Indicator = { 
/**
 * Key.
 */
id: string, 
/**
 * The dimension it belongs to.
 */
dimension: string, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, 
/**
 * How sure the name is.
 */
name_status: Status, 
/**
 * When a household is deprived, in the words of the law.
 */
rule_vi: string, 
/**
 * The same in English.
 */
rule_en: string, 
/**
 * How sure the rule is.
 */
status: Status, 
/**
 * Where it was read.
 */
source: string, 
/**
 * The rule.
 */
deprived: Condition, };

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
 * What an indicator counts.
 */
export type IndicatorUnit = "people" | "percent";

/**
 * A document that the rulebook rests on.
 */
export type Legal = { 
/**
 * Number and symbol: "59/2015/QĐ-TTg".
 */
number: string, 
/**
 * What it is about, as cited.
 */
title: string, 
/**
 * The day it was signed, `YYYY-MM-DD`.
 */
date: string, 
/**
 * How sure these facts are.
 */
status: Status, 
/**
 * Where they were read.
 */
source: string, };

/**
 * Whom a question is about.
 */
export type Level = "household" | "member";

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
 * Only those at this stage of the procedure.
 */
stage?: Stage, 
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
 * The years in which the lists of this rulebook's reviews take effect, both included.
 */
export type ListYears = { 
/**
 * The first.
 */
from: number, 
/**
 * The last.
 */
to: number, };

/**
 * Where the income of a household lies.
 */
export type Living = "open" | "below" | "average" | "above";

/**
 * The class of a household under a local standard.
 */
export type LocalDecision = { 
/**
 * What people call the standard.
 */
name: string, 
/**
 * The document that sets it.
 */
legal: string, 
/**
 * The class; nothing while it is open.
 */
class: Class | null, 
/**
 * The classes it can still come to, the poorest first.
 */
possible: Array<Class>, 
/**
 * Why.
 */
reason: Array<ReasonLine>, };

/**
 * A standard of the province or town, at which a household is classified as well.
 */
export type LocalStandard = { 
/**
 * What people call it.
 */
name: string, 
/**
 * The document that sets it.
 */
legal: string, 
/**
 * The thresholds that it replaces, by the rulebook's ids.
 */
thresholds: { [key in string]: LocalThreshold }, };

/**
 * A threshold of a local standard.
 */
export type LocalThreshold = { 
/**
 * For rural households.
 */
rural: number, 
/**
 * For urban households.
 */
urban: number, };

/**
 * Why a rulebook scores nobody.
 */
export type Locked = { 
/**
 * In Vietnamese.
 */
reason_vi: string, 
/**
 * In English.
 */
reason_en: string, 
/**
 * Where was looked.
 */
source: string, };

/**
 * The meeting of a village in a review.
 */
export type Meeting = { 
/**
 * The document's id.
 */
id: string, 
/**
 * Sessions, removed ones included; a repeated meeting is another session.
 */
sessions: Record<string, Session>, };

/**
 * Parameters of `meeting.conclude`.
 */
export type MeetingConclude = { 
/**
 * The village.
 */
village: string, 
/**
 * The review; the open one if absent.
 */
review?: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The session.
 */
session: string, };

/**
 * Parameters of `meeting.minutes`.
 */
export type MeetingMinutes = { 
/**
 * The village.
 */
village: string, 
/**
 * The review; the open one if absent.
 */
review?: string, 
/**
 * The session.
 */
session: string, };

/**
 * Parameters of `meeting.open`.
 */
export type MeetingOpen = { 
/**
 * The village.
 */
village: string, 
/**
 * The review; the open one if absent.
 */
review?: string, };

/**
 * Answer of every `meeting` method that shows or changes the meeting.
 */
export type MeetingPage = { 
/**
 * The document's id.
 */
id: string, 
/**
 * The village.
 */
village: string, 
/**
 * The review.
 */
review: string, 
/**
 * To be sent back with a save.
 */
heads: Array<string>, 
/**
 * As it stands.
 */
meeting: Meeting, 
/**
 * The households to speak of: those that come to a list or leave one first.
 */
agenda: Array<AgendaLine>, 
/**
 * The votes of every session that was not removed, counted.
 */
tallies: Array<Tally>, 
/**
 * How many percent of those who came have to agree; null where the rulebook does not say.
 */
threshold: Sourced | null, 
/**
 * Contradicting values.
 */
conflicts: Array<Conflict>, 
/**
 * Its changes that the server has not acknowledged.
 */
waiting: number, };

/**
 * Parameters of `meeting.person`: someone who came to a session.
 */
export type MeetingPerson = { 
/**
 * The village.
 */
village: string, 
/**
 * The review; the open one if absent.
 */
review?: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The session.
 */
session: string, 
/**
 * Full name.
 */
name: Scalar, 
/**
 * What the person is there for.
 */
role: Scalar, };

/**
 * What the law asks of the village meeting.
 */
export type MeetingRule = { 
/**
 * How many percent of everyone who came have to agree.
 */
percent: Sourced | null, 
/**
 * How many copies of the minutes are made.
 */
copies: Sourced | null, };

/**
 * Parameters of `meeting.save`.
 */
export type MeetingSave = { 
/**
 * The village.
 */
village: string, 
/**
 * The review; the open one if absent.
 */
review?: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * Touched fields only. Votes over contradicting ones settle them.
 */
edits: Array<FieldEdit>, };

/**
 * Parameters of `meeting.session`: a new session.
 */
export type MeetingSession = { 
/**
 * The village.
 */
village: string, 
/**
 * The review; the open one if absent.
 */
review?: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * When it began, seconds since 1970.
 */
at: Scalar, 
/**
 * Where.
 */
place: Scalar, 
/**
 * Who chairs it.
 */
chair: Scalar, 
/**
 * Who keeps the minutes.
 */
secretary: Scalar, };

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
 * Why they came after the household was first entered, coded: `born`, `moved_in`, `marriage`, `split`, `other`.
 */
came_why: string | null, 
/**
 * The day they came, `YYYY[-MM[-DD]]`.
 */
came_on: string | null, 
/**
 * Why this is not the person of another household who looks the same, in words.
 */
duplicate_why: string | null, 
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
 * Parameters of `member.leave`.
 */
export type MemberLeave = { 
/**
 * The household.
 */
household: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * Who leaves.
 */
member: string, 
/**
 * `moved_out`, `died`, `split`, `mistake`.
 */
why: Scalar, 
/**
 * The day, `YYYY[-MM[-DD]]`.
 */
on?: Scalar, 
/**
 * The new head; needed when the head leaves and somebody stays.
 */
new_head?: string, };

/**
 * A member and what does not fit together.
 */
export type MemberWarning = { 
/**
 * The member.
 */
member: string, 
/**
 * What.
 */
code: MemberWarningCode, };

/**
 * What does not fit together about a member.
 */
export type MemberWarningCode = "sex_differs" | "century_differs" | "year_differs" | "two_heads" | "head_left" | "no_head" | "born_after";

/**
 * A value that the record that stays does not have, or has otherwise.
 */
export type MergedField = { 
/**
 * The field of the record that goes: what `household.merge` takes. `place/lat` stands for the whole point.
 */
from: string, 
/**
 * The field of the record that stays.
 */
to: string, 
/**
 * What the record that stays says.
 */
here: Scalar | null, 
/**
 * What the record that goes says.
 */
there: Scalar, };

/**
 * A member of the record that goes, and who they are in the one that stays.
 */
export type MergedPerson = { 
/**
 * Who.
 */
from: string, 
/**
 * Who they are in the record that stays; null if they are to be copied.
 */
same: string | null, };

/**
 * A support of the record that goes.
 */
export type MergedSupport = { 
/**
 * Which.
 */
from: string, 
/**
 * The support of the record that stays which looks the same.
 */
same: string | null, };

/**
 * Answer of `household.merging`.
 */
export type Merging = { 
/**
 * Heads of the record that stays, to be sent back.
 */
heads: Array<string>, 
/**
 * Heads of the record that goes, to be sent back.
 */
other_heads: Array<string>, 
/**
 * Everybody who lives in the record that goes.
 */
people: Array<MergedPerson>, 
/**
 * What it says otherwise.
 */
fields: Array<MergedField>, 
/**
 * Its supports.
 */
supports: Array<MergedSupport>, };

/**
 * Parameters of `household.merging`: what merging one record into another has to decide.
 */
export type MergingQuery = { 
/**
 * The record that stays.
 */
id: string, 
/**
 * The record that goes.
 */
other: string, 
/**
 * Who is who; by citizen id, else by name and year of birth, if absent.
 */
people?: Array<MergedPerson>, };

/**
 * The minutes as words in their places, ready to be set on a page.
 */
export type Minutes = { 
/**
 * The authority above, in capitals, a line each.
 */
above: Array<string>, 
/**
 * Who issues them, in capitals.
 */
issuer: string, 
/**
 * Number and symbol, to be filled in by hand.
 */
number: string, 
/**
 * Quốc hiệu.
 */
nation: string, 
/**
 * Tiêu ngữ.
 */
motto: string, 
/**
 * Tên loại.
 */
title: string, 
/**
 * Trích yếu, a line each.
 */
subject: Array<string>, 
/**
 * Says that the session is not concluded; `None` when it is.
 */
draft: string | null, 
/**
 * Time, place, attendance, chair, secretary.
 */
facts: Array<MinutesFact>, 
/**
 * What was presented, a paragraph each.
 */
content: Array<string>, 
/**
 * Heads of the table's columns.
 */
columns: Array<string>, 
/**
 * The table.
 */
groups: Array<MinutesGroup>, 
/**
 * What came out of the votes, a paragraph each.
 */
results: Array<string>, 
/**
 * What was said, a paragraph each.
 */
opinions: Array<string>, 
/**
 * Copies, and when it ended.
 */
closing: Array<string>, 
/**
 * Nơi nhận, an item each.
 */
receivers: Array<string>, 
/**
 * Secretary left, chair right.
 */
signatures: Array<MinutesSignature>, 
/**
 * Representatives of the households.
 */
representatives: MinutesRepresentatives, 
/**
 * A mark for each copy: `Bản 1/2 – lưu tại Khu phố 1`.
 */
copies: Array<string>, };

/**
 * A labelled fact at the beginning.
 */
export type MinutesFact = { 
/**
 * What it is.
 */
label: string, 
/**
 * The fact.
 */
text: string, 
/**
 * Its parts, an item each.
 */
items: Array<string>, };

/**
 * Answer of `meeting.minutes`: a file to keep, and the same words for a page to print.
 */
export type MinutesFile = { 
/**
 * A name for the file.
 */
file_name: string, 
/**
 * The DOCX in base64, every copy in it.
 */
docx: string, 
/**
 * Its words in their places.
 */
text: Minutes, };

/**
 * Rows of the table under one heading.
 */
export type MinutesGroup = { 
/**
 * The heading.
 */
title: string, 
/**
 * The rows, a text a column.
 */
rows: Array<Array<string>>, };

/**
 * Places for representatives of the households to sign.
 */
export type MinutesRepresentatives = { 
/**
 * Who signs, in capitals.
 */
title: string, 
/**
 * How.
 */
hint: string, 
/**
 * A name each; empty where it is written by hand.
 */
names: Array<string>, };

/**
 * A place to sign.
 */
export type MinutesSignature = { 
/**
 * Who signs, in capitals.
 */
title: string, 
/**
 * How.
 */
hint: string, 
/**
 * The name below.
 */
name: string, };

/**
 * A comment on a question, as it is written.
 */
export type NewComment = { 
/**
 * The question's id; absent where the comment is about the whole record.
 */
question?: string, 
/**
 * The member it is about.
 */
member?: string, 
/**
 * The comment that it replies to.
 */
to?: string, 
/**
 * What is said.
 */
text: Scalar, };

/**
 * A new member, as on the form.
 */
export type NewMember = { name?: Scalar, sex?: Scalar, born?: Scalar, citizen_id?: Scalar, ethnicity?: Scalar, relation?: Scalar, merit?: Scalar, 
/**
 * Place on the form; after the others if absent.
 */
order?: Scalar, origin?: Scalar, 
/**
 * Why they came after the household was first entered, coded.
 */
came_why?: Scalar, 
/**
 * The day they came.
 */
came_on?: Scalar, 
/**
 * Why this is not the person of another household who looks the same, in words.
 */
duplicate_why?: Scalar, 
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
 * One of some options was chosen.
 */
export type OneOf = { 
/**
 * A choice.
 */
question: string, 
/**
 * Options of it.
 */
one_of: Array<string>, };

/**
 * Whether the level above gives its opinion before the recognition.
 */
export type OpinionRule = { 
/**
 * It does, unless the office says otherwise.
 */
asked: boolean, 
/**
 * In how many working days it answers.
 */
days: Sourced | null, 
/**
 * How sure this is.
 */
status: Status, 
/**
 * Where it was read.
 */
source: string, };

/**
 * A number is less than a limit for each person of the household.
 */
export type PerPerson = { 
/**
 * A whole number about the household.
 */
question: string, 
/**
 * In the question's unit, a person.
 */
limit: number, };

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
 * Parameters of `photo.add`.
 */
export type PhotoAdd = { 
/**
 * The household.
 */
household: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * What it shows: `house`, `card`, `paper`, `other`.
 */
kind: Scalar, 
/**
 * The path of the answer that it is, if it answers a question.
 */
answer?: string, 
/**
 * A JPEG or PNG, base64. It is kept smaller, upright, and without what the camera wrote beside it.
 */
image: string, };

/**
 * Answer of `photo.get`.
 */
export type PhotoFile = { 
/**
 * The JPEG, base64; null if the server does not have it yet.
 */
jpeg: string | null, 
/**
 * It waits to be sent.
 */
waiting: boolean, };

/**
 * Parameters of `photo.get`.
 */
export type PhotoQuery = { 
/**
 * The household.
 */
household: string, 
/**
 * The photo.
 */
photo: string, };

/**
 * Parameters of `photo.remove`: the photo is taken back; its bytes stay for the history.
 */
export type PhotoRemove = { 
/**
 * The household.
 */
household: string, 
/**
 * The heads that the form was opened on.
 */
heads: Array<string>, 
/**
 * The photo.
 */
photo: string, };

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
 * What the latest earlier review observed of the household, as far as the review that is looked at asks the same.
 */
export type Previous = { 
/**
 * The earlier review.
 */
review: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * The class that it came to, by its own rulebook.
 */
class: Class | null, 
/**
 * Its answers that fit the questions of the review that is looked at. They count for nothing until confirmed.
 */
answers: Record<string, Scalar>, 
/**
 * Its B1 total as entered, in points.
 */
b1_entered: number | null, 
/**
 * Sections of the review that is looked at that someone confirmed unchanged.
 */
confirmed: Array<string>, };

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
 * The procedure of a review.
 */
export type Procedure = { 
/**
 * Its steps, in the order of the law.
 */
steps: Array<ProcedureStep>, 
/**
 * The village meeting.
 */
meeting: MeetingRule, 
/**
 * How long the list hangs, in working days (niêm yết).
 */
posting_days: Sourced | null, 
/**
 * How long a re-check after a complaint may take, in working days (phúc tra).
 */
recheck_days: Sourced | null, 
/**
 * Whether the level above gives its opinion. The office can say otherwise for a review.
 */
opinion: OpinionRule, 
/**
 * The days of the calendar that the periodic review keeps.
 */
deadlines: Array<CalendarDay>, };

/**
 * A step of the procedure.
 */
export type ProcedureStep = { 
/**
 * Key.
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
 * How sure it is.
 */
status: Status, 
/**
 * Where it was read.
 */
source: string, };

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
 * An indicator that does not come from households.
 */
export type ProgrammeIndicator = { 
/**
 * The key in documents.
 */
id: string, 
/**
 * What it counts.
 */
unit: IndicatorUnit, 
/**
 * The policy whose recipients it counts.
 */
policy: string | null, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, };

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
 * A task of the programme.
 */
export type ProgrammeTask = { 
/**
 * The key in documents.
 */
id: string, 
/**
 * Who has a status.
 */
level: TaskLevel, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, };

/**
 * How far the survey of one household has come.
 */
export type Progress = "not_started" | "in_progress" | "returned" | "done";

/**
 * A question.
 */
export type Question = { 
/**
 * The key in documents.
 */
id: string, 
/**
 * Whom it is about.
 */
level: Level, 
/**
 * Which answers it takes.
 */
kind: QuestionKind, 
/**
 * Words in Vietnamese.
 */
text_vi: string, 
/**
 * Words in English.
 */
text_en: string, 
/**
 * Needed before the household's survey is complete.
 */
required: boolean, 
/**
 * Asked only where this holds; always when absent.
 */
applies: Condition | null, 
/**
 * How sure the question's wording is.
 */
status: Status, 
/**
 * Where it was read.
 */
source: string, };

/**
 * Which answers a question takes.
 */
export type QuestionKind = { "type": "yes_no" } | { "type": "choice", 
/**
 * What there is to choose from.
 */
options: Array<ChoiceOption>, } | { "type": "several", 
/**
 * What there is to choose from.
 */
options: Array<ChoiceOption>, } | { "type": "integer", 
/**
 * Least.
 */
min: number, 
/**
 * Greatest.
 */
max: number, 
/**
 * Printed after the number.
 */
unit: string, } | { "type": "money" } | { "type": "date" } | { "type": "text", 
/**
 * Most letters.
 */
max: number, } | { "type": "place" } | { "type": "photo", 
/**
 * What it shows: one of [`entry::PHOTO_KINDS`].
 */
shows: string, };

/**
 * A fact that decided something, printable without looking anything up.
 */
export type Reason = { "fact": "answer", 
/**
 * Its key.
 */
key: string, 
/**
 * Its value.
 */
value: Scalar, 
/**
 * The question in Vietnamese.
 */
question_vi: string, 
/**
 * The question in English.
 */
question_en: string, 
/**
 * The option in Vietnamese, where the value or the key names one.
 */
option_vi: string | null, 
/**
 * The option in English.
 */
option_en: string | null, 
/**
 * The name of the member it is about.
 */
member_name: string | null, } | { "fact": "age", 
/**
 * The member.
 */
member: string, 
/**
 * Their name.
 */
member_name: string | null, 
/**
 * `YYYY[-MM[-DD]]`.
 */
born: string, 
/**
 * Completed years, at least.
 */
years_min: number, 
/**
 * Completed years, at most: greater than `years_min` when the birth date is not known to the day.
 */
years_max: number, } | { "fact": "residents", 
/**
 * How many live in the household.
 */
count: number, };

/**
 * Why a household has its class, or has none yet. The words are in the messages catalogue.
 */
export type ReasonCode = "no_members" | "b1_missing" | "b1_items_open" | "b1_no_region" | "b1_at_most" | "b1_over" | "b1_between" | "b2_at_least" | "b2_below" | "b2_open" | "b2_not_needed";

/**
 * A line of the explanation.
 */
export type ReasonLine = { 
/**
 * Which words.
 */
code: ReasonCode, 
/**
 * What to put into them: `area`, `b1`, `b2_min`, `b2_max`, `limit`, `over`, `open`.
 */
params: { [key in string]: Scalar }, 
/**
 * How sure the least sure bound in it is.
 */
status: Status | null, 
/**
 * Where the bounds were read.
 */
sources: Array<string>, };

/**
 * A step that somebody recorded.
 */
export type RecordedStep = { 
/**
 * Its id.
 */
id: string, 
/**
 * Which one.
 */
step: string, 
/**
 * Who took it, if known.
 */
user: string | null, 
/**
 * Their name, if known.
 */
by: string | null, 
/**
 * When, seconds since 1970: a claim of their device.
 */
at: number | null, 
/**
 * Why, in words.
 */
why: string | null, 
/**
 * It was allowed when it was taken.
 */
counts: boolean, };

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
list_year: number, 
/**
 * The SHA-256 of the supplied B1 table, hex; without one the B1 total is entered.
 */
b1_table: string | null, 
/**
 * A second standard beside the national one.
 */
local_standard: LocalStandard | null, 
/**
 * Whether the level above gives its opinion; as the rulebook says when absent.
 */
opinion: boolean | null, 
/**
 * Who gives it.
 */
opinion_of: string | null, };

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
 * The law of one period.
 */
export type Rulebook = { 
/**
 * Key: "2016-2021".
 */
id: string, 
/**
 * SHA-256 of the file's bytes.
 */
hash: string, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, 
/**
 * Where it applies by default.
 */
list_years: ListYears, 
/**
 * What it rests on.
 */
legal: Array<Legal>, 
/**
 * The B1 total.
 */
b1: EnteredTotal, 
/**
 * What is asked, in the order of the form.
 */
sections: Array<Section>, 
/**
 * Dimensions, in the order of the form.
 */
dimensions: Array<Dimension>, 
/**
 * Indicators, in the order of the form.
 */
indicators: Array<Indicator>, 
/**
 * B2 points of one deprivation.
 */
points_each: Sourced, 
/**
 * Scores at which classes begin and end.
 */
thresholds: Array<Threshold>, 
/**
 * Income lines.
 */
income_lines: Array<IncomeLine>, 
/**
 * What hardly fits together.
 */
constraints: Array<Constraint>, 
/**
 * The average living standard; absent where the law at hand has none.
 */
average: AverageRule | null, 
/**
 * Classes, the poorest first; none in a locked rulebook.
 */
classes: Array<ClassRule>, 
/**
 * How a review is held.
 */
procedure: Procedure, 
/**
 * Why nobody can be classified with it; absent when everybody can.
 */
locked: Locked | null, };

/**
 * Why two people are likely to be one.
 */
export type SameBy = "citizen_id" | "name_and_year";

/**
 * One value of one field. `Null` is a value that someone cleared; a field that was never written is absent.
 */
export type Scalar = null | boolean | number | string;

/**
 * The scores of a household in a review.
 */
export type Score = { 
/**
 * The B1 total: of the items where the review has a table, once all are answered; else as entered.
 */
b1: number | null, 
/**
 * The table that B1 is computed with; none where the total is entered.
 */
b1_used: B1Used | null, 
/**
 * B2 if nothing that is missing turns out to be a deprivation.
 */
b2_min: number, 
/**
 * B2 if everything that is missing does.
 */
b2_max: number, 
/**
 * What the answers say about each indicator.
 */
findings: Array<Finding>, 
/**
 * Every point: the B1 total or one line an item, then one line an indicator.
 */
lines: Array<ScoreLine>, };

/**
 * Where points come from.
 */
export type ScoreLine = { 
/**
 * `b1`, or the indicator's id.
 */
rule: string, 
/**
 * Name in Vietnamese.
 */
name_vi: string, 
/**
 * Name in English.
 */
name_en: string, 
/**
 * The facts that decided it; none for the B1 total, which is entered.
 */
answer: Array<Reason>, 
/**
 * The points; nothing while it is open.
 */
points: number | null, 
/**
 * How sure the rule is.
 */
status: Status, 
/**
 * Where the rule was read.
 */
source: string, };

/**
 * A page of the form.
 */
export type Section = { 
/**
 * Key.
 */
id: string, 
/**
 * Title in Vietnamese.
 */
title_vi: string, 
/**
 * Title in English.
 */
title_en: string, 
/**
 * Its questions, in the order of the form.
 */
questions: Array<Question>, };

/**
 * A session of the meeting.
 */
export type Session = { 
/**
 * When it began, seconds since 1970.
 */
at: number | null, 
/**
 * Where.
 */
place: string | null, 
/**
 * Who chaired it.
 */
chair: string | null, 
/**
 * Who wrote the minutes.
 */
secretary: string | null, 
/**
 * When it ended, seconds since 1970.
 */
ended_at: number | null, 
/**
 * What people said, in words.
 */
opinions: string | null, 
/**
 * Its verdicts were written to the households.
 */
concluded: boolean, 
/**
 * Entered by mistake.
 */
removed: boolean, 
/**
 * Who attended.
 */
attendance: Record<string, Attendee>, 
/**
 * How they voted.
 */
votes: Record<string, Vote>, };

/**
 * Whether the person can do something about it.
 */
export type Severity = "refused" | "broken";

/**
 * More than a share of the household's members meet a condition.
 */
export type ShareOver = { 
/**
 * What a member meets.
 */
members: Condition, 
/**
 * In percent of all members; exactly this share is not more.
 */
percent: number, };

/**
 * A person who might be known already.
 */
export type Sought = { 
/**
 * Full name.
 */
name?: string, 
/**
 * `YYYY[-MM[-DD]]`.
 */
born?: string, 
/**
 * 12 digits.
 */
citizen_id?: string, };

/**
 * A number of the law with where it comes from.
 */
export type Sourced = { 
/**
 * The number.
 */
value: number, 
/**
 * How sure it is.
 */
status: Status, 
/**
 * The document and article, or why it is taken to be so.
 */
source: string, };

/**
 * A stage of the procedure.
 */
export type Stage = "unlisted" | "listed" | "surveyed" | "submitted" | "returned" | "resubmitted" | "met" | "not_agreed" | "posted" | "complained" | "rechecked" | "opinion" | "recognised" | "sealed";

/**
 * How many households are at a stage.
 */
export type StageCount = { 
/**
 * The stage.
 */
stage: Stage, 
/**
 * How many.
 */
households: number, 
/**
 * The steps that this person may take from there; those of the village meeting are taken there.
 */
next: Array<string>, };

/**
 * Answer of `procedure.stages`.
 */
export type StageCounts = { 
/**
 * Stages at which somebody is, in the order of the procedure.
 */
stages: Array<StageCount>, };

/**
 * Parameters of `procedure.stages`.
 */
export type StageQuery = { 
/**
 * Only this village.
 */
village?: string, 
/**
 * The review; the open one if absent.
 */
review?: string, };

/**
 * Where a household stands in the procedure of the review that is looked at.
 */
export type Standing = { 
/**
 * The stage.
 */
stage: Stage, 
/**
 * People took different last steps without having seen each other's.
 */
concurrent: boolean, 
/**
 * The steps that this person may take next; those of the village meeting are taken there.
 */
next: Array<string>, 
/**
 * Every recorded step, each after those that its author had seen.
 */
steps: Array<RecordedStep>, };

/**
 * Where a household stands.
 */
export type State = { 
/**
 * The stage.
 */
stage: Stage, 
/**
 * The counted steps that no other counted step had seen: what the next step is taken after.
 */
last: Array<string>, 
/**
 * The last steps lead to different stages: people did not see each other's.
 */
concurrent: boolean, 
/**
 * Steps that were not allowed when they were taken.
 */
ignored: Array<string>, };

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
 * How sure a value of the rulebook is.
 */
export type Status = "verified" | "secondary" | "inferred" | "recall" | "not_found";

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
 * A household at which a step was not taken.
 */
export type StepRefused = { 
/**
 * The household.
 */
household: string, 
/**
 * Why, coded like an error.
 */
code: string, 
/**
 * What the words speak of.
 */
params: { [key in string]: string }, };

/**
 * Parameters of `procedure.take`: one step at one or many households, each whole or not at all.
 */
export type StepTake = { 
/**
 * The households, at most 500.
 */
households: Array<string>, 
/**
 * The step: `submitted`, `returned`, `posted` …
 */
step: string, 
/**
 * The review; the open one if absent.
 */
review?: string, 
/**
 * Why, in words; a complaint says what it is about.
 */
why?: Scalar, 
/**
 * What has to be looked at again, question by question; of one household only.
 */
comments?: Array<NewComment>, };

/**
 * Answer of `procedure.take`.
 */
export type StepsTaken = { 
/**
 * Where the step was taken.
 */
taken: Array<string>, 
/**
 * Where it was not; nothing was written there.
 */
refused: Array<StepRefused>, };

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
 * A support that looks the same as another one of the household.
 */
export type SupportWarning = { 
/**
 * The support.
 */
support: string, 
/**
 * The one that it looks like.
 */
same_as: string, };

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
 * Pictures that the server took.
 */
photos: number, 
/**
 * Requests made.
 */
rounds: number, 
/**
 * The server has everything that waited when the sync began, and the device has everything that the server had.
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
running: boolean, 
/**
 * Syncs that have ended since the app was started: another number than before means that records may have come.
 */
syncs: number, 
/**
 * The server can be heard: what others send is here at once.
 */
live: boolean, };

/**
 * The votes on a household, counted.
 */
export type Tally = { 
/**
 * The session.
 */
session: string, 
/**
 * The household.
 */
household: string, 
/**
 * Who agree.
 */
for: number, 
/**
 * Who do not.
 */
against: number, 
/**
 * Who came.
 */
attendees: number, 
/**
 * Those who agree among those who came, in hundredths of a percent, rounded down.
 */
percent_hundredths: number, 
/**
 * What came of it.
 */
verdict: Verdict, };

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
 * Who has a status for a task.
 */
export type TaskLevel = "town" | "units";

/**
 * A score at which a class begins or ends.
 */
export type Threshold = { 
/**
 * Key.
 */
id: string, 
/**
 * For rural households.
 */
rural: Sourced, 
/**
 * For urban households.
 */
urban: Sourced, };

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
visit: string | null, 
/**
 * The class of the household if this value is chosen; null while it is open.
 */
class: Class | null, 
/**
 * The classes that it can still come to if this value is chosen; empty where the field decides about none.
 */
possible: Array<Class>, };

/**
 * Yes, no, or not decided by what is known.
 */
export type Truth = "yes" | "no" | "unknown";

/**
 * Another record of the same household.
 */
export type Twin = { 
/**
 * The record.
 */
id: string, 
/**
 * What people call it, if it is on this device.
 */
name: string | null, };

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
successors: Array<string>, 
/**
 * The column of the B1 table that holds here: `NT_BTB_DHMT`, `THANH_THI`.
 */
b1_region: string | null, };

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
 * What came of the votes on a household.
 */
export type Verdict = "agreed" | "not_agreed" | "open" | "impossible";

/**
 * Answer of `app.verify`.
 */
export type Verified = { 
/**
 * Nothing is damaged.
 */
sound: boolean, 
/**
 * Documents.
 */
documents: number, 
/**
 * Changes.
 */
changes: number, 
/**
 * Lists were compared with what the changes make; not where a document cannot be read.
 */
compared: boolean, 
/**
 * What is damaged, in the order in which it was found.
 */
damages: Array<Damage>, };

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
 * The section of the form that was confirmed to be as in the review before.
 */
confirms: string | null, 
/**
 * Taken back.
 */
removed: boolean, };

/**
 * The vote on a household.
 */
export type Vote = { 
/**
 * Agreed with the result.
 */
for: number | null, 
/**
 * Did not.
 */
against: number | null, 
/**
 * In words.
 */
note: string | null, };

/** Every method with what it takes and gives. */
export interface Methods {
  "app.status": { params: Nothing; answer: AppStatus };
  "app.enrol": { params: AppEnrol; answer: AppStatus };
  "app.unlock": { params: AppUnlock; answer: AppStatus };
  "app.lock": { params: Nothing; answer: AppStatus };
  "app.verify": { params: Nothing; answer: Verified };
  "config.get": { params: Nothing; answer: Config };
  "home.summary": { params: HomeQuery; answer: HomeSummary };
  "household.list": { params: ListQuery; answer: HouseholdList };
  "household.create": { params: HouseholdCreate; answer: HouseholdCreated };
  "household.open": { params: HouseholdOpen; answer: HouseholdPage };
  "household.save": { params: HouseholdSave; answer: HouseholdPage };
  "household.resolve": { params: HouseholdResolve; answer: HouseholdPage };
  "household.confirm": { params: HouseholdConfirm; answer: HouseholdPage };
  "household.duplicates": { params: DuplicateQuery; answer: DuplicateList };
  "household.split": { params: HouseholdSplit; answer: HouseholdCreated };
  "household.remove": { params: HouseholdRemove; answer: HouseholdPage };
  "household.restore": { params: HouseholdRestore; answer: HouseholdPage };
  "household.merging": { params: MergingQuery; answer: Merging };
  "household.merge": { params: HouseholdMerge; answer: HouseholdPage };
  "household.unmerge": { params: HouseholdUnmerge; answer: HouseholdPage };
  "household.history": { params: HouseholdHistory; answer: History };
  "member.add": { params: MemberAdd; answer: HouseholdPage };
  "member.leave": { params: MemberLeave; answer: HouseholdPage };
  "card.read": { params: CardRead; answer: CitizenCard };
  "card.scan": { params: CardScan; answer: CitizenCard };
  "support.add": { params: SupportAdd; answer: HouseholdPage };
  "photo.add": { params: PhotoAdd; answer: HouseholdPage };
  "photo.get": { params: PhotoQuery; answer: PhotoFile };
  "photo.remove": { params: PhotoRemove; answer: HouseholdPage };
  "conflict.list": { params: ConflictQuery; answer: ConflictList };
  "draft.keep": { params: DraftKeep; answer: Nothing };
  "draft.get": { params: DraftKey; answer: DraftFound };
  "draft.drop": { params: DraftKey; answer: Nothing };
  "draft.list": { params: Nothing; answer: DraftList };
  "meeting.minutes": { params: MeetingMinutes; answer: MinutesFile };
  "meeting.open": { params: MeetingOpen; answer: MeetingPage };
  "meeting.save": { params: MeetingSave; answer: MeetingPage };
  "meeting.session": { params: MeetingSession; answer: MeetingPage };
  "meeting.person": { params: MeetingPerson; answer: MeetingPage };
  "meeting.conclude": { params: MeetingConclude; answer: MeetingPage };
  "procedure.take": { params: StepTake; answer: StepsTaken };
  "procedure.stages": { params: StageQuery; answer: StageCounts };
  "comment.add": { params: CommentAdd; answer: HouseholdPage };
  "comment.done": { params: CommentDone; answer: HouseholdPage };
  "programme.open": { params: ProgrammeOpen; answer: ProgrammePage };
  "programme.save": { params: ProgrammeSave; answer: ProgrammePage };
  "sync.run": { params: Nothing; answer: SyncReport };
  "sync.log": { params: Nothing; answer: SyncLog };
  "bundle.export": { params: BundleExport; answer: BundleFile };
  "bundle.import": { params: BundleImport; answer: BundleReport };
  "refused.list": { params: Nothing; answer: RefusedList };
}
