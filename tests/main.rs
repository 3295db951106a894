//! Acceptance: the product as its owner sees it, in one test binary.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod contract;
mod dunning;
mod errors;
mod golden;
mod kill;
mod law;
mod properties;
mod samples;
mod scenarios;
mod support;
