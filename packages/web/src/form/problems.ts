import { inWords } from "@trellis/domain/input/in-words";
import type { z } from "zod";
import { ApiProblem, type FieldProblem } from "../api/client.ts";

/** Messages by RFC 6901 pointer, e.g. `/name/given`. */
export type Problems = ReadonlyMap<string, string>;

export const noProblems: Problems = new Map();

/** The RFC 6901 pointer to a place in a value. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** What a schema has against a value, by pointer; the first message where a place has several. */
export function problemsOf(schema: z.ZodType, value: unknown): Problems {
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return noProblems;
  const problems = new Map<string, string>();
  for (const issue of result.error.issues) {
    const pointer = pointerTo(issue.path);
    if (!problems.has(pointer)) problems.set(pointer, issue.message);
  }
  return problems;
}

/** The faults that the server names, by pointer. `under` is the part of the request body that the form shows, e.g. `/client`. */
export function serverProblems(error: unknown, under = ""): Problems {
  if (!(error instanceof ApiProblem)) return noProblems;
  return problemsByPointer(error.errors, under);
}

export function problemsByPointer(errors: readonly FieldProblem[], under = ""): Problems {
  return new Map(
    errors.map(({ pointer, message }) => [
      under !== "" && pointer.startsWith(`${under}/`) ? pointer.slice(under.length) : pointer,
      message,
    ]),
  );
}

/** Whether anything is wrong at a place or below it. */
export function hasProblem(problems: Problems, pointer: string): boolean {
  for (const known of problems.keys()) if (known === pointer || known.startsWith(`${pointer}/`)) return true;
  return false;
}

/**
 * The part of `value` that can be saved: every top-level field that the schema has something against keeps what was saved before, so that
 * one field that is too long does not hold back the rest.
 */
export function savablePart<T extends Readonly<Record<string, unknown>>>(
  schema: z.ZodType,
  value: T,
  savedBefore: T,
): { part: T; problems: Problems } {
  const problems = problemsOf(schema, value);
  return { part: partWithout(problems, value, savedBefore), problems };
}

/** `value` with every top-level field that something is wrong with as it was saved before. */
export function partWithout<T extends Readonly<Record<string, unknown>>>(problems: Problems, value: T, savedBefore: T): T {
  if (problems.size === 0) return value;
  const part: Record<string, unknown> = { ...value };
  for (const key of Object.keys(value)) if (hasProblem(problems, pointerTo([key]))) part[key] = savedBefore[key];
  return part as T;
}
