//! One look for every sheet: a bold head that repeats and stays, lines, Times New Roman.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// Paper size code of A4.
const A4: u8 = 9;

/// Height of a line of text, in points.
const LINE_HEIGHT: u32 = 15;
/// Most lines that a row shows; a workbook knows no greater height.
const LINES_MAX: u32 = 27;

/// A cell's content.
pub(super) enum Value {
    Text(String),
    Whole(i64),
    /// Per cent; the number is one hundred for all.
    Percent(f64),
    Blank,
}

impl Value {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Whole(_) | Self::Percent(_) | Self::Blank => "",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}

/// A sheet that is written from the top.
pub(super) struct Grid<'s> {
    sheet: &'s mut Worksheet,
    widths: Vec<u16>,
    next: u32,
}

fn look() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(11)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

impl<'s> Grid<'s> {
    /// A sheet with a name and columns of so many characters.
    pub(super) fn new(sheet: &'s mut Worksheet, name: &str, widths: &[u16]) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        for (column, width) in (0_u16..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Self { sheet, widths: widths.to_vec(), next: 0 })
    }

    /// Makes the next row as high as its longest text needs: programs do not do it for a file they did not write.
    fn heighten<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Result<(), XlsxError> {
        let lines = |(text, width): (&str, &u16)| {
            let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            letters.div_ceil(u32::from(*width).max(1))
        };
        let lines = texts.zip(&self.widths).map(lines).max().unwrap_or(1).clamp(1, LINES_MAX);
        self.sheet.set_row_height(self.next, lines * LINE_HEIGHT)?;
        Ok(())
    }

    /// A line of text without cells' lines.
    pub(super) fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        let bold = Format::new().set_font_name("Times New Roman").set_font_size(12).set_bold();
        self.sheet.write_string_with_format(self.next, 0, text, &bold)?;
        self.next += 1;
        Ok(())
    }

    /// The head; it repeats on paper and stays on the screen.
    pub(super) fn head(&mut self, names: &[&str]) -> Result<(), XlsxError> {
        let bold =
            look().set_bold().set_border(FormatBorder::Thin).set_background_color(Color::RGB(0x00ED_EDED));
        self.heighten(names.iter().copied())?;
        for (column, name) in (0_u16..).zip(names) {
            self.sheet.write_string_with_format(self.next, column, *name, &bold)?;
        }
        self.sheet.set_repeat_rows(self.next, self.next)?;
        self.next += 1;
        self.sheet.set_freeze_panes(self.next, 0)?;
        Ok(())
    }

    /// A row.
    pub(super) fn row(&mut self, values: impl IntoIterator<Item = Value>) -> Result<(), XlsxError> {
        self.write(look(), values)
    }

    /// A row in bold: a sum.
    pub(super) fn sum(&mut self, values: impl IntoIterator<Item = Value>) -> Result<(), XlsxError> {
        self.write(look().set_bold(), values)
    }

    fn write(&mut self, look: Format, values: impl IntoIterator<Item = Value>) -> Result<(), XlsxError> {
        let text = look.set_border(FormatBorder::Thin);
        let whole = text.clone().set_num_format("#,##0");
        let percent = text.clone().set_num_format("0.00");
        let values: Vec<Value> = values.into_iter().collect();
        self.heighten(values.iter().map(Value::text))?;
        for (column, value) in (0_u16..).zip(values) {
            match value {
                Value::Text(words) => self.sheet.write_string_with_format(self.next, column, words, &text)?,
                #[allow(clippy::cast_precision_loss, reason = "workbooks know no other numbers")]
                Value::Whole(number) => {
                    self.sheet.write_number_with_format(self.next, column, number as f64, &whole)?
                }
                Value::Percent(share) => {
                    self.sheet.write_number_with_format(self.next, column, share, &percent)?
                }
                Value::Blank => self.sheet.write_blank(self.next, column, &text)?,
            };
        }
        self.next += 1;
        Ok(())
    }
}
