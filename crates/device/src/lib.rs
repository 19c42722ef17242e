//! A field device on a real machine: disk, clock and HTTP; JSON lines, and the field UI on loopback.
