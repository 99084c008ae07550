import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type pg from "pg";
import { SetupFault } from "./data-directory.ts";

/** Reads a `postgres://` address. `name` is the variable that it came from. Throws a `SetupFault` that says what is wrong with it. */
export function readDatabaseUrl(url: string, name: string): pg.ClientConfig {
  let parsed: URL;
  try {
    parsed = new URL(url);
    // A % that stands for itself is no address either.
    decodeURIComponent(url);
  } catch {
    throw new SetupFault(
      `${name} cannot be read. It looks like postgres://user:password@host:5432/database; signs such as @, / or % in the password are written as %40, %2F and %25.`,
    );
  }
  if (!/^postgres(ql)?:$/.test(parsed.protocol)) throw new SetupFault(`${name} has to begin with postgres://.`);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (database === "")
    throw new SetupFault(`${name} has to end with the name of the database, as in postgres://user:password@host:5432/trellis.`);
  const password = decodeURIComponent(parsed.password);
  return {
    host: parsed.searchParams.get("host") ?? (decodeURIComponent(parsed.hostname.replace(/^\[|\]$/g, "")) || "localhost"),
    port: Number(parsed.searchParams.get("port") ?? (parsed.port || 5432)),
    user: decodeURIComponent(parsed.username) || "postgres",
    ...(password && { password }),
    database,
    ssl: encryption(parsed.searchParams, name),
  };
}

function encryption(parameters: URLSearchParams, name: string): NonNullable<pg.ClientConfig["ssl"]> {
  const mode = parameters.get("sslmode") ?? "disable";
  if (["disable", "allow", "prefer"].includes(mode)) return false;
  if (!["require", "verify-ca", "verify-full"].includes(mode))
    throw new SetupFault(`${name} has an sslmode that does not exist: ${mode}. Use require or verify-full.`);
  const certificate = parameters.get("sslrootcert");
  return {
    rejectUnauthorized: mode !== "require",
    ...(certificate && { ca: readFileSync(certificate, "utf8") }),
    // verify-ca trusts the certificate whatever name it carries.
    ...(mode === "verify-ca" && { checkServerIdentity: () => undefined }),
  };
}

/**
 * The password of an application role on a practice's own server, derived from the owner's: several Trellis servers on one database
 * come to the same one without exchanging it. Null where the owner has no password (the server trusts it by other means).
 */
export function derivedPassword(owner: pg.ClientConfig, role: string): string | null {
  if (typeof owner.password !== "string") return null;
  return createHmac("sha256", owner.password).update(`trellis role ${role}`).digest("base64url");
}

/** Says in words why a server could not be used; gives other errors on as they are. */
export function explainConnection(error: unknown, { user, host, port, database }: pg.ClientConfig, name: string): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const server = `The PostgreSQL server of ${name} (${host}:${port})`;
  if (["ECONNREFUSED", "ENOTFOUND", "ENOENT", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"].includes(code)) {
    throw new SetupFault(`${server} does not answer. Check the address, and that the server is running and lets this machine in.`);
  }
  if (code === "28P01") throw new SetupFault(`${server} refuses the password of ${user}.`);
  if (code === "28000")
    throw new SetupFault(`${server} does not let ${user} in from this machine. Its administrator can allow it in pg_hba.conf.`);
  if (code === "3D000")
    throw new SetupFault(`${server} has no database ${database}. Create it first: CREATE DATABASE "${database}" OWNER "${user}";`);
  if (code === "42501" && error instanceof Error && /permission denied for database/.test(error.message)) {
    throw new SetupFault(
      `${server} does not let ${user} into the database ${database}: GRANT CONNECT ON DATABASE "${database}" TO "${user}";`,
    );
  }
  if (code === "53300") throw new SetupFault(`${server} has no connections left. Trellis needs about 25.`);
  if (error instanceof Error && /does not support SSL/.test(error.message))
    throw new SetupFault(`${server} does not encrypt connections. Leave sslmode away, or switch encryption on there.`);
  throw error;
}
