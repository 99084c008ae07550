-- A link for a new password is the word of an owner too: when that person is owner no more, or was switched off, it is worth nothing.
CREATE OR REPLACE FUNCTION trellis.look_at_recovery(hashed bytea) RETURNS TABLE (practice_name text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.name, m.name FROM trellis.recovery AS r
    JOIN trellis.member AS m ON m.practice_id = r.practice_id AND m.id = r.member_id AND m.active
    JOIN trellis.practice AS p ON p.id = r.practice_id
  WHERE r.token_hash = hashed AND r.used_at IS NULL AND r.expires_at > now()
    AND (r.created_by IS NULL OR EXISTS (
      SELECT 1 FROM trellis.member AS o WHERE o.practice_id = r.practice_id AND o.id = r.created_by AND o.active AND 'owner' = ANY (o.roles)))
$$;
CREATE OR REPLACE FUNCTION trellis.use_recovery(hashed bytea) RETURNS TABLE (practice_id uuid, member_id uuid, email text, second_factor_off boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE trellis.recovery AS r SET used_at = now() FROM trellis.member AS m
  WHERE r.token_hash = hashed AND r.used_at IS NULL AND r.expires_at > now() AND m.practice_id = r.practice_id AND m.id = r.member_id AND m.active
    AND (r.created_by IS NULL OR EXISTS (
      SELECT 1 FROM trellis.member AS o WHERE o.practice_id = r.practice_id AND o.id = r.created_by AND o.active AND 'owner' = ANY (o.roles)))
  RETURNING r.practice_id, r.member_id, m.email, r.second_factor_off
$$;
