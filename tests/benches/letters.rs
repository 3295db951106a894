//! Letters: none is the same as the one before, or the typesetter would answer from memory.

use std::cell::Cell;
use std::hint::black_box;
use std::path::PathBuf;

use criterion::Criterion;
use dument_documents::{Document, examples, render};
use dument_workflows::letters::{LetterQuery, preview_letter};
use dument_workflows::words::LetterModel;
use dument_workflows::{Moment, Office};

use crate::company::{REDUCTION, add_customer, bill, create, day, folder, today};

const DEBTORS: usize = 100;

pub fn letters(criterion: &mut Criterion) {
    let numbers = Cell::new(0);
    let next = || numbers.replace(numbers.get() + 1);
    for (name, example) in
        [("letter-page", "relance-amiable-professionnel"), ("letter-pages", "mise-en-demeure-professionnel")]
    {
        let letter = find(example);
        criterion.bench_function(name, |bencher| bencher.iter(|| render(black_box(&numbered(&letter, next())))));
    }
    let desk = Desk::prepare();
    criterion.bench_function("letter-warm", |bencher| bencher.iter(|| desk.preview(next())));
    criterion.bench_function("letters-hundred", |bencher| {
        bencher.iter(|| (0..100 / REDUCTION).for_each(|_| desk.preview(next())));
    });
}

fn find(example: &str) -> Document {
    examples().into_iter().find_map(|(name, document)| (name == example).then_some(document)).unwrap()
}

/// Returns the letter to another debtor, who owes another sum.
fn numbered(letter: &Document, number: usize) -> Document {
    let Document::Letter(letter) = letter else { unreachable!("the example is a letter") };
    let mut letter = letter.clone();
    letter.parties.debtor.name = format!("Hôtel des Remparts {number}");
    letter.reference = format!("C-{number}");
    letter.totals.total = crate::company::varied(number);
    Document::Letter(letter)
}

/// A company whose customers each owe three invoices.
struct Desk {
    office: Office,
    file: PathBuf,
    moment: Moment,
}

impl Desk {
    fn prepare() -> Self {
        let folder = folder("courriers");
        let mut office = create(&folder.join("Courriers.dument"));
        for number in 0..DEBTORS {
            let debtor = add_customer(&mut office, number);
            for (rank, due) in ["2025-11-30", "2026-01-31", "2026-03-31"].into_iter().enumerate() {
                bill(&mut office, &debtor, 3 * number + rank, day(due));
            }
        }
        Self { office, file: folder.join("apercu.pdf"), moment: today() }
    }

    /// Writes the mise en demeure of one of the customers to a file.
    fn preview(&self, number: usize) {
        let query = LetterQuery::new(&format!("Hôtel des Remparts {}", number % DEBTORS), LetterModel::MiseEnDemeure);
        preview_letter(&self.office, &query, &self.moment, &self.file).unwrap();
    }
}
