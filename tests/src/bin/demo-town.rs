//! `demo-town`: the demo town from the first enrolment to the report.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use tests::demo::run::{Wish, run};

/// Runs the demo town's officers against a real server and writes the town's report.
#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// Leave the server and the field UI running until Ctrl-C, and open the window.
    #[arg(long)]
    keep: bool,
    /// Where the report goes.
    #[arg(long, default_value = "demo-out")]
    out: PathBuf,
}

fn main() -> anyhow::Result<ExitCode> {
    let Arguments { keep, out } = Arguments::parse();
    let right = run(&Wish { out, keep })?;
    Ok(if right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
