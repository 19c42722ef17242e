//! A small writer of WordprocessingML: what an administrative letter needs, repeating header rows included.
//!
//! **Invariant:** what is written depends on the blocks alone: no clock, no random ids, one order of parts.

pub(crate) mod measure;
pub(crate) mod package;
pub(crate) mod paragraph;
pub(crate) mod section;
pub(crate) mod table;
mod xml;

pub(crate) use paragraph::{Align, Paragraph};
pub(crate) use table::{Cell, Row, Table};

use xml::Node;

/// Twentieths of a point in a millimetre, as a whole number of hundredths: 1 mm = 56,69 twips.
const HUNDREDTH_TWIPS_PER_MM: u32 = 5669;

/// A length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Twips(pub(crate) u32);

impl Twips {
    /// So many tenths of a millimetre.
    pub(crate) const fn tenth_mm(tenths: u32) -> Self {
        Self((tenths * HUNDREDTH_TWIPS_PER_MM + 500) / 1000)
    }

    /// So many points.
    pub(crate) const fn points(points: u32) -> Self {
        Self(points * 20)
    }
}

/// What stands below each other on a page or in a cell.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

impl Block {
    fn node(&self) -> Node {
        match self {
            Self::Paragraph(paragraph) => paragraph.node(),
            Self::Table(table) => table.node(),
        }
    }
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Self {
        Self::Paragraph(paragraph)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}
