//! The encodings of a column: runs of equal values, differences, yes-and-no.
//!
//! **Invariant:** a run's length is added to the rows, and compared with the limit, before anything is written out:
//! a column of few bytes never becomes more than the rows that were asked for.

use super::reader::{Reader, Taken};
use crate::code::RefusalCode;

/// The rows of a run-length column. A positive count repeats the value after it, a negative one is followed by that
/// many values, and zero is followed by the number of empty rows.
pub fn runs<'a, T: Clone>(
    bytes: &'a [u8],
    most: u64,
    read: impl Fn(&mut Reader<'a>) -> Taken<T>,
) -> Taken<Vec<Option<T>>> {
    let mut reader = Reader::new(bytes);
    let mut rows = Vec::new();
    while !reader.is_done() {
        let count = reader.signed()?;
        let empty = count == 0;
        let length = if empty { reader.unsigned()? } else { count.unsigned_abs() };
        if length == 0 {
            return Err(RefusalCode::Damaged);
        }
        let room = most.saturating_sub(rows.len() as u64);
        let length = usize::try_from(length).ok().filter(|length| *length as u64 <= room);
        let length = length.ok_or(RefusalCode::OverLimit)?;
        let end = rows.len() + length;
        if empty {
            rows.resize(end, None);
        } else if count > 0 {
            rows.resize(end, Some(read(&mut reader)?));
        } else {
            for _ in 0..length {
                rows.push(Some(read(&mut reader)?));
            }
        }
    }
    Ok(rows)
}

/// The rows of a run-length column without empty rows.
pub fn full_runs<'a, T: Clone>(
    bytes: &'a [u8],
    most: u64,
    read: impl Fn(&mut Reader<'a>) -> Taken<T>,
) -> Taken<Vec<T>> {
    let rows: Option<Vec<T>> = runs(bytes, most, read)?.into_iter().collect();
    rows.ok_or(RefusalCode::Damaged)
}

/// The rows of a column of differences, each added to the one before.
pub fn differences(bytes: &[u8], most: u64) -> Taken<Vec<i64>> {
    let mut sum = 0_i64;
    let steps = full_runs(bytes, most, Reader::signed)?;
    let sums = steps.into_iter().map(|step| {
        sum = sum.checked_add(step)?;
        Some(sum)
    });
    sums.collect::<Option<_>>().ok_or(RefusalCode::Damaged)
}

/// The number of rows of a yes-and-no column that says no everywhere.
pub fn all_no(bytes: &[u8], most: u64) -> Taken<u64> {
    let mut reader = Reader::new(bytes);
    let rows = reader.count(most)?;
    if reader.is_done() { Ok(rows) } else { Err(RefusalCode::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::spell;

    fn column(parts: &[i64]) -> Vec<u8> {
        let mut bytes = Vec::new();
        parts.iter().for_each(|part| spell::signed(&mut bytes, *part));
        bytes
    }

    #[test]
    fn runs_lists_and_empty_rows_are_read() {
        // Small numbers are spelt alike with and without sign.
        let rows = runs(&column(&[2, 7, -3, 1, 2, 3, 0, 2]), 10, Reader::unsigned).unwrap();
        assert_eq!(rows, [Some(7), Some(7), Some(1), Some(2), Some(3), None, None]);
        assert_eq!(differences(&column(&[3, 1, -2, 5, -6]), 10).unwrap(), [1, 2, 3, 8, 2]);
    }

    #[test]
    fn a_long_run_is_over_the_limit_before_it_is_written_out() {
        let over = Err(RefusalCode::OverLimit);
        for parts in [[10_000_000, 1], [i64::MAX, 1], [i64::MIN, 1], [0, 60]] {
            assert_eq!(runs(&column(&parts), 50, Reader::unsigned), over, "{parts:?}");
        }
        let twice = column(&[30, 1, 30, 2]);
        assert_eq!(runs(&twice, 50, Reader::unsigned), over);
    }

    #[test]
    fn sums_do_not_overflow() {
        assert_eq!(differences(&column(&[-2, i64::MAX, 1]), 10), Err(RefusalCode::Damaged));
        assert_eq!(differences(&column(&[-2, i64::MIN, -1]), 10), Err(RefusalCode::Damaged));
    }

    #[test]
    fn a_run_of_no_rows_is_damage() {
        assert_eq!(runs(&column(&[0, 0]), 10, Reader::unsigned), Err(RefusalCode::Damaged));
    }
}
