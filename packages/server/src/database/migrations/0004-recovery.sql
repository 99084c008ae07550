-- One-time links with which somebody who is locked out sets a new password. Only a hash of the token is kept.
CREATE TABLE trellis.recovery (
  practice_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  -- The second factor is switched off too: the phone is lost.
  second_factor_off boolean NOT NULL DEFAULT false,
  -- Empty where the link was made at the machine itself.
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (practice_id, id),
  FOREIGN KEY (practice_id, member_id) REFERENCES trellis.member (practice_id, id)
);
CREATE INDEX recovery_by_member ON trellis.recovery (practice_id, member_id);
ALTER TABLE trellis.recovery ENABLE ROW LEVEL SECURITY;
-- Making one is for the owner; nobody reads them.
CREATE POLICY made_by_owner ON trellis.recovery FOR INSERT TO trellis_app
  WITH CHECK (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) = 'all');
GRANT INSERT ON trellis.recovery TO trellis_app;

-- Makes earlier links of this person useless. For the owner, before a new one is made.
CREATE FUNCTION trellis.end_recoveries(member uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE trellis.recovery AS r SET expires_at = now()
  WHERE trellis.access() = 'all' AND r.practice_id = trellis.current_practice() AND r.member_id = member AND r.used_at IS NULL AND r.expires_at > now()
$$;

-- A link that can still be used, by the hash of its token; nothing for a wrong, used or old one, or for somebody who was switched off.
CREATE FUNCTION trellis.look_at_recovery(hashed bytea) RETURNS TABLE (practice_name text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.name, m.name FROM trellis.recovery AS r
    JOIN trellis.member AS m ON m.practice_id = r.practice_id AND m.id = r.member_id AND m.active
    JOIN trellis.practice AS p ON p.id = r.practice_id
  WHERE r.token_hash = hashed AND r.used_at IS NULL AND r.expires_at > now()
$$;
-- Uses a link up; no row when it cannot be used any more.
CREATE FUNCTION trellis.use_recovery(hashed bytea) RETURNS TABLE (practice_id uuid, member_id uuid, email text, second_factor_off boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE trellis.recovery AS r SET used_at = now() FROM trellis.member AS m
  WHERE r.token_hash = hashed AND r.used_at IS NULL AND r.expires_at > now() AND m.practice_id = r.practice_id AND m.id = r.member_id AND m.active
  RETURNING r.practice_id, r.member_id, m.email, r.second_factor_off
$$;
REVOKE ALL ON FUNCTION trellis.end_recoveries(uuid), trellis.look_at_recovery(bytea), trellis.use_recovery(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.end_recoveries(uuid), trellis.look_at_recovery(bytea), trellis.use_recovery(bytea) TO trellis_app;

-- A link made at the machine itself, for an owner who is locked out. Only the tables' owner may: never the application.
CREATE FUNCTION trellis.recover_at_machine(address text, link uuid, hashed bytea, valid interval) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  who trellis.member;
BEGIN
  SELECT * INTO who FROM trellis.member AS m WHERE lower(m.email) = lower(address) AND m.active;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE trellis.recovery AS r SET expires_at = now() WHERE r.practice_id = who.practice_id AND r.member_id = who.id AND r.used_at IS NULL AND r.expires_at > now();
  INSERT INTO trellis.recovery (practice_id, id, member_id, token_hash, second_factor_off, expires_at) VALUES (who.practice_id, link, who.id, hashed, true, now() + valid);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION trellis.recover_at_machine(text, uuid, bytea, interval) FROM PUBLIC;
