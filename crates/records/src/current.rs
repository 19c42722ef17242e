//! What a document says now: every value of every field, as Automerge merged them.
//!
//! **Invariant:** values of a field are ordered winner first: by operation counter, then actor; never by clock.
//! **Invariant:** total. Unknown keys and types are passed over; an entry made twice at the same time is read as one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, Value};
use domain::field::Field;
use domain::scalar::Scalar;

use crate::kind::Kind;
use crate::op::{Map, OpId, scalar_of};
use crate::seat::{field_at, join};

/// Deepest map of a document: `reviews/<id>/visits/<id>`.
const DEPTH_MAX: usize = 4;

/// One value that a field has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The value.
    pub value: Scalar,
    /// The operation that put it.
    pub op: OpId,
    /// The map it is in.
    pub map: Map,
}

/// The present state.
pub(crate) struct Current {
    /// Values by field; more than one where people wrote at the same time.
    pub fields: BTreeMap<Field, Vec<Standing>>,
    /// Maps by path; more than one where an entry was made twice.
    pub maps: BTreeMap<String, Vec<Map>>,
}

struct Walk<'a> {
    kind: Kind,
    merged: &'a Automerge,
    found: Current,
}

/// The map that a walk is in.
struct Spot {
    object: ObjId,
    map: Map,
    path: String,
    depth: usize,
}

impl Current {
    /// Reads the whole document.
    pub(crate) fn read(kind: Kind, merged: &Automerge) -> Self {
        let found =
            Self { fields: BTreeMap::new(), maps: BTreeMap::from([(String::new(), vec![Map::Root])]) };
        let mut walk = Walk { kind, merged, found };
        walk.map(&Spot { object: ROOT, map: Map::Root, path: String::new(), depth: 0 });
        let mut found = walk.found;
        for values in found.fields.values_mut() {
            values.sort_by_key(|standing| Reverse(standing.op));
        }
        found
    }

    /// The values of a field, winner first.
    pub(crate) fn values(&self, field: &Field) -> &[Standing] {
        self.fields.get(field).map(Vec::as_slice).unwrap_or_default()
    }
}

/// True if people contradict each other. The same value twice is no contradiction.
pub(crate) fn contradict(values: &[Standing]) -> bool {
    values.iter().any(|standing| standing.value != values[0].value)
}

impl Walk<'_> {
    fn map(&mut self, spot: &Spot) {
        let merged = self.merged;
        for item in merged.map_range(&spot.object, ..) {
            if item.conflict {
                let all = merged.get_all(&spot.object, item.key.as_ref()).unwrap_or_default();
                all.iter().for_each(|(value, id)| self.value(spot, &item.key, value, id));
            } else {
                self.value(spot, &item.key, &item.value.clone().into_value(), &item.id());
            }
        }
    }

    fn value(&mut self, spot: &Spot, key: &str, value: &Value<'_>, id: &ObjId) {
        let Some(op) = OpId::of_object(id) else { return };
        match value {
            Value::Object(ObjType::Map) if spot.depth < DEPTH_MAX => {
                let path = join(&spot.path, key);
                self.found.maps.entry(path.clone()).or_default().push(Map::Made(op));
                self.map(&Spot { object: id.clone(), map: Map::Made(op), path, depth: spot.depth + 1 });
            }
            Value::Object(_) => {}
            Value::Scalar(scalar) => {
                let field = field_at(self.kind, &spot.path, key);
                if let Some((field, value)) = field.zip(scalar_of(scalar)) {
                    let standing = Standing { value, op, map: spot.map };
                    self.found.fields.entry(field).or_default().push(standing);
                }
            }
        }
    }
}
