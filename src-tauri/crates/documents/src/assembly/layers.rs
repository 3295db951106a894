//! Layers (optional content): a layer hidden in an exhibit stays hidden in the dossier.

use lopdf::{Object, ObjectId};

use super::carry::Carrier;
use super::source::Source;
use super::writer::Number;

/// The layers of the dossier.
#[derive(Debug, Default)]
pub(super) struct Layers {
    all: Vec<Number>,
    hidden: Vec<Number>,
}

/// A layer of an exhibit.
#[derive(Debug)]
pub(super) struct Layer {
    id: ObjectId,
    hidden: bool,
}

/// Lists the layers of an exhibit, as its default configuration shows them.
pub(super) fn layers(source: &Source) -> Vec<Layer> {
    let Some(properties) = source.catalog().and_then(|catalog| source.dictionary(catalog, b"OCProperties")) else {
        return Vec::new();
    };
    let configuration = source.dictionary(properties, b"D");
    let listed = |key: &[u8]| {
        let items = configuration.and_then(|configuration| source.array(configuration, key)).unwrap_or_default();
        items.iter().filter_map(|item| item.as_reference().ok()).collect::<std::collections::HashSet<_>>()
    };
    let (on, off) = (listed(b"ON"), listed(b"OFF"));
    let off_unless_listed = configuration
        .and_then(|configuration| source.get(configuration, b"BaseState"))
        .and_then(|state| state.as_name().ok())
        .is_some_and(|state| state == b"OFF");
    let all = source.array(properties, b"OCGs").unwrap_or_default().iter().filter_map(|item| match item {
        Object::Reference(id) => Some(*id),
        _ => None,
    });
    all.map(|id| Layer { id, hidden: off.contains(&id) || (off_unless_listed && !on.contains(&id)) }).collect()
}

impl Layers {
    /// Adds the layers of an exhibit that its pages use.
    pub(super) fn add(&mut self, layers: &[Layer], carrier: &Carrier) {
        for layer in layers {
            let Some(number) = carrier.carried(layer.id) else { continue };
            self.all.push(number);
            if layer.hidden {
                self.hidden.push(number);
            }
        }
    }

    /// Returns the entry of the catalog that declares them.
    pub(super) fn catalog_entry(&self) -> String {
        if self.all.is_empty() {
            return String::new();
        }
        let list = |numbers: &[Number]| numbers.iter().map(|number| format!("{number} 0 R ")).collect::<String>();
        format!("/OCProperties<</OCGs[{}]/D<</OFF[{}]>>>>", list(&self.all), list(&self.hidden))
    }
}
