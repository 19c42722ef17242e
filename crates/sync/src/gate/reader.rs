//! Reads numbers and pieces from bytes that nobody has checked.
//!
//! **Invariant:** every read is bounded by the bytes that are there; a number has exactly one spelling.

use crate::code::RefusalCode;

/// Result of taking bytes apart.
pub type Taken<T> = Result<T, RefusalCode>;

/// Bytes of the longest LEB128 number of 64 bits.
const LEB_BYTES_MAX: usize = 10;
/// Bits of a number that one byte of LEB128 holds.
const LEB_BITS: u32 = 7;

/// A position in unchecked bytes.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Everything that was not read.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// True when everything was read.
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: u64) -> Taken<&'a [u8]> {
        let count = usize::try_from(count).map_err(|_| RefusalCode::Damaged)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(RefusalCode::Damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Taken<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(RefusalCode::Damaged)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// The bytes of one LEB128 number.
    fn leb(&mut self) -> Taken<&'a [u8]> {
        let length = self.rest.iter().take(LEB_BYTES_MAX).position(|byte| byte & 0x80 == 0);
        self.take(length.ok_or(RefusalCode::Damaged)? as u64 + 1)
    }

    /// A number of 64 bits without sign, in its shortest spelling.
    pub fn unsigned(&mut self) -> Taken<u64> {
        let bytes = self.leb()?;
        let mut number = 0_u128;
        for (place, byte) in (0_u32..).zip(bytes) {
            number |= u128::from(byte & 0x7f) << (LEB_BITS * place);
        }
        let longer_than_needed = bytes.len() > 1 && bytes.last() == Some(&0);
        if longer_than_needed {
            return Err(RefusalCode::Damaged);
        }
        u64::try_from(number).map_err(|_| RefusalCode::Damaged)
    }

    /// A number of 64 bits with sign, in its shortest spelling.
    pub fn signed(&mut self) -> Taken<i64> {
        let bytes = self.leb()?;
        let mut number = 0_i128;
        for (place, byte) in (0_u32..).zip(bytes) {
            number |= i128::from(byte & 0x7f) << (LEB_BITS * place);
        }
        let bits = LEB_BITS * bytes.len() as u32;
        if number >> (bits - 1) & 1 == 1 {
            number -= 1 << bits;
        }
        let shorter_fits = |bits: u32| -(1_i128 << (bits - 1)) <= number && number < 1 << (bits - 1);
        if bytes.len() > 1 && shorter_fits(bits - LEB_BITS) {
            return Err(RefusalCode::Damaged);
        }
        i64::try_from(number).map_err(|_| RefusalCode::Damaged)
    }

    /// A number up to `most`; more is over the limit.
    pub fn count(&mut self, most: u64) -> Taken<u64> {
        let number = self.unsigned()?;
        if number > most { Err(RefusalCode::OverLimit) } else { Ok(number) }
    }

    /// Text of `length` bytes.
    pub fn text(&mut self, length: u64) -> Taken<&'a str> {
        std::str::from_utf8(self.take(length)?).map_err(|_| RefusalCode::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unsigned(bytes: &[u8]) -> Taken<u64> {
        Reader::new(bytes).unsigned()
    }

    fn signed(bytes: &[u8]) -> Taken<i64> {
        Reader::new(bytes).signed()
    }

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(unsigned(&[0]), Ok(0));
        assert_eq!(unsigned(&[0x81, 0]), Err(RefusalCode::Damaged));
        assert_eq!(unsigned(&[0xff; 12]), Err(RefusalCode::Damaged));
        assert_eq!(unsigned(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), Ok(u64::MAX));
        assert_eq!(
            unsigned(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2]),
            Err(RefusalCode::Damaged)
        );
        assert_eq!(unsigned(&[0x80]), Err(RefusalCode::Damaged));
        assert_eq!(signed(&[0x7f]), Ok(-1));
        assert_eq!(signed(&[0x80, 1]), Ok(128));
        assert_eq!(signed(&[0xbf, 0]), Err(RefusalCode::Damaged));
        assert_eq!(signed(&[0xff, 0x7f]), Err(RefusalCode::Damaged));
        assert_eq!(signed(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]), Ok(i64::MIN));
        assert_eq!(
            signed(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7e]),
            Err(RefusalCode::Damaged)
        );
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_spelt_back_alike(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            let mut reader = Reader::new(&bytes);
            if let Ok(number) = reader.unsigned() {
                let mut spelt = Vec::new();
                crate::gate::spell::unsigned(&mut spelt, number);
                prop_assert_eq!(&spelt, &bytes[..bytes.len() - reader.rest().len()]);
            }
            let mut reader = Reader::new(&bytes);
            if let Ok(number) = reader.signed() {
                let mut spelt = Vec::new();
                crate::gate::spell::signed(&mut spelt, number);
                prop_assert_eq!(&spelt, &bytes[..bytes.len() - reader.rest().len()]);
            }
        }
    }
}
