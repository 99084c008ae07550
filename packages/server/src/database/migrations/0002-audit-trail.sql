-- The audit trail: one chain of entries for each practice. Each entry's hash covers its content and the hash before it,
-- so that a changed, missing or reordered entry breaks the chain. The application can only append.
CREATE TABLE audit.head (
  practice_id uuid PRIMARY KEY REFERENCES trellis.practice (id),
  seq bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT '\x'
);

CREATE TABLE audit.entry (
  practice_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  -- The member who acted; empty for the system itself.
  member_id uuid,
  action text NOT NULL,
  client_id uuid,
  object text NOT NULL DEFAULT '',
  -- Codes and counts only: what a chart says is not repeated here.
  detail jsonb NOT NULL DEFAULT '{}',
  hash bytea NOT NULL,
  PRIMARY KEY (practice_id, seq)
);
CREATE INDEX entry_by_client ON audit.entry (practice_id, client_id, seq);

CREATE FUNCTION audit.entry_hash(previous bytea, practice_id uuid, seq bigint, at timestamptz, member_id uuid, action text, client_id uuid, object text, detail jsonb)
RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(previous || convert_to(jsonb_build_array(practice_id, seq, extract(epoch FROM at)::text, member_id, action, client_id, object, detail)::text, 'UTF8'))
$$;

-- Appends in the caller's transaction: what is recorded and its record stand or fall together.
CREATE FUNCTION audit.append(action text, client_id uuid, object text, detail jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  practice uuid := nullif(current_setting('trellis.practice_id', true), '')::uuid;
  member uuid := nullif(current_setting('trellis.member_id', true), '')::uuid;
  head audit.head;
  now_at timestamptz := clock_timestamp();
  new_hash bytea;
BEGIN
  IF practice IS NULL THEN
    RAISE EXCEPTION 'No practice has been entered.' USING ERRCODE = 'TR002';
  END IF;
  INSERT INTO audit.head (practice_id) VALUES (practice) ON CONFLICT DO NOTHING;
  -- The lock on the head puts entries of a practice in one order.
  SELECT * INTO head FROM audit.head AS h WHERE h.practice_id = practice FOR UPDATE;
  new_hash := audit.entry_hash(head.hash, practice, head.seq + 1, now_at, member, action, client_id, object, detail);
  INSERT INTO audit.entry VALUES (practice, head.seq + 1, now_at, member, action, client_id, object, detail, new_hash);
  UPDATE audit.head AS h SET seq = head.seq + 1, hash = new_hash WHERE h.practice_id = practice;
END $$;
REVOKE ALL ON FUNCTION audit.append(text, uuid, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.append(text, uuid, text, jsonb) TO trellis_app;
GRANT EXECUTE ON FUNCTION audit.entry_hash(bytea, uuid, bigint, timestamptz, uuid, text, uuid, text, jsonb) TO trellis_app;

-- The first entry of the current practice that does not follow from the one before, or that is missing; no row when the chain is whole.
CREATE FUNCTION audit.first_fault() RETURNS TABLE (seq bigint, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH chain AS (
    SELECT e.*, row_number() OVER (ORDER BY e.seq) AS expected, coalesce(lag(e.hash) OVER (ORDER BY e.seq), '\x'::bytea) AS previous
    FROM audit.entry AS e WHERE e.practice_id = nullif(current_setting('trellis.practice_id', true), '')::uuid
  ), faults AS (
    SELECT c.seq, CASE WHEN c.seq <> c.expected THEN 'missing' ELSE 'changed' END AS fault FROM chain AS c
    WHERE c.seq <> c.expected OR c.hash <> audit.entry_hash(c.previous, c.practice_id, c.seq, c.at, c.member_id, c.action, c.client_id, c.object, c.detail)
    UNION ALL
    -- The head remembers how long the chain is, so that entries cut off at its end are missed too.
    SELECT h.seq, 'missing' FROM audit.head AS h
    WHERE h.practice_id = nullif(current_setting('trellis.practice_id', true), '')::uuid AND h.seq > 0
      AND NOT EXISTS (SELECT 1 FROM chain AS c WHERE c.seq = h.seq AND c.hash = h.hash AND c.seq = (SELECT max(l.seq) FROM chain AS l))
  )
  SELECT f.seq, f.fault FROM faults AS f ORDER BY f.seq LIMIT 1
$$;
REVOKE ALL ON FUNCTION audit.first_fault() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.first_fault() TO trellis_app;

ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY;
-- The whole trail is for the owner; the trail of one chart for whoever sees that chart.
CREATE POLICY own_trail ON audit.entry FOR SELECT TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) = 'all' OR (client_id IS NOT NULL AND trellis.sees_chart(client_id))));
ALTER TABLE audit.head ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON audit.entry TO trellis_app;

CREATE TRIGGER appended_for_good BEFORE UPDATE OR DELETE ON audit.entry FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit.entry EXECUTE FUNCTION trellis.refuse_change();
