//! Writing a file: everything of it travels in the signed batches that it would travel to the server in.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use records::Hash;
use store::LogLine;
use sync::batch::SignedBatch;
use sync::bundle::{Code, Lock, Origin, write};
use sync::device::{Offer, in_causal_order, with_chunks};
use sync::push::Chunk;
use zeroize::Zeroizing;

use crate::app::App;
use crate::exchange::{enclose_all, offer, signed_batch};
use crate::fault::{ErrorCode, Fault};
use crate::host::Host;
use crate::session::Session;
use crate::wire::bundle::{BundleExport, BundleFile, BundleWhat};

/// What the names of files end with.
const ENDING: &str = "rasoat";

/// What goes into a file.
struct Load {
    origin: Origin,
    batches: Vec<(SignedBatch, Vec<Chunk>)>,
    documents: u32,
    changes: u32,
}

/// Writes a file under a fresh code.
pub(crate) fn export<H: Host>(app: &App<H>, form: BundleExport) -> Result<BundleFile, Fault> {
    let host = app.host();
    let load = app.with(|session| load(session, host, form.what == BundleWhat::Everything))?;
    if load.changes == 0 {
        return Err(ErrorCode::NothingToCarry.into());
    }
    let (code, lock) = (code(host), lock(host));
    // without the session: to stretch the code takes longer than all the rest
    let file = write(&load.origin, &load.batches, &code, &lock)?;
    let Load { documents, changes, .. } = load;
    app.with(|session| {
        let params = [("documents", documents), ("changes", changes)];
        let params = params.map(|(name, count)| (name.to_owned(), count.to_string())).into();
        Ok(session.store.log(&LogLine { at: host.now(), code: "bundle_written".to_owned(), params })?)
    })?;
    let mark = hex::encode(&lock.salt[..2]);
    Ok(BundleFile {
        file_name: format!("ra-soat-{}-{mark}.{ENDING}", host.today()),
        file: STANDARD.encode(file),
        code: code.shown().to_string(),
        documents,
        changes,
    })
}

fn code(host: &impl Host) -> Code {
    let mut random = Zeroizing::new([0; 16]);
    host.random(random.as_mut());
    Code::of(&random)
}

fn lock(host: &impl Host) -> Lock {
    let cost = host.pin_cost();
    let (memory_kib, passes) = (cost.memory_kib, cost.passes);
    let mut lock = Lock { memory_kib, passes, salt: [0; 16], nonce: [0; 24] };
    host.random(&mut lock.salt);
    host.random(&mut lock.nonce);
    lock
}

/// Signs what no batch names yet, and gathers what travels. Whole records travel: who takes the file may not have what the
/// newest edits build on.
fn load(session: &mut Session, host: &impl Host, everything: bool) -> Result<Load, Fault> {
    enclose_all(session)?;
    let mut batches: BTreeMap<Hash, SignedBatch> = BTreeMap::new();
    let mut offers: Vec<(Hash, Offer)> = Vec::new();
    for one in session.store.travelling(everything)? {
        let Some(id) = one.batch else { continue };
        if !batches.contains_key(&id)
            && let Some(batch) = session.store.batch(&id)?
        {
            batches.insert(id, signed_batch(batch));
        }
        offers.push((id, offer(&one)));
    }
    let documents: BTreeSet<_> = offers.iter().map(|(_, offer)| offer.document).collect();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (documents, changes) = (count(documents.len()), count(offers.len()));
    let origin = Origin { town: session.town, enrolment: session.enrolment, made_at: host.now() };
    let batches = with_chunks(&batches, &in_causal_order(offers));
    Ok(Load { origin, batches, documents, changes })
}
