//! The package: the parts of a DOCX in a zip of fixed order and dates.

use std::io::{self, Cursor, Write};

use chrono::NaiveDate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::paragraph::{Align, Paragraph};
use super::section::Section;
use super::xml::Node;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const EXTENDED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
const TYPE_OF_PART: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// The face of every document.
const FACE: &str = "Times New Roman";
/// Size of page numbers, in points.
const NUMBER_SIZE: u32 = 14;

/// What the package says about itself.
#[derive(Clone, Debug)]
pub(crate) struct Properties {
    pub(crate) title: String,
    /// The only date in the package: the letter's own, or the report's day.
    pub(crate) day: NaiveDate,
}

/// A document.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    properties: Properties,
    sections: Vec<Section>,
}

impl Package {
    pub(crate) fn new(properties: Properties, sections: Vec<Section>) -> Self {
        Self { properties, sections }
    }

    /// The file's bytes.
    pub(crate) fn write(&self) -> io::Result<Vec<u8>> {
        let parts = [
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", package_relations()),
            ("docProps/app.xml", app()),
            ("docProps/core.xml", self.core()),
            ("word/_rels/document.xml.rels", document_relations()),
            ("word/document.xml", self.document()),
            ("word/header-blank.xml", header(Paragraph::new(Align::Center, NUMBER_SIZE).node())),
            ("word/header-number.xml", header(Paragraph::new(Align::Center, NUMBER_SIZE).node_numbering())),
            ("word/settings.xml", settings()),
            ("word/styles.xml", styles()),
        ];
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in parts {
            zip.start_file(name, options).map_err(io::Error::other)?;
            zip.write_all(&part.document()?)?;
        }
        Ok(zip.finish().map_err(io::Error::other)?.into_inner())
    }

    fn document(&self) -> Node {
        let last = self.sections.len().saturating_sub(1);
        let nodes = self.sections.iter().enumerate().flat_map(|(at, section)| section.nodes(at == last));
        let body = Node::new("w:body").children(nodes);
        Node::new("w:document").with("xmlns:w", WORD).with("xmlns:r", RELATIONS).child(body)
    }

    fn core(&self) -> Node {
        let instant = format!("{}T00:00:00Z", self.properties.day);
        let moment = |name| Node::new(name).with("xsi:type", "dcterms:W3CDTF").text(&instant);
        Node::new("cp:coreProperties")
            .with("xmlns:cp", CORE)
            .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
            .with("xmlns:dcterms", "http://purl.org/dc/terms/")
            .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .child(Node::new("dc:title").text(&self.properties.title))
            .child(Node::new("dc:language").text("vi-VN"))
            .child(moment("dcterms:created"))
            .child(moment("dcterms:modified"))
    }
}

fn content_types() -> Node {
    let default = |extension: &str, kind: &str| {
        Node::new("Default").with("Extension", extension).with("ContentType", kind)
    };
    let part =
        |name: &str, kind: String| Node::new("Override").with("PartName", name).with("ContentType", kind);
    let word =
        |name: &str, kind: &str| part(&format!("/word/{name}.xml"), format!("{TYPE_OF_PART}{kind}+xml"));
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    let extended = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    Node::new("Types")
        .with("xmlns", CONTENT_TYPES)
        .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(default("xml", "application/xml"))
        .child(part("/docProps/app.xml", extended.to_owned()))
        .child(part("/docProps/core.xml", core.to_owned()))
        .child(word("document", "document.main"))
        .child(word("header-blank", "header"))
        .child(word("header-number", "header"))
        .child(word("settings", "settings"))
        .child(word("styles", "styles"))
}

fn relation(id: &str, kind: &str, target: &str) -> Node {
    Node::new("Relationship").with("Id", id).with("Type", kind).with("Target", target)
}

fn package_relations() -> Node {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    Node::new("Relationships")
        .with("xmlns", PACKAGE_RELATIONS)
        .child(relation("rIdDocument", &format!("{RELATIONS}/officeDocument"), "word/document.xml"))
        .child(relation("rIdCore", core, "docProps/core.xml"))
        .child(relation("rIdApp", &format!("{RELATIONS}/extended-properties"), "docProps/app.xml"))
}

fn document_relations() -> Node {
    Node::new("Relationships")
        .with("xmlns", PACKAGE_RELATIONS)
        .child(relation("rIdBlank", &format!("{RELATIONS}/header"), "header-blank.xml"))
        .child(relation("rIdNumber", &format!("{RELATIONS}/header"), "header-number.xml"))
        .child(relation("rIdSettings", &format!("{RELATIONS}/settings"), "settings.xml"))
        .child(relation("rIdStyles", &format!("{RELATIONS}/styles"), "styles.xml"))
}

fn header(paragraph: Node) -> Node {
    Node::new("w:hdr").with("xmlns:w", WORD).with("xmlns:r", RELATIONS).child(paragraph)
}

fn app() -> Node {
    Node::new("Properties").with("xmlns", EXTENDED).child(Node::new("Application").text("Rà Soát"))
}

fn settings() -> Node {
    let compatible = Node::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", 15);
    Node::new("w:settings")
        .with("xmlns:w", WORD)
        .child(Node::val("w:defaultTabStop", 720))
        .child(Node::new("w:compat").child(compatible))
        .child(Node::val("w:themeFontLang", "vi-VN"))
}

fn styles() -> Node {
    let faces = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"];
    let fonts = faces.iter().fold(Node::new("w:rFonts"), |node, face| node.with(face, FACE));
    let language = Node::val("w:lang", "vi-VN").with("w:eastAsia", "vi-VN");
    let look = Node::new("w:rPr")
        .child(fonts)
        .child(Node::val("w:sz", 28))
        .child(Node::val("w:szCs", 28))
        .child(language);
    let defaults = Node::new("w:docDefaults")
        .child(Node::new("w:rPrDefault").child(look))
        .child(Node::new("w:pPrDefault").child(Node::new("w:pPr")));
    let normal = Node::new("w:style")
        .with("w:type", "paragraph")
        .with("w:default", 1)
        .with("w:styleId", "Normal")
        .child(Node::val("w:name", "Normal"))
        .child(Node::new("w:qFormat"));
    let table = Node::new("w:style")
        .with("w:type", "table")
        .with("w:default", 1)
        .with("w:styleId", "TableNormal")
        .child(Node::val("w:name", "Normal Table"));
    Node::new("w:styles").with("xmlns:w", WORD).child(defaults).child(normal).child(table)
}
