//! The report's material: everything it is computed from, read at one moment.
//!
//! **Invariant:** the state that a report names is the one that its figures were read from.

use std::path::Path;

use domain::id::{DocumentId, UnitId};
use domain::programme::Programme;
use domain::recognition::Register;
use domain::review::Progress;
use domain::unit::under;
use records::Document;
use reports::{Check, Figures, ReportState, Surveyed, TownData, UnitProgramme};
use serde_json::json;

use crate::app::App;
use crate::database::views::{Content, View};
use crate::fault::{Code, Fault};
use crate::town::ReportSettings;
use crate::{projection, proposals};

/// Years before the report's own whose programme documents are looked for.
const YEARS_BEFORE: i32 = 5;

/// What a report is computed from.
pub struct Material<'a> {
    app: &'a App,
    settings: &'a ReportSettings,
    households: Vec<Surveyed>,
    programmes: Vec<UnitProgramme>,
    register: Register,
    state: ReportState,
}

/// A report as computed.
pub struct Report {
    /// Every figure.
    pub figures: Figures,
    /// What the office should look at.
    pub checks: Vec<Check>,
}

impl<'a> Material<'a> {
    /// Reads everything.
    pub fn gather(app: &'a App) -> Result<Self, Fault> {
        let settings = app.town.report.as_ref().ok_or(Fault::of(Code::NoReport))?;
        projection::catch_up(app)?;
        let mut snapshot = app.database.snapshot(&under(&app.town.units, app.town.unit))?;
        let review = app.town.current_review.and_then(|id| app.town.review(id)).cloned();
        if let Some(review) = &review {
            proposals::as_sealed(app, review.id, &mut snapshot)?;
        }
        let state = ReportState {
            review,
            sequences: snapshot.sequences.into_iter().collect(),
            config_version: app.identity.configuration_version,
        };
        let mut material = Self {
            app,
            settings,
            households: Vec::new(),
            programmes: Vec::new(),
            register: app.database.register()?,
            state,
        };
        snapshot.views.into_iter().for_each(|view| material.take(view));
        Ok(material)
    }

    fn take(&mut self, view: View) {
        let standing = self.state.review.as_ref().and_then(|review| view.standings.get(&review.id));
        let progress = standing.map_or(Progress::NotStarted, |standing| standing.progress);
        let conflicts = usize::try_from(view.conflicts).unwrap_or(usize::MAX);
        match view.content {
            Content::Household(household) => {
                self.households.push(Surveyed {
                    village: view.scope,
                    household: *household,
                    merged: view.merged,
                    progress,
                    conflicts,
                });
            }
            Content::Meeting(_) => {}
            Content::Programme(programme) => {
                self.programmes.extend(self.programme(view.scope, view.document, *programme));
            }
        }
    }

    /// The year of a programme is in its id, which is derived from it.
    fn programme(&self, unit: UnitId, id: DocumentId, programme: Programme) -> Option<UnitProgramme> {
        let last = self.settings.days.year + 1;
        let year = (last - YEARS_BEFORE..=last).find(|year| Document::programme_id(unit, *year) == id)?;
        Some(UnitProgramme { unit, year, programme })
    }

    /// The material as the report reads it.
    pub fn data(&self) -> TownData<'_> {
        let town = &self.app.town;
        TownData {
            town: town.unit,
            units: &town.units,
            households: &self.households,
            register: &self.register,
            population: &town.population,
            citations: &town.citations,
            policies: &town.policies,
            programmes: &self.programmes,
            days: self.settings.days,
            letter: &self.settings.letter,
            state: &self.state,
        }
    }

    /// Figures and checks.
    pub fn report(&self) -> Report {
        let figures = reports::figures(&self.data());
        let mut checks = reports::checks(&self.data(), &figures);
        if self.settings.paper {
            checks.extend(reports::paper::checks(&figures));
        }
        Report { figures, checks }
    }

    /// The letter with its appendix.
    pub fn letter(&self, report: &Report) -> Result<Vec<u8>, Fault> {
        reports::letter_docx(&self.data(), &report.figures, &report.checks).map_err(unwritten)
    }

    /// The tables.
    pub fn workbook(&self, report: &Report) -> Result<Vec<u8>, Fault> {
        reports::figures_xlsx(&self.data(), &report.figures, &report.checks).map_err(unwritten)
    }

    /// Writes the letter, the tables, the figures and the checks into a folder; gives the files' names.
    pub fn write(&self, folder: &Path) -> Result<Vec<String>, Fault> {
        let report = self.report();
        let figures = &report.figures.all;
        let json = |value: &serde_json::Value| serde_json::to_vec_pretty(value).unwrap_or_default();
        let state = json!(self.state);
        let files = [
            (LETTER, self.letter(&report)?),
            (WORKBOOK, self.workbook(&report)?),
            ("figures.json", json(&json!({"state": state, "figures": figures}))),
            ("summary.json", json(&json!({"state": state, "tables": reports::summary(&self.data()).tables}))),
            ("checks.json", json(&json!({"state": state, "checks": report.checks}))),
        ];
        let unwritable = |_| Fault::of(Code::FileUnwritable).with("file", folder.display());
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        for (name, bytes) in &files {
            std::fs::write(folder.join(name), bytes).map_err(unwritable)?;
        }
        Ok(files.iter().map(|(name, _)| (*name).to_owned()).collect())
    }
}

/// The letter's file name.
pub const LETTER: &str = "bao-cao.docx";
/// The tables' file name.
pub const WORKBOOK: &str = "so-lieu.xlsx";

fn unwritten(error: reports::ReportError) -> Fault {
    tracing::error!(code = error.code(), %error, "the report cannot be written");
    Fault::of(Code::ReportUnwritten).with("reason", error)
}
