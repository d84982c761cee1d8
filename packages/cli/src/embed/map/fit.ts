// Fits the points of a map into its frame, in pixels, without changing the ratio of distances.

export interface Frame {
  width: number;
  height: number;
  /** Two numbers per point: x to the right, y downwards. */
  points: Float64Array;
}

const WIDTH = 1200;
/** The frame is as high as the points need, between these. */
const [LOWEST, HIGHEST] = [600, 1200];
/** Room for names beside the outermost points. */
const [SIDE, ABOVE] = [90, 30];

/**
 * @param points  two numbers per point, y growing upwards
 * @param isCentred  whether 0 is in the middle of the frame
 */
export function fitPoints(points: ArrayLike<number>, isCentred = false): Frame {
  const [x, y] = [rangeOf(points, 0, isCentred), rangeOf(points, 1, isCentred)];
  const room = WIDTH - 2 * SIDE;
  const height = Math.min(HIGHEST, Math.max(LOWEST, Math.round((room * y.size) / (x.size || 1)) + 2 * ABOVE));
  const scale = Math.min(room / (x.size || 1), (height - 2 * ABOVE) / (y.size || 1));
  const placed = Float64Array.from(points, (value, at) => (at % 2 === 0 ? WIDTH / 2 + (value - x.middle) * scale : height / 2 - (value - y.middle) * scale));
  return { width: WIDTH, height, points: placed };
}

function rangeOf(points: ArrayLike<number>, from: 0 | 1, isCentred: boolean): { middle: number; size: number } {
  let [low, high] = [Infinity, -Infinity];
  for (let at = from; at < points.length; at += 2) {
    low = Math.min(low, points[at]);
    high = Math.max(high, points[at]);
  }
  return isCentred ? { middle: 0, size: 2 * Math.max(high, -low, 0) } : { middle: (low + high) / 2, size: high - low };
}
