import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import type { Chart } from "../api/clients.ts";
import { Card } from "../shell/card.tsx";

/** Where a client's treatment stands between its beginning and its end, for the overview. */
export function EndingCard({ chart }: { readonly chart: Chart }) {
  const { episode, id } = chart;
  return (
    <Card
      title={episode?.endedOn != null ? "Treatment has ended" : "Ending"}
      actions={
        <Link to="/clients/$clientId/ending" params={{ clientId: id }}>
          Open
        </Link>
      }
    >
      <Text c="dimmed">
        {episode?.endedOn != null
          ? `The last day was ${formatDate(episode.endedOn)}. Follow-ups, the summary and the way back are there.`
          : episode?.plannedEnd != null
            ? `The last session is planned for ${formatDate(episode.plannedEnd)}.`
            : `${episode != null && episode.number > 1 ? `Episode ${episode.number}, after an earlier treatment here. ` : ""}When therapy can end, fewer sessions, summary and follow-up.`}
      </Text>
    </Card>
  );
}
