/** One thing to be found: its texts with how much a word in each is worth, and how much the thing itself is worth against others. */
export interface IndexedDocument {
  readonly fields: readonly { readonly text: string; readonly weight: number }[];
  readonly boost?: number;
}

/**
 * An index from words to documents, made for answers at every keystroke: words are sorted, so that a beginning is a range, and the worth
 * of every word in every document is worked out in advance. A document is named by its position in the list that was indexed.
 */
export interface WordIndex {
  readonly size: number;
  /** Every word, in the order of its characters. */
  readonly vocabulary: readonly string[];
  /** For each word of the vocabulary the documents that hold it, and what it is worth there. */
  readonly documents: readonly Uint32Array[];
  readonly worths: readonly Float32Array[];
  readonly ignored: ReadonlySet<string>;
}

export interface Match {
  readonly document: number;
  readonly score: number;
}

/** Letters that Unicode does not take apart into a letter and an accent, as people write them who have no such key. */
const withoutKey: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ħ: "h",
  ı: "i",
};

const onlyAscii = /^[\x00-\x7f]*$/;

/** Lower case, without accents and apostrophes; whatever is neither letter nor digit parts words. */
export function plainWords(text: string): string[] {
  // Nearly every text has no other letters, and this is three times as fast.
  if (onlyAscii.test(text))
    return (
      text
        .replaceAll("'", "")
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? []
    );
  return text
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase()
    .replace(/[łøđðþßæœħı]/g, (letter) => withoutKey[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

// BM25 (Robertson and Zaragoza 2009) with the usual constants.
const saturation = 1.2;
const lengthPenalty = 0.75;

/** Builds the index. Words in `ignored` are neither indexed nor looked up. */
export function indexWords(documents: readonly IndexedDocument[], ignored: ReadonlySet<string> = new Set()): WordIndex {
  // The same text comes again with every statement of a chapter.
  const known = new Map<string, CountedWords>();
  const countOnce = (text: string): CountedWords => {
    const counted = known.get(text) ?? countWords(text, ignored);
    known.set(text, counted);
    return counted;
  };
  const counted = documents.map(({ fields }) => fields.map(({ text, weight }) => ({ weight, ...countOnce(text) })));
  const fieldCount = Math.max(0, ...documents.map(({ fields }) => fields.length));
  const average = Array.from({ length: fieldCount }, (_, f) => {
    const lengths = counted.map((fields) => fields[f]?.length ?? 0);
    return Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length));
  });

  const holdersOf = new Map<string, Holders>();
  counted.forEach((fields, document) => {
    fields.forEach(({ weight, length, counts }, f) => {
      const norm = saturation * (1 - lengthPenalty + (lengthPenalty * length) / (average[f] ?? 1));
      for (const [word, count] of counts) addWorth(holdersOf, word, document, (weight * count) / (count + norm));
    });
  });

  const vocabulary = [...holdersOf.keys()].sort();
  const holders = vocabulary.map((word) => holdersOf.get(word) ?? { documents: [], worths: [] });
  return {
    size: documents.length,
    vocabulary,
    documents: holders.map((held) => Uint32Array.from(held.documents)),
    worths: holders.map((held) => Float32Array.from(held.worths, (worth, at) => worth * (documents[held.documents[at] ?? 0]?.boost ?? 1))),
    ignored,
  };
}

/** The documents that hold a word, in their order, and what it is worth in each. */
interface Holders {
  readonly documents: number[];
  readonly worths: number[];
}

/** Documents are taken one after the other, so that the one looked at now can only be the last. */
function addWorth(holdersOf: Map<string, Holders>, word: string, document: number, worth: number): void {
  let holders = holdersOf.get(word);
  if (holders === undefined) {
    holders = { documents: [], worths: [] };
    holdersOf.set(word, holders);
  }
  const { documents, worths } = holders;
  const last = documents.length - 1;
  if (documents[last] === document) worths[last] = (worths[last] ?? 0) + worth;
  else {
    documents.push(document);
    worths.push(worth);
  }
}

interface CountedWords {
  readonly length: number;
  readonly counts: ReadonlyMap<string, number>;
}

function countWords(text: string, ignored: ReadonlySet<string>): CountedWords {
  const words = plainWords(text).filter((word) => !ignored.has(word));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { length: words.length, counts };
}

/** The words of a query that are looked up. */
export function queryWords(index: WordIndex, query: string): string[] {
  return plainWords(query).filter((word) => !index.ignored.has(word));
}

/**
 * The documents that hold every word typed, best first; when there are none, those that hold any of them. A word counts as itself and as
 * the beginning of a longer one; a word that the index does not know is tried with another ending and then with spelling mistakes.
 */
export function searchWords(index: WordIndex, query: string, limit: number, fits: (document: number) => boolean = () => true): Match[] {
  const typed = queryWords(index, query);
  if (typed.length === 0) return [];
  const total = new Float32Array(index.size);
  const held = new Uint8Array(index.size);
  for (const word of typed) {
    const best = new Float32Array(index.size);
    for (const { position, factor } of wordsMeant(index, word)) {
      const documents = index.documents[position] ?? new Uint32Array();
      const worths = index.worths[position] ?? new Float32Array();
      for (let i = 0; i < documents.length; i++) {
        const document = documents[i] ?? 0;
        const worth = (worths[i] ?? 0) * factor;
        if (worth > (best[document] ?? 0)) best[document] = worth;
      }
    }
    // How rare a typed word is counts over all the words that it may mean, so that a rare longer word does not overtake the word itself.
    let holders = 0;
    for (let document = 0; document < index.size; document++) if (best[document] !== 0) holders++;
    const rarity = Math.log(1 + (index.size - holders + 0.5) / (holders + 0.5));
    for (let document = 0; document < index.size; document++) {
      const worth = best[document] ?? 0;
      if (worth === 0) continue;
      total[document] = (total[document] ?? 0) + worth * rarity;
      held[document] = (held[document] ?? 0) + 1;
    }
  }
  const all = topOf(index.size, limit, (document) => (held[document] === typed.length && fits(document) ? (total[document] ?? 0) : 0));
  return all.length > 0 || typed.length === 1
    ? all
    : topOf(index.size, limit, (document) => (held[document] !== 0 && fits(document) ? (total[document] ?? 0) : 0));
}

/** The best documents by score, ties in the order of the documents; those with a score of 0 are left out. */
function topOf(size: number, limit: number, score: (document: number) => number): Match[] {
  const top: Match[] = [];
  for (let document = 0; document < size; document++) {
    const here = score(document);
    if (here <= 0 || (top.length === limit && here <= (top[limit - 1]?.score ?? 0))) continue;
    let at = top.length;
    while (at > 0 && (top[at - 1]?.score ?? 0) < here) at--;
    top.splice(at, 0, { document, score: here });
    if (top.length > limit) top.pop();
  }
  return top;
}

interface WordMeant {
  readonly position: number;
  /** 1 for the word itself, less the further the word is from what was typed. */
  readonly factor: number;
}

function wordsMeant(index: WordIndex, typed: string): WordMeant[] {
  const asTyped = beginningWith(index, typed, 1);
  if (asTyped.length > 0) return asTyped;
  const shorter = withoutEnding(typed);
  const otherEnding = shorter === typed ? [] : beginningWith(index, shorter, 0.8);
  return otherEnding.length > 0 ? otherEnding : misspelled(index, typed);
}

function beginningWith(index: WordIndex, beginning: string, factor: number): WordMeant[] {
  const found: WordMeant[] = [];
  for (let position = firstFrom(index.vocabulary, beginning); position < index.vocabulary.length; position++) {
    const word = index.vocabulary[position] ?? "";
    if (!word.startsWith(beginning)) break;
    found.push({ position, factor: word === beginning ? factor : factor * (0.4 + (0.4 * beginning.length) / word.length) });
  }
  return found;
}

/** Whether any word of the index begins so; a word typed that none begins with is misspelled, or of another field. */
export function isBeginning(index: WordIndex, typed: string): boolean {
  return index.vocabulary[firstFrom(index.vocabulary, typed)]?.startsWith(typed) ?? false;
}

/** The word without the ending that English puts on it: what is left is looked up as a beginning, so that "worries" finds "worry". */
function withoutEnding(word: string): string {
  const bare = word.replace(/(ying|ing|ies|ied|ed|es|y|ion|ive|ity|(?<!s)s)$/, "");
  return bare.length >= 4 ? bare : word;
}

function misspelled(index: WordIndex, typed: string): WordMeant[] {
  const most = mistakesAllowed(typed);
  if (most === 0) return [];
  const found: WordMeant[] = [];
  index.vocabulary.forEach((word, position) => {
    if (word.length < typed.length - most || (word[0] !== typed[0] && word[0] !== typed[1])) return;
    const distance = distanceToBeginning(typed, word, most);
    if (distance <= most) found.push({ position, factor: (0.5 / distance) * Math.min(1, typed.length / word.length) });
  });
  return found;
}

/** How many spelling mistakes a word or phrase of this length is forgiven. */
export function mistakesAllowed(typed: string): number {
  return typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
}

/** The first position in a sorted list whose word is not before `beginning`. */
function firstFrom(sorted: readonly string[], beginning: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < beginning) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The fewest insertions, deletions, replacements and swaps of neighboring letters that make `typed` the beginning of `text`
 * (optimal string alignment); anything above `most` comes back as `most + 1`.
 */
export function distanceToBeginning(typed: string, text: string, most: number): number {
  const width = Math.min(text.length, typed.length + most);
  const beyond = most + 1;
  // Only what lies within `most` of the diagonal can still be near enough: the rest counts as too far.
  let before = new Uint8Array(width + 1).fill(beyond);
  let previous = new Uint8Array(width + 1).fill(beyond);
  let current = new Uint8Array(width + 1);
  for (let j = 0; j <= Math.min(width, most); j++) previous[j] = j;
  for (let i = 1; i <= typed.length; i++) {
    const letter = typed.charCodeAt(i - 1);
    const from = Math.max(1, i - most);
    const to = Math.min(width, i + most);
    current.fill(beyond);
    current[0] = Math.min(i, beyond);
    let smallest = current[0] ?? beyond;
    for (let j = from; j <= to; j++) {
      const other = text.charCodeAt(j - 1);
      let cost = Math.min(
        (previous[j] ?? beyond) + 1,
        (current[j - 1] ?? beyond) + 1,
        (previous[j - 1] ?? beyond) + (letter === other ? 0 : 1),
      );
      if (i > 1 && j > 1 && letter === text.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === other)
        cost = Math.min(cost, (before[j - 2] ?? beyond) + 1);
      current[j] = Math.min(cost, beyond);
      if (cost < smallest) smallest = cost;
    }
    if (smallest > most) return beyond;
    [before, previous, current] = [previous, current, before];
  }
  return Math.min(beyond, ...previous);
}
