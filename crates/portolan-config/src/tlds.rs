//! Endings that make a dotted name a host and not a piece of a program.

/// Whether a host may end so: a country's two letters, or one of the usual longer ones.
pub(crate) fn is_plausible(label: &str) -> bool {
    let country = label.len() == 2 && label.bytes().all(|byte| byte.is_ascii_lowercase());
    (country && !has(NO_COUNTRY, label)) || has(LONGER, label) || label.starts_with("xn--")
}

fn has(labels: &str, label: &str) -> bool {
    labels.split(", ").any(|known| known == label)
}

/// Two letters that end files or pieces of programs far more often than hosts, or that no country has.
const NO_COUNTRY: &str = "py, rb, js, ts, cs, md, sh, pl, rs, go, hs, vb, ps, db, os, env, gz, on, bz, aa, xx, \
     ok, if, kt, ex";

const LONGER: &str = "com, net, org, edu, gov, mil, int, info, biz, name, pro, email, mail, cloud, app, \
     dev, online, site, tech, xyz, shop, store, host, hosting, services, service, \
     solutions, systems, network, agency, digital, company, group, example, test, local, \
     internal, localdomain, lan, corp, home, invalid, localhost, intranet, intern, \
     private, domain, tld, cat, eus, gal, bzh, paris, berlin, hamburg, wien, koeln, \
     cologne, bayern, ruhr, saarland, swiss, web, world, global, live, media, studio, \
     design, software, space, website, page, link, click, news, one, top, club, zone, \
     works, wiki, team, support, social, run, rocks, plus, life, land, ltd, gmbh, coop, \
     museum, aero, jobs, mobi, travel, tel, asia, post, bank, insure, tools, center, \
     academy, university, school, education, io, ai, cloudapp, eco, green, bio, blog, \
     art, dental, law, legal, health, care, city, farm, srl, moe";
