//! The window as a person uses it: a real window on a display, a real device inside, a real server behind.

mod window;

use fantoccini::elements::Element;
use serde_json::{Value, json};
use tests::field::PIN;
use tests::process::program;
use tests::town::{Home, Officer, Town};

use window::{Display, Window};

/// B1 150 in a ward and two deprivations, house and latrine: near-poor until the water is a third.
const ANSWERS: [(&str, &str); 3] = [("nha_loai", "don_so"), ("nha_tieu", "khong"), ("nuoc", "may")];

/// A household that another officer has surveyed to the end, as near-poor.
fn surveyed(officer: &mut Officer, head: &str) -> Home {
    let home = officer.enters(head);
    let page = officer.opens(&home);
    let review = page.0["review"].as_str().expect("a review is open").to_owned();
    let member = page.0["household"]["head"].as_str().expect("a head").to_owned();
    let answer = |key: &str, value: Value| json!({ "field": format!("reviews/{review}/answers/{key}"), "value": value });
    let mut edits = vec![
        json!({ "field": format!("reviews/{review}/b1_entered"), "value": 150 }),
        json!({ "field": format!("members/{member}/born"), "value": "1960-05-04" }),
        json!({ "field": format!("members/{member}/sex"), "value": "male" }),
        answer(&format!("bhyt/{member}"), json!(true)),
        answer(&format!("om_nang/{member}"), json!(false)),
        answer("dien_tich", json!(42)),
        answer("vien_thong", json!(true)),
        answer("nghe_loa", json!(true)),
    ];
    edits.extend(ANSWERS.iter().map(|(question, value)| answer(question, json!(value))));
    edits.extend(
        ["tivi", "radio", "may_tinh"]
            .map(|thing| answer(&format!("tai_san_tt#{thing}"), json!(thing == "tivi"))),
    );
    officer.field.call("household.save", json!({ "id": home.0, "heads": page.heads(), "edits": edits }));
    home
}

async fn enrol(window: &Window, server: &str, code: &str) {
    window.fill("Địa chỉ máy chủ", server).await;
    window.fill("Mã dùng một lần", code).await;
    window.fill("Tên thiết bị", "Máy tính của chị Hà").await;
    window.fill("Chọn mã PIN", PIN).await;
    window.fill("Nhập lại mã PIN", PIN).await;
    window.picture("window-enrol.png").await;
    window.press("Ghi danh").await;
    window.says("Rà soát định kỳ năm 2016").await;
}

/// Syncs, until nothing waits any more.
async fn in_step(window: &Window) {
    window.press("Đồng bộ").await;
    window.press("Đồng bộ ngay").await;
    window.says("Sửa đổi chờ gửi\n0").await;
}

/// The names in the list.
async fn rows(window: &Window) -> Vec<String> {
    let names =
        "return [...document.querySelectorAll('[data-testid=household-row] .name')].map(it => it.innerText)";
    let found = window.page.execute(names, Vec::new()).await.expect("a list");
    found.as_array().into_iter().flatten().filter_map(|name| name.as_str()).map(str::to_owned).collect()
}

async fn finds(window: &Window, typed: &str, names: &[&str]) {
    let search = window.find("input[type=text]").await;
    search.clear().await.expect("clear");
    search.send_keys(typed).await.expect("type");
    window.until(&format!("“{typed}” finds {names:?}"), async || rows(window).await == names).await;
}

async fn inside(window: &Window, testid: &str, text: &str) -> Element {
    let path = format!("//*[@data-testid='{testid}']//label[contains(normalize-space(.), '{text}')]");
    window.at(&path).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_enrols_finds_answers_sees_the_class_change_and_syncs() {
    let (mut town, home) = tokio::task::block_in_place(|| {
        let mut town = Town::open();
        let mut binh = town.officer("binh");
        let home = surveyed(&mut binh, "Đỗ Văn Hoà");
        surveyed(&mut binh, "Lê Thị Mận");
        binh.syncs();
        (town, home)
    });
    let (url, code) = (town.server().url(), town.server().code("ha"));
    let display = Display::start(1280, 800);
    let window = Window::open(&display, &program("rasoat"), &town.folder("window")).await;

    enrol(&window, &url, &code).await;
    in_step(&window).await;
    window.press("Trang chủ").await;
    window.says("Đã khớp với máy chủ").await;
    window.picture("window-home.png").await;

    window.press("Hộ").await;
    finds(&window, "do", &["Đỗ Văn Hoà"]).await;
    window.follow("Đỗ Văn Hoà").await;
    window.says("Hộ cận nghèo").await;
    window.picture("window-household.png").await;

    window.follow("Nước sạch và vệ sinh").await;
    inside(&window, "question-nuoc", "Nguồn khác").await.click().await.expect("an answer");
    window.press("Lưu").await;
    let outcome = window.find("[data-testid=outcome]").await.text().await.expect("what changed");
    assert!(outcome.contains("Hộ cận nghèo") && outcome.contains("Hộ nghèo thiếu hụt dịch vụ"), "{outcome}");
    assert!(outcome.contains("từ 30 điểm trở lên"), "the reason is said: {outcome}");
    window.picture("window-class-changed.png").await;

    in_step(&window).await;
    window.picture("window-sync.png").await;
    window.close().await;

    let page = tokio::task::block_in_place(|| {
        let mut binh = town.officer("binh");
        binh.syncs();
        binh.opens(&home)
    });
    assert_eq!(page.answer("nuoc"), &json!("khac"), "what the window saved has reached the others");
    assert_eq!(page.0["decision"]["class"], json!("poor_deprived"));
}
