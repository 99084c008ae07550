import { formatDate } from "../../calendar/date.ts";
import { frequencyInWords, withDetail } from "../../document/plan-document.ts";
import { scheduleInWords } from "../measure-schedule.ts";
import type { Metric, Objective, Plan } from "../plan.ts";
import { tellable } from "./asked-anew.ts";
import { withBecause } from "./because.ts";
import type { ItemDifference, PartKey } from "./compare-part.ts";
import type { ChangeInWords, DifferenceInWords, Told } from "./difference-in-words.ts";
import { objectivePlainOf } from "./item-words.ts";
import type { PlanDifference } from "./plan-difference.ts";
import { markOf } from "./record-words.ts";
import { counted, formatWords, modalityWords } from "./value-words.ts";
import { wordChanges } from "./word-changes.ts";

type Group = "reached" | "new" | "changed" | "stopped" | "also";

const titles: Record<Group, string> = {
  reached: "What you reached",
  new: "What is new",
  changed: "What we changed",
  stopped: "What we stopped",
  also: "Also updated",
};

/** One change before sentences that say the same are put together. `say` gets the number of things it speaks of, and ends without a full stop. `withSteps`: the steps that a goal came or went with. */
interface Saying {
  readonly group: Group;
  readonly item: ItemDifference;
  readonly ids: readonly string[];
  readonly say: (count: number, withSteps?: string) => string;
  readonly about: readonly Told[];
}

const plain = (text: string): Told => ({ text, words: null });
const number = (count: number, one: string, many: string) => (count === 1 ? one : many.replace("#", String(count)));
const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;

/** What the client's list of steps, goals and so on calls its things: one, and several. */
const nouns: Partial<Record<PartKey, readonly [one: string, many: string]>> = {
  problems: ["something to work on", "# things to work on"],
  goals: ["a goal", "# goals"],
  objectives: ["a step", "# steps"],
  expectedOutcomes: ["something that we hope for", "# things that we hope for"],
  dischargeCriteria: ["a sign that therapy can end", "# signs that therapy can end"],
};

/** Parts of a plan that are for the record: the client hears that they changed, and can ask. */
const recordNouns: Partial<Record<PartKey, string>> = {
  diagnoses: "the diagnosis",
  assessments: "your scores",
  coordination: "who we talk with about your care",
  settingModifications: "the rules of this place",
  certifications: "a form for the payer",
  reviews: "what we said when we looked at the plan",
  declined: "what you did not want",
  asam: "the level of care",
};

const find = <T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined => list.find((entry) => entry.id === id);

function metricName(metric: Metric): string {
  if (metric.kind !== "measure") return "";
  const name = metric.measureName ?? "";
  return metric.item === undefined ? ` of your ${name} score` : ` of question ${metric.item} of the ${name}`;
}

/** A number moved: "lowered the target from 12 to 9". */
function moved(what: string, before: number | null | undefined, after: number | null | undefined, unit: string): string {
  if (after === null || after === undefined) return `left ${what} open`;
  if (before === null || before === undefined) return `set ${what} to ${after}${unit}`;
  return `${after < before ? "lowered" : "raised"} ${what} from ${before} to ${after}${unit}`;
}

function yardstick(metric: Metric): string {
  switch (metric.kind) {
    case "measure":
      return `with the ${metric.measureName ?? "form"}`;
    case "count":
      return "by your own count";
    case "rating":
      return "by your own rating";
    case "milestone":
      return "by whether it is done";
  }
}

function targetClauses(before: Objective, after: Objective): string[] {
  const metric = after.metric ?? before.metric;
  if (metric === null) return [];
  const [old, now] = [before.metric, after.metric];
  // With another yardstick the old numbers mean nothing beside the new ones.
  const same =
    old !== null && now !== null && old.kind === now.kind && old.measure === now.measure && old.item === now.item && old.unit === now.unit;
  if (!same) {
    if (now === null) return ["stopped measuring it"];
    const target =
      now.target === null || now.kind === "milestone" ? "" : ` (target: ${now.target}${now.kind === "count" ? ` ${now.unit}` : ""})`;
    return [`now measure it ${yardstick(now)}${target}`];
  }
  const clauses: string[] = [];
  const unit = metric.kind === "count" && metric.unit !== "" ? ` ${metric.unit}` : "";
  if (old.target !== now.target && metric.kind !== "milestone")
    clauses.push(moved(`the target${metricName(metric)}`, old.target, now.target, unit));
  if (old.baseline !== now.baseline || old.baselineDate !== now.baselineDate)
    clauses.push(
      now.baseline === null
        ? "left the starting point open"
        : metric.kind === "milestone"
          ? "noted where you start"
          : `put the starting point at ${now.baseline}${unit}`,
    );
  if (clauses.length === 0 && JSON.stringify(old) !== JSON.stringify(now)) clauses.push("changed how we measure it");
  return clauses;
}

const stands: Partial<Record<NonNullable<Objective["achievementStatus"]>, string>> = {
  improving: "it is getting better",
  worsening: "it got worse",
  "no-change": "it is the same as before",
  "no-progress": "there is no progress yet",
  sustaining: "you keep it up",
  "in-progress": "it is under way",
  "not-achieved": "it is not reached",
  "not-attainable": "it cannot be reached",
};

/** What happened to a goal or step that goes on, each as it stands after "We". */
function clausesOf(item: ItemDifference, { before, after }: PlanDifference): string[] {
  const keys = new Set(item.fields.map(({ key }) => key));
  const clauses: string[] = [];
  const it = item.part === "objectives" ? "this step" : item.part === "goals" ? "this goal" : "this";
  if (item.part === "objectives") {
    const [old, now] = [find(before.objectives, item.id), find(after.objectives, item.id)];
    if (old && now) {
      if ([...keys].some((key) => key.startsWith("metric."))) clauses.push(...targetClauses(old, now));
      if (keys.has("targetDate"))
        clauses.push(
          now.targetDate === null
            ? "took the date away"
            : old.targetDate === null
              ? `set the date to ${formatDate(now.targetDate)}`
              : `moved the date from ${formatDate(old.targetDate)} to ${formatDate(now.targetDate)}`,
        );
    }
  }
  const items = item.part === "objectives" ? after.objectives : item.part === "goals" ? after.goals : [];
  const now = items.find(({ id }) => id === item.id);
  if (keys.has("lifecycleStatus") && now)
    clauses.push(now.lifecycleStatus === "on-hold" ? `put ${it} on hold for now` : `took ${it} up again`);
  if (keys.has("achievementStatus") && now) {
    const status = now.achievementStatus === null ? undefined : stands[now.achievementStatus];
    clauses.push(status === undefined ? "noted how it goes" : `noted that ${status}`);
  }
  if (keys.has("goalId") || keys.has("problemIds")) clauses.push(`put ${it} in another place in the plan`);
  if (keys.has("safety")) clauses.push(now?.safety ? `marked ${it} as part of your safety` : `no longer mark ${it} as part of your safety`);
  if (keys.has("clientWords") || keys.has("plain") || keys.has("detail") || keys.has("parameters")) clauses.push(`put ${it} in new words`);
  else if (keys.has("text") && clauses.length === 0) clauses.push(`changed how your record words ${it}`);
  if (clauses.length === 0 && (keys.has("stage") || keys.has("term"))) clauses.push(`changed when we work on ${it}`);
  return clauses;
}

/** The client's wording, with what in it changed. */
function aboutNow(item: ItemDifference, { before, after }: PlanDifference): Told[] {
  const wording = item.fields.filter(({ key }) => ["plain", "detail", "what", "text"].includes(key));
  if (wording.length === 0) return item.plain === "" ? [] : [plain(item.plain)];
  const said = (plan: Plan): string | null => {
    if (item.part === "objectives") {
      const found = find(plan.objectives, item.id);
      return found ? objectivePlainOf(found) : null;
    }
    const list = plan[item.part];
    const found = Array.isArray(list)
      ? list.find((entry: unknown) => typeof entry === "object" && entry !== null && "id" in entry && entry.id === item.id)
      : undefined;
    if (found === undefined || typeof found !== "object") return null;
    const field = (key: string): string => {
      const value: unknown = key in found ? Object.entries(found).find(([name]) => name === key)?.[1] : "";
      return typeof value === "string" ? value : "";
    };
    return withDetail(field("plain").trim() === "" ? field("text") || field("what") : field("plain"), field("detail"));
  };
  const [old, now] = [said(before), said(after)];
  if (old === null || now === null || old === now) return item.plain === "" ? [] : [plain(item.plain)];
  return [{ text: now, words: wordChanges(old, now) }];
}

const before = (text: string) => (text === "" ? "" : ` (before: ${text})`);

/** How often, how long and where the therapist's part happens, and what it serves. */
function interventionSaying(item: ItemDifference, { after }: PlanDifference): string {
  const now = find(after.interventions, item.id);
  const keys = new Map(item.fields.map((field) => [field.key, field]));
  const clauses: string[] = [];
  const frequency = keys.get("frequency");
  if (frequency && now)
    clauses.push(
      now.frequency ? `plan this ${frequencyInWords(now.frequency)}${before(frequency.before)}` : "leave open how often we do this",
    );
  const minutes = keys.get("minutes");
  if (minutes && now)
    clauses.push(
      now.minutes === null ? "leave open how long it takes" : `take ${counted(now.minutes, "minute")} for this${before(minutes.before)}`,
    );
  const weeks = keys.get("weeks");
  if (weeks && now)
    clauses.push(
      now.weeks === null ? "leave open for how many weeks" : `plan this for ${counted(now.weeks, "week")}${before(weeks.before)}`,
    );
  const who = keys.get("responsible");
  if (who) clauses.push(who.after === "" ? "leave open who does this" : `plan this with ${who.after}${before(who.before)}`);
  if (keys.has("format") && now)
    clauses.push(now.format === "coordination" ? "do this outside the sessions" : `do this ${formatWords[now.format]}`);
  if (keys.has("objectiveIds")) clauses.push("use this for other steps");
  if (keys.has("homework")) clauses.push("have other homework for this");
  if (keys.has("adaptations")) clauses.push("fit this to you in a new way");
  if (clauses.length > 0) return clauses.map((clause) => `We now ${clause}`).join(". ");
  if (keys.has("plain") || keys.has("detail")) return "We put this in new words";
  if (keys.has("stage")) return "We changed when we do this";
  return "We changed how your record words this";
}

function sessionClauses(item: ItemDifference, { after }: PlanDifference): string[] {
  const { frequency, minutes, weeks, expectedSessions, modality } = after.sessionPlan;
  return item.fields.map(({ key, before: old }) => {
    switch (key) {
      case "frequency":
        return frequency ? `We now meet ${frequencyInWords(frequency)}${before(old)}` : "How often we meet is open now";
      case "minutes":
        return minutes ? `We now meet for ${counted(minutes, "minute")}${before(old)}` : "How long we meet is open now";
      case "weeks":
        return weeks ? `We now plan for about ${counted(weeks, "week")}${before(old)}` : "How many weeks it takes is open now";
      case "modality":
        return `We now meet ${modalityWords[modality]}${before(old)}`;
      default:
        return expectedSessions
          ? `We now plan ${expectedSessions.join(" to ")} meetings${before(old)}`
          : "How many times we meet is open now";
    }
  });
}

/** Sentences of one part. A part that nothing here speaks of is for the record, and is named under "Also updated". */
function sayingsOf(item: ItemDifference, difference: PlanDifference): readonly Saying[] {
  const { part, kind, id } = item;
  const { before: from, after } = difference;
  const one = (group: Group, say: Saying["say"], about: readonly Told[]): Saying => ({ group, item, ids: [id], say, about });
  const what = item.plain === "" ? [] : [plain(item.plain)];
  const noun = nouns[part];
  if (noun !== undefined) {
    const some = (count: number, withSteps = "") => `${number(count, noun[0], noun[1])}${withSteps}`;
    if (kind === "added" && item.ending === null) return [one("new", (count, steps) => `We added ${some(count, steps)}`, what)];
    if (item.ending === "reached")
      return [one("reached", (count) => (part === "problems" ? `You are done with ${some(count)}` : `You reached ${some(count)}`), what)];
    if (kind === "ended" || kind === "added") return [one("stopped", (count) => `We stopped working on ${some(count)}`, what)];
    if (kind === "removed") return [one("stopped", (count, steps) => `We took ${some(count, steps)} out of the plan`, what)];
    if (kind === "moved") return [one("changed", () => "We changed what comes first", what)];
    if (part === "problems") {
      const status = find(after.problems, id)?.status;
      const said = !item.fields.some(({ key }) => key === "status")
        ? "We changed what your record says about this"
        : status === "active"
          ? "We took this up again"
          : "We put this on hold for now";
      return [one("changed", () => said, what)];
    }
    const clauses = clausesOf(item, difference);
    return [
      one(
        "changed",
        () => (clauses.length === 0 ? ["changed this"] : clauses).map((clause) => `We ${clause}`).join(". "),
        aboutNow(item, difference),
      ),
    ];
  }
  switch (part) {
    case "interventions":
      if (kind === "added") return [one("new", (count) => `We will do ${number(count, "something new", "# new things")}`, what)];
      if (kind === "removed") return [one("stopped", () => "We stopped doing this", what)];
      return [one("changed", () => interventionSaying(item, difference), aboutNow(item, difference))];
    case "sessionPlan":
      return [one("changed", () => sessionClauses(item, difference).join(". "), [])];
    case "reviewDue":
      return [
        one(
          "changed",
          () =>
            after.reviewDue === null
              ? "There is no day yet to look at this plan again"
              : `We look at this plan again on ${formatDate(after.reviewDue)}${before(from.reviewDue === null ? "" : formatDate(from.reviewDue))}`,
          [],
        ),
      ];
    case "effectiveUntil":
      return [
        one(
          "changed",
          () =>
            after.effectiveUntil === null ? "The plan has no last day now" : `The plan now runs until ${formatDate(after.effectiveUntil)}`,
          [],
        ),
      ];
    case "measureSchedule": {
      const now = find(after.measureSchedule, id);
      if (kind === "added" && now) return [one("new", () => `You will fill in the ${now.measureName} ${scheduleInWords(now)}`, [])];
      if (kind === "removed") return [one("stopped", () => `You no longer fill in the ${item.plain}`, [])];
      return now
        ? [
            one(
              "changed",
              () => `You now fill in the ${now.measureName} ${scheduleInWords(now)}${before(item.fields[0]?.before ?? "")}`,
              [],
            ),
          ]
        : [];
    }
    case "responsibilities": {
      const who = (find(after.responsibilities, id) ?? find(from.responsibilities, id))?.who;
      const whose = who === "client" ? "your part" : who === "clinician" ? "your therapist’s part" : "the part of others";
      if (kind === "added") return [one("new", () => `We added to ${whose}`, what)];
      if (kind === "removed") return [one("stopped", () => `This is no longer ${whose}`, what)];
      return [one("changed", () => `We changed ${whose}`, aboutNow(item, difference))];
    }
    case "medications":
      return [
        one(
          kind === "added" ? "new" : kind === "removed" ? "stopped" : "changed",
          () =>
            kind === "added"
              ? "We added to the list of your medicine"
              : kind === "removed"
                ? "We took this off the list of your medicine"
                : "We changed the list of your medicine",
          what,
        ),
      ];
    case "referrals":
      return [
        one(
          kind === "added" ? "new" : kind === "removed" ? "stopped" : "changed",
          () =>
            kind === "added"
              ? "We want to send you to somebody else as well"
              : kind === "removed"
                ? "We no longer plan to send you there"
                : "We changed how it stands with this",
          what,
        ),
      ];
    case "strengths": {
      const lines = item.fields[0]?.lines ?? { in: [], out: [] };
      const about = [
        ...lines.in.map((text): Told => ({ text, words: [{ kind: "in", text }] })),
        ...lines.out.map((text): Told => ({ text, words: [{ kind: "out", text }] })),
      ];
      return [
        one(
          lines.out.length === 0 ? "new" : "changed",
          () => (lines.out.length === 0 ? "We added to your strengths" : "We changed the list of your strengths"),
          about,
        ),
      ];
    }
    default:
      return [one("also", () => "", [])];
  }
}

const order: readonly Group[] = ["reached", "new", "changed", "stopped", "also"];

/** The steps of a goal that came, went or ended with it are told with the goal, unless they have a reason of their own. */
function underGoals(items: readonly ItemDifference[], { before: from, after }: PlanDifference): Map<string, readonly ItemDifference[]> {
  const goals = new Map(items.filter(({ part }) => part === "goals").map((item) => [item.id, item]));
  const found = new Map<string, ItemDifference[]>();
  for (const item of items) {
    if (item.part !== "objectives" || (item.kind !== "added" && item.kind !== "removed")) continue;
    const goalId = find((item.kind === "added" ? after : from).objectives, item.id)?.goalId ?? "";
    const goal = goals.get(goalId);
    if (goal?.kind !== item.kind || goal.ending !== item.ending || (item.reason !== "" && item.reason !== goal.reason)) continue;
    found.set(goalId, [...(found.get(goalId) ?? []), item]);
  }
  return found;
}

/**
 * Interventions of which nothing changed but that a step they served is gone, or that they serve a new one too: the client hears of the step. By the
 * step's id.
 */
function withSteps(items: readonly ItemDifference[], { before: from, after }: PlanDifference): Map<string, readonly ItemDifference[]> {
  const steps = new Map(
    items.filter(({ part, kind }) => part === "objectives" && (kind === "added" || kind === "removed")).map(({ id, kind }) => [id, kind]),
  );
  const found = new Map<string, ItemDifference[]>();
  for (const item of items) {
    if (item.part !== "interventions" || item.reason !== "" || item.fields.length !== 1 || item.fields[0]?.key !== "objectiveIds") continue;
    const old = find(from.interventions, item.id)?.objectiveIds ?? [];
    const now = find(after.interventions, item.id)?.objectiveIds ?? [];
    const moved = [...old.filter((id) => !now.includes(id)), ...now.filter((id) => !old.includes(id))];
    const [step] = moved;
    if (step !== undefined && moved.every((id) => steps.get(id) === (now.includes(id) ? "added" : "removed")))
      found.set(step, [...(found.get(step) ?? []), item]);
  }
  return found;
}

export function clientWords(difference: PlanDifference): DifferenceInWords {
  const items = tellable(difference);
  const under = underGoals(items, difference);
  const serving = withSteps(items, difference);
  const folded = new Set([...under.values(), ...serving.values()].flat());
  // With one change only, the reason for the revision is the reason for it.
  const [general = ""] = items.length === 1 && difference.reasons.length === 1 ? difference.reasons : [];
  const sayings = items
    .filter((item) => !folded.has(item))
    .flatMap((item) => sayingsOf(item, difference))
    .map((saying): Saying => {
      const steps = saying.item.part === "goals" ? (under.get(saying.item.id) ?? []) : [];
      const alongside = [saying.item, ...steps].flatMap(({ id }) => (serving.get(id) ?? []).map((served) => served.id));
      const ids = [...saying.ids, ...steps.map(({ id }) => id), ...alongside];
      if (steps.length === 0) return { ...saying, ids };
      const say = () => saying.say(1, ` with ${number(steps.length, "one step", "# steps")}`);
      return { ...saying, say, ids, about: [...saying.about, ...steps.map((step) => plain(step.plain))] };
    });
  const groups = order.flatMap((group) => {
    const list = sayings.filter((saying) => saying.group === group);
    if (list.length === 0) return [];
    const changes =
      group === "also"
        ? [alsoUpdated(list)]
        : [...Map.groupBy(list, ({ say, item }) => `${say(1)}\n${item.reason}`).values()].map((alike) => sentence(alike, general));
    return [{ title: titles[group], changes }];
  });
  const usedGeneral = general !== "" && items.every(({ reason }) => reason === "") && groups.some(({ title }) => title !== titles.also);
  return {
    audience: "client",
    lead: groups.length === 0 ? "Nothing in the plan changed." : "This is what changed in your plan.",
    reasons: usedGeneral ? [] : difference.reasons,
    groups,
  };
}

function sentence(alike: readonly Saying[], general: string): ChangeInWords {
  const [first] = alike;
  const ids = [...new Set(alike.flatMap((saying) => saying.ids))];
  if (first === undefined) throw new Error("A sentence is about something.");
  return {
    ids,
    kind: first.item.kind,
    mark: markOf(first.item),
    name: "",
    sentence: withBecause(first.say(alike.length), first.item.reason || general),
    about: alike.flatMap(({ about }) => about),
    fields: [],
    reason: "",
  };
}

function alsoUpdated(list: readonly Saying[]): ChangeInWords {
  const names = [...new Set(list.map(({ item }) => recordNouns[item.part] ?? (item.plain || "a note")))];
  return {
    ids: [...new Set(list.flatMap(({ ids }) => ids))],
    kind: "changed",
    mark: "Changed",
    name: "",
    sentence: `We also changed what your record says on ${joined(names)}. Ask us if you want to see it.`,
    about: [],
    fields: [],
    reason: "",
  };
}
