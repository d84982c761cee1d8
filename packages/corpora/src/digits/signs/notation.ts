// How a sign is written down: strokes as points that the pen passes through, on a grid 100 wide and 100 high. Curves between the points
// come from `curve.ts`.

/** One point of a stroke. x grows to the right, y downwards, both about 0 to 100. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  /** The pen turns sharply here; elsewhere it passes smoothly. */
  readonly corner: boolean;
}

/** One way to write a sign: its strokes, each at least two points long, in the order in which they are written. */
export type SignVariant = readonly (readonly StrokePoint[])[];

/**
 * Reads `'28,24 54,0! 54,100'`: points `x,y`, a `!` after a corner. A `|` lifts the pen and begins another stroke.
 *
 * @throws SyntaxError for anything else; the signs of this package are constants, so only their author sees it
 */
export function parseVariant(text: string): SignVariant {
  return text.split('|').map((stroke) => {
    const points = stroke.trim().split(/\s+/).map((point) => {
      const match = /^(-?\d+),(-?\d+)(!?)$/.exec(point);
      if (!match) throw new SyntaxError(`a stroke has the point ${JSON.stringify(point)}: expected x,y or x,y!`);
      return { x: Number(match[1]), y: Number(match[2]), corner: match[3] === '!' };
    });
    if (points.length < 2) throw new SyntaxError(`a stroke has ${points.length} point: expected at least two`);
    return points;
  });
}
