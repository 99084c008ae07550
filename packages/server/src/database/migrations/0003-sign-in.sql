-- The tables of the sign-in library, as its own generator writes them, plus when a session was last used.
CREATE TABLE auth."user" ("id" text NOT NULL PRIMARY KEY, "name" text NOT NULL, "email" text NOT NULL UNIQUE, "emailVerified" boolean NOT NULL, "image" text, "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "twoFactorEnabled" boolean);
-- `token` holds a hash: who reads the table cannot take over a session.
CREATE TABLE auth."session" ("id" text NOT NULL PRIMARY KEY, "expiresAt" timestamptz NOT NULL, "token" text NOT NULL UNIQUE, "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz NOT NULL, "ipAddress" text, "userAgent" text, "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, last_used_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE auth."account" ("id" text NOT NULL PRIMARY KEY, "accountId" text NOT NULL, "providerId" text NOT NULL, "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text, "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz NOT NULL);
CREATE TABLE auth."verification" ("id" text NOT NULL PRIMARY KEY, "identifier" text NOT NULL, "value" text NOT NULL, "expiresAt" timestamptz NOT NULL, "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE auth."twoFactor" ("id" text NOT NULL PRIMARY KEY, "secret" text NOT NULL, "backupCodes" text NOT NULL, "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, "verified" boolean, "failedVerificationCount" integer, "lockedUntil" timestamptz);
CREATE TABLE auth."rateLimit" ("id" text NOT NULL PRIMARY KEY, "key" text NOT NULL UNIQUE, "count" integer NOT NULL, "lastRequest" bigint NOT NULL);
CREATE INDEX "session_userId_idx" ON auth."session" ("userId");
CREATE INDEX "account_userId_idx" ON auth."account" ("userId");
CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier");
CREATE INDEX "twoFactor_secret_idx" ON auth."twoFactor" ("secret");
CREATE INDEX "twoFactor_userId_idx" ON auth."twoFactor" ("userId");

-- Failed attempts on one account from anywhere; `key` is a hash of the e-mail address.
CREATE TABLE auth.failed_attempt (key text PRIMARY KEY, count integer NOT NULL, first_at timestamptz NOT NULL DEFAULT now());

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO trellis_auth;

-- Who holds this session, in one look: the person, the practice, and whether the practice's idle time has run out (then the session ends here).
-- `touch` marks the session as used; background requests do not.
CREATE FUNCTION trellis.session(hashed_token text, touch boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  held record;
BEGIN
  SELECT s."id", s.last_used_at, p.idle_minutes, jsonb_build_object(
      'member', jsonb_build_object('id', m.id, 'name', m.name, 'email', m.email, 'credentials', m.credentials, 'npi', m.npi,
        'roles', to_jsonb(m.roles), 'supervisorId', m.supervisor_id, 'secondFactor', coalesce(u."twoFactorEnabled", false)),
      'practice', jsonb_build_object('id', p.id, 'name', p.name, 'address', p.address, 'timeZone', p.time_zone, 'country', p.country,
        'idleMinutes', p.idle_minutes, 'coSignature', p.co_signature, 'reviewWeeks', p.review_weeks, 'profile', p.profile, 'isDemo', p.is_demo, 'version', p.version)) AS answer
    INTO held
    FROM auth."session" AS s
      JOIN auth."user" AS u ON u."id" = s."userId"
      JOIN trellis.member AS m ON m.id = s."userId"::uuid AND m.active
      JOIN trellis.practice AS p ON p.id = m.practice_id
    WHERE s."token" = hashed_token AND s."expiresAt" > now();
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF held.last_used_at < now() - make_interval(mins => held.idle_minutes) THEN
    DELETE FROM auth."session" AS s WHERE s."id" = held."id";
    RETURN NULL;
  END IF;
  -- Written at most every twenty seconds, so that reading stays reading.
  IF touch AND held.last_used_at < now() - interval '20 seconds' THEN
    UPDATE auth."session" AS s SET last_used_at = now() WHERE s."id" = held."id";
  END IF;
  RETURN held.answer;
END $$;
REVOKE ALL ON FUNCTION trellis.session(text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.session(text, boolean) TO trellis_app;

-- Enters the practice as whoever holds this session, so that who it is and what that person asks for take one trip to the database.
-- Without a valid session nobody is entered: what follows in the transaction sees nothing.
CREATE FUNCTION trellis.enter_session(hashed_token text, touch boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  held jsonb := trellis.session(hashed_token, touch);
BEGIN
  PERFORM trellis.enter_with((held->'practice'->>'id')::uuid, (held->'member'->>'id')::uuid, ARRAY(SELECT jsonb_array_elements_text(held->'member'->'roles')));
  RETURN held;
END $$;
REVOKE ALL ON FUNCTION trellis.enter_session(text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.enter_session(text, boolean) TO trellis_app;

-- What the first screen needs to know before anybody has signed in.
CREATE FUNCTION trellis.first_run() RETURNS TABLE (set_up boolean, demo_exists boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT 1 FROM trellis.practice AS p WHERE NOT p.is_demo), EXISTS (SELECT 1 FROM trellis.practice AS p WHERE p.is_demo)
$$;

-- Sets up a practice with its first member, the owner. A real one only while there is none; a demo once.
CREATE FUNCTION trellis.set_up_practice(practice uuid, practice_name text, zone text, demo boolean, member uuid, member_name text, member_email text, member_credentials text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  -- One at a time, so that two browsers cannot both be first.
  PERFORM pg_advisory_xact_lock(7482001);
  IF EXISTS (SELECT 1 FROM trellis.practice AS p WHERE p.is_demo = demo) THEN
    RAISE EXCEPTION 'There is a practice already.' USING ERRCODE = 'TR003';
  END IF;
  INSERT INTO trellis.practice (id, name, time_zone, is_demo) VALUES (practice, practice_name, zone, demo);
  INSERT INTO trellis.member (practice_id, id, name, email, credentials, roles) VALUES (practice, member, member_name, member_email, member_credentials, ARRAY['owner', 'clinician']);
END $$;

-- The practice of a person who may work there now; nothing for somebody switched off, or whose account never became a member.
CREATE FUNCTION trellis.practice_of(member uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.practice_id FROM trellis.member AS m WHERE m.id = member AND m.active
$$;
CREATE FUNCTION trellis.is_member(member uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT 1 FROM trellis.member AS m WHERE m.id = member)
$$;
-- The demo's owner, for looking round.
CREATE FUNCTION trellis.demo_owner() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.email FROM trellis.member AS m JOIN trellis.practice AS p ON p.id = m.practice_id WHERE p.is_demo AND m.active AND 'owner' = ANY (m.roles) ORDER BY m.created_at LIMIT 1
$$;

-- An invitation that can still be used, looked up by the hash of its token; nothing for a wrong, used or old one.
CREATE FUNCTION trellis.look_at_invitation(hashed bytea) RETURNS TABLE (practice_name text, name text, roles text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.name, i.name, i.roles FROM trellis.invitation AS i JOIN trellis.practice AS p ON p.id = i.practice_id
  WHERE i.token_hash = hashed AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
$$;
-- Uses an invitation up and makes its member; false when it cannot be used any more.
CREATE FUNCTION trellis.accept_invitation(hashed bytea, member uuid, member_name text, member_email text, member_credentials text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  used trellis.invitation;
BEGIN
  UPDATE trellis.invitation AS i SET used_at = now()
    WHERE i.token_hash = hashed AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now() RETURNING * INTO used;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO trellis.member (practice_id, id, name, email, credentials, roles) VALUES (used.practice_id, member, member_name, member_email, member_credentials, used.roles);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION trellis.practice_of(uuid), trellis.is_member(uuid), trellis.demo_owner(), trellis.first_run(), trellis.set_up_practice(uuid, text, text, boolean, uuid, text, text, text), trellis.look_at_invitation(bytea), trellis.accept_invitation(bytea, uuid, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trellis.practice_of(uuid), trellis.is_member(uuid), trellis.demo_owner(), trellis.first_run(), trellis.set_up_practice(uuid, text, text, boolean, uuid, text, text, text), trellis.look_at_invitation(bytea), trellis.accept_invitation(bytea, uuid, text, text, text) TO trellis_app;
