/** What of a practice decides where its clients are told that help is. */
export interface CrisisPractice {
  /** ISO 3166-1 alpha-2, e.g. "US". */
  readonly country: string;
  /** The practice's own words; empty for those of its country. */
  readonly crisis: string;
}

const opening = "If you think about ending your life, or you are not safe, do not wait for your next visit.";

/** Members of the European Union: 112 reaches the emergency services in each of them. */
const union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

const byCountry: ReadonlyMap<string, string> = new Map([
  ["US", `${opening} Call or text 988 at any hour. If you are in danger now, call 911.`],
  ["CA", `${opening} Call or text 9-8-8 at any hour. If you are in danger now, call 911.`],
  [
    "GB",
    `${opening} Call the Samaritans at any hour on 116 123. In England and Wales you can also call 111 and choose the mental health option. If you are in danger now, call 999.`,
  ],
  ["IE", `${opening} Call the Samaritans at any hour on 116 123. If you are in danger now, call 112 or 999.`],
  ["AU", `${opening} Call Lifeline at any hour on 13 11 14. If you are in danger now, call 000.`],
  ["NZ", `${opening} Call or text 1737 at any hour. If you are in danger now, call 111.`],
  ...union.map((country) => [country, `${opening} If you are in danger now, call 112.`] as const),
]);

const elsewhere = `${opening} If you are in danger now, call the emergency number of your country or go to the nearest emergency room.`;

/**
 * Where help is now, in words that a person in distress can take in, as a practice's country has it. The numbers, as read in November 2026:
 * US: Wyoming Department of Health, "988 Suicide & Crisis Lifeline" (call or text 988; 911 in immediate danger).
 * CA: Government of Canada launches three-digit suicide crisis helpline, 30 November 2023 (call or text 9-8-8, day and night); 911 for police,
 * fire and medical emergencies.
 * GB: samaritans.org, "Contact a Samaritan" (116 123); Tees, Esk and Wear Valleys NHS Trust, "NHS 111, select mental health option"; NHS Wales,
 * "111 press 2", which names 999 where life is at risk. No such line was found confirmed for Scotland and Northern Ireland, and none is named.
 * IE: HSE South East Community Healthcare, 10 September 2020 (999 or 112); Dáil Éireann, question 505 of 10 December 2013 (116 123).
 * AU: Lifeline Harbour to Hawkesbury, frequently asked questions (13 11 14; 000 in immediate danger).
 * NZ: Ministry of Health, 17 March 2019 (call or text 1737 at any time); Mental Health Foundation (111 where safety is at risk).
 * European Union: European Commission on 112, which can be called in all member states.
 */
export function defaultCrisisWords(country: string): string {
  return byCountry.get(country) ?? elsewhere;
}

/** What the practice tells its clients: its own words, or those of its country. */
export function crisisWords({ country, crisis }: CrisisPractice): string {
  return crisis.trim() || defaultCrisisWords(country);
}
