import type { Form } from "./questions.ts";

/** The server said no, and why: a link that cannot be used, or answers that do not fit. */
export class Refused extends Error {
  readonly title: string;
  /** Why the link cannot be used; empty where the link is all right. */
  readonly reason: string;

  constructor(title: string, detail: string, reason: string) {
    super(detail || title);
    this.name = "Refused";
    this.title = title;
    this.reason = reason;
  }
}

/** No answer, or none that says anything: trying again later may help. */
export class Unreachable extends Error {
  /** In ms, where the server asked for it. */
  readonly wait: number | null;

  constructor(wait: number | null = null) {
    super("The server cannot be reached right now.");
    this.name = "Unreachable";
    this.wait = wait;
  }
}

export interface Help {
  /** Where help is in a crisis. */
  readonly crisis: string;
  /** An answer has spoken of danger. */
  readonly danger: boolean;
}
export interface Finished extends Help {
  readonly state: "finished";
}
export interface Opened extends Help {
  readonly state: "open";
  readonly measures: readonly Form[];
  readonly gone: number;
  readonly answers: Readonly<Record<string, { readonly seq: number; readonly answers: readonly (number | null)[] }>>;
}
export interface Saved {
  readonly seq: number;
  readonly finished: boolean;
  readonly danger: boolean;
}

/** The most that browsers let a request carry that outlives its page (64 KiB), less some room. */
const keepaliveLimit = 60_000;

/** Everything travels in bodies: the token stands in no address that a server would see. */
export async function askServer<T>(
  what: "answer/open" | "answer/save" | "answer/finish" | "link/open" | "link/save",
  body: Readonly<Record<string, unknown>>,
): Promise<T> {
  let response: Response;
  let answer: Record<string, unknown>;
  const text = JSON.stringify(body);
  try {
    response = await fetch(`/api/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-trellis": "1" },
      body: text,
      // Without cookies, and also when the page is closed right after a tap.
      credentials: "omit",
      keepalive: new Blob([text]).size < keepaliveLimit,
    });
    answer = (await response.json()) as Record<string, unknown>;
  } catch {
    throw new Unreachable();
  }
  if (response.ok) return answer as T;
  if (response.status === 429) throw new Unreachable(Number(answer.retryAfter ?? 10) * 1000);
  if (response.status >= 500) throw new Unreachable();
  const [title, detail, reason] = [answer.title, answer.detail, answer.reason].map((text) => (typeof text === "string" ? text : ""));
  throw new Refused(title || "That did not work", detail ?? "", reason ?? "");
}
