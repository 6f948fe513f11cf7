//! placeholder
use crate::{Error, Kind};
pub enum Door {}
pub struct Order {}
pub struct Shown {}
pub fn relay(_: Kind, _: &Order) -> Result<Shown, Error> { Ok(Shown{}) }
