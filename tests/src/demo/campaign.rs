//! The two reviews and the first quarter of 2017, as the town's officers live through them.
//!
//! **Invariant:** nothing reaches the server but through devices and sync; the office only decides.

use std::path::{Path, PathBuf};

use domain::classification::Class;
use serde_json::{Value, json};

use super::contradiction;
use super::crew::Progress;
use super::duty::{self, Duty};
use super::entry::Form;
use super::plan::{Planned, plan};
use super::roster::{Roster, Village};
use crate::field::Field;
use crate::place::Place;
use crate::server::{Server, command};

/// The first day of the list of the review of 2015.
const OPENING_FROM: &str = "2016-01-01";
/// The first day of the list of the review of 2016: the first working day of 2017.
const CURRENT_FROM: &str = "2017-01-03";

/// The demo town while it is worked on.
pub struct Campaign {
    /// Who is who.
    pub roster: Roster,
    /// The server.
    pub server: Server,
    /// Name and password of the office login.
    pub login: (String, String),
    devices: PathBuf,
    codes: Vec<(String, String)>,
    households: Vec<Planned>,
}

/// A household of the plan and its id on the devices.
#[derive(Clone, Debug)]
struct Entered {
    planned: usize,
    id: String,
}

impl Campaign {
    /// Sets the demo town's server up in a folder.
    pub fn begin(folder: &Path, town: &Path) -> anyhow::Result<Self> {
        let roster = Roster::read(town)?;
        let place = Place::new(&folder.join("server"));
        let demo =
            command(&place, &["demo"], "").map_err(|refused| anyhow::anyhow!("no demo town: {refused}"))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let codes = demo["codes"].as_array().into_iter().flatten();
        let codes = codes.map(|given| (text(&given["key"]), text(&given["code"]))).collect();
        let login = (text(&demo["office"]["name"]), text(&demo["office"]["password"]));
        let plans: Vec<_> = roster.villages.iter().map(|village| village.plan.clone()).collect();
        let (server, devices) = (Server::start(&place, &folder.join("server.log")), folder.join("devices"));
        std::fs::create_dir_all(&devices)?;
        Ok(Self { roster, server, login, devices, codes, households: plan(&plans) })
    }

    /// Lives through all of it.
    pub fn live(&self, progress: &Progress) -> anyhow::Result<()> {
        let villages: Vec<(usize, Village)> = self.roster.villages.iter().cloned().enumerate().collect();
        progress.step("collectors enrol their devices and enter the opening list with its survey of 2015");
        let entered = progress.each(villages.clone(), |(at, village)| self.opening(at, &village));
        progress.step("the office recognises the opening list");
        self.recognise("2015", "……/QĐ-UBND", "2015-12-31", OPENING_FROM)?;
        progress.step("collectors survey every household in 2016; in some villages two of them, offline");
        let work = villages.iter().cloned().zip(entered.clone()).collect();
        progress.each(work, |((_, village), entered)| self.survey(&village, &entered));
        progress.step("the office recognises the review of 2016: decision 6120/QĐ-UBND");
        self.recognise("2016", "6120/QĐ-UBND", "2016-12-30", CURRENT_FROM)?;
        progress.step("collectors record the supports of the first quarter of 2017");
        let work = villages.into_iter().zip(entered).collect();
        progress.each(work, |((_, village), entered)| self.first_quarter(&village, &entered));
        progress.step("commune officers and the office report on their tasks");
        let communes = self.roster.officers.iter();
        let mut duties: Vec<(&str, Duty)> =
            communes.map(|(key, unit)| (key.as_str(), duty::of_commune(unit))).collect();
        duties.push((&self.roster.office, duty::of_town(&self.roster.town)));
        progress.each(duties, |(user, duty)| self.report(user, &duty));
        Ok(())
    }

    /// Where a person's device keeps its data.
    pub fn device(&self, user: &str) -> PathBuf {
        self.devices.join(user.replace('/', "-"))
    }

    /// A person's device, enrolled now.
    fn enrolled(&self, user: &str) -> Field {
        let mut field = Field::start(&self.device(user));
        let code = self.codes.iter().find(|(key, _)| key == user).map(|(_, code)| code.as_str());
        field.enrol(&self.server.url(), code.expect("everybody has a code"), user);
        field
    }

    /// A person's device that was enrolled before.
    fn unlocked(&self, user: &str) -> Field {
        let mut field = Field::start(&self.device(user));
        field.unlock();
        field
    }

    fn opening(&self, at: usize, village: &Village) -> Vec<Entered> {
        let mut field = self.enrolled(&village.collectors[0]);
        let config = field.call("config.get", json!({}));
        let (scope, review) = (scope(&config), review(&config, 2015));
        let mut entered = Vec::new();
        for (planned, household) in self.households.iter().enumerate().filter(|(_, it)| it.village == at) {
            let mut form = Form::create(&mut field, &scope, household);
            if let Some(survey) = &household.opening {
                form.survey_at_once(&mut field, &review, survey);
            }
            entered.push(Entered { planned, id: form.id });
        }
        synced(&mut field);
        entered
    }

    fn survey(&self, village: &Village, entered: &[Entered]) {
        let mut field = self.unlocked(&village.collectors[0]);
        let mut second = village.collectors.get(1).map(|user| {
            let mut second = self.enrolled(user);
            synced(&mut second);
            second
        });
        let review = review(&field.call("config.get", json!({})), 2016);
        let shared: Vec<&str> =
            entered.iter().filter(|it| self.surveyed(it)).map(|it| it.id.as_str()).collect();
        if let Some(second) = &mut second {
            contradiction::helps(second, &review, &shared);
        }
        for it in entered {
            let household = &self.households[it.planned];
            let mut form = Form::open(&mut field, &it.id);
            if let Some(survey) = &household.current {
                let page = form.survey_at_the_door(&mut field, &review, survey);
                assert_class(&page, survey.class);
            }
            if let Some(why) = household.gone {
                form.remove(&mut field, why);
            }
        }
        synced(&mut field);
        if let Some(second) = &mut second {
            synced(second);
            synced(&mut field);
            contradiction::resolve(&mut field, &shared);
            synced(&mut field);
        }
    }

    fn first_quarter(&self, village: &Village, entered: &[Entered]) {
        let mut field = self.unlocked(&village.collectors[0]);
        for it in entered {
            let household = &self.households[it.planned];
            if household.grants.is_empty() && household.died.is_none() {
                continue;
            }
            let mut form = Form::open(&mut field, &it.id);
            for grant in &household.grants {
                form.support(&mut field, grant);
            }
            if let Some((member, day)) = household.died {
                form.death(&mut field, member, day);
            }
        }
        if let Some(user) = village.collectors.get(1) {
            let mut second = self.unlocked(user);
            contradiction::leave_open(&mut field, &mut second, &entered[0].id);
            synced(&mut second);
        }
        synced(&mut field);
    }

    fn report(&self, user: &str, duty: &Duty) {
        let mut field = self.enrolled(user);
        let unit = unit(&field.call("config.get", json!({})), &duty.unit);
        let page = field.call("programme.open", json!({ "unit": unit, "year": duty::YEAR }));
        field.call(
            "programme.save",
            json!({ "unit": unit, "year": duty::YEAR, "heads": page["heads"], "edits": duty.edits }),
        );
        synced(&mut field);
    }

    fn surveyed(&self, entered: &Entered) -> bool {
        self.households[entered.planned].current.is_some()
    }

    fn recognise(&self, review: &str, decision: &str, decided_on: &str, from: &str) -> anyhow::Result<()> {
        let arguments =
            ["--review", review, "--decision", decision, "--decided-on", decided_on, "--from", from];
        let arguments: Vec<&str> = std::iter::once("recognise").chain(arguments).collect();
        let told = command(self.server.place(), &arguments, "");
        told.map(|_| ())
            .map_err(|refused| anyhow::anyhow!("the review of {review} is not recognised: {refused}"))
    }
}

/// Syncs to the end.
fn synced(field: &mut Field) {
    let report = field.call("sync.run", json!({}));
    assert_eq!((&report["complete"], &report["refused"]), (&json!(true), &json!(0)), "{report}");
}

fn assert_class(page: &Value, class: Class) {
    assert_eq!(
        page["decision"]["class"],
        json!(class),
        "the device finds another class: {}",
        page["decision"]
    );
}

/// The one village of a collector.
fn scope(config: &Value) -> String {
    config["user"]["scopes"][0].as_str().expect("a collector has a village").to_owned()
}

fn review(config: &Value, year: i32) -> String {
    let reviews = config["reviews"].as_array().into_iter().flatten();
    let found = reviews.into_iter().find(|review| review["year"] == json!(year));
    found.and_then(|review| review["id"].as_str()).expect("the town has a review of that year").to_owned()
}

fn unit(config: &Value, name: &str) -> String {
    let units = config["units"].as_array().into_iter().flatten();
    let found = units.into_iter().find(|unit| unit["name"] == json!(name));
    found.and_then(|unit| unit["id"].as_str()).expect("the device knows its unit").to_owned()
}
