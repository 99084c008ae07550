-- What the risk section of the intake said before it was written over: how risk was judged, and when, must not be lost. What it says now stands in the section.
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

ALTER TABLE trellis.risk_assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_charts ON trellis.risk_assessment TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND ((SELECT trellis.access()) = 'all' OR trellis.sees_chart(client_id)));
GRANT SELECT ON trellis.risk_assessment TO trellis_app;

-- Kept by the section's own saving, so that no route can leave it out; the application can only read it. The section is saved while it is typed: what one
-- person writes within half an hour is one sitting, of which the end is kept, and every change of a judgment.
CREATE FUNCTION trellis.keep_risk_assessment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  prose CONSTANT text[] := ARRAY['means', 'pastAttempts', 'selfHarm', 'harmToOthersDetail', 'protectiveFactors', 'formulation', 'safetyPlanNote'];
BEGIN
  IF OLD.saved_by <> NEW.saved_by OR NEW.saved_at - OLD.saved_at > interval '30 minutes' OR OLD.content - prose <> NEW.content - prose THEN
    INSERT INTO trellis.risk_assessment (practice_id, client_id, content, saved_at, saved_by)
      VALUES (OLD.practice_id, OLD.client_id, OLD.content, OLD.saved_at, OLD.saved_by);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION trellis.keep_risk_assessment() FROM PUBLIC;
CREATE TRIGGER risk_kept AFTER UPDATE OF content ON trellis.intake_section
  FOR EACH ROW WHEN (OLD.section = 'risk' AND OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION trellis.keep_risk_assessment();
CREATE TRIGGER kept_for_good BEFORE UPDATE OR DELETE ON trellis.risk_assessment FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.risk_assessment EXECUTE FUNCTION trellis.refuse_change();

-- One version of each document is worked on at a time.
CREATE UNIQUE INDEX client_document_one_open ON trellis.client_document (practice_id, client_id, kind) WHERE finished_at IS NULL;
