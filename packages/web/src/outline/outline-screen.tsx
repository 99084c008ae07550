import { Button, Stack, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { calledName } from "@trellis/domain/client/client";
import { useState } from "react";
import { useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { ChooseCourse } from "./choose-course.tsx";
import { CourseView } from "./course-view.tsx";

/** The structured courses that a client's plan follows: choosing one, going on in it, ending it. */
export function OutlineScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/outline" });
  const chart = useChart(clientId);
  const { outlines } = useTreatment(clientId);
  usePageTitle(`Course of sessions · ${initials(chart.client.name)}`);
  const [choosing, setChoosing] = useState(false);
  const [past, setPast] = useState(false);
  const followed = outlines.filter(({ content }) => content.endedOn === null);
  const ended = outlines.filter(({ content }) => content.endedOn !== null);
  const offers = choosing || followed.length === 0;
  return (
    <>
      <PageHeading lead="A frame to go by, never a rail: repeat a session, leave one out or end the course whenever that serves the client.">
        {calledName(chart.client)}: course of sessions
      </PageHeading>
      <Stack gap="lg">
        {followed.map((course) => (
          <CourseView key={course.id} clientId={clientId} course={course} plans={chart.plans} />
        ))}
        {followed.length > 0 && (
          <Button variant="default" aria-expanded={choosing} onClick={() => setChoosing(!choosing)} style={{ alignSelf: "flex-start" }}>
            {choosing ? "Close the list of courses" : "Look at other courses"}
          </Button>
        )}
        {offers && (
          <section aria-labelledby="choose-course">
            <Title order={2} id="choose-course" mb="md">
              Choose a course
            </Title>
            <ChooseCourse
              chart={chart}
              onChosen={() => {
                setChoosing(false);
                window.scrollTo({ top: 0 });
              }}
            />
          </section>
        )}
        {ended.length > 0 && (
          <Button variant="subtle" aria-expanded={past} onClick={() => setPast(!past)} style={{ alignSelf: "flex-start" }}>
            {past ? "Hide" : "Show"} {ended.length} {ended.length === 1 ? "course" : "courses"} that ended
          </Button>
        )}
        {past && ended.map((course) => <CourseView key={course.id} clientId={clientId} course={course} plans={chart.plans} />)}
      </Stack>
    </>
  );
}
