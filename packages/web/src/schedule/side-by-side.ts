import { minutesOfDay } from "@trellis/domain/calendar/wall-clock";

interface Stretch {
  readonly startTime: string;
  readonly minutes: number;
}

/** Where each of a day's hours stands beside those that it overlaps: in which lane, of how many. `hours` are in order of their beginning. */
export function sideBySide(hours: readonly Stretch[]): readonly { readonly lane: number; readonly of: number }[] {
  const placed: { lane: number; of: number }[] = [];
  let cluster: number[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const index of cluster) placed[index] = { lane: placed[index]?.lane ?? 0, of: ends.length };
    cluster = [];
    ends = [];
  };
  for (const [index, { startTime, minutes }] of hours.entries()) {
    const start = minutesOfDay(startTime);
    if (ends.every((end) => end <= start)) close();
    const free = ends.findIndex((end) => end <= start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = start + minutes;
    placed[index] = { lane, of: 1 };
    cluster.push(index);
  }
  close();
  return placed;
}
