//! placeholder
/// placeholder
pub fn listen() {}
