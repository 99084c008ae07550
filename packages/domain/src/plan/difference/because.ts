/** Words that a sentence may begin with and that are written small inside one. Of others, as of names, nobody can tell. */
const small = new Set(
  (
    "a an the this that these those there it its we our you your he his she her they their my both all some more less most many few no not now after as at by for from if in on since so " +
    "when while with without because sleep work things life one two three"
  ).split(" "),
);

/** The reason without a "because" of its own, ready to stand after one; `null` where it has to stay a sentence for itself. */
function afterBecause(reason: string): string | null {
  const bare = reason.replace(/^because[,:]?\s+/i, "");
  const first = /^[\p{L}’']+/u.exec(bare)?.[0] ?? "";
  if (first === "I" || first.startsWith("I’") || first.startsWith("I'")) return bare;
  if (first !== "" && first === first.toLowerCase()) return bare;
  return small.has(first.toLowerCase()) ? bare.charAt(0).toLowerCase() + bare.slice(1) : null;
}

const closed = (text: string): string => (/[.!?…]["”’)]*$/.test(text) ? text : `${text}.`);

/** A sentence of more words than this is taken apart: clients read it at grade 8 or below. */
const longest = 20;

/**
 * "We lowered the target, because you are ahead of the plan." Without a reason what is said alone. `said` is one sentence or several and has no
 * full stop at its end.
 */
export function withBecause(said: string, reason: string): string {
  const why = reason.trim();
  if (why === "") return `${said}.`;
  const tail = afterBecause(why);
  if (tail === null) return `${said}. Why: ${closed(why)}`;
  const together =
    said.includes(". ") || `${said} ${tail}`.split(/\s+/).length > longest ? `${said}. We did this because` : `${said}, because`;
  return `${together} ${closed(tail)}`;
}
