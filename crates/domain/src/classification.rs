//! Classes of households.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The class that a review found, or a decision recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Hộ nghèo về thu nhập.
    PoorIncome,
    /// Hộ nghèo thiếu hụt tiếp cận các dịch vụ xã hội cơ bản.
    PoorDeprived,
    /// Hộ cận nghèo.
    NearPoor,
    /// Hộ không nghèo.
    NotPoor,
}

impl Class {
    /// Whether it is one of the two classes of poor households.
    pub fn is_poor(self) -> bool {
        matches!(self, Self::PoorIncome | Self::PoorDeprived)
    }
}
