//! A dossier of about 200 pages and 34 MiB, most of it scans that nothing compresses.

use std::path::Path;

use criterion::{Criterion, SamplingMode};
use dument_documents::assembly::{Part, assemble};
use dument_storage::write_atomically;
use dument_workflows::exhibits::{ExhibitEntry, add_exhibit};
use dument_workflows::words::ExhibitNature;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::company::{REDUCTION, add_customer, bill, create, day, folder, today};

const EXHIBITS: usize = 6;
/// Of each exhibit.
const PAGES: usize = if REDUCTION == 1 { 32 } else { 2 };
/// The pixels of a page, one byte each.
const SCAN: (usize, usize) = (420, 440);

pub fn dossiers(criterion: &mut Criterion) {
    let scans: Vec<Vec<u8>> = (0..EXHIBITS).map(scan).collect();
    prepare(&folder("dossier"), &scans);
    let part = |(number, bytes)| {
        let name = format!("Pièce n° {}", number + 1);
        Part { title: name.clone(), stamp: Some(name), bytes }
    };
    let parts: Vec<Part<'_>> = scans.iter().map(Vec::as_slice).enumerate().map(part).collect();
    let mut group = criterion.benchmark_group("dossier");
    group.sampling_mode(SamplingMode::Flat);
    group.bench_function("assembly", |bencher| {
        bencher.iter_with_large_drop(|| assemble("Dossier de recouvrement", &parts).unwrap());
    });
    group.finish();
}

/// Leaves a company whose dossier `dument-cli` can be asked for.
fn prepare(folder: &Path, scans: &[Vec<u8>]) {
    let mut office = create(&folder.join("Gros dossier.dument"));
    let debtor = add_customer(&mut office, 1);
    for (number, due) in ["2025-11-30", "2026-01-31", "2026-03-31"].into_iter().enumerate() {
        bill(&mut office, &debtor, number, day(due));
    }
    for (number, scan) in scans.iter().enumerate() {
        let file = folder.join(format!("piece-{number}.pdf"));
        write_atomically(&file, scan).unwrap();
        let exhibit = ExhibitEntry {
            file,
            debtor: debtor.clone(),
            invoices: Vec::new(),
            letter: None,
            nature: ExhibitNature::Delivery,
            title: format!("Bons de livraison, liasse {}", number + 1),
            dated_on: Some(day("2026-01-31")),
        };
        add_exhibit(&mut office, &exhibit, &today()).unwrap();
    }
    office.close().unwrap();
}

/// Returns a PDF whose pages each show one noisy image.
fn scan(number: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let mut noise = Noise(number as u64 + 1);
    let pages = document.new_object_id();
    let kids: Vec<Object> = (0..PAGES).map(|_| page(&mut document, pages, &mut noise).into()).collect();
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn page(document: &mut Document, pages: lopdf::ObjectId, noise: &mut Noise) -> lopdf::ObjectId {
    let (width, height) = SCAN;
    let pixels = noise.bytes(width * height);
    let image = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        "Width" => i64::try_from(width).unwrap(), "Height" => i64::try_from(height).unwrap(),
    };
    let image = document.add_object(Stream::new(image, pixels));
    let content = document.add_object(Stream::new(Dictionary::new(), b"q 595 0 0 842 0 0 cm /Scan Do Q".to_vec()));
    document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "Scan" => image } },
    })
}

/// Bytes that no compression shortens, the same at each run (xorshift).
struct Noise(u64);

impl Noise {
    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 8);
        while bytes.len() < count {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            bytes.extend_from_slice(&self.0.to_le_bytes());
        }
        bytes.truncate(count);
        bytes
    }
}
