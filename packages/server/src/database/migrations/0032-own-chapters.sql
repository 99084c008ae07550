-- The practice's own chapters. One that was taken out stays, with its id and prefix: plans name its statements, and nothing else is ever called so.
CREATE TABLE trellis.library_chapter (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  id text NOT NULL CHECK (id ~ '^own-[a-z0-9]+(-[a-z0-9]+)*$' AND length(id) <= 80),
  prefix text NOT NULL CHECK (prefix ~ '^z[a-z]{5}$'),
  content jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (practice_id, id),
  UNIQUE (practice_id, prefix),
  FOREIGN KEY (practice_id, created_by) REFERENCES trellis.member (practice_id, id),
  FOREIGN KEY (practice_id, saved_by) REFERENCES trellis.member (practice_id, id)
);

ALTER TABLE trellis.library_chapter ENABLE ROW LEVEL SECURITY;
-- For those who treat, as all clinical content.
CREATE POLICY same_practice ON trellis.library_chapter TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) NOT IN ('none', 'front-desk'));
GRANT SELECT, INSERT, UPDATE ON trellis.library_chapter TO trellis_app;
