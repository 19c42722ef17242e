//! The running server.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use serde_json::json;
use tokio::net::TcpListener;

use crate::app::App;
use crate::listener::{Bounded, Peer};
use crate::projection;
use crate::router::router;

/// Listens and serves until `stop` is done; `ready` is told the address first.
pub async fn serve(
    app: App,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr) -> anyhow::Result<()>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    app.blocking(projection::catch_up).await.context("bringing the views up to date")?;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))?;
    ready(listener.local_addr()?)?;
    let listeners = Arc::clone(&app.listeners);
    // streams have no end of their own that one could wait for
    let stop = async move {
        stop.await;
        listeners.close();
    };
    let service = router(app).into_make_service_with_connect_info::<Peer>();
    axum::serve(Bounded::new(listener), service).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// The line that says where the server listens: on standard output, and in the ready file if there is one. The file
/// appears whole or not at all.
pub fn announce(address: SocketAddr, ready_file: Option<&Path>) -> anyhow::Result<()> {
    let line = json!({"listening": format!("http://{address}")}).to_string();
    #[allow(clippy::print_stdout)]
    {
        println!("{line}");
    }
    if let Some(path) = ready_file {
        let partial = path.with_extension("partial");
        std::fs::write(&partial, format!("{line}\n")).context("writing the ready file")?;
        std::fs::rename(&partial, path).context("placing the ready file")?;
    }
    Ok(())
}

/// Done when the process is asked to end.
pub async fn asked_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}
