//! How ids, hashes, keys and signatures are written in CBOR: as byte strings of their fixed length.
//!
//! Used as `#[cbor(with = "crate::wire")]` on fields whose types are not ours to implement foreign traits for.
//!
//! **Invariant:** a byte string of another length is an error, never padded or cut.

use domain::id::{
    ActorId, DocumentId, EnrolmentId, EpochId, ID_BYTES, IncarnationId, PhotoId, TownId, UnitId, UserId,
};
use minicbor::data::Type;
use minicbor::decode::Error as Unread;
use minicbor::encode::{Error as Unwritten, Write};
use minicbor::{Decoder, Encoder};

/// A value that is written as this crate decides.
pub trait Packed: Sized {
    /// Writes it.
    fn pack<W: Write>(&self, to: &mut Encoder<W>) -> Result<(), Unwritten<W::Error>>;
    /// Reads it.
    fn unpack(from: &mut Decoder<'_>) -> Result<Self, Unread>;
}

impl<const N: usize> Packed for [u8; N] {
    fn pack<W: Write>(&self, to: &mut Encoder<W>) -> Result<(), Unwritten<W::Error>> {
        to.bytes(self)?.ok()
    }

    fn unpack(from: &mut Decoder<'_>) -> Result<Self, Unread> {
        let bytes = from.bytes()?;
        bytes.try_into().map_err(|_| Unread::message("byte string of another length"))
    }
}

impl Packed for Vec<u8> {
    fn pack<W: Write>(&self, to: &mut Encoder<W>) -> Result<(), Unwritten<W::Error>> {
        to.bytes(self)?.ok()
    }

    fn unpack(from: &mut Decoder<'_>) -> Result<Self, Unread> {
        from.bytes().map(<[u8]>::to_vec)
    }
}

impl Packed for u64 {
    fn pack<W: Write>(&self, to: &mut Encoder<W>) -> Result<(), Unwritten<W::Error>> {
        to.u64(*self)?.ok()
    }

    fn unpack(from: &mut Decoder<'_>) -> Result<Self, Unread> {
        from.u64()
    }
}

macro_rules! packed_ids {
    ($($id:ty),+) => {$(
        impl Packed for $id {
            fn pack<W: Write>(&self, to: &mut Encoder<W>) -> Result<(), Unwritten<W::Error>> {
                self.bytes().pack(to)
            }

            fn unpack(from: &mut Decoder<'_>) -> Result<Self, Unread> {
                <[u8; ID_BYTES]>::unpack(from).map(Self::new)
            }
        }
    )+};
}

packed_ids!(ActorId, DocumentId, EnrolmentId, EpochId, IncarnationId, PhotoId, TownId, UnitId, UserId);

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack<W: Write>(&self, to: &mut Encoder<W>) -> Result<(), Unwritten<W::Error>> {
        to.array(2)?;
        self.0.pack(to)?;
        self.1.pack(to)
    }

    fn unpack(from: &mut Decoder<'_>) -> Result<Self, Unread> {
        match from.array()? {
            Some(2) => Ok((A::unpack(from)?, B::unpack(from)?)),
            _ => Err(Unread::message("not a pair")),
        }
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack<W: Write>(&self, to: &mut Encoder<W>) -> Result<(), Unwritten<W::Error>> {
        match self {
            Some(value) => value.pack(to),
            None => to.null()?.ok(),
        }
    }

    fn unpack(from: &mut Decoder<'_>) -> Result<Self, Unread> {
        if from.datatype()? == Type::Null {
            from.null()?;
            return Ok(None);
        }
        T::unpack(from).map(Some)
    }
}

/// A list of packed values; a plain `Vec<u8>` is a byte string.
pub mod list {
    use super::{Decoder, Encoder, Packed, Unread, Unwritten, Write};

    /// Writes the list as an array of definite length.
    pub fn encode<C, T: Packed, W: Write>(
        list: &[T],
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), Unwritten<W::Error>> {
        to.array(list.len() as u64)?;
        list.iter().try_for_each(|value| value.pack(to))
    }

    /// Reads an array of definite length; nothing is reserved by its claimed length.
    pub fn decode<C, T: Packed>(from: &mut Decoder<'_>, _: &mut C) -> Result<Vec<T>, Unread> {
        let claimed = from.array()?.ok_or_else(|| Unread::message("array without a length"))?;
        let mut list = Vec::new();
        for _ in 0..claimed {
            list.push(T::unpack(from)?);
        }
        Ok(list)
    }
}

/// Writes one packed value.
pub fn encode<C, T: Packed, W: Write>(
    value: &T,
    to: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), Unwritten<W::Error>> {
    value.pack(to)
}

/// Reads one packed value.
pub fn decode<C, T: Packed>(from: &mut Decoder<'_>, _: &mut C) -> Result<T, Unread> {
    T::unpack(from)
}

/// The CBOR bytes of a message. Writing to memory cannot fail.
pub(crate) fn to_bytes<T: minicbor::Encode<()>>(message: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written: Result<(), Unwritten<core::convert::Infallible>> = minicbor::encode(message, &mut bytes);
    debug_assert!(written.is_ok(), "a message that cannot be written");
    bytes
}

/// Reads one message that fills `bytes` completely.
pub(crate) fn from_bytes<'b, T: minicbor::Decode<'b, ()>>(bytes: &'b [u8]) -> Option<T> {
    let mut decoder = Decoder::new(bytes);
    let message = decoder.decode().ok()?;
    (decoder.position() == bytes.len()).then_some(message)
}
