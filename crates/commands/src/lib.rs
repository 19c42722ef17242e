//! What the app can do, as plain functions over a small Host.
