// A drawing as strokes on a square of 64 x 64 places, written as a short text, so that it fits into the address. Each place is two
// characters, a point ends a stroke. The ink of it is computed here, without a canvas: the same text gives the same ink everywhere.

export interface Place {
  x: number;
  y: number;
}

/** Places from left to right and from top to bottom. */
export const PLACES = 64;
/** The longest text of a drawing. */
export const LONGEST_DRAWING = 900;
/** Pixels of the ink in a row. */
export const INK = 56;
/** The pen's radius, in places. */
export const PEN = 2.6;
/** Places of a stroke that are nearer to each other are left out. */
const LEAST_STEP = 2;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** @returns undefined if the text is no drawing */
export function readStrokes(text: string): Place[][] | undefined {
  if (text.length > LONGEST_DRAWING || !/^([\w-]{2}|\.)*$/.test(text)) return undefined;
  return text.split('.').filter(Boolean).map((stroke) => [...stroke.matchAll(/../g)].map(([pair]) => ({ x: LETTERS.indexOf(pair[0]), y: LETTERS.indexOf(pair[1]) })));
}

export function writeStrokes(strokes: readonly (readonly Place[])[]): string {
  return strokes.map((stroke) => stroke.map(({ x, y }) => LETTERS[x] + LETTERS[y]).join('')).join('.');
}

/** Whole places of the square, without those that add nothing. */
export function tidyStroke(stroke: readonly Place[]): Place[] {
  const inside = (value: number): number => Math.min(PLACES - 1, Math.max(0, Math.round(value)));
  const tidy: Place[] = [];
  stroke.forEach((place, i) => {
    const next = { x: inside(place.x), y: inside(place.y) };
    const last = tidy.at(-1);
    const isLast = i === stroke.length - 1;
    if (!last || Math.hypot(next.x - last.x, next.y - last.y) >= (isLast ? 1 : LEAST_STEP)) tidy.push(next);
  });
  return tidy;
}

/** The stroke as the path of an SVG picture of 64 x 64; a single place is a dot. */
export const strokePath = (stroke: readonly Place[]): string => `M${stroke.map(({ x, y }) => `${x + 0.5} ${y + 0.5}`).join('L')}${stroke.length === 1 ? 'h.01' : ''}`;

/** The ink, row by row: 1 where the pen was, else 0. Shape (56, 56). */
export function inkOf(strokes: readonly (readonly Place[])[]): Float32Array {
  const ink = new Float32Array(INK * INK);
  const scale = INK / PLACES;
  const radius = PEN * scale;
  for (const stroke of strokes) {
    stroke.forEach((place, i) => {
      const [a, b] = [stroke[Math.max(0, i - 1)], place].map(({ x, y }) => ({ x: (x + 0.5) * scale, y: (y + 0.5) * scale }));
      const from = (first: number, second: number): number => Math.max(0, Math.floor(Math.min(first, second) - radius));
      const to = (first: number, second: number): number => Math.min(INK - 1, Math.ceil(Math.max(first, second) + radius));
      for (let y = from(a.y, b.y); y <= to(a.y, b.y); y++) {
        for (let x = from(a.x, b.x); x <= to(a.x, b.x); x++) if (distance(x + 0.5, y + 0.5, a, b) <= radius) ink[y * INK + x] = 1;
      }
    });
  }
  return ink;
}

/** From a point to the straight line between two places. */
function distance(x: number, y: number, a: Place, b: Place): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
}
