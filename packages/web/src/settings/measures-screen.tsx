import { Badge, Button, Group, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Measure } from "@trellis/domain/measures/measure";
import { useState } from "react";
import type { Chart } from "../api/clients.ts";
import { practiceMeasuresQuery } from "../api/own-measures.ts";
import { measuresQuery } from "../api/reference.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { WideTable } from "../shell/wide-table.tsx";
import { licenseWords } from "./license-words.ts";

/** All measures, and what the practice adds to them. */
export function MeasuresSettingsScreen() {
  usePageTitle("Measures");
  const shipped = useQuery(measuresQuery);
  const added = useQuery(practiceMeasuresQuery);
  const [looked, setLooked] = useState("");
  const error = shipped.error ?? added.error;
  if (error !== null) return <PageFault error={error} retry={() => void Promise.all([shipped.refetch(), added.refetch()])} />;
  if (shipped.data === undefined || added.data === undefined) return <Waiting what="the measures" />;
  const { own, settings } = added.data;
  const word = looked.trim().toLowerCase();
  const found = [...own.map(({ measure }) => measure), ...shipped.data].filter((measure) =>
    `${measure.name} ${measure.title} ${measure.measures}`.toLowerCase().includes(word),
  );
  return (
    <>
      <PageHeading
        lead="Bring the wording that you are licensed for, your own numbers for what counts as a change, or a questionnaire of your own."
        actions={
          <>
            <Button component={Link} to="/settings/measures/import">
              Import a questionnaire
            </Button>
            <Button variant="default" component={Link} to="/settings/measures/new">
              Make a measure
            </Button>
          </>
        }
      >
        Measures
      </PageHeading>
      <Stack gap="lg">
        <div style={{ maxWidth: "26rem" }}>
          <TextField label="Find a measure" value={looked} onChange={setLooked} />
        </div>
        {found.length === 0 ? (
          <EmptyState title="No measure of that name">Import it as a FHIR Questionnaire, or make a measure of your own.</EmptyState>
        ) : (
          <Card>
            <WideTable label="Measures" minWidth={640} head={["Measure", "Terms of use", "What your practice adds"]}>
              {found.map((measure) => (
                <Table.Tr key={measure.id}>
                  <Table.Td>
                    <Link to="/settings/measures/$measureId" params={{ measureId: measure.id }}>
                      {measure.name}
                    </Link>
                    <Text size="sm" c="dimmed">
                      {measure.title}
                    </Text>
                  </Table.Td>
                  <Table.Td>{licenseWords[measure.license.class]}</Table.Td>
                  <Table.Td>
                    <Group gap={6}>
                      {addedWords(measure, settings, own).map((words) => (
                        <Badge key={words} color="leaf" variant="light">
                          {words}
                        </Badge>
                      ))}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </WideTable>
          </Card>
        )}
      </Stack>
    </>
  );
}

function addedWords(measure: Measure, settings: Chart["measures"]["settings"], own: Chart["measures"]["own"]): string[] {
  const setting = settings[measure.id];
  return [
    ...(own.some((one) => one.measure.id === measure.id && one.retired) ? ["Retired"] : []),
    ...(setting?.wording ? ["Wording"] : []),
    ...(setting?.norms ? ["Your numbers for change"] : []),
    ...(setting?.expectedCourse ? ["Expected course"] : []),
  ];
}
