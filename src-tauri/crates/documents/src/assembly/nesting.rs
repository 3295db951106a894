//! Whether the drawing of a page gives back the graphics state it was given.
//!
//! The stamp is drawn after the page, in the state the page leaves. Between `q` and `Q` that is the initial state,
//! unless the page itself has one `q` too many (our `Q` would then undo the wrong one) or one `Q` too many (which would
//! close ours early). Both exist in files that every reader shows without a word, so they are counted.

/// More than any honest page, and few enough to be written out.
const MOST: usize = 1_000;

/// What a page's drawing leaves open, or closes without having opened it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Nesting {
    unopened: usize,
    unclosed: usize,
}

impl Nesting {
    /// Returns the operators to put before the page.
    pub(super) fn opening(self) -> String {
        "q ".repeat(1 + self.unopened.min(MOST))
    }

    /// Returns the operators to put after the page.
    pub(super) fn closing(self) -> String {
        "Q ".repeat(1 + self.unclosed.min(MOST))
    }

    pub(super) fn is_balanced(self) -> bool {
        self == Self::default()
    }

    /// Counts the operators of one more stream of the page.
    pub(super) fn read(&mut self, content: &[u8]) {
        let mut rest = content;
        while let Some((token, after)) = next_token(rest) {
            rest = after;
            match token {
                b"q" => self.unclosed += 1,
                b"Q" if self.unclosed > 0 => self.unclosed -= 1,
                b"Q" => self.unopened += 1,
                b"ID" => rest = after_inline_image(rest),
                _ => {}
            }
        }
    }
}

/// Returns the next operator or number, and what follows it; strings, names and comments are passed over.
fn next_token(mut rest: &[u8]) -> Option<(&[u8], &[u8])> {
    loop {
        let (&first, after) = rest.split_first()?;
        rest = match first {
            b'%' => skip_while(after, |byte| byte != b'\r' && byte != b'\n'),
            b'(' => after_string(after),
            b'<' if after.first() == Some(&b'<') => &after[1..],
            b'<' => skip_while(after, |byte| byte != b'>'),
            b'/' => skip_while(after, is_regular),
            _ if is_regular(first) => {
                let after = skip_while(rest, is_regular);
                return Some((&rest[..rest.len() - after.len()], after));
            }
            _ => after,
        };
    }
}

fn after_string(mut rest: &[u8]) -> &[u8] {
    let mut depth = 1;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'\\' => rest = rest.get(1..).unwrap_or_default(),
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    rest
}

/// Passes over the bytes of an image up to its `EI`, standing alone between white space.
fn after_inline_image(data: &[u8]) -> &[u8] {
    let alone = |position: usize| {
        data[position].is_ascii_whitespace() && data.get(position + 3).is_none_or(u8::is_ascii_whitespace)
    };
    data.windows(3)
        .enumerate()
        .find(|(position, window)| &window[1..] == b"EI" && alone(*position))
        .map_or(&[], |(position, _)| &data[position + 3..])
}

fn skip_while(bytes: &[u8], holds: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|&byte| !holds(byte)).unwrap_or(bytes.len());
    &bytes[end..]
}

fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nesting(content: &[u8]) -> (usize, usize) {
        let mut nesting = Nesting::default();
        nesting.read(content);
        (nesting.unopened, nesting.unclosed)
    }

    #[test]
    fn operators_are_counted_wherever_they_stand() {
        assert_eq!(nesting(b"q 1 0 0 1 0 0 cm q Q Q"), (0, 0));
        assert_eq!(nesting(b"q q Q"), (0, 1));
        assert_eq!(nesting(b"Q Q q"), (2, 1));
        assert_eq!(nesting(b"[(a)]TJ q/Im Do Q"), (0, 0));
    }

    #[test]
    fn what_only_looks_like_an_operator_is_not_counted() {
        assert_eq!(nesting(b"(q \\( q (q) q) Tj <71> Tj /q gs % q q\n"), (0, 0));
        assert_eq!(nesting(b"/P <</A (q)>> BDC EMC"), (0, 0));
        assert_eq!(nesting(b"BI /W 1 ID q q EIq q EI q"), (0, 1));
    }

    #[test]
    fn truncated_content_ends_the_count() {
        for content in [&b"(q"[..], b"<71", b"/", b"%", b"BI ID qq", b"(\\", b"<"] {
            assert_eq!(nesting(content), (0, 0));
        }
    }
}
