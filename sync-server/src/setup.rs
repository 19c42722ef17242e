//! What is done from the command line: a town is set up, people are let in and out.
//!
//! **Invariant:** a code or password is given out once, here; the database keeps only what verifies it.

use domain::id::{EnrolmentId, EpochId, TownId};
use domain::user::User;
use domain::vietnamese::tidy;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::app::App;
use crate::database::access::COMMAND_LINE;
use crate::database::facts::Identity;
use crate::database::people::NewCode;
use crate::database::{Database, Location};
use crate::fault::{Code, Fault};
use crate::limits::{CODE_LIFE, LOGIN_NAME_MAX};
use crate::town::{Town, check};
use crate::{clock, secret};

/// The demo town.
const DEMO: &str = include_str!("../demo/bim-son.toml");
/// The demo's office login.
const DEMO_LOGIN: &str = "phong-ldtbxh";

/// Opens the server over data that has a town.
pub fn open(place: impl Into<Location>) -> Result<App, Fault> {
    let place = place.into();
    if !place.is_there() {
        return Err(Fault::of(Code::NoTown));
    }
    App::open(place.open()?)
}

/// What `init` made.
#[derive(Debug, Serialize)]
pub struct Installed {
    /// The data set.
    pub town: TownId,
    /// Units, each a scope.
    pub units: usize,
    /// Users who may be enrolled.
    pub users: usize,
}

/// Sets up a town from its file; the file is checked as a whole before anything is made.
pub fn init(place: impl Into<Location>, file: &str) -> Result<(App, Installed), Fault> {
    let town = check::read(file)?;
    let database = place.into().open()?;
    install(database.as_ref(), &town)?;
    let app = App::open(database)?;
    let installed =
        Installed { town: app.identity.town, units: app.town.units.len(), users: app.town.users.len() };
    Ok((app, installed))
}

/// Installs a town into an empty database.
pub fn install(database: &dyn Database, town: &Town) -> Result<(), Fault> {
    let identity = Identity {
        town: TownId::new(secret::random()?),
        epoch: EpochId::new(secret::random()?),
        signing_key: Zeroizing::new(secret::random()?),
        configuration_version: 1,
    };
    let fresh = database.install(&identity, &town.facts()?, clock::now())?;
    if fresh { Ok(()) } else { Err(Fault::of(Code::TownExists)) }
}

/// A code as it is given out.
#[derive(Serialize)]
pub struct GivenCode {
    /// The user's key in the town file.
    pub key: String,
    /// The user.
    pub user: User,
    /// The code.
    #[serde(serialize_with = "secret::reveal")]
    pub code: Zeroizing<String>,
    /// Until when it is taken, seconds since 1970.
    pub expires_at: i64,
}

/// Makes a one-time code for a user, by id or key.
pub fn enrol(app: &App, name: &str) -> Result<GivenCode, Fault> {
    let user = app.town.user_named(name).ok_or_else(|| Fault::of(Code::UnknownUser).with("user", name))?;
    let (code, made_at) = (secret::code()?, clock::now());
    let expires_at = made_at + CODE_LIFE;
    let hash = secret::hash(&secret::spelling(&code));
    app.database.add_code(&NewCode { hash, user: user.id, made_at, expires_at })?;
    let key = app.town.users.iter().find(|(_, it)| it.id == user.id).map(|(key, _)| key.clone());
    Ok(GivenCode { key: key.unwrap_or_default(), user: user.clone(), code, expires_at })
}

/// Revokes an enrolment.
pub fn revoke(app: &App, enrolment: &str) -> Result<EnrolmentId, Fault> {
    let unknown = || Fault::of(Code::UnknownEnrolment).with("enrolment", enrolment);
    let id: EnrolmentId = enrolment.parse().map_err(|_| unknown())?;
    if app.database.revoke(id, clock::now())? { Ok(id) } else { Err(unknown()) }
}

/// Makes an office login, or gives it another password.
pub fn office_user(app: &App, name: &str, password: &str) -> Result<String, Fault> {
    let name = tidy(name);
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | '@');
    let fits = (1..=LOGIN_NAME_MAX).contains(&name.chars().count()) && name.chars().all(plain);
    if !fits {
        return Err(Fault::of(Code::InvalidLoginName));
    }
    app.database.set_office_user(&name, &secret::password_hash(password)?, clock::now())?;
    app.note(COMMAND_LINE, "office_user", &name)?;
    Ok(name)
}

/// What `demo` made.
#[derive(Serialize)]
pub struct Demo {
    /// What was set up.
    #[serde(flatten)]
    pub installed: Installed,
    /// A code for every user.
    pub codes: Vec<GivenCode>,
    /// The office login.
    pub office: DemoLogin,
}

/// The demo's office login.
#[derive(Serialize)]
pub struct DemoLogin {
    /// Its name.
    pub name: String,
    /// Its password, made anew for each demo.
    #[serde(serialize_with = "secret::reveal")]
    pub password: Zeroizing<String>,
}

/// Sets up the demo town.
pub fn demo(place: impl Into<Location>) -> Result<Demo, Fault> {
    let (app, installed) = init(place, DEMO)?;
    let keys: Vec<String> = app.town.users.iter().map(|(key, _)| key.clone()).collect();
    let codes = keys.iter().map(|key| enrol(&app, key)).collect::<Result<_, _>>()?;
    let password = secret::code()?;
    let name = office_user(&app, DEMO_LOGIN, &password)?;
    Ok(Demo { installed, codes, office: DemoLogin { name, password } })
}
