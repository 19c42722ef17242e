//! A village of made-up households on a server, surveyed in four sections each, and a device that has synced them.

use chrono::NaiveDate;
use domain::classification::Class;
use domain::date::parse_day;
use domain::id::{ActorId, DocumentId, MemberId, ReviewId};
use domain::scalar::Scalar;
use domain::unit::Area;
use records::{Author, Document, Edit, Kind};
use tempfile::TempDir;

use crate::client::{ACTOR, Client, chunk};
use crate::demo::answers::{Answer, Asked, Survey};
use crate::demo::dice::Dice;
use crate::demo::people::{Person, Registry};
use crate::field::Field;
use crate::place::Place;
use crate::server::{Server, command};

/// The town of the stories: one of its villages holds everybody here.
const TOWN: &str = include_str!("../../story/town.toml");
/// Households that travel in one request: well below what a request may hold.
pub const A_REQUEST: usize = 32;
/// Every village is made from this seed.
const SEED: u64 = 390_844;

/// A server and a device that hold the same households.
pub struct Population {
    /// Kept for as long as its files are needed.
    pub folder: TempDir,
    /// Where the device's data lies.
    pub device: std::path::PathBuf,
    /// How long the first sync took, in milliseconds.
    pub first_sync: f64,
}

/// Makes the households, sends them to a server and syncs a new device.
///
/// # Panics
/// When the server or the device refuses anything.
#[allow(clippy::disallowed_methods, reason = "how long the first sync takes is measured here")]
pub fn populate(households: usize) -> Population {
    let folder = tempfile::Builder::new().prefix("rasoat-bench-").tempdir().expect("a folder can be made");
    let (file, place) = (folder.path().join("town.toml"), Place::new(&folder.path().join("server")));
    std::fs::write(&file, TOWN).expect("the town file can be written");
    command(&place, &["init", "--town", &file.to_string_lossy()], "").expect("the town is set up");
    let server = Server::start(&place, &folder.path().join("server.log"));
    send(&mut Client::enrol(&server.url(), &server.code("binh")), households);
    let device = folder.path().join("device");
    let mut field = Field::start(&device);
    field.enrol(&server.url(), &server.code("ha"), "máy đo");
    let began = std::time::Instant::now();
    let report = field.call("sync.run", serde_json::json!({}));
    let first_sync = began.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(report["complete"], serde_json::json!(true), "{report}");
    Population { folder, device, first_sync }
}

fn send(client: &mut Client, households: usize) {
    let (mut maker, scope) = (Maker::new(client.review()), client.scope());
    let mut left = households;
    while left > 0 {
        let now = left.min(A_REQUEST);
        let made: Vec<_> = (0..now).map(|_| maker.household()).collect();
        let documents = made.iter().map(|document| {
            (document.id(), document.changes().iter().map(|change| chunk(document.id(), change)).collect())
        });
        client.push_all(scope, documents.collect());
        left -= now;
    }
}

/// Makes households one after the other.
pub struct Maker {
    dice: Dice,
    people: Registry,
    review: ReviewId,
    as_of: NaiveDate,
    actor: ActorId,
    made: u32,
}

impl Maker {
    /// The first household of the village is the next.
    ///
    /// # Panics
    /// Never: the day is one.
    pub fn new(review: ReviewId) -> Self {
        let as_of = parse_day("2016-10-01").expect("a day");
        Self { dice: Dice::new(SEED), people: Registry::new(as_of), review, as_of, actor: ACTOR, made: 0 }
    }

    /// The same households in another village, by another source of changes.
    #[must_use]
    pub fn by(self, actor: ActorId) -> Self {
        Self { actor, ..self }
    }

    /// Other households than those of the other parts, by a source of changes of their own.
    ///
    /// # Panics
    /// Never: the day is one.
    pub fn of_part(review: ReviewId, part: u8) -> Self {
        let maker = Self::new(review).by(ActorId([part + 1; 16]));
        let people = Registry::new(maker.as_of).from_province(u32::from(part));
        Self { dice: Dice::new(SEED + u64::from(part)), people, ..maker }
    }

    /// Who writes.
    pub fn actor(&self) -> ActorId {
        self.actor
    }

    /// The next household, edited so many times more.
    ///
    /// # Panics
    /// Never: the field is one.
    pub fn edited(&mut self, edits: usize) -> Document {
        let mut document = self.household();
        for at in 0..edits {
            let heads = document.heads();
            let phone = [edit("place/phone", Scalar::text(format!("09{at:08}")))];
            document.save(&heads, &phone, &self.author()).expect("the field is saved");
        }
        document
    }

    fn author(&self) -> Author {
        let spare = ActorId([!self.actor.0[0]; 16]);
        Author { actor: self.actor, spare, time: 1_475_300_000, visit: None }
    }

    /// The next household: its people and place, its dwelling, its people's answers, its B1 total.
    ///
    /// # Panics
    /// When a field is none.
    pub fn household(&mut self) -> Document {
        self.made += 1;
        let size = [1, 2, 3, 4, 4, 4, 5, 5, 6, 7][self.dice.between(0, 9) as usize];
        let people = self.people.household(&mut self.dice, size);
        let classes = [Class::PoorIncome, Class::PoorDeprived, Class::NearPoor, Class::NotPoor];
        let class = classes[self.dice.weighted(&[2, 1, 3, 4])];
        let asked = Asked { people: &people, area: Area::Urban, as_of: self.as_of };
        let survey = asked.survey(&mut self.dice, class, &[]);
        let mut bytes = [self.actor.0[0].wrapping_add(4); 16];
        bytes[..4].copy_from_slice(&self.made.to_be_bytes());
        let mut document = Document::create(Kind::Household, DocumentId(bytes));
        for section in self.sections(&people, &survey) {
            let heads = document.heads();
            document.save(&heads, &section, &self.author()).expect("the fields are saved");
        }
        document
    }

    fn sections(&mut self, people: &[Person], survey: &Survey) -> [Vec<Edit>; 4] {
        let (of_people, of_dwelling): (Vec<&Answer>, Vec<&Answer>) =
            survey.answers.iter().partition(|answer| answer.member.is_some());
        let total = edit(&format!("reviews/{}/b1_entered", self.review), Scalar::Int(survey.b1));
        let answers = |answers: Vec<&Answer>| answers.into_iter().map(|answer| self.answer(answer)).collect();
        [self.identity(people), answers(of_dwelling), answers(of_people), vec![total]]
    }

    fn identity(&self, people: &[Person]) -> Vec<Edit> {
        let mut edits = vec![
            edit("head", Scalar::text(member(0).to_string())),
            edit("place/address", Scalar::text(format!("Số {} ngõ Thử Nghiệm", self.made))),
            edit("place/code", Scalar::text(format!("TN{:06}", self.made))),
        ];
        for (at, person) in people.iter().enumerate() {
            let field = |key: &str| format!("members/{}/{key}", member(at));
            edits.push(edit(&field("name"), Scalar::text(&person.name)));
            edits.push(edit(&field("sex"), Scalar::text(person.sex.code())));
            edits.push(edit(&field("born"), Scalar::text(person.born.to_string())));
            edits.push(edit(&field("ethnicity"), Scalar::text(person.ethnicity)));
            edits.push(edit(&field("relation"), Scalar::text(person.relation)));
            edits.push(edit(&field("order"), Scalar::Int(at as i64)));
            edits.extend(person.citizen_id.as_ref().map(|id| edit(&field("citizen_id"), Scalar::text(id))));
        }
        edits
    }

    fn answer(&self, answer: &Answer) -> Edit {
        let option = answer.option.map(|option| format!("#{option}")).unwrap_or_default();
        let who = answer.member.map(|at| format!("/{}", member(at))).unwrap_or_default();
        let path = format!("reviews/{}/answers/{}{option}{who}", self.review, answer.question);
        edit(&path, answer.value.clone())
    }
}

fn edit(field: &str, value: Scalar) -> Edit {
    Edit { field: field.parse().expect("a field has a path"), value }
}

/// Members are told apart within their household only.
fn member(at: usize) -> MemberId {
    MemberId([at as u8 + 1; 16])
}
