-- The moment at which the end of an episode was recorded: plans signed before it are completed with it, whatever day it bears.
ALTER TABLE trellis.episode ADD COLUMN ended_at timestamptz;
ALTER TABLE trellis.episode ADD CONSTRAINT episode_end_is_whole CHECK ((ended_on IS NULL) = (ended_at IS NULL) AND (ended_on IS NULL OR ended_on >= opened_on));
-- One open episode at most; the follow-ups of those that have ended are looked for across a practice.
CREATE UNIQUE INDEX episode_one_open ON trellis.episode (practice_id, client_id) WHERE ended_on IS NULL;
CREATE INDEX episode_ended ON trellis.episode (practice_id, ended_on) WHERE ended_on IS NOT NULL;
