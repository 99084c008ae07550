-- Whoever answers by a private link is not signed in: these functions look the link up by the hash of its token and touch the chart of that link's
-- client alone. They never hand out who the client is.

-- A practice decides where its clients are told that help is.
GRANT UPDATE (crisis) ON trellis.practice TO trellis_app;

CREATE OR REPLACE FUNCTION trellis.session(hashed_token text, touch boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held record;
BEGIN
  SELECT s."id", s.last_used_at, p.idle_minutes, jsonb_build_object(
      'member', jsonb_build_object('id', m.id, 'name', m.name, 'email', m.email, 'credentials', m.credentials, 'npi', m.npi,
        'roles', to_jsonb(m.roles), 'supervisorId', m.supervisor_id, 'secondFactor', coalesce(u."twoFactorEnabled", false)),
      'practice', jsonb_build_object('id', p.id, 'name', p.name, 'address', p.address, 'timeZone', p.time_zone, 'country', p.country,
        'idleMinutes', p.idle_minutes, 'coSignature', p.co_signature, 'reviewWeeks', p.review_weeks, 'profile', p.profile, 'crisis', p.crisis,
        'isDemo', p.is_demo, 'version', p.version)) AS answer
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

-- What a link is to this browser: unknown · withdrawn · finished (elsewhere) · finished-here · expired · elsewhere (begun in another browser) · open.
-- Who has begun in time may finish within the hour: nobody is cut off in the middle of a question.
CREATE FUNCTION trellis.answer_link_state(link trellis.answer_link, browser bytea) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN link.id IS NULL THEN 'unknown'
    WHEN link.withdrawn_at IS NOT NULL THEN 'withdrawn'
    WHEN link.finished_at IS NOT NULL THEN CASE WHEN link.browser_hash = browser THEN 'finished-here' ELSE 'finished' END
    WHEN now() >= link.expires_at + CASE WHEN link.browser_hash = browser THEN interval '1 hour' ELSE interval '0' END THEN 'expired'
    WHEN link.browser_hash <> browser THEN 'elsewhere'
    ELSE 'open' END
$$;

-- Appends to the trail of the link's practice, in nobody's name, and leaves the practice again.
CREATE FUNCTION trellis.record_by_link(link trellis.answer_link, action text, detail jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('trellis.practice_id', link.practice_id::text, true), set_config('trellis.member_id', '', true);
  PERFORM audit.append(action, link.client_id, link.id::text, detail);
  PERFORM set_config('trellis.practice_id', '', true);
END $$;

-- Alerts as they are raised for answers that a clinician enters (`alerts/raise-alerts.ts`): one about a course waits while the same is open, or was
-- acknowledged within four weeks. A risk answer is raised when it is saved; a further item of the same form is told in an alert of its own.
CREATE FUNCTION trellis.raise_by_link(link trellis.answer_link, alerts jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO trellis.alert AS a (practice_id, client_id, id, key, kind, measure, administration_id, detail)
  SELECT link.practice_id, link.client_id, gen_random_uuid(),
    new.key || CASE WHEN EXISTS (SELECT 1 FROM trellis.alert AS b WHERE b.practice_id = link.practice_id AND b.client_id = link.client_id AND b.key = new.key)
      THEN '/' || (new.detail->'items')::text ELSE '' END,
    new.kind, new.measure, new.administration, new.detail
  FROM (SELECT e->>'key' AS key, e->>'kind' AS kind, e->>'measure' AS measure, (e->>'administrationId')::uuid AS administration, e->'detail' AS detail
    FROM jsonb_array_elements(alerts) AS e) AS new
  WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(link.measures) AS m WHERE m->>'administration' = new.administration::text AND m->>'id' = new.measure)
    AND NOT EXISTS (SELECT 1 FROM trellis.alert AS b WHERE b.practice_id = link.practice_id AND b.client_id = link.client_id
      AND (b.key = new.key OR b.key LIKE new.key || '/%') AND coalesce(b.detail->'items' @> (new.detail->'items'), true))
    AND NOT (new.kind IN ('deteriorated', 'no-progress', 'little-progress') AND EXISTS (SELECT 1 FROM trellis.alert AS b
      WHERE b.practice_id = link.practice_id AND b.client_id = link.client_id AND b.kind = new.kind AND b.measure IS NOT DISTINCT FROM new.measure
        AND (b.acknowledged_at IS NULL OR b.acknowledged_at > now() - interval '28 days')))
  ON CONFLICT (practice_id, client_id, key) DO NOTHING
$$;
REVOKE ALL ON FUNCTION trellis.answer_link_state(trellis.answer_link, bytea), trellis.record_by_link(trellis.answer_link, text, jsonb),
  trellis.raise_by_link(trellis.answer_link, jsonb) FROM PUBLIC;

-- Opens a link, holds it for the rest of the transaction, and gives the server what it needs to ask and to score: nothing of who the client is.
CREATE FUNCTION trellis.open_answer_link(token bytea, browser bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  link trellis.answer_link;
  state text;
BEGIN
  SELECT * INTO link FROM trellis.answer_link AS l WHERE l.token_hash = token FOR UPDATE;
  state := trellis.answer_link_state(link, browser);
  IF browser IS NULL OR state NOT IN ('open', 'finished-here') THEN
    RETURN jsonb_build_object('state', state);
  END IF;
  IF state = 'open' AND link.browser_hash IS NULL THEN
    UPDATE trellis.answer_link AS l SET browser_hash = browser, opened_at = now() WHERE l.practice_id = link.practice_id AND l.id = link.id;
    PERFORM trellis.record_by_link(link, 'answer-link.open', '{}');
  END IF;
  RETURN (
    SELECT jsonb_build_object('state', state, 'measures', link.measures, 'answers', link.answers,
      'country', p.country, 'crisis', p.crisis, 'timeZone', p.time_zone,
      'danger', EXISTS (SELECT 1 FROM trellis.alert AS a JOIN jsonb_array_elements(link.measures) AS m ON m->>'administration' = a.administration_id::text
        WHERE a.practice_id = link.practice_id AND a.client_id = link.client_id AND a.kind = 'risk-answer'),
      'rows', jsonb_build_object(
        'own', (SELECT coalesce(jsonb_agg(jsonb_build_object('measure', o.content, 'version', o.version, 'forClient', o.client_id, 'retired', o.retired_at IS NOT NULL)
            ORDER BY o.created_at), '[]')
          FROM trellis.own_measure AS o WHERE o.practice_id = link.practice_id AND (o.client_id IS NULL OR o.client_id = link.client_id)),
        'settings', (SELECT coalesce(jsonb_object_agg(g.measure, g.content || jsonb_build_object('version', g.version)), '{}')
          FROM trellis.measure_setting AS g WHERE g.practice_id = link.practice_id)),
      'scores', (SELECT coalesce(jsonb_agg(jsonb_build_object('measure', s.measure, 'date', s.date, 'total', s.total) ORDER BY s.date, s.entered_at, s.id), '[]')
        FROM trellis.administration AS s WHERE s.practice_id = link.practice_id AND s.client_id = link.client_id AND s.error_reason IS NULL AND s.total IS NOT NULL
          AND s.measure IN (SELECT m->>'id' FROM jsonb_array_elements(link.measures) AS m)),
      'sessions', (SELECT coalesce(jsonb_agg(jsonb_build_object('date', v.date, 'attendance', v.attendance)), '[]')
        FROM trellis.session AS v WHERE v.practice_id = link.practice_id AND v.client_id = link.client_id AND v.removed_at IS NULL))
    FROM trellis.practice AS p WHERE p.id = link.practice_id);
END $$;

-- Keeps the answers to one measure. What was sent earlier and arrives later changes nothing.
CREATE FUNCTION trellis.save_link_answers(token bytea, browser bytea, measure text, seq integer, answers jsonb, alerts jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  link trellis.answer_link;
  state text;
BEGIN
  SELECT * INTO link FROM trellis.answer_link AS l WHERE l.token_hash = token FOR UPDATE;
  state := trellis.answer_link_state(link, browser);
  IF state <> 'open' OR link.browser_hash IS DISTINCT FROM browser THEN RETURN state; END IF;
  IF NOT EXISTS (SELECT 1 FROM jsonb_array_elements(link.measures) AS m WHERE m->>'id' = save_link_answers.measure) THEN RETURN 'unknown'; END IF;
  UPDATE trellis.answer_link AS l
    SET answers = l.answers || jsonb_build_object(save_link_answers.measure, jsonb_build_object('seq', seq, 'answers', save_link_answers.answers))
    WHERE l.practice_id = link.practice_id AND l.id = link.id
      AND coalesce((l.answers->save_link_answers.measure->>'seq')::integer, 0) < seq;
  PERFORM trellis.raise_by_link(link, alerts);
  RETURN state;
END $$;

-- Puts the answers into the chart, closes the link, and forgets the answers that it held: they are in the chart now.
CREATE FUNCTION trellis.finish_answer_link(token bytea, browser bytea, administrations jsonb, alerts jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  link trellis.answer_link;
  state text;
  stored integer;
BEGIN
  SELECT * INTO link FROM trellis.answer_link AS l WHERE l.token_hash = token FOR UPDATE;
  state := trellis.answer_link_state(link, browser);
  IF state <> 'open' OR link.browser_hash IS DISTINCT FROM browser THEN RETURN state; END IF;
  INSERT INTO trellis.administration (practice_id, client_id, id, measure, date, content, entered_by, total, scoring_version)
    SELECT link.practice_id, link.client_id, (e->'content'->>'id')::uuid, e->'content'->>'measure', (e->'content'->>'date')::date, e->'content', NULL,
      (e->>'total')::double precision, e->>'version'
    FROM jsonb_array_elements(administrations) AS e
    WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(link.measures) AS m
      WHERE m->>'administration' = e->'content'->>'id' AND m->>'id' = e->'content'->>'measure');
  GET DIAGNOSTICS stored = ROW_COUNT;
  IF stored = 0 OR stored <> jsonb_array_length(administrations) THEN
    RAISE EXCEPTION 'Answers belong to another link.' USING ERRCODE = 'TR004';
  END IF;
  UPDATE trellis.answer_link AS l
    SET finished_at = now(), answers = l.answers - ARRAY(SELECT e->'content'->>'measure' FROM jsonb_array_elements(administrations) AS e)
    WHERE l.practice_id = link.practice_id AND l.id = link.id;
  PERFORM trellis.raise_by_link(link, alerts);
  PERFORM trellis.record_by_link(link, 'answer-link.finish', jsonb_build_object('measures', stored));
  RETURN state;
END $$;
REVOKE ALL ON FUNCTION trellis.open_answer_link(bytea, bytea), trellis.save_link_answers(bytea, bytea, text, integer, jsonb, jsonb),
  trellis.finish_answer_link(bytea, bytea, jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.open_answer_link(bytea, bytea), trellis.save_link_answers(bytea, bytea, text, integer, jsonb, jsonb),
  trellis.finish_answer_link(bytea, bytea, jsonb, jsonb) TO trellis_app;
