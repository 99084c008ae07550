/**
 * What a sentence speaks of, coarsely: enough to put a client's own sentence beside the goal it belongs to. A concept is a family of
 * everyday and clinical words for one side of life. Ours, not a norm; where nothing clear comes out, nothing is matched.
 */
const concepts = {
  safety:
    /\b(suicid\w*|dead|death|die|dying|kill\w*|alive|better off without|end(?:ing)? (?:my|their|your) life|hurt(?:ing)? (?:my|your)self|harm\w*|unharmed|safe|safety|danger\w*|guns?)\b/giu,
  sleep: /\b(sleep\w*|slept|bed|insomnia|rested|restful|nightmares?|dreams?)\b/giu,
  people:
    /\b(wi(?:fe|ves)|husband|spouse|partner|marriage|married|mothers?|fathers?|mom|dad|parents?|sons?|daughters?|child|children|kids?|grand(?:child|children|son|daughter)|brothers?|sisters?|famil(?:y|ies)|friends?|close|people|love|trust|argue|relationships?|company|alone|lonely|loneliness)\b/giu,
  work: /\b(work|working|jobs?|shifts?|boss|office|school|stud(?:y|ies|ying)|career|handover|class(?:es)?|colleagues?)\b/giu,
  joy: /\b(sing|singing|sang|music|choir|build(?! back| up| trust)|craft\w*|garden\w*|reading|sew\w*|quilt\w*|paint\w*|hobb\w+|fun|enjoy\w*|pleasures?|laugh\w*|play|playing|danc\w+|travel\w*|cook\w*|bake|baking|activit\w+|free time|interests?|purpose)\b/giu,
  drink: /\b(drink\w*|drunk|alcohol|beers?|wine|sober|whisk(?:e)?y|booze|urges?)\b/giu,
  medicine: /\b(pills?|tablets?|medicines?|medications?|sedatives?|dose|prescri\w+|withdrawal|detox)\b/giu,
  worry: /\b(worr\w+|calm\w*|anxi\w+|nervous\w*|afraid|fear\w*|scared|panic\w*|alarm)\b/giu,
  certainty: /\b(certain\w*|uncertain\w*|sure|unsure|not knowing|decid\w+|choices?|decisions?|checking|reassur\w+)\b/giu,
  worth: /\b(asham\w*|shame|guilt\w*|blam\w+|fault|failure|worth\w*|forgiv\w+|proud|embarrass\w*|fair|fairly|burden)\b/giu,
  presence: /\b(disappear\w*|blank\w*|numb\w*|dissociat\w*|zon(?:e|ing) out|drift\w* off|the present|here and now)\b/giu,
  memory: /\b(memor(?:y|ies)|flashbacks?|remember\w*|past|what happened|trauma\w*)\b/giu,
  places:
    /\b(shops?|stores?|supermarkets?|driv(?:e|es|ing)|outside|go out|places?|bus|trains?|crowds?|pharmac(?:y|ies)|out of bounds|avoid\w*)\b/giu,
  body: /\b(energy|strength|eat\w*|appetite|weight|body|tired|exhaust\w+|health\w*|relax\w*|breath\w*|liver|heart)\b/giu,
  mood: /\b(happy|happier|happiness|sad\w*|depress\w+|hopeless\w*|mood|moods|myself again|yourself again|joy)\b/giu,
  feelings: /\b(cry|crying|tears|anger|angry|grief|griev\w+|emotions?)\b/giu,
  loss: /\b(lost|losing|loss|losses|died|funeral|grave|miss (?:him|her|them))\b/giu,
} as const;
type Concept = keyof typeof concepts;
const conceptNames = Object.keys(concepts) as Concept[];

/** A matter of life and death outweighs whatever else is said in the same breath. */
const weightOf = (concept: Concept): number => (concept === "safety" ? 2 : 1);

/** Words of four letters or more that say nothing of what a sentence is about. */
const idle = new Set(
  "able about after again also another anybody anything around back because been before being between both call came come comes could days does done down each else even ever every everybody feel feeling feels felt first five four from full gets give given goes going good half hand hands hard have having here hold hour hours into just keep kept know last left less life like live lives long look made make makes many mean means more morning most much must myself need never next night nights nothing often once only onto other others over part right room said same says seen self should since some someone something still stop such take takes than that their them then there these they thing things think thinking this those three time times told took under until used very want wants week weeks well were what when where which while whom whose will with within without word words work would year years your yourself client clients therapy".split(
    " ",
  ),
);

/** What a text speaks of: how often each concept is touched, and the stems of the words that carry its meaning. */
export interface Meaning {
  readonly concepts: ReadonlyMap<Concept, number>;
  readonly touched: number;
  readonly stems: ReadonlySet<string>;
}

const wordPattern = /[\p{L}]{4,}/gu;
const stem = (word: string) => word.slice(0, 6);

/** @param names words that stand for people in this client's life. */
export function meaningOf(text: string, names: ReadonlySet<string> = new Set()): Meaning {
  const found = new Map<Concept, number>();
  for (const name of conceptNames) {
    const count = text.match(concepts[name])?.length ?? 0;
    if (count > 0) found.set(name, count);
  }
  const stems = new Set<string>();
  let people = 0;
  for (const [word] of text.matchAll(wordPattern)) {
    // Who is called by name matters more than people at large.
    if (names.has(word)) people += 2;
    else {
      const plain = word.toLowerCase();
      if (!idle.has(plain)) stems.add(stem(plain));
    }
  }
  if (people > 0) found.set("people", (found.get("people") ?? 0) + people);
  return { concepts: found, touched: [...found.values()].reduce((sum, count) => sum + count, 0), stems };
}

/** A text that does not change, with what it speaks of. */
const known = new WeakMap<object, Meaning>();
/** What an entry of the library speaks of, worked out once per entry. */
export function meaningOfEntry<T extends object>(entry: T, text: (entry: T) => string): Meaning {
  let meaning = known.get(entry);
  if (!meaning) {
    meaning = meaningOf(text(entry));
    known.set(entry, meaning);
  }
  return meaning;
}

/**
 * How well `said` fits `about`: concepts in common, counted more where they are what `about` is mainly about, and one point for each
 * telling word in common, less the more of `others` hold it too. 0: nothing in common; from `clearFit` on it may be taken as meant.
 */
export function fit(said: Meaning, about: Meaning, others: readonly Meaning[]): number {
  let points = 0;
  for (const [concept, count] of said.concepts) {
    const there = about.concepts.get(concept);
    if (there) points += weightOf(concept) * Math.min(count, 2) * Math.min(there, 2) * (0.5 + there / about.touched);
  }
  for (const word of said.stems) {
    if (!about.stems.has(word)) continue;
    const holders = others.reduce((sum, other) => sum + Number(other.stems.has(word)), 0);
    if (holders <= 3) points += 1 / Math.max(1, holders);
  }
  return points;
}

/** Sides of life that come into nearly every sentence: one touch of them alone says nothing of which goal is meant. */
const broad: ReadonlySet<Concept> = new Set(["people", "work", "worry", "body"]);

/** Whether more is in common than one touch of a broad side of life: "eat lunch inside" is no wish for a healthier liver. */
function isTelling(said: Meaning, about: Meaning): boolean {
  const shared = [...said.concepts].filter(([concept]) => about.concepts.has(concept));
  return (
    shared.length > 1 ||
    shared.some(([concept, count]) => count > 1 || !broad.has(concept)) ||
    [...said.stems].some((word) => about.stems.has(word))
  );
}

const clearFit = 1.2;
/** The best match has to lead the next by this factor, or it is left open which is meant. */
const clearLead = 1.3;

/** The one of `candidates` that `said` clearly belongs to, or `null` when none or more than one might be meant. */
export function clearMatch<T>(said: Meaning, candidates: readonly T[], meaning: (candidate: T) => Meaning): T | null {
  const all = candidates.map(meaning);
  const ranked = candidates
    .map((candidate, index) => ({ candidate, points: fit(said, all[index] as Meaning, all) }))
    .sort((a, b) => b.points - a.points);
  const [best, second] = ranked;
  if (!best || best.points < clearFit || (second && best.points < second.points * clearLead)) return null;
  if (!isTelling(said, meaning(best.candidate))) return null;
  return best.candidate;
}

/** Capitalized words that name a time and nobody. */
const times = new Set(
  "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays January February March April May June July August September October November December".split(
    " ",
  ),
);

/** Capitalized words within the texts that name this client's people: "Claire", "Noemi". */
export function namesIn(texts: readonly string[]): Set<string> {
  const capitalized = texts.flatMap((text) => text.match(/\p{Lu}[\p{Ll}\p{M}]{2,}/gu) ?? []);
  return new Set(capitalized.filter((word) => !times.has(word) && !idle.has(word.toLowerCase())));
}
