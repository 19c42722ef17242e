//! The same for a picture that travels in pieces, and for disks that are full.

use std::io::Cursor;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use disk::Disk;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use sync::limits::PHOTO_PIECE_MAX;
use tests::simulate::ground::{Ground, device_folder};
use tests::simulate::play::World;
use tests::simulate::rest;

use super::at_every_act;

/// Points a side. Noise does not compress: two pieces.
const SIDE: u32 = 200;

/// A picture as a camera gives it.
fn camera() -> String {
    let mut dice = fastrand::Rng::with_seed(7);
    let picture = RgbImage::from_fn(SIDE, SIDE, |_, _| Rgb([dice.u8(..), dice.u8(..), dice.u8(..)]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    STANDARD.encode(bytes.into_inner())
}

/// Officers of one village, the first of whom takes a picture of a household that both have.
struct Scene {
    world: World,
    household: String,
}

impl Scene {
    fn new(ground: &Ground) -> Self {
        let (world, household) = super::world(ground);
        Self { world, household }
    }

    fn call(&self, at: usize, method: &str, params: Value) -> Option<Value> {
        self.world.officers[at].device.call(method, params).ok()
    }

    /// Takes the picture; its photo if the device says that it is kept.
    fn takes(&self) -> Option<String> {
        let page = self.call(0, "household.open", json!({ "id": self.household }))?;
        let form = json!({ "household": self.household, "heads": page["heads"], "kind": "house", "image": camera() });
        let page = self.call(0, "photo.add", form)?;
        page["household"]["photos"].as_object()?.keys().next().cloned()
    }

    fn syncs(&self, at: usize) {
        let _ = self.call(at, "sync.run", json!({}));
    }

    /// The picture as an officer sees it.
    fn seen(&self, at: usize, photo: &str) -> Option<Value> {
        let query = json!({ "household": self.household, "photo": photo });
        self.call(at, "photo.get", query).map(|file| file["jpeg"].clone()).filter(Value::is_string)
    }

    /// Whether the device says that the server has everything.
    fn is_sent(&self) -> bool {
        self.call(0, "home.summary", json!({})).is_some_and(|home| home["photos_waiting"] == 0)
    }

    /// Everything comes to rest, and both officers see the picture.
    fn rests(mut self, photo: &str) -> Result<(), String> {
        rest::rest(&mut self.world)?;
        let (own, others) = (self.seen(0, photo), self.seen(1, photo));
        if own.is_none() || own != others || !self.is_sent() {
            return Err("the picture did not arrive".to_owned());
        }
        Ok(())
    }

    fn server_disk(&self) -> Disk {
        let disk = Disk::over(&self.world.folder().join("server"));
        self.world.line.wire().server.falls(|| {});
        disk
    }
}

fn server_dies(ground: &Ground, n: u64) -> Result<bool, String> {
    let scene = Scene::new(ground);
    let photo = scene.takes().ok_or("no picture")?;
    let disk = scene.server_disk();
    disk.fails_at(Some(n));
    (0..2).for_each(|_| scene.syncs(0));
    let (died, sent) = (disk.is_dead(), scene.is_sent());
    scene.world.line.wire().server.falls(|| disk.restore_power(n));
    scene.syncs(1);
    if sent && scene.seen(1, &photo).is_none() {
        return Err("the picture was acknowledged and is not there".to_owned());
    }
    scene.rests(&photo)?;
    Ok(died)
}

fn device_dies(ground: &Ground, n: u64) -> Result<bool, String> {
    let mut scene = Scene::new(ground);
    let folder: PathBuf = device_folder(scene.world.folder(), 0);
    let disk = Disk::over(&folder);
    scene.world.officers[0].device.restart();
    disk.fails_at(Some(n));
    let taken = scene.takes();
    scene.syncs(0);
    let died = disk.is_dead();
    scene.world.officers[0].device.falls(|| disk.restore_power(n));
    match taken {
        Some(photo) => scene.rests(&photo)?,
        None => rest::rest(&mut scene.world)?,
    }
    Ok(died)
}

#[test]
fn a_picture_goes_on_after_the_server_lost_its_power_at_any_moment() {
    let acts = at_every_act(server_dies);
    assert!(acts > 10, "{acts} acts");
}

#[test]
fn a_picture_that_a_device_called_kept_arrives_after_it_lost_its_power_at_any_moment() {
    let acts = at_every_act(device_dies);
    assert!(acts > 10, "{acts} acts");
}

/// A full disk takes nothing and loses nothing; what waited goes on when there is room again.
#[test]
fn a_picture_goes_on_after_the_disk_was_full() {
    disk::install();
    let ground = Ground::new();
    let scene = Scene::new(&ground);
    let photo = scene.takes().expect("a picture");
    let disk = scene.server_disk();
    // the text, and then the room for so many writes: the picture stops in the middle
    for room in 0.. {
        disk.fills_at(Some(room));
        scene.syncs(0);
        let full = disk.is_full();
        disk.fills_at(None);
        let damages = scene.world.line.wire().server.damages();
        assert_eq!(damages, None, "room for {room} writes");
        if !full {
            break;
        }
        assert!(room < 200, "the picture never arrives");
    }
    scene.rests(&photo).expect("rest");
}

#[test]
fn the_picture_of_these_stories_has_more_than_one_piece() {
    disk::install();
    let scene = Scene::new(&Ground::new());
    let photo = scene.takes().expect("a picture");
    let jpeg = scene.seen(0, &photo).expect("its bytes");
    let bytes = jpeg.as_str().map_or(0, |text| text.len() / 4 * 3);
    assert!(bytes > PHOTO_PIECE_MAX + 1_000, "{bytes}");
}
