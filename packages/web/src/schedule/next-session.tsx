import { Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { authorizationWarnings } from "@trellis/domain/schedule/authorization-state";
import { comingSessions, unrecordedSessions, whenWords } from "@trellis/domain/schedule/coming-session";
import { modalityWords } from "@trellis/domain/schedule/schedule-words";
import { useTreatment } from "../api/treatment.ts";
import { useToday } from "../session/today.ts";
import { Icon } from "../shell/icon.tsx";

/** When the client comes next, in a line; for the overview and wherever a client is looked at. */
export function NextSession({ clientId }: { readonly clientId: string }) {
  const today = useToday();
  const { appointments, sessions } = useTreatment(clientId);
  const [next] = comingSessions(appointments, sessions, today);
  const open = unrecordedSessions(appointments, sessions, today).length;
  return (
    <div>
      <Link to="/clients/$clientId/sessions" params={{ clientId }}>
        {next === undefined ? "No session is planned" : `Next session: ${whenWords(next, today)}`}
      </Link>
      {next !== undefined && next.detail.modality !== "in-person" && <Text span>{` · ${modalityWords[next.detail.modality]}`}</Text>}
      {open > 0 && (
        <Text size="sm" c="dimmed">
          {open === 1 ? "Of one session it is not recorded how it went." : `Of ${open} sessions it is not recorded how they went.`}
        </Text>
      )}
    </div>
  );
}

/** What has to be seen to before an authorization runs out; nothing where there is nothing. */
export function AuthorizationWarnings({ clientId }: { readonly clientId: string }) {
  const today = useToday();
  const { authorizations, sessions, appointments } = useTreatment(clientId);
  const warnings = authorizationWarnings(
    authorizations.map(({ content }) => content),
    sessions,
    appointments,
    today,
  );
  if (warnings.length === 0) return null;
  return (
    <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: "0.3rem" }} aria-label="Authorizations">
      {warnings.map((words) => (
        <li key={words}>
          <Group gap={6} wrap="nowrap" align="flex-start">
            <span style={{ color: "var(--mantine-color-straw-7)", display: "grid" }}>
              <Icon name="alert" size={18} />
            </span>
            <Link to="/clients/$clientId/sessions" params={{ clientId }}>
              {words}
            </Link>
          </Group>
        </li>
      ))}
    </ul>
  );
}
