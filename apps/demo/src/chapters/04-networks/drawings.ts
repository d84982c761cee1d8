// Drawings as the visitor's strokes: an example, and moving them on their square.
import { PEN, PLACES, readStrokes, tidyStroke, writeStrokes, type Place } from '../../figures/sign-strokes.js';

const arc = (x: number, y: number, radius: number, from: number, to: number): Place[] => Array.from({ length: 12 }, (_, i) => {
  const angle = ((from + ((to - from) * i) / 11) * Math.PI) / 180;
  return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
});

/** A "3" in the middle, from two arcs. */
export const exampleDrawing = writeStrokes([tidyStroke([...arc(31, 22, 9, -150, 80), ...arc(31, 41, 11, -80, 150)])]);

/** The pen is whole this far from the edge, in places. */
const EDGE = Math.ceil(PEN);

/** Moved until its ink meets the edge; what is at the edge or beyond already stays there. */
export function moveDrawing(text: string, right: number, down: number): string {
  const strokes = readStrokes(text) ?? [];
  const places = strokes.flat();
  const within = (by: number, values: number[]): number => (by < 0 ? -Math.min(-by, Math.max(0, Math.min(...values) - EDGE)) : Math.min(by, Math.max(0, PLACES - 1 - EDGE - Math.max(...values))));
  if (places.length === 0) return text;
  const [dx, dy] = [within(right, places.map(({ x }) => x)), within(down, places.map(({ y }) => y))];
  return writeStrokes(strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x + dx, y: y + dy }))));
}

/** A drawing of a circle, a triangle or a cross, each a little different, so that there is something to train with. */
export function exampleSign(kind: 0 | 1 | 2, place: number): string {
  // Whole numbers that look random enough, from -1 to 1.
  const wobble = (i: number): number => (((place + 1) * 37 + i * 61 + kind * 17) % 23) / 11 - 1;
  const at = (x: number, y: number, i: number): Place => ({ x: 32 + x * (1 + 0.12 * wobble(i)) + 3 * wobble(i + 5), y: 32 + y * (1 + 0.12 * wobble(i + 1)) + 3 * wobble(i + 7) });
  const size = 17 + 3 * wobble(2);
  const corners = [at(0, -size, 1), at(size, 0.8 * size, 3), at(-size, 0.8 * size, 9)];
  const strokes = [
    [arc(32 + 3 * wobble(3), 32 + 3 * wobble(4), size, -90 + 20 * wobble(6), 265 + 15 * wobble(8))],
    [[...corners, corners[0]]],
    [[at(-size, -size, 2), at(size, size, 4)], [at(size, -size, 6), at(-size, size, 8)]],
  ][kind];
  return writeStrokes(strokes.map(tidyStroke));
}
