// Tables of positions: the formulas and published slopes; and the data of their plots.
import { describe, expect, it } from 'vitest';
import { alibiPlot, learnedPlot, rotaryDecayPlot, rotaryPlot, sinusoidalPlot, sinusoidalPositions } from '../src/index.js';

describe('rotary angles', () => {
  it('are drawn as waves, one row for each pair, and as a decay', () => {
    const plot = rotaryPlot(5, 4);
    expect(plot).toMatchObject({ rows: 2, columns: 5, rowName: 'pair', columnName: 'position' });
    expect(plot.values[3]).toBeCloseTo(Math.cos(3), 6);
    expect(plot.values[5 + 3]).toBeCloseTo(Math.cos(3 / 100), 6);
    const decay = rotaryDecayPlot(200, 64);
    expect(decay.values[0]).toBe(1);
    // |1 + e^(i d)| and so on, by hand for two pairs at distance 3: |e^(3i)| + |e^(3i) + e^(0.03i)| = 1 + 2 cos(2.97 / 2), of 1 + 2
    expect(rotaryDecayPlot(4, 4).values[3]).toBeCloseTo((1 + 2 * Math.cos(2.97 / 2)) / 3, 6);
    expect(decay.values[199]).toBeLessThan(0.5);
  });
});

describe('ALiBi', () => {
  it('is drawn by distance, one row for each head', () => {
    const plot = alibiPlot(3, 2);
    expect([plot.rows, plot.columns, [...plot.values], plot.range]).toEqual([2, 3, [0, -1 / 16, -2 / 16, 0, -1 / 256, -2 / 256], [-2 / 16, 0]]);
  });
});

describe('plots of tables', () => {
  it('are the sines, and the cosines between positions', () => {
    expect(sinusoidalPlot(7, 4)).toMatchObject({ rows: 7, columns: 4, range: [-1, 1], values: sinusoidalPositions(7, 4) });
    const plot = learnedPlot([1, 0, 1, 1, 0, -2], 2);
    expect(plot).toMatchObject({ rows: 3, columns: 3, valueName: 'cosine' });
    [1, Math.SQRT1_2, 0, Math.SQRT1_2, 1, -Math.SQRT1_2, 0, -Math.SQRT1_2, 1].forEach((value, i) => expect(plot.values[i]).toBeCloseTo(value, 6));
    expect(() => learnedPlot([1, 2, 3], 2)).toThrow('3 numbers does not consist of rows of 2');
  });
});
