//! Household and programme documents, and how they become Automerge changes and back.
