//! `bench-device`: the device benchmark, written as a page of the documentation.

use std::path::PathBuf;

use clap::Parser;
use tests::bench::measure::measure;
use tests::bench::table::{missed, page};
use tests::demo::crew::say;

/// Measures a field device with villages of several sizes.
#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// Households of each village.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
    sizes: Vec<usize>,
    /// Where the page goes.
    #[arg(long, default_value = "docs/benchmarks-device.md")]
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let Arguments { sizes, out } = Arguments::parse();
    let mut measured = Vec::new();
    for households in sizes {
        say(&format!("{households} households …"));
        measured.push(measure(households));
    }
    let text = page(&measured, &machine(), &day());
    std::fs::write(&out, &text)?;
    say(&text);
    for what in missed(&measured) {
        say(&format!("over its target: {what}"));
    }
    Ok(())
}

/// Processor and cores, as the system names them.
fn machine() -> String {
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores", name.map_or("processor unknown", |(_, name)| name.trim()))
}

#[allow(clippy::disallowed_methods, reason = "the page carries the day on which it was written")]
fn day() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or_default();
    let epoch = chrono::NaiveDate::default();
    (epoch + chrono::Days::new(days.unsigned_abs())).to_string()
}
