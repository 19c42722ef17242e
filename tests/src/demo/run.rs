//! The whole demo: the town's work, its report, the verdict; and with `keep`, the programs to look at.

use std::path::{Path, PathBuf};
use std::process::Command;

use reports::paper;
use serde_json::Value;
use sync_server::report::Material;
use sync_server::setup;

use super::campaign::Campaign;
use super::crew::{Progress, say};
use super::table;
use crate::field::PIN;
use crate::process::{Process, program};
use crate::server::command;

/// Steps that are told.
const STEPS: usize = 8;

/// What the demo is asked for.
pub struct Wish {
    /// Where the report goes.
    pub out: PathBuf,
    /// Leave the server and a field UI running until Ctrl-C, with the window where there is a display.
    pub keep: bool,
}

/// Runs the demo; false when a figure is not as it must be.
pub fn run(wish: &Wish) -> anyhow::Result<bool> {
    let folder = tempfile::Builder::new().prefix("rasoat-demo-").tempdir()?;
    let progress = Progress::over(STEPS);
    progress.step("the server of the demo town starts");
    let campaign = Campaign::begin(folder.path(), &town_file())?;
    campaign.live(&progress)?;
    progress.step("the report is computed");
    let right = report(&campaign, &wish.out)?;
    if wish.keep {
        keep(&campaign, folder.path())?;
    }
    Ok(right)
}

/// The town file that the server's demo is set up from.
fn town_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sync-server/demo/bim-son.toml")
}

fn report(campaign: &Campaign, out: &Path) -> anyhow::Result<bool> {
    let place = campaign.server.place();
    let told = command(place, &["report", "--out", &out.to_string_lossy()], "");
    let told = told.map_err(|refused| anyhow::anyhow!("there is no report: {refused}"))?;
    let app = setup::open(place.location())?;
    let report = Material::gather(&app)?.report();
    let contradictions = paper::contradictions(&report.checks);
    let right = table::show(&paper::compare(&report.figures), &contradictions);
    say(&format!("{} open checks are listed on the report's checks page", report.checks.len()));
    let files = told["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
    files.for_each(|file| say(&format!("  {}", out.join(file).display())));
    Ok(right)
}

/// Leaves everything running for a person to look at.
fn keep(campaign: &Campaign, folder: &Path) -> anyhow::Result<()> {
    let (officer, unit) =
        campaign.roster.officers.first().ok_or_else(|| anyhow::anyhow!("the town has no officer"))?;
    let mut serve = Command::new(program("rasoat-device"));
    serve.arg("--data").arg(campaign.device(officer)).arg("serve");
    let (_field, line) = Process::start_and_hear(&mut serve);
    let said: Value = serde_json::from_str(&line)?;
    say("");
    say(&format!("Field UI of the officer of {unit}:  {}", said["listening"].as_str().unwrap_or_default()));
    say(&format!("  PIN {PIN}"));
    say(&format!("Office page:  {}/office", campaign.server.url()));
    say(&format!("  user {}, password {}", campaign.login.0, campaign.login.1));
    let _window = window(campaign, folder)?;
    say("Ctrl-C ends everything.");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(tokio::signal::ctrl_c())?;
    Ok(())
}

/// The window, on a device of its own: a new enrolment of a collector, so that both can be tried side by side.
#[allow(clippy::disallowed_methods, reason = "whether there is a display is read here, once")]
fn window(campaign: &Campaign, folder: &Path) -> anyhow::Result<Option<Process>> {
    let village = &campaign.roster.villages[0];
    let code = campaign.server.code(&village.collectors[0]);
    say("Window: to enrol it, give");
    say(&format!("  server {}, code {code} ({}, {})", campaign.server.url(), village.name, village.unit));
    let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if !display {
        say("  no display here: start target/debug/rasoat where there is one, or open the field UI above");
        return Ok(None);
    }
    Ok(Some(Process::start(Command::new(program("rasoat")).env("RASOAT_DATA", folder.join("window")))))
}
