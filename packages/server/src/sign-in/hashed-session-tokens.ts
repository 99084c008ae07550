import { createHash } from "node:crypto";

const mark = "sha256:";

/** What the database keeps of a session token. The token itself is 32 random characters, so a plain hash cannot be guessed back. */
export function hashedToken(token: string): string {
  return `${mark}${createHash("sha256").update(token).digest("base64url")}`;
}

// A value that carries the mark came out of the database (the library lists sessions and then deletes them by token). It is no way in:
// the cookie is signed, and its token is hashed whatever it looks like where a request is let through (`current-session.ts`).
const stored = (token: string) => (token.startsWith(mark) ? token : hashedToken(token));

interface Where {
  readonly field: string;
  readonly value: unknown;
}
interface Call {
  readonly model: string;
  readonly where?: Where[];
  readonly data?: Record<string, unknown>;
  readonly update?: Record<string, unknown>;
}
type Method = (call: Call) => Promise<unknown>;

function hashIn(record: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  return record && typeof record.token === "string" ? { ...record, token: stored(record.token) } : record;
}

/** The token in clear that this call is about, so that the caller gets back what it asked with. */
function clearToken(call: Call): string | undefined {
  const value = call.data?.token ?? call.where?.find((condition) => condition.field === "token")?.value;
  return typeof value === "string" && !value.startsWith(mark) ? value : undefined;
}

/** Wraps the sign-in library's database adapter so that session tokens are written and looked up as hashes only. */
export function withHashedSessionTokens<A extends object>(adapter: A): A {
  return new Proxy(adapter, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      if (name === "transaction") {
        return (work: (inner: A) => Promise<unknown>) =>
          Reflect.apply(method, target, [(inner: A) => work(withHashedSessionTokens(inner))]);
      }
      return async (call: Call, ...rest: unknown[]) => {
        if (call?.model !== "session") return Reflect.apply(method as Method, target, [call, ...rest] as never);
        const hashed = {
          ...call,
          ...(call.where && {
            where: call.where.map((condition) =>
              condition.field === "token" && typeof condition.value === "string"
                ? { ...condition, value: stored(condition.value) }
                : condition,
            ),
          }),
          ...(call.data && { data: hashIn(call.data) }),
          ...(call.update && { update: hashIn(call.update) }),
        };
        const result = await Reflect.apply(method as Method, target, [hashed, ...rest] as never);
        const clear = clearToken(call);
        return clear !== undefined && typeof result === "object" && result !== null && "token" in result
          ? { ...result, token: clear }
          : result;
      };
    },
  });
}
