import { Button, Stack, Text } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { calledName } from "@trellis/domain/client/client";
import type { Measure } from "@trellis/domain/measures/measure";
import { formOfMeasure } from "@trellis/domain/measures/own/own-form";
import { ownMeasureId } from "@trellis/domain/measures/own/own-measure";
import { useState } from "react";
import type { Chart } from "../api/clients.ts";
import { retireOwnMeasure } from "../api/own-measures.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault } from "../shell/waiting.tsx";
import { draftOfForm, newDraft } from "./own-draft.ts";
import { OwnMeasureForm } from "./own-measure-form.tsx";

/** Makes a measure for this client, or for the whole practice. */
export function NewOwnMeasureScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/measures/own/new" });
  const chart = useChart(clientId);
  const navigate = useNavigate();
  const [id] = useState(newId);
  usePageTitle(`Make a measure · ${initials(chart.client.name)}`);
  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHeading lead="What matters to this client and no questionnaire asks. It counts in every chart and objective like a published measure.">
        Make a measure
      </PageHeading>
      <OwnMeasureForm
        id={id}
        version={0}
        start={newDraft}
        client={{ id: chart.id, calledName: calledName(chart.client) }}
        onSaved={({ measure }, giveNow) =>
          void (giveNow
            ? navigate({ to: "/clients/$clientId/measures/$measureId/give", params: { clientId, measureId: measure.id } })
            : navigate({ to: "/clients/$clientId/measures", params: { clientId } }))
        }
      >
        <Button variant="default" component={Link} to={`/clients/${clientId}/measures`}>
          Cancel
        </Button>
      </OwnMeasureForm>
    </div>
  );
}

/** Changes an own measure, or retires it. */
export function OwnMeasureScreen() {
  const { clientId, ownId } = useParams({ from: "/signed-in/shell/clients/$clientId/measures/own/$ownId" });
  const chart = useChart(clientId);
  const own = chart.measures.own.find(({ measure }) => measure.id === ownMeasureId(ownId));
  if (own === undefined) return <PageFault error={new Error("There is no such measure in this chart.")} />;
  return <ChangeOwnMeasure key={own.version} chart={chart} id={ownId} own={own} />;
}

function ChangeOwnMeasure({
  chart,
  id,
  own,
}: {
  readonly chart: Chart;
  readonly id: string;
  readonly own: Chart["measures"]["own"][number];
}) {
  const navigate = useNavigate();
  const toMeasures = () => void navigate({ to: "/clients/$clientId/measures", params: { clientId: chart.id } });
  usePageTitle(`${own.measure.name} · ${initials(chart.client.name)}`);
  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHeading
        lead={
          own.forClient === null
            ? "Of the whole practice: what you change here changes for everybody."
            : `For ${calledName(chart.client)} alone.`
        }
      >
        Change {own.measure.name}
      </PageHeading>
      <ChangeOrRetire
        id={id}
        version={own.version}
        measure={own.measure}
        forClient={own.forClient}
        client={{ id: chart.id, calledName: calledName(chart.client) }}
        onDone={toMeasures}
      >
        <Button variant="default" component={Link} to={`/clients/${chart.id}/measures`}>
          Cancel
        </Button>
      </ChangeOrRetire>
    </div>
  );
}

/** The form for a measure that is there, and the way to retire it. */
export function ChangeOrRetire({
  id,
  version,
  measure,
  forClient,
  client,
  onDone,
  children,
}: {
  readonly id: string;
  readonly version: number;
  readonly measure: Measure;
  readonly forClient: string | null;
  readonly client: { readonly id: string; readonly calledName: string } | null;
  readonly onDone: () => void;
  readonly children?: React.ReactNode;
}) {
  const [form] = useState(() => formOfMeasure(id, measure));
  const [start] = useState(() => (form === null ? newDraft : draftOfForm(form)));
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  async function retire(): Promise<void> {
    if (!window.confirm(`Retire ${measure.name}? It is not offered any more; its scores and its course stay. This cannot be taken back.`))
      return;
    try {
      await retireOwnMeasure(id, measure.id, client?.id ?? null);
      onDone();
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    }
  }
  const retireButton = (
    <Button variant="subtle" color="stone" onClick={() => void retire()}>
      Retire it
    </Button>
  );
  return (
    <Stack>
      <ErrorSummary title="It was not retired" error={error} attempt={attempt} />
      {form === null ? (
        <>
          <Text>
            This measure was imported, and is not changed here. To change it, import it again as a new one and retire this one: its course
            stays.
          </Text>
          <div>
            {retireButton} {children}
          </div>
        </>
      ) : (
        <OwnMeasureForm id={id} version={version} start={start} client={client} forClient={forClient} onSaved={onDone}>
          {children}
          {retireButton}
        </OwnMeasureForm>
      )}
    </Stack>
  );
}
