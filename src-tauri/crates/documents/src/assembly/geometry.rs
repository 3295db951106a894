//! The sheet a page shows: what part of it is visible, which way up, and where its corner is.

/// A rectangle with its lower left and upper right corners in that order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rectangle {
    pub left: f32,
    pub bottom: f32,
    pub right: f32,
    pub top: f32,
}

/// A page's boxes and orientation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub media_box: Rectangle,
    pub crop_box: Option<Rectangle>,
    pub turn: Turn,
    pub user_unit: f32,
}

/// By how much a page is turned clockwise when shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

/// What viewers assume of a page without a size.
const DEFAULT_PAGE: Rectangle = Rectangle { left: 0.0, bottom: 0.0, right: 612.0, top: 792.0 };

impl Rectangle {
    /// Orders two opposite corners; a rectangle without surface is none.
    pub(super) fn new([x, y, other_x, other_y]: [f32; 4]) -> Option<Self> {
        let rectangle =
            Self { left: x.min(other_x), bottom: y.min(other_y), right: x.max(other_x), top: y.max(other_y) };
        (rectangle.width() > 0.0 && rectangle.height() > 0.0).then_some(rectangle)
    }

    pub(super) fn width(self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f32 {
        self.top - self.bottom
    }

    fn intersection(self, other: Self) -> Option<Self> {
        let (left, bottom) = (self.left.max(other.left), self.bottom.max(other.bottom));
        let (right, top) = (self.right.min(other.right), self.top.min(other.top));
        (left < right && bottom < top).then_some(Self { left, bottom, right, top })
    }
}

impl Frame {
    pub(super) fn new(
        media_box: Option<[f32; 4]>,
        crop_box: Option<[f32; 4]>,
        rotate: Option<f32>,
        user_unit: Option<f32>,
    ) -> Self {
        Self {
            media_box: media_box.and_then(Rectangle::new).unwrap_or(DEFAULT_PAGE),
            crop_box: crop_box.and_then(Rectangle::new),
            turn: Turn::from_degrees(rotate.unwrap_or(0.0)),
            user_unit: user_unit.filter(|unit| unit.is_finite() && *unit > 0.0).unwrap_or(1.0),
        }
    }

    /// Returns the part of the page that is shown and printed.
    pub(super) fn visible(&self) -> Rectangle {
        self.crop_box.and_then(|crop_box| crop_box.intersection(self.media_box)).unwrap_or(self.media_box)
    }

    /// Returns the width and height of the page as it is shown.
    pub(super) fn shown_size(&self) -> (f32, f32) {
        let visible = self.visible();
        match self.turn {
            Turn::None | Turn::Half => (visible.width(), visible.height()),
            Turn::Quarter | Turn::ThreeQuarters => (visible.height(), visible.width()),
        }
    }

    /// Returns the matrix of a space whose origin is the top right corner of the page as shown, upright.
    pub(super) fn top_right_space(&self) -> [f32; 6] {
        let Rectangle { left, bottom, right, top } = self.visible();
        match self.turn {
            Turn::None => [1.0, 0.0, 0.0, 1.0, right, top],
            Turn::Quarter => [0.0, 1.0, -1.0, 0.0, left, top],
            Turn::Half => [-1.0, 0.0, 0.0, -1.0, left, bottom],
            Turn::ThreeQuarters => [0.0, -1.0, 1.0, 0.0, right, bottom],
        }
    }
}

impl Turn {
    fn from_degrees(degrees: f32) -> Self {
        // Viewers ignore a rotation that is not a number of quarter turns.
        match degrees.rem_euclid(360.0) {
            90.0 => Self::Quarter,
            180.0 => Self::Half,
            270.0 => Self::ThreeQuarters,
            _ => Self::None,
        }
    }

    pub(super) fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Quarter => 90,
            Self::Half => 180,
            Self::ThreeQuarters => 270,
        }
    }
}
