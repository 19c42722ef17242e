//! The scenario language: a town, its officers at work, and the network between them.
//!
//! ```no_run
//! let mut town = tests::town::Town::open();
//! let (mut ha, mut binh) = (town.officer("ha"), town.officer("binh"));
//! let home = ha.enters("Đỗ Văn Hoà");
//! ha.syncs();
//! binh.syncs();
//! binh.is_cut_off();
//! binh.answers(&home, "nuoc", "khac");
//! binh.is_connected();
//! binh.syncs();
//! ```

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::field::Field;
use crate::network::Line;
use crate::place::Place;
use crate::server::{Server, command};

/// The town that stories play in: one ward, two villages, two collectors in the first.
const TOWN: &str = include_str!("../story/town.toml");

/// A town with its server.
pub struct Town {
    folder: TempDir,
    server: Server,
    lines: Vec<Line>,
}

impl Town {
    /// A new town whose server runs.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub fn open() -> Self {
        Self::of(TOWN)
    }

    /// The town of a town file, whose server runs.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub fn of(text: &str) -> Self {
        let folder =
            tempfile::Builder::new().prefix("rasoat-story-").tempdir().expect("a folder can be made");
        let (file, place) = (folder.path().join("town.toml"), Place::new(&folder.path().join("server")));
        std::fs::write(&file, text).expect("the town file can be written");
        let town = file.to_string_lossy().into_owned();
        command(&place, &["init", "--town", &town], "").expect("the town is set up");
        let server = Server::start(&place, &folder.path().join("server.log"));
        Self { folder, server, lines: Vec::new() }
    }

    /// Its server.
    pub fn server(&mut self) -> &mut Server {
        &mut self.server
    }

    /// Another server of the town's, over the same data.
    pub fn server_beside(&self, log: &str) -> Server {
        Server::start(self.server.place(), &self.folder(log))
    }

    /// A folder of the town's, for a device or anything else.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A line of its own to the server.
    pub fn line(&mut self) -> Line {
        let line = Line::to(self.server.address());
        self.lines.push(line.clone());
        line
    }

    /// A user of the town file with a newly enrolled device. A user may have several.
    pub fn officer(&mut self, user: &str) -> Officer {
        self.officer_with(user, Field::start)
    }

    /// The same with a device that syncs without being asked.
    pub fn officer_in_step(&mut self, user: &str) -> Officer {
        self.officer_with(user, Field::start_in_step)
    }

    fn officer_with(&mut self, user: &str, start: impl FnOnce(&Path) -> Field) -> Officer {
        let line = self.line();
        let data = self.folder(&format!("{user}-{}", self.lines.len()));
        let mut field = start(&data);
        field.enrol(&line.address(), &self.server.code(user), user);
        Officer::at(field, line)
    }

    /// The server ends as in a power cut.
    pub fn server_dies(&mut self) {
        self.server.kill();
    }

    /// The server comes back; everybody's line leads to it.
    pub fn server_returns(&mut self) {
        self.server.restart();
        self.lines.iter().for_each(|line| line.lead_to(self.server.address()));
    }
}

/// A household as the officers speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home(pub String);

/// A form as it was opened.
#[derive(Clone, Debug)]
pub struct Page(pub Value);

impl Page {
    /// The heads that it was opened on.
    pub fn heads(&self) -> &Value {
        &self.0["heads"]
    }

    /// The answer to a question of the open review; null without one.
    pub fn answer(&self, question: &str) -> &Value {
        let review = self.0["review"].as_str().expect("a review is open");
        &self.0["household"]["reviews"][review]["answers"][question]
    }

    /// The names of its members, sorted.
    pub fn members(&self) -> Vec<String> {
        let members = self.0["household"]["members"].as_object().expect("a page has members");
        let mut names: Vec<String> =
            members.values().filter_map(|it| it["name"].as_str()).map(str::to_owned).collect();
        names.sort();
        names
    }

    /// What people contradict each other on: the end of the field's path, and each value with its author, sorted.
    pub fn conflicts(&self) -> Vec<(String, Vec<(Value, String)>)> {
        let conflicts = self.0["conflicts"].as_array().expect("a page has conflicts");
        let told = |it: &Value| (it["value"].clone(), it["by"].as_str().unwrap_or("?").to_owned());
        let one = |it: &Value| {
            let field =
                it["field"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
            let mut values: Vec<_> = it["values"].as_array().into_iter().flatten().map(told).collect();
            values.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.to_string().cmp(&b.0.to_string())));
            (field, values)
        };
        conflicts.iter().map(one).collect()
    }

    /// The path of the answer to a question in the open review.
    pub fn path(&self, question: &str) -> String {
        format!("reviews/{}/answers/{question}", self.0["review"].as_str().expect("a review is open"))
    }
}

/// An officer with a device.
pub struct Officer {
    /// The device.
    pub field: Field,
    line: Line,
}

impl Officer {
    /// An officer with an unlocked device.
    pub fn at(field: Field, line: Line) -> Self {
        Self { field, line }
    }

    /// The first of the person's own units.
    pub fn village(&mut self) -> String {
        let config = self.field.call("config.get", json!({}));
        config["user"]["scopes"][0].as_str().expect("an officer has a unit").to_owned()
    }

    /// Enters a household of one person.
    pub fn enters(&mut self, head: &str) -> Home {
        let village = self.village();
        let member = json!({ "name": head, "sex": "male", "born": "1970-05-01", "relation": "head" });
        let created = self.field.call("household.create", json!({ "village": village, "members": [member] }));
        Home(created["id"].as_str().expect("a household has an id").to_owned())
    }

    /// Opens a household's form.
    pub fn opens(&mut self, home: &Home) -> Page {
        Page(self.field.call("household.open", json!({ "id": home.0 })))
    }

    /// Answers a question in a form that was just opened.
    pub fn answers(&mut self, home: &Home, question: &str, value: impl Into<Value>) -> Page {
        let page = self.opens(home);
        self.saves(home, &page, question, value)
    }

    /// Saves an answer in a form that was opened before.
    pub fn saves(&mut self, home: &Home, page: &Page, question: &str, value: impl Into<Value>) -> Page {
        let params = self.save(home, page, question, value.into());
        Page(self.field.call("household.save", params))
    }

    /// The parameters of a save.
    pub fn save(&self, home: &Home, page: &Page, question: &str, value: Value) -> Value {
        let edit = json!({ "field": page.path(question), "value": value });
        json!({ "id": home.0, "heads": page.heads(), "edits": [edit] })
    }

    /// Adds a member.
    pub fn adds(&mut self, home: &Home, name: &str) -> Page {
        let page = self.opens(home);
        let member = json!({ "name": name, "sex": "female", "born": "1999", "relation": "child" });
        let params = json!({ "household": home.0, "heads": page.heads(), "member": member });
        Page(self.field.call("member.add", params))
    }

    /// Chooses one of the contradicting values of a question.
    pub fn chooses(&mut self, home: &Home, question: &str, value: impl Into<Value>) -> Page {
        let (page, value) = (self.opens(home), value.into());
        let field = page.path(question);
        let conflicts = page.0["conflicts"].as_array().into_iter().flatten();
        let conflict =
            conflicts.into_iter().find(|it| it["field"] == json!(field)).expect("there is a conflict");
        let told = conflict["values"].as_array().into_iter().flatten().find(|told| told["value"] == value);
        let chosen = &told.expect("somebody told this value")["hash"];
        let params = json!({ "id": home.0, "field": field, "chosen": chosen, "why": "Đã hỏi lại chủ hộ" });
        Page(self.field.call("household.resolve", params))
    }

    /// Syncs to the end; nothing is refused.
    pub fn syncs(&mut self) -> Value {
        let report = self.field.call("sync.run", json!({}));
        assert_eq!((&report["complete"], &report["refused"]), (&json!(true), &json!(0)), "{report}");
        report
    }

    /// Tries to sync and does not come to the end; gives the code of what stood in the way.
    pub fn cannot_sync(&mut self) -> String {
        let report = self.field.call("sync.run", json!({}));
        assert_eq!(report["complete"], json!(false), "{report}");
        report["problems"][0]["code"].as_str().expect("a problem has a code").to_owned()
    }

    /// Changes that the server has not acknowledged.
    pub fn waiting(&mut self) -> u64 {
        let home = self.field.call("home.summary", json!({}));
        home["sync"]["waiting"].as_u64().expect("the waiting changes are counted")
    }

    /// Loses the network in the middle of whatever passes over it.
    pub fn is_cut_off(&self) {
        self.line.cut();
    }

    /// Has a network again.
    pub fn is_connected(&self) {
        self.line.mend();
    }

    /// Has a server at another address from now on.
    pub fn turns_to(&self, server: SocketAddr) {
        self.line.lead_to(server);
    }

    /// The device ends as in a power cut, and is started and unlocked again.
    pub fn device_crashes(&mut self) {
        self.field.crash();
        self.field.unlock();
    }

    /// Where the device keeps its data.
    pub fn data(&self) -> &Path {
        self.field.data()
    }
}
