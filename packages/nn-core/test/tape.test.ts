// The tape, scopes and memory: what is freed, what stays, and what surprises people.
import { describe, expect, it } from 'vitest';
import { add, backward, init, matmul, multiply, relu, scale, sum, type Tensor } from '../src/index.js';

describe('tape', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  const parameter = (values: number[]): Tensor => engine.parameter(engine.tensor(values));

  it('adds up gradients of a tensor that is used several times', () => {
    const x = parameter([2, 3]);
    engine.scope(() => backward(sum(add(multiply(x, x), add(x, x)))));
    expect([...x.gradient!.dataSync()]).toEqual([6, 8]);
  });

  it('adds to gradients that are already there, so that batches can be accumulated', () => {
    const x = parameter([2]);
    engine.scope(() => backward(sum(multiply(x, x))));
    engine.scope(() => backward(sum(multiply(x, x))));
    expect([...x.gradient!.dataSync()]).toEqual([8]);
  });

  it('keeps the gradient of add apart for each input, though both are the same numbers', () => {
    const a = parameter([1]);
    const b = parameter([1]);
    engine.scope(() => backward(sum(add(add(a, b), scale(a, 10)))));
    expect(a.gradient!.dataSync()[0]).toBe(11);
    expect(b.gradient!.dataSync()[0]).toBe(1);
  });

  it('does not record what leads to no parameter', () => {
    const x = engine.tensor([1, 2]);
    const before = engine.tape.length;
    relu(multiply(x, x));
    expect(engine.tape.length).toBe(before);
  });

  it('refuses a second backward over the same tape, a loss with several numbers, and a constant', () => {
    const x = parameter([1, 2]);
    const loss = sum(multiply(x, x));
    backward(loss);
    expect(() => backward(loss)).toThrow(/already called/);
    expect(() => backward(multiply(x, x))).toThrow(/starts from one number.*\(2\)/);
    expect(() => backward(engine.tensor([1]))).toThrow(/no way from this loss/);
    expect(() => backward(engine.scope(() => sum(multiply(x, x))))).toThrow(/scope\(\) that has ended/);
    expect(() => backward(engine.noGradient(() => sum(x)))).toThrow(/noGradient/);
  });
});

describe('scope', async () => {
  const engine = await init('cpu');

  it('frees everything but what it returns, in arrays and objects too', () => {
    const before = engine.memory().buffers;
    const result = engine.scope(() => {
      const a = engine.tensor([1, 2, 3]);
      const kept = scale(a, 2);
      return { list: [scale(kept, 3)], kept, count: 3 };
    });
    expect(engine.memory().buffers).toBe(before + 2);
    expect([...result.list[0]!.dataSync()]).toEqual([6, 12, 18]);
    result.kept.dispose();
    result.list[0]!.dispose();
    expect(engine.memory().buffers).toBe(before);
  });

  it('frees when the function throws', () => {
    const before = engine.memory().buffers;
    expect(() =>
      engine.scope(() => {
        engine.tensor([1]);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(engine.memory().buffers).toBe(before);
  });

  it('refuses asynchronous functions', () => {
    expect(() => engine.scope(async () => engine.tensor([1]))).toThrow(/asynchronous/);
  });

  it('says so when a freed tensor is used', () => {
    let inside: Tensor | undefined;
    engine.scope(() => {
      inside = engine.tensor([1]);
    });
    expect(() => inside!.dataSync()).toThrow(/already freed: return it from the scope/);
  });

  it('refuses tensors of another engine', async () => {
    const other = await init('cpu');
    expect(() => add(engine.tensor([1]), other.tensor([1]))).toThrow(/another engine/);
  });

  it('leaks nothing in a thousand training steps', () => {
    const weight = engine.parameter(engine.tensor(new Float32Array(12).fill(0.1), [3, 4]));
    const step = (): void =>
      engine.scope(() => {
        backward(sum(relu(matmul(engine.tensor([1, 2, 3], [1, 3]), weight))));
        weight.gradient!.dispose();
        weight.gradient = null;
      });
    step();
    const before = engine.memory();
    for (let i = 0; i < 1000; i++) step();
    expect(engine.memory()).toEqual(before);
    expect(engine.tape.length).toBe(0);
  });
});
