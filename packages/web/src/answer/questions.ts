/** What the server sends of a private link, as it shows it (`server/src/answer-link/shown-questions.ts`). Nothing of the product's own code comes along. */
export interface Question {
  readonly number: number;
  readonly words: string;
  readonly options: readonly { readonly value: number; readonly label: string }[];
  readonly quantity: { readonly min: number; readonly max: number; readonly step: number; readonly unit: string } | null;
  readonly optional: boolean;
  /** From this answer on the page says where help is. */
  readonly helpFrom: number | null;
}

export interface Form {
  readonly id: string;
  readonly instruction: string;
  readonly credit: string;
  readonly questions: readonly Question[];
  /** Questions that the form tells one to leave out, when the named ones add up to exactly `sumIs`. */
  readonly skips: readonly {
    readonly items: readonly number[];
    readonly when: { readonly items: readonly number[]; readonly sumIs: number };
  }[];
}

export type Answers = readonly (number | null)[];
/** Answers to each form, by its id. */
export type AllAnswers = Readonly<Record<string, Answers>>;

/** One question on its way through all forms. */
export interface Place {
  readonly form: Form;
  readonly question: Question;
}

export function answersTo(answers: AllAnswers, form: Form): Answers {
  return answers[form.id] ?? form.questions.map(() => null);
}

export function answerAt(answers: AllAnswers, { form, question }: Place): number | null {
  return answersTo(answers, form)[question.number - 1] ?? null;
}

export function withAnswer(answers: AllAnswers, { form, question }: Place, value: number | null): AllAnswers {
  return { ...answers, [form.id]: answersTo(answers, form).map((answer, index) => (index === question.number - 1 ? value : answer)) };
}

function leftOut({ skips }: Form, answers: Answers): ReadonlySet<number> {
  const out = new Set<number>();
  for (const { items, when } of skips) {
    let sum: number | null = 0;
    for (const number of when.items) {
      const answer: number | null = answers[number - 1] ?? null;
      sum = sum === null || answer === null ? null : sum + answer;
    }
    if (sum === when.sumIs) for (const number of items) out.add(number);
  }
  return out;
}

/** Answers as they are sent: a question that the form tells one to leave out holds none. */
export function withoutLeftOut(form: Form, answers: Answers): Answers {
  const out = leftOut(form, answers);
  return answers.map((answer, index) => (out.has(index + 1) ? null : answer));
}

/** Every question in order, without those that are left out as things stand. */
export function way(forms: readonly Form[], answers: AllAnswers): Place[] {
  return forms.flatMap((form) => {
    const out = leftOut(form, answersTo(answers, form));
    return form.questions.filter(({ number }) => !out.has(number)).map((question) => ({ form, question }));
  });
}

/** Questions that are still open and belong to a whole answer. */
export function stillOpen(forms: readonly Form[], answers: AllAnswers): Place[] {
  return way(forms, answers).filter((place) => !place.question.optional && answerAt(answers, place) === null);
}

export function isSame(a: Place, b: Place): boolean {
  return a.form.id === b.form.id && a.question.number === b.question.number;
}

/** The next place (or the one before); `null` past either end. */
export function neighbor(forms: readonly Form[], answers: AllAnswers, from: Place, by: 1 | -1): Place | null {
  const places = way(forms, answers);
  return places[places.findIndex((place) => isSame(place, from)) + by] ?? null;
}

/** The next question that is still open; `null` when there is none further on. */
export function openAfter(forms: readonly Form[], answers: AllAnswers, from: Place): Place | null {
  const places = way(forms, answers);
  const after = places.slice(places.findIndex((place) => isSame(place, from)) + 1);
  return after.find((place) => !place.question.optional && answerAt(answers, place) === null) ?? null;
}

/** Whether an answer calls for help at once. */
export function needsHelp({ helpFrom }: Question, answer: number | null): boolean {
  return helpFrom !== null && answer !== null && answer >= helpFrom;
}

export function anyNeedsHelp(forms: readonly Form[], answers: AllAnswers): boolean {
  return way(forms, answers).some((place) => needsHelp(place.question, answerAt(answers, place)));
}

/** A number as it was typed, with a comma or a point; or what is wrong with it, in words for whoever typed it. */
export function readQuantity(
  text: string,
  { min, max, step }: NonNullable<Question["quantity"]>,
): { readonly value: number | null } | { readonly fault: string } {
  const plain = text.trim().replace(",", ".");
  if (plain === "") return { value: null };
  const value = Number(plain);
  if (!/^-?\d+(\.\d+)?$/.test(plain) || value < min || value > max) return { fault: `Enter a number from ${min} to ${max}.` };
  const steps = (value - min) / step;
  // In binary, 0.3 is not three times 0.1.
  if (Math.abs(steps - Math.round(steps)) > 1e-6)
    return { fault: step === 1 ? "Enter a whole number." : `Enter a number in steps of ${step}, such as ${min + step}.` };
  return { value };
}
