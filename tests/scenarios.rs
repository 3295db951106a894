//! Stories in calendar order: what an owner lives through, from an invoice to the dossier he hands over.

mod consumer;
mod exchanges;
mod exhibits_in_trouble;
mod policies;
mod public_body;
mod rate_change;
mod reckoning;
mod three_invoices;
