import { Badge } from "@mantine/core";
import { type EvidenceLevel, evidenceLevelWords } from "@trellis/domain/library/evidence-level";

const colors: Record<EvidenceLevel, string> = {
  guideline: "leaf",
  "well-established": "leaf",
  "probably-efficacious": "straw",
  studied: "straw",
  "practice-based": "stone",
};

/** How well something is supported, in the words of the field. */
export function LevelBadge({ level }: { readonly level: EvidenceLevel }) {
  const { name, means } = evidenceLevelWords[level];
  return (
    <Badge color={colors[level]} variant="light" title={means}>
      {name}
    </Badge>
  );
}
