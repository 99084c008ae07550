import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { request } from "../api/client.ts";
import { useSignedIn } from "../api/session.ts";
import { useChart } from "../client/use-chart.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { WideTable } from "../shell/wide-table.tsx";

interface AccessEntry {
  readonly id?: string | number;
  readonly at: string;
  readonly by: string;
  /** What was done, in words. */
  readonly words: string;
  /** Why a colleague's chart was opened in an emergency, as it was given. */
  readonly reason?: string | null;
}

/** Who read and changed this chart, and when. */
export function AccessLogScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/access-log" });
  const chart = useChart(clientId);
  const { practice } = useSignedIn();
  usePageTitle(`Access log · ${initials(chart.client.name)}`);
  const log = useQuery({
    queryKey: ["access-log", clientId],
    queryFn: async ({ signal }) => {
      const answer = await request<readonly AccessEntry[] | { readonly entries: readonly AccessEntry[] }>(
        "GET",
        `/api/clients/${clientId}/access-log`,
        { signal },
      );
      return Array.isArray(answer) ? (answer as readonly AccessEntry[]) : (answer as { readonly entries: readonly AccessEntry[] }).entries;
    },
    staleTime: 0,
  });
  if (log.error !== null) return <PageFault error={log.error} retry={() => void log.refetch()} />;
  if (log.data === undefined) return <Waiting what="the access log" />;
  return (
    <div style={{ maxWidth: "52rem" }}>
      <PageHeading lead="Everybody who opened or changed this chart. It cannot be edited, and opening this page is in it too.">
        Access log
      </PageHeading>
      <Card>
        <WideTable label="Access log" minWidth={480} head={["When", "Who", "What"]}>
          {log.data.map((entry, index) => (
            <Table.Tr key={entry.id ?? `${entry.at}-${index}`}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                {new Date(entry.at).toLocaleString("en-US", { timeZone: practice.timeZone, dateStyle: "medium", timeStyle: "short" })}
              </Table.Td>
              <Table.Td>{entry.by}</Table.Td>
              <Table.Td>
                {entry.words}
                {entry.reason && (
                  <Text size="sm" c="dimmed">
                    {entry.reason}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
        {log.data.length === 0 && <Text c="dimmed">Nobody has opened this chart yet.</Text>}
      </Card>
    </div>
  );
}
