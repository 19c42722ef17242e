//! The demo town from the first enrolment to the report: what `make demo` runs, and the documents it leaves.

use std::path::Path;
use std::process::Command;

use tests::demo::run::{Wish, run};

/// Runs a tool that the set-up installs, and gives what it says.
fn tool(name: &str, arguments: &[&str], folder: &Path) -> String {
    let told = Command::new(name).args(arguments).current_dir(folder).output();
    let told = told.unwrap_or_else(|error| panic!("{name} is installed by the set-up: {error}"));
    assert!(told.status.success(), "{name}: {}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8_lossy(&told.stdout).into_owned()
}

/// Tables, sections, and whether the letter says what it is.
const READ: &str = "import docx; it = docx.Document('bao-cao.docx'); print(len(it.tables), len(it.sections))";

#[test]
fn every_figure_comes_out_of_the_records_and_the_documents_open() {
    let out = tempfile::tempdir().unwrap();
    let wish = Wish { out: out.path().to_owned(), keep: false };
    assert!(run(&wish).unwrap(), "a figure or a contradiction is not as it must be");
    assert_eq!(tool("/usr/bin/python3", &["-c", READ], out.path()).trim(), "3 2");
    let home = format!("-env:UserInstallation=file://{}/office", out.path().display());
    tool("soffice", &[&home, "--headless", "--convert-to", "pdf", "bao-cao.docx"], out.path());
    let told = tool("pdfinfo", &["bao-cao.pdf"], out.path());
    let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
    assert!((4..=12).contains(&pages.trim().parse::<u32>().unwrap()), "{pages} pages");
}
