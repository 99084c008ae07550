-- Finished versions of the client's documents, closed reviews, decisions of care, released psychotherapy notes and signed summaries are in the trail with a seal,
-- as signed notes are: what is changed or removed behind the application's back is found by the check of the trail, whoever switched the guards of the tables off.

CREATE FUNCTION trellis.client_document_seal(d trellis.client_document) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(d.practice_id, d.client_id, d.kind, d.revision, d.content, d.version, d.finished_by,
    extract(epoch FROM d.finished_at)::text)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION trellis.review_seal(r trellis.review) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(r.practice_id, r.client_id, r.id, r.plan_id, r.revision, r.state, r.content, r.version, r.saved_by,
    extract(epoch FROM r.closed_at)::text, r.led_to)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION trellis.care_decision_seal(d trellis.care_decision) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(d.practice_id, d.client_id, d.id, d.content, extract(epoch FROM d.at)::text, d.by)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION trellis.note_release_seal(r trellis.psychotherapy_note_release) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(r.practice_id, r.client_id, r.id, r.note_id, r.note_version, r.note_date, r.text, r.to_whom, r.purpose,
    r.authorized_on, extract(epoch FROM r.at)::text, r.by)::text, 'UTF8')), 'hex')
$$;
REVOKE ALL ON FUNCTION trellis.client_document_seal(trellis.client_document), trellis.review_seal(trellis.review),
  trellis.care_decision_seal(trellis.care_decision), trellis.note_release_seal(trellis.psychotherapy_note_release) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.client_document_seal(trellis.client_document), trellis.review_seal(trellis.review),
  trellis.care_decision_seal(trellis.care_decision), trellis.note_release_seal(trellis.psychotherapy_note_release) TO trellis_app;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.review EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.care_decision EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.psychotherapy_note EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.psychotherapy_note_release EXECUTE FUNCTION trellis.refuse_change();

-- What was filled in and sent is shown in its browser as long as the link lasts, and not for ever: a link's time ends for a finished one too.
CREATE OR REPLACE FUNCTION trellis.client_link_state(link trellis.client_link, browser bytea) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN link.id IS NULL THEN 'unknown'
    WHEN link.withdrawn_at IS NOT NULL THEN 'withdrawn'
    WHEN link.browser_hash <> browser AND NOT browser = ANY (link.more_browsers)
      AND NOT (link.kind IN ('safety-plan', 'relapse-plan') AND cardinality(link.more_browsers) < 9) THEN 'elsewhere'
    WHEN now() >= link.expires_at + CASE WHEN link.browser_hash = browser THEN interval '1 hour' ELSE interval '0' END THEN 'expired'
    WHEN link.finished_at IS NOT NULL THEN 'finished-here'
    ELSE 'open' END
$$;

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
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.client_document AS d
      ON d.practice_id = c.practice_id AND d.client_id = c.client_id AND d.kind = c.object AND d.revision::text = c.detail->>'revision'
    WHERE c.action = 'client-document.finish' AND c.detail ? 'seal' AND trellis.client_document_seal(d) IS DISTINCT FROM c.detail->>'seal'
    UNION ALL
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.review AS r ON r.practice_id = c.practice_id AND r.id::text = c.object
    WHERE c.action IN ('review.complete', 'review.abandon') AND c.detail ? 'seal' AND trellis.review_seal(r) IS DISTINCT FROM c.detail->>'seal'
    UNION ALL
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.care_decision AS d ON d.practice_id = c.practice_id AND d.id::text = c.object
    WHERE c.action = 'care-decision.add' AND c.detail ? 'seal' AND trellis.care_decision_seal(d) IS DISTINCT FROM c.detail->>'seal'
    UNION ALL
    SELECT c.seq, 'signature' FROM chain AS c LEFT JOIN trellis.psychotherapy_note_release AS r
      ON r.practice_id = c.practice_id AND r.id::text = c.detail->>'release'
    WHERE c.action = 'psychotherapy-note.release' AND c.detail ? 'seal' AND trellis.note_release_seal(r) IS DISTINCT FROM c.detail->>'seal'
    UNION ALL
    SELECT greatest(h.seq, 1), 'missing' FROM head AS h
    WHERE NOT EXISTS (SELECT 1 FROM chain AS c WHERE c.seq = h.seq AND c.hash = h.hash AND c.seq = (SELECT max(l.seq) FROM chain AS l))
  )
  SELECT f.seq, f.fault FROM faults AS f ORDER BY f.seq LIMIT 1
$$;
