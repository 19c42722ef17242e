use image::{GenericImageView, ImageFormat, Rgb, RgbImage};

use super::*;

fn picture(width: u32, height: u32) -> DynamicImage {
    // the left half is red, the right one blue: turning shows
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
    }))
}

fn noise(side: u32) -> DynamicImage {
    let mut state = 1_u32;
    DynamicImage::ImageRgb8(RgbImage::from_fn(side, side, |_, _| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u8::try_from(state >> 24).unwrap()
        };
        Rgb([next(), next(), next()])
    }))
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn read(jpeg: &[u8]) -> DynamicImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap()
}

fn code(bytes: &[u8]) -> ErrorCode {
    shrink(bytes).unwrap_err().code
}

/// A JPEG with an EXIF block that says how it was held, and where.
fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff = [
        b"MM\0\x2a\0\0\0\x08".as_slice(),
        &[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
        b"20.0785,105.8612",
    ]
    .concat();
    let block = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &block, &jpeg[2..]].concat()
}

#[test]
fn a_picture_becomes_small_whatever_it_was() {
    for (wide, high, expected) in
        [(3_000, 2_000, (1_024, 683)), (800, 4_000, (205, 1_024)), (640, 480, (640, 480))]
    {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let kept = shrink(&written(&picture(wide, high), format)).unwrap();
            assert_eq!(read(&kept).dimensions(), expected, "{wide} {high} {format:?}");
            assert!(sync::photo::is_picture(&kept));
        }
    }
    let kept = shrink(&written(&noise(1_500), ImageFormat::Png)).unwrap();
    assert!(kept.len() <= PHOTO_MAX, "{}", kept.len());
}

#[test]
fn it_stands_upright_and_says_nothing_of_the_camera() {
    let lying = held(&written(&picture(400, 200), ImageFormat::Jpeg), 6);
    assert!(lying.windows(8).any(|window| window == b"105.8612"));
    let kept = shrink(&lying).unwrap();
    let upright = read(&kept);
    assert_eq!(upright.dimensions(), (200, 400), "a quarter turn");
    let (top, bottom) = (upright.get_pixel(100, 50), upright.get_pixel(100, 350));
    assert!(top[0] > 150 && bottom[2] > 150, "what was left is above: {top:?} {bottom:?}");
    assert!(!kept.windows(4).any(|window| window == b"Exif"));
    assert!(!kept.windows(8).any(|window| window == b"105.8612"));
}

#[test]
fn what_is_no_picture_is_refused() {
    let jpeg = written(&picture(600, 400), ImageFormat::Jpeg);
    assert_eq!(code(b""), ErrorCode::NotAnImage);
    assert_eq!(code("chữ đặt tên là anh.jpg".as_bytes()), ErrorCode::NotAnImage);
    assert_eq!(code(&jpeg[..jpeg.len() / 2]), ErrorCode::NotAnImage, "broken off");
    assert_eq!(code(&jpeg[..jpeg.len() - 2]), ErrorCode::NotAnImage, "without its end");
    let png = written(&picture(600, 400), ImageFormat::Png);
    assert_eq!(code(&png[..png.len() - 12]), ErrorCode::NotAnImage);
    assert_eq!(code(&vec![0xff; 50 * 1024 * 1024]), ErrorCode::ImageTooLarge);
}

#[test]
fn a_picture_that_says_it_is_huge_is_not_decoded() {
    let mut png = written(&picture(8, 8), ImageFormat::Png);
    // width and height of the header, and its checksum anew
    png[16..24].copy_from_slice(&[0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40]);
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(code(&png), ErrorCode::ImageTooLarge);
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (0..8).fold(crc, |crc, _| (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1)));
    !bytes.iter().fold(!0, |crc: u32, byte| step(crc ^ u32::from(*byte)))
}
