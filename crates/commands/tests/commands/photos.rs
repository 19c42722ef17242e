//! Photos: stored with what describes them, sent after the text piece by piece, fetched when somebody looks.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use commands::ErrorCode;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use sync::code::RefusalCode;
use sync::limits::PHOTO_PIECE_MAX;
use sync::push::Verdict;

use crate::device::{Device, Network, Trouble};
use crate::town::{HA, LAN, OTHER_VILLAGE, VILLAGE};

fn jpeg(shade: u8) -> String {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(1_600, 900, Rgb([shade, 90, 30])));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    STANDARD.encode(bytes.into_inner())
}

fn add(device: &Device, id: &str, image: &str) -> Value {
    json!({"household": id, "heads": device.page(id)["heads"], "kind": "house", "image": image})
}

/// The photo that was added last, with what the document says of it.
fn photo(page: &Value) -> (String, Value) {
    let photos = page["household"]["photos"].as_object().unwrap();
    let (id, photo) = photos.iter().next_back().unwrap();
    (id.clone(), photo.clone())
}

fn get(device: &Device, id: &str, photo: &str) -> Value {
    device.ok("photo.get", json!({"household": id, "photo": photo}))
}

#[test]
fn a_photo_goes_after_the_text_and_is_seen_by_the_other_officer() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    let page = ha.ok("photo.add", add(&ha, &id, &jpeg(200)));
    let (of, told) = photo(&page);
    assert_eq!((&told["kind"], told["bytes"].as_i64().unwrap() < 150 * 1024), (&json!("house"), true));
    let own = get(&ha, &id, &of);
    assert_eq!(own["waiting"], true);
    assert_eq!(ha.summary()["photos_waiting"], 1);
    let report = ha.syncs_well();
    assert_eq!(report["photos"], 1);
    assert_eq!(
        (ha.summary()["photos_waiting"].clone(), get(&ha, &id, &of)["waiting"].clone()),
        (json!(0), json!(false))
    );
    lan.syncs_well();
    assert_eq!(get(&lan, &id, &of)["jpeg"], own["jpeg"]);
    network.meets(&[Some(Trouble::Lost)]);
    assert_eq!(get(&lan, &id, &of)["jpeg"], own["jpeg"], "kept once it was fetched");
}

/// A picture that stays large: noise does not compress.
fn large(seed: u32) -> String {
    let mut state = seed;
    let mut shade = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let picture = RgbImage::from_fn(330, 330, |_, _| Rgb([shade(), shade(), shade()]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
    STANDARD.encode(bytes.into_inner())
}

/// A device whose text is on the server, with a large picture that waits; how many pieces it has, and the photo.
fn with_large_picture(network: &Arc<Network>) -> (Device, String, String, usize) {
    let ha = Device::of(network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    let (of, told) = photo(&ha.ok("photo.add", add(&ha, &id, &large(1))));
    // the text alone: the first piece is lost
    network.meets(&[None, Some(Trouble::Lost)]);
    assert_eq!(ha.syncs()["complete"], false);
    assert!(network.town().pieces_sent.is_empty());
    let pieces = usize::try_from(told["bytes"].as_u64().unwrap()).unwrap().div_ceil(PHOTO_PIECE_MAX);
    assert!(pieces >= 3, "{pieces}");
    (ha, id, of, pieces)
}

/// Where the pieces that came began.
fn begun(network: &Network) -> Vec<u64> {
    network.town().pieces_sent.iter().map(|(offset, _)| offset / PHOTO_PIECE_MAX as u64).collect()
}

#[test]
fn an_upload_that_breaks_off_goes_on_where_it_stopped() {
    for trouble in [Trouble::Lost, Trouble::AnswerLost, Trouble::Status(502), Trouble::Cut(5)] {
        let network = Network::new();
        let (mut ha, _, _, pieces) = with_large_picture(&network);
        for piece in 0..pieces {
            // the answer about the text, then one piece that goes well
            let well = usize::from(piece > 0);
            network.meets(&[vec![None; 1 + well], vec![Some(trouble)]].concat());
            let report = ha.syncs();
            assert_eq!((&report["complete"], &report["photos"]), (&json!(false), &json!(0)), "{trouble:?}");
            assert_eq!(ha.summary()["photos_waiting"], 1, "{trouble:?}");
            ha = ha.reopen();
        }
        assert_eq!(ha.syncs_well()["photos"], u32::from(!network.town().pictures.is_empty()), "{trouble:?}");
        assert_eq!((ha.summary()["photos_waiting"].clone(), network.town().pictures.len()), (json!(0), 1));
        let begun = begun(&network);
        assert!(begun.is_sorted(), "{trouble:?}: never back: {begun:?}");
        assert!(
            begun.len() <= 2 * pieces,
            "{trouble:?}: one piece again for each trouble at most: {begun:?}"
        );
    }
}

#[test]
fn a_small_picture_is_one_request() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    ha.ok("photo.add", add(&ha, &id, &jpeg(120)));
    let report = ha.syncs_well();
    assert_eq!((&report["photos"], begun(&network)), (&json!(1), vec![0]));
}

#[test]
fn the_server_says_where_an_upload_goes_on_whatever_the_device_believes() {
    let network = Network::new();
    let (ha, _, _, pieces) = with_large_picture(&network);
    network.meets(&[None, None, None, Some(Trouble::Lost)]);
    ha.syncs();
    assert_eq!(begun(&network), [0, 1]);
    // put back to before the picture
    network.town().pieces.clear();
    assert_eq!(ha.syncs_well()["photos"], 1);
    let again: Vec<u64> = [0, 1, 2].into_iter().chain(0..pieces as u64).collect();
    assert_eq!(begun(&network), again);
}

/// The server may have been put back to before it had it.
#[test]
fn of_a_picture_that_leaves_the_device_asks_before_it_sends_it_again() {
    let network = Network::new();
    let (ha, _, _, pieces) = with_large_picture(&network);
    ha.syncs_well();
    for lost in [false, true] {
        network.town().pieces_sent.clear();
        if lost {
            network.town().pictures.clear();
        }
        network.town().post(HA, OTHER_VILLAGE);
        assert_eq!(ha.syncs_well()["photos"], u32::from(lost));
        let sent: Vec<usize> = network.town().pieces_sent.iter().map(|(_, length)| *length).collect();
        assert_eq!(sent[0], 0, "the question");
        assert_eq!(sent.len(), 1 + usize::from(lost) * pieces, "{sent:?}");
        network.town().post(HA, VILLAGE);
        ha.syncs_well();
    }
    assert_eq!(network.town().pictures.len(), 1);
}

#[test]
fn a_picture_whose_description_was_refused_is_not_offered_with_its_household() {
    let network = Network::new();
    let ha = Device::of(&network, HA);
    let id = ha.enters("Đỗ Văn Thử");
    ha.syncs_well();
    let page = ha.ok("photo.add", add(&ha, &id, &jpeg(9)));
    let described = hex::decode(page["heads"][0].as_str().unwrap()).unwrap().try_into().unwrap();
    let refused = Verdict::Refused { code: RefusalCode::ForbiddenPath };
    network.town().forced.insert(described, refused);
    assert_eq!(ha.syncs()["refused"], 1);
    ha.syncs();
    network.town().pieces_sent.clear();
    network.town().post(HA, OTHER_VILLAGE);
    ha.syncs_well();
    assert!(network.town().pieces_sent.is_empty());
}

#[test]
fn a_server_that_forgets_every_piece_is_not_sent_them_for_ever() {
    let network = Network::new();
    let (ha, ..) = with_large_picture(&network);
    network.town().forgets_pieces = true;
    let report = ha.syncs();
    assert_eq!(report["problems"][0]["code"], "no_progress");
    assert_eq!((begun(&network).len(), ha.summary()["photos_waiting"].clone()), (2, json!(1)));
}

#[test]
fn a_picture_that_arrives_as_another_one_is_sent_anew_after_the_others() {
    let network = Network::new();
    let (ha, id, of, pieces) = with_large_picture(&network);
    ha.ok("photo.add", add(&ha, &id, &jpeg(7)));
    network.meets(&[None, None, Some(Trouble::Lost)]);
    ha.syncs();
    network.town().pieces.get_mut(&of.parse().unwrap()).unwrap()[9] ^= 1;
    let report = ha.syncs();
    assert_eq!(
        report["problems"][0],
        json!({"code": "damaged_body", "params": {"reason": "photo_mismatch"}})
    );
    assert_eq!((&report["photos"], ha.summary()["photos_waiting"].clone()), (&json!(0), json!(2)));
    network.town().pieces_sent.clear();
    assert_eq!(ha.syncs_well()["photos"], 2);
    let order: Vec<u64> = [0].into_iter().chain(0..pieces as u64).collect();
    assert_eq!(begun(&network), order);
}

#[test]
fn a_picture_that_comes_in_part_goes_on_where_it_stopped() {
    for trouble in [Trouble::Lost, Trouble::Status(502), Trouble::Cut(5)] {
        let network = Network::new();
        let (ha, id, of, pieces) = with_large_picture(&network);
        ha.syncs_well();
        let lan = Device::of(&network, LAN);
        lan.syncs_well();
        let query = json!({"household": id, "photo": of});
        for _ in 1..pieces {
            network.meets(&[None, Some(trouble)]);
            lan.fault("photo.get", query.clone());
        }
        assert_eq!(get(&lan, &id, &of)["jpeg"], get(&ha, &id, &of)["jpeg"], "{trouble:?}");
        let asked: Vec<u64> =
            network.town().pieces_asked.iter().map(|at| at / PHOTO_PIECE_MAX as u64).collect();
        let extra = if matches!(trouble, Trouble::Cut(_)) { pieces - 1 } else { 0 };
        assert!(asked.is_sorted(), "{asked:?}");
        assert_eq!(asked.len(), pieces + extra, "{trouble:?}: {asked:?}");
        network.meets(&[Some(Trouble::Lost)]);
        assert!(get(&lan, &id, &of)["jpeg"].is_string(), "kept");
    }
}

#[test]
fn a_beginning_that_fits_no_rest_is_given_up() {
    let network = Network::new();
    let (ha, id, of, _) = with_large_picture(&network);
    ha.syncs_well();
    let lan = Device::of(&network, LAN);
    lan.syncs_well();
    let query = json!({"household": id, "photo": of});
    let real = network.town().pictures.values().next().unwrap().clone();
    let swap = |jpeg: &[u8]| drop(network.town().pictures.insert(of.parse().unwrap(), jpeg.to_vec()));
    let mut wrong = real.clone();
    wrong[9] ^= 1;
    swap(&wrong);
    network.meets(&[None, Some(Trouble::Lost)]);
    lan.fault("photo.get", query.clone());
    swap(&real);
    assert_eq!(lan.code_of("photo.get", query.clone()), ErrorCode::DamagedAnswer);
    assert!(get(&lan, &id, &of)["jpeg"].is_string());
    // and if the server lost the picture in between, there is none
    let other = Device::of(&network, LAN);
    other.syncs_well();
    network.meets(&[None, Some(Trouble::Lost)]);
    other.fault("photo.get", query);
    swap(&[]);
    assert_eq!(get(&other, &id, &of)["jpeg"], Value::Null);
}

#[test]
fn a_photo_is_taken_back_and_said_to_be() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    let page = ha.ok("photo.add", add(&ha, &id, &jpeg(10)));
    let (of, _) = photo(&page);
    let page = ha.ok("photo.remove", json!({"household": id, "heads": page["heads"], "photo": of}));
    assert_eq!(photo(&page).1["removed"], true);
    assert!(get(&ha, &id, &of)["jpeg"].is_string(), "the history can still show it");
}

#[test]
fn a_photo_answers_a_question_in_the_same_change_and_is_no_answer_once_it_is_taken_back() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    let review = ha.page(&id)["review"].as_str().unwrap().to_owned();
    let at = |question: &str| format!("reviews/{review}/answers/{question}");
    let answer = |page: &Value| page["household"]["reviews"][&review]["answers"]["anh_nha"].clone();
    let with = |path: &str| {
        let mut form = add(&ha, &id, &jpeg(77));
        form["answer"] = json!(path);
        form
    };
    let waiting = || ha.summary()["sync"]["waiting"].as_i64().unwrap();
    // the first answer of a review brings the review's part of the document along
    let edits = json!([{"field": at("nuoc"), "value": "may"}]);
    ha.ok("household.save", json!({"id": id, "heads": ha.page(&id)["heads"], "edits": edits}));
    let before = waiting();
    for path in ["place/address", "nonsense", &at("nuoc"), &at("khong_co")] {
        let fault = ha.fault("photo.add", with(path));
        assert!(fault.field.is_some(), "{path}: {fault:?}");
    }
    assert_eq!((waiting(), ha.page(&id)["household"]["photos"].clone()), (before, json!({})));

    let page = ha.ok("photo.add", with(&at("anh_nha")));
    let (of, _) = photo(&page);
    assert_eq!(waiting(), before + 1, "photo and answer are one change");
    assert_eq!(answer(&page), json!(of));
    let page = ha.ok("photo.remove", json!({"household": id, "heads": page["heads"], "photo": of}));
    assert_eq!(answer(&page), Value::Null);
    for gone in [of, "ab".repeat(16)] {
        let edits = json!([{"field": at("anh_nha"), "value": gone}]);
        let form = json!({"id": id, "heads": page["heads"], "edits": edits});
        assert_eq!(ha.code_of("household.save", form), ErrorCode::UnknownPhoto);
    }
}

#[test]
fn what_is_no_photo_is_refused_and_nothing_is_kept() {
    let ha = Device::of(&Network::new(), HA);
    let id = ha.enters("Đỗ Văn Thử");
    let waiting = ha.summary()["sync"]["waiting"].clone();
    let code = |image: &str| ha.code_of("photo.add", add(&ha, &id, image));
    assert_eq!(code(""), ErrorCode::NotAnImage);
    assert_eq!(code("không phải base64"), ErrorCode::NotAnImage);
    assert_eq!(code(&STANDARD.encode("chữ đặt tên là anh.jpg")), ErrorCode::NotAnImage);
    assert_eq!(code(&"A".repeat(70 * 1024 * 1024)), ErrorCode::ImageTooLarge, "50 MB");
    let mut form = add(&ha, &id, &jpeg(1));
    form["kind"] = json!("selfie");
    assert_eq!(ha.fault("photo.add", form).field.as_deref(), Some("kind"));
    let nobody = json!({"household": id, "photo": "ab".repeat(16)});
    assert_eq!(ha.code_of("photo.get", nobody), ErrorCode::UnknownPhoto);
    assert_eq!(ha.summary()["sync"]["waiting"], waiting);
    assert_eq!(ha.page(&id)["household"]["photos"], json!({}));
}

/// A picture with the QR code of a text, as somebody holds a card before a camera: not straight, not in the middle.
fn code_of(text: &str, points: u32) -> String {
    let code = qrcode::QrCode::new(text).unwrap();
    let (width, colors) = (u32::try_from(code.width()).unwrap(), code.to_colors());
    let dark = |x: i64, y: i64| {
        let side = i64::from(width);
        (0..side).contains(&x)
            && (0..side).contains(&y)
            && colors[usize::try_from(y * side + x).unwrap()] == qrcode::Color::Dark
    };
    let side = points * (width + 16);
    let (sin, cos) = (5.0_f64.to_radians().sin(), 5.0_f64.to_radians().cos());
    let (unit, middle) = (f64::from(points), f64::from(side) / 2.0);
    let picture = RgbImage::from_fn(side, side, |x, y| {
        let (dx, dy) = (f64::from(x) - middle, f64::from(y) - middle);
        let (u, v) =
            ((dx * cos + dy * sin + middle) / unit - 7.0, (dy * cos - dx * sin + middle) / unit - 9.0);
        #[allow(clippy::cast_possible_truncation)]
        let shade = if dark(u.floor() as i64, v.floor() as i64) { 40 } else { 215 };
        Rgb([shade, shade, shade])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    STANDARD.encode(bytes.into_inner())
}

#[test]
fn a_card_is_read_from_its_picture_and_the_picture_is_not_kept() {
    let ha = Device::of(&Network::new(), HA);
    let card = "038080000123||Đỗ Văn Hoà|14031980|Nam|Số 12, Khu phố 1|10052015";
    for points in [4, 12, 40] {
        let read = ha.ok("card.scan", json!({"image": code_of(card, points)}));
        assert_eq!(
            (&read["name"], &read["citizen_id"]),
            (&json!("Đỗ Văn Hoà"), &json!("038080000123")),
            "{points}"
        );
    }
    let code = |image: String| ha.code_of("card.scan", json!({"image": image}));
    assert_eq!(code(code_of("https://example.vn", 8)), ErrorCode::NotACard);
    assert_eq!(code(code_of(&card[..30], 8)), ErrorCode::DamagedCard);
    assert_eq!(code(jpeg(200)), ErrorCode::NoCode);
    assert_eq!(code("AAAA".to_owned()), ErrorCode::NotAnImage);
    assert_eq!(ha.summary()["photos_waiting"], 0);
}

#[test]
fn an_answer_that_names_another_hash_ends_nothing_and_other_bytes_are_no_picture() {
    let network = Network::new();
    let (ha, lan) = (Device::of(&network, HA), Device::of(&network, LAN));
    let id = ha.enters("Đỗ Văn Thử");
    let (of, _) = photo(&ha.ok("photo.add", add(&ha, &id, &jpeg(60))));
    network.town().misnames_pictures = true;
    let report = ha.ok("sync.run", json!({}));
    assert_eq!(report["problems"][0]["code"], "damaged_answer");
    assert_eq!(ha.summary()["photos_waiting"], 1);
    network.town().misnames_pictures = false;
    ha.syncs_well();
    lan.syncs_well();
    network.town().pictures.insert(of.parse().unwrap(), vec![0xff, 0xd8, 1, 0xff, 0xd9]);
    let query = json!({"household": id, "photo": of});
    assert_eq!(lan.code_of("photo.get", query), ErrorCode::DamagedAnswer);
}
