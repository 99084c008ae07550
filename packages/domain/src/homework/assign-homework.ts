import { addDays, type IsoDate } from "../calendar/date.ts";
import type { Homework } from "../library/homework.ts";
import { type AssignedHomework, AssignedHomework as Schema } from "./assigned-homework.ts";

export interface Assigning {
  readonly assignedOn: IsoDate;
  /** By when; a week later where nobody says. */
  readonly dueOn?: IsoDate | null;
  readonly planId?: string | null;
  readonly objectiveIds?: readonly string[];
  readonly sessionId?: string | null;
  /** What makes it this client's own: where, when, with whom. Goes before the steps of the library. */
  readonly detail?: string;
}

/** Homework of the library as it is given to one client: a copy, which later changes of the library leave as it is. */
export function assignFromLibrary(item: Homework, { detail = "", ...given }: Assigning): AssignedHomework {
  const own = detail.trim();
  return assigned({
    ...given,
    title: item.title,
    libraryId: item.id,
    why: item.why,
    steps: [...(own === "" ? [] : [own]), ...item.steps],
    fields: item.fields,
    ifStuck: item.ifStuck,
    timesPerWeek: item.timesPerWeek,
    minutes: item.minutes,
  });
}

type Text = Pick<AssignedHomework, "title" | "steps"> &
  Partial<Pick<AssignedHomework, "libraryId" | "why" | "ifStuck" | "timesPerWeek" | "minutes">> & {
    readonly fields: readonly AssignedHomework["fields"][number][];
  };

function assigned({
  assignedOn,
  dueOn = addDays(assignedOn, 7),
  planId = null,
  objectiveIds = [],
  sessionId = null,
  ...text
}: Omit<Assigning, "detail"> & Text): AssignedHomework {
  return Schema.parse({ ...text, assignedOn, dueOn, planId, objectiveIds: [...objectiveIds], sessionId });
}

/** Where homework in own words has no form of its own, the client is asked this. */
export const howItWent = { id: "how-it-went", label: "How did it go?", kind: "long-text" } as const;

/** Homework in the clinician's own words: a line of its own for each step. */
export function assignOwnWords(
  { title, text, why = "" }: { readonly title: string; readonly text: string; readonly why?: string },
  given: Omit<Assigning, "detail">,
): AssignedHomework {
  const steps = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return assigned({
    ...given,
    title: title.trim(),
    why: why.trim(),
    steps,
    fields: [{ id: "day", label: "Day", kind: "date" }, howItWent],
  });
}
