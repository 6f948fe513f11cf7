//! The worker of the box that takes anything: texts and files go in, sheets of the page come out.

fn main() {
    #[cfg(target_arch = "wasm32")]
    portolan_wasm::live::analyst::listen();
}
