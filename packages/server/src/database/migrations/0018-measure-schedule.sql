-- Which measures a plan gives when. A draft says of each of its measures that it is given by weeks, as all were so far; a signed revision keeps its text as
-- it was signed, and its schedule stands beside it, so that what is due in a practice is found without reading whole plans.
UPDATE trellis.plan_draft SET content = jsonb_set(content, '{measureSchedule}',
  (SELECT coalesce(jsonb_agg('{"when": "weeks"}'::jsonb || entry.value ORDER BY entry.ordinality), '[]')
   FROM jsonb_array_elements(content -> 'measureSchedule') WITH ORDINALITY AS entry))
WHERE jsonb_typeof(content -> 'measureSchedule') = 'array';

ALTER TABLE trellis.plan_revision
  ADD COLUMN measure_schedule jsonb GENERATED ALWAYS AS (canonical::jsonb -> 'measureSchedule') STORED;
