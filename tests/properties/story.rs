//! Random ledgers: one debtor, some invoices, and everything that may happen to them.
//!
//! A gesture points at invoices by rank; what the ledger refuses is left out, as the workflows do.

use chrono::Days;
use dument_domain::conventions::{AllocationOrder, Conventions, DayBase, MissingRates, RateVariation};
use dument_domain::fact::{
    Capitalisation, CapitalisationGround, Channel, Delivery, DeliveryOutcome, EarlierPayments, Letter, LetterModel,
    Payment, Replacement, Sending, Waiver, WaiverObject,
};
use dument_domain::interest::AgreedRate;
use dument_domain::invoice::{CreditEffect, CreditNote, DueBasis, Instalment, Invoice, InvoiceNature, Trade};
use dument_domain::party::{Debtor, Handling, Party, Standing};
use dument_domain::statement::{Request, Selection, Statement};
use dument_domain::{Amount, Currency, Date, Fact, Fault, Ledger, Rate, Recorded, Seq};
use proptest::prelude::*;

use crate::support::office::day;

/// The last day on which a gesture may happen; every rate up to then is published.
pub const LAST_DAY: &str = "2026-06-30";
const FIRST_DAY: &str = "2023-01-01";

/// One thing that happens, on a day counted from the first.
#[derive(Debug, Clone)]
pub enum Gesture {
    Invoice { on: u64, due_after: u64, cents: i64, parts: i64, rate: Option<AgreedRate> },
    Payment { on: u64, cents: i64, chosen: Vec<usize> },
    CreditNote { on: u64, cents: i64, invoice: Option<usize>, effect: CreditEffect },
    Waiver { on: u64, invoice: usize, object: WaiverObject },
    Replacement { first: usize, second: usize, earlier_payments: EarlierPayments },
    Capitalisation { on: u64, invoice: usize },
    Notice { on: u64, invoice: usize },
}

/// A ledger being told what happens to its only debtor.
#[derive(Clone)]
pub struct Book {
    pub ledger: Ledger,
    pub debtor: Seq,
    pub invoices: Vec<Seq>,
    name: String,
}

impl Book {
    /// Opens a ledger for one debtor.
    pub fn open(standing: Standing, conventions: Conventions) -> Self {
        let mut book =
            Self { ledger: Ledger::default(), debtor: Seq::new(0), invoices: Vec::new(), name: "A".to_owned() };
        book.record(Fact::ConventionsChosen(conventions));
        book.add_debtor("A", standing);
        book
    }

    /// Adds a debtor, whom the next gestures concern.
    pub fn add_debtor(&mut self, name: &str, standing: Standing) {
        let party = Party { name: name.to_owned(), ..Party::default() };
        let debtor = Debtor {
            party,
            standing,
            delay_days: None,
            agreed_rate: None,
            allocation: None,
            handling: Handling::default(),
        };
        self.debtor = self.record(Fact::DebtorAdded(debtor)).unwrap();
        self.invoices = Vec::new();
        self.name = name.to_owned();
    }

    /// Records a fact unless the ledger refuses it.
    pub fn record(&mut self, fact: Fact) -> Option<Seq> {
        if self.ledger.check(&fact, day(LAST_DAY)).iter().any(Fault::is_refusal) {
            return None;
        }
        let seq = Seq::new(self.ledger.facts().len() as u64 + 1);
        self.ledger.apply(Recorded { seq, recorded_at: "2026-06-30T12:00:00Z".to_owned(), fact });
        Some(seq)
    }

    /// Lets things happen.
    pub fn tell(mut self, gestures: &[Gesture]) -> Self {
        for gesture in gestures {
            self.happen(gesture);
        }
        self
    }

    /// Lets one thing happen.
    pub fn happen(&mut self, gesture: &Gesture) {
        let (debtor, currency) = (self.debtor, Currency::EUR);
        let number = format!("{}-{}", self.name, self.ledger.facts().len());
        match gesture {
            Gesture::Invoice { on, due_after, cents, parts, rate } => {
                let invoice = issued(debtor, number, (*on, *due_after), (*cents, *parts), *rate);
                let recorded = self.record(Fact::InvoiceRecorded(invoice));
                self.invoices.extend(recorded);
            }
            Gesture::Payment { on, cents, chosen } => {
                let chosen = chosen.iter().filter_map(|rank| self.invoice(*rank)).collect();
                let (amount, received_on) = (Amount::from_cents(*cents), nth(*on));
                let payment = Payment {
                    debtor,
                    amount,
                    currency,
                    received_on,
                    means: None,
                    reference: None,
                    chosen,
                    credit: None,
                };
                self.record(Fact::PaymentReceived(payment));
            }
            Gesture::CreditNote { on, cents, invoice, effect } => {
                let invoice = invoice.and_then(|rank| self.invoice(rank));
                let (total, issued_on, effect) = (Amount::from_cents(*cents), nth(*on), *effect);
                let credit_note =
                    CreditNote { debtor, number, issued_on, currency, total, invoice, effect, original: None };
                self.record(Fact::CreditNoteRecorded(credit_note));
            }
            Gesture::Waiver { on, invoice, object } => {
                let Some(invoice) = self.invoice(*invoice) else { return };
                let (object, reason) = (object.clone(), "geste".to_owned());
                self.record(Fact::WaiverGranted(Waiver { invoice, on: nth(*on), object, reason }));
            }
            Gesture::Replacement { first, second, earlier_payments } => {
                let (Some(invoice), Some(by)) = (self.invoice(*first), self.invoice(*second)) else { return };
                let on = self.ledger.invoice(by).issued_on;
                let earlier_payments = *earlier_payments;
                self.record(Fact::InvoiceReplaced(Replacement { invoice, by, on, earlier_payments }));
            }
            Gesture::Capitalisation { on, invoice } => {
                let invoices = self.invoice(*invoice).into_iter().collect();
                let (ground, reference) = (CapitalisationGround::Clause, "CGV".to_owned());
                self.record(Fact::CapitalisationRecorded(Capitalisation {
                    invoices,
                    from: nth(*on),
                    ground,
                    reference,
                }));
            }
            Gesture::Notice { on, invoice } => {
                let Some(invoice) = self.invoice(*invoice) else { return };
                let Some(letter) = self.record(Fact::LetterIssued(notice(debtor, invoice, nth(*on)))) else { return };
                self.record(Fact::LetterSent(Sending { letter, on: nth(*on), channel: Channel::Lrar, tracking: None }));
                self.record(Fact::LetterDelivered(Delivery {
                    letter,
                    on: nth(on + 2),
                    outcome: DeliveryOutcome::Received,
                }));
            }
        }
    }

    fn invoice(&self, rank: usize) -> Option<Seq> {
        self.invoices.get(rank % self.invoices.len().max(1)).copied()
    }

    /// Draws up the décompte of everything the debtor was ever sent.
    pub fn statement(&self, as_of: Date) -> Statement {
        statement_of(&self.ledger, self.debtor, as_of)
    }
}

/// Draws up the décompte of everything a debtor was ever sent.
pub fn statement_of(ledger: &Ledger, debtor: Seq, as_of: Date) -> Statement {
    let invoices: Vec<Seq> = ledger.debtor(debtor).invoices.clone();
    let selection = Selection::Only(&invoices);
    let request = Request { debtor, currency: Currency::EUR, selection, as_of, missing_rates: MissingRates::Refuse };
    Statement::draw_up(ledger, &request).unwrap()
}

/// Writes down every figure of a décompte, without the numbers that facts happen to bear.
pub fn figures(ledger: &Ledger, statement: &Statement) -> String {
    let mut text = format!("{:?} {:?} {}\n", statement.conventions, statement.warnings, statement.per_day);
    for claim in &statement.claims {
        let number = &ledger.invoice(claim.invoice).number.trim_end_matches(|c: char| c.is_ascii_digit());
        let payments: Vec<_> = claim.payments.iter().map(|payment| (payment.received_on, payment.settled)).collect();
        let adjustments: Vec<_> = claim.adjustments.iter().map(|removed| (removed.on, removed.removed)).collect();
        let kept = (claim.principal, claim.interest, claim.indemnity, claim.remaining, claim.not_due, claim.days_late);
        text += &format!("{number} {kept:?} {:?} {:?} {payments:?} {adjustments:?}\n", claim.instalments, claim.lines);
    }
    let credits: Vec<_> = statement.credits.iter().map(|credit| (credit.on, credit.amount)).collect();
    text + &format!("{credits:?}")
}

/// Returns the day of a rank.
pub fn nth(rank: u64) -> Date {
    (day(FIRST_DAY) + Days::new(rank)).min(day(LAST_DAY))
}

fn issued(
    debtor: Seq,
    number: String,
    (on, due_after): (u64, u64),
    (cents, parts): (i64, i64),
    rate: Option<AgreedRate>,
) -> Invoice {
    let issued_on = nth(on);
    let part = |rank: i64| Instalment {
        due_on: issued_on + Days::new(due_after * u64::try_from(rank).unwrap()),
        amount: Amount::from_cents(cents / parts + if rank == 1 { cents % parts } else { 0 }),
    };
    Invoice {
        debtor,
        number,
        nature: InvoiceNature::Standard,
        issued_on,
        delivered_on: None,
        currency: Currency::EUR,
        total: Amount::from_cents(cents),
        prepaid: Amount::ZERO,
        net: None,
        taxes: Vec::new(),
        instalments: (1..=parts).map(part).collect(),
        due_basis: DueBasis::Stated,
        agreed_rate: rate,
        trade: Trade::General,
        order_reference: None,
        original: None,
    }
}

fn notice(debtor: Seq, invoice: Seq, issued_on: Date) -> Letter {
    Letter {
        debtor,
        model: LetterModel::MiseEnDemeure,
        invoices: vec![invoice],
        issued_on,
        delay_days: Some(8),
        currency: Currency::EUR,
        principal: Amount::ZERO,
        interest: Amount::ZERO,
        indemnity: Amount::ZERO,
        total: Amount::ZERO,
        pdf: "0".repeat(64),
        pages: 1,
        data: "0".repeat(64),
        version: "0".to_owned(),
        head: None,
        missing_rates: MissingRates::Refuse,
        warning: None,
        steps: Vec::new(),
        about: None,
    }
}

prop_compose! {
    /// Any rate that parties may agree on.
    pub fn agreed_rate()(kind in 0..3, percent in 0u32..2500) -> AgreedRate {
        let rate = Rate::parse(&format!("{}.{:02}", percent / 100, percent % 100)).unwrap();
        match kind {
            0 => AgreedRate::Fixed(rate),
            1 => AgreedRate::TimesLegal(percent % 6),
            _ => AgreedRate::RefiPlus(rate),
        }
    }
}

prop_compose! {
    /// Any way to count.
    pub fn conventions()(variation: bool, base: bool, order: bool) -> Conventions {
        Conventions {
            variation: if variation { RateVariation::BySemester } else { RateVariation::FixedAtStart },
            day_base: if base { DayBase::Fixed365 } else { DayBase::Actual },
            allocation: if order { AllocationOrder::InterestFirst } else { AllocationOrder::PrincipalFirst },
        }
    }
}

/// Any debtor.
pub fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![Just(Standing::Professional), Just(Standing::Consumer), Just(Standing::PublicBody)]
}

/// An invoice of one to three instalments.
pub fn invoice() -> impl Strategy<Value = Gesture> {
    (0u64..1200, 0u64..90, 100i64..2_000_000, 1i64..4, proptest::option::of(agreed_rate()))
        .prop_map(|(on, due_after, cents, parts, rate)| Gesture::Invoice { on, due_after, cents, parts, rate })
}

fn object() -> impl Strategy<Value = WaiverObject> {
    prop_oneof![
        (1i64..50_000).prop_map(|cents| WaiverObject::Interest { amount: Some(Amount::from_cents(cents)) }),
        Just(WaiverObject::Interest { amount: None }),
        Just(WaiverObject::Indemnity),
        (1i64..500_000).prop_map(|cents| WaiverObject::Principal { amount: Amount::from_cents(cents) }),
    ]
}

/// Anything that may happen.
pub fn gesture() -> impl Strategy<Value = Gesture> {
    let (on, rank) = (0u64..1270, 0usize..6);
    let effect = prop_oneof![Just(CreditEffect::FromItsDate), Just(CreditEffect::FromOrigin)];
    let earlier = prop_oneof![Just(EarlierPayments::Deducted), Just(EarlierPayments::CarriedOver)];
    prop_oneof![
        4 => invoice(),
        5 => (on.clone(), 1i64..1_500_000, proptest::collection::vec(rank.clone(), 0..3))
            .prop_map(|(on, cents, chosen)| Gesture::Payment { on, cents, chosen }),
        2 => (on.clone(), 1i64..800_000, proptest::option::of(rank.clone()), effect)
            .prop_map(|(on, cents, invoice, effect)| Gesture::CreditNote { on, cents, invoice, effect }),
        2 => (on.clone(), rank.clone(), object())
            .prop_map(|(on, invoice, object)| Gesture::Waiver { on, invoice, object }),
        3 => (rank.clone(), rank.clone(), earlier)
            .prop_map(|(first, second, earlier_payments)| Gesture::Replacement { first, second, earlier_payments }),
        1 => (on.clone(), rank.clone()).prop_map(|(on, invoice)| Gesture::Capitalisation { on, invoice }),
        1 => (on, rank).prop_map(|(on, invoice)| Gesture::Notice { on, invoice }),
    ]
}

/// Any ledger of one debtor.
pub fn book() -> impl Strategy<Value = Book> {
    (standing(), conventions(), invoice(), proptest::collection::vec(gesture(), 0..12)).prop_map(
        |(standing, conventions, first, gestures)| Book::open(standing, conventions).tell(&[first]).tell(&gestures),
    )
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.ledger.facts().iter().map(|recorded| (recorded.seq, &recorded.fact))).finish()
    }
}
