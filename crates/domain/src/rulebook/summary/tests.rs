use super::*;
use crate::rulebook::RulebookFault;

const FILE: &str = include_str!("../../../rulebooks/2022-2026/tables.toml");

fn rulebook() -> &'static Rulebook {
    Rulebook::shipped_by_id("2022-2026").unwrap()
}

/// The refusal of the shipped file with one piece replaced, and the line of the piece.
fn refused(piece: &str, by: &str) -> (RulebookFault, usize, usize) {
    let at = FILE.find(piece).unwrap_or_else(|| panic!("{piece} is in the file"));
    let line = 1 + FILE[..at].matches('\n').count();
    let error = SummaryTables::load(&FILE.replacen(piece, by, 1), rulebook()).unwrap_err();
    (error.fault, error.line, line)
}

/// Refused for this, in the line itself.
fn refuses(piece: &str, by: &str, fault: &RulebookFault) {
    let (found, at, line) = refused(piece, by);
    assert_eq!((&found, at), (fault, line), "{piece} → {by}");
}

#[test]
fn every_shipped_file_loads() {
    for (id, text) in FILES {
        let rulebook = Rulebook::shipped_by_id(id).unwrap();
        SummaryTables::load(text, rulebook).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert!(SummaryTables::of(id).is_some());
    }
    assert!(SummaryTables::of("2027-2030").is_none(), "no form of that period was found");
}

#[test]
fn an_unknown_figure_or_list_is_refused_in_its_line() {
    for (piece, by) in
        [(r#"figure = "out_escaped""#, r#"figure = "vanished""#), (r#"list = "poor""#, r#"list = "rich""#)]
    {
        let (fault, at, line) = refused(piece, by);
        let RulebookFault::Syntax(said) = fault else { panic!("{fault:?}") };
        assert!(said.contains("unknown variant"), "{said}");
        assert_eq!(at, line);
    }
}

#[test]
fn what_a_column_needs_is_there_and_nothing_more() {
    let missing = RulebookFault::Missing;
    refuses(r#"figure = "start", list = "poor""#, r#"figure = "start""#, &missing("list"));
    refuses(
        r#"figure = "all_people""#,
        r#"figure = "all_people", list = "poor""#,
        &RulebookFault::NotOfThisList,
    );
    refuses(
        r#"figure = "out_near_poor", list = "poor""#,
        r#"figure = "out_near_poor", list = "near_poor""#,
        &RulebookFault::NotOfThisList,
    );
    refuses(
        r#"indicator = "bhyt""#,
        r#"indicator = "bhtn""#,
        &RulebookFault::UnknownIndicator("bhtn".to_owned()),
    );
    refuses(r#", indicator = "bhyt""#, "", &missing("indicator"));
    refuses(
        r#"question = "nguyen_nhan""#,
        r#"question = "ly_do""#,
        &RulebookFault::UnknownQuestion("ly_do".to_owned()),
    );
    refuses(
        r#"question = "nguyen_nhan""#,
        r#"question = "dien_tich""#,
        &RulebookFault::WrongKind("dien_tich".to_owned()),
    );
    refuses(
        r#"id = "*", figure = "deprivation""#,
        r#"id = "x", figure = "deprivation""#,
        &RulebookFault::Key("x".to_owned()),
    );
    refuses(
        r#"list = "poor", each = "ethnicities""#,
        r#"list = "poor", each = "indicators""#,
        &missing("each"),
    );
    refuses(
        r#"labour = "kha_nang_lao_dong""#,
        r#"labour = "dien_tich""#,
        &RulebookFault::WrongKind("dien_tich".to_owned()),
    );
}

#[test]
fn columns_and_tables_that_are_named_are_there_once() {
    let unknown = |id: &str| RulebookFault::UnknownColumn(id.to_owned());
    refuses(r#"percent_of = "c1""#, r#"percent_of = "c99""#, &unknown("c99"));
    refuses(
        r#"count = "people", percent_of = "c2""#,
        r#"percent_of = "c4""#,
        &RulebookFault::NotWhole("c4".to_owned()),
    );
    refuses(r#"plus = ["c1", "c5""#, r#"plus = ["c0", "c5""#, &unknown("c0"));
    refuses(
        r#"table = "t2", other = "c2""#,
        r#"table = "t77", other = "c2""#,
        &RulebookFault::UnknownTable("t77".to_owned()),
    );
    refuses(r#"table = "t2", other = "c2""#, r#"table = "t2", other = "c10""#, &unknown("c10"));
    refuses(r#"id = "c2", figure"#, r#"id = "c1", figure"#, &RulebookFault::Duplicate("c1".to_owned()));
    let (fault, ..) = refused(r#"id = "t3""#, r#"id = "t2""#);
    assert_eq!(fault, RulebookFault::Duplicate("t2".to_owned()));
    let (fault, ..) = refused(r#"lines = ["households"]"#, "lines = []");
    assert_eq!(fault, RulebookFault::EmptyList);
}
