// Layers for images, and convolutions and pooling whose results can be read off the page.
import { describe, expect, it } from 'vitest';
import { AveragePool2d, backward, conv2d, Conv2d, Flatten, init, maxPool2d, MaxPool2d, Random, RMSNorm, sum } from '../src/index.js';

describe('images', async () => {
  const engine = await init('cpu');
  const image = (rows: number[][]) => engine.tensor(rows.flat(), [1, rows.length, rows[0]!.length, 1]);
  const square = image([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);

  it('a kernel with one number moves the image', () => {
    const fromAbove = engine.tensor([0, 1, 0, 0, 0, 0, 0, 0, 0], [3, 3, 1, 1]);
    expect([...conv2d(square, fromAbove, { padding: 1 }).dataSync()]).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 6]);
  });

  it('is not mirrored: the first number of the kernel meets the first of the patch', () => {
    const kernel = engine.tensor([1, 10, 100, 1000], [2, 2, 1, 1]);
    expect([...conv2d(square, kernel).dataSync()]).toEqual([5421, 6532, 8754, 9865]);
  });

  it("padding 'same' keeps the size, with one more zero below and on the right where they are odd", () => {
    const lowerRight = engine.tensor([0, 0, 0, 1], [2, 2, 1, 1]);
    expect([...conv2d(square, lowerRight, { padding: 'same' }).dataSync()]).toEqual([5, 6, 0, 8, 9, 0, 0, 0, 0]);
    expect(conv2d(engine.zeros([1, 28, 27, 1]), engine.zeros([5, 5, 1, 2]), { padding: 'same', stride: 2 }).shape).toEqual([1, 14, 14, 2]);
  });

  it('the gradient of a maximum goes to the first place that holds it, never into the padding', () => {
    const x = engine.parameter(image([
      [-1, -1],
      [-1, -1],
    ]));
    const y = maxPool2d(x, { window: 2, stride: 2, padding: 1 });
    expect([...y.dataSync()]).toEqual([-1, -1, -1, -1]);
    backward(sum(y));
    expect([...x.gradient!.dataSync()]).toEqual([1, 1, 1, 1]);
    const z = engine.parameter(engine.full([1, 2, 2, 1], 3));
    backward(sum(maxPool2d(z, { window: 2 })));
    expect([...z.gradient!.dataSync()]).toEqual([1, 0, 0, 0]);
  });

  it('layers have the shapes and parameters that they say', () => {
    const layer = new Conv2d(engine, { inputs: 3, outputs: 4, kernel: 5, padding: 'same', stride: 2, activation: 'relu' }, new Random(1));
    expect([...layer.namedParameters()].map(([name, { shape }]) => [name, shape])).toEqual([['weight', [5, 5, 3, 4]], ['bias', [4]]]);
    const y = layer.forward(engine.full([2, 9, 8, 3], 1));
    expect(y.shape).toEqual([2, 5, 4, 4]);
    expect(Math.min(...y.dataSync())).toBeGreaterThanOrEqual(0);
    expect(new MaxPool2d({ window: 2 }).forward(y).shape).toEqual([2, 2, 2, 4]);
    expect(new AveragePool2d({ window: 2, stride: 1 }).forward(y).shape).toEqual([2, 4, 3, 4]);
    expect(new Flatten().forward(y).shape).toEqual([2, 80]);
    expect(new Conv2d(engine, { inputs: 1, outputs: 1, kernel: 1, bias: false }, new Random(1)).parameters()).toHaveLength(1);
  });

  it('RMSNorm makes the mean of the squares 1', () => {
    const y = new RMSNorm(engine, 4).forward(engine.tensor([1, -2, 3, 4, 0.1, 0.1, -0.1, 0.1], [2, 4])).dataSync();
    for (const row of [y.subarray(0, 4), y.subarray(4)]) expect([...row].reduce((total, value) => total + value * value, 0) / 4).toBeCloseTo(1, 3);
  });

  it('keeps no memory but what is asked for', () => {
    const parameters = [engine.parameter(engine.full([2, 6, 6, 2], 1)), engine.parameter(engine.full([3, 3, 2, 2], 1))] as const;
    const before = engine.memory().buffers;
    engine.scope(() => backward(sum(maxPool2d(conv2d(...parameters, { padding: 1, activation: 'silu' }), { window: 2 }))));
    expect(engine.memory().buffers).toBe(before + 2); // the gradients
  });
});
