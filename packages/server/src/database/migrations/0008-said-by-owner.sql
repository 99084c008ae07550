-- The owner says who is who and how the practice works; everybody says how the own name stands on plans.
DROP POLICY same_practice ON trellis.practice;
CREATE POLICY same_practice ON trellis.practice FOR SELECT TO trellis_app USING (id = (SELECT trellis.current_practice()));
CREATE POLICY changed_by_owner ON trellis.practice FOR UPDATE TO trellis_app
  USING (id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) = 'all');
DROP POLICY same_practice ON trellis.member;
CREATE POLICY same_practice ON trellis.member FOR SELECT TO trellis_app USING (practice_id = (SELECT trellis.current_practice()));
CREATE POLICY changed_by_owner ON trellis.member FOR UPDATE TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) = 'all');
CREATE POLICY changed_by_oneself ON trellis.member FOR UPDATE TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND id = (SELECT trellis.current_member()));
-- People join by functions that look at the invitation; they keep the address that they sign in with.
REVOKE INSERT, UPDATE ON trellis.member FROM trellis_app;
GRANT UPDATE (name, credentials, npi, roles, active, supervisor_id, version) ON trellis.member TO trellis_app;
REVOKE UPDATE ON trellis.practice FROM trellis_app;
GRANT UPDATE (name, address, time_zone, country, idle_minutes, co_signature, review_weeks, profile, version) ON trellis.practice TO trellis_app;

CREATE FUNCTION trellis.refuse_own_promotion() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'Only the owner of a practice changes roles.' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER roles_by_owner BEFORE UPDATE ON trellis.member FOR EACH ROW
  WHEN (current_user = 'trellis_app' AND trellis.access() <> 'all'
    AND (old.roles, old.active, old.supervisor_id) IS DISTINCT FROM (new.roles, new.active, new.supervisor_id))
  EXECUTE FUNCTION trellis.refuse_own_promotion();
