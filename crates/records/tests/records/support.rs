//! Officers with devices, in few words.

use domain::field::Field;
use domain::id::{ActorId, DocumentId, ReviewId, VisitId};
use domain::scalar::Scalar;
use records::{
    Author, Conflict, ConflictKind, Document, Edit, Hash, Heads, Kind, RawChange, Reader, RecordError,
};

pub const REVIEW: ReviewId = ReviewId::new([0xee; 16]);
/// Where the first officer's clock starts.
pub const MORNING: i64 = 1_480_000_000;

pub fn household_id() -> DocumentId {
    DocumentId::new([0x11; 16])
}

pub fn text(text: &str) -> Scalar {
    Scalar::text(text)
}

/// The path of an answer in the review.
pub fn answer(question: &str) -> String {
    format!("reviews/{REVIEW}/answers/{question}")
}

/// A 32-digit id of one repeated byte, as it stands in paths.
pub fn hex(byte: u8) -> String {
    format!("{byte:02x}").repeat(16)
}

pub fn edit(path: &str, value: Scalar) -> Edit {
    Edit { field: path.parse::<Field>().unwrap(), value }
}

pub fn edits(list: &[(&str, Scalar)]) -> Vec<Edit> {
    list.iter().map(|(path, value)| edit(path, value.clone())).collect()
}

/// What a change of the document writes, read as it would be where only what it has seen is.
pub fn touched(document: &Document, hash: &Hash) -> Result<Vec<(Field, Scalar)>, RecordError> {
    let change = document.change(hash).unwrap();
    if change.deps.is_empty() {
        return Ok(Vec::new());
    }
    let before = document.at(&Heads::new(change.deps.clone())).unwrap();
    Reader::new(before).read(&change.bytes).map(|reading| reading.touched())
}

/// An officer with a device.
#[derive(Clone)]
pub struct Officer {
    pub document: Document,
    pub actor: ActorId,
    spares: u8,
    clock: i64,
    pub visit: Option<VisitId>,
}

impl Officer {
    pub fn of(name: u8, kind: Kind, id: DocumentId) -> Self {
        let clock = MORNING + i64::from(name) * 1000;
        let actor = ActorId::new([name; 16]);
        Self { document: Document::create(kind, id), actor, spares: 0, clock, visit: None }
    }

    pub fn new(name: u8) -> Self {
        Self::of(name, Kind::Household, household_id())
    }

    /// Opens the form.
    pub fn opens(&self) -> Heads {
        self.document.heads()
    }

    fn author(&mut self) -> Author {
        self.spares += 1;
        self.clock += 10;
        let mut spare = *self.actor.bytes();
        spare[15] = spare[15].wrapping_add(0x40 + self.spares);
        Author { actor: self.actor, spare: ActorId::new(spare), time: self.clock, visit: self.visit }
    }

    /// Saves a form that was opened earlier.
    pub fn saves_on(&mut self, opened_on: &Heads, list: &[(&str, Scalar)]) -> Vec<RawChange> {
        let author = self.author();
        self.document.save(opened_on, &edits(list), &author).unwrap()
    }

    /// Opens and saves.
    pub fn saves(&mut self, list: &[(&str, Scalar)]) -> Vec<RawChange> {
        self.saves_on(&self.opens(), list)
    }

    pub fn answers(&mut self, question: &str, value: &str) -> Hash {
        self.saves(&[(&answer(question), text(value))]).last().unwrap().hash
    }

    /// Chooses between contradicting values, as the form does: the value and the choice in one save.
    pub fn chooses(&mut self, question: &str, value: &str) -> Hash {
        let field = answer(question);
        let choice = format!("reviews/{REVIEW}/choices/{}", hex(0xc0 + self.spares));
        let list = [(field.as_str(), text(value)), (&format!("{choice}/field"), text(&field))];
        self.saves(&list).last().unwrap().hash
    }

    /// Takes everything that the other has.
    pub fn receives(&mut self, other: &Self) {
        for change in other.document.changes() {
            self.document.apply(&change.bytes).unwrap();
        }
    }

    pub fn reads(&self, question: &str) -> Option<Scalar> {
        let household = self.document.household();
        household.reviews.get(&REVIEW)?.answers.get(&question.parse().unwrap()).cloned()
    }

    /// The values of the only conflict of this kind.
    pub fn conflict(&self, kind: ConflictKind) -> Option<Conflict> {
        let mut found = self.document.conflicts().into_iter().filter(|conflict| conflict.kind == kind);
        let only = found.next();
        assert!(found.next().is_none(), "more than one conflict");
        only
    }

    /// The texts of the only conflict of this kind, the one that stands first.
    pub fn contested(&self, kind: ConflictKind) -> Vec<String> {
        let values = self.conflict(kind).map(|conflict| conflict.values).unwrap_or_default();
        values.iter().map(|told| told.value.as_text().unwrap_or_default().to_owned()).collect()
    }
}

/// After both took everything from the other.
pub fn meet(one: &mut Officer, other: &mut Officer) {
    one.receives(other);
    other.receives(one);
    assert_eq!(one.document.heads(), other.document.heads());
    assert_eq!(one.document.household(), other.document.household());
    assert_eq!(one.document.conflicts(), other.document.conflicts());
}
