//! `rasoat-device`: the app without a window.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::{Parser, Subcommand};
use device::machine::Machine;
use device::serve::Serving;
use device::{DeviceApp, lines};
use tracing_subscriber::EnvFilter;

/// Bytes of the secret that lets a browser in.
const SECRET_BYTES: usize = 32;

/// A field device without a window.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The folder of the database and the enrolment; made if it does not exist.
    #[arg(long)]
    data: PathBuf,
    /// The folder of what no backup may hold; beside the data folder unless given.
    #[arg(long)]
    kept_apart: Option<PathBuf>,
    #[command(subcommand)]
    mode: Option<Mode>,
}

#[derive(Subcommand)]
enum Mode {
    /// One JSON request a line on stdin, one JSON answer a line on stdout. The default.
    Lines {
        /// Sync without being asked, as the window does.
        #[arg(long)]
        in_step: bool,
    },
    /// The field UI for a browser on this machine; prints its address as one JSON line.
    Serve {
        /// The port on loopback; 0 takes a free one.
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(EnvFilter::from_default_env()).init();
    let arguments = Arguments::parse();
    let kept_apart = arguments.kept_apart.unwrap_or_else(|| beside(&arguments.data));
    let app = device::open(&arguments.data, &kept_apart).context("the data folder cannot be used")?;
    match arguments.mode.unwrap_or(Mode::Lines { in_step: false }) {
        Mode::Lines { in_step } => {
            if in_step {
                device::keep_in_step(&app);
            }
            Ok(lines::run(&*app, io::stdin().lock(), io::stdout().lock())?)
        }
        Mode::Serve { port } => serve(app, port),
    }
}

fn beside(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push(".apart");
    data.with_file_name(name)
}

fn serve(app: Arc<DeviceApp>, port: u16) -> anyhow::Result<()> {
    device::keep_in_step(&app);
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let serving = Serving::bind(port, secret()).await.context("the port cannot be used")?;
        announce(&serving.address())?;
        Ok(serving.run(app).await?)
    })
}

fn announce(address: &str) -> io::Result<()> {
    use io::Write;
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", serde_json::json!({ "listening": address }))?;
    stdout.flush()
}

fn secret() -> String {
    let mut bytes = [0; SECRET_BYTES];
    Machine::fill(&mut bytes);
    hex::encode(bytes)
}
