//! Mounts the page. Natively there is nothing to mount.

/// Small before fast: the page allocates little, and each of its bytes is waited for.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    #[cfg(target_arch = "wasm32")]
    portolan::browser::start();
}
