import { type Intake, type IntakeSection, intakeSections } from "@trellis/domain/intake/intake";
import { useMemo } from "react";
import type { ApiProblem } from "../api/client.ts";
import { type Chart, changeChart, type SavedSection, saveIntakeSection } from "../api/clients.ts";
import { type Saved, useVersionedAutosave, type VersionedAutosave } from "../save-state/use-versioned-autosave.ts";

/** A section before anything was entered. */
export function emptySection<S extends IntakeSection>(section: S): Intake[S] {
  return intakeSections[section].parse({}) as Intake[S];
}

/** One section of the intake while it is filled in, saved as it is typed. */
export function useIntakeSection<S extends IntakeSection>(chart: Chart, section: S): VersionedAutosave<Intake[S]> {
  const saved = chart.intake[section] as SavedSection<S> | undefined;
  const stored = useMemo((): Saved<Intake[S]> => saved ?? { content: emptySection(section), version: 0 }, [saved, section]);
  return useVersionedAutosave<Intake[S]>({
    key: `intake/${chart.id}/${section}`,
    href: `/clients/${chart.id}/intake/${section}`,
    schema: intakeSections[section],
    under: "/content",
    stored,
    save: (version, content) => saveIntakeSection(chart.id, section, version, content),
    keep: ({ content, version, savedAt = "", savedBy = "" }) => {
      const entry: SavedSection<S> = { content, version, savedAt, savedBy };
      changeChart(chart.id, (before) => ({ ...before, intake: { ...before.intake, [section]: entry } }));
    },
    current: (problem) => currentSection<S>(problem),
  });
}

function currentSection<S extends IntakeSection>(problem: ApiProblem): SavedSection<S> | null {
  const current = problem.body.current;
  if (typeof current !== "object" || current === null || !("content" in current) || !("version" in current)) return null;
  return current as SavedSection<S>;
}
