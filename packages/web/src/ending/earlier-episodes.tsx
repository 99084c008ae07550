import { Text } from "@mantine/core";
import { episodeInWords } from "@trellis/domain/episode/earlier-episodes";
import type { Episode } from "@trellis/domain/episode/episode";
import { Card } from "../shell/card.tsx";
import classes from "./ending.module.css";

/** Times of treatment before the present one, with what came of each, and what brings the client back. */
export function EarlierEpisodes({ episodes }: { readonly episodes: readonly Episode[] }) {
  const earlier = episodes.slice(0, -1);
  const back = episodes.at(-1)?.broughtBack ?? "";
  if (earlier.length === 0) return null;
  return (
    <Card title="Earlier episodes">
      {back !== "" && (
        <Text mb="sm">
          What brings the client back: <bdi>{back}</bdi>
        </Text>
      )}
      <ul className={classes.list}>
        {earlier.map((episode) => (
          <li key={episode.number} className={classes.line}>
            <div>
              <Text fw={600}>Episode {episode.number}</Text>
              <Text>{episodeInWords(episode)}</Text>
              {episode.end !== null && episode.end.detail !== "" && (
                <Text size="sm" c="dimmed">
                  <bdi>{episode.end.detail}</bdi>
                </Text>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
