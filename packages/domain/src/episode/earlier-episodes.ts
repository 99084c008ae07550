import { formatDate } from "../calendar/date.ts";
import type { DraftNote } from "../plan/draft/draft-notes.ts";
import type { Episode } from "./episode.ts";
import { endOutcomeWords, endReasonWords } from "./episode-words.ts";

/** An earlier episode in one line: "January 5 to May 3, 2026. The goals of treatment were met. Improved." */
export function episodeInWords({ openedOn, endedOn, end }: Episode): string {
  const period = `${formatDate(openedOn)} to ${endedOn === null ? "now" : formatDate(endedOn)}.`;
  return end === null ? period : `${period} ${endReasonWords[end.reason]}. Outcome: ${endOutcomeWords[end.outcome].toLowerCase()}.`;
}

/** What a draft for who came back has to be read with: how earlier treatment here ended, and what brings the client back. */
export function earlierEpisodeNotes(episodes: readonly Episode[]): DraftNote[] {
  const back = episodes.find(({ endedOn }) => endedOn === null)?.broughtBack.trim() ?? "";
  const notes = episodes
    .filter(({ endedOn }) => endedOn !== null)
    .map((episode): DraftNote => {
      const detail = episode.end?.detail.trim() ?? "";
      return { kind: "earlier-episode", text: `Treated here before, ${episodeInWords(episode)}${detail === "" ? "" : ` ${detail}`}` };
    });
  return notes.length === 0 || back === "" ? notes : [...notes, { kind: "earlier-episode", text: `What brings the client back: ${back}` }];
}
