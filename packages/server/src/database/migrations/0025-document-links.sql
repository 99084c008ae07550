-- A client's own safety plan opens in more than one browser: a phone that has not opened a page for some days forgets what the page kept there, its key
-- too, and a plan that says "opened elsewhere" in a bad night would be worse than none. Each browser stands in the trail, and the clinician sees how many
-- there are. What is filled in still belongs to the first browser alone.
ALTER TABLE trellis.client_link ADD COLUMN more_browsers bytea[] NOT NULL DEFAULT '{}';

CREATE OR REPLACE FUNCTION trellis.client_link_state(link trellis.client_link, browser bytea) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN link.id IS NULL THEN 'unknown'
    WHEN link.withdrawn_at IS NOT NULL THEN 'withdrawn'
    WHEN link.browser_hash <> browser AND NOT browser = ANY (link.more_browsers)
      AND NOT (link.kind IN ('safety-plan', 'relapse-plan') AND cardinality(link.more_browsers) < 9) THEN 'elsewhere'
    WHEN link.finished_at IS NOT NULL THEN 'finished-here'
    WHEN now() >= link.expires_at + CASE WHEN link.browser_hash = browser THEN interval '1 hour' ELSE interval '0' END THEN 'expired'
    ELSE 'open' END
$$;

CREATE OR REPLACE FUNCTION trellis.open_client_link(token bytea, browser bytea) RETURNS jsonb
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
  ELSIF link.browser_hash <> browser AND NOT browser = ANY (link.more_browsers) THEN
    UPDATE trellis.client_link AS l SET more_browsers = l.more_browsers || browser WHERE l.practice_id = link.practice_id AND l.id = link.id;
    PERFORM trellis.record_by_client_link(link, 'client-link.open');
  END IF;
  RETURN (SELECT jsonb_build_object('state', state, 'shown', link.shown, 'answers', link.answers, 'seq', link.seq,
      'country', p.country, 'crisis', p.crisis, 'timeZone', p.time_zone)
    FROM trellis.practice AS p WHERE p.id = link.practice_id);
END $$;

-- What the client is asked before a review has no reader once the review is closed.
CREATE FUNCTION trellis.end_review_links() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE trellis.client_link AS l SET finished_at = now()
    WHERE l.practice_id = NEW.practice_id AND l.subject_id = NEW.id AND l.kind = 'review' AND l.finished_at IS NULL AND l.withdrawn_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER ends_its_links AFTER UPDATE OF state ON trellis.review
  FOR EACH ROW WHEN (OLD.state = 'open' AND NEW.state <> 'open') EXECUTE FUNCTION trellis.end_review_links();
