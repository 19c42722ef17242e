//! Files that carry signed edits to another device, or to the office.

use crate::app::App;
use crate::bundle;
use crate::fault::Fault;
use crate::host::Host;
use crate::wire::bundle::{BundleExport, BundleFile, BundleImport, BundleReport};

/// Writes a file and says the code that opens it.
pub(crate) fn export<H: Host>(app: &App<H>, form: BundleExport) -> Result<BundleFile, Fault> {
    bundle::export(app, form)
}

/// Takes a file: what it brings is seen at once, and waits to be carried to the server.
pub(crate) fn import<H: Host>(app: &App<H>, form: BundleImport) -> Result<BundleReport, Fault> {
    bundle::import(app, form)
}
