//! `bench-device`: the device benchmark, written as a page of the documentation.

use std::path::PathBuf;

use clap::Parser;
use tests::bench::measure::measure;
use tests::bench::table::{missed, page};
use tests::bench::{day, machine};
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
