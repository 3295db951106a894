-- application_id: Integer(1148546420)
-- user_version: Integer(1)
-- page_size: Integer(4096)
-- encoding: Text("UTF-8")

-- index sqlite_autoindex_fact_1;

-- table fact
CREATE TABLE fact (
    seq          INTEGER PRIMARY KEY CHECK (seq >= 1),
    recorded_at  TEXT NOT NULL CHECK (length(recorded_at) <= 64 AND recorded_at GLOB '????-??-??T??:??:??*'),
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    version      INTEGER NOT NULL CHECK (version >= 1),
    payload_hash BLOB NOT NULL CHECK (length(payload_hash) = 32),
    previous     BLOB NOT NULL CHECK (length(previous) = 32),
    hash         BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;

-- table payload
CREATE TABLE payload (
    seq  INTEGER PRIMARY KEY REFERENCES fact (seq),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    json TEXT NOT NULL CHECK (json_valid(json))
) STRICT;

-- trigger fact_follows_the_last
CREATE TRIGGER fact_follows_the_last BEFORE INSERT ON fact
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM fact)
  OR NEW.previous IS NOT coalesce((SELECT hash FROM fact WHERE seq = NEW.seq - 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'a fact is appended after the last one'); END;

-- trigger fact_is_never_deleted
CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'a fact is never deleted'); END;

-- trigger fact_is_never_updated
CREATE TRIGGER fact_is_never_updated BEFORE UPDATE ON fact
BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;

-- trigger payload_comes_with_its_fact
CREATE TRIGGER payload_comes_with_its_fact BEFORE INSERT ON payload
WHEN NEW.seq IS NOT (SELECT max(seq) FROM fact)
BEGIN SELECT RAISE(ABORT, 'a content is written with its fact'); END;

-- trigger payload_goes_only_by_erasure
CREATE TRIGGER payload_goes_only_by_erasure BEFORE DELETE ON payload
WHEN (SELECT kind FROM fact WHERE seq = OLD.seq) IS 'payload_erased'
  OR NOT EXISTS (
    SELECT 1 FROM fact JOIN payload USING (seq)
    WHERE fact.seq = (SELECT max(seq) FROM fact)
      AND fact.kind = 'payload_erased'
      AND json_extract(payload.json, '$.payload_erased.erased') = OLD.seq
  )
BEGIN SELECT RAISE(ABORT, 'a content goes only when the last fact erases it'); END;

-- trigger payload_is_never_updated
CREATE TRIGGER payload_is_never_updated BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'a content is never changed'); END;

-- view v_clients
CREATE VIEW v_clients AS
WITH annulation AS (
    SELECT json_extract(json, '$.fact_cancelled.fact') AS fait
    FROM fact JOIN payload USING (seq) WHERE kind = 'fact_cancelled'
), correction AS (
    SELECT json_extract(json, '$.debtor_corrected.debtor') AS client, max(seq) AS seq
    FROM fact JOIN payload USING (seq)
    WHERE kind = 'debtor_corrected' AND seq NOT IN (SELECT fait FROM annulation WHERE fait IS NOT NULL)
    GROUP BY 1
), fiche AS (
    SELECT fact.seq AS client, fact.recorded_at AS ajoute_le,
           coalesce(corrige.json -> '$.debtor_corrected.corrected', ajout.json -> '$.debtor_added') AS contenu
    FROM fact
    JOIN payload AS ajout ON ajout.seq = fact.seq
    LEFT JOIN correction ON correction.client = fact.seq
    LEFT JOIN payload AS corrige ON corrige.seq = correction.seq
    WHERE fact.kind = 'debtor_added' AND fact.seq NOT IN (SELECT fait FROM annulation WHERE fait IS NOT NULL)
)
SELECT client                              AS client,
       contenu ->> '$.party.name'          AS nom,
       contenu ->> '$.party.siren'         AS siren,
       contenu ->> '$.party.siret'         AS siret,
       contenu ->> '$.party.vat'           AS numero_tva,
       contenu ->> '$.party.email'         AS courriel,
       contenu ->> '$.party.phone'         AS telephone,
       contenu ->  '$.party.address'       AS adresse,
       contenu ->> '$.standing'            AS qualite,
       ajoute_le                           AS ajoute_le
FROM fiche
ORDER BY client;

-- view v_encaissements
CREATE VIEW v_encaissements AS
WITH annulation AS (
    SELECT json_extract(json, '$.fact_cancelled.fact') AS fait, min(seq) AS par
    FROM fact JOIN payload USING (seq) WHERE kind = 'fact_cancelled' GROUP BY 1
)
SELECT fact.seq                                    AS encaissement,
       json ->> '$.payment_received.debtor'        AS client,
       json ->> '$.payment_received.received_on'   AS recu_le,
       json ->> '$.payment_received.currency'      AS devise,
       json ->> '$.payment_received.amount'        AS montant,
       json ->> '$.payment_received.means'         AS moyen,
       json ->> '$.payment_received.reference'     AS reference,
       annulation.par                              AS annule_par,
       fact.recorded_at                            AS enregistre_le
FROM fact JOIN payload USING (seq) LEFT JOIN annulation ON annulation.fait = fact.seq
WHERE fact.kind = 'payment_received'
ORDER BY fact.seq;

-- view v_factures
CREATE VIEW v_factures AS
WITH annulation AS (
    SELECT json_extract(json, '$.fact_cancelled.fact') AS fait, min(seq) AS par
    FROM fact JOIN payload USING (seq) WHERE kind = 'fact_cancelled' GROUP BY 1
), remplacement AS (
    SELECT json_extract(json, '$.invoice_replaced.invoice') AS facture,
           json_extract(json, '$.invoice_replaced.by') AS par, max(seq) AS fait
    FROM fact JOIN payload USING (seq)
    WHERE kind = 'invoice_replaced' AND seq NOT IN (SELECT fait FROM annulation WHERE fait IS NOT NULL)
    GROUP BY 1
)
SELECT fact.seq                                    AS facture,
       json ->> '$.invoice_recorded.debtor'        AS client,
       json ->> '$.invoice_recorded.number'        AS numero,
       json ->> '$.invoice_recorded.issued_on'     AS emise_le,
       json ->> '$.invoice_recorded.currency'      AS devise,
       json ->> '$.invoice_recorded.total'         AS total,
       json ->  '$.invoice_recorded.instalments'   AS echeances,
       remplacement.par                            AS remplacee_par,
       annulation.par                              AS annulee_par,
       fact.recorded_at                            AS enregistree_le
FROM fact JOIN payload USING (seq)
LEFT JOIN annulation ON annulation.fait = fact.seq
LEFT JOIN remplacement ON remplacement.facture = fact.seq
WHERE fact.kind = 'invoice_recorded'
ORDER BY fact.seq;

-- view v_journal
CREATE VIEW v_journal AS
WITH annulation AS (
    SELECT json_extract(json, '$.fact_cancelled.fact') AS fait, min(seq) AS par
    FROM fact JOIN payload USING (seq) WHERE kind = 'fact_cancelled' GROUP BY 1
)
SELECT fact.seq                                       AS fait,
       fact.recorded_at                               AS enregistre_le,
       fact.kind                                      AS nature,
       payload.json -> ('$.' || fact.kind)            AS contenu,
       annulation.par                                 AS annule_par,
       iif(payload.seq IS NULL, 'contenu effacé', '') AS remarque,
       lower(hex(fact.hash))                          AS empreinte
FROM fact LEFT JOIN payload USING (seq) LEFT JOIN annulation ON annulation.fait = fact.seq
ORDER BY fact.seq;
