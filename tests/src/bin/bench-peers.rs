//! `bench-peers`: the same households in our own protocol and in other engines', written as a page of the documentation.

use std::path::PathBuf;

use clap::Parser;
use tests::bench::crossing::{Crossing, Taken, ours, theirs};
use tests::bench::{day, machine};
use tests::demo::crew::say;
use tests::network::Passed;

/// Measures what passes between a device and a server.
#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// Households of the village. With 5,000 the new device of automerge-repo ends by its own time limit.
    #[arg(long, default_value_t = 2_000)]
    households: usize,
    /// Households of a larger village, which our own protocol alone is measured with as well.
    #[arg(long, default_value_t = 5_000)]
    alone: usize,
    /// The other engines.
    #[arg(long, value_delimiter = ',', default_value = "automerge-repo,hocuspocus,pouchdb")]
    engines: Vec<String>,
    /// Where the page goes.
    #[arg(long, default_value = "docs/benchmarks.md")]
    out: PathBuf,
}

const HEAD: &str = "| engine | bytes up | bytes down | both | round trips | seconds | device, MiB | times ours |\n\
                    |---|---:|---:|---:|---:|---:|---:|---:|\n";

fn table(taken: &[Taken], of: impl Fn(&Taken) -> Crossing) -> String {
    let first = of(&taken[0]).passed.bytes().max(1) as f64;
    let rows = taken.iter().map(|taken| {
        let it = of(taken);
        let memory = if it.memory > 0.0 { format!("{:.0}", it.memory) } else { "–".to_owned() };
        format!(
            "| {} | {} | {} | {} | {} | {:.2} | {memory} | {:.1} |\n",
            taken.engine,
            it.passed.up,
            it.passed.down,
            it.passed.bytes(),
            it.passed.turns,
            it.seconds,
            it.passed.bytes() as f64 / first
        )
    });
    format!("{HEAD}{}", rows.collect::<String>())
}

/// What one engine took, a row for each meeting.
fn rows(taken: &Taken) -> String {
    let meetings = [
        ("a new device fetches everything", taken.join),
        ("nothing has changed", taken.idle),
        ("both sides edited one household in a hundred", taken.changed),
        ("everything was written offline", taken.upload),
    ];
    let row = |(name, Crossing { passed, .. }): &(&str, Crossing)| {
        let Passed { up, down, turns, .. } = passed;
        format!("| {name} | {up} | {down} | {} | {turns} | {} |\n", passed.bytes(), taken.lost)
    };
    meetings.iter().map(row).collect()
}

fn main() -> anyhow::Result<()> {
    let Arguments { households, alone, engines, out } = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("households.json");
    let mut taken = vec![ours(households, &file)];
    say(&format!("{:?}", taken[0]));
    for engine in engines {
        let engine: &'static str = engine.leak();
        taken.push(theirs(engine, &file));
        say(&format!("{:?}", taken[taken.len() - 1]));
    }
    let larger = ours(alone, &folder.path().join("larger.json"));
    say(&format!("{larger:?}"));
    let lost = taken.iter().map(|taken| format!("| {} | {} |\n", taken.engine, taken.lost));
    let join = taken[0].join.passed.bytes() as f64 / households as f64;
    let text = format!(
        "# Beside other engines\n\n`make bench` writes this page. {}; {}. Everything in one run: the same {households} households of \
         four saved sections in every engine, device and server on one machine, every byte of TCP counted on the line between \
         them, headers and frames included. What the other engines are and how they are used: [tests/peers](../tests/peers/README.md).\n\n\
         ## A new device fetches everything\n\n{}\nOurs: {join:.0} bytes a household.\n\n\
         ## A device connects again, and nothing has changed\n\n{}\n\
         ## A device connects again after both sides edited one household in a hundred\n\nA fifth of these households were edited by \
         both sides, in different fields.\n\n{}\n\
         ## A device that wrote everything offline connects for the first time\n\n{}\n\
         ## What was lost\n\nFields that the new device lacked, and edits that the other side did not see in the end.\n\n\
         | engine | lost |\n|---|---:|\n{}\n\
         ## {alone} households, ours alone\n\n| | bytes up | bytes down | both | round trips | lost |\n|---|---:|---:|---:|---:|---:|\n{}",
        machine(),
        day(),
        table(&taken, |it| it.join),
        table(&taken, |it| it.idle),
        table(&taken, |it| it.changed),
        table(&taken, |it| it.upload),
        lost.collect::<String>(),
        rows(&larger)
    );
    std::fs::write(&out, &text)?;
    say(&text);
    Ok(())
}
