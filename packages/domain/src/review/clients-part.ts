import type { ClientsPart } from "./review.ts";

/** What the client said by private link, joined with what was written down in the room: words of the room go first, the client's own fill what is empty. */
export function withLinkAnswers(room: ClientsPart, byLink: ClientsPart | null): ClientsPart {
  if (byLink === null) return room;
  const rated = new Set(room.ratings.map(({ objectiveId }) => objectiveId));
  const text = (own: string, sent: string) => (own.trim() === "" ? sent : own);
  return {
    helps: text(room.helps, byLink.helps),
    doesNotHelp: text(room.doesNotHelp, byLink.doesNotHelp),
    mattersNow: text(room.mattersNow, byLink.mattersNow),
    satisfaction: room.satisfaction ?? byLink.satisfaction,
    ratings: [...room.ratings, ...byLink.ratings.filter(({ objectiveId }) => !rated.has(objectiveId))].slice(0, 60),
  };
}
