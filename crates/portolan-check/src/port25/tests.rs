//! Every combination of what two hosts do on 25 and elsewhere, and what must never be claimed of them.

use super::*;

const A: &str = "mx.example.org";
const B: &str = "mx.example.net";

fn at(host: &str, port: u16, seen: Seen) -> Try {
    let last = if host == A { 1 } else { 2 };
    Try {
        host: host.to_owned(),
        address: IpAddr::from([192, 0, 2, last]),
        port,
        seen,
    }
}

fn other() -> ConnectFault {
    ConnectFault::Other {
        code: Some(5),
        text: "odd".to_owned(),
    }
}

/// Everything that can be seen on 25.
fn ways(host: &str) -> Vec<Seen> {
    use ConnectFault as F;
    let greeted = |code| Seen::Greeted {
        code,
        name: host.to_owned(),
    };
    let faults = [
        F::Refused,
        F::TimedOut,
        F::Forbidden,
        F::HostUnreachable,
        F::NetworkUnreachable,
        F::NotPermitted,
        F::Reset,
        other(),
    ];
    let mut all = vec![greeted(220), greeted(554), Seen::Connected];
    all.extend(faults.map(Seen::Failed));
    all
}

/// What two hosts that answer on 587 (or do not) and show this on 25 come to.
fn answer_of(a: &Seen, a_answers: bool, b: &Seen, b_answers: bool) -> Port25 {
    let elsewhere = |answers| {
        if answers {
            Seen::Connected
        } else {
            Seen::Failed(ConnectFault::TimedOut)
        }
    };
    let tries = [
        at(A, 25, a.clone()),
        at(A, 587, elsewhere(a_answers)),
        at(B, 25, b.clone()),
        at(B, 587, elsewhere(b_answers)),
    ];
    let mut judged = port25(&tries);
    assert_eq!(judged.len(), 1);
    judged.remove(0)
}

fn block(seen: &Seen) -> Option<Block> {
    use ConnectFault as F;
    match seen {
        Seen::Failed(F::TimedOut) => Some(Block::Dropped),
        Seen::Failed(F::Forbidden | F::HostUnreachable) => Some(Block::Rejected),
        Seen::Failed(F::Refused | F::Reset) => Some(Block::Reset),
        _ => None,
    }
}

#[test]
fn every_combination_of_two_hosts() {
    let mut blocked = 0;
    for a in ways(A) {
        for b in ways(B) {
            for (a_answers, b_answers) in
                [(true, true), (true, false), (false, true), (false, false)]
            {
                let judged = answer_of(&a, a_answers, &b, b_answers);
                let either = |wanted: fn(&Seen) -> bool| wanted(&a) || wanted(&b);
                let expected = if either(|it| matches!(it, Seen::Greeted { .. })) {
                    Answer::Open
                } else if either(|it| *it == Seen::Failed(ConnectFault::NotPermitted)) {
                    Answer::OwnRules
                } else if either(|it| *it == Seen::Connected) {
                    Answer::NotKnown(Unknown::Silent)
                } else if a == b && a == Seen::Failed(ConnectFault::NetworkUnreachable) {
                    Answer::NotKnown(Unknown::NoRoute)
                } else {
                    match (a_answers, b_answers, block(&a), block(&b)) {
                        (false, false, ..) => Answer::NotKnown(Unknown::NothingAnswers),
                        (true, true, Some(one), Some(two)) if one == two => Answer::Blocked(one),
                        (true, true, ..) => Answer::NotKnown(Unknown::Differs),
                        _ => Answer::NotKnown(Unknown::OneHost),
                    }
                };
                assert_eq!(
                    judged.answer, expected,
                    "{a:?} {a_answers} {b:?} {b_answers}"
                );
                let is_likely = matches!(expected, Answer::Blocked(_));
                blocked += usize::from(is_likely);
                // That something is blocked is never proven, and every judgement says something.
                assert!(
                    !judged.proven.iter().any(|it| it.contains("blocked")),
                    "{judged:?}"
                );
                assert_eq!(
                    judged
                        .likely
                        .iter()
                        .any(|it| it.contains("is blocked near here")),
                    is_likely
                );
                assert!(judged.proven.len() >= 2, "each host is told: {judged:?}");
                assert_eq!(judged.next.is_empty(), expected == Answer::Open);
                // The order in which hosts are named says nothing.
                assert_eq!(answer_of(&b, b_answers, &a, a_answers).answer, expected);
            }
        }
    }
    assert_eq!(blocked, 1 + 4 + 4);
}

#[test]
fn one_host_proves_nothing_of_the_network() {
    for seen in ways(A) {
        let tries = [at(A, 25, seen.clone()), at(A, 443, Seen::Connected)];
        let judged = port25(&tries);
        assert!(
            !matches!(judged[0].answer, Answer::Blocked(_) | Answer::Intercepted),
            "{seen:?}"
        );
    }
    let dropped = Seen::Failed(ConnectFault::TimedOut);
    let judged = port25(&[at(A, 25, dropped.clone()), at(A, 587, Seen::Connected)]);
    assert_eq!(judged[0].answer, Answer::NotKnown(Unknown::OneHost));
    // A control that was tried elsewhere alone says that there is a way out, and nothing of 25.
    let judged = port25(&[at(A, 25, dropped), at(B, 443, Seen::Connected)]);
    assert_eq!(judged[0].answer, Answer::NotKnown(Unknown::NothingAnswers));
}

#[test]
fn where_25_gets_out_to_one_the_other_is_at_fault() {
    let greets = Seen::Greeted {
        code: 220,
        name: B.to_owned(),
    };
    let judged = answer_of(&Seen::Failed(ConnectFault::TimedOut), true, &greets, true);
    assert_eq!(judged.answer, Answer::Open);
    assert!(
        judged.likely[0].contains(A) && !judged.likely[0].contains(B),
        "{judged:?}"
    );
}

#[test]
fn one_name_at_two_hosts_is_somebody_in_between() {
    let greets = Seen::Greeted {
        code: 220,
        name: "Proxy.example.com".to_owned(),
    };
    let same = Seen::Greeted {
        code: 220,
        name: "proxy.example.com".to_owned(),
    };
    assert_eq!(
        answer_of(&greets, true, &same, true).answer,
        Answer::Intercepted
    );
    let nameless = Seen::Greeted {
        code: 220,
        name: String::new(),
    };
    assert_eq!(
        answer_of(&nameless, true, &nameless, true).answer,
        Answer::Open
    );
}

#[test]
fn a_refusal_elsewhere_is_an_answer_and_the_best_address_counts() {
    let refused = Seen::Failed(ConnectFault::Refused);
    let dropped = Seen::Failed(ConnectFault::TimedOut);
    let tries = [
        at(A, 25, dropped.clone()),
        at(A, 443, refused.clone()),
        at(B, 25, dropped.clone()),
        at(B, 443, refused),
    ];
    assert_eq!(port25(&tries)[0].answer, Answer::Blocked(Block::Dropped));
    let greets = Seen::Greeted {
        code: 220,
        name: A.to_owned(),
    };
    let tries = [at(A, 25, dropped.clone()), at(A, 25, greets.clone())];
    assert_eq!(port25(&tries)[0].answer, Answer::Open);
    let tries = [at(A, 25, greets), at(A, 25, dropped)];
    assert_eq!(port25(&tries)[0].answer, Answer::Open);
}

#[test]
fn families_are_judged_apart() {
    let six = Try {
        address: "2001:db8::1".parse().unwrap(),
        ..at(A, 25, Seen::Failed(ConnectFault::NetworkUnreachable))
    };
    let greets = Seen::Greeted {
        code: 220,
        name: A.to_owned(),
    };
    let judged = port25(&[six, at(A, 25, greets)]);
    let answers: Vec<(Family, Answer)> = judged.iter().map(|it| (it.family, it.answer)).collect();
    assert_eq!(
        answers,
        [
            (Family::V4, Answer::Open),
            (Family::V6, Answer::NotKnown(Unknown::NoRoute))
        ]
    );
    assert_eq!(port25(&[]), []);
}
