//! Writes the letter, the workbook and the minutes of a meeting of a small synthetic town:
//! `cargo run -p reports --example letter -- FOLDER`.

#[path = "../tests/report/town.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "the tests' own town")]
mod town;

#[path = "../tests/report/meeting.rs"]
mod meeting;

use std::path::PathBuf;

use reports::{checks, figures, figures_xlsx, letter_docx, minutes, minutes_docx};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let town = town::Town::small();
    let data = town.data();
    let figures = figures(&data);
    let checks = checks(&data, &figures);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("letter.docx"), letter_docx(&data, &figures, &checks)?)?;
    std::fs::write(folder.join("figures.xlsx"), figures_xlsx(&data, &figures, &checks)?)?;
    let written = minutes_docx(&minutes(&meeting::session()), town::on(2022, 10, 5))?;
    std::fs::write(folder.join("minutes.docx"), written)?;
    Ok(())
}
