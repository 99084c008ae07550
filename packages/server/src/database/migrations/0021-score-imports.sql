-- Scores brought in from files.

-- The lines of a file while they are checked, until all of them are taken over at once or the file is given up. Not worth a journal: after a crash the
-- table is empty, and the file is chosen again.
CREATE UNLOGGED TABLE trellis.score_import_line (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  import_id uuid NOT NULL,
  -- As in the file, from 1.
  line integer NOT NULL,
  member_id uuid NOT NULL,
  staged_at timestamptz NOT NULL DEFAULT now(),
  -- Something is wrong with it: then nothing of the file is taken over. What follows is empty.
  faulty boolean NOT NULL,
  client_id uuid,
  administration_id uuid,
  measure text,
  date date,
  total double precision,
  scoring_version text,
  content jsonb,
  PRIMARY KEY (practice_id, import_id, line),
  CHECK (faulty OR (client_id IS NOT NULL AND administration_id IS NOT NULL AND measure IS NOT NULL AND date IS NOT NULL AND scoring_version IS NOT NULL AND content IS NOT NULL))
);
ALTER TABLE trellis.score_import_line ENABLE ROW LEVEL SECURITY;
-- For whoever brings the file and nobody else.
CREATE POLICY own_file ON trellis.score_import_line TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND member_id = (SELECT trellis.current_member()));
GRANT SELECT, INSERT, UPDATE, DELETE ON trellis.score_import_line TO trellis_app;

-- Takes away what was left lying: files that were never taken over.
CREATE FUNCTION trellis.clear_forgotten_imports() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM trellis.score_import_line AS l WHERE l.practice_id = (SELECT trellis.current_practice()) AND l.staged_at < now() - interval '1 day'
$$;
REVOKE ALL ON FUNCTION trellis.clear_forgotten_imports() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.clear_forgotten_imports() TO trellis_app;

-- Appends one entry for each client in one go: the same chain as by audit.append one after the other, without bringing the head up to date each time.
CREATE FUNCTION audit.append_each(action text, clients uuid[], object text, details jsonb[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  practice uuid := nullif(current_setting('trellis.practice_id', true), '')::uuid;
  member uuid := nullif(current_setting('trellis.member_id', true), '')::uuid;
  head audit.head;
  now_at timestamptz := clock_timestamp();
BEGIN
  IF practice IS NULL THEN
    RAISE EXCEPTION 'No practice has been entered.' USING ERRCODE = 'TR002';
  END IF;
  INSERT INTO audit.head (practice_id) VALUES (practice) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit.head AS h WHERE h.practice_id = practice FOR UPDATE;
  FOR i IN 1 .. cardinality(clients) LOOP
    head.seq := head.seq + 1;
    head.hash := audit.entry_hash(head.hash, practice, head.seq, now_at, member, action, clients[i], object, details[i]);
    INSERT INTO audit.entry VALUES (practice, head.seq, now_at, member, action, clients[i], object, details[i], head.hash);
  END LOOP;
  UPDATE audit.head AS h SET seq = head.seq, hash = head.hash WHERE h.practice_id = practice;
END $$;
REVOKE ALL ON FUNCTION audit.append_each(text, uuid[], text, jsonb[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.append_each(text, uuid[], text, jsonb[]) TO trellis_app;
