-- Notes: who signs what and when is decided here too, and the trail keeps what was signed, so that a signed note or an addendum that was changed or removed
-- behind the application's back is found by the check of the trail, whoever switched the guards of the tables off.

-- What of a psychotherapy note was handed over stays as it was, however the note goes on.
ALTER TABLE trellis.psychotherapy_note_release ADD COLUMN note_date date NOT NULL, ADD COLUMN text text NOT NULL;

-- The time of an addendum or a release is the server's: nobody gives another, the application neither.
REVOKE INSERT ON trellis.note_addendum, trellis.psychotherapy_note_release FROM trellis_app;
GRANT INSERT (practice_id, client_id, id, note_id, text, by, name, credentials) ON trellis.note_addendum TO trellis_app;
GRANT INSERT (practice_id, client_id, id, note_id, note_version, note_date, text, to_whom, purpose, authorized_on, by) ON trellis.psychotherapy_note_release TO trellis_app;
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.note_addendum EXECUTE FUNCTION trellis.refuse_change();

-- A note stays the note of its client and kind. The author of a progress note stays too, and nobody else signs it; the time of a signature is the server's,
-- and the hash is that of the text.
CREATE FUNCTION trellis.keep_note() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.practice_id, NEW.client_id, NEW.id, NEW.kind, NEW.created_at) IS DISTINCT FROM (OLD.practice_id, OLD.client_id, OLD.id, OLD.kind, OLD.created_at)
      OR (NEW.kind = 'progress' AND NEW.author_id <> OLD.author_id) THEN
      RAISE EXCEPTION 'A note stays the note of its client and author.' USING ERRCODE = 'TR001';
    END IF;
    IF OLD.removed_at IS NOT NULL THEN
      RAISE EXCEPTION 'A draft that was thrown away is not taken up again.' USING ERRCODE = 'TR001';
    END IF;
  END IF;
  IF NEW.signed_at IS NOT NULL THEN
    IF NEW.kind = 'progress' AND NEW.signed_by <> NEW.author_id THEN
      RAISE EXCEPTION 'A progress note is signed by its author.' USING ERRCODE = 'TR001';
    END IF;
    IF encode(sha256(convert_to(NEW.canonical, 'UTF8')), 'hex') <> NEW.hash THEN
      RAISE EXCEPTION 'The hash is not that of the text that is signed.' USING ERRCODE = 'TR001';
    END IF;
    NEW.signed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kept_with_author BEFORE INSERT OR UPDATE ON trellis.note FOR EACH ROW EXECUTE FUNCTION trellis.keep_note();

-- Only to what is signed is something added; before, the draft itself is changed.
CREATE FUNCTION trellis.add_to_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM trellis.note AS n WHERE n.practice_id = NEW.practice_id AND n.client_id = NEW.client_id AND n.id = NEW.note_id AND n.signed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'Only to a signed note of this client something is added.' USING ERRCODE = 'TR001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER to_signed_only BEFORE INSERT ON trellis.note_addendum FOR EACH ROW EXECUTE FUNCTION trellis.add_to_signed();

-- A psychotherapy note never changes hands, and one that was thrown away stays so.
CREATE FUNCTION trellis.keep_psychotherapy_note() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.removed_at IS NOT NULL
    OR (NEW.practice_id, NEW.client_id, NEW.id, NEW.author_id, NEW.created_at) IS DISTINCT FROM (OLD.practice_id, OLD.client_id, OLD.id, OLD.author_id, OLD.created_at) THEN
    RAISE EXCEPTION 'A psychotherapy note stays with its author, and is not taken up again.' USING ERRCODE = 'TR001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kept_with_author BEFORE UPDATE OR DELETE ON trellis.psychotherapy_note FOR EACH ROW EXECUTE FUNCTION trellis.keep_psychotherapy_note();

CREATE FUNCTION trellis.note_seal(n trellis.note) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(n.practice_id, n.client_id, n.id, n.kind, n.session_id, n.date, n.author_id, n.content, n.canonical, n.hash,
    extract(epoch FROM n.signed_at)::text, n.signed_by, n.signed_name, n.signed_credentials)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION trellis.note_addendum_seal(a trellis.note_addendum) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(a.practice_id, a.client_id, a.id, a.note_id, a.text, extract(epoch FROM a.at)::text, a.by, a.name,
    a.credentials)::text, 'UTF8')), 'hex')
$$;
REVOKE ALL ON FUNCTION trellis.note_seal(trellis.note), trellis.note_addendum_seal(trellis.note_addendum) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.note_seal(trellis.note), trellis.note_addendum_seal(trellis.note_addendum) TO trellis_app;

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
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.note AS n ON n.practice_id = c.practice_id AND n.id::text = c.object
    WHERE c.action = 'note.sign' AND ((c.detail ? 'hash' AND encode(sha256(convert_to(n.canonical, 'UTF8')), 'hex') IS DISTINCT FROM c.detail->>'hash')
      OR (c.detail ? 'seal' AND trellis.note_seal(n) IS DISTINCT FROM c.detail->>'seal'))
    UNION ALL
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.note_addendum AS a ON a.practice_id = c.practice_id AND a.id::text = c.detail->>'addendum'
    WHERE c.action = 'note.addendum' AND c.detail ? 'seal' AND trellis.note_addendum_seal(a) IS DISTINCT FROM c.detail->>'seal'
    UNION ALL
    SELECT greatest(h.seq, 1), 'missing' FROM head AS h
    WHERE NOT EXISTS (SELECT 1 FROM chain AS c WHERE c.seq = h.seq AND c.hash = h.hash AND c.seq = (SELECT max(l.seq) FROM chain AS l))
  )
  SELECT f.seq, f.fault FROM faults AS f ORDER BY f.seq LIMIT 1
$$;
