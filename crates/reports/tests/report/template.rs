use reports::letter::{Filler, Template};
use reports::{TemplateError, figures, letter_docx};

use crate::town::Town;

fn fill(text: &str) -> Result<String, TemplateError> {
    let town = Town::small();
    let data = town.data();
    let figures = figures(&data);
    Filler::new(&data, &figures).fill(text)
}

#[test]
fn placeholders_are_resolved() {
    assert_eq!(fill("Có {figure:units} xã, phường.").unwrap(), "Có 2 xã, phường.");
    assert_eq!(fill("Theo {cite:plan_228}.").unwrap(), "Theo Kế hoạch số 228/KH-UBND ngày 10/02/2017.");
    assert_eq!(fill("{cite:plan_228:short}").unwrap(), "Kế hoạch số 228/KH-UBND");
    assert_eq!(fill("{task:survey_database}").unwrap(), "Hoàn thành");
    assert_eq!(fill("{task:survey_database:inside}").unwrap(), "hoàn thành");
    assert_eq!(fill("{task:party_leadership}").unwrap(), "");
    assert_eq!(fill("đến {day:as_of}, {period:name}").unwrap(), "đến 31/3/2017, quý I năm 2017");
    assert_eq!(fill("không có gì").unwrap(), "không có gì");
}

#[test]
fn what_cannot_be_resolved_is_an_error() {
    assert_eq!(fill("{figure:nobody}"), Err(TemplateError::Figure("nobody".to_owned())));
    assert_eq!(fill("{cite:nothing}"), Err(TemplateError::Citation("nothing".to_owned())));
    assert_eq!(fill("{task:nothing}"), Err(TemplateError::Task("nothing".to_owned())));
    for wrong in ["{figure:units:upside_down}", "{word:x}", "{figure}", "{cite:plan_228:long}", "{day:never}"]
    {
        assert!(matches!(fill(wrong), Err(TemplateError::Placeholder(_))), "{wrong}");
    }
    for wrong in ["{figure:units", "figure}", "{{figure:units}}", "a } b"] {
        assert!(matches!(fill(wrong), Err(TemplateError::Brace(_))), "{wrong}");
    }
}

#[test]
fn a_documents_number_cannot_be_typed() {
    assert!(matches!(fill("Kế hoạch số 288/KH-UBND"), Err(TemplateError::TypedReference(_))));
    assert!(matches!(fill("{figure:units} theo 28/KH"), Err(TemplateError::TypedReference(_))));
    assert!(fill("đến 31/3/2017, 8 m²/người").is_ok());
}

#[test]
fn a_cited_document_may_have_another_key_in_the_registry() {
    let mut town = Town::small();
    town.letter.cites.insert("plan_228".to_owned(), "plan_159".to_owned());
    let data = town.data();
    let figures = figures(&data);
    let filled = Filler::new(&data, &figures).fill("{cite:plan_228:short}").unwrap();
    assert_eq!(filled, "Kế hoạch số 159/KH-UBND");
}

#[test]
fn a_template_of_another_shape_is_refused() {
    assert!(matches!(Template::parse("[head]\nissuer = 3"), Err(TemplateError::Shape(_))));
}

#[test]
fn a_letter_without_its_entry_is_not_written() {
    let mut town = Town::small();
    town.citations.retain(|entry| entry.id != "letter_870");
    let data = town.data();
    let error = letter_docx(&data, &figures(&data), &[]).unwrap_err();
    assert_eq!(error.code(), "report_template");
}
