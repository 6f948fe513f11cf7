//! Mounts the page. Natively there is nothing to mount.

fn main() {
    #[cfg(target_arch = "wasm32")]
    portolan::browser::start();
}
