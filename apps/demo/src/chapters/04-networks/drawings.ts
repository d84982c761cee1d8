// Drawings as the visitor's strokes: an example, and moving them on their square.
import { PLACES, readStrokes, tidyStroke, writeStrokes, type Place } from '../../figures/sign-strokes.js';

const arc = (x: number, y: number, radius: number, from: number, to: number): Place[] => Array.from({ length: 12 }, (_, i) => {
  const angle = ((from + ((to - from) * i) / 11) * Math.PI) / 180;
  return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
});

/** A "3" in the middle, from two arcs. */
export const exampleDrawing = writeStrokes([tidyStroke([...arc(31, 22, 9, -150, 80), ...arc(31, 41, 11, -80, 150)])]);

/** Moved as far as it stays whole. */
export function moveDrawing(text: string, right: number, down: number): string {
  const strokes = readStrokes(text) ?? [];
  const places = strokes.flat();
  const within = (by: number, values: number[]): number => Math.min(PLACES - 2 - Math.max(...values), Math.max(1 - Math.min(...values), by));
  if (places.length === 0) return text;
  const [dx, dy] = [within(right, places.map(({ x }) => x)), within(down, places.map(({ y }) => y))];
  return writeStrokes(strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x + dx, y: y + dy }))));
}
