import { inWords } from "@trellis/domain/input/in-words";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import { isDatabaseAway } from "../database/pool.ts";
import { errorFields, log } from "../log.ts";

/** One fault, with an RFC 6901 pointer to the field of the request that it belongs to. */
export interface FieldFault {
  readonly pointer: string;
  readonly message: string;
}

/** An answer other than success, in the form of RFC 9457. `title` and `detail` are for people and say what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly detail: string;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, title: string, detail = "", more: Readonly<Record<string, unknown>> = {}) {
    super(title);
    this.name = "Problem";
    this.status = status;
    this.detail = detail;
    this.more = more;
  }
}

export const notFound = () => new Problem(404, "Not found", "There is nothing here, or it is not for you to see.");
export const forbidden = (detail: string) => new Problem(403, "Not allowed", detail);
export const conflict = (detail: string, current: unknown) => new Problem(409, "Changed meanwhile", detail, { current });

/** A problem about fields of the request body. */
export function invalid(errors: readonly FieldFault[]): Problem {
  return new Problem(
    422,
    "Please check what you entered",
    errors.length === 1 ? (errors[0]?.message ?? "") : `${errors.length} things need another look.`,
    { errors },
  );
}

const escapePointer = (key: PropertyKey) => String(key).replaceAll("~", "~0").replaceAll("/", "~1");

/** So many faults of one request are told. */
const mostFaults = 50;

/** Deeper than anything that Trellis takes. */
const deepest = 64;

/** PostgreSQL keeps no NUL and no half of a surrogate pair, which is what is left of an emoji that was cut in two. */
export const canBeKept = (text: string) => text.isWellFormed() && !text.includes("\0");

/** What no field can hold, wherever it stands. Where that is gets worked out only where something is wrong: a request may hold thousands of fields. */
function unkeepable(json: unknown): FieldFault[] {
  const faults: FieldFault[] = [];
  const path: string[] = [];
  const fault = (message: string) => faults.push({ pointer: path.map((key) => `/${escapePointer(key)}`).join(""), message });
  const look = (value: unknown): void => {
    if (path.length > deepest) fault("This is nested too deeply.");
    else if (typeof value === "string") lookAtText(value);
    else if (typeof value === "object" && value !== null)
      for (const [key, entry] of Object.entries(value)) {
        lookAtText(key);
        path.push(key);
        look(entry);
        path.pop();
      }
  };
  const lookAtText = (text: string) => {
    if (!canBeKept(text)) fault("This text holds a character that cannot be kept: a control character, or half of an emoji. Remove it.");
  };
  look(json);
  return faults;
}

/** Reads the JSON body of a request against a schema; a fault names its field. */
export async function body<S extends z.ZodType>(context: Context, schema: S): Promise<z.infer<S>> {
  let json: unknown;
  try {
    json = await context.req.json();
  } catch {
    throw new Problem(400, "The request is not valid JSON", "Send a JSON document.");
  }
  const faults = unkeepable(json);
  if (faults.length > 0) throw invalid(faults.slice(0, mostFaults));
  const parsed = schema.safeParse(json, { error: inWords });
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues
      .slice(0, mostFaults)
      .map((issue) => ({ pointer: issue.path.map((key) => `/${escapePointer(key)}`).join(""), message: issue.message })),
  );
}

function answer(context: Context, status: number, title: string, detail: string, more: Readonly<Record<string, unknown>> = {}): Response {
  return context.body(JSON.stringify({ type: "about:blank", title, status, detail, ...more }), status as 400, {
    "content-type": "application/problem+json",
  });
}

/** Turns whatever was thrown into a problem. A fault of the server is logged without any client's data and answered without detail. */
export function answerError(error: unknown, context: Context): Response {
  if (error instanceof Problem) return answer(context, error.status, error.message, error.detail, error.more);
  if (error instanceof HTTPException) return answer(context, error.status, error.message || "The request was refused", "");
  if (isDatabaseAway(error)) {
    log("warning", "a request met a database that was away", { path: context.req.routePath, ...errorFields(error) });
    return answer(
      context,
      503,
      "The database is restarting",
      "Nothing that was saved is lost. This is tried again by itself in a moment.",
      {},
    );
  }
  log("error", "a request failed", { method: context.req.method, path: context.req.routePath, ...errorFields(error) });
  return answer(context, 500, "Something went wrong here", "It was written to the log. What you typed is still on your screen; try again.");
}
