//! Tests across the parts: stories, the demo town, the window, the import arrows.
