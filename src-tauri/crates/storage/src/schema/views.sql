-- Read-only views, for any SQLite tool, in ten years: what an owner would look for, in his words.
--
-- They carry no data: they are put back in place at opening when their text has changed.
-- Amounts and dates are text, exactly as recorded.

-- Everything that happened, in order.
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

-- The customers, as last corrected.
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

-- The invoices.
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

-- The payments received.
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
