import type { OwnChapter } from "@trellis/domain/library/own-chapter";
import { blanksOf, metricBlanks } from "@trellis/domain/library/template";

type Parameters = OwnChapter["objectives"][number]["parameters"];

/** The blanks of an objective's text that its measuring does not fill: each is asked about when a plan is made. */
export function ownBlanks(text: string, plain: string): string[] {
  const filled = new Set<string>(metricBlanks);
  return [...new Set([...blanksOf(text), ...blanksOf(plain)])].filter((name) => /^[a-z][a-zA-Z0-9]*$/.test(name) && !filled.has(name));
}

/** "howOften" as one says it: "how often". */
export function spoken(name: string): string {
  return name.replaceAll(/[A-Z0-9]+/g, (part) => ` ${part.toLowerCase()}`).trim();
}

/** What is known of each blank of the text, and nothing of blanks that stand in it no more. A new one asks for words. */
export function parametersFor(text: string, plain: string, known: Parameters): Parameters {
  return Object.fromEntries(
    ownBlanks(text, plain).map((name) => [name, known[name] ?? { kind: "text", label: spoken(name).padEnd(3, "…"), example: "" }]),
  );
}

/** The blanks that a metric fills in a text, in the order in which one writes them. */
export function blanksToOffer(kind: "measure" | "count" | "rating" | "milestone"): string[] {
  return kind === "milestone" ? ["date"] : [...(kind === "measure" ? ["measure"] : []), "baseline", "target", "date"];
}
