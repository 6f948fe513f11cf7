//! The worker of the page: reads pasted documentation.
//!
//! Loaded when something is pasted, and not before; a text goes in, `portolan_config::print` comes out. It says that it
//! is ready first, because what is sent before that would be lost.

#[cfg(target_arch = "wasm32")]
mod worker;

/// The page's allocator: small before fast.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::listen();
}
