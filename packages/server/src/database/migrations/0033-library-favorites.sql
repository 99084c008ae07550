-- What a clinician marked in the library to find again: chapters and statements, each member's own.

CREATE TABLE trellis.library_favorite (
  practice_id uuid NOT NULL REFERENCES trellis.practice (id),
  member_id uuid NOT NULL,
  -- The id of a chapter or statement, of the library or of the practice. What is gone from either is passed over.
  item text NOT NULL CHECK (length(item) BETWEEN 1 AND 80),
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (practice_id, member_id, item),
  FOREIGN KEY (practice_id, member_id) REFERENCES trellis.member (practice_id, id)
);
ALTER TABLE trellis.library_favorite ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_favorites ON trellis.library_favorite TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND member_id = (SELECT trellis.current_member()));
GRANT SELECT, INSERT, DELETE ON trellis.library_favorite TO trellis_app;
