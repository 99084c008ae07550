-- The plan as it is lived: appointments and what a payer authorized, progress notes and private psychotherapy notes, homework, structured courses, reviews,
-- what was decided when treatment did not work, documents that belong to the client, episodes of care, and private links to homework and the like.

-- Within how many hours after a session its note is to be signed.
ALTER TABLE trellis.practice ADD COLUMN note_hours integer NOT NULL DEFAULT 72 CHECK (note_hours BETWEEN 1 AND 720);
GRANT UPDATE (note_hours) ON trellis.practice TO trellis_app;

-- Appointments: date and time are those of the practice's clock. A session with the same id says whether it took place.
CREATE TABLE trellis.appointment (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  date date NOT NULL,
  start_time time NOT NULL,
  clinician_id uuid NOT NULL,
  series_id uuid,
  -- Common to the appointments of all clients of one group session.
  group_id uuid,
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX appointment_by_client ON trellis.appointment (practice_id, client_id, date);
CREATE INDEX appointment_by_day ON trellis.appointment (practice_id, clinician_id, date) WHERE removed_at IS NULL;

-- Start and stop times, units, the reason why it did not take place.
ALTER TABLE trellis.session ADD COLUMN content jsonb NOT NULL DEFAULT '{}';

-- A clinician's own calendar as a private address that calendar programs read. The token itself is kept nowhere.
CREATE TABLE trellis.calendar_feed (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  -- How clients are named in it.
  naming text NOT NULL DEFAULT 'initials' CHECK (naming IN ('initials', 'nothing', 'record-number')),
  created_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  PRIMARY KEY (practice_id, id)
);
CREATE INDEX calendar_feed_by_member ON trellis.calendar_feed (practice_id, member_id);

-- Notes that belong to the record: progress notes, discharge and transfer summaries. Once signed they never change; what comes later is an addendum.
CREATE TABLE trellis.note (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('progress', 'discharge', 'transfer')),
  session_id uuid,
  date date NOT NULL,
  author_id uuid NOT NULL,
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  -- The exact text that was signed, its SHA-256, and who signed it.
  canonical text,
  hash text,
  signed_at timestamptz,
  signed_by uuid,
  signed_name text,
  signed_credentials text,
  -- A draft that was thrown away, with its reason.
  removed_at timestamptz,
  removed_reason text,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id),
  CHECK ((signed_at IS NULL) = (canonical IS NULL) AND (signed_at IS NULL) = (hash IS NULL) AND (signed_at IS NULL) = (signed_by IS NULL)
    AND (signed_at IS NULL) = (signed_name IS NULL)),
  CHECK (signed_at IS NULL OR removed_at IS NULL)
);
CREATE INDEX note_by_client ON trellis.note (practice_id, client_id, date);
CREATE INDEX note_unsigned ON trellis.note (practice_id, author_id) WHERE signed_at IS NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX note_one_for_a_session ON trellis.note (practice_id, session_id) WHERE session_id IS NOT NULL AND kind = 'progress' AND removed_at IS NULL;

CREATE TABLE trellis.note_addendum (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  note_id uuid NOT NULL,
  text text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL,
  name text NOT NULL,
  credentials text NOT NULL DEFAULT '',
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, note_id) REFERENCES trellis.note (practice_id, id)
);
CREATE INDEX note_addendum_by_note ON trellis.note_addendum (practice_id, note_id);

-- Psychotherapy notes (45 CFR 164.501): what a clinician writes down for the own thinking, apart from the record. Nobody else reads them, an owner or supervisor neither.
CREATE TABLE trellis.psychotherapy_note (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  author_id uuid NOT NULL,
  session_id uuid,
  date date NOT NULL,
  text text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  saved_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX psychotherapy_note_by_client ON trellis.psychotherapy_note (practice_id, client_id, author_id, date);

-- One note released, on an authorization of the client's for that note (45 CFR 164.508(a)(2)).
CREATE TABLE trellis.psychotherapy_note_release (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  note_id uuid NOT NULL,
  note_version integer NOT NULL,
  to_whom text NOT NULL,
  purpose text NOT NULL,
  authorized_on date NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, note_id) REFERENCES trellis.psychotherapy_note (practice_id, id)
);

-- A plan's review; one at a time for each plan.
CREATE TABLE trellis.review (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  plan_id uuid NOT NULL,
  revision integer NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'abandoned')),
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by uuid NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  closed_at timestamptz,
  -- The revision that came of it.
  led_to integer,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, plan_id) REFERENCES trellis.plan (practice_id, id),
  CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX review_by_client ON trellis.review (practice_id, client_id, created_at);
CREATE UNIQUE INDEX review_one_open ON trellis.review (practice_id, plan_id) WHERE state = 'open';

-- What was considered and chosen when treatment did not work. Added to, never changed.
CREATE TABLE trellis.care_decision (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  content jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  by uuid NOT NULL,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX care_decision_by_client ON trellis.care_decision (practice_id, client_id, at);

-- Documents that belong to the client, in versions: the newest may still be worked on, a finished one never changes.
CREATE TABLE trellis.client_document (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('safety-plan', 'relapse-plan')),
  revision integer NOT NULL,
  content jsonb NOT NULL,
  -- Counts the savings of a version that is worked on.
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  finished_at timestamptz,
  finished_by uuid,
  PRIMARY KEY (practice_id, client_id, kind, revision),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id),
  CHECK ((finished_at IS NULL) = (finished_by IS NULL))
);

-- Times of treatment. A client without a row is in the first one.
CREATE TABLE trellis.episode (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  opened_on date NOT NULL,
  ended_on date,
  content jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  PRIMARY KEY (practice_id, id),
  UNIQUE (practice_id, client_id, number),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX episode_by_client ON trellis.episode (practice_id, client_id, number);

-- A private link by which a client without an account sees or fills in one thing. The token itself is kept nowhere.
CREATE TABLE trellis.client_link (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('homework', 'review', 'safety-plan', 'relapse-plan')),
  -- The homework or review; nothing for a document, of which the newest finished version is shown.
  subject_id uuid,
  token_hash bytea NOT NULL UNIQUE,
  -- What the page shows: never who the client is.
  shown jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  -- The browser that opened it first; no other can go on with it.
  browser_hash bytea,
  opened_at timestamptz,
  answers jsonb,
  -- Grows with every saving; what was sent earlier and arrives later changes nothing.
  seq bigint NOT NULL DEFAULT 0,
  saved_at timestamptz,
  -- The client says: that is all.
  finished_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX client_link_by_client ON trellis.client_link (practice_id, client_id, created_at);
CREATE INDEX client_link_by_subject ON trellis.client_link (practice_id, subject_id);

DO $$
DECLARE
  name text;
BEGIN
  -- Things that hang on a client or on the plan, each as one value with a version.
  FOREACH name IN ARRAY ARRAY['session_series', 'payer_authorization', 'homework', 'outline_course'] LOOP
    EXECUTE format('CREATE TABLE trellis.%I (
      practice_id uuid NOT NULL,
      client_id uuid NOT NULL,
      id uuid NOT NULL,
      content jsonb NOT NULL,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      created_by uuid NOT NULL,
      saved_at timestamptz NOT NULL DEFAULT now(),
      saved_by uuid NOT NULL,
      removed_at timestamptz,
      PRIMARY KEY (practice_id, id),
      FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id))', name);
    EXECUTE format('CREATE INDEX %I ON trellis.%I (practice_id, client_id, created_at)', name || '_by_client', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON trellis.%I TO trellis_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['appointment', 'note', 'note_addendum', 'review', 'care_decision', 'client_document', 'episode', 'client_link',
    'session_series', 'payer_authorization', 'homework', 'outline_course'] LOOP
    EXECUTE format('ALTER TABLE trellis.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_charts ON trellis.%I TO trellis_app
      USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) = ''all'' OR trellis.sees_chart(client_id)))', name);
  END LOOP;
  -- Psychotherapy notes: their author alone, and only while the client is in the author's care.
  FOREACH name IN ARRAY ARRAY['psychotherapy_note', 'psychotherapy_note_release'] LOOP
    EXECUTE format('ALTER TABLE trellis.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY author_alone ON trellis.%I TO trellis_app
      USING (practice_id = (SELECT trellis.current_practice()) AND %I = (SELECT trellis.current_member()) AND trellis.sees_chart(client_id))', name,
      CASE name WHEN 'psychotherapy_note' THEN 'author_id' ELSE 'by' END);
  END LOOP;
END $$;
ALTER TABLE trellis.calendar_feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_feed ON trellis.calendar_feed TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND member_id = (SELECT trellis.current_member()));

GRANT SELECT, INSERT, UPDATE ON trellis.appointment, trellis.note, trellis.psychotherapy_note, trellis.review, trellis.client_document, trellis.episode,
  trellis.client_link, trellis.calendar_feed TO trellis_app;
GRANT SELECT, INSERT ON trellis.note_addendum, trellis.psychotherapy_note_release, trellis.care_decision TO trellis_app;

-- A signed note is never changed or deleted, and neither is a finished document, a closed review or what was added to them.
CREATE FUNCTION trellis.keep_finished() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  finished boolean;
BEGIN
  finished := CASE TG_TABLE_NAME
    WHEN 'note' THEN (to_jsonb(OLD) ->> 'signed_at') IS NOT NULL
    WHEN 'client_document' THEN (to_jsonb(OLD) ->> 'finished_at') IS NOT NULL
    ELSE (to_jsonb(OLD) ->> 'closed_at') IS NOT NULL END;
  IF TG_OP = 'DELETE' OR finished THEN
    RAISE EXCEPTION 'What is signed or finished is never changed or deleted (%.%).', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'TR001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signed_for_good BEFORE UPDATE OR DELETE ON trellis.note FOR EACH ROW EXECUTE FUNCTION trellis.keep_finished();
CREATE TRIGGER finished_for_good BEFORE UPDATE OR DELETE ON trellis.client_document FOR EACH ROW EXECUTE FUNCTION trellis.keep_finished();
CREATE TRIGGER closed_for_good BEFORE UPDATE OR DELETE ON trellis.review FOR EACH ROW EXECUTE FUNCTION trellis.keep_finished();
CREATE TRIGGER kept_for_good BEFORE UPDATE OR DELETE ON trellis.note_addendum FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER kept_for_good BEFORE UPDATE OR DELETE ON trellis.care_decision FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER kept_for_good BEFORE UPDATE OR DELETE ON trellis.psychotherapy_note_release FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.note EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.client_document EXECUTE FUNCTION trellis.refuse_change();

-- What this link is to this browser, in the words of `answer_link_state`; who has begun in time may finish within the hour.
CREATE FUNCTION trellis.client_link_state(link trellis.client_link, browser bytea) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN link.id IS NULL THEN 'unknown'
    WHEN link.withdrawn_at IS NOT NULL THEN 'withdrawn'
    WHEN link.browser_hash <> browser THEN 'elsewhere'
    WHEN link.finished_at IS NOT NULL THEN 'finished-here'
    WHEN now() >= link.expires_at + CASE WHEN link.browser_hash = browser THEN interval '1 hour' ELSE interval '0' END THEN 'expired'
    ELSE 'open' END
$$;

-- Opens a link and hands out what its page shows. The first browser keeps it.
CREATE FUNCTION trellis.open_client_link(token bytea, browser bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  link trellis.client_link;
  state text;
BEGIN
  SELECT * INTO link FROM trellis.client_link AS l WHERE l.token_hash = token FOR UPDATE;
  state := trellis.client_link_state(link, browser);
  IF browser IS NULL OR state NOT IN ('open', 'finished-here') THEN
    RETURN jsonb_build_object('state', state);
  END IF;
  IF link.browser_hash IS NULL THEN
    UPDATE trellis.client_link AS l SET browser_hash = browser, opened_at = now() WHERE l.practice_id = link.practice_id AND l.id = link.id;
    PERFORM trellis.record_by_client_link(link, 'client-link.open');
  END IF;
  RETURN (SELECT jsonb_build_object('state', state, 'shown', link.shown, 'answers', link.answers, 'seq', link.seq,
      'country', p.country, 'crisis', p.crisis, 'timeZone', p.time_zone)
    FROM trellis.practice AS p WHERE p.id = link.practice_id);
END $$;

-- Appends to the trail of the link's practice, in nobody's name, and leaves the practice again.
CREATE FUNCTION trellis.record_by_client_link(link trellis.client_link, action text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('trellis.practice_id', link.practice_id::text, true), set_config('trellis.member_id', '', true);
  PERFORM audit.append(action, link.client_id, link.id::text, jsonb_build_object('kind', link.kind));
  PERFORM set_config('trellis.practice_id', '', true);
END $$;

-- Keeps what the client has filled in, and with `finish` that it is all. The server has checked it against the link's kind. What arrives out of order changes nothing.
CREATE FUNCTION trellis.save_client_link(token bytea, browser bytea, seq bigint, answers jsonb, finish boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  link trellis.client_link;
  state text;
BEGIN
  SELECT * INTO link FROM trellis.client_link AS l WHERE l.token_hash = token FOR UPDATE;
  state := trellis.client_link_state(link, browser);
  IF state <> 'open' OR link.browser_hash IS DISTINCT FROM browser OR link.kind NOT IN ('homework', 'review') THEN RETURN state; END IF;
  UPDATE trellis.client_link AS l
    SET answers = CASE WHEN save_client_link.seq > l.seq THEN save_client_link.answers ELSE l.answers END,
        seq = greatest(l.seq, save_client_link.seq), saved_at = now(), finished_at = CASE WHEN finish THEN now() END
    WHERE l.practice_id = link.practice_id AND l.id = link.id;
  IF finish THEN PERFORM trellis.record_by_client_link(link, 'client-link.finish'); END IF;
  RETURN state;
END $$;
REVOKE ALL ON FUNCTION trellis.client_link_state(trellis.client_link, bytea), trellis.record_by_client_link(trellis.client_link, text),
  trellis.open_client_link(bytea, bytea), trellis.save_client_link(bytea, bytea, bigint, jsonb, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.open_client_link(bytea, bytea), trellis.save_client_link(bytea, bytea, bigint, jsonb, boolean) TO trellis_app;

-- Why each item of a revision differs from the one before; drafts get the empty list that new ones begin with.
UPDATE trellis.plan_draft SET content = content || '{"changeReasons": []}' WHERE NOT content ? 'changeReasons';

CREATE OR REPLACE FUNCTION trellis.session(hashed_token text, touch boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held record;
BEGIN
  SELECT s."id", s.last_used_at, p.idle_minutes, jsonb_build_object(
      'member', jsonb_build_object('id', m.id, 'name', m.name, 'email', m.email, 'credentials', m.credentials, 'npi', m.npi,
        'roles', to_jsonb(m.roles), 'supervisorId', m.supervisor_id, 'secondFactor', coalesce(u."twoFactorEnabled", false)),
      'practice', jsonb_build_object('id', p.id, 'name', p.name, 'address', p.address, 'timeZone', p.time_zone, 'country', p.country,
        'idleMinutes', p.idle_minutes, 'coSignature', p.co_signature, 'reviewWeeks', p.review_weeks, 'noteHours', p.note_hours, 'profile', p.profile,
        'crisis', p.crisis, 'isDemo', p.is_demo, 'version', p.version)) AS answer
    INTO held
    FROM auth."session" AS s
      JOIN auth."user" AS u ON u."id" = s."userId"
      JOIN trellis.member AS m ON m.id = s."userId"::uuid AND m.active
      JOIN trellis.practice AS p ON p.id = m.practice_id
    WHERE s."token" = hashed_token AND s."expiresAt" > now();
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF held.last_used_at < now() - make_interval(mins => held.idle_minutes) THEN
    DELETE FROM auth."session" AS s WHERE s."id" = held."id";
    RETURN NULL;
  END IF;
  -- Written at most every twenty seconds, so that reading stays reading.
  IF touch AND held.last_used_at < now() - interval '20 seconds' THEN
    UPDATE auth."session" AS s SET last_used_at = now() WHERE s."id" = held."id";
  END IF;
  RETURN held.answer;
END $$;
