import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { canBeAnswered, hasTotal, type Measure } from "@trellis/domain/measures/measure";
import type { MeasureSetting } from "@trellis/domain/measures/measure-setting";
import { uuidOfOwn } from "@trellis/domain/measures/own/own-measure";
import { useState } from "react";
import type { Chart } from "../api/clients.ts";
import { practiceMeasuresQuery } from "../api/own-measures.ts";
import { measuresQuery } from "../api/reference.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { newId } from "../form/new-id.ts";
import { newDraft } from "../own-measure/own-draft.ts";
import { OwnMeasureForm } from "../own-measure/own-measure-form.tsx";
import { ChangeOrRetire } from "../own-measure/own-measure-screen.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { BringWording } from "./bring-wording.tsx";
import { licenseWords } from "./license-words.ts";
import { OwnNorms } from "./own-norms.tsx";

type Setting = MeasureSetting & { readonly version: number };
const nothingAdded: Setting = { wording: null, norms: null, expectedCourse: null, version: 0 };

/** One measure: its terms, and what the practice adds to it. */
export function MeasureSettingsScreen() {
  const { measureId } = useParams({ from: "/signed-in/shell/settings/measures/$measureId" });
  const shipped = useQuery(measuresQuery);
  const added = useQuery(practiceMeasuresQuery);
  const error = shipped.error ?? added.error;
  if (error !== null) return <PageFault error={error} retry={() => void Promise.all([shipped.refetch(), added.refetch()])} />;
  if (shipped.data === undefined || added.data === undefined) return <Waiting what="the measure" />;
  const own = added.data.own.find(({ measure }) => measure.id === measureId);
  const measure = own?.measure ?? shipped.data.find(({ id }) => id === measureId);
  if (measure === undefined) return <PageFault error={new Error("There is no such measure.")} />;
  return <MeasureSettings key={measureId} measure={measure} own={own} setting={added.data.settings[measureId] ?? nothingAdded} />;
}

function MeasureSettings({
  measure,
  own,
  setting,
}: {
  readonly measure: Measure;
  readonly own: Chart["measures"]["own"][number] | undefined;
  readonly setting: Setting;
}) {
  usePageTitle(measure.name);
  const { member } = useSignedIn();
  const navigate = useNavigate();
  const owner = hasRole(member, "owner");
  const uuid = uuidOfOwn(measure.id);
  const { license } = measure;
  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHeading lead={`${measure.title}. ${measure.measures}.`}>{measure.name}</PageHeading>
      <Stack gap="lg">
        <Card title="Terms of use">
          <Text>
            {licenseWords[license.class]}. {license.text} {license.credit}
          </Text>
          <Text size="sm" c="dimmed">
            Source: {license.source}
          </Text>
          {!canBeAnswered(measure) && (
            <Text mt="sm">
              {measure.wording === "totals"
                ? "Its scores can be entered from your own forms."
                : "Without wording, its answers can be entered by number from your own forms, or its score alone."}
            </Text>
          )}
        </Card>
        {measure.wording === "brought" && <BringWording measure={measure} setting={setting} mayChange={owner} />}
        {hasTotal(measure) && <OwnNorms measure={measure} setting={setting} mayChange={owner} />}
        {hasTotal(measure) && owner && (
          <Card title="Expected course">
            <Text>
              {setting.expectedCourse === null
                ? "Your practice has loaded none. Without one, Trellis goes by a simple rule of its own, and says so."
                : `In use: ${setting.expectedCourse.source}`}
            </Text>
            <Text mt="sm">
              <Link to="/settings/measures/$measureId/expected-course" params={{ measureId: measure.id }}>
                {setting.expectedCourse === null ? "Load an expected course" : "See or replace it"}
              </Link>
            </Text>
          </Card>
        )}
        {own !== undefined && uuid !== null && (
          <Card title={own.retired ? "Retired" : "Change it, or retire it"}>
            {own.retired ? (
              <Text>It is not offered any more. Where it was given, its course stays in the chart.</Text>
            ) : (
              <ChangeOrRetire
                key={own.version}
                id={uuid}
                version={own.version}
                measure={measure}
                forClient={null}
                client={null}
                onDone={() => void navigate({ to: "/settings/measures" })}
              />
            )}
          </Card>
        )}
        {own !== undefined && measure.items.length > 0 && <Questions measure={measure} />}
        <Group>
          <Button variant="default" component={Link} to="/settings/measures">
            Back to all measures
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

function Questions({ measure }: { readonly measure: Measure }) {
  return (
    <Card title={`Its questions (version ${measure.version})`}>
      <List type="ordered">
        {measure.items.map(({ number, text }) => (
          <List.Item key={number}>{text}</List.Item>
        ))}
      </List>
    </Card>
  );
}

/** Makes a measure for the whole practice. */
export function NewPracticeMeasureScreen() {
  usePageTitle("Make a measure");
  const navigate = useNavigate();
  const [id] = useState(newId);
  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHeading lead="For everybody in the practice. What is for one client alone is made on that client's measures page.">
        Make a measure
      </PageHeading>
      <OwnMeasureForm id={id} version={0} start={newDraft} client={null} onSaved={() => void navigate({ to: "/settings/measures" })}>
        <Button variant="default" component={Link} to="/settings/measures">
          Cancel
        </Button>
      </OwnMeasureForm>
    </div>
  );
}
