-- The time of a signature is the server's: nobody gives another, the application neither.
REVOKE INSERT ON trellis.signature, trellis.signature_void, trellis.plan_revision, trellis.plan_edit FROM trellis_app;
GRANT INSERT (practice_id, id, plan_id, client_id, revision, role, outcome, member_id, name, credentials, statement, reason, method, drawing, hash)
  ON trellis.signature TO trellis_app;
GRANT INSERT (practice_id, signature_id, client_id, reason, by) ON trellis.signature_void TO trellis_app;
GRANT INSERT (practice_id, plan_id, client_id, revision, canonical, hash, fingerprint, established_on, review_due) ON trellis.plan_revision TO trellis_app;
GRANT INSERT (practice_id, plan_id, client_id, revision, seq, batch, edits, by) ON trellis.plan_edit TO trellis_app;
-- A signature that was taken back must not come to count again by the loss of a row.
CREATE TRIGGER signed_for_good BEFORE UPDATE OR DELETE ON trellis.signature_void FOR EACH ROW EXECUTE FUNCTION trellis.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trellis.signature_void EXECUTE FUNCTION trellis.refuse_change();
