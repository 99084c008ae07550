import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Measure } from "@trellis/domain/measures/measure";
import type { Score } from "@trellis/domain/measures/score";
import { Icon } from "../shell/icon.tsx";
import { BandScale } from "./band-scale.tsx";
import { completenessWords, cutoffWords, scoreWords } from "./score-words.ts";

/** What the answers come to: total, band, subscales, and what single answers call for. */
export function ScorePanel({ measure, score, change }: { readonly measure: Measure; readonly score: Score; readonly change?: string }) {
  const incomplete = completenessWords(score);
  return (
    <Stack gap="sm">
      {score.total !== null && (
        <>
          <Text fz="1.5rem" fw={600} ff="heading">
            {scoreWords(measure, score.total)}
          </Text>
          {measure.bands.length > 0 && <BandScale measure={measure} total={score.total} />}
          {measure.cutoff !== undefined && <Text>{cutoffWords(measure, score.total)}</Text>}
          {measure.reading !== undefined && <Text>{measure.reading.text}</Text>}
        </>
      )}
      {change !== undefined && change !== "" && <Text>{change[0]?.toUpperCase() + change.slice(1)}.</Text>}
      {incomplete !== "" && <Text {...(score.entered ? {} : { c: "clay.8" })}>{incomplete}</Text>}
      {score.patterns.map((pattern) => (
        <Text key={pattern.id}>
          {pattern.name}: {pattern.met === null ? "cannot be told, because answers are missing" : pattern.met ? "met" : "not met"}.{" "}
          {pattern.note}
        </Text>
      ))}
      {score.subscales.length > 0 && (
        <List size="sm">
          {score.subscales.map((subscale) => (
            <List.Item key={subscale.id}>
              {subscale.name}: {subscale.total ?? (score.entered ? "not entered" : "not complete")}
              {subscale.band === null ? "" : `, ${subscale.band.name}`}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm" c="dimmed">
        A score is not a diagnosis. It says how things are according to these questions.
      </Text>
    </Stack>
  );
}

/** What single answers call for, whatever the total: an act, not a number. */
export function ScoreAlerts({ measure, score, clientId }: { readonly measure: Measure; readonly score: Score; readonly clientId: string }) {
  const risk = score.flags.filter(({ kind }) => kind === "suicide-risk" || kind === "risk-behavior");
  const other = score.flags.filter(({ kind }) => kind === "dependence" || kind === "impairment" || kind === "substance-use");
  return (
    <>
      {(risk.length > 0 || score.riskItemsNotAnswered.length > 0) && (
        <Alert color="clay" variant="filled" icon={<Icon name="alert" />} title="Ask about safety now" role="alert">
          {risk.map((flag) => (
            <Text key={flag.item}>
              Item {flag.item}: {flag.message}
            </Text>
          ))}
          {score.riskItemsNotAnswered.map((item) => (
            <Text key={item}>
              {score.entered
                ? `The score does not tell how item ${item}, about risk, was answered. Look at the form, or ask about it.`
                : `Item ${item} of ${measure.name}, about risk, was not answered. Open is not the same as no: ask about it.`}
            </Text>
          ))}
          <Group mt="sm">
            <Button component={Link} to={`/clients/${clientId}/intake/risk`} variant="white" color="clay">
              Record a risk assessment
            </Button>
          </Group>
        </Alert>
      )}
      {other.length > 0 && (
        <Alert color="straw" icon={<Icon name="alert" />} title="Worth asking about" role="status">
          {other.map((flag) => (
            <Text key={flag.item}>
              Item {flag.item}: {flag.message}
            </Text>
          ))}
        </Alert>
      )}
    </>
  );
}
