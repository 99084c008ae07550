import { Group } from "@mantine/core";
import { type ApproachId, approaches, inApproaches } from "@trellis/domain/library/approach";
import { approachInChapter, compareApproaches } from "@trellis/domain/library/compare-approaches";
import { useState } from "react";
import { EmptyState } from "../shell/empty-state.tsx";
import { type ChapterOnScreen, InterventionFacts, wording } from "./chapter-parts.tsx";
import { LevelBadge } from "./level-badge.tsx";
import classes from "./library.module.css";

/** Side by side, more than this is no comparison any more. */
const most = 3;

/** What each of two or three approaches would do toward each goal, with how well it is supported. To be looked at together with a client, in the client's words. */
export function CompareApproaches({ shown }: { readonly shown: ChapterOnScreen }) {
  const { chapter } = shown.bundle;
  const inChapter = inApproaches(chapter.interventions).map(([approach]) => approach);
  const [chosen, setChosen] = useState<readonly ApproachId[]>(inChapter.filter((id) => id !== "supportive").slice(0, 2));
  const rows = compareApproaches(chapter, chosen);
  const toggle = (approach: ApproachId) =>
    setChosen(chosen.includes(approach) ? chosen.filter((id) => id !== approach) : [...chosen, approach].slice(-most));
  return (
    <>
      <p className={classes.quiet}>Choose two or three. “For the client” above shows the comparison in words to look at together.</p>
      <Group gap="xs" mb="lg" role="group" aria-label="Approaches to compare">
        {inChapter.map((approach) => (
          <button
            key={approach}
            type="button"
            className={classes.chip}
            aria-pressed={chosen.includes(approach)}
            onClick={() => toggle(approach)}
          >
            {approaches[approach].name}
          </button>
        ))}
      </Group>
      {chosen.length === 0 ? (
        <EmptyState title="Nothing to compare yet">Choose approaches above.</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by the keyboard
        <section className={classes.compareScroll} aria-label="Approaches side by side" tabIndex={0}>
          <table className={classes.compare}>
            <thead>
              <tr>
                <td />
                {chosen.map((approach) => {
                  const { interventions, withSource, level } = approachInChapter(chapter, approach, shown.sources);
                  return (
                    <th key={approach} scope="col">
                      <span className={classes.lead}>{approaches[approach].name}</span>
                      <span className={classes.quiet}>{approaches[approach].plain}</span>
                      <span className={classes.facts}>
                        <LevelBadge level={level} /> {withSource} of {interventions} with a source
                      </span>
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ goal, interventions }) => (
                <tr key={goal.id}>
                  <th scope="row">{wording(shown, goal)}</th>
                  {interventions.map((list, i) => (
                    <td key={chosen[i]}>
                      {list.length === 0 ? (
                        <span className={classes.quiet}>Nothing of its own</span>
                      ) : (
                        <ul className={classes.plainList}>
                          {list.map((item) => (
                            <li key={item.id}>
                              <p className={classes.text}>{wording(shown, item)}</p>
                              {shown.words === "record" && <InterventionFacts shown={shown} item={item} />}
                            </li>
                          ))}
                        </ul>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
