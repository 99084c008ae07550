import { catalogueChapter } from "@trellis/domain/library/catalogue";
import { describe, expect, test } from "vitest";
import { loadLibrary } from "./load-library.ts";
import { findInLibrary, libraryIndex, Search } from "./search-library.ts";

const library = loadLibrary();
const index = libraryIndex(
  library,
  library.chapters.map((chapter) => catalogueChapter(chapter)),
);
const firstThree = (typed: string): readonly string[] => findInLibrary([index], Search.parse({ q: typed })).chapters.slice(0, 3);

/** What is typed, and the chapter that must be among the first three. */
const asked: Record<string, readonly (readonly [string, string])[]> = {
  "abbreviations of the field": [
    ["BPD", "adult-borderline"],
    ["TBI", "adult-brain-injury"],
    ["DID", "adult-dissociation"],
    ["SI", "adult-suicidal-ideation"],
    ["MST", "crisis-sexual-assault"],
    ["MCI", "older-adult-mild-cognitive-impairment"],
    ["erp", "adult-ocd"],
  ],
  "what clients and their families say": [
    ["can't sleep", "adult-insomnia"],
    ["panic attacks", "adult-panic-agoraphobia"],
    ["mood swings", "adult-borderline"],
    ["depressed", "adult-depression"],
    ["angry", "adult-anger"],
    ["narcissist", "adult-narcissistic-personality"],
    ["cutting", "adult-self-injury"],
    ["picky eater", "adult-restrictive-eating"],
    ["mask for sleep apnea", "adult-sleep-wake"],
    ["germs", "adult-ocd"],
    ["husband hits me", "adult-partner-violence-survivor"],
    ["cheated on me", "adult-relationship-conflict"],
    ["my mom has alzheimers", "adult-caregiving"],
    ["molested as a child", "adult-childhood-trauma"],
    ["my daughter was molested", "crisis-child-abuse"],
    ["my son killed himself", "crisis-suicide-loss"],
    ["dad killed himself", "crisis-child-suicide-loss"],
    ["miscarriage", "crisis-miscarriage"],
    ["lost my mom", "adult-prolonged-grief"],
    ["church hurt", "adult-spiritual-struggle"],
    ["just got out of prison", "adult-legal-trouble"],
    ["living in my car", "adult-homelessness"],
    ["grandkids live with me", "older-adult-grandparenting"],
    ["lonely old man", "older-adult-loneliness"],
    ["hoarder", "older-adult-hoarding"],
    ["adult children won't talk to me", "older-adult-family-conflict"],
  ],
  "substances by the names they go by": [
    ["pills", "adult-opioid-use"],
    ["xanax", "adult-sedative-use"],
    ["shrooms", "adult-other-drug-use"],
    ["quit smoking", "adult-tobacco-use"],
    ["AA", "adult-alcohol-use"],
    ["relapse", "crisis-substance"],
  ],
  "who somebody is and what happened": [
    ["gay", "adult-minority-stress"],
    ["trans", "adult-gender-identity"],
    ["cop", "crisis-first-responders"],
    ["farmer", "crisis-job-loss"],
    ["robbed at work", "crisis-robbery"],
    ["burn", "crisis-injury"],
    ["school shooting", "crisis-school-trauma"],
    ["hurricane", "crisis-disaster"],
    ["stalker", "crisis-stalking"],
    ["scared to drive", "crisis-phobia-after-trauma"],
    ["deported", "crisis-refugee"],
    ["stroke", "older-adult-stroke-recovery"],
  ],
  "misspelled, spelled the British way or written as one word": [
    ["truama", "adult-ptsd"],
    ["marajuana", "adult-cannabis-use"],
    ["zanax", "adult-sedative-use"],
    ["schizofrenia", "adult-psychosis"],
    ["borderline personalty", "adult-borderline"],
    ["sleep apnoea", "adult-sleep-wake"],
    ["couple counselling", "adult-relationship-conflict"],
    ["angermanagement", "adult-anger"],
    ["alzeimers", "older-adult-dementia"],
  ],
  "words in any order, an approach with a problem": [
    ["insomnia cbt", "adult-insomnia"],
    ["dbt self harm", "adult-self-injury"],
    ["EMDR trauma", "adult-ptsd"],
    ["anxiety social", "adult-social-anxiety"],
    ["DISORDER PERSONALITY BORDERLINE", "adult-borderline"],
  ],
  "distress as Spanish-speaking clients name it": [
    ["nervios", "adult-generalized-anxiety"],
    ["ataques de nervios", "adult-panic-agoraphobia"],
    ["Susto", "crisis-acute-stress"],
  ],
  "codes, beginnings of codes and measures": [
    ["f411", "adult-generalized-anxiety"],
    ["F43 23", "adult-adjustment"],
    ["F3", "adult-depression"],
    ["Z65.3", "adult-legal-trouble"],
    ["K2", "adult-other-drug-use"],
    ["phq9", "adult-depression"],
    ["PCL", "adult-ptsd"],
    ["AUDIT-C", "adult-alcohol-use"],
  ],
};

describe.each(Object.entries(asked))("%s", (_, queries) => {
  test.each(queries)("%s", (typed, chapter) => {
    expect(firstThree(typed)).toContain(chapter);
  });
});

test("every chapter is found by its title and by each of its other names", () => {
  const missed = library.chapters.flatMap(({ id, title, synonyms }) =>
    [title, ...synonyms]
      .filter((name) => !findInLibrary([index], Search.parse({ q: name })).chapters.includes(id))
      .map((name) => `${id}: ${name}`),
  );
  expect(missed).toEqual([]);
});
