import { Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { authorizationWarnings } from "@trellis/domain/schedule/authorization-state";
import { useTreatment } from "../api/treatment.ts";
import { useToday } from "../session/today.ts";
import { Icon } from "../shell/icon.tsx";

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
