import { Stack, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { homeworkState, openHomework } from "@trellis/domain/homework/open-homework";
import { useState } from "react";
import { homeworkSheetsQuery } from "../api/library.ts";
import { useTreatment } from "../api/treatment.ts";
import clientClasses from "../client/client.module.css";
import { useChart } from "../client/use-chart.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { DoneRates } from "./done-rates.tsx";
import { GiveHomework } from "./give-homework.tsx";
import { LookedAtList } from "./looked-at-list.tsx";
import { namedObjectives, usePlanInForce } from "./objectives-of-plan.ts";
import { OpenHomeworkCard } from "./open-homework-card.tsx";

/** Homework: what waits to be looked at together, what to give next, and whether it gets done. */
export function HomeworkScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/homework" });
  const chart = useChart(clientId);
  const treatment = useTreatment(clientId);
  const today = useToday();
  const library = useQuery(homeworkSheetsQuery);
  const { plan, waiting, error, retry } = usePlanInForce(chart);
  const [said, setSaid] = useState("");
  usePageTitle(`Homework · ${initials(chart.client.name)}`);
  if (error !== null) return <PageFault error={error} retry={retry} />;
  if (library.error !== null) return <PageFault error={library.error} retry={() => void library.refetch()} />;
  if (library.data === undefined || waiting) return <Waiting what="the homework" />;
  const objectives = namedObjectives(plan);
  const open = openHomework(treatment.homework, today);
  const over = treatment.homework.filter((one) => ["looked-at", "withdrawn"].includes(homeworkState(one, today)));
  return (
    <>
      <PageHeading lead="What your client does between sessions: given here, done on paper or on the phone, looked at together.">
        Homework
      </PageHeading>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <div className={clientClasses.columns}>
        <div className={clientClasses.column}>
          {open.length === 0 && (
            <EmptyState title="No homework is under way">
              Choose what fits the plan below. It goes home on paper, or to the client’s phone by a private link.
            </EmptyState>
          )}
          {open.map((homework) => (
            <OpenHomeworkCard key={homework.id} clientId={clientId} homework={homework} objectives={objectives} onSaid={setSaid} />
          ))}
          <GiveHomework
            clientId={clientId}
            plan={plan}
            objectives={objectives}
            treatment={treatment}
            library={library.data}
            onGiven={(title) => setSaid(`Given: ${title}.`)}
          />
        </div>
        <Stack gap="lg">
          <Card title="Does homework get done?">
            <DoneRates homework={treatment.homework.map(({ content }) => content)} objectives={objectives} />
          </Card>
          <Card title="Looked at so far">
            <LookedAtList clientId={clientId} homework={over} />
          </Card>
        </Stack>
      </div>
    </>
  );
}
