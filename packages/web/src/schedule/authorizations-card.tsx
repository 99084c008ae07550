import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { authorizationState } from "@trellis/domain/schedule/authorization-state";
import type { PayerAuthorization } from "@trellis/domain/schedule/payer-authorization";
import { useState } from "react";
import type { Kept, Treatment } from "../api/treatment.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { AuthorizationDialog } from "./authorization-dialog.tsx";
import classes from "./calendar.module.css";

/** How far each authorization is used, and what to see to before it runs out. */
export function AuthorizationsCard({
  clientId,
  treatment,
  payer,
}: {
  readonly clientId: string;
  readonly treatment: Treatment;
  readonly payer: string;
}) {
  const today = useToday();
  const [changed, setChanged] = useState<Kept<PayerAuthorization> | "new" | null>(null);
  const [all, setAll] = useState(false);
  const known = treatment.authorizations
    .map((kept) => ({ kept, state: authorizationState(kept.content, treatment.sessions, treatment.appointments, today) }))
    .toSorted((a, b) => b.kept.content.from.localeCompare(a.kept.content.from));
  const current = known.filter(({ state }) => state.phase === "current" || state.phase === "ahead");
  const past = known.filter(({ state }) => state.phase === "over" || state.phase === "ended");
  return (
    <Card
      title="Authorizations"
      actions={
        <Anchor component="button" type="button" onClick={() => setChanged("new")}>
          Add one
        </Anchor>
      }
    >
      {known.length === 0 ? (
        <Text c="dimmed">
          None recorded. Where a payer approves sessions beforehand, enter how many and until when: Trellis counts and warns before they run
          out.
        </Text>
      ) : (
        <Stack gap="lg">
          {(all ? known : current.length > 0 ? current : known.slice(0, 1)).map(({ kept, state }) => {
            const { payer: who, number, from, to, units, unit, note, endedOn, endedReason } = kept.content;
            const name = who === "" ? "Authorization" : who;
            const share = (n: number) => `${Math.min(100, (n / units) * 100)}%`;
            const counts = `${state.used} used, ${state.planned} planned, ${state.left} left of ${units} ${unit === "session" ? "sessions" : "units of 15 minutes"}`;
            return (
              <div key={kept.id}>
                <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
                  <Text fw={600}>
                    <bdi>{name}</bdi>
                    {number === "" ? "" : `, ${number}`}
                  </Text>
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    onClick={() => setChanged(kept)}
                    aria-label={`Change: ${name} ${number}, from ${formatDate(from)}`}
                  >
                    Change
                  </Button>
                </Group>
                <Text size="sm" c="dimmed" mb={6}>
                  {formatDate(from)} to {formatDate(to)}
                  {state.phase === "ahead" ? ", not yet begun" : state.phase === "over" ? ", over" : ""}
                </Text>
                <div className={classes.bar} aria-hidden="true">
                  <span className={classes.used} style={{ width: share(state.used) }} />
                  <span className={classes.planned} style={{ width: share(Math.min(state.planned, state.left)) }} />
                </div>
                <Text size="sm" mt={4}>
                  {counts}
                </Text>
                {state.phase === "ended" && endedOn !== null && (
                  <Text size="sm">
                    Ended {formatDate(endedOn)}: {endedReason}
                  </Text>
                )}
                {note !== "" && (
                  <Text size="sm" c="dimmed">
                    {note}
                  </Text>
                )}
                {state.warnings.map(({ kind, words }) => (
                  <Group key={kind} gap={6} wrap="nowrap" align="flex-start" mt={4}>
                    <span style={{ color: "var(--mantine-color-straw-7)", display: "grid" }}>
                      <Icon name="alert" size={18} />
                    </span>
                    <Text size="sm" fw={600}>
                      {words}
                    </Text>
                  </Group>
                ))}
              </div>
            );
          })}
          {past.length > 0 && current.length > 0 && (
            <Button variant="subtle" size="compact-sm" aria-expanded={all} onClick={() => setAll(!all)} style={{ alignSelf: "flex-start" }}>
              {all ? "Show those that count now" : `Show ${past.length} earlier`}
            </Button>
          )}
        </Stack>
      )}
      {changed !== null && (
        <AuthorizationDialog
          clientId={clientId}
          before={changed === "new" ? null : changed}
          payer={payer}
          onClose={() => setChanged(null)}
        />
      )}
    </Card>
  );
}
