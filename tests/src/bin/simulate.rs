//! `simulate`: plays histories with faults and says what was lost of them. A failure is replayed by its seed.

use std::process::ExitCode;

use clap::Parser;
use tests::demo::crew::say;
use tests::simulate::{Told, play_all};

/// Plays the histories of many seeds, or one again.
#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// How many histories.
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
}

fn main() -> ExitCode {
    let Arguments { seeds, from } = Arguments::parse();
    let (told, failed) = play_all(from..from + seeds);
    let Told { edits, acknowledged, requests, faults } = told;
    for wrong in &failed {
        say(wrong);
    }
    say(&format!("{seeds} histories, {requests} requests, {edits} edits, {acknowledged} acknowledged"));
    for (kind, count) in faults {
        say(&format!("{count:>8}  {kind}"));
    }
    say(&format!("{} histories failed", failed.len()));
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
