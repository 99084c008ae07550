import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ownChaptersQuery } from "../api/own-chapters.ts";
import { ownItemsQuery } from "../api/practice.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { OwnChaptersCard } from "./own-chapters-card.tsx";
import { OwnStatements } from "./own-statements.tsx";

/** What the practice wrote itself: chapters and statements, offered in every plan beside the library's. */
export function OwnLibraryScreen() {
  usePageTitle("Own library");
  const items = useQuery(ownItemsQuery);
  const chapters = useQuery(ownChaptersQuery);
  const error = items.error ?? chapters.error;
  if (error !== null) return <PageFault error={error} retry={() => void Promise.all([items.refetch(), chapters.refetch()])} />;
  if (items.data === undefined || chapters.data === undefined) return <Waiting what="your library" />;
  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHeading lead="Chapters and statements you wrote yourselves. They are found in every plan beside the library's, and never hold anything about one client.">
        Own library
      </PageHeading>
      <Stack gap="lg">
        <OwnChaptersCard chapters={chapters.data} />
        <OwnStatements items={items.data} />
        <Card title="All of it in one file">
          <Text mb="sm">
            To keep a copy, to change many things at once in a text editor, or to take your library to another practice. Nothing about any
            client is in it.
          </Text>
          <Group>
            <Button variant="default" component="a" href="/api/library/own.yaml" download>
              Export
            </Button>
            <Button variant="default" component={Link} to="/settings/library/import">
              Import
            </Button>
          </Group>
        </Card>
      </Stack>
    </div>
  );
}
