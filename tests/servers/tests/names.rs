//! The servers of names answer as the tests of the resolver and of the page need it.
#![expect(clippy::unwrap_used, reason = "a test")]

use portolan_servers::{Fault, Names, Zone, ready};
#[test]
#[ignore = "needs root, Debian 12 and its packages"]
fn try_it() {
    ready().unwrap();
    let names = Names::start(&[
        Zone {
            name: "signed.example",
            records: "@ MX 10 mx\n@ TXT \"v=spf1 -all\"",
            is_signed: true,
        },
        Zone {
            name: "plain.example",
            records: "@ TXT \"v=spf1 +all\"",
            is_signed: false,
        },
    ])
    .unwrap();
    println!("{} {} {:?}", names.resolver(), names.doh(), Fault::ALL);
    println!("{}", names.logs().unwrap());
}
