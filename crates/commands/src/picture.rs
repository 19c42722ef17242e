//! A picture as it is kept: small, upright, and without anything that a camera writes beside it.
//!
//! **Invariant:** what comes out is a JPEG of at most [`SIDE_MAX`] points a side and [`PHOTO_MAX`] bytes, without metadata:
//! a camera writes where it was, and whose it is.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use sync::limits::PHOTO_MAX;

use crate::fault::{ErrorCode, Fault};

/// Points of the longer side.
pub const SIDE_MAX: u32 = 1_024;
/// Bytes of a picture as it comes from a screen.
pub const SOURCE_MAX: usize = 20 * 1024 * 1024;
/// Points of a side as it comes: above every camera of a telephone.
const SOURCE_SIDE_MAX: u32 = 16_384;
/// Bytes that decoding may take.
const DECODED_MAX: u64 = 400 * 1024 * 1024;
/// Qualities that are tried until the picture is small enough.
const QUALITIES: [u8; 6] = [82, 72, 62, 50, 38, 25];

/// The points of a picture, upright.
///
/// # Errors
/// As [`shrink`].
pub fn open(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    if bytes.len() > SOURCE_MAX {
        return Err(Fault::new(ErrorCode::ImageTooLarge).with("limit", SOURCE_MAX));
    }
    if !is_whole(bytes) {
        return Err(ErrorCode::NotAnImage.into());
    }
    decode(bytes)
}

/// A picture as a screen sends it: base64.
pub fn source(image: &str) -> Result<Vec<u8>, Fault> {
    // base64 writes three bytes as four letters
    if image.len() / 4 * 3 > SOURCE_MAX + 3 {
        return Err(Fault::new(ErrorCode::ImageTooLarge).at("image").with("limit", SOURCE_MAX));
    }
    STANDARD.decode(image).map_err(|_| Fault::new(ErrorCode::NotAnImage).at("image"))
}

/// The picture as it is kept.
///
/// # Errors
/// `NotAnImage` for what is no whole JPEG or PNG, `ImageTooLarge` beyond the limits: nothing is decoded then.
pub fn shrink(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let picture = open(bytes)?;
    let fits = picture.width().max(picture.height()) <= SIDE_MAX;
    let small = if fits { picture } else { picture.thumbnail(SIDE_MAX, SIDE_MAX) };
    encode(&DynamicImage::ImageRgb8(small.into_rgb8()))
}

/// Decoders forgive a picture that breaks off; half a card is no proof of anything.
fn is_whole(bytes: &[u8]) -> bool {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|window| window == mark);
    match bytes {
        // the end mark cannot stand inside of the points that follow the start of the scan
        [0xff, 0xd8, ..] => {
            last(&[0xff, 0xda]).zip(last(&[0xff, 0xd9])).is_some_and(|(scan, end)| end > scan)
        }
        [0x89, b'P', b'N', b'G', ..] => last(b"IEND").is_some(),
        _ => false,
    }
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    let failed = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => Fault::new(ErrorCode::ImageTooLarge).with("limit", SOURCE_SIDE_MAX),
        _ => ErrorCode::NotAnImage.into(),
    };
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| ErrorCode::NotAnImage)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SOURCE_SIDE_MAX);
    limits.max_image_height = Some(SOURCE_SIDE_MAX);
    limits.max_alloc = Some(DECODED_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let turned = decoder.orientation().map_err(failed)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(failed)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, Fault> {
    for quality in QUALITIES {
        let mut jpeg = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
        picture.write_with_encoder(encoder).map_err(|_| ErrorCode::NotAnImage)?;
        if jpeg.len() <= PHOTO_MAX {
            return Ok(jpeg);
        }
    }
    // noise does not compress: half the side is a quarter of the bytes
    encode(&picture.thumbnail(picture.width() / 2, picture.height() / 2))
}

#[cfg(test)]
mod tests;
