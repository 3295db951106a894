//! The only file here that asks what day it is.

use dument_workflows::Moment;
use dument_workflows::words::Date;

/// Returns the moment: the day given, or today; the instant of recording is always the true one.
#[allow(clippy::disallowed_methods, reason = "this is where the clock is read, once per command")]
pub fn moment(day: Option<Date>) -> Moment {
    let now = chrono::Local::now();
    Moment {
        today: day.unwrap_or_else(|| now.date_naive()),
        instant: now.to_rfc3339_opts(chrono::SecondsFormat::Millis, false),
    }
}
