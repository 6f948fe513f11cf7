//! Everything that touches the browser, and nothing that decides. No other folder may name `web-sys` or `gloo`.
//!
//! Natively, where the page is only rendered to text, each of these does nothing.

#[cfg(target_arch = "wasm32")]
mod analyst;
#[cfg(target_arch = "wasm32")]
mod announce;
#[cfg(target_arch = "wasm32")]
mod doors;
#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod live;
#[cfg(target_arch = "wasm32")]
mod reader;
#[cfg(not(target_arch = "wasm32"))]
mod still;
#[cfg(target_arch = "wasm32")]
mod tree;

#[cfg(target_arch = "wasm32")]
pub use analyst::{Analyst, Load, chosen, on_load};
#[cfg(target_arch = "wasm32")]
pub use announce::announce;
#[cfg(target_arch = "wasm32")]
pub use doors::{on_doors, show_door};
#[cfg(target_arch = "wasm32")]
pub use keys::is_enter;
#[cfg(target_arch = "wasm32")]
pub use live::*;
#[cfg(target_arch = "wasm32")]
pub use reader::Reader;
#[cfg(not(target_arch = "wasm32"))]
pub use still::*;
#[cfg(target_arch = "wasm32")]
pub use tree::tree;
