import { signInAgain } from "../session/signed-off.ts";
import { learnClock } from "./clock.ts";
import { reportReachable } from "./connection.ts";

/** One fault in what was sent, with the RFC 6901 pointer to the field it is about. */
export interface FieldProblem {
  readonly pointer: string;
  readonly message: string;
}

/** An answer other than success: an RFC 9457 problem as the server says it. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldProblem[];
  /** The whole problem document; a conflict carries `current` here. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const title =
      typeof body.title === "string" ? body.title : typeof body.message === "string" ? body.message : `The server answered ${status}`;
    const detail = typeof body.detail === "string" ? body.detail : "";
    super(detail || title);
    this.name = "ApiProblem";
    this.status = status;
    this.title = title;
    this.errors = fieldProblems(body.errors);
    this.body = body;
  }
}

/** No answer at all: no network, or the server is not running. Trying again later may help. */
export class Unreachable extends Error {
  constructor(options?: ErrorOptions) {
    super("Trellis cannot be reached right now.", options);
    this.name = "Unreachable";
  }
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) =>
    typeof entry === "object" &&
    entry !== null &&
    "pointer" in entry &&
    "message" in entry &&
    typeof entry.pointer === "string" &&
    typeof entry.message === "string"
      ? [{ pointer: entry.pointer, message: entry.message }]
      : [],
  );
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions {
  readonly body?: unknown;
  /** A request that the program makes by itself, which does not count as somebody being there. */
  readonly background?: boolean;
  /** Lets the request outlive the page; only for bodies under about 60 KB. */
  readonly keepalive?: boolean;
  readonly signal?: AbortSignal;
  /** A 401 is an answer here, not a session that ended (signing in itself). */
  readonly signingIn?: boolean;
}

/** The most that browsers let a request carry that outlives its page (64 KiB), less some room. */
const keepaliveLimit = 60_000;

/**
 * Asks the server and returns its JSON (`undefined` for 204). When the session has ended, the sign-in overlay comes up and the request
 * goes out again once the same person has signed in: the caller only waits.
 *
 * @throws {ApiProblem} the server's answer is a problem
 * @throws {Unreachable} there was no answer
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  for (;;) {
    const response = await send(method, path, options);
    if (response.status === 401 && options.signingIn !== true) {
      await signInAgain(options.signal);
      continue;
    }
    return (await read(response)) as T;
  }
}

async function send(method: Method, path: string, { body, background, keepalive, signal }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json" };
  const text = body === undefined ? undefined : JSON.stringify(body);
  if (method !== "GET") headers["x-trellis"] = "1";
  if (background === true) headers["x-trellis-background"] = "1";
  if (text !== undefined) headers["content-type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (text !== undefined) init.body = text;
  if (signal !== undefined) init.signal = signal;
  if (keepalive === true && text !== undefined && new Blob([text]).size < keepaliveLimit) init.keepalive = true;
  try {
    const response = await fetch(path, init);
    reportReachable(true);
    learnClock(response.headers.get("date"));
    return response;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    reportReachable(false);
    throw new Unreachable({ cause: error });
  }
}

async function read(response: Response): Promise<unknown> {
  let body: unknown;
  if (response.status !== 204) {
    const text = await response.text();
    try {
      body = text === "" ? undefined : JSON.parse(text);
    } catch {
      body = undefined;
    }
  }
  if (response.ok) return body;
  // A proxy in front that has lost the server answers 502 to 504: the same as no answer.
  if (response.status >= 502 && response.status <= 504 && body === undefined) {
    reportReachable(false);
    throw new Unreachable();
  }
  throw new ApiProblem(response.status, typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {});
}
