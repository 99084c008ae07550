import { useElementSize } from "@mantine/hooks";
import type { Audience } from "@trellis/domain/progress/course-frame";
import { drawCourse } from "@trellis/domain/progress/draw-course";
import type { MeasureProgress, Span } from "@trellis/domain/progress/progress";
import { spanOf } from "@trellis/domain/progress/progress";
import { useMemo } from "react";
import { PictureView } from "./picture-view.tsx";
import classes from "./progress.module.css";

interface Props {
  readonly progress: MeasureProgress;
  /** The days that it shows; its own where it stands alone. */
  readonly span?: Span | null;
  readonly audience?: Audience;
  readonly text?: number;
}

/** A measure's course, drawn as wide as there is room: letters keep their size on a phone. */
export function CourseFigure({ progress, span = spanOf([progress]), audience = "clinician", text = 12.5 }: Props) {
  const { ref, width: room } = useElementSize();
  const width = Math.max(280, Math.min(980, Math.floor(room) || 640));
  const picture = useMemo(
    () =>
      span === null
        ? null
        : drawCourse(progress, { width, height: Math.min(340, Math.max(250, width * 0.5)) + (text - 12) * 12, span, audience, text }),
    [progress, width, span, audience, text],
  );
  return (
    <div ref={ref} className={classes.figure}>
      {picture !== null && <PictureView picture={picture} />}
    </div>
  );
}
