//! `bench-report`: what the town's report costs over both kinds of databases, written as a page of the documentation.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Parser;
use tests::bench::report::{Cost, cost};
use tests::bench::table::{count, growth, number};
use tests::bench::{day, machine};
use tests::demo::crew::say;
use tests::place::{CLUSTER, Place};

/// Measures the report of towns of several sizes.
#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// Households of each town, the smallest first.
    #[arg(long, value_delimiter = ',', default_values_t = [5_000, 20_000, 80_000])]
    sizes: Vec<usize>,
    /// How often the page is asked for; the middle one is shown.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// SQLite alone, without a cluster.
    #[arg(long)]
    files_only: bool,
    /// Where the page goes.
    #[arg(long, default_value = "docs/benchmarks-report.md")]
    out: PathBuf,
}

/// A line of the table: what it is, its unit, and its figure.
type Line = (&'static str, &'static str, fn(&Cost) -> Option<f64>);

const LINES: [Line; 10] = [
    ("page of the office: processor time", "s", |it| it.page.map(|run| run.cpu)),
    ("— as it was waited for", "s", |it| it.page.map(|run| run.seconds)),
    ("— memory of the server", "MiB", |it| it.page.map(|run| run.memory)),
    ("letter, tables and figures as files: processor time", "s", |it| Some(it.files.cpu)),
    ("— as it was waited for", "s", |it| Some(it.files.seconds)),
    ("— memory of the program", "MiB", |it| Some(it.files.memory)),
    ("views computed anew: processor time", "s", |it| Some(it.rebuild.cpu)),
    ("— as it was waited for", "s", |it| Some(it.rebuild.seconds)),
    ("— memory of the program", "MiB", |it| Some(it.rebuild.memory)),
    ("databases", "MiB", |it| Some(it.database)),
];

fn line((what, unit, figure): &Line, costs: &[Cost]) -> String {
    let shown = |it: &Cost| figure(it).map_or("over 60 s".to_owned(), |it| format!("{} {unit}", number(it)));
    let cells: String = costs.iter().map(|it| format!(" {} |", shown(it))).collect();
    let steps = costs.windows(2).map(|pair| {
        let [from, to] = [&pair[0], &pair[1]].map(|it| figure(it).map(|figure| (it.households, figure)));
        from.zip(to).map_or(" |".to_owned(), |(from, to)| format!(" {:.2} |", growth(from, to)))
    });
    format!("| {what} |{cells}{}", steps.collect::<String>())
}

fn table(name: &str, costs: &[Cost]) -> String {
    let mut table = format!("\n## {name}\n\n| households |");
    costs.iter().for_each(|it| write!(table, " {} |", count(it.households)).unwrap_or_default());
    for pair in costs.windows(2) {
        let _ = write!(table, " growth to {} |", count(pair[1].households));
    }
    let columns = 2 * costs.len() - 1;
    let _ = writeln!(table, "\n|---|{}", "---:|".repeat(columns));
    for of in &LINES {
        let _ = writeln!(table, "{}", line(of, costs));
    }
    table
}

fn main() -> anyhow::Result<()> {
    let Arguments { sizes, runs, files_only, out } = Arguments::parse();
    anyhow::ensure!(files_only || is_cluster_there(), "start it beside a cluster: .ci/postgres bench-report");
    let build = if cfg!(debug_assertions) { "Development build, less optimised" } else { "Release build" };
    let mut text = format!(
        "# Report benchmark\n\n`make bench-report` writes this page. {build}; {}; {}.\n\n\
         What the town's report costs the server, at several sizes of town: villages of some 256 households, in communes of \
         ten. Households are those of the [device benchmark](benchmarks-device.md) (1 to 7 people, every question answered, \
         six changes each). Four devices push them, signed, over HTTP to a server that checks each change; then the review is \
         recognised with the server's own command. Everything is measured on programs that do nothing else: the page that \
         the office sees (figures and checks, asked over HTTP of a fresh server, the middle of {runs}), the command that \
         writes letter, tables, figures and checks as files, and the command that computes the views anew from the logs. \
         Processor time and memory (the most that it ever held) are the program's own, without the database's processes for \
         PostgreSQL. The database and all programs share the machine; what was waited for counts whatever else it did.\n\n\
         Growth is the slope between two neighbouring sizes on logarithmic scales: 0 does not grow, 1 grows with the \
         households.\n",
        machine(),
        day()
    );
    for (name, cluster) in [("SQLite", false), ("PostgreSQL", true)] {
        if cluster && files_only {
            continue;
        }
        let mut costs = Vec::new();
        for households in &sizes {
            let folder = tempfile::Builder::new().prefix("rasoat-bench-").tempdir()?;
            let data = folder.path().join("server");
            let place = if cluster { Place::new(&data) } else { Place::Folder(data) };
            let cost = cost(folder.path(), &place, *households, runs);
            say(&format!("{name}: {cost:?}"));
            costs.push(cost);
        }
        text += &table(name, &costs);
    }
    std::fs::write(&out, &text)?;
    say(&text);
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "the cluster is a setting of the run")]
fn is_cluster_there() -> bool {
    std::env::var(CLUSTER).is_ok()
}
