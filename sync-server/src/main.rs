//! `sync-server`: the command line of the town's server. Answers are one JSON text on standard output; refusals are
//! one JSON text with a code and words on standard error.

mod settings;

use std::io::BufRead;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use reports::b1::{B1Terms, FILE_MAX};
use serde::Serialize;
use serde_json::json;
use sync::limits::BUNDLE_FILE_MAX;
use sync_server::app::App;
use sync_server::b1;
use sync_server::carry;
use sync_server::database::access::COMMAND_LINE;
use sync_server::fault::{Code, Fault};
use sync_server::limits::LIST_BYTES_MAX;
use sync_server::recognise::{self, Recognised, Terms};
use sync_server::report::Material;
use sync_server::{moving, posting, projection, seal, serve, setup, verify};
use tracing_subscriber::EnvFilter;
use zeroize::Zeroizing;

use self::settings::{B1Command, B1File, Command, Password, RecogniseArgs, Settings};

fn main() -> ExitCode {
    let filter =
        EnvFilter::try_from_env("RASOAT_LOG").unwrap_or_else(|_| EnvFilter::new("warn,sync_server=info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(Settings::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let fault = error.downcast_ref::<Fault>();
            let body = fault.map_or_else(|| Fault::of(Code::ServerBroken).json(), Fault::json);
            if fault.is_none() {
                tracing::error!(error = format!("{error:#}"), "the command failed");
            }
            eprintln!("{body}");
            ExitCode::FAILURE
        }
    }
}

fn run(settings: Settings) -> anyhow::Result<()> {
    let data = settings.data;
    match settings.command {
        Command::Init { town } => say(&setup::init(data.place()?, &read(&town)?)?.1),
        Command::Demo => say(&setup::demo(data.place()?)?),
        command => on_town(command, move || setup::open(data.place()?)),
    }
}

/// What is done with a town that is there.
fn on_town(command: Command, open: impl FnOnce() -> Result<App, Fault>) -> anyhow::Result<()> {
    match command {
        Command::Init { .. } | Command::Demo => Ok(()),
        Command::B1 { command } => b1(open, command),
        Command::OfficeUser { name, password } => {
            let name = setup::office_user(&open()?, &name, &take(password)?)?;
            say(&json!({"office_user": name}))
        }
        Command::Enrol { user } => say(&setup::enrol(&open()?, &user)?),
        Command::Revoke { enrolment } => say(&json!({"revoked": setup::revoke(&open()?, &enrolment)?})),
        Command::Post { user, units } => say(&posting::post(&open()?, &user, &units)?),
        Command::Recognise { terms } => say(&recognise(&open()?, terms)?),
        Command::Move { household, unit } => say(&moving::relocate(&open()?, &household, &unit)?),
        Command::Purge { household } => say(&json!({"purged": moving::purge(&open()?, &household)?})),
        Command::Seal { review, unit } => say(&seal::seal(&open()?, &review, &unit)?),
        Command::Take { file, code } => {
            let (app, bytes) = (open()?, read_bundle(&file)?);
            app.note(COMMAND_LINE, "carry", "")?;
            let code = take(Password { password: code, password_stdin: true })?;
            say(&carry::take(&app, &bytes, &code)?)
        }
        Command::Report { out } => {
            let app = open()?;
            app.note(COMMAND_LINE, "report", "")?;
            let files = Material::gather(&app)?.write(&out)?;
            say(&json!({"folder": out, "files": files}))
        }
        Command::Rebuild => {
            projection::rebuild(&open()?)?;
            say(&json!({"rebuilt": true}))
        }
        Command::Verify => {
            let app = open()?;
            projection::catch_up(&app)?;
            let verified = verify::verify(&app)?;
            say(&verified)?;
            if verified.sound { Ok(()) } else { Err(Fault::of(Code::DatabaseDamaged).into()) }
        }
        Command::Serve { listen, ready_file, app_version } => {
            let app = open()?;
            let app = app_version.into_iter().fold(app, App::wanting);
            moving::complete(&app)?;
            let runtime = tokio::runtime::Runtime::new()?;
            let ready = |address| serve::announce(address, ready_file.as_deref());
            runtime.block_on(serve::serve(app, listen, ready, serve::asked_to_end()))
        }
    }
}

fn recognise(app: &App, args: RecogniseArgs) -> anyhow::Result<Recognised> {
    let (Some(review), Some(decision), Some(decided_on), Some(from)) =
        (args.review, args.decision, args.decided_on, args.from)
    else {
        let list = args.list.ok_or(Fault::of(Code::ListEmpty))?;
        return Ok(recognise::of_list(app, &read(&list)?)?);
    };
    let unknown = || Fault::of(Code::UnknownReview).with("review", &review);
    let review = app.town.review_named(&review).ok_or_else(unknown)?.id;
    let as_of = args.as_of.or(from.pred_opt()).unwrap_or(from);
    let terms = Terms { decision, decided_on, from, to: args.to, as_of };
    Ok(recognise::of_review(app, review, &terms)?)
}

fn b1(open: impl FnOnce() -> Result<App, Fault>, command: B1Command) -> anyhow::Result<()> {
    match command {
        B1Command::Template { rulebook, out } => {
            let bytes = b1::template(&rulebook)?;
            let unwritable = |_| Fault::of(Code::FileUnwritable).with("file", out.display());
            std::fs::write(&out, bytes).map_err(unwritable)?;
            say(&json!({"file": out, "rulebook": rulebook}))
        }
        B1Command::Check { file } => {
            let bytes = read_table(&file.file)?;
            say(&b1::check(&bytes, &terms(file, "–".to_owned(), "–".to_owned()))?)
        }
        B1Command::Supply { file, version, legal, review } => {
            let (app, bytes) = (open()?, read_table(&file.file)?);
            say(&b1::supply(&app, &bytes, &terms(file, version, legal), review.as_deref())?)
        }
        B1Command::Unpin { review } => {
            say(&json!({"review": review, "configuration_version": b1::unpin(&open()?, &review)?}))
        }
    }
}

fn terms(file: B1File, version: String, legal: String) -> B1Terms {
    B1Terms { rulebook: file.rulebook, version, legal, fictitious: file.fictitious }
}

/// A file that is larger than a table can be is refused before it is read.
fn read_table(path: &Path) -> Result<Vec<u8>, Fault> {
    let unreadable = |_| Fault::of(Code::FileUnreadable).with("file", path.display());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > FILE_MAX as u64 {
        return Err(Fault::of(Code::B1Refused).with("count", 1).because(Fault::of(Code::B1FileTooLarge)));
    }
    std::fs::read(path).map_err(unreadable)
}

/// A file that is larger than a bundle can be is refused before it is read.
fn read_bundle(path: &Path) -> Result<Vec<u8>, Fault> {
    let unreadable = |_| Fault::of(Code::FileUnreadable).with("file", path.display());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > BUNDLE_FILE_MAX as u64 {
        return Err(Fault::of(Code::BundleTooLarge));
    }
    std::fs::read(path).map_err(unreadable)
}

fn read(path: &Path) -> Result<String, Fault> {
    let unreadable = || Fault::of(Code::FileUnreadable).with("file", path.display());
    let size = std::fs::metadata(path).map_err(|_| unreadable())?.len();
    if size > LIST_BYTES_MAX as u64 {
        return Err(unreadable());
    }
    std::fs::read_to_string(path).map_err(|_| unreadable())
}

fn take(password: Password) -> Result<Zeroizing<String>, Fault> {
    if let Some(password) = password.password {
        return Ok(Zeroizing::new(password));
    }
    let mut line = Zeroizing::new(String::new());
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|_| Fault::of(Code::FileUnreadable).with("file", "stdin"))?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}

#[allow(clippy::print_stdout)]
fn say<T: Serialize>(answer: &T) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string(answer)?);
    Ok(())
}
