//! The closed lists of codes that cross the border. Words for people are in the messages catalogue, by code.
//!
//! **Invariant:** a number and its text are never given to another meaning; new ones are added at the end.

use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A code of a newer program.
            Unrecognised,
        }

        impl $name {
            /// Every code that this program knows.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The number on the wire.
            pub const fn number(self) -> u16 {
                match self { $(Self::$variant => $number,)+ Self::Unrecognised => u16::MAX }
            }

            /// The code under which the words for people are found.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ Self::Unrecognised => "unrecognised" }
            }

            /// The code with this number.
            pub const fn of_number(number: u16) -> Self {
                match number { $($number => Self::$variant,)+ _ => Self::Unrecognised }
            }

            /// The code with this text.
            pub fn of_code(code: &str) -> Self {
                match code { $($text => Self::$variant,)+ _ => Self::Unrecognised }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::error::Error for $name {}

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                Ok(Self::of_code(&text))
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, to: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                to.u16(self.number())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(from: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                from.u16().map(Self::of_number)
            }
        }
    };
}

codes! {
    /// What became of a picture of which a piece was sent.
    PhotoCode {
        /// It is on the server's disk.
        Stored = 1 "photo_stored",
        /// No document that the person may write describes a photo with this id and hash.
        Unknown = 2 "photo_unknown",
        /// Not a whole JPEG, or too large.
        Damaged = 3 "photo_damaged",
        /// Not all of it is there yet.
        Part = 4 "photo_part",
        /// All of it came and it is another picture: nothing of it was kept.
        Mismatch = 5 "photo_mismatch",
    }
}

codes! {
    /// Why one change was refused.
    RefusalCode {
        /// The bytes are not a whole, well-formed change, or not the change that the batch names.
        Damaged = 1 "damaged",
        /// A compressed or other chunk that is not a plain change.
        Compressed = 2 "compressed",
        /// Over one of the limits of a change or a document.
        OverLimit = 3 "over_limit",
        /// The actor's sequence does not continue.
        Sequence = 4 "sequence",
        /// The first operation's counter is not the one after everything it depends on.
        StartOp = 5 "start_op",
        /// A derived actor with other bytes than the one change it may have.
        DerivedActor = 6 "derived_actor",
        /// The change's actor does not belong to the batch's signer.
        ForeignActor = 7 "foreign_actor",
        /// The document is not in the signer's scopes.
        ForbiddenScope = 8 "forbidden_scope",
        /// A field that the signer's role may not write.
        ForbiddenPath = 9 "forbidden_path",
        /// A role that may not write this kind of document.
        ForbiddenRole = 10 "forbidden_role",
        /// An entry that says it is by someone else.
        ForgedAuthor = 11 "forged_author",
        /// A path or an operation that documents do not have.
        UnknownPath = 12 "unknown_path",
        /// A value that its field does not take.
        InvalidValue = 13 "invalid_value",
        /// A kind of document that the server does not know.
        UnknownKind = 14 "unknown_kind",
        /// A document whose id does not belong to its scope or kind.
        Misplaced = 15 "misplaced",
        /// The document was purged; the device erases it.
        Purged = 16 "purged",
        /// The batch's signature does not hold, or its header is malformed.
        BadSignature = 17 "bad_signature",
        /// The batch's signer is unknown or revoked.
        UnknownSigner = 18 "unknown_signer",
        /// The batch is for another town's data set.
        OtherTown = 19 "other_town",
        /// The document does not survive being saved and loaded again with this change.
        Unstable = 20 "unstable",
        /// A step of the procedure that was not allowed where its author took it.
        StepNotAllowed = 21 "step_not_allowed",
    }
}

codes! {
    /// Why a whole request was refused.
    FaultCode {
        /// The body is larger than the limit.
        BodyTooLarge = 1 "body_too_large",
        /// The body inflates beyond the limit.
        InflatedTooLarge = 2 "inflated_too_large",
        /// The body is damaged: not zstd, a wrong checksum, a frame of the wrong kind.
        DamagedBody = 3 "damaged_body",
        /// The body ends before its first whole message.
        TruncatedBody = 4 "truncated_body",
        /// A message that is not what the protocol says.
        MalformedMessage = 5 "malformed_message",
        /// A protocol version that this program does not speak.
        UnsupportedVersion = 6 "unsupported_version",
        /// No enrolment code like that.
        UnknownEnrolmentCode = 7 "unknown_enrolment_code",
        /// The enrolment code was used before.
        UsedEnrolmentCode = 8 "used_enrolment_code",
        /// The enrolment code's time is over.
        ExpiredEnrolmentCode = 9 "expired_enrolment_code",
        /// No token, or one that nobody was given.
        UnknownToken = 10 "unknown_token",
        /// The enrolment was revoked.
        RevokedToken = 11 "revoked_token",
        /// Too many requests; try again later.
        TooManyRequests = 12 "too_many_requests",
        /// The server could not do its part; nothing was stored.
        ServerBroken = 13 "server_broken",
        /// No such address.
        UnknownPath = 14 "unknown_address",
        /// The server has no room left; nothing was stored.
        ServerFull = 15 "server_full",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_and_texts_are_unique_and_go_both_ways() {
        let numbers: BTreeSet<u16> = RefusalCode::ALL.iter().map(|code| code.number()).collect();
        assert_eq!(numbers.len(), RefusalCode::ALL.len());
        for code in RefusalCode::ALL {
            assert_eq!(RefusalCode::of_number(code.number()), *code);
            assert_eq!(RefusalCode::of_code(code.code()), *code);
        }
        for code in FaultCode::ALL {
            assert_eq!(FaultCode::of_number(code.number()), *code);
            assert_eq!(FaultCode::of_code(code.code()), *code);
        }
        assert_eq!(RefusalCode::of_number(999), RefusalCode::Unrecognised);
    }
}
