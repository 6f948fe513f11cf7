//! What search engines and previews read: structured data, and where the site's address is known, all that needs one.

use serde_json::json;

/// The variable that holds the address under which the site is published, such as `https://ports.example.com/`.
pub(crate) const ADDRESS: &str = "PORTOLAN_URL";
/// The variable that holds where to report what is wrong: an address with `{text}` in it.
pub(crate) const REPORT: &str = "PORTOLAN_REPORT";

/// The picture of a preview.
pub(crate) const PICTURE: &str = "preview.png";

/// Elements for the head: the questions as structured data, and the address where it is known.
pub(crate) fn head(address: Option<&str>) -> String {
    let questions: Vec<_> = portolan::ASKED
        .iter()
        .map(|it| {
            json!({
                "@type": "Question",
                "name": it.ask,
                "acceptedAnswer": { "@type": "Answer", "text": it.answer },
            })
        })
        .collect();
    let data =
        json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions });
    // A data block ends at the first `</script`.
    let data = data.to_string().replace('<', "\\u003c");
    let known = address.map_or_else(String::new, |address| {
        let address = escaped(address);
        format!(
            "<link rel=\"canonical\" href=\"{address}\">\n<meta property=\"og:url\" content=\"{address}\">\n\
             <meta property=\"og:image\" content=\"{address}{PICTURE}\">\n"
        )
    });
    format!("<script type=\"application/ld+json\">{data}</script>\n{known}")
}

/// The address with its slash; an error says what is wrong with it.
pub(crate) fn address(given: Option<String>) -> Result<Option<String>, String> {
    let Some(given) = given.filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let is_address = given.starts_with("https://") || given.starts_with("http://");
    if !is_address || given.contains(['<', '"', ' ', '?', '#']) {
        return Err(format!(
            "{ADDRESS}: expected an address such as https://ports.example.com/, but found `{given}`"
        ));
    }
    let slash = if given.ends_with('/') { "" } else { "/" };
    Ok(Some(given + slash))
}

/// The report address, if it is one and has a place for the text.
pub(crate) fn report(given: Option<String>) -> Result<Option<String>, String> {
    let Some(given) = given.filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let is_address = ["https://", "http://", "mailto:"]
        .iter()
        .any(|start| given.starts_with(start));
    if !is_address || !given.contains("{text}") || given.contains(['<', '"', ' ']) {
        return Err(format!(
            "{REPORT}: expected an address with {{text}} in it, such as mailto:me@example.com?body={{text}}, but found `{given}`"
        ));
    }
    Ok(Some(given))
}

/// The pages, for search engines.
pub(crate) fn sitemap(address: &str, date: &str) -> String {
    let address = escaped(address);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         <url><loc>{address}</loc><lastmod>{date}</lastmod></url>\n\
         <url><loc>{address}analyze.html</loc><lastmod>{date}</lastmod></url>\n\
         <url><loc>{address}check.html</loc><lastmod>{date}</lastmod></url>\n</urlset>\n"
    )
}

/// Everybody may read everything.
pub(crate) fn robots(address: &str) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n")
}

/// A text inside of an attribute.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{address, head, report, robots, sitemap};

    #[test]
    fn the_questions_are_in_the_structured_data_and_end_nothing() {
        let head = head(None);
        assert!(head.contains("\"@type\":\"FAQPage\""));
        assert!(head.contains("587 or 465?"));
        assert_eq!(head.matches("</script").count(), 1);
        assert!(!head.contains("canonical"));
    }

    #[test]
    fn what_needs_an_address_is_there_where_it_is_known() {
        let known = address(Some("https://ports.example.com/mail".to_owned())).unwrap();
        assert_eq!(known.as_deref(), Some("https://ports.example.com/mail/"));
        let known = known.unwrap();
        assert!(head(Some(&known)).contains("href=\"https://ports.example.com/mail/\""));
        assert!(
            sitemap(&known, "2026-11-24").contains("<loc>https://ports.example.com/mail/</loc>")
        );
        assert!(robots(&known).ends_with("Sitemap: https://ports.example.com/mail/sitemap.xml\n"));
        assert_eq!(address(None), Ok(None));
        assert!(address(Some("ports.example.com".to_owned())).is_err());
        assert!(address(Some("https://a.example/\"><b>".to_owned())).is_err());
    }

    #[test]
    fn a_report_needs_a_place_for_its_text() {
        let right = "https://forge.example/issues/new?body={text}";
        assert_eq!(report(Some(right.to_owned())), Ok(Some(right.to_owned())));
        assert!(report(Some("https://forge.example/".to_owned())).is_err());
        assert!(report(Some("javascript:alert({text})".to_owned())).is_err());
    }
}
