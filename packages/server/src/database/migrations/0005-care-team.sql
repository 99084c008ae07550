-- Who is on a care team is said by the owner and by those who belong to it: the treating clinicians and their supervisors. Emergency access lets
-- somebody look for a day, and gives no say in who else may. Kept by the tables themselves, not only by the routes.
CREATE FUNCTION trellis.decides_care_team(client uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE trellis.access()
    WHEN 'all' THEN true
    WHEN 'team' THEN EXISTS (
      SELECT 1 FROM trellis.care_team AS t
      WHERE t.practice_id = trellis.current_practice() AND t.client_id = client AND t.member_id = ANY (trellis.seen_members()) AND t.role <> 'emergency')
    ELSE false END;
END $$;
-- True in the transaction that adds the client, and never again: whoever adds a client begins its care team.
CREATE FUNCTION trellis.is_being_added(client uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT 1 FROM trellis.client AS c WHERE c.practice_id = (SELECT trellis.current_practice()) AND c.id = client AND c.created_at = now())
$$;
REVOKE ALL ON FUNCTION trellis.is_being_added(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.is_being_added(uuid), trellis.decides_care_team(uuid) TO trellis_app;

DROP POLICY same_practice ON trellis.care_team;
CREATE POLICY same_practice ON trellis.care_team FOR SELECT TO trellis_app USING (practice_id = (SELECT trellis.current_practice()));
CREATE POLICY said_by_care_team ON trellis.care_team TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND trellis.decides_care_team(client_id));
CREATE POLICY begun_with_client ON trellis.care_team FOR INSERT TO trellis_app
  WITH CHECK (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) = 'team'
    AND member_id = (SELECT trellis.current_member()) AND trellis.is_being_added(client_id));
-- For oneself, and for a day at most.
CREATE POLICY emergency ON trellis.care_team FOR INSERT TO trellis_app
  WITH CHECK (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) = 'team'
    AND member_id = (SELECT trellis.current_member()) AND role = 'emergency' AND until <= now() + interval '24 hours');
CREATE POLICY emergency_again ON trellis.care_team FOR UPDATE TO trellis_app
  USING (practice_id = (SELECT trellis.current_practice()) AND (SELECT trellis.access()) = 'team'
    AND member_id = (SELECT trellis.current_member()) AND role = 'emergency')
  WITH CHECK (practice_id = (SELECT trellis.current_practice()) AND member_id = (SELECT trellis.current_member())
    AND role = 'emergency' AND until <= now() + interval '24 hours');
