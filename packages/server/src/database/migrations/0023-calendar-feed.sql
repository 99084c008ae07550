-- A clinician's calendar for calendar programs: read by a private address, without signing in.

-- The day of the practice on which the trail last said that the feed was fetched: programs fetch it every hour, and the trail tells once a day.
ALTER TABLE trellis.calendar_feed ADD COLUMN recorded_on date;

-- Whose feed this is and what stands in it, from a month ago to half a year ahead. The member is entered as when signed in, so that only charts that are open to the member now show
-- in it; a member who was switched off or does not treat any more has no feed. Names leave as the feed's owner chose: initials, record number, or nothing.
CREATE FUNCTION trellis.read_calendar_feed(token bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  feed trellis.calendar_feed;
  zone text;
  today date;
  answer jsonb;
BEGIN
  SELECT f.* INTO feed FROM trellis.calendar_feed AS f WHERE f.token_hash = token;
  IF NOT FOUND THEN RETURN jsonb_build_object('state', 'unknown'); END IF;
  IF feed.withdrawn_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM trellis.member AS m
    WHERE m.practice_id = feed.practice_id AND m.id = feed.member_id AND m.active AND m.roles && ARRAY['owner', 'clinician', 'supervisor']) THEN
    RETURN jsonb_build_object('state', 'withdrawn');
  END IF;
  SELECT p.time_zone INTO zone FROM trellis.practice AS p WHERE p.id = feed.practice_id;
  today := (now() AT TIME ZONE zone)::date;
  PERFORM trellis.enter(feed.practice_id, feed.member_id);
  -- Whose charts are open is asked once for a client, not once for a session.
  WITH planned AS MATERIALIZED (
    SELECT a.* FROM trellis.appointment AS a
    WHERE a.practice_id = feed.practice_id AND a.clinician_id = feed.member_id AND a.removed_at IS NULL AND a.date BETWEEN today - 30 AND today + 200
  ), seen AS MATERIALIZED (
    SELECT c.id, c.record FROM trellis.client AS c
    WHERE c.practice_id = feed.practice_id AND c.id IN (SELECT p.client_id FROM planned AS p) AND trellis.sees_chart(c.id)
  )
  SELECT jsonb_build_object('state', 'open', 'timeZone', zone, 'naming', feed.naming, 'appointments', coalesce(jsonb_agg(jsonb_build_object(
      'id', a.id, 'groupId', a.group_id, 'date', a.date, 'startTime', to_char(a.start_time, 'HH24:MI'),
      'minutes', a.content -> 'minutes', 'format', a.content ->> 'format', 'modality', a.content ->> 'modality',
      'changedAt', greatest(a.saved_at, s.recorded_at), 'changes', a.version - 1 + coalesce(s.version, 0), 'cancelled', coalesce(s.attendance = 'cancelled' AND s.removed_at IS NULL, false),
      'naming', CASE feed.naming
        WHEN 'initials' THEN upper(left(btrim(coalesce(nullif(btrim(c.record #>> '{name,chosen}'), ''), c.record #>> '{name,given}')), 1)) || '. ' || upper(left(btrim(c.record #>> '{name,family}'), 1)) || '.'
        WHEN 'record-number' THEN coalesce(c.record ->> 'recordNumber', '')
        ELSE '' END
      ) ORDER BY a.date, a.start_time, a.id), '[]'))
    INTO answer
    FROM planned AS a
      JOIN seen AS c ON c.id = a.client_id
      LEFT JOIN trellis.session AS s ON s.practice_id = a.practice_id AND s.id = a.id;
  UPDATE trellis.calendar_feed AS f SET recorded_on = today
    WHERE f.practice_id = feed.practice_id AND f.id = feed.id AND f.recorded_on IS DISTINCT FROM today;
  IF FOUND THEN PERFORM audit.append('calendar-feed.read', NULL, feed.id::text, jsonb_build_object('naming', feed.naming)); END IF;
  PERFORM trellis.enter(NULL, NULL);
  RETURN answer;
END $$;
REVOKE ALL ON FUNCTION trellis.read_calendar_feed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.read_calendar_feed(bytea) TO trellis_app;
