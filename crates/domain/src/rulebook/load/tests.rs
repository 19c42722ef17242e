//! A bad rulebook is refused with the line and the reason.

use super::*;

const GOOD: &str = include_str!("../../../rulebooks/2016-2021/rulebook.toml");

/// The shipped rulebook with one replacement, and the error it gives.
fn refused(from: &str, to: &str) -> RulebookError {
    assert!(GOOD.contains(from), "nothing to replace: {from}");
    load(&GOOD.replacen(from, to, 1)).expect_err(to)
}

/// The line on which a text stands first in the shipped rulebook.
fn line_of(text: &str) -> usize {
    1 + GOOD.split(text).next().unwrap().matches('\n').count()
}

#[test]
fn the_shipped_rulebook_has_what_the_law_says() {
    let rulebook = load(GOOD).unwrap();
    assert_eq!((rulebook.indicators.len(), rulebook.dimensions.len()), (10, 5));
    assert_eq!((rulebook.points_each.value, rulebook.classes.len()), (10, 4));
    let of = |id: &str, area| rulebook.threshold(id).unwrap().of(area).value;
    assert_eq!((of("b1_poor", Area::Rural), of("b1_poor", Area::Urban)), (120, 140));
    assert_eq!((of("b1_near", Area::Rural), of("b1_near", Area::Urban)), (150, 175));
    assert_eq!((of("b2_deprived", Area::Rural), of("b2_deprived", Area::Urban)), (30, 30));
    let ids: Vec<&str> = rulebook.questions().map(|question| question.id.as_str()).collect();
    let expected = [
        "bhyt",
        "om_nang",
        "di_kham",
        "bang_cap",
        "dang_hoc",
        "nha_loai",
        "dien_tich",
        "nuoc",
        "nha_tieu",
        "vien_thong",
        "tai_san_tt",
        "nghe_loa",
        "nguyen_nhan",
        "nguyen_vong",
        "nong_lam_ngu_diem",
        "thu_nhap_12_thang",
        "o_tu",
        "anh_nha",
        "vi_tri_nuoc",
        "ghi_chu",
    ];
    assert_eq!(ids, expected, "question ids are keys of documents and never change");
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let (one, other) = (load(GOOD).unwrap(), load(&format!("{GOOD}\n")).unwrap());
    assert_ne!(one.hash, other.hash);
    assert_eq!(one.hash, <[u8; 32]>::from(Sha256::digest(GOOD)));
    assert_eq!(serde_json::to_value(&one).unwrap()["hash"], one.hash_hex());
}

#[test]
fn what_is_no_toml_or_no_rulebook_is_refused_with_its_line() {
    let error = refused(
        "status = \"inferred\"\nsource = \"Suy từ lời của chỉ số y_te_bhyt\"",
        "status = \"certain\"",
    );
    assert!(matches!(error.fault, RulebookFault::Syntax(_)), "{error}");
    assert_eq!(error.line, line_of("status = \"inferred\"\nsource = \"Suy từ lời của chỉ số y_te_bhyt\""));
    let error = refused("level = \"member\"", "level = member");
    assert_eq!(error.line, line_of("level = \"member\""));
    assert!(matches!(refused("required = true", "requierd = true").fault, RulebookFault::Syntax(_)));
    assert_eq!(load("").unwrap_err().line, 1);
}

#[test]
fn each_mistake_has_its_reason() {
    use RulebookFault as Fault;
    let no = |text: &str| text.to_owned();
    let cases = [
        ("{ no = \"bhyt\" }", "{ no = \"the\" }", Fault::UnknownQuestion(no("the"))),
        ("{ no = \"bhyt\" }", "{ no = \"bang_cap\" }", Fault::WrongKind(no("bang_cap"))),
        ("deprived = { no = \"vien_thong\" }", "deprived = { no = \"bhyt\" }", Fault::NoMember),
        ("deprived = { no = \"vien_thong\" }", "deprived = { age = { min = 6 } }", Fault::NoMember),
        ("{ no = \"bhyt\" }", "{ some_member = { no = \"bhyt\" } }", Fault::NestedMember),
        ("{ min = 5, below = 15 }", "{ min = 15, below = 15 }", Fault::EmptyRange),
        ("{ min = 5, below = 15 }", "{}", Fault::EmptyRange),
        ("min = 1, max = 10000", "min = 2, max = 1", Fault::EmptyRange),
        ("limit = 8", "limit = 0", Fault::EmptyRange),
        ("one_of = [\"khac\"]", "one_of = []", Fault::EmptyList),
        ("id = \"don_so\"", "id = \"kien_co\"", Fault::Duplicate(no("kien_co"))),
        ("id = \"om_nang\"", "id = \"bhyt\"", Fault::Duplicate(no("bhyt"))),
        ("id = \"om_nang\"", "id = \"Ốm nặng\"", Fault::Key(no("Ốm nặng"))),
        ("id = \"om_nang\"", "id = \"om#nang\"", Fault::Key(no("om#nang"))),
        ("dimension = \"nha_o\"", "dimension = \"nha\"", Fault::UnknownDimension(no("nha"))),
        ("b1_max = \"b1_poor\"", "b1_max = \"b1\"", Fault::UnknownThreshold(no("b1"))),
        ("{ value = 10,", "{ value = 0,", Fault::NoPoints),
        ("from = 2016, to = 2021", "from = 2021, to = 2016", Fault::EmptyRange),
    ];
    for (from, to, expected) in cases {
        assert_eq!(refused(from, to).fault, expected, "{to}");
    }
}

#[test]
fn an_option_that_can_never_be_chosen_is_named_with_its_question() {
    let error = refused("one_of = [\"khac\", \"khong\"]", "one_of = [\"khac\", \"ao\"]");
    let fault = RulebookFault::UnreachableOption { question: "nha_tieu".to_owned(), option: "ao".to_owned() };
    assert_eq!(error.fault, fault);
    let item = line_of("name_vi = \"Hố xí, nhà tiêu hợp vệ sinh\"");
    assert!((item - 4..item).contains(&error.line), "line {} near {item}", error.line);
    assert!(error.to_string().starts_with(&format!("line {}: option `ao`", error.line)));
}

#[test]
fn a_threshold_needs_both_areas() {
    let urban = GOOD.lines().find(|line| line.starts_with("urban = { value = 175")).unwrap();
    let error = refused(urban, "");
    assert_eq!(error.fault, RulebookFault::MissingArea { id: "b1_near".to_owned(), area: "urban" });
    let item = line_of("id = \"b1_near\"");
    assert!((item - 1..=item).contains(&error.line), "line {} near {item}", error.line);
}

#[test]
fn classes_leave_no_gap_and_no_overlap() {
    use RulebookFault::{Gap, Overlap, UnreachableClass};
    let near = "b1_over = \"b1_poor\"\nb1_max = \"b1_near\"\nb2_below = \"b2_deprived\"";
    let gap = refused(near, "b1_over = \"b1_near\"\nb1_max = \"b1_near\"\nb2_below = \"b2_deprived\"");
    assert_eq!(gap.fault, Gap { area: "rural", b1: 121, b2: 0 });
    let overlap = refused(near, "b1_max = \"b1_near\"\nb2_below = \"b2_deprived\"");
    assert_eq!(overlap.fault, Overlap { area: "rural", b1: 0, b2: 0 });
    let never = refused("urban = { value = 30,", "urban = { value = 110,");
    assert_eq!(never.fault, UnreachableClass { area: "urban" });
    let item = line_of("class = \"poor_deprived\"");
    assert!((item - 1..=item).contains(&never.line), "line {} near {item}", never.line);
}

#[test]
fn conditions_nest_only_so_deep() {
    let nested = |depth: usize| {
        format!("deprived = {}{{ no = \"vien_thong\" }}{}", "{ all = [".repeat(depth), "] }".repeat(depth))
    };
    let from = "deprived = { no = \"vien_thong\" }";
    assert!(load(&GOOD.replacen(from, &nested(DEPTH_MAX - 1), 1)).is_ok());
    assert_eq!(refused(from, &nested(DEPTH_MAX)).fault, RulebookFault::TooDeep);
}

#[test]
fn the_rule_of_the_average_living_standard_names_what_is_there() {
    let line = |of: &RulebookError| (of.line, of.fault.clone());
    let at = line_of("[average]");
    let named = |key: &str, id: &str, other: &str| {
        let pair = |id: &str| format!("[average]\nfarming = \"nong_lam_ngu_diem\"\nincome = \"{id}\"");
        match key {
            "income" => refused(&pair(id), &pair(other)),
            _ => refused(&format!("\n{key} = \"{id}\"\nat_most"), &format!("\n{key} = \"{other}\"\nat_most")),
        }
    };
    let unknown = named("income", "thu_nhap_12_thang", "thu_nhap");
    assert_eq!(line(&unknown), (at, RulebookFault::UnknownQuestion("thu_nhap".to_owned())));
    let wrong = named("income", "thu_nhap_12_thang", "dien_tich");
    assert_eq!(line(&wrong), (at, RulebookFault::WrongKind("dien_tich".to_owned())));
    let no_line = named("over", "near_poor", "rich");
    assert_eq!(line(&no_line), (at, RulebookFault::UnknownLine("rich".to_owned())));
    let endless = refused("kind = { type = \"text\", max = 500 }", "kind = { type = \"text\", max = 0 }");
    assert_eq!(endless.fault, RulebookFault::EmptyRange);
}

#[test]
fn a_constraint_speaks_of_what_its_question_is_about() {
    let unknown = refused("question = \"dien_tich\"\nwhen", "question = \"dien\"\nwhen");
    assert_eq!(unknown.fault, RulebookFault::UnknownQuestion("dien".to_owned()));
    assert_eq!(unknown.line, line_of("[[constraints]]"));
    let of_whom = refused("question = \"bang_cap\"\nwhen", "question = \"dien_tich\"\nwhen");
    assert_eq!(of_whom.fault, RulebookFault::NoMember);
    let twice = refused("id = \"bang_cap_som\"", "id = \"dien_tich_nho\"");
    assert_eq!(twice.fault, RulebookFault::Duplicate("dien_tich_nho".to_owned()));
}

#[test]
fn a_photo_shows_something_that_photos_show() {
    let shipped = include_str!("../../../rulebooks/2016-2021/rulebook.toml");
    let piece = r#"{ type = "photo", shows = "house" }"#;
    let line = 1 + shipped[..shipped.find(piece).unwrap()].matches('\n').count();
    let error = load(&shipped.replace(piece, r#"{ type = "photo", shows = "roof" }"#)).unwrap_err();
    assert_eq!(error.fault, RulebookFault::UnknownPhotoKind("roof".to_owned()));
    assert!((line - 4..=line).contains(&error.line), "{error}");
}
