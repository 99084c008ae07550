-- An invitation is the word of an owner: when that person is owner no more, or was switched off, it is worth nothing.
CREATE OR REPLACE FUNCTION trellis.look_at_invitation(hashed bytea) RETURNS TABLE (practice_name text, name text, roles text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.name, i.name, i.roles FROM trellis.invitation AS i JOIN trellis.practice AS p ON p.id = i.practice_id
    JOIN trellis.member AS m ON m.practice_id = i.practice_id AND m.id = i.created_by AND m.active AND 'owner' = ANY (m.roles)
  WHERE i.token_hash = hashed AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
$$;
-- Uses an invitation up, makes its member and writes so into the trail; false when it cannot be used any more.
CREATE OR REPLACE FUNCTION trellis.accept_invitation(hashed bytea, member uuid, member_name text, member_email text, member_credentials text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  used trellis.invitation;
BEGIN
  UPDATE trellis.invitation AS i SET used_at = now() FROM trellis.member AS m
    WHERE i.token_hash = hashed AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
      AND m.practice_id = i.practice_id AND m.id = i.created_by AND m.active AND 'owner' = ANY (m.roles) RETURNING i.* INTO used;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO trellis.member (practice_id, id, name, email, credentials, roles) VALUES (used.practice_id, member, member_name, member_email, member_credentials, used.roles);
  PERFORM trellis.enter(used.practice_id, member);
  PERFORM audit.append('invitation.accept', NULL, used.id::text, '{}');
  RETURN true;
END $$;

-- Who may join is for the owner to say, in the table too.
DROP POLICY same_practice ON trellis.invitation;
CREATE POLICY said_by_owner ON trellis.invitation TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) = 'all');
