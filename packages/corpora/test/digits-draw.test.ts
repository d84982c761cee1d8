// Drawn signs: their ink against counted points, sine and cosine, repeatable pixels, options.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitSigns, drawingInput, drawSigns, letterSigns, type SignOptions } from '@kk/corpora/digits';
import { followCurve } from '../src/digits/curve.js';
import { drawLine } from '../src/digits/pen.js';
import { variantsOf } from '../src/digits/signs/index.js';
import { cosine, sine } from '../src/digits/turn.js';

/** FNV-1a over all bytes, 32 bits. */
const hash = (bytes: Uint8Array): number => bytes.reduce((state, byte) => Math.imul(state ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
const allSigns = [...digitSigns, ...letterSigns];

describe('drawLine', () => {
  it('covers each pixel as far as the pen does, counted by points', () => {
    fc.assert(fc.property(fc.array(fc.record({ x: fc.double({ min: 2, max: 10, noNaN: true }), y: fc.double({ min: 2, max: 10, noNaN: true }) }), { minLength: 2, maxLength: 2 }), fc.double({ min: 1, max: 4, noNaN: true }), (line, width) => {
      const pixels = new Float64Array(144);
      drawLine(pixels, 12, 12, line, width);
      const points = 8;
      for (const [i, ink] of pixels.entries()) {
        let inside = 0;
        for (let a = 0; a < points; a++) for (let b = 0; b < points; b++) if (isInside((i % 12) + (a + 0.5) / points, Math.floor(i / 12) + (b + 0.5) / points, line, width / 2)) inside++;
        // The distance to the pixel's centre is an estimate: it is worst at the ends of a thin pen.
        if (Math.abs(ink - inside / points ** 2) > 0.36) throw new Error(`pixel ${i} has ink ${ink}: counted ${inside} of ${points ** 2} points`);
      }
    }), { numRuns: 5, endOnFailure: true });
  });

  it('cuts off what leaves the picture, and takes a line without length', () => {
    const pixels = new Float64Array(16);
    drawLine(pixels, 4, 4, [{ x: -50, y: 2 }, { x: 50, y: 2 }], 2);
    expect([...pixels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
    const dot = new Float64Array(16);
    drawLine(dot, 4, 4, [{ x: 1.5, y: 1.5 }, { x: 1.5, y: 1.5 }], 1);
    expect([...dot]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

const shares = Array.from({ length: 150 }, (_, k) => k / 149);

function isInside(x: number, y: number, line: readonly { x: number; y: number }[], radius: number): boolean {
  // Many points along the line instead of the formula of the nearest one.
  return line.slice(1).some((to, i) => shares.some((share) => (line[i].x + (to.x - line[i].x) * share - x) ** 2 + (line[i].y + (to.y - line[i].y) * share - y) ** 2 <= radius ** 2));
}

describe('followCurve', () => {
  it('passes through its points in order and stays near them', () => {
    for (const stroke of allSigns.flatMap(variantsOf).flat()) {
      const line = followCurve(stroke);
      let at = 0;
      for (const { x, y } of stroke) {
        at = line.findIndex((point, i) => i >= at && Math.abs(point.x - x) < 1e-9 && Math.abs(point.y - y) < 1e-9);
        expect(at).toBeGreaterThanOrEqual(0);
      }
      expect(line.every(({ x, y }) => Math.abs(x - 50) < 62 && Math.abs(y - 50) < 62)).toBe(true);
    }
  });

  it('turns at a corner only', () => {
    const corner = followCurve([{ x: 0, y: 0, corner: false }, { x: 10, y: 0, corner: true }, { x: 10, y: 10, corner: false }]);
    expect(corner.map(({ x, y }) => ({ x, y }))).toEqual([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }]);
    const round = followCurve([{ x: 0, y: 0, corner: false }, { x: 10, y: 0, corner: false }, { x: 10, y: 10, corner: false }]);
    expect(round).toHaveLength(13);
    expect(Math.max(...round.map(({ x }) => x))).toBeGreaterThan(10);
  });
});

it('sine and cosine are right to eight places', () => {
  for (let degrees = -90; degrees <= 90; degrees++) {
    const x = (degrees * Math.PI) / 180;
    expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(1e-8);
    expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(1e-8);
  }
});

describe('drawSigns', () => {
  it('gives these pixels, on every machine', () => {
    expect(hash(drawSigns(allSigns, { seed: 1, count: 360 }).pixels)).toMatchInlineSnapshot(`2953289131`);
    expect(hash(drawSigns(allSigns, { seed: 2, count: 72, noise: [0, 0.3], rotation: [-45, 45], wobble: 0.1 }).pixels)).toMatchInlineSnapshot(`2587892556`);
  });

  it('draws each sign equally often, and begins with the same drawings when more are wanted', () => {
    const few = drawSigns(['A', '7', 'Z'], { seed: 9, count: 7 });
    const many = drawSigns(['A', '7', 'Z'], { seed: 9, count: 20 });
    expect([...few.labels]).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(few.signs).toEqual(['A', '7', 'Z']);
    expect(many.pixels.subarray(0, few.pixels.length)).toEqual(few.pixels);
    expect(drawSigns(['A', '7', 'Z'], { seed: 10, count: 7 }).pixels).not.toEqual(few.pixels);
  });

  it('draws every sign in several ways, none of them equal, all within the picture', () => {
    const plain = { shift: 0, scale: 1, stretch: 1, slant: 0, rotation: 0, penWidth: 2, wobble: 0, noise: 0 } satisfies SignOptions;
    const seen = new Map<number, string>();
    for (const sign of allSigns) {
      const { pixels } = drawSigns([sign], { seed: 1, count: 40, ...plain });
      const ways = new Set(Array.from({ length: 40 }, (_, i) => hash(pixels.subarray(784 * i, 784 * (i + 1)))));
      expect(ways.size, sign).toBe(variantsOf(sign).length);
      expect(ways.size).toBeGreaterThanOrEqual(2);
      for (const way of ways) {
        expect(seen.get(way), `${sign} looks like another sign`).toBeUndefined();
        seen.set(way, sign);
      }
      const atEdge = (i: number): boolean => i % 28 === 0 || i % 28 === 27 || i % 784 < 28 || i % 784 >= 756;
      expect(pixels.every((grey, i) => grey === 0 || !atEdge(i)), sign).toBe(true);
    }
  });

  it('obeys its options', () => {
    const ink = (options: SignOptions): { sum: number; x: number; y: number } => {
      const { pixels } = drawSigns(digitSigns, { seed: 4, count: 200, ...options });
      let [sum, x, y] = [0, 0, 0];
      for (let i = 0; i < pixels.length; i++) {
        sum += pixels[i];
        x += pixels[i] * (i % 28);
        y += pixels[i] * Math.floor((i % 784) / 28);
      }
      return { sum, x: x / sum, y: y / sum };
    };
    const usual = ink({});
    expect(ink({ penWidth: 4 }).sum).toBeGreaterThan(1.4 * usual.sum);
    expect(ink({ scale: 0.5 }).sum).toBeLessThan(0.7 * usual.sum);
    expect(ink({ stretch: 0.4 }).sum).toBeLessThan(0.9 * usual.sum);
    const moved = ink({ shift: 3 });
    expect(moved.x - usual.x).toBeGreaterThan(2.5);
    expect(moved.y - usual.y).toBeGreaterThan(2.5);
    expect(ink({ noise: 0.5 }).sum).toBeGreaterThan(1.3 * usual.sum);
    // A slanted 1 leans to the right: its upper half lies right of its lower half. A turned one does so by rotation.
    for (const options of [{ slant: 0.5, rotation: 0 }, { slant: 0, rotation: 25 }]) {
      const { pixels } = drawSigns(['I'], { seed: 4, count: 1, ...options });
      const middle = (from: number, to: number): number => {
        let [sum, x] = [0, 0];
        for (let i = 28 * from; i < 28 * to; i++) [sum, x] = [sum + pixels[i], x + pixels[i] * (i % 28)];
        return x / sum;
      };
      expect(middle(4, 13)).toBeGreaterThan(middle(15, 24) + 2);
    }
  });

  it('refuses what it cannot draw', () => {
    const draw = (options: object, signs: readonly string[] = digitSigns): (() => unknown) => () => drawSigns(signs, { seed: 1, count: 1, ...options });
    expect(draw({}, ['ä'])).toThrow('there is no sign "ä": expected one of 0 1 2');
    expect(draw({}, ['toString'])).toThrow('there is no sign "toString"');
    expect(draw({}, [])).toThrow('there is no sign to draw');
    expect(draw({}, ['1', '1'])).toThrow('the sign "1" is given twice: give each sign once');
    expect(draw({ seed: -1 })).toThrow('seed is -1');
    expect(draw({ count: 1e9 })).toThrow('count is 1000000000: expected at most 262144; draw them in parts, with several seeds');
    expect(draw({ penWidth: 0 })).toThrow('penWidth is 0: expected a number from 1 to 8, or two of them, the smaller one first');
    expect(draw({ scale: [1, 0.5] })).toThrow('scale is [1,0.5]');
    expect(draw({ noise: NaN })).toThrow('noise is NaN: expected a number from 0 to 1');
    expect(draw({ noise: [0, NaN] })).toThrow('noise is [0,NaN]');
    expect(draw({ nose: 1 })).toThrow("drawSigns: unknown option 'nose', did you mean 'noise'?; known: seed, count, shift, scale");
    expect(draw({ toString: 1 })).toThrow("drawSigns: unknown option 'toString'");
  });
});

it('drawingInput gives ink from 0 to 1', () => {
  const drawings = drawSigns(['8'], { seed: 1, count: 2 });
  expect(drawingInput(drawings, 1)).toEqual(Float32Array.from(drawings.pixels.subarray(784), (grey) => grey / 255));
  expect(() => drawingInput(drawings, 2)).toThrow('there is no drawing 2: expected 0 to 1');
  expect(() => drawingInput(drawings, 0, new Float32Array(3))).toThrow('out has 3 numbers: a drawing needs 784');
});
