-- "OR REPLACE", because a database that was made for a while in between has it from the first migration.
-- The client with exactly these words in the name and this date of birth: for a clinician who needs a colleague's chart in an emergency and knows
-- whom it is about. Not for looking round: it tells nothing but the id.
CREATE OR REPLACE FUNCTION trellis.find_closed(words text[], born text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.id FROM trellis.client AS c
  WHERE trellis.access() IN ('all', 'team') AND c.practice_id = (SELECT trellis.current_practice())
    AND cardinality(words) > 1 AND string_to_array(c.search_text, ' ') @> words AND c.record->>'birthDate' = born
  ORDER BY c.id LIMIT 1
$$;
REVOKE ALL ON FUNCTION trellis.find_closed(text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.find_closed(text[], text) TO trellis_app;
