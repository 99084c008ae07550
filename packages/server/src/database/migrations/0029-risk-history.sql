-- What the risk section of the intake said each time it was saved. The section itself is written over; how risk was judged, and when, must not be.
CREATE TABLE trellis.risk_assessment (
  practice_id uuid NOT NULL,
  client_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  content jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  saved_by uuid NOT NULL,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, client_id) REFERENCES trellis.client (practice_id, id)
);
CREATE INDEX risk_assessment_by_client ON trellis.risk_assessment (practice_id, client_id, saved_at);

-- What stands there today is where the history begins.
INSERT INTO trellis.risk_assessment (practice_id, client_id, content, saved_at, saved_by)
  SELECT s.practice_id, s.client_id, s.content, s.saved_at, s.saved_by FROM trellis.intake_section AS s WHERE s.section = 'risk';

ALTER TABLE trellis.risk_assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_charts ON trellis.risk_assessment TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) = 'all' OR trellis.sees_chart(client_id)));
GRANT SELECT ON trellis.risk_assessment TO trellis_app;

-- Written by the section's own saving, so that no route can leave it out; the application can only read it.
CREATE FUNCTION trellis.keep_risk_assessment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO trellis.risk_assessment (practice_id, client_id, content, saved_at, saved_by)
    VALUES (NEW.practice_id, NEW.client_id, NEW.content, NEW.saved_at, NEW.saved_by);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION trellis.keep_risk_assessment() FROM PUBLIC;
CREATE TRIGGER risk_kept AFTER INSERT OR UPDATE OF content ON trellis.intake_section
  FOR EACH ROW WHEN (NEW.section = 'risk') EXECUTE FUNCTION trellis.keep_risk_assessment();
CREATE TRIGGER kept_for_good BEFORE UPDATE OR DELETE ON trellis.risk_assessment FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.risk_assessment EXECUTE FUNCTION trellis.refuse_change();

-- One version of each document is worked on at a time.
CREATE UNIQUE INDEX client_document_one_open ON trellis.client_document (practice_id, client_id, kind) WHERE finished_at IS NULL;
