/**
 * Two sentences count as near-duplicates when the sets of their word trigrams have a Jaccard similarity of at least this.
 *
 * One changed word in a sentence of n words destroys up to three trigrams, so similarity is (n - 5) / (n + 1): with 0.4, one
 * changed word is found from 9 words on, two changed words from 16 on, three from 23 on. Two sentences written independently about
 * the same thing share single trigrams ("at least twice a"): two of the thirty that a pair of long sentences has make 0.07.
 * Below 9 words, or where blanks leave fewer than 4 trigrams, they are too few to judge by; there, sentences that differ in at most one
 * word count as near-duplicates.
 */
export const nearDuplicateThreshold = 0.4;
const fewestWords = 9;
const fewestTrigrams = 4;

export interface Sentence {
  /** Sentences of one owner (a statement's two wordings) are not compared with each other. */
  readonly owner: string;
  readonly text: string;
}

export interface NearDuplicate {
  /** Positions in the list that was given; `first` < `second`. */
  readonly first: number;
  readonly second: number;
  /** Jaccard similarity of the word trigrams, 0 to 1; of short sentences, the share of equal words. */
  readonly similarity: number;
}

/** Words in lower case, cut into runs wherever a template blank stands: the words around a blank are the template's, not the author's. */
function runs(text: string): string[][] {
  return text
    .toLowerCase()
    .split(/\{[^}]*\}/)
    .map((part) => part.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []);
}

function trigrams(text: string): Set<string> {
  const found = new Set<string>();
  for (const run of runs(text)) for (let i = 0; i + 2 < run.length; i++) found.add(`${run[i]} ${run[i + 1]} ${run[i + 2]}`);
  return found;
}

/** The trigrams of a sentence that has enough of them, none of one that is too short. */
function trigramsToJudgeBy(text: string): ReadonlySet<string> {
  const found = trigrams(text);
  return wordsOf(text).length < fewestWords || found.size < fewestTrigrams ? new Set() : found;
}

/**
 * All pairs of near-duplicate sentences. Only pairs that share a trigram are ever compared (an index from trigram to sentences),
 * so that time grows with the number of shared trigrams and not with the square of the number of sentences.
 */
export function nearDuplicates(sentences: readonly Sentence[]): NearDuplicate[] {
  return [...longNearDuplicates(sentences), ...shortNearDuplicates(sentences)].sort((a, b) => a.first - b.first || a.second - b.second);
}

function wordsOf(text: string): string[] {
  return runs(text).flatMap((run, i) => (i === 0 ? run : ["{}", ...run]));
}

function longNearDuplicates(sentences: readonly Sentence[]): NearDuplicate[] {
  const postings = new Map<string, number[]>();
  const sizes: number[] = [];
  const result: NearDuplicate[] = [];
  sentences.forEach(({ owner, text }, second) => {
    const grams = trigramsToJudgeBy(text);
    sizes.push(grams.size);
    const shared = new Map<number, number>();
    for (const gram of grams) {
      const holders = postings.get(gram);
      if (holders === undefined) {
        postings.set(gram, [second]);
        continue;
      }
      for (const first of holders) shared.set(first, (shared.get(first) ?? 0) + 1);
      holders.push(second);
    }
    for (const [first, common] of shared) {
      const similarity = common / ((sizes[first] ?? 0) + grams.size - common);
      if (similarity >= nearDuplicateThreshold && sentences[first]?.owner !== owner) result.push({ first, second, similarity });
    }
  });
  return result;
}

function shortNearDuplicates(sentences: readonly Sentence[]): NearDuplicate[] {
  const byMasked = new Map<string, number[]>();
  const seen = new Set<string>();
  const result: NearDuplicate[] = [];
  sentences.forEach(({ owner, text }, second) => {
    const list = wordsOf(text);
    if (list.length < 3 || trigramsToJudgeBy(text).size > 0) return;
    for (let masked = 0; masked < list.length; masked++) {
      const key = list.map((word, i) => (i === masked ? "*" : word)).join(" ");
      const holders = byMasked.get(key) ?? [];
      for (const first of holders) {
        const pair = `${first} ${second}`;
        if (sentences[first]?.owner === owner || seen.has(pair)) continue;
        seen.add(pair);
        const other = wordsOf(sentences[first]?.text ?? "");
        result.push({ first, second, similarity: list.filter((word, i) => word === other[i]).length / list.length });
      }
      holders.push(second);
      byMasked.set(key, holders);
    }
  });
  return result;
}
