-- The trail keeps what was signed, how and when: a signature or a signed revision that was changed or removed behind the application's back is found
-- by the check of the trail, whoever switched the guards of the tables off.
CREATE FUNCTION trellis.signature_hash(s trellis.signature) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(s.practice_id, s.id, s.plan_id, s.client_id, s.revision, s.role, s.outcome, s.member_id, s.name,
    s.credentials, s.statement, s.reason, s.method, s.drawing, s.hash, extract(epoch FROM s.at)::text)::text, 'UTF8')), 'hex')
$$;
GRANT EXECUTE ON FUNCTION trellis.signature_hash(trellis.signature) TO trellis_app;

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
    -- Entries from before signatures stood in the trail name none. Ids are compared as text, so that nothing that was put there breaks the check itself.
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.signature AS s ON s.practice_id = c.practice_id AND s.id::text = c.detail->>'signature'
    WHERE c.action IN ('plan.sign', 'plan.not-signed') AND c.detail ? 'signature' AND trellis.signature_hash(s) IS DISTINCT FROM c.detail->>'signatureHash'
    UNION ALL
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.plan_revision AS r
      ON r.practice_id = c.practice_id AND r.plan_id::text = c.object AND r.revision::text = c.detail->>'revision'
    WHERE c.action = 'plan.complete' AND encode(sha256(convert_to(r.canonical, 'UTF8')), 'hex') IS DISTINCT FROM c.detail->>'hash'
    UNION ALL
    SELECT greatest(h.seq, 1), 'missing' FROM head AS h
    WHERE NOT EXISTS (SELECT 1 FROM chain AS c WHERE c.seq = h.seq AND c.hash = h.hash AND c.seq = (SELECT max(l.seq) FROM chain AS l))
  )
  SELECT f.seq, f.fault FROM faults AS f ORDER BY f.seq LIMIT 1
$$;
