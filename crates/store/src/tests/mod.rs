//! The store as its callers use it: documents saved, delivered, refused, searched, rebuilt.

mod carrying;
mod delivery;
mod lists;
mod merging;
mod saving;
mod verify;

use domain::configuration::Configuration;
use domain::id::{ActorId, DocumentId, EnrolmentId, EpochId, MemberId, ReviewId, TownId, UnitId, UserId};
use domain::review::{Review, ReviewKind};
use domain::rulebook::Rulebook;
use domain::scalar::Scalar;
use domain::unit::{Area, Unit, UnitKind};
use domain::user::{Role, User};
use records::{Author, Document, Edit, Hash, Kind, RawChange};

use crate::{DatabaseKey, Holder, Store, Written};

pub const VILLAGE: UnitId = UnitId([2; 16]);
pub const OTHER_VILLAGE: UnitId = UnitId([3; 16]);
pub const REVIEW: ReviewId = ReviewId([5; 16]);
pub const EPOCH: EpochId = EpochId([7; 16]);
pub const HOLDER: Holder = Holder { user: UserId([8; 16]), enrolment: EnrolmentId([9; 16]) };

/// A database in a folder that goes away with it.
pub struct Device {
    pub folder: tempfile::TempDir,
    pub store: Store,
    actor: u8,
}

pub fn key() -> DatabaseKey {
    DatabaseKey::new([42; 32])
}

fn unit(id: UnitId, name: &str) -> Unit {
    Unit {
        id,
        parent: None,
        kind: UnitKind::Village,
        name: name.to_owned(),
        area: Area::Urban,
        valid_from: "2000-01-01".to_owned(),
        valid_to: None,
        successors: Vec::new(),
        b1_region: None,
    }
}

pub fn configuration() -> Configuration {
    let rulebook = &Rulebook::shipped()[0];
    let scopes = vec![VILLAGE, OTHER_VILLAGE];
    Configuration {
        version: 1,
        town: TownId([1; 16]),
        town_unit: UnitId([1; 16]),
        user: User { id: HOLDER.user, name: "Lê Thị Thử".to_owned(), role: Role::Collector, scopes },
        units: vec![unit(VILLAGE, "Khu phố 1"), unit(OTHER_VILLAGE, "Khu phố 2")],
        users: Vec::new(),
        enrolled: Vec::new(),
        reviews: vec![Review {
            id: REVIEW,
            year: 2016,
            kind: ReviewKind::Periodic,
            name: "Rà soát 2016".to_owned(),
            rulebook: rulebook.id.clone(),
            rulebook_hash: rulebook.hash_hex(),
            as_of: "2016-10-01".to_owned(),
            opened_on: "2016-09-01".to_owned(),
            deadline: None,
            list_year: 2017,
            b1_table: None,
            local_standard: None,
            opinion: None,
            opinion_of: None,
        }],
        current_review: Some(REVIEW),
        policies: Vec::new(),
        b1_tables: Vec::new(),
        recognised: Vec::new(),
        seals: Vec::new(),
    }
}

/// A change of a document as its maker holds it.
pub struct Made {
    pub document: Document,
    pub changes: Vec<RawChange>,
    pub author: Author,
    pub actors: [ActorId; 2],
}

pub fn author(actor: u8) -> Author {
    Author {
        actor: ActorId([actor; 16]),
        spare: ActorId([actor + 100; 16]),
        time: 1_480_000_000,
        visit: None,
    }
}

/// Saves these fields on top of the document.
pub fn edited(document: &Document, actor: u8, edits: &[(&str, Scalar)]) -> Made {
    let edits: Vec<Edit> = edits
        .iter()
        .map(|(field, value)| Edit { field: field.parse().unwrap(), value: value.clone() })
        .collect();
    let (mut document, author) = (document.clone(), author(actor));
    let changes = document.save(&document.heads(), &edits, &author).unwrap();
    Made { document, changes, author, actors: [author.actor, author.spare] }
}

/// What was made, as it is handed to the store.
pub fn written(made: &Made) -> Written<'_> {
    Written {
        document: &made.document,
        scope: VILLAGE,
        changes: &made.changes,
        actors: &made.actors,
        holder: HOLDER,
        at: made.author.time,
    }
}

/// A household of one person.
pub fn household(id: u8, actor: u8, name: &str, citizen_id: &str) -> Made {
    let (id, member) = (DocumentId([id; 16]), MemberId([id; 16]));
    let mut made = edited(
        &Document::create(Kind::Household, id),
        actor,
        &[
            (&format!("members/{member}/name"), Scalar::text(name)),
            (&format!("members/{member}/citizen_id"), Scalar::text(citizen_id)),
            ("head", Scalar::text(member.to_string())),
            ("place/address", Scalar::text("Số 12 ngõ Thử")),
        ],
    );
    made.changes.insert(0, Document::skeleton(Kind::Household, id));
    made
}

impl Device {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("a.db"), &key()).unwrap();
        store.configure(configuration(), &[]).unwrap();
        Self { folder, store, actor: 10 }
    }

    /// Closes the database and opens it again.
    pub fn reopen(self) -> Self {
        let Self { folder, store, actor } = self;
        drop(store);
        let store = Store::open(&folder.path().join("a.db"), &key()).unwrap();
        Self { folder, store, actor }
    }

    pub fn keep(&mut self, made: &Made) {
        self.store.save(&written(made)).unwrap();
    }

    /// Enters a new household and stores it.
    pub fn enter(&mut self, id: u8, name: &str, citizen_id: &str) -> Made {
        self.actor += 1;
        let made = household(id, self.actor, name, citizen_id);
        self.keep(&made);
        made
    }

    pub fn document(&self, id: DocumentId) -> Option<Document> {
        let row = self.store.find(id).unwrap()?;
        self.store.document(&row).unwrap()
    }

    pub fn waiting(&self) -> Vec<Hash> {
        self.store.unsent(usize::MAX).unwrap().into_iter().map(|one| one.hash).collect()
    }

    /// What lists and search read, compared with what a rebuild makes of the changes.
    pub fn assert_projections_are_those_of_a_rebuild(&mut self) {
        let before = crate::verify::shown(&self.store.db).unwrap();
        self.store.rebuild().unwrap();
        assert_eq!(before, crate::verify::shown(&self.store.db).unwrap());
    }
}
