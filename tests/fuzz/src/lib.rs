//! What the fuzz targets share: a household, and who writes to it.

pub mod imports;

use domain::id::{ActorId, DocumentId, EnrolmentId, ReviewId, UnitId, UserId};
use domain::scalar::Scalar;
use domain::user::Role;
use records::{Author, Document, Edit, Kind, RawChange};
use sync::gate::{KnownReview, Signer};

pub const HOUSEHOLD: DocumentId = DocumentId::new([1; 16]);
pub const KNOWN: KnownReview = KnownReview { id: ReviewId::new([2; 16]), opinion: false };

pub fn signer() -> Signer {
    Signer {
        enrolment: EnrolmentId::new([3; 16]),
        user: UserId::new([4; 16]),
        role: Role::Collector,
        scopes: vec![UnitId::new([5; 16])],
        former: vec![],
        key: [6; 32],
    }
}

fn edit(field: &str, value: &str) -> Edit {
    Edit { field: field.parse().expect("a field"), value: Scalar::text(value) }
}

/// A household of three saves, the last of which has a member's entry.
pub fn household() -> (Document, Vec<RawChange>) {
    let mut document = Document::create(Kind::Household, HOUSEHOLD);
    let author = Author {
        actor: ActorId::new([7; 16]),
        spare: ActorId::new([8; 16]),
        time: 1_480_000_000,
        visit: None,
    };
    let saves = [
        vec![edit("place/address", "Ngõ 4"), edit("place/phone", "0990000001")],
        vec![edit(&format!("reviews/{}/answers/nuoc", KNOWN.id), "may")],
        vec![edit(&format!("members/{}/name", "0a".repeat(16)), "Lê Thử")],
    ];
    for save in saves {
        let heads = document.heads();
        document.save(&heads, &save, &author).expect("the fields are saved");
    }
    let changes = document.changes();
    (document, changes)
}

/// The household before its last change, and that change's content without its head.
pub fn before_the_last() -> (Document, Vec<u8>) {
    let (_, changes) = household();
    let (last, earlier) = changes.split_last().expect("changes");
    let document = Document::load(Kind::Household, HOUSEHOLD, earlier.iter().map(|it| it.bytes.as_slice()));
    (document.expect("it loads"), content(&last.bytes))
}

/// What a chunk holds after its head, kind and length.
pub fn content(chunk: &[u8]) -> Vec<u8> {
    let length = chunk[9..].iter().position(|byte| byte & 0x80 == 0).expect("a length") + 1;
    chunk[9 + length..].to_vec()
}
