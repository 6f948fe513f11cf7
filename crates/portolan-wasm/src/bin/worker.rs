//! The worker that reads pasted documentation: a text goes in, `portolan_config::print` comes out.

/// The page's allocator: small before fast.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    #[cfg(target_arch = "wasm32")]
    portolan_wasm::live::reader::listen();
}
