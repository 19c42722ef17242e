//! The sync protocol of both ends without input or output, and the gate for unchecked bytes.
