//! What officers do, and what befalls them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::id::UnitId;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::Told;
use super::carry;
use super::device::SimDevice;
use super::ground::{Copy, DEVICES, Ground, device_folder};
use super::history::{History, Place, shown};
use super::line::Line;
use super::server::{SERVERS, SimServer};

/// Events that a failure prints.
const DIARY: usize = 400;
/// Households of a device before it enters no more: few, so that officers meet in them.
const HOUSEHOLDS: usize = 3;
/// Households of a day's work, and letters of each one's note: more than a sync sends in one piece.
const HOUSEHOLDS_A_DAY: usize = 30;
/// See [`HOUSEHOLDS_A_DAY`].
const LONG: usize = 480;
/// Ten years, in seconds.
const TEN_YEARS: i64 = 10 * 365 * 86_400;

/// A device with what its officer has open.
pub struct Officer {
    /// The device.
    pub device: SimDevice,
    /// Forms that are open, by household.
    open: BTreeMap<String, Value>,
    /// The last copy of its files, and how many words there were then.
    backup: Option<(PathBuf, u64)>,
}

/// Everything of one history.
pub struct World {
    /// The network with the server.
    pub line: Arc<Line>,
    /// The devices.
    pub officers: Vec<Officer>,
    /// What was written.
    pub history: History,
    /// What should not have happened.
    pub wrong: Option<String>,
    faults: BTreeMap<&'static str, u64>,
    pub(super) dice: fastrand::Rng,
    diary: VecDeque<String>,
    folder: TempDir,
    copies: usize,
    server_backup: Option<crate::place::Place>,
    pub(super) sealed: bool,
    /// The server was put back: what it knew of moves and postings is not what it knew when devices acted on it.
    pub(super) put_back: bool,
    /// Where the office posted people to, by their keys.
    pub(super) posted: BTreeMap<&'static str, Vec<String>>,
    /// Where the office moved households to, and which it purged.
    pub(super) moved: BTreeMap<String, UnitId>,
    /// Households of which something was refused and waited for the office when the server was put back: it knows nothing of
    /// that any more, and who wrote it still sees it.
    pub forgotten: BTreeSet<String>,
    /// What was purged, with the words about it.
    pub purged: BTreeMap<String, Vec<String>>,
    seed: u64,
}

impl World {
    /// The beginning of the history of a seed.
    pub fn new(ground: &Ground, seed: u64) -> Self {
        let Copy { folder, server } = ground.copy();
        let server = SimServer::open(server);
        let line = Arc::new(Line::new(server, seed ^ 0x5eed));
        let officer = |(at, key): (usize, &&str)| {
            let own = seed.wrapping_mul(31).wrapping_add(at as u64);
            let device = SimDevice::new(&format!("{key}-{at}"), device_folder(folder.path(), at), &line, own);
            device.unlock();
            Officer { device, open: BTreeMap::new(), backup: None }
        };
        let officers = DEVICES.iter().enumerate().map(officer).collect();
        Self {
            line,
            officers,
            history: History::default(),
            wrong: None,
            faults: BTreeMap::new(),
            dice: fastrand::Rng::with_seed(seed),
            diary: VecDeque::new(),
            folder,
            copies: 0,
            server_backup: None,
            sealed: false,
            put_back: false,
            posted: BTreeMap::new(),
            moved: BTreeMap::new(),
            forgotten: BTreeSet::new(),
            purged: BTreeMap::new(),
            seed,
        }
    }

    /// Where the files of both ends are: `server`, `device-0` …
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What happened last.
    pub fn diary(&self) -> String {
        self.diary.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// What the history was made of.
    pub fn told(&self) -> Told {
        let wire = self.line.wire();
        let mut faults = self.faults.clone();
        for (kind, count) in &wire.faults {
            *faults.entry(kind).or_default() += count;
        }
        let (edits, acknowledged) = (self.history.edits(), self.history.acknowledged());
        Told { edits, acknowledged, requests: wire.requests, faults }
    }

    /// Notes what happened.
    pub fn note(&mut self, event: String) {
        if self.diary.len() == DIARY {
            self.diary.pop_front();
        }
        self.diary.push_back(event);
    }

    pub(super) fn fault(&mut self, kind: &'static str, who: &str) {
        *self.faults.entry(kind).or_default() += 1;
        self.note(format!("{who}: {kind}"));
    }

    pub(super) fn name(&self, at: usize) -> String {
        self.officers[at].device.name.clone()
    }

    /// One thing happens.
    pub fn step(&mut self) {
        let at = self.dice.usize(0..self.officers.len());
        match self.dice.u8(0..100) {
            0..10 if self.officers[at].device.households().len() < HOUSEHOLDS => {
                self.enters(at);
            }
            0..20 => self.opens(at),
            20..42 => self.edits(at),
            42..48 => self.adds_member(at),
            48..54 => self.resolves(at),
            54..76 => {
                self.syncs(at);
            }
            76..79 => carry::carries(self, at),
            79 => self.office_acts(),
            80..84 => {
                self.officers[at].device.restart();
                let name = self.name(at);
                self.fault("device killed", &name);
            }
            84..87 => self.backs_up(at),
            87..89 => self.is_put_back(at),
            89 => self.is_cloned(at),
            90..93 => {
                let years = if self.dice.bool() { TEN_YEARS } else { -TEN_YEARS };
                self.officers[at].device.leap(years);
                let name = self.name(at);
                self.fault("clock ten years off", &name);
            }
            93..96 => {
                let which = self.dice.usize(0..SERVERS);
                self.line.wire().server.restart(which);
                self.fault("server killed", "server");
            }
            96..98 => {
                let to = self.copy_folder();
                let copy = self.line.wire().server.backup(&to);
                self.server_backup = Some(copy);
                self.note("server: copied".to_owned());
            }
            98 if self.dice.bool() => self.server_is_put_back(),
            98 => self.works_a_day(at),
            _ => self.office_acts(),
        }
    }

    fn copy_folder(&mut self) -> PathBuf {
        self.copies += 1;
        self.folder.path().join(format!("copy-{}", self.copies))
    }

    fn pick(&mut self, at: usize) -> Option<String> {
        let households = self.officers[at].device.households();
        (!households.is_empty()).then(|| households[self.dice.usize(0..households.len())].clone())
    }

    /// So much is written that a sync sends it in several pieces, which a cut can tell apart.
    fn works_a_day(&mut self, at: usize) {
        for _ in 0..HOUSEHOLDS_A_DAY {
            let household = self.enters(at);
            let page = self.officers[at].device.page(&household);
            let field = format!("reviews/{}/answers/ghi_chu", page["review"].as_str().unwrap_or_default());
            let long: String = (0..LONG).map(|_| self.dice.alphanumeric()).collect();
            let word = format!("{} {long}", self.history.word());
            let edits = json!([{ "field": field, "value": word }]);
            let form = json!({ "id": household, "heads": page["heads"], "edits": edits });
            self.officers[at].device.ok("household.save", form);
            self.history.saved(&word, at, Place { household, field }, BTreeSet::new());
        }
        let name = self.name(at);
        self.note(format!("{name}: a day's work"));
        self.syncs(at);
    }

    fn enters(&mut self, at: usize) -> String {
        let config = self.officers[at].device.ok("config.get", json!({}));
        let units = config["units"].as_array().cloned().unwrap_or_default();
        let villages: Vec<&Value> = units.iter().filter(|unit| unit["kind"] == "village").collect();
        let village = villages[self.dice.usize(0..villages.len())]["id"].clone();
        let (address, name) = (self.history.word(), self.history.word());
        let form =
            json!({ "village": village, "place": { "address": address }, "members": [{ "name": name }] });
        let created = self.officers[at].device.ok("household.create", form);
        let household = created["id"].as_str().unwrap_or_default().to_owned();
        let page = self.officers[at].device.page(&household);
        let member = page["household"]["members"].as_object().and_then(|it| it.keys().next().cloned());
        let member = member.unwrap_or_default();
        for (word, field) in [(address, "place/address".to_owned()), (name, format!("members/{member}/name"))]
        {
            self.history.saved(&word, at, Place { household: household.clone(), field }, BTreeSet::new());
        }
        self.note(format!("{}: enters {household}", self.name(at)));
        household
    }

    fn opens(&mut self, at: usize) {
        let Some(id) = self.pick(at) else { return };
        let page = self.officers[at].device.page(&id);
        self.officers[at].open.insert(id, page);
    }

    /// Saves a field, on the form that is open or on what is there now.
    fn edits(&mut self, at: usize) {
        let Some(household) = self.pick(at) else { return };
        let page = self.officers[at].open.remove(&household);
        let stale = page.is_some();
        let page = page.unwrap_or_else(|| self.officers[at].device.page(&household));
        let members =
            page["household"]["members"].as_object().map(|it| it.keys().cloned().collect::<Vec<_>>());
        let field = match self.dice.u8(0..3) {
            0 => "place/address".to_owned(),
            1 => format!("reviews/{}/answers/ghi_chu", page["review"].as_str().unwrap_or_default()),
            _ => match members.as_deref() {
                Some(members) if !members.is_empty() => {
                    format!("members/{}/name", members[self.dice.usize(0..members.len())])
                }
                _ => "place/address".to_owned(),
            },
        };
        let word = self.history.word();
        let form =
            json!({ "id": household, "heads": page["heads"], "edits": [{ "field": field, "value": word }] });
        match self.officers[at].device.call("household.save", form) {
            Ok(_) => {
                let seen = shown(&page, &field);
                self.note(format!(
                    "{}: {word} at {household} {field}, stale {stale}, saw {seen:?}",
                    self.name(at)
                ));
                self.history.saved(&word, at, Place { household, field }, seen);
            }
            Err(fault) => self.note(format!("{}: not saved: {fault:?}", self.name(at))),
        }
    }

    fn adds_member(&mut self, at: usize) {
        let Some(household) = self.pick(at) else { return };
        let page = self.officers[at].device.page(&household);
        let word = self.history.word();
        let form = json!({ "household": household, "heads": page["heads"], "member": { "name": word } });
        match self.officers[at].device.call("member.add", form) {
            Ok(after) => {
                let members = after["household"]["members"].as_object().cloned().unwrap_or_default();
                let added = members.iter().find(|(_, member)| member["name"] == *word);
                let Some((member, _)) = added else {
                    self.wrong = Some(format!("a member was added and is not there: {word}"));
                    return;
                };
                let field = format!("members/{member}/name");
                self.note(format!("{}: {word} at {household} {field}", self.name(at)));
                self.history.saved(&word, at, Place { household, field }, BTreeSet::new());
            }
            Err(fault) => self.note(format!("{}: no member: {fault:?}", self.name(at))),
        }
    }

    /// Chooses between contradicting values.
    fn resolves(&mut self, at: usize) {
        let Some(household) = self.pick(at) else { return };
        let page = self.officers[at].device.page(&household);
        let conflicts = page["conflicts"].as_array().cloned().unwrap_or_default();
        let Some(conflict) = conflicts.first() else { return };
        let values = conflict["values"].as_array().cloned().unwrap_or_default();
        let chosen = &values[self.dice.usize(0..values.len())];
        let field = conflict["field"].as_str().unwrap_or_default().to_owned();
        let form = json!({ "id": household, "field": field, "chosen": chosen["hash"] });
        match self.officers[at].device.call("household.resolve", form) {
            Ok(_) => {
                let word = chosen["value"].as_str().unwrap_or_default().to_owned();
                self.note(format!("{}: chooses {word} at {household} {field}", self.name(at)));
                self.history.chose(&word, shown(&page, &field));
            }
            Err(fault) => self.note(format!("{}: not resolved: {fault:?}", self.name(at))),
        }
    }

    /// Syncs; true if the device says that everything is in step and nothing moved.
    pub fn syncs(&mut self, at: usize) -> bool {
        let device = &self.officers[at].device;
        let report = device.call("sync.run", json!({}));
        let quiet = match &report {
            Ok(report) => {
                let still = report["pushed"] == 0 && report["pulled"] == 0;
                report["complete"] == true && report["problems"] == json!([]) && still
            }
            Err(_) => false,
        };
        for household in self.history.waiting(at) {
            let page = self.officers[at].device.call("household.open", json!({ "id": household }));
            let settled = page.is_ok_and(|page| page["waiting"] == 0 && page["set_aside"] == 0);
            if settled {
                self.acknowledges(at, &household);
            }
        }
        let told = match &report {
            Ok(report) => report.to_string(),
            Err(fault) => format!("{fault:?}"),
        };
        self.note(format!("{}: syncs: {told}", self.name(at)));
        quiet
    }

    /// What a device calls acknowledged is on the server at that moment.
    fn acknowledges(&mut self, at: usize, household: &str) {
        for word in self.history.acknowledge(at, household) {
            if !self.line.wire().server.holds(household, &word) {
                let who = self.name(at);
                self.wrong =
                    Some(format!("{who} calls {word} of {household} acknowledged; the server lacks it"));
            }
        }
    }

    fn backs_up(&mut self, at: usize) {
        let to = self.copy_folder();
        self.officers[at].device.backup(&to);
        self.officers[at].backup = Some((to, self.history.made()));
        self.note(format!("{}: copied", self.name(at)));
    }

    fn is_put_back(&mut self, at: usize) {
        let Some((from, made)) = self.officers[at].backup.clone() else { return };
        self.officers[at].device.restore(&from);
        self.officers[at].open.clear();
        let line = self.line.clone();
        self.history.forgot(at, made, |household, word| line.wire().server.holds(household, word));
        let name = self.name(at);
        self.fault("device put back from an older copy", &name);
    }

    /// A copy of the device goes on beside it, once in a history.
    fn is_cloned(&mut self, at: usize) {
        if self.officers.len() > DEVICES.len() {
            return;
        }
        let (to, name) = (self.copy_folder(), format!("{}-copy", self.name(at)));
        let own = self.seed ^ 0xc10e;
        let device = self.officers[at].device.cloned(&name, to, own);
        self.officers.push(Officer { device, open: BTreeMap::new(), backup: None });
        self.fault("device cloned", &name);
    }

    fn server_is_put_back(&mut self) {
        let Some(from) = self.server_backup.clone() else { return };
        let forgotten = self.refused();
        self.forgotten.extend(forgotten);
        self.line.wire().server.restore(&from);
        self.history.server_forgot();
        self.put_back = true;
        self.fault("server put back from an older copy", "server");
        // or later, when devices have met the office as it was then
        if self.dice.bool() {
            self.moves_again();
            self.posts_again();
        }
    }
}
