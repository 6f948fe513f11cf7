//! MTA-STS with its policy, and reports of failed TLS.

use super::Exchanger;
use super::desk::{Desk, as_it_stands, publish};
use crate::finding::Issue;
use crate::lookup::{Answer, Kind, Lookup, Record};
use crate::mta_sts::{self, StsPolicy};
use crate::name::Name;
use crate::rules::transport as rules;
use crate::tls_rpt;

pub(super) fn assess(desk: &mut Desk<'_>, exchangers: &[Exchanger]) -> Option<StsPolicy> {
    let receives = !exchangers.is_empty();
    reports(desk, receives);
    let is_meant = mta_sts::looks_like_record;
    desk.at_wrong_name("_mta-sts", &rules::STS_AT_ROOT, is_meant, as_it_stands);
    let texts = desk.texts("_mta-sts", &rules::STS_ERROR, mta_sts::is_record)?;
    let strange = (&rules::STS_VERSION, &rules::STS_OTHER_TEXT);
    let meant = desk.others(&texts, mta_sts::VERSION, is_meant, strange);
    let Some(text) = texts.own.first() else {
        if receives {
            let what = format!(
                "There is no policy of MTA-STS. Put the file up at https://mta-sts.{}/.well-known/mta-sts.txt, then publish the record.",
                desk.domain
            );
            let issue = Issue::new(&rules::STS_NONE, what);
            let value = meant.or_else(|| publish(&texts.at, "v=STSv1; id=1"));
            desk.find(&texts.at, issue, value);
        }
        return None;
    };
    if texts.own.len() > 1 {
        let issue = Issue::new(
            &rules::STS_MANY,
            format!("There are {} records.", texts.own.len()),
        );
        desk.find(&texts.at, issue, None);
    }
    for issue in mta_sts::read(text) {
        desk.find(&texts.at, issue, None);
    }
    policy(desk, exchangers)
}

fn policy(desk: &mut Desk<'_>, exchangers: &[Exchanger]) -> Option<StsPolicy> {
    let at = Lookup::new(desk.domain.child("mta-sts").ok()?, Kind::StsPolicy);
    let (content_type, body) = match desk.look(&at)? {
        Answer::TimedOut => {
            desk.find(
                &at,
                Issue::new(
                    &rules::POLICY_ERROR,
                    "The policy file did not come in time.",
                ),
                None,
            );
            return None;
        }
        Answer::ServerFailure => {
            desk.find(
                &at,
                Issue::new(
                    &rules::POLICY_ERROR,
                    "The web server failed, or its certificate is not good.",
                ),
                None,
            );
            return None;
        }
        answer => {
            let Some(Record::StsPolicy { content_type, body }) = answer.records().first() else {
                let issue = Issue::new(
                    &rules::POLICY_NONE,
                    "There is no policy file behind the record.",
                );
                desk.find(&at, issue, None);
                return None;
            };
            (content_type, body)
        }
    };
    let policy = mta_sts::read_policy(content_type.as_deref(), body);
    for issue in policy.issues.clone() {
        desk.find(&at, issue, None);
    }
    if policy.mode != Some(mta_sts::Mode::None) && !policy.patterns.is_empty() {
        let rule = match policy.mode {
            Some(mta_sts::Mode::Testing) => &rules::POLICY_UNCOVERED_TESTING,
            _ => &rules::POLICY_UNCOVERED,
        };
        for exchanger in exchangers {
            let is_covered = Name::new(&exchanger.host).is_ok_and(|host| policy.covers(&host));
            if !is_covered {
                // Senders fetch the file anew when the id is another (RFC 8461, section 3.1).
                let what = format!(
                    "The policy does not name {}. With the changed file the record needs a new id.",
                    exchanger.host
                );
                let issue = Issue::new(rule, what);
                let value = format!("mx: {}", exchanger.host.trim_end_matches('.'));
                desk.find(&at, issue, publish(&at, value));
            }
        }
    }
    Some(policy)
}

fn reports(desk: &mut Desk<'_>, receives: bool) {
    let is_meant = tls_rpt::looks_like_record;
    desk.at_wrong_name("_smtp._tls", &rules::TLSRPT_AT_ROOT, is_meant, as_it_stands);
    let Some(texts) = desk.texts("_smtp._tls", &rules::TLSRPT_ERROR, tls_rpt::is_record) else {
        return;
    };
    let strange = (&rules::TLSRPT_VERSION, &rules::TLSRPT_OTHER_TEXT);
    let meant = desk.others(&texts, tls_rpt::VERSION, is_meant, strange);
    let Some(text) = texts.own.first() else {
        if receives {
            let issue = Issue::new(
                &rules::TLSRPT_NONE,
                "Nobody reports failed encryption to the domain.",
            );
            let template = "v=TLSRPTv1; rua=mailto:ADDRESS";
            let value = meant.or_else(|| publish(&texts.at, template));
            desk.find(&texts.at, issue, value);
        }
        return;
    };
    if texts.own.len() > 1 {
        let issue = Issue::new(
            &rules::TLSRPT_MANY,
            format!("There are {} records.", texts.own.len()),
        );
        desk.find(&texts.at, issue, None);
    }
    for issue in tls_rpt::read(text) {
        desk.find(&texts.at, issue, None);
    }
}
