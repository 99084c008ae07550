-- Measurement-based care: scores kept beside the answers, corrections with their history, the practice's own measures and settings, what happens in the
-- course of a therapy, private links to answer by, and alerts.

-- The score as the definition gave it that is named in `scoring_version`: reports over many charts add up numbers, not answers. Empty until it is worked out.
ALTER TABLE trellis.administration
  ADD COLUMN total double precision,
  ADD COLUMN scoring_version text,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN import_id uuid,
  -- Nobody of the practice entered what a client answered by a private link.
  ALTER COLUMN entered_by DROP NOT NULL;
-- The courses of a measure, client by client in the order of time: a report reads them off the index alone.
CREATE INDEX administration_course ON trellis.administration (practice_id, measure, client_id, date, entered_at, id) INCLUDE (total)
  WHERE error_reason IS NULL AND total IS NOT NULL;
CREATE INDEX administration_not_scored ON trellis.administration (practice_id, measure) WHERE scoring_version IS NULL;

-- What an entry said before it was corrected.
CREATE TABLE trellis.administration_history (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  administration_id uuid NOT NULL,
  version integer NOT NULL,
  content jsonb NOT NULL,
  reason text NOT NULL,
  replaced_at timestamptz NOT NULL DEFAULT now(),
  replaced_by uuid NOT NULL,
  PRIMARY KEY (practice_id, administration_id, version),
  FOREIGN KEY (practice_id, administration_id) REFERENCES trellis.administration (practice_id, id)
);

-- Measures that the practice made or brought. With a client: one made for this client alone, and as closed as the chart.
CREATE TABLE trellis.own_measure (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id uuid NOT NULL,
  client_id uuid,
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by uuid NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now(),
  -- Not offered any more; what was answered stays readable.
  retired_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX own_measure_by_client ON trellis.own_measure (practice_id, client_id);

-- What the practice adds to a measure: wording that it is licensed for, its own numbers for reliable change, an expected course.
CREATE TABLE trellis.measure_setting (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  measure text NOT NULL,
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  PRIMARY KEY (practice_id, measure)
);

-- That a session took place, or why not.
CREATE TABLE trellis.session (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  date date NOT NULL,
  attendance text NOT NULL CHECK (attendance IN ('attended', 'late', 'cancelled', 'missed')),
  version integer NOT NULL DEFAULT 1,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  recorded_by uuid NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX session_by_client ON trellis.session (practice_id, client_id, date);

-- Something in the client's life or treatment that a course is read by: a change of medication, a loss, a stay in hospital.
CREATE TABLE trellis.course_event (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  date date NOT NULL,
  content jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  recorded_by uuid NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX course_event_by_client ON trellis.course_event (practice_id, client_id, date);

-- A private link by which a client answers measures without an account. The token itself is kept nowhere.
CREATE TABLE trellis.answer_link (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  measures jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  -- The browser that opened it first; no other can go on with it.
  browser_hash bytea,
  opened_at timestamptz,
  -- Answers so far, by measure, as given.
  answers jsonb NOT NULL DEFAULT '{}',
  finished_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX answer_link_by_client ON trellis.answer_link (practice_id, client_id, created_at);

-- Something that the treating clinician has to see, and that is acknowledged with what was done.
CREATE TABLE trellis.alert (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL,
  -- What it is about, so that the same is not raised twice.
  key text NOT NULL,
  kind text NOT NULL,
  measure text,
  administration_id uuid,
  -- The rule that fired, with its numbers.
  detail jsonb NOT NULL DEFAULT '{}',
  raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  -- What was considered and done.
  done jsonb,
  PRIMARY KEY (practice_id, id),
  UNIQUE (practice_id, client_id, key),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id),
  CHECK ((acknowledged_at IS NULL) = (done IS NULL) AND (acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);
CREATE INDEX alert_open ON trellis.alert (practice_id, client_id) WHERE acknowledged_at IS NULL;

-- Scores that were brought in from elsewhere, a file at a time.
CREATE TABLE trellis.score_import (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id uuid NOT NULL,
  scores integer NOT NULL,
  clients integer NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT now(),
  imported_by uuid NOT NULL,
  PRIMARY KEY (practice_id, id)
);

-- Where help is in a crisis, in the practice's own words; empty for those of its country.
ALTER TABLE trellis.practice ADD COLUMN crisis text NOT NULL DEFAULT '';

-- What reports group by, read out of what was signed.
ALTER TABLE trellis.plan_revision
  ADD COLUMN chapters jsonb GENERATED ALWAYS AS (jsonb_path_query_array(canonical::jsonb, '$.problems[*].chapter')) STORED,
  ADD COLUMN approaches jsonb GENERATED ALWAYS AS (jsonb_path_query_array(canonical::jsonb, '$.interventions[*].approach')) STORED;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['administration_history', 'session', 'course_event', 'answer_link', 'alert'] LOOP
    EXECUTE format('ALTER TABLE trellis.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_charts ON trellis.%I TO trellis_app
      USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) = ''all'' OR trellis.sees_chart(client_id)))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['measure_setting', 'score_import'] LOOP
    EXECUTE format('ALTER TABLE trellis.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY same_practice ON trellis.%I TO trellis_app USING (practice_id = (SELECT trellis.current_practice()))', name);
  END LOOP;
END $$;
ALTER TABLE trellis.own_measure ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_charts ON trellis.own_measure TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND (client_id IS NULL OR (SELECT trellis.access()) = 'all' OR trellis.sees_chart(client_id)));

GRANT SELECT, INSERT ON trellis.administration_history, trellis.score_import TO trellis_app;
GRANT SELECT, INSERT, UPDATE ON trellis.own_measure, trellis.measure_setting, trellis.session, trellis.course_event, trellis.answer_link, trellis.alert TO trellis_app;

-- An alert stays what it was; it is acknowledged once.
CREATE FUNCTION trellis.keep_alert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.acknowledged_at IS NOT NULL OR (NEW.practice_id, NEW.client_id, NEW.id, NEW.key, NEW.kind, NEW.measure, NEW.administration_id, NEW.detail, NEW.raised_at)
    IS DISTINCT FROM (OLD.practice_id, OLD.client_id, OLD.id, OLD.key, OLD.kind, OLD.measure, OLD.administration_id, OLD.detail, OLD.raised_at) THEN
    RAISE EXCEPTION 'An alert is acknowledged once and otherwise never changed.' USING ERRCODE = 'TR001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kept_as_raised BEFORE UPDATE ON trellis.alert FOR EACH ROW EXECUTE FUNCTION trellis.keep_alert();
CREATE TRIGGER kept_for_good BEFORE UPDATE OR DELETE ON trellis.administration_history FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
