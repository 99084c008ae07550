-- PostgreSQL looks for names of types in the session's own temporary schema first, unless that stands last in the path. There the application could
-- put a `uuid` of its own, whose check would then run with the rights of the tables' owner.
DO $$
DECLARE
  found regprocedure;
BEGIN
  FOR found IN SELECT p.oid::regprocedure FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('trellis', 'audit') AND (p.prosecdef OR p.proconfig IS NOT NULL) LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', found);
  END LOOP;
END $$;
