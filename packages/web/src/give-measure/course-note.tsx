import { Alert, List, Text } from "@mantine/core";
import { whatToConsider } from "@trellis/domain/measures/consider";
import { type Course, type CourseState, courseOf } from "@trellis/domain/measures/course";
import { type Expectation, expectedCourseSource } from "@trellis/domain/measures/expected-course";
import type { Measure } from "@trellis/domain/measures/measure";
import { Icon } from "../shell/icon.tsx";
import type { ScorePoint } from "./score-words.ts";

/** A course in a word or two, where there is one to give. */
export const courseWords: Record<CourseState, string> = {
  "too-early": "Too early to tell",
  "no-threshold": "No established threshold",
  deteriorated: "Getting worse",
  "below-cutoff": "Below the cutoff",
  "no-progress": "No reliable progress",
  "little-progress": "Little progress",
  "on-track": "On track",
};

/** The same for one course: behind the practice's own table is told as that. */
export const courseTitle = ({ state, expected }: Course): string =>
  state === "little-progress" && expected !== null && expected.beyond > 0 ? "Behind the expected course" : courseWords[state];

/** Whether a course asks for something to be done. */
export const asksForChange = ({ state }: Course) => whatToConsider(state).length > 0;

/** Where a client stands on a measure, by which rule, and what to consider when it is not going well. */
export function CourseNote({
  measure,
  series,
  against,
}: {
  readonly measure: Measure;
  readonly series: readonly ScorePoint[];
  readonly against?: Expectation;
}) {
  const course = courseOf(measure, series, against);
  if (course.state === "too-early")
    return <Text mt="sm">Too early to tell whether it is working: that takes two scores, and this is the first.</Text>;
  if (course.rule === null)
    return (
      <Text mt="sm">
        No established threshold: for this measure nobody has shown how large a change has to be before it counts, so only the change itself
        is told.
      </Text>
    );
  const words = `${courseWords[course.state]}. ${course.rule.words}`;
  const considered = whatToConsider(course.state);
  const sources = [...new Set(considered.flatMap(({ source: from }) => from ?? []))];
  const { expected } = course;
  const source = (
    <>
      <Text size="sm" c="dimmed">
        {course.rule.source}.
      </Text>
      {expected !== null && expected.beyond <= 0 && (
        <Text size="sm" c="dimmed">
          Expected at session {expected.session}
          {expected.countedBy === "weeks" && " (counted by weeks)"}: {expected.point.expected}; {expected.point.bound} or better is on
          track. {expectedCourseSource(expected.table)}.
        </Text>
      )}
    </>
  );
  if (considered.length === 0)
    return (
      <>
        <Text mt="sm">{words}</Text>
        {source}
      </>
    );
  return (
    <Alert
      mt="md"
      color={course.state === "deteriorated" ? "clay" : "straw"}
      icon={<Icon name="alert" />}
      title={courseTitle(course)}
      role="region"
      aria-label={courseTitle(course)}
    >
      <Text>{course.rule.words}</Text>
      {source}
      <Text mt="sm" fw={600}>
        What to consider now
      </Text>
      <List type="ordered" spacing={6}>
        {considered.map(({ text, source: from }) => (
          <List.Item key={text}>
            {text}
            {from !== null && ` [${sources.indexOf(from) + 1}]`}
          </List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed" mt="sm">
        {sources.map((from, index) => `[${index + 1}] ${from}. `)}
        What has no number is good practice without a study behind it.
      </Text>
    </Alert>
  );
}
