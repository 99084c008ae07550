/** The median time of `work` in ms over `rounds`, after a quarter as many that do not count. */
export async function median(rounds: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  const warm = Math.ceil(rounds / 4);
  for (let round = 0; round < rounds + warm; round += 1) {
    const begun = performance.now();
    await work();
    if (round >= warm) times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}
