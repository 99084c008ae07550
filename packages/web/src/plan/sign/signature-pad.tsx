import { Button, Input } from "@mantine/core";
import { signatureBox } from "@trellis/domain/signature/signature";
import { memo, type PointerEvent as ReactPointerEvent, useId, useRef, useState } from "react";
import classes from "./sign.module.css";
import { type Point, pointInBox, type Stroke, strokePath } from "./stroke.ts";

interface Props {
  readonly strokes: readonly Stroke[];
  readonly onChange: (strokes: readonly Stroke[]) => void;
  readonly error?: string | undefined;
}

/** A box to sign in with a finger, a pen or a mouse. Who uses none of them types the name instead; the form offers both. */
export function SignaturePad({ strokes, onChange, error }: Props) {
  const id = useId();
  /** The stroke that is being drawn. */
  const [live, setLive] = useState<Stroke | null>(null);
  const pen = useRef<{ readonly pointer: number; points: Point[] } | null>(null);

  function down(event: ReactPointerEvent<SVGSVGElement>): void {
    if (pen.current !== null || (event.pointerType === "mouse" && event.button !== 0)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pen.current = { pointer: event.pointerId, points: pointsOf(event) };
    setLive(pen.current.points);
  }

  function move(event: ReactPointerEvent<SVGSVGElement>): void {
    if (pen.current?.pointer !== event.pointerId) return;
    pen.current.points = [...pen.current.points, ...pointsOf(event)];
    setLive(pen.current.points);
  }

  function up(event: ReactPointerEvent<SVGSVGElement>): void {
    if (pen.current?.pointer !== event.pointerId) return;
    const { points } = pen.current;
    pen.current = null;
    setLive(null);
    onChange([...strokes, points]);
  }

  const empty = strokes.length === 0 && live === null;
  return (
    <div>
      <div className={classes.pad} {...(error === undefined ? {} : { "data-invalid": "" })}>
        <svg
          viewBox={`0 0 ${signatureBox.width} ${signatureBox.height}`}
          role="img"
          aria-label={empty ? "Box to sign in, empty" : "Your signature as drawn"}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
        >
          <line x1="40" y1="160" x2="560" y2="160" stroke="#d2c9ba" strokeWidth="1.5" />
          <g fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
            {strokes.map((stroke, index) => (
              <Ink key={index} stroke={stroke} />
            ))}
            {live !== null && <Ink stroke={live} />}
          </g>
        </svg>
        {empty && (
          <span className={classes.padHint} aria-hidden="true">
            Sign here with a finger, a pen or the mouse
          </span>
        )}
      </div>
      {error !== undefined && (
        <Input.Error id={`${id}-error`} mt={5} size="md">
          {error}
        </Input.Error>
      )}
      <div className={classes.padTools}>
        <Button variant="default" disabled={empty} onClick={() => onChange([])}>
          Clear
        </Button>
        <Button variant="default" disabled={strokes.length === 0} onClick={() => onChange(strokes.slice(0, -1))}>
          Take back the last stroke
        </Button>
      </div>
    </div>
  );
}

const Ink = memo(function Ink({ stroke }: { readonly stroke: Stroke }) {
  return <path d={strokePath(stroke)} />;
});

/** Where the pen was since the last event; a fast pen reports several places at once. */
function pointsOf(event: ReactPointerEvent<SVGSVGElement>): Point[] {
  const rect = event.currentTarget.getBoundingClientRect();
  const merged = event.nativeEvent.getCoalescedEvents?.() ?? [];
  const events = merged.length === 0 ? [event.nativeEvent] : merged;
  return events.map(({ clientX, clientY }) => pointInBox(clientX, clientY, rect));
}
