//! Paragraphs and the runs of text in them.

use super::Twips;
use super::xml::Node;

/// How a paragraph's lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
    Justified,
}

impl Align {
    fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Center => "center",
            Self::Right => "right",
            Self::Justified => "both",
        }
    }
}

/// Text of one look.
#[derive(Clone, Debug)]
struct Run {
    text: String,
    bold: bool,
    italic: bool,
}

/// A paragraph. Sizes are points; every run of it has the same.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    runs: Vec<Run>,
    align: Align,
    size: u32,
    bold: bool,
    italic: bool,
    before: Twips,
    after: Twips,
    first_line: Twips,
    sides: Twips,
    rule_above: bool,
    keep_next: bool,
}

impl Paragraph {
    /// An empty paragraph.
    pub(crate) fn new(align: Align, size: u32) -> Self {
        let none = Twips::default();
        Self {
            runs: Vec::new(),
            align,
            size,
            bold: false,
            italic: false,
            before: none,
            after: none,
            first_line: none,
            sides: none,
            rule_above: false,
            keep_next: false,
        }
    }

    /// A solid line, so much away from both sides; nothing else.
    pub(crate) fn rule(sides: Twips) -> Self {
        Self { sides, rule_above: true, before: Twips::points(2), ..Self::new(Align::Center, 2) }
    }

    pub(crate) fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// What follows is neither bold nor italic.
    pub(crate) fn regular(mut self) -> Self {
        self.bold = false;
        self.italic = false;
        self
    }

    pub(crate) fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    pub(crate) fn before(mut self, gap: Twips) -> Self {
        self.before = gap;
        self
    }

    pub(crate) fn after(mut self, gap: Twips) -> Self {
        self.after = gap;
        self
    }

    pub(crate) fn first_line(mut self, indent: Twips) -> Self {
        self.first_line = indent;
        self
    }

    /// Stays on the page of the next paragraph.
    pub(crate) fn keep_next(mut self) -> Self {
        self.keep_next = true;
        self
    }

    /// Appends text in the paragraph's look as it is now.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        let run = Run { text: text.into(), bold: self.bold, italic: self.italic };
        self.runs.push(run);
        self
    }

    pub(super) fn node(&self) -> Node {
        Node::new("w:p").child(self.properties()).children(self.runs.iter().map(|run| self.run(run)))
    }

    /// The paragraph as the end of a section.
    pub(super) fn node_ending(&self, section: Node) -> Node {
        Node::new("w:p").child(self.properties().child(section))
    }

    /// The paragraph with the number of its page as text.
    pub(super) fn node_numbering(&self) -> Node {
        let page = Node::new("w:fldSimple").with("w:instr", " PAGE ");
        let shown = Run { text: "1".to_owned(), bold: false, italic: false };
        Node::new("w:p").child(self.properties()).child(page.child(self.run(&shown)))
    }

    /// Elements in the order of the schema.
    fn properties(&self) -> Node {
        let mut properties = Node::new("w:pPr");
        if self.keep_next {
            properties = properties.child(Node::new("w:keepNext"));
        }
        if self.rule_above {
            let line =
                Node::val("w:top", "single").with("w:sz", 6).with("w:space", 0).with("w:color", "000000");
            properties = properties.child(Node::new("w:pBdr").child(line));
        }
        let spacing = Node::new("w:spacing").with("w:before", self.before.0).with("w:after", self.after.0);
        let (line, rule) = if self.rule_above { (40, "exact") } else { (240, "auto") };
        properties = properties.child(spacing.with("w:line", line).with("w:lineRule", rule));
        let indent = Node::new("w:ind").with("w:left", self.sides.0).with("w:right", self.sides.0);
        properties = properties.child(indent.with("w:firstLine", self.first_line.0));
        properties.child(Node::val("w:jc", self.align.code())).child(self.look(self.bold, self.italic))
    }

    fn look(&self, bold: bool, italic: bool) -> Node {
        let mut look = Node::new("w:rPr");
        if bold {
            look = look.child(Node::new("w:b")).child(Node::new("w:bCs"));
        }
        if italic {
            look = look.child(Node::new("w:i")).child(Node::new("w:iCs"));
        }
        look.child(Node::val("w:sz", self.size * 2)).child(Node::val("w:szCs", self.size * 2))
    }

    fn run(&self, run: &Run) -> Node {
        let text = Node::new("w:t").with("xml:space", "preserve").text(&run.text);
        Node::new("w:r").child(self.look(run.bold, run.italic)).child(text)
    }
}
