-- Whether anybody of the practice has been given a measure: what was answered has to stay readable, also where the person who changes the measure does not
-- see whose answers they are. Only yes or no leaves.
CREATE FUNCTION trellis.measure_is_answered(measure_id text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT trellis.access() NOT IN ('none', 'front-desk')
    AND EXISTS (SELECT 1 FROM trellis.administration AS a WHERE a.practice_id = (SELECT trellis.current_practice()) AND a.measure = measure_id)
$$;
REVOKE ALL ON FUNCTION trellis.measure_is_answered(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.measure_is_answered(text) TO trellis_app;
