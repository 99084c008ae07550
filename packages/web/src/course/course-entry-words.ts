import type { CourseEvent } from "@trellis/domain/course/course-event";
import type { Attendance } from "@trellis/domain/course/session";

export const attendanceWords: Record<Attendance, string> = {
  attended: "Came",
  late: "Came late",
  cancelled: "Cancelled",
  missed: "Did not come",
};

export const eventKindWords: Record<CourseEvent["kind"], string> = {
  medication: "Medication",
  "life-event": "Something in life",
  hospital: "Hospital",
  "treatment-change": "Change of treatment",
  other: "Something else",
};
