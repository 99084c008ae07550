import { Anchor, Text } from "@mantine/core";
import { addressOf } from "@trellis/domain/library/citation";
import type { Evidence } from "@trellis/domain/library/evidence";
import type { Library } from "@trellis/domain/library/library";

/** Where something of the library comes from, each source with what it found; said plainly where nobody has studied it. */
export function SourceList({
  library,
  evidence,
}: {
  readonly library: Pick<Library, "evidenceById">;
  readonly evidence: readonly string[];
}) {
  const sources = evidence.flatMap((id) => library.evidenceById.get(id) ?? []);
  if (sources.length === 0)
    return (
      <Text size="sm" c="dimmed" mt={4}>
        Practice-based: good practice without a study behind it.
      </Text>
    );
  return (
    <details style={{ marginTop: "0.25rem" }}>
      <summary>{sources.length === 1 ? "Source" : `${sources.length} sources`}</summary>
      {sources.map((source) => (
        <Text key={source.id} size="sm" mt={4}>
          {source.finding}{" "}
          <Text span c="dimmed">
            {source.authors} ({source.year}). {source.source}.
          </Text>{" "}
          <Address source={source} />
        </Text>
      ))}
    </details>
  );
}

function Address({ source }: { readonly source: Evidence }) {
  const address = addressOf(source);
  const { authors, year } = source;
  if (address === null) return null;
  return (
    <Anchor href={address} target="_blank" rel="noreferrer" aria-label={`Read it: ${authors.split(",")[0]} ${year} (opens another page)`}>
      Read it
    </Anchor>
  );
}
