//! Sections: A4 upright or across, margins of the administrative form, pages numbered from 1 in the top margin.

use super::paragraph::{Align, Paragraph};
use super::xml::Node;
use super::{Block, Twips};

/// A4, short side.
const SHORT_SIDE: Twips = Twips(11906);
/// A4, long side.
const LONG_SIDE: Twips = Twips(16838);
/// Top and bottom margin: 20 mm.
const MARGIN_TOP: Twips = Twips::tenth_mm(200);
/// Left margin: 30 mm.
const MARGIN_LEFT: Twips = Twips::tenth_mm(300);
/// Right margin: 20 mm.
const MARGIN_RIGHT: Twips = Twips::tenth_mm(200);
/// From the paper's edge to the page number: 10 mm.
const NUMBER_DISTANCE: Twips = Twips::tenth_mm(100);

/// How the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Orientation {
    Portrait,
    Landscape,
}

impl Orientation {
    fn paper(self) -> (Twips, Twips) {
        match self {
            Self::Portrait => (SHORT_SIDE, LONG_SIDE),
            Self::Landscape => (LONG_SIDE, SHORT_SIDE),
        }
    }

    /// The width between the margins.
    pub(crate) fn text_width(self) -> Twips {
        Twips(self.paper().0.0 - MARGIN_LEFT.0 - MARGIN_RIGHT.0)
    }
}

/// A section.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    orientation: Orientation,
    blocks: Vec<Block>,
}

impl Section {
    pub(crate) fn new(orientation: Orientation) -> Self {
        Self { orientation, blocks: Vec::new() }
    }

    pub(crate) fn extend(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.blocks.extend(blocks);
    }

    /// The body's elements; all sections but the last end in a paragraph that carries their properties.
    pub(super) fn nodes(&self, last: bool) -> Vec<Node> {
        let mut nodes: Vec<Node> = self.blocks.iter().map(Block::node).collect();
        if last {
            nodes.push(self.properties());
        } else {
            nodes.push(Paragraph::new(Align::Left, 1).node_ending(self.properties()));
        }
        nodes
    }

    fn properties(&self) -> Node {
        let (width, height) = self.orientation.paper();
        let mut size = Node::new("w:pgSz").with("w:w", width.0).with("w:h", height.0);
        if self.orientation == Orientation::Landscape {
            size = size.with("w:orient", "landscape");
        }
        let margins = Node::new("w:pgMar")
            .with("w:top", MARGIN_TOP.0)
            .with("w:right", MARGIN_RIGHT.0)
            .with("w:bottom", MARGIN_TOP.0)
            .with("w:left", MARGIN_LEFT.0)
            .with("w:header", NUMBER_DISTANCE.0)
            .with("w:footer", NUMBER_DISTANCE.0)
            .with("w:gutter", 0);
        let header = |kind, id| Node::new("w:headerReference").with("w:type", kind).with("r:id", id);
        Node::new("w:sectPr")
            .child(header("default", "rIdNumber"))
            .child(header("first", "rIdBlank"))
            .child(size)
            .child(margins)
            .child(Node::new("w:pgNumType").with("w:start", 1))
            .child(Node::new("w:titlePg"))
    }
}
