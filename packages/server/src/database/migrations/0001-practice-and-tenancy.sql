-- The house and its locks. Every table of a practice is keyed (practice_id, id) and guarded by row-level security:
-- without `trellis.enter` nothing is visible to the application's role, whatever the query says.
CREATE SCHEMA trellis;
CREATE SCHEMA auth;
CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA trellis, audit TO trellis_app;
GRANT USAGE ON SCHEMA auth TO trellis_auth;

CREATE TABLE trellis.practice (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  address text NOT NULL DEFAULT '',
  time_zone text NOT NULL DEFAULT 'UTC',
  country text NOT NULL DEFAULT 'US',
  idle_minutes integer NOT NULL DEFAULT 15 CHECK (idle_minutes BETWEEN 1 AND 480),
  co_signature text NOT NULL DEFAULT 'when-supervised' CHECK (co_signature IN ('never', 'always', 'when-supervised')),
  review_weeks integer NOT NULL DEFAULT 5 CHECK (review_weeks BETWEEN 4 AND 6),
  profile jsonb NOT NULL DEFAULT '{}',
  is_demo boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- One member is one person who signs in: `id` is the user's id in the sign-in tables.
CREATE TABLE trellis.member (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id uuid NOT NULL UNIQUE,
  name text NOT NULL,
  email text NOT NULL,
  credentials text NOT NULL DEFAULT '',
  npi text NOT NULL DEFAULT '',
  roles text[] NOT NULL CHECK (roles <@ ARRAY['owner', 'clinician', 'supervisor', 'front-desk'] AND cardinality(roles) > 0),
  supervisor_id uuid,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, supervisor_id) REFERENCES trellis.member (practice_id, id)
);
CREATE INDEX member_supervisor ON trellis.member (practice_id, supervisor_id);

-- Only a hash of the link's token is kept: who reads the table cannot use an invitation.
CREATE TABLE trellis.invitation (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  name text NOT NULL,
  roles text[] NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (practice_id, id)
);

CREATE TABLE trellis.client (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id uuid NOT NULL,
  -- A client to try things on: marked everywhere, counted nowhere.
  is_practice_client boolean NOT NULL DEFAULT false,
  record jsonb NOT NULL,
  -- Names and record number in lower case, for the list's order and its search.
  sort_name text NOT NULL,
  search_text text NOT NULL,
  search_words tsvector NOT NULL GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))) STORED,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (practice_id, id)
);
CREATE INDEX client_by_name ON trellis.client (practice_id, sort_name, id);
CREATE INDEX client_by_word ON trellis.client USING gin (search_words);

CREATE TABLE trellis.care_team (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  member_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('primary', 'member', 'emergency')),
  -- Emergency access ends by itself.
  until timestamptz,
  reason text NOT NULL DEFAULT '',
  added_at timestamptz NOT NULL DEFAULT now(),
  added_by uuid NOT NULL,
  PRIMARY KEY (practice_id, client_id, member_id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id),
  FOREIGN KEY (practice_id, member_id) REFERENCES trellis.member (practice_id, id)
);
CREATE INDEX care_team_by_member ON trellis.care_team (practice_id, member_id, client_id);

CREATE TABLE trellis.intake_section (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  section text NOT NULL,
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  PRIMARY KEY (practice_id, client_id, section),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);

CREATE TABLE trellis.diagnosis (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX diagnosis_by_client ON trellis.diagnosis (practice_id, client_id);

CREATE TABLE trellis.administration (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  measure text NOT NULL,
  date date NOT NULL,
  content jsonb NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  entered_by uuid NOT NULL,
  error_reason text,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX administration_by_client ON trellis.administration (practice_id, client_id, date);

CREATE TABLE trellis.plan (
  practice_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX plan_by_client ON trellis.plan (practice_id, client_id);

-- The draft that is being worked on, at most one for a plan.
CREATE TABLE trellis.plan_draft (
  practice_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  client_id uuid NOT NULL,
  revision integer NOT NULL,
  content jsonb NOT NULL,
  seq integer NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'signing', 'awaiting-co-signature')),
  -- While it is being signed: the exact text that the signatures refer to, and its SHA-256.
  canonical text,
  hash text,
  notes jsonb NOT NULL DEFAULT '{}',
  fingerprint bigint[],
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid NOT NULL,
  PRIMARY KEY (practice_id, plan_id),
  FOREIGN KEY (practice_id, plan_id) REFERENCES trellis.plan (practice_id, id)
);
CREATE INDEX plan_draft_by_client ON trellis.plan_draft (practice_id, client_id);

-- Every change to a draft, in order; `batch` makes a repeated request harmless.
CREATE TABLE trellis.plan_edit (
  practice_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  client_id uuid NOT NULL,
  revision integer NOT NULL,
  seq integer NOT NULL,
  batch uuid NOT NULL,
  edits jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL,
  PRIMARY KEY (practice_id, plan_id, revision, seq),
  UNIQUE (practice_id, plan_id, batch),
  FOREIGN KEY (practice_id, plan_id) REFERENCES trellis.plan (practice_id, id)
);

-- A signed revision. Never changed, never deleted: the next revision stands beside it.
CREATE TABLE trellis.plan_revision (
  practice_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  client_id uuid NOT NULL,
  revision integer NOT NULL,
  canonical text NOT NULL,
  hash text NOT NULL,
  fingerprint bigint[],
  established_on date NOT NULL,
  review_due date,
  signed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (practice_id, plan_id, revision),
  FOREIGN KEY (practice_id, plan_id) REFERENCES trellis.plan (practice_id, id)
);
CREATE INDEX plan_revision_by_client ON trellis.plan_revision (practice_id, client_id, signed_at);

CREATE TABLE trellis.signature (
  practice_id uuid NOT NULL,
  id uuid NOT NULL,
  plan_id uuid NOT NULL,
  client_id uuid NOT NULL,
  revision integer NOT NULL,
  role text NOT NULL CHECK (role IN ('client', 'guardian', 'clinician', 'supervisor')),
  outcome text NOT NULL CHECK (outcome IN ('signed', 'not-signed')),
  member_id uuid,
  name text NOT NULL,
  credentials text NOT NULL DEFAULT '',
  statement text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  method text CHECK (method IN ('drawn', 'typed', 'password')),
  drawing text,
  hash text NOT NULL,
  -- The server's own time; nobody can give another.
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, plan_id) REFERENCES trellis.plan (practice_id, id)
);
CREATE INDEX signature_by_plan ON trellis.signature (practice_id, plan_id, revision);

-- A signature on a draft that was opened again counts no longer, and stays in the record with the reason.
CREATE TABLE trellis.signature_void (
  practice_id uuid NOT NULL,
  signature_id uuid NOT NULL,
  client_id uuid NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL,
  PRIMARY KEY (practice_id, signature_id),
  FOREIGN KEY (practice_id, signature_id) REFERENCES trellis.signature (practice_id, id)
);

CREATE TABLE trellis.library_item (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id uuid NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (practice_id, id)
);

-- Who is asking, for this transaction only. Looks the person up, so that a member who was switched off sees nothing at once.
--   trellis.access: all (owner) · team (clinician, supervisor: the charts of the members in trellis.sees) · front-desk · none
CREATE FUNCTION trellis.enter_with(practice uuid, member uuid, roles text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  sees uuid[] := ARRAY[member];
BEGIN
  IF practice IS NULL OR member IS NULL THEN
    PERFORM set_config('trellis.practice_id', '', true), set_config('trellis.member_id', '', true), set_config('trellis.access', 'none', true), set_config('trellis.sees', '{}', true);
    RETURN;
  END IF;
  IF 'supervisor' = ANY (roles) THEN
    -- Where every plan is co-signed, any supervisor may be the one who does it.
    sees := sees || ARRAY(SELECT m.id FROM trellis.member AS m JOIN trellis.practice AS p ON p.id = m.practice_id
      WHERE m.practice_id = practice AND (m.supervisor_id = member OR p.co_signature = 'always'));
  END IF;
  PERFORM set_config('trellis.practice_id', practice::text, true),
    set_config('trellis.member_id', member::text, true),
    set_config('trellis.sees', sees::text, true),
    set_config('trellis.access', CASE
      WHEN 'owner' = ANY (roles) THEN 'all'
      WHEN roles && ARRAY['clinician', 'supervisor'] THEN 'team'
      ELSE 'front-desk' END, true);
END $$;
REVOKE ALL ON FUNCTION trellis.enter_with(uuid, uuid, text[]) FROM PUBLIC;

CREATE FUNCTION trellis.enter(practice uuid, member uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  who trellis.member;
BEGIN
  SELECT * INTO who FROM trellis.member AS m WHERE m.practice_id = practice AND m.id = member AND m.active;
  PERFORM trellis.enter_with(who.practice_id, who.id, who.roles);
END $$;
REVOKE ALL ON FUNCTION trellis.enter(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.enter(uuid, uuid) TO trellis_app;

CREATE FUNCTION trellis.current_practice() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('trellis.practice_id', true), '')::uuid $$;
CREATE FUNCTION trellis.current_member() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('trellis.member_id', true), '')::uuid $$;
CREATE FUNCTION trellis.access() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('trellis.access', true), 'none') $$;
-- The members whose charts the person asking may open: the person, and those whom a supervisor supervises.
CREATE FUNCTION trellis.seen_members() RETURNS uuid[] LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('trellis.sees', true), '')::uuid[] $$;
-- True where the person asking has business in the clinical chart of this client. In plpgsql, which keeps the plan of its query:
-- policies call it for every row.
CREATE FUNCTION trellis.sees_chart(client uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE trellis.access()
    WHEN 'all' THEN true
    WHEN 'team' THEN EXISTS (
      SELECT 1 FROM trellis.care_team AS t
      WHERE t.practice_id = trellis.current_practice() AND t.client_id = client
        AND t.member_id = ANY (trellis.seen_members()) AND (t.until IS NULL OR t.until > now()))
    ELSE false END;
END $$;
GRANT EXECUTE ON FUNCTION trellis.current_practice(), trellis.current_member(), trellis.access(), trellis.seen_members(), trellis.sees_chart(uuid) TO trellis_app;

-- Clients of the current practice whose record number or a word of whose name begins with each of the given words. A function, because the index on
-- words cannot be used behind row-level security; it gives ids only, and the query that reads the clients is behind those walls again.
CREATE FUNCTION trellis.find_clients(query tsquery) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog ROWS 50 AS $$
  SELECT c.id FROM trellis.client AS c WHERE c.search_words @@ query AND c.practice_id = (SELECT trellis.current_practice())
$$;
-- Whether the practice has this client at all: tells a chart that is closed to the person asking from one that does not exist.
CREATE FUNCTION trellis.client_exists(client uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT trellis.access() <> 'none' AND EXISTS (SELECT 1 FROM trellis.client AS c WHERE c.practice_id = (SELECT trellis.current_practice()) AND c.id = client)
$$;
-- How near a plan's fingerprint comes to the nearest plan of another client in the practice, 0 to 1. Only the number leaves: never whose it is.
CREATE FUNCTION trellis.closest_plan(client uuid, fingerprint bigint[]) RETURNS double precision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce(max((SELECT count(*) FROM unnest(others.fingerprint, closest_plan.fingerprint) AS pair (theirs, ours) WHERE theirs = ours)::double precision / cardinality(others.fingerprint)), 0)
  FROM (
    SELECT d.client_id, d.fingerprint FROM trellis.plan_draft AS d WHERE d.practice_id = (SELECT trellis.current_practice())
    UNION ALL
    SELECT r.client_id, r.fingerprint FROM trellis.plan_revision AS r WHERE r.practice_id = (SELECT trellis.current_practice())
  ) AS others
  WHERE others.client_id <> client AND others.fingerprint IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM trellis.client AS c WHERE c.practice_id = (SELECT trellis.current_practice()) AND c.id = others.client_id AND c.is_practice_client)
$$;
REVOKE ALL ON FUNCTION trellis.find_clients(tsquery), trellis.client_exists(uuid), trellis.closest_plan(uuid, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.find_clients(tsquery), trellis.client_exists(uuid), trellis.closest_plan(uuid, bigint[]) TO trellis_app;

DO $$
DECLARE
  name text;
BEGIN
  -- Things of the practice as a whole.
  FOREACH name IN ARRAY ARRAY['member', 'invitation', 'care_team', 'library_item'] LOOP
    EXECUTE format('ALTER TABLE trellis.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY same_practice ON trellis.%I TO trellis_app USING (practice_id = (SELECT trellis.current_practice()))', name);
  END LOOP;
  -- Clinical content.
  FOREACH name IN ARRAY ARRAY['intake_section', 'diagnosis', 'administration', 'plan', 'plan_draft', 'plan_edit', 'plan_revision', 'signature', 'signature_void'] LOOP
    EXECUTE format('ALTER TABLE trellis.%I ENABLE ROW LEVEL SECURITY', name);
    -- Who sees all is looked up once for a statement, not once for a row.
    EXECUTE format('CREATE POLICY own_charts ON trellis.%I TO trellis_app
      USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) = ''all'' OR trellis.sees_chart(client_id)))', name);
  END LOOP;
END $$;
ALTER TABLE trellis.practice ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_practice ON trellis.practice TO trellis_app USING (id = (SELECT trellis.current_practice()));
-- Names and addresses: the front desk needs them too; a clinician sees the own clients. A new client is nobody's yet.
ALTER TABLE trellis.client ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_clients ON trellis.client FOR SELECT TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) IN ('all', 'front-desk') OR trellis.sees_chart(id)));
CREATE POLICY change_own_clients ON trellis.client FOR UPDATE TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) IN ('all', 'front-desk') OR trellis.sees_chart(id)));
CREATE POLICY add_clients ON trellis.client FOR INSERT TO trellis_app
  WITH CHECK (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) <> 'none');

GRANT SELECT, UPDATE ON trellis.practice TO trellis_app;
GRANT SELECT, INSERT, UPDATE ON trellis.member, trellis.invitation, trellis.client, trellis.intake_section, trellis.diagnosis, trellis.administration, trellis.library_item TO trellis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON trellis.care_team, trellis.plan_draft TO trellis_app;
-- What is signed and how it came about: added to, never changed.
GRANT SELECT, INSERT ON trellis.plan, trellis.plan_edit, trellis.plan_revision, trellis.signature, trellis.signature_void TO trellis_app;

CREATE FUNCTION trellis.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A signed revision is never changed or deleted (%.%).', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'TR001';
END $$;
CREATE TRIGGER signed_for_good BEFORE UPDATE OR DELETE ON trellis.plan_revision FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER signed_for_good BEFORE UPDATE OR DELETE ON trellis.signature FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.plan_revision EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.signature EXECUTE FUNCTION trellis.refuse_change();
