//! Why a document could not be written.

use thiserror::Error;

/// A report that cannot be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The template cannot be filled.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The DOCX package could not be written.
    #[error("report_docx: {0}")]
    Docx(String),
    /// The workbook could not be written.
    #[error("report_xlsx: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

impl ReportError {
    /// The code under which the words for people are found.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Template(_) => "report_template",
            Self::Docx(_) => "report_docx",
            Self::Xlsx(_) => "report_xlsx",
        }
    }
}

/// A template that cannot be filled: nothing is guessed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// The template's text is not TOML of the expected shape.
    #[error("template_shape: {0}")]
    Shape(String),
    /// A brace that opens no placeholder, or closes none.
    #[error("template_brace: {0}")]
    Brace(String),
    /// A placeholder of no known kind or form.
    #[error("template_placeholder: {{{0}}}")]
    Placeholder(String),
    /// A figure that does not exist.
    #[error("template_figure: {0}")]
    Figure(String),
    /// A cited document that the registry does not have.
    #[error("template_citation: {0}")]
    Citation(String),
    /// A task that does not exist.
    #[error("template_task: {0}")]
    Task(String),
    /// A document's number typed into the text instead of cited.
    #[error("template_typed_reference: {0}")]
    TypedReference(String),
}
