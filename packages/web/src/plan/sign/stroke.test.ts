import { SignatureRequest, signatureBox } from "@trellis/domain/signature/signature";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawingOf, inkLength, isDrawn, pointInBox, type Stroke, strokePath } from "./stroke.ts";

const request = (drawing: string) =>
  SignatureRequest.safeParse({ kind: "drawn", role: "client", hash: "a".repeat(64), name: "Rowan Example", drawing });

const point = fc.record({
  x: fc.double({ min: 0, max: signatureBox.width, noNaN: true }),
  y: fc.double({ min: 0, max: signatureBox.height, noNaN: true }),
});
const stroke = fc.array(point, { minLength: 1, maxLength: 120 });

const numbersOf = (drawing: string) => [...drawing.matchAll(/[ML](\S+) (\S+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

test("whatever is drawn is path data that can be signed with, and stays in its box", () => {
  fc.assert(
    fc.property(fc.array(stroke, { minLength: 1, maxLength: 12 }), (strokes) => {
      const drawing = drawingOf(strokes);
      expect(request(drawing).error).toBeUndefined();
      for (const { x, y } of numbersOf(drawing)) {
        expect(x >= 0 && x <= signatureBox.width).toBe(true);
        expect(y >= 0 && y <= signatureBox.height).toBe(true);
      }
    }),
  );
});

test("a stroke begins and ends where the pen did", () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 2, maxLength: 60 }), (points) => {
      const drawn = numbersOf(strokePath(points));
      expect(drawn[0]?.x).toBeCloseTo(points[0]?.x ?? -1, 0);
      expect(drawn.at(-1)?.y).toBeCloseTo(points.at(-1)?.y ?? -1, 0);
    }),
  );
});

test("a corner becomes round: no two lines in a row turn as sharply as the pen did", () => {
  const corner: Stroke = [
    { x: 0, y: 100 },
    { x: 100, y: 100 },
    { x: 100, y: 0 },
  ];
  const drawn = numbersOf(strokePath(corner));
  const turns = drawn.slice(1, -1).map((here, index) => {
    const before = drawn[index] ?? here;
    const after = drawn[index + 2] ?? here;
    const turn = Math.atan2(after.y - here.y, after.x - here.x) - Math.atan2(here.y - before.y, here.x - before.x);
    return Math.abs((turn * 180) / Math.PI);
  });
  expect(Math.max(...turns)).toBeLessThan(50);
});

test("a tap is a dot", () => {
  expect(strokePath([{ x: 10, y: 20 }])).toBe("M10 20 L10.5 20");
  expect(strokePath([])).toBe("");
});

test("an endless scribble is drawn coarser until it can be kept", () => {
  const scribble: Stroke = Array.from({ length: 60_000 }, (_, index) => ({
    x: 300 + 290 * Math.sin(index / 3),
    y: 100 + 90 * Math.cos(index / 5),
  }));
  expect(request(drawingOf([scribble])).error).toBeUndefined();
});

test("a stray touch is no signature, an X is one", () => {
  expect(isDrawn([])).toBe(false);
  expect(isDrawn([[{ x: 5, y: 5 }], [{ x: 9, y: 9 }]])).toBe(false);
  const x: Stroke[] = [
    [
      { x: 10, y: 10 },
      { x: 40, y: 40 },
    ],
    [
      { x: 40, y: 10 },
      { x: 10, y: 40 },
    ],
  ];
  expect(inkLength(x)).toBeCloseTo(84.85, 1);
  expect(isDrawn(x)).toBe(true);
});

test("the pen is where the finger is, on a phone as on a desk, and never outside of the box", () => {
  const phone = { left: 16, top: 300, width: 300, height: 100 };
  expect(pointInBox(166, 350, phone)).toEqual({ x: 300, y: 100 });
  expect(pointInBox(0, 900, phone)).toEqual({ x: 0, y: 200 });
  expect(pointInBox(10, 10, { left: 0, top: 0, width: 0, height: 0 })).toEqual({ x: 600, y: 200 });
});
