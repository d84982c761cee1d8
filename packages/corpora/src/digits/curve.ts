// Curves through given points: centripetal Catmull-Rom splines, which form no loops or cusps between two points.
//
// Source: Yuksel, Schaefer and Keyser, "Parameterization and Applications of Catmull-Rom Curves", 2011; computed by Barry and Goldman's
// pyramid. Only + - * / and Math.sqrt are used, which IEEE 754 defines to the last bit, so the curve is the same on every machine.

/** Where the pen passes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines that replace the curve between two points. At 20 pixels a sign the error is below a twentieth of a pixel. */
const piecesPerCurve = 6;

/**
 * @param points where the stroke passes, at least two; at a `corner` it changes its direction at once
 * @returns the corners of a line that follows the curve, from the first point to the last
 */
export function followCurve(points: readonly (Point & { readonly corner: boolean })[]): Point[] {
  const line: Point[] = [points[0]];
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i];
    const to = points[i + 1];
    // At an end or a corner the neighbour is missing: the curve continues straight on.
    const before = i === 0 || from.corner ? mirrored(from, to) : points[i - 1];
    const after = i + 2 === points.length || to.corner ? mirrored(to, from) : points[i + 2];
    const isStraight = (i === 0 || from.corner) && (i + 2 === points.length || to.corner);
    for (let piece = 1; piece < piecesPerCurve && !isStraight; piece++) line.push(between(before, from, to, after, piece / piecesPerCurve));
    line.push(to);
  }
  return line;
}

/** `other` mirrored in `centre`. */
function mirrored(centre: Point, other: Point): Point {
  return { x: 2 * centre.x - other.x, y: 2 * centre.y - other.y };
}

/** The point at `share` (0 to 1) of the curve from p1 to p2. */
function between(p0: Point, p1: Point, p2: Point, p3: Point, share: number): Point {
  const t1 = knot(p0, p1);
  const t2 = t1 + knot(p1, p2);
  const t3 = t2 + knot(p2, p3);
  const t = t1 + (t2 - t1) * share;
  const a1 = mix(p0, p1, 0, t1, t);
  const a2 = mix(p1, p2, t1, t2, t);
  const a3 = mix(p2, p3, t2, t3, t);
  return mix(mix(a1, a2, 0, t2, t), mix(a2, a3, t1, t3, t), t1, t2, t);
}

/** The square root of the distance, never 0, so that two equal points do no harm. */
function knot(a: Point, b: Point): number {
  const x = b.x - a.x;
  const y = b.y - a.y;
  return Math.max(Math.sqrt(Math.sqrt(x * x + y * y)), 1e-6);
}

/** `a` at time `from`, `b` at time `to`, and what lies between them at time t. */
function mix(a: Point, b: Point, from: number, to: number, t: number): Point {
  const share = (t - from) / (to - from);
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}
