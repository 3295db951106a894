//! What was said, as text.

use super::Print;
use crate::commands::exchanges::Called;

impl Print for Called {
    fn print(&self) -> String {
        let call = self.call.print();
        match &self.promise {
            Some(promise) => format!("Appel : {call}\nPromesse : {}", promise.print()),
            None => call,
        }
    }
}
