import { Badge, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { type FollowUpLine, followUpsDueQuery } from "../api/ending.ts";
import { measuresQuery } from "../api/reference.ts";
import { Card } from "../shell/card.tsx";
import classes from "./ending.module.css";
import { FollowUpLink } from "./follow-ups-card.tsx";

/** Clients to be asked again after their treatment, each with its link one click away; nothing where there is none. */
export function FollowUpsDue({ of }: { readonly of: "mine" | "all" }) {
  const { data } = useQuery(followUpsDueQuery(of));
  if (data === undefined || data.lines.length === 0) return null;
  return (
    <div style={{ marginTop: "1.5rem" }}>
      <Card title="After treatment">
        <ul className={classes.list}>
          {data.lines.map((line) => (
            <Line key={line.clientId} line={line} today={data.today} />
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Line({ line, today }: { readonly line: FollowUpLine; readonly today: string }) {
  const measures = useQuery(measuresQuery).data ?? [];
  const names = line.measures.map((id) => measures.find((measure) => measure.id === id)?.name ?? id).join(", ");
  return (
    <li className={classes.line}>
      <div style={{ flex: "1 1 18rem" }}>
        <Text component="span" fw={600}>
          <Link to="/clients/$clientId/ending" params={{ clientId: line.clientId }}>
            <bdi>{line.name}</bdi>
          </Link>
        </Text>{" "}
        <Text component="span">
          {names}, follow-up {line.date > today ? "due" : line.date === today ? "due today" : "due since"}
          {line.date === today ? "" : ` ${formatDate(line.date)}`}
        </Text>{" "}
        {line.isPracticeClient && <Badge color="straw">Practice client</Badge>}
        <Text size="sm" c="dimmed">
          Treatment ended {formatDate(line.endedOn)}.
          {line.askedAt === null ? "" : ` A link was made ${formatDate(line.askedAt.slice(0, 10))}.`}
        </Text>
      </div>
      <FollowUpLink clientId={line.clientId} measures={line.measures} whose={`for ${line.name}`} />
    </li>
  );
}
