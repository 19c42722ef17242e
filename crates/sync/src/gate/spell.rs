//! Writes numbers as LEB128: for tests and for building hostile input.

/// Appends a number without sign.
pub fn unsigned(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 & 0x7f | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a number with sign.
pub fn signed(out: &mut Vec<u8>, mut number: i64) {
    while !(-0x40..0x40).contains(&number) {
        out.push(number as u8 & 0x7f | 0x80);
        number >>= 7;
    }
    out.push(number as u8 & 0x7f);
}
