//! What a change writes, for the gate's permission and value checks.

use domain::field::Field;
use domain::scalar::Scalar;

use crate::document::Document;
use crate::error::RecordError;
use crate::heads::Hash;
use crate::past::{Past, Writing};

/// The fields that a change writes, with their values, in the order of its operations. The skeleton and fixed changes
/// write none. Ask after applying the change, on the copy that is thrown away if the change is refused.
///
/// Decoding may panic on an operation that Automerge does not know: the gate calls this under `catch_unwind`.
///
/// # Errors
/// `UnknownPath` for a path, an operation or a container that documents of this kind do not have, deletions included;
/// `WrongValue` for a value of another type; `Predecessor` for an operation that supersedes what it has not seen or
/// what is not the same field; `UnknownHeads` if the change is not in the document.
pub fn touched(document: &Document, hash: &Hash) -> Result<Vec<(Field, Scalar)>, RecordError> {
    let lineage = &document.lineage;
    let position = lineage.position(hash).ok_or(RecordError::UnknownHeads)?;
    let past = Past::read(document.kind(), document.id(), &lineage.changes()[..=position]);
    let deeds = &past.deeds[position];
    if let Some(fault) = &deeds.fault {
        return Err(fault.clone());
    }
    for writing in &deeds.writings {
        check_over(document, &past, position, writing)?;
    }
    Ok(deeds.writings.iter().map(|writing| (writing.field.clone(), writing.value.clone())).collect())
}

fn check_over(
    document: &Document,
    past: &Past,
    position: usize,
    writing: &Writing,
) -> Result<(), RecordError> {
    let changes = document.lineage.changes();
    for op in &writing.over {
        let (at, over) = past.find(op).ok_or(RecordError::Predecessor)?;
        let hash = changes[at.change].hash().0;
        let seen = document.lineage.descends(&[changes[position].hash().0], &hash);
        if over.field != writing.field || over.op >= writing.op || !seen {
            return Err(RecordError::Predecessor);
        }
    }
    Ok(())
}
