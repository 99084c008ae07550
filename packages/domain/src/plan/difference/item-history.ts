import type { IsoDate } from "../../calendar/date.ts";
import type { Goal, Metric, Objective, Plan } from "../plan.ts";
import { type FieldChange, type ItemDifference, sideOf } from "./compare-part.ts";
import { inPlanOrder, wordsOf } from "./item-words.ts";
import { differenceOf } from "./plan-difference.ts";
import { endingOf } from "./plan-parts.ts";

/** One revision, and the day in the practice's zone on which it was signed by all; for a draft, the day of its last change. */
export interface PlanInTime {
  readonly plan: Plan;
  readonly on: IsoDate;
  readonly signed: boolean;
}

export type HistoryKind = "proposed" | "agreed" | "changed" | "on-hold" | "resumed" | "reached" | "stopped" | "removed";

/** Something that happened to a goal or an objective. */
export interface HistoryEvent {
  readonly kind: HistoryKind;
  readonly title: string;
  readonly on: IsoDate;
  readonly revision: number;
  /** `false` while the revision that does it is a draft. */
  readonly signed: boolean;
  readonly fields: readonly FieldChange[];
  readonly reason: string;
  /** The last score of what the objective is measured by, on or before that day. */
  readonly score: number | null;
}

/** A goal or an objective from its proposal to its end. */
export interface ItemHistory {
  readonly id: string;
  readonly part: "goals" | "objectives";
  /** As in the last revision that has it. */
  readonly name: string;
  readonly text: string;
  readonly plain: string;
  /** For an objective the goal it stands under. */
  readonly goalId: string | null;
  /** `proposed`: in no signed revision yet. */
  readonly state: "proposed" | "open" | "on-hold" | "reached" | "stopped" | "removed";
  readonly events: readonly HistoryEvent[];
}

export interface HistorySources {
  /** The day on which an item was first written into a draft, where that is known. */
  readonly proposedOn?: (id: string) => IsoDate | null;
  readonly scoreOn?: (metric: Metric, on: IsoDate) => number | null;
}

const titles: Record<HistoryKind, string> = {
  proposed: "Proposed",
  agreed: "Agreed",
  changed: "Changed",
  "on-hold": "Put on hold",
  resumed: "Taken up again",
  reached: "Reached",
  stopped: "Ended",
  removed: "Taken out of the plan",
};

/** A signature puts an item into force; whether the client agreed is another question, and the plan answers it. */
const agreed: Record<Plan["agreement"]["state"], string> = {
  "not-asked": "In force",
  agreed: "Agreed",
  "agreed-in-part": "In force, agreed in part",
  "did-not-agree": "In force, without the client’s agreement",
  "could-not-answer": "In force",
};

type Item = Goal | Objective;
const itemsOf = (plan: Plan) => [
  ...plan.goals.map((item) => ({ part: "goals" as const, item })),
  ...plan.objectives.map((item) => ({ part: "objectives" as const, item })),
];
const metricOf = (item: Item): Metric | null => ("metric" in item ? item.metric : null);

function kindOf(item: Item, difference: ItemDifference): HistoryKind {
  if (difference.kind === "removed") return "removed";
  if (difference.kind === "ended") return difference.ending ?? "stopped";
  const status = difference.fields.find(({ key }) => key === "lifecycleStatus");
  if (status === undefined) return "changed";
  if (item.lifecycleStatus === "on-hold") return "on-hold";
  return item.lifecycleStatus === "active" && status.before !== "proposed" && status.before !== "agreed" ? "resumed" : "changed";
}

/**
 * Every goal and objective that was ever in the plan, from proposal to end. Goals come in the order of the newest revision, each with its objectives; those
 * that have left the plan come last.
 *
 * @param revisions oldest first, the draft last where there is one.
 */
export function planHistory(revisions: readonly PlanInTime[], { proposedOn, scoreOn }: HistorySources = {}): ItemHistory[] {
  const events = new Map<string, HistoryEvent[]>();
  const last = new Map<
    string,
    { readonly part: "goals" | "objectives"; readonly item: Item; readonly name: string; readonly at: number }
  >();
  const agreedOn = new Set<string>();
  const add = (id: string, event: HistoryEvent) => events.set(id, [...(events.get(id) ?? []), event]);
  const scoreAt = (item: Item, on: IsoDate) => {
    const metric = metricOf(item);
    return metric === null ? null : (scoreOn?.(metric, on) ?? null);
  };

  revisions.forEach(({ plan, on, signed }, at) => {
    const earlier = revisions[at - 1]?.plan;
    const items = itemsOf(plan);
    const side = sideOf(plan);
    const happened = (kind: HistoryKind, item: Item, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
      kind,
      title: titles[kind],
      on,
      revision: plan.revision,
      signed,
      fields: [],
      reason: "",
      score: scoreAt(item, more.on ?? on),
      ...more,
    });
    const differences = new Map(
      (earlier === undefined ? [] : differenceOf(earlier, plan).items)
        .filter(({ part }) => part === "goals" || part === "objectives")
        .map((difference) => [difference.id, difference]),
    );
    for (const { part, item } of items) {
      const known = last.get(item.id);
      const difference = differences.get(item.id);
      if (known === undefined) {
        const day = proposedOn?.(item.id) ?? null;
        const reason = difference?.reason ?? "";
        // Without a day of its own, the proposal of what is signed is told by the signature.
        if (day !== null) add(item.id, happened("proposed", item, { on: day, reason }));
        else if (!signed) add(item.id, happened("proposed", item, { reason }));
        if (signed) agreedOn.add(item.id);
        if (signed) add(item.id, happened("agreed", item, { title: agreed[plan.agreement.state], reason: day === null ? reason : "" }));
        const ending = endingOf(item);
        if (ending !== null) add(item.id, happened(ending, item));
      } else if (signed && !agreedOn.has(item.id)) {
        agreedOn.add(item.id);
        add(item.id, happened("agreed", item, { title: agreed[plan.agreement.state] }));
      } else if (difference?.kind === "added") add(item.id, happened("resumed", item, { reason: difference.reason }));
      else if (difference !== undefined && difference.kind !== "moved") {
        const kind = kindOf(item, difference);
        // What was proposed before and is signed now has not changed, it counts.
        const fields = difference.fields.filter(
          ({ key, before }) => key !== "lifecycleStatus" || (before !== "proposed" && before !== "agreed"),
        );
        if (kind !== "changed" || fields.length > 0) add(item.id, happened(kind, item, { fields, reason: difference.reason }));
      }
      const name = part === "goals" ? `Goal ${side.goalNumber(item.id)}` : `Objective ${side.objectiveNumber(item.id)}`;
      last.set(item.id, { part, item, name, at });
    }
    for (const difference of differences.values()) {
      const known = last.get(difference.id);
      if (difference.kind === "removed" && known !== undefined && endingOf(known.item) === null)
        add(difference.id, happened("removed", known.item, { reason: difference.reason }));
    }
  });

  const newest = revisions.length - 1;
  const histories = [...last].map(([id, { part, item, name, at }]): ItemHistory & { readonly gone: boolean } => {
    const ending = endingOf(item);
    return {
      id,
      part,
      name,
      ...wordsOf(item),
      goalId: "goalId" in item ? item.goalId : null,
      state: ending ?? (at < newest ? "removed" : item.lifecycleStatus === "on-hold" ? "on-hold" : agreedOn.has(id) ? "open" : "proposed"),
      events: events.get(id) ?? [],
      gone: at < newest,
    };
  });
  return histories
    .toSorted((a, b) => Number(a.gone) - Number(b.gone) || inPlanOrder(a.name, b.name))
    .map(({ gone: _gone, ...history }) => history);
}

/** One goal's or objective's history; `null` where no revision has it. */
export function itemHistory(revisions: readonly PlanInTime[], id: string, sources: HistorySources = {}): ItemHistory | null {
  return planHistory(revisions, sources).find((history) => history.id === id) ?? null;
}
