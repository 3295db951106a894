//! Temporary: completes example data.
fn main() {
    if std::env::args().nth(1).as_deref() == Some("bench") {
        let docs = dument_documents::examples();
        for want in ["relance-amiable-professionnel", "mise-en-demeure-consommateur", "mise-en-demeure-professionnel"] {
            let d = &docs.iter().find(|d| d.0 == want).unwrap().1;
            for i in 0..(if std::env::args().len() > 2 { 300 } else { 12 }) {
                let dument_documents::Document::Letter(l) = d else { panic!() };
                let mut l = l.clone();
                l.parties.debtor.name = format!("Client {i}");
                l.reference = format!("R-{i}");
                let d = dument_documents::Document::Letter(l);
                let t = std::time::Instant::now();
                dument_documents::render(&d).unwrap();
                print!("{:?} ", t.elapsed());
            }
            println!();
            println!("{}", std::fs::read_to_string("/proc/self/status").unwrap().lines().find(|l| l.starts_with("VmRSS")).unwrap());
        }
        return;
    }
    for path in std::env::args().skip(1) {
        let d: dument_documents::Document = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap_or_else(|e| panic!("{path}: {e}"));
        let v = serde_json::to_value(&d).unwrap();
        std::fs::write(&path, serde_json::to_string_pretty(&v).unwrap() + "\n").unwrap();
    }
}
