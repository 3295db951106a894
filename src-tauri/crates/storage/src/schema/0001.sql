-- The journal, as first released. This text is never edited: a new need is a new numbered file.
--
-- `fact` is the chain: what was recorded, in order, each row sealed to the one before.
-- `payload` is the content, apart, so that a person's data can be erased without breaking the chain: only its salted
-- hash stays behind.

CREATE TABLE fact (
    seq          INTEGER PRIMARY KEY CHECK (seq >= 1),
    recorded_at  TEXT NOT NULL CHECK (length(recorded_at) <= 64 AND recorded_at GLOB '????-??-??T??:??:??*'),
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    version      INTEGER NOT NULL CHECK (version >= 1),
    payload_hash BLOB NOT NULL CHECK (length(payload_hash) = 32),
    previous     BLOB NOT NULL CHECK (length(previous) = 32),
    hash         BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE payload (
    seq  INTEGER PRIMARY KEY REFERENCES fact (seq),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    json TEXT NOT NULL CHECK (json_valid(json))
) STRICT;

-- The chain grows by one link at its end; nothing else ever happens to it.
CREATE TRIGGER fact_follows_the_last BEFORE INSERT ON fact
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM fact)
  OR NEW.previous IS NOT coalesce((SELECT hash FROM fact WHERE seq = NEW.seq - 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'a fact is appended after the last one'); END;

CREATE TRIGGER fact_is_never_updated BEFORE UPDATE ON fact
BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;

CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'a fact is never deleted'); END;

-- A content comes with its fact, is never changed, and goes only when the last fact says so.
CREATE TRIGGER payload_comes_with_its_fact BEFORE INSERT ON payload
WHEN NEW.seq IS NOT (SELECT max(seq) FROM fact)
BEGIN SELECT RAISE(ABORT, 'a content is written with its fact'); END;

CREATE TRIGGER payload_is_never_updated BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'a content is never changed'); END;

CREATE TRIGGER payload_goes_only_by_erasure BEFORE DELETE ON payload
WHEN (SELECT kind FROM fact WHERE seq = OLD.seq) IS 'payload_erased'
  OR NOT EXISTS (
    SELECT 1 FROM fact JOIN payload USING (seq)
    WHERE fact.seq = (SELECT max(seq) FROM fact)
      AND fact.kind = 'payload_erased'
      AND json_extract(payload.json, '$.payload_erased.erased') = OLD.seq
  )
BEGIN SELECT RAISE(ABORT, 'a content goes only when the last fact erases it'); END;
