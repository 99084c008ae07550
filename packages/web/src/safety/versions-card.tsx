import { Anchor, Group, Text } from "@mantine/core";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import type { ClientDocumentKind } from "@trellis/domain/client-document/client-document";
import { documentChanges } from "@trellis/domain/client-document/document-changes";
import { contentOf, documentPdf } from "../api/documents.ts";
import { useSignedIn } from "../api/session.ts";
import type { TreatmentDocument } from "../api/treatment.ts";
import { Card } from "../shell/card.tsx";
import classes from "./safety.module.css";

/** Every version with what changed since the one before, on paper and as a card. */
export function VersionsCard({
  clientId,
  kind,
  versions,
}: {
  readonly clientId: string;
  readonly kind: ClientDocumentKind;
  readonly versions: readonly TreatmentDocument[];
}) {
  const { timeZone } = useSignedIn().practice;
  if (versions.length === 0) return null;
  return (
    <Card title="Versions">
      <ul className={classes.versions}>
        {versions.toReversed().map((version) => {
          const { revision, finishedAt, by } = version;
          const before = versions.find((other) => other.revision === revision - 1);
          const changes = before === undefined ? null : documentChanges(kind, contentOf(kind, before), contentOf(kind, version));
          return (
            <li key={revision}>
              <Text fw={600}>Version {revision}</Text>
              <Text size="sm" c="dimmed">
                {finishedAt === null ? "Being worked on" : `Finished ${formatDate(dayOf(finishedAt, timeZone))}`}
                {by === "" ? "" : `, ${by}`}
              </Text>
              <Group gap="md">
                <Anchor
                  href={documentPdf(clientId, kind, revision, "page")}
                  target="_blank"
                  aria-label={`Version ${revision} as a page (PDF)`}
                >
                  Page
                </Anchor>
                <Anchor
                  href={documentPdf(clientId, kind, revision, "card")}
                  target="_blank"
                  aria-label={`Version ${revision} as a card to fold (PDF)`}
                >
                  Card to fold
                </Anchor>
              </Group>
              {changes !== null && (
                <details className={classes.changes}>
                  <summary>
                    {changes.length === 0 ? `The same as version ${revision - 1}` : `What changed since version ${revision - 1}`}
                  </summary>
                  {changes.map((part) => (
                    <div key={part.title}>
                      <Text size="sm" fw={600} mt={6}>
                        {part.title}
                      </Text>
                      <ul>
                        {part.added.map((words) => (
                          <li key={`+${words}`}>
                            <span className={classes.sign}>New:</span> <bdi>{words}</bdi>
                          </li>
                        ))}
                        {part.changed.map(({ from, to }) => (
                          <li key={`~${from}`}>
                            <span className={classes.sign}>Changed:</span> <del>{from}</del> <bdi>{to}</bdi>
                          </li>
                        ))}
                        {part.removed.map((words) => (
                          <li key={`-${words}`}>
                            <span className={classes.sign}>Gone:</span> <del>{words}</del>
                          </li>
                        ))}
                      </ul>
                    </div>
                  ))}
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
