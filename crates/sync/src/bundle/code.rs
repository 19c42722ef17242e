//! The code of a bundle: made by the device that writes the file, read out to whoever opens it.
//!
//! **Invariant:** a code is a secret: it has no `Debug`, and is wiped when dropped.

use zeroize::Zeroizing;

use super::BundleError;

/// Characters of a code: 16 of 5 bits are 80 bits.
const CHARACTERS: usize = 16;
/// Characters in a group, so that a code can be read out on the telephone.
const GROUP: usize = 4;
/// Crockford's base 32: without I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A bundle's code in its one spelling.
#[derive(Clone)]
pub struct Code(Zeroizing<String>);

impl Code {
    /// The code of 16 unpredictable bytes.
    pub fn of(random: &Zeroizing<[u8; CHARACTERS]>) -> Self {
        let letters = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        Self(Zeroizing::new(letters.collect()))
    }

    /// A code as somebody typed it: spaces and hyphens are passed over, letters that look like digits read as those.
    ///
    /// # Errors
    /// `WrongCode` for what no device makes.
    pub fn typed(text: &str) -> Result<Self, BundleError> {
        let mut plain = Zeroizing::new(String::with_capacity(CHARACTERS));
        let letters = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
        for letter in letters.map(|letter| letter.to_ascii_uppercase()) {
            let letter = match letter {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let known = u8::try_from(letter).is_ok_and(|byte| ALPHABET.contains(&byte));
            if !known || plain.len() == CHARACTERS {
                return Err(BundleError::WrongCode);
            }
            plain.push(letter);
        }
        if plain.len() == CHARACTERS { Ok(Self(plain)) } else { Err(BundleError::WrongCode) }
    }

    /// The code as it is shown: `7Q3K-M0ZD-…`.
    pub fn shown(&self) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(CHARACTERS + CHARACTERS / GROUP));
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                shown.push('-');
            }
            shown.push(letter);
        }
        shown
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_nothing_else_is_one() {
        let code = Code::of(&Zeroizing::new(std::array::from_fn(|at| at as u8 * 17)));
        let shown = code.shown();
        assert_eq!((shown.len(), shown.matches('-').count()), (19, 3));
        let typed = format!(" {} ", shown.to_lowercase().replace('-', " ").replace('0', "o"));
        assert_eq!(Code::typed(&typed).unwrap().bytes(), code.bytes());
        let long = format!("{}0", *shown);
        for wrong in ["", "0000", "UUUU-UUUU-UUUU-UUUU", "đ000-0000-0000-0000", &long] {
            assert_eq!(Code::typed(wrong).err(), Some(BundleError::WrongCode), "{wrong}");
        }
    }
}
