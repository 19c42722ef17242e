//! Pull: the entries of the device's scopes after its cursors.
//!
//! **Invariant:** only the token's scopes; an entry is never beyond the head that the same answer states.

use std::collections::HashSet;

use axum::extract::{Request, State};
use axum::response::Response;
use records::Hash;
use sync::limits::BODY_MAX;
use sync::pull::{PullRequest, PullState, PullWriter, ScopeState};
use sync::standing::standing;

use super::answer;
use crate::app::App;
use crate::auth::device::Device;
use crate::fault::{Code, Fault};
use crate::limits::ENTRIES_AT_A_TIME;
use crate::{body, clock};

/// POST /v1/pull
pub async fn pull(State(app): State<App>, device: Device, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let received = body::read(&parts.headers, body, BODY_MAX).await?;
    let request = sync::pull::read_request(&received.bytes)?;
    let _place = app.syncs.acquire().await.map_err(|_| Fault::of(Code::ServerBroken))?;
    app.blocking(move |app| collect(app, &device, &request)).await.map(answer)
}

fn collect(app: &App, device: &Device, request: &PullRequest) -> Result<Vec<u8>, Fault> {
    let state = state(app, device, request)?;
    write(app, request, &state, PullWriter::new(&state, request.max_bytes))
}

/// How the server stands, for a device that asks.
pub fn state(app: &App, device: &Device, request: &PullRequest) -> Result<PullState, Fault> {
    let user = device.person(app)?;
    let scopes = app.database.heads(&user.scopes)?;
    let (epoch, version) = (app.identity.epoch, app.identity.configuration_version);
    let in_step = request.standing == Some(standing(epoch, version, &scopes));
    let (known, mark) = (request.config_version, request.config_mark);
    Ok(PullState {
        epoch,
        scopes: if in_step { Vec::new() } else { scopes },
        config_version: version,
        config: app.other_configuration(user, known, mark)?,
        server_time: clock::now(),
        in_step,
    })
}

/// The answer with the entries up to the heads of a state.
pub fn write(
    app: &App,
    request: &PullRequest,
    state: &PullState,
    writer: PullWriter,
) -> Result<Vec<u8>, Fault> {
    let mut answer = Answer { app, writer, sent: HashSet::new() };
    for scope in &state.scopes {
        answer.scope(scope, cursor(app, request, scope))?;
    }
    Ok(answer.writer.finish())
}

/// Where the device stands in a scope: at the start if its cursor is of another life or beyond the head.
fn cursor(app: &App, request: &PullRequest, scope: &ScopeState) -> u64 {
    let known = request.cursors.iter().find(|(unit, _)| *unit == scope.unit).map_or(0, |(_, seq)| *seq);
    let same_life = request.epoch == Some(app.identity.epoch);
    if same_life && known <= scope.head { known } else { 0 }
}

struct Answer<'a> {
    app: &'a App,
    writer: PullWriter,
    sent: HashSet<Hash>,
}

impl Answer<'_> {
    fn scope(&mut self, scope: &ScopeState, mut after: u64) -> Result<(), Fault> {
        while after < scope.head && self.writer.has_room() {
            let entries = self.app.database.entries(scope.unit, after, scope.head, ENTRIES_AT_A_TIME)?;
            for entry in &entries {
                if !self.writer.has_room() {
                    return Ok(());
                }
                self.batch(entry.batch)?;
                self.writer.entry(entry);
                after = entry.seq;
            }
            if entries.is_empty() {
                tracing::error!(scope = %scope.unit, after, head = scope.head, "a hole in the log");
                return Err(Fault::of(Code::DatabaseDamaged));
            }
        }
        Ok(())
    }

    /// The batch that an entry names, once an answer.
    fn batch(&mut self, id: Option<Hash>) -> Result<(), Fault> {
        let Some(id) = id.filter(|id| self.sent.insert(*id)) else { return Ok(()) };
        let batch = self.app.database.batch(&id)?.ok_or(Fault::of(Code::DatabaseDamaged))?;
        self.writer.batch(&batch);
        Ok(())
    }
}
