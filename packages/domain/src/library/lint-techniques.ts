import type { LibraryIntervention } from "./chapter.ts";
import { type ClientState, clientStateNames } from "./client-state.ts";
import type { LibraryFault } from "./fault.ts";
import type { Library } from "./library.ts";

interface Placed {
  readonly intervention: LibraryIntervention;
  readonly file: string;
  readonly path: readonly (string | number)[];
}

/** Who is at acute risk is at raised risk too, so that a caution for the raised risk speaks for both (see `clientStates`). */
const impliedBy: Partial<Record<ClientState, ClientState>> = { "acute-suicide-risk": "elevated-suicide-risk" };

/**
 * A technique that one chapter holds back for a state of the client, and that another chapter would offer without a word about it: with
 * two problems in a plan the second would let in what the first keeps out. Each chapter says for itself whether it holds or adapts.
 */
export function techniquesHeldElsewhere(library: Library): LibraryFault[] {
  const byTechnique = Map.groupBy(placedInterventions(library), ({ intervention }) => intervention.technique);
  return [...byTechnique.values()].flatMap((shared) => {
    const heldIn = new Map<ClientState, string>();
    for (const { intervention } of shared)
      for (const caution of intervention.cautions)
        if (caution.action === "hold" && !heldIn.has(caution.when)) heldIn.set(caution.when, intervention.id);
    return shared.flatMap(({ intervention, file, path }) => {
      const named = new Set(intervention.cautions.map((caution) => caution.when));
      return [...heldIn].flatMap(([state, id]): LibraryFault[] => {
        const implying = impliedBy[state];
        if (named.has(state) || (implying !== undefined && named.has(implying))) return [];
        const message = `"${id}" holds ${intervention.technique} back because of ${clientStateNames[state]}. Say here too whether it is held or adapted.`;
        return [{ rule: "safety", file, path: [...path, "cautions"], message }];
      });
    });
  });
}

/**
 * Rival methods as the draft reads them: a family of one method is nobody's rival, and a technique that is a rival in one chapter is the
 * same rival in each, or a plan for two problems would hold both methods after all.
 */
export function rivalFaults(library: Library): LibraryFault[] {
  const placed = placedInterventions(library);
  const methodsOf = new Map<string, Set<string>>();
  for (const { rival } of placed.map(({ intervention }) => intervention))
    if (rival) methodsOf.set(rival.family, new Set([...(methodsOf.get(rival.family) ?? []), ...rival.methods]));
  const named = ({ rival }: LibraryIntervention) => (rival ? `${rival.family}: ${rival.methods.toSorted().join(", ")}` : "none");
  const first = new Map<string, LibraryIntervention>();
  return placed.flatMap(({ intervention, file, path }): LibraryFault[] => {
    const { rival, technique } = intervention;
    const other = first.get(technique);
    if (!other) first.set(technique, intervention);
    const fault = (message: string): LibraryFault => ({ rule: "rival", file, path: [...path, "rival"], message });
    return [
      ...(rival && (methodsOf.get(rival.family)?.size ?? 0) < 2
        ? [fault(`"${rival.family}" has no other method than "${rival.methods.join(", ")}". Name the rival, or leave this out.`)]
        : []),
      ...(other && named(other) !== named(intervention)
        ? [fault(`${technique} is "${named(other)}" in "${other.id}" and "${named(intervention)}" here. Say the same in both.`)]
        : []),
    ];
  });
}

function placedInterventions(library: Library): Placed[] {
  return library.files.flatMap((file) =>
    file.kind === "chapter"
      ? file.content.interventions.map((intervention, i) => ({ intervention, file: file.path, path: ["interventions", i] }))
      : [],
  );
}
