//! What the office does in a history: it moves and purges households, posts people, seals the review, and takes what was
//! refused for a missing right.

use domain::id::UnitId;
use domain::unit::UnitKind;
use sync_server::{moving, posting, quarantine, seal};

use super::play::World;

/// People whose posting changes.
const POSTED: [&str; 3] = ["ha", "binh", "chau"];

impl World {
    /// The office does one thing.
    pub(super) fn office_acts(&mut self) {
        match self.dice.u8(0..12) {
            0 => self.is_sealed(),
            1 => self.is_purged(),
            2..6 => self.is_posted(),
            _ => self.is_moved(),
        }
    }

    /// The office moves a household to another village.
    fn is_moved(&mut self) {
        let households = self.line.wire().server.households();
        if households.is_empty() {
            return;
        }
        let (id, from) = households[self.dice.usize(0..households.len())];
        let villages = self.villages();
        let others: Vec<UnitId> = villages.into_iter().filter(|unit| *unit != from).collect();
        let to = others[self.dice.usize(0..others.len())];
        self.moved.insert(id.to_string(), to);
        self.moves_again();
        self.fault("household moved", &id.to_string());
    }

    /// The office posts somebody to the village beside theirs, or to both, or back. Who sees the whole commune stays.
    fn is_posted(&mut self) {
        let who = POSTED[self.dice.usize(0..POSTED.len())];
        let villages = self.villages();
        let mut to: Vec<String> =
            villages.iter().map(UnitId::to_string).filter(|_| self.dice.bool()).collect();
        if to.is_empty() {
            to.push(villages[self.dice.usize(0..villages.len())].to_string());
        }
        self.posted.insert(who, to);
        self.posts_again();
        self.fault("posting changed", who);
    }

    /// The office sees to it that everybody is posted where it posted them: after the server was put back as well.
    pub fn posts_again(&mut self) -> bool {
        let mut notes = Vec::new();
        for (who, units) in &self.posted {
            let wire = self.line.wire();
            let app = wire.server.app().current().unwrap_or_else(|fault| panic!("the town: {fault:?}"));
            let before = app.identity.configuration_version;
            let done = posting::post(&app, who, units).unwrap_or_else(|fault| panic!("{who}: {fault:?}"));
            if done.configuration_version != before {
                notes.push(format!("office: {who} works in {units:?}"));
            }
        }
        let any = !notes.is_empty();
        notes.into_iter().for_each(|note| self.note(note));
        any
    }

    fn villages(&self) -> Vec<UnitId> {
        let wire = self.line.wire();
        let units = wire.server.app().town.units.iter();
        units.filter(|unit| unit.kind == UnitKind::Village).map(|unit| unit.id).collect()
    }

    /// The office sees to it that every household that it moved is where it moved it to: after the server was put back, or
    /// when one comes back that the server did not have.
    pub fn moves_again(&mut self) -> bool {
        let mut notes = Vec::new();
        {
            let wire = self.line.wire();
            let server = &wire.server;
            for (id, at) in server.households() {
                let Some(to) = self.moved.get(&id.to_string()).filter(|to| **to != at) else { continue };
                let done = moving::relocate(server.app(), &id.to_string(), &to.to_string());
                notes.push(format!("office: {id} to {to}: {done:?}"));
            }
        }
        let any = !notes.is_empty();
        notes.into_iter().for_each(|note| self.note(note));
        any
    }

    /// Households of which something that was refused waits for the office.
    pub(super) fn refused(&self) -> Vec<String> {
        let wire = self.line.wire();
        let pending =
            quarantine::list(wire.server.app()).unwrap_or_else(|fault| panic!("quarantine: {fault:?}"));
        pending.into_iter().map(|household| household.document.to_string()).collect()
    }

    /// The office takes what the gate refused for a missing right: edits of a household that was in another village again, or of
    /// a person who was posted elsewhere again, when the server was put back. Nothing is refused in any other history. True if
    /// there was anything that it could take.
    pub fn releases(&mut self) -> bool {
        let mut notes = Vec::new();
        {
            let wire = self.line.wire();
            let app = wire.server.app();
            let pending = quarantine::list(app).unwrap_or_else(|fault| panic!("quarantine: {fault:?}"));
            for household in pending {
                let taken = quarantine::release(app, household.document).unwrap_or_default();
                if taken > 0 {
                    notes.push(format!("office: takes {taken} of {}", household.document));
                }
            }
        }
        let any = !notes.is_empty();
        if any && !self.put_back {
            self.wrong = Some("a right was missing, although the server was never put back".to_owned());
        }
        notes.into_iter().for_each(|note| self.note(note));
        any
    }

    /// The office purges a household.
    fn is_purged(&mut self) {
        let households = self.line.wire().server.households();
        if households.is_empty() {
            return;
        }
        let id = households[self.dice.usize(0..households.len())].0.to_string();
        let done = moving::purge(self.line.wire().server.app(), &id);
        if let Err(fault) = done {
            self.wrong = Some(format!("{id} is not purged: {fault:?}"));
        }
        self.moved.remove(&id);
        let words = self.history.words_of(&id);
        self.history.purged(&id);
        self.purged.insert(id.clone(), words);
        self.fault("household purged", &id);
    }

    fn is_sealed(&mut self) {
        if self.sealed {
            return;
        }
        self.sealed = true;
        let done = {
            let wire = self.line.wire();
            let app = wire.server.app().current().map_err(|fault| format!("{fault:?}"));
            app.and_then(|app| seal::seal(&app, "2016", "Khu phố 1").map_err(|fault| format!("{fault:?}")))
        };
        match done {
            Ok(_) => self.fault("review sealed", "server"),
            Err(fault) => self.wrong = Some(fault),
        }
    }
}
