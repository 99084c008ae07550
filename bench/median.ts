const middle = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/** The median time of `work` in ms over `rounds`, after a quarter as many that do not count. */
export async function median(rounds: number, work: () => unknown): Promise<number> {
  const [only = Number.NaN] = await medians(rounds, [() => timed(work)]);
  return only;
}

/** How long `work` takes in ms. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/**
 * The median times of several measurements, each of which says its own time in ms. They take turns, so that all meet the same machine: what is done
 * a thousand times on end finds everything warm, and what it is compared with does not.
 */
export async function medians(rounds: number, measurements: readonly (() => Promise<number>)[]): Promise<number[]> {
  const times: number[][] = measurements.map(() => []);
  const warm = Math.ceil(rounds / 4);
  for (let round = 0; round < rounds + warm; round += 1) {
    for (const [index, measurement] of measurements.entries()) {
      const ms = await measurement();
      if (round >= warm) times[index]?.push(ms);
    }
  }
  return times.map(middle);
}
