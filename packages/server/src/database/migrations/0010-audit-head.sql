-- Without its head a trail that was cut off would look whole.
CREATE OR REPLACE FUNCTION audit.first_fault() RETURNS TABLE (seq bigint, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH chain AS (
    SELECT e.*, row_number() OVER (ORDER BY e.seq) AS expected, coalesce(lag(e.hash) OVER (ORDER BY e.seq), '\x'::bytea) AS previous
    FROM audit.entry AS e WHERE e.practice_id = nullif(current_setting('trellis.practice_id', true), '')::uuid
  ), head AS (
    -- It remembers how long the chain is, so that entries cut off at its end are missed too. A practice without one has lost it: setting up began it.
    SELECT coalesce(max(h.seq), 0) AS seq, coalesce((array_agg(h.hash))[1], '\x') AS hash
    FROM audit.head AS h WHERE h.practice_id = nullif(current_setting('trellis.practice_id', true), '')::uuid
  ), faults AS (
    SELECT c.seq, CASE WHEN c.seq <> c.expected THEN 'missing' ELSE 'changed' END AS fault FROM chain AS c
    WHERE c.seq <> c.expected OR c.hash <> audit.entry_hash(c.previous, c.practice_id, c.seq, c.at, c.member_id, c.action, c.client_id, c.object, c.detail)
    UNION ALL
    SELECT greatest(h.seq, 1), 'missing' FROM head AS h
    WHERE NOT EXISTS (SELECT 1 FROM chain AS c WHERE c.seq = h.seq AND c.hash = h.hash AND c.seq = (SELECT max(l.seq) FROM chain AS l))
  )
  SELECT f.seq, f.fault FROM faults AS f ORDER BY f.seq LIMIT 1
$$;
