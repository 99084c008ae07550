/**
 * The server's log: one JSON line an event, on standard error. Holds what happened and where, and never a client's data:
 * callers pass codes, counts, durations and opaque ids, not names, texts or bodies.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export function log(level: "info" | "warning" | "error", event: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
}

/**
 * What may be said of an error in the log: its class, its code and where it was thrown. The message is left out, because drivers
 * quote values in theirs.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const thrownAt = error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(" | ");
  return { error: error.name, code, thrownAt };
}
