//! scratch
use portolan_servers::*;
fn main() {
    let net = Network::new().unwrap();
    for kind in Kind::ALL {
        let t = std::time::Instant::now();
        let root = match kind.root() { Ok(r) => r, Err(e) => { println!("{kind}: {e}"); continue } };
        println!("{kind} {} {:?}", root.upstream(), t.elapsed());
        let host = net.host(kind.id()).unwrap();
        let chain = std::fs::read_to_string("/tmp/tls/chain.pem").unwrap();
        let key = std::fs::read_to_string("/tmp/tls/key.pem").unwrap();
        let t = std::time::Instant::now();
        let s = Settings { name: "mail.test.example", domain: "test.example", users: &[User{name:"anna", password: "secret-1"}], chain_pem: &chain, key_pem: &key};
        match Server::start(kind, &host, &s) { Ok(s) => { println!("ok {:?}", t.elapsed());
            if let Some(script) = std::env::args().nth(1) { println!("{:?}", s.run(&script)); } println!("{}", s.log().unwrap()); }
            Err(e) => println!("{kind}: {e}") }
    }
}
