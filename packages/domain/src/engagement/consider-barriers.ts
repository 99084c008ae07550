import type { EngagementBarrier } from "./barrier.ts";
import type { EngagementDrop } from "./engagement.ts";

export interface BarrierToConsider {
  readonly barrier: EngagementBarrier;
  /** What in the record speaks for it. */
  readonly because: readonly string[];
}

/** The barriers that are worth thinking of at these drops: those that more of them speak for first, else in the library's order. */
export function barriersToConsider(barriers: readonly EngagementBarrier[], drops: readonly EngagementDrop[]): BarrierToConsider[] {
  return barriers
    .map((barrier) => ({ barrier, because: drops.filter(({ sign }) => barrier.signs.includes(sign)).map(({ words }) => words) }))
    .filter(({ because }) => because.length > 0)
    .toSorted((a, b) => b.because.length - a.because.length);
}
