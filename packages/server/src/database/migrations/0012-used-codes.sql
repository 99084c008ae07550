-- Codes of the authenticator app that somebody has signed in with: each lets in once (RFC 6238, 5.2). `code` is a hash.
CREATE TABLE auth.used_code (
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  code text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, code)
);
GRANT SELECT, INSERT, DELETE ON auth.used_code TO trellis_auth;
