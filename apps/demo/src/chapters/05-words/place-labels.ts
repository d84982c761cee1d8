// Puts names beside points so that none lies on another: in order of importance, right, left, above or below; who finds no room gets none.

export interface LabelPoint {
  word: string;
  /** In pixels. */
  x: number;
  y: number;
  /** Its name is shown in any case. */
  must: boolean;
}
export interface PlacedLabel {
  word: string;
  x: number;
  y: number;
  anchor: 'start' | 'end' | 'middle';
}

const HEIGHT = 15;
const GAP = 8;
const LONGEST_LABEL = 24;
/** The mean width of a letter, in pixels. */
const LETTER = 7;

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The room of a name around its middle. */
export const boxAround = (text: string, { x, y }: { x: number; y: number }): Box => ({ left: x - (text.length * LETTER) / 2, right: x + (text.length * LETTER) / 2, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 });

/**
 * Where the names of arrows stand: beside their middles, or further along or aside where another arrow's name or a point is already.
 * @param width  of the picture, in pixels, like `height`
 */
export function placeOnArrows(arrows: readonly { from: { x: number; y: number }; to: { x: number; y: number }; text: string }[], width: number, height: number, points: readonly { x: number; y: number }[] = []): { x: number; y: number }[] {
  const taken: Box[] = [];
  const marks = points.map(({ x, y }): Box => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
  return arrows.map(({ from, to, text }) => {
    const half = Math.min((text.length * LETTER) / 2, width / 2);
    const beside = half + GAP;
    const places = [0.5, 0.3, 0.7, 0.1, 0.9].flatMap((along) => [[0, -10], [0, 14], [-beside, 0], [beside, 0]].map(([aside, down]) => {
      return { x: Math.max(half, Math.min(width - half, from.x + along * (to.x - from.x) + aside!)), y: Math.max(HEIGHT, Math.min(height - HEIGHT, from.y + along * (to.y - from.y) + down!)) };
    }));
    const isFree = (one: { x: number; y: number }, others: readonly Box[]): boolean => !others.some((box) => overlap(box, boxAround(text, one)));
    const place = places.find((one) => isFree(one, [...taken, ...marks])) ?? places.find((one) => isFree(one, taken)) ?? places[0]!;
    taken.push(boxAround(text, place));
    return place;
  });
}

/** What is written of a word: a long one would fill the picture. */
export const shortLabel = (word: string): string => (word.length > LONGEST_LABEL ? `${word.slice(0, LONGEST_LABEL - 1)}…` : word);

/**
 * @param width  of the picture, in pixels, like `height`: no name leaves it
 * @param others  what else is written in the picture
 */
export function placeLabels(points: readonly LabelPoint[], width: number, height: number, others: readonly Box[] = []): PlacedLabel[] {
  const taken: Box[] = others.concat(points.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 })));
  const placed: PlacedLabel[] = [];
  for (const { word, x, y, must } of [...points].sort((a, b) => Number(b.must) - Number(a.must))) {
    const long = shortLabel(word).length * LETTER;
    const middle = { top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 };
    const choices: [PlacedLabel, Box][] = [
      [{ word, x: x + GAP, y: y + 4.5, anchor: 'start' }, { left: x + GAP, right: x + GAP + long, ...middle }],
      [{ word, x: x - GAP, y: y + 4.5, anchor: 'end' }, { left: x - GAP - long, right: x - GAP, ...middle }],
      [{ word, x, y: y - GAP, anchor: 'middle' }, { left: x - long / 2, right: x + long / 2, top: y - GAP - HEIGHT + 3, bottom: y - GAP + 3 }],
      [{ word, x, y: y + GAP + 10, anchor: 'middle' }, { left: x - long / 2, right: x + long / 2, top: y + GAP - 2, bottom: y + GAP + HEIGHT - 2 }],
    ];
    const inside = choices.filter(([, box]) => box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height);
    const free = inside.find(([, box]) => !taken.some((other) => overlap(box, other))) ?? (must ? (inside[0] ?? choices[0]) : undefined);
    if (!free) continue;
    placed.push(free[0]);
    taken.push(free[1]);
  }
  return placed;
}
