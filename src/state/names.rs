//! Names in a link that are no ids.

use portolan_advice::ProviderAnswer;
use portolan_facts::EntryKind;

use super::page::{Page, Part};

impl Page {
    /// A link may name what has another id: where one thing only can be meant it is taken, else the near ones are told.
    pub(super) fn correct(&mut self) {
        let index = self.facts.index();
        let (ignored, failed) = (&mut self.ignored, &mut self.failed);
        let mut known = |kind: EntryKind, id: &str, part: Part| -> Option<String> {
            if index.entry(kind, id).is_some() {
                return Some(id.to_owned());
            }
            failed.retain(|it| *it != part);
            let near = index.find(kind, &id.replace('-', " "));
            if let [only] = near.as_slice() {
                return Some(only.id.clone());
            }
            let mut text = [id, " is not known"].concat();
            for (place, entry) in near.iter().take(NEAR).enumerate() {
                text.push_str(if place == 0 { "; near it: " } else { ", " });
                text.push_str(&entry.id);
            }
            ignored.push(text);
            None
        };
        if let Some(ProviderAnswer::Catalogue(id)) = &self.answers.provider {
            self.answers.provider = known(EntryKind::Provider, id, Part::Provider(id.clone()))
                .map(ProviderAnswer::Catalogue);
        }
        let environments = std::mem::take(&mut self.answers.environments);
        for id in environments {
            let part = Part::Environment(id.clone());
            if let Some(id) = known(EntryKind::Environment, &id, part)
                && !self.answers.environments.contains(&id)
            {
                self.answers.environments.push(id);
            }
        }
        if let Some(id) = &self.answers.client {
            self.answers.client = known(EntryKind::Client, id, Part::Client(id.clone()));
        }
    }
}

/// So many near names are told.
const NEAR: usize = 3;

#[cfg(test)]
mod tests {
    use portolan_advice::{Answers, ProviderAnswer};
    use portolan_facts::Facts;

    use crate::state::page::{Loaded, Page};

    #[test]
    fn a_name_that_is_not_an_id_is_corrected_or_told_with_what_is_near() {
        let answers = Answers {
            provider: Some(ProviderAnswer::Catalogue("amazonses".to_owned())),
            environments: vec!["digitalocean".to_owned(), "nowhere-at-all".to_owned()],
            ..Answers::default()
        };
        let full = portolan_builtin::facts();
        let mut page = Page::new(Facts::new(full.core().clone()), answers, Vec::new(), None);
        page.take(Ok(Loaded::Index(Box::new(full.index().clone()))));
        assert_eq!(
            page.answers.provider,
            Some(ProviderAnswer::Catalogue("amazon-ses".to_owned()))
        );
        assert!(page.answers.environments.is_empty());
        let told = page.ignored.join("; ");
        assert!(told.contains("digitalocean-droplet"), "{told}");
        assert!(told.contains("nowhere-at-all is not known"), "{told}");
        // Told once.
        let index = page.facts.index().clone();
        page.take(Ok(Loaded::Index(Box::new(index))));
        assert_eq!(page.ignored.join("; "), told);
    }
}
