//! Tables: fixed column widths, merged cells, header rows that repeat on every page.

use super::xml::Node;
use super::{Block, Paragraph, Twips};

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    widths: Vec<Twips>,
    rows: Vec<Row>,
    lines: bool,
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    cells: Vec<Cell>,
    header: bool,
    whole: bool,
}

/// How a cell is joined with the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    No,
    Begins,
    Continues,
}

/// A cell.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    blocks: Vec<Block>,
    columns: usize,
    joined: Joined,
    middle: bool,
    shaded: bool,
}

impl Table {
    /// A table with lines between its cells.
    pub(crate) fn lined(widths: Vec<Twips>) -> Self {
        Self { widths, rows: Vec::new(), lines: true }
    }

    /// A table that only places its cells beside each other.
    pub(crate) fn plain(widths: Vec<Twips>) -> Self {
        Self { widths, rows: Vec::new(), lines: false }
    }

    pub(crate) fn row(mut self, row: Row) -> Self {
        self.rows.push(row);
        self
    }

    pub(super) fn node(&self) -> Node {
        let width: u32 = self.widths.iter().map(|width| width.0).sum();
        let grid = self.widths.iter().map(|width| Node::new("w:gridCol").with("w:w", width.0));
        Node::new("w:tbl")
            .child(self.properties(width))
            .child(Node::new("w:tblGrid").children(grid))
            .children(self.rows.iter().map(|row| row.node(&self.widths)))
    }

    fn properties(&self, width: u32) -> Node {
        let mut properties = Node::new("w:tblPr")
            .child(Node::new("w:tblW").with("w:w", width).with("w:type", "dxa"))
            .child(Node::val("w:jc", "center"));
        if self.lines {
            let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
            let line =
                |side| Node::val(side, "single").with("w:sz", 4).with("w:space", 0).with("w:color", "000000");
            properties = properties.child(Node::new("w:tblBorders").children(sides.map(line)));
        }
        let margin =
            |side| Node::new(side).with("w:w", if self.lines { 85 } else { 0 }).with("w:type", "dxa");
        properties
            .child(Node::new("w:tblLayout").with("w:type", "fixed"))
            .child(Node::new("w:tblCellMar").child(margin("w:left")).child(margin("w:right")))
    }
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self { cells, header: false, whole: false }
    }

    /// Repeats at the top of every page that the table reaches.
    pub(crate) fn header(mut self) -> Self {
        self.header = true;
        self.whole = true;
        self
    }

    /// Is never split between pages.
    pub(crate) fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    fn node(&self, widths: &[Twips]) -> Node {
        let mut properties = Node::new("w:trPr");
        if self.whole {
            properties = properties.child(Node::new("w:cantSplit"));
        }
        if self.header {
            properties = properties.child(Node::new("w:tblHeader"));
        }
        let mut row = Node::new("w:tr");
        if self.whole || self.header {
            row = row.child(properties);
        }
        let mut at = 0;
        for cell in &self.cells {
            let end = (at + cell.columns).min(widths.len());
            row = row.child(cell.node(widths[at..end].iter().map(|width| width.0).sum()));
            at = end;
        }
        row
    }
}

impl Cell {
    pub(crate) fn new(paragraphs: Vec<Paragraph>) -> Self {
        let blocks = paragraphs.into_iter().map(Block::from).collect();
        Self { blocks, columns: 1, joined: Joined::No, middle: false, shaded: false }
    }

    /// Over so many columns.
    pub(crate) fn over(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    /// Is one with the cells below it that continue it.
    pub(crate) fn begins(mut self) -> Self {
        self.joined = Joined::Begins;
        self
    }

    /// Is one with the cell above it.
    pub(crate) fn continues(mut self) -> Self {
        self.joined = Joined::Continues;
        self
    }

    /// Its text stands in the middle of its height.
    pub(crate) fn middle(mut self) -> Self {
        self.middle = true;
        self
    }

    /// Has a light background.
    pub(crate) fn shaded(mut self) -> Self {
        self.shaded = true;
        self
    }

    fn node(&self, width: u32) -> Node {
        let mut properties =
            Node::new("w:tcPr").child(Node::new("w:tcW").with("w:w", width).with("w:type", "dxa"));
        if self.columns > 1 {
            properties = properties.child(Node::val("w:gridSpan", self.columns));
        }
        match self.joined {
            Joined::No => {}
            Joined::Begins => properties = properties.child(Node::val("w:vMerge", "restart")),
            Joined::Continues => properties = properties.child(Node::new("w:vMerge")),
        }
        if self.shaded {
            let shade = Node::val("w:shd", "clear").with("w:color", "auto").with("w:fill", "EDEDED");
            properties = properties.child(shade);
        }
        if self.middle {
            properties = properties.child(Node::val("w:vAlign", "center"));
        }
        let cell = Node::new("w:tc").child(properties);
        if self.blocks.is_empty() {
            return cell.child(Node::new("w:p"));
        }
        cell.children(self.blocks.iter().map(Block::node))
    }
}
