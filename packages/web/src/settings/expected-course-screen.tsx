import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { expectedCourseQuery } from "../api/expected-course.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { ExpectedCourseCard } from "./expected-course-card.tsx";

/** What clients' courses on one measure are held against, beside the rules that come with the product. */
export function ExpectedCourseScreen() {
  const { measureId } = useParams({ from: "/signed-in/shell/settings/measures/$measureId/expected-course" });
  const saved = useQuery(expectedCourseQuery(measureId));
  usePageTitle(`Expected course · ${saved.data?.measure.name ?? ""}`);
  if (saved.error !== null) return <PageFault error={saved.error} retry={() => void saved.refetch()} />;
  if (saved.data === undefined) return <Waiting what="the expected course" />;
  const { measure, expectedCourse, version } = saved.data;
  return (
    <div style={{ maxWidth: "56rem" }}>
      <PageHeading lead={`${measure.title}: what its scores are held against in your practice.`}>{measure.name}</PageHeading>
      <ExpectedCourseCard measure={measure} setting={{ expectedCourse }} version={version} />
    </div>
  );
}
