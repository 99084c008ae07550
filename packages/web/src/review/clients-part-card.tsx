import { Text } from "@mantine/core";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import type { ReviewByLink } from "../api/reviews.ts";
import { useSignedIn } from "../api/session.ts";
import { MakeLink } from "../client-link/make-link.tsx";
import { SelectField } from "../form/choice-field.tsx";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import classes from "./review.module.css";
import type { ReviewForm } from "./review-form.ts";

interface Props {
  readonly clientId: string;
  readonly reviewId: string;
  readonly calledName: string;
  readonly form: ReviewForm;
  readonly byLink: ReviewByLink | null;
  readonly change: (form: ReviewForm) => void;
}

const questions = [
  ["helps", "What helps"],
  ["doesNotHelp", "What does not help"],
  ["mattersNow", "What matters now"],
] as const;

/** The client's part: answered by private link before the session, or said and written down in it. */
export function ClientsPartCard({ clientId, reviewId, calledName, form, byLink, change }: Props) {
  const { timeZone } = useSignedIn().practice;
  const sent = byLink?.answers ?? null;
  return (
    <Card title={`${calledName}’s part`}>
      <Text size="sm" c="dimmed" mb="sm">
        {byLink === null
          ? "Ask in the session and write it down, or send the questions ahead by private link."
          : sent === null
            ? `Asked by link on ${formatDate(dayOf(byLink.sentAt, timeZone))}. Nothing has come back yet.`
            : `${byLink.finished ? "Answered" : "Begun"} by link${byLink.savedAt === null ? "" : ` on ${formatDate(dayOf(byLink.savedAt, timeZone))}`}. It stands in the review where you write nothing else.`}
      </Text>
      <div className={classes.list}>
        {questions.map(([key, label]) => (
          <div key={key}>
            {sent !== null && sent[key].trim() !== "" && (
              <p className={classes.line} dir="auto">
                <span className={classes.soft}>{label}, by link:</span> “{sent[key].trim()}”
              </p>
            )}
            <TextField label={label} value={form[key]} onChange={(text) => change({ ...form, [key]: text })} max={4000} rows={2} />
          </div>
        ))}
        <SelectField
          label="Satisfaction with the treatment"
          value={String(form.satisfaction ?? sent?.satisfaction ?? "")}
          choices={[
            { value: "", label: "Not asked" },
            ...Array.from({ length: 11 }, (_, at) => ({
              value: String(at),
              label: at === 0 ? "0, not at all" : at === 10 ? "10, fully" : String(at),
            })),
          ]}
          onChange={(chosen) => change({ ...form, satisfaction: chosen === "" ? null : Number(chosen) })}
        />
      </div>
      <div style={{ marginTop: "0.9rem" }}>
        <MakeLink clientId={clientId} kind="review" subjectId={reviewId} />
      </div>
    </Card>
  );
}
