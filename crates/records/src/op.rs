//! Operation ids and values, between our types and Automerge's.

use automerge::{ObjId, ObjType, ScalarValue, legacy};
use domain::id::ActorId;
use domain::scalar::Scalar;

/// The id of an operation: later operations have higher counters, equal counters are ordered by actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OpId {
    /// One more than anything its change had seen.
    pub counter: u64,
    /// Who made it.
    pub actor: ActorId,
}

/// The map that an operation works in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Map {
    /// The document itself.
    Root,
    /// The map that this operation made.
    Made(OpId),
}

/// Our actors are always 16 bytes.
pub(crate) fn actor_of(actor: &automerge::ActorId) -> Option<ActorId> {
    actor.to_bytes().try_into().ok().map(ActorId::new)
}

impl OpId {
    pub(crate) fn of_legacy(id: &legacy::OpId) -> Option<Self> {
        Some(Self { counter: id.counter(), actor: actor_of(id.actor())? })
    }

    /// The operation that made a value or a map, as Automerge's reads name it.
    pub(crate) fn of_object(id: &ObjId) -> Option<Self> {
        match id {
            ObjId::Id(counter, actor, _) => Some(Self { counter: *counter, actor: actor_of(actor)? }),
            ObjId::Root => None,
        }
    }

    fn to_legacy(self) -> legacy::OpId {
        legacy::OpId(self.counter, self.actor.bytes().as_slice().into())
    }
}

impl Map {
    pub(crate) fn of_legacy(object: &legacy::ObjectId) -> Option<Self> {
        match object {
            legacy::ObjectId::Root => Some(Self::Root),
            legacy::ObjectId::Id(id) => OpId::of_legacy(id).map(Self::Made),
        }
    }

    fn to_legacy(self) -> legacy::ObjectId {
        match self {
            Self::Root => legacy::ObjectId::Root,
            Self::Made(id) => legacy::ObjectId::Id(id.to_legacy()),
        }
    }
}

/// What Automerge holds as one of our values; `None` for the types that documents never hold.
pub(crate) fn scalar_of(value: &ScalarValue) -> Option<Scalar> {
    match value {
        ScalarValue::Null => Some(Scalar::Null),
        ScalarValue::Boolean(yes) => Some(Scalar::Bool(*yes)),
        ScalarValue::Int(number) => Some(Scalar::Int(*number)),
        ScalarValue::Str(text) => Some(Scalar::text(text.as_str())),
        _ => None,
    }
}

fn to_automerge(value: &Scalar) -> ScalarValue {
    match value {
        Scalar::Null => ScalarValue::Null,
        Scalar::Bool(yes) => ScalarValue::Boolean(*yes),
        Scalar::Int(number) => ScalarValue::Int(*number),
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
    }
}

fn operation(map: Map, key: &str, action: legacy::OpType, over: &[OpId]) -> legacy::Op {
    let over: Vec<legacy::OpId> = over.iter().map(|id| id.to_legacy()).collect();
    legacy::Op {
        action,
        obj: map.to_legacy(),
        key: legacy::Key::Map(key.into()),
        pred: over.into(),
        insert: false,
    }
}

/// The operation that makes an empty map under `key`.
pub(crate) fn make(map: Map, key: &str) -> legacy::Op {
    operation(map, key, legacy::OpType::Make(ObjType::Map), &[])
}

/// The operation that puts a value under `key` and supersedes the operations `over`.
pub(crate) fn put(map: Map, key: &str, value: &Scalar, over: &[OpId]) -> legacy::Op {
    operation(map, key, legacy::OpType::Put(to_automerge(value)), over)
}
