import { addDays, type IsoDate } from "../calendar/date.ts";
import { whyNoDayInLife } from "../calendar/day-in-life.ts";
import type { AssignedHomework } from "./assigned-homework.ts";

export interface HomeworkFault {
  /** RFC 6901, within the homework. */
  readonly pointer: string;
  readonly message: string;
}

/** Homework is for the time between sessions: later than this, in days, a day is a slip. */
const furthest = 366;

/** What of homework cannot be as it stands, field by field; none where it can be saved. */
export function whyNotSaved(
  homework: AssignedHomework,
  { today, birthDate }: { readonly today: IsoDate; readonly birthDate: IsoDate },
): readonly HomeworkFault[] {
  const { assignedOn, dueOn, outcome, lookedAtOn, withdrawnOn, withdrawnReason, steps, fields } = homework;
  const faults: HomeworkFault[] = [];
  const fault = (pointer: string, message: string | null) => message !== null && faults.push({ pointer, message });
  fault("/assignedOn", whyNoDayInLife(assignedOn, birthDate, today));
  if (dueOn !== null && dueOn < assignedOn) fault("/dueOn", "This is before the day on which it is given. Choose a later day.");
  if (dueOn !== null && dueOn > addDays(today, furthest)) fault("/dueOn", "This is more than a year away. Check the year.");
  if (steps.every((step) => step.trim() === "")) fault("/steps", "Say what the client is to do.");
  fields.forEach(({ id }, index) => {
    if (fields.findIndex((one) => one.id === id) !== index) fault(`/fields/${index}`, "Two lines of the form have the same id.");
  });
  if (outcome !== null && lookedAtOn === null) fault("/lookedAtOn", "Say on which day you looked at it together.");
  if (outcome === null && lookedAtOn !== null) fault("/outcome", "Say how it went.");
  if (lookedAtOn !== null) {
    fault("/lookedAtOn", whyNoDayInLife(lookedAtOn, birthDate, today));
    if (lookedAtOn < assignedOn) fault("/lookedAtOn", "This is before the day on which it was given.");
  }
  if (withdrawnOn !== null) {
    fault("/withdrawnOn", whyNoDayInLife(withdrawnOn, birthDate, today));
    if (withdrawnOn < assignedOn) fault("/withdrawnOn", "This is before the day on which it was given.");
    if (withdrawnReason.trim() === "") fault("/withdrawnReason", "Say why it is taken back.");
    if (outcome !== null) fault("/withdrawnOn", "You have looked at it already, so there is nothing to take back.");
  }
  return faults;
}
