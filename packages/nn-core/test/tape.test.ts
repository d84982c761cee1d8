// The tape, scopes and memory: what is freed, what stays, and what surprises people.
import { describe, expect, it } from 'vitest';
import { add, backward, checkpointActivations, init, matmul, multiply, record, relu, scale, sum, type GradientRule, type Tensor } from '../src/index.js';

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

  it('refuses a second loss on a part of the tape that the first used up, and changes nothing', () => {
    const x = parameter([1]);
    const head = parameter([10]);
    const trunk = scale(x, 2);
    const losses = [sum(trunk), sum(multiply(trunk, head))];
    backward(losses[0]!);
    expect([...x.gradient!.dataSync()]).toEqual([2]);
    const tape = [...engine.tape];
    expect(() => backward(losses[1]!)).toThrow(/a second time.*add the losses.*call backward\(\) once/);
    expect(() => backward(sum(multiply(trunk, head)))).toThrow(/a second time/); // recorded afterwards
    expect(head.gradient).toBe(null);
    expect([...x.gradient!.dataSync()]).toEqual([2]);
    expect(engine.tape.slice(0, tape.length)).toEqual(tape);
    x.gradient = null;
    const again = scale(x, 2);
    backward(add(sum(again), sum(again)));
    expect([...x.gradient!.dataSync()]).toEqual([4]);
    engine.tape.length = 0;
  });

  it('refuses to go back into a scope that has ended, but takes its outputs as constants where one says so', () => {
    const x = parameter([1]);
    const head = parameter([10]);
    const trunk = engine.scope(() => scale(x, 2));
    expect(() => backward(sum(multiply(trunk, head)))).toThrow(/scope\(\) that has ended.*noGradient/);
    expect(head.gradient).toBe(null);
    engine.tape.length = 0;
    const constant = engine.noGradient(() => engine.scope(() => scale(x, 2)));
    backward(sum(multiply(constant, head)));
    backward(sum(multiply(engine.alias(trunk), head)));
    expect([...head.gradient!.dataSync()]).toEqual([4]);
  });

  it('refuses to compute again what depends on more than it was told', () => {
    const x = parameter([1]);
    const hidden = scale(x, 2);
    const loss = sum(checkpointActivations((input) => multiply(input, hidden), parameter([3])));
    expect(() => backward(loss)).toThrow(/checkpointActivations\(\).*parameters/);
    engine.tape.length = 0;
  });

  it('walks past any number of entries that lead elsewhere', () => {
    const x = parameter([1]);
    const { tape } = engine;
    const elsewhere = scale(x, 1);
    for (let i = 0; i < 200_000; i++) tape.push({ operation: 'scale', output: elsewhere, inputs: [x], rule: () => [null] });
    backward(sum(scale(x, 3)));
    expect([...x.gradient!.dataSync()]).toEqual([3]);
    expect(tape.length).toBe(200_001);
    tape.length = 0;
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

  it('frees nothing that it did not get: ids that int32 cannot hold take no memory', () => {
    const before = engine.memory();
    expect(() => engine.tensor([0, 1.5], [2], 'int32')).toThrow(/got 1\.5 at position 1/);
    expect(engine.memory()).toEqual(before);
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

  it('refuses asynchronous functions that fail, without a second error that nobody can catch', async () => {
    const uncaught: unknown[] = [];
    const listener = (reason: unknown): void => void uncaught.push(reason);
    process.on('unhandledRejection', listener);
    const before = engine.memory().buffers;
    expect(() =>
      engine.scope(async () => {
        engine.tensor([1]);
        await Promise.resolve();
        throw new Error('later');
      }),
    ).toThrow(/scope\(\) got an asynchronous function/);
    await new Promise((resolve) => setTimeout(resolve)); // rejections that nobody handles are announced after the microtasks
    process.off('unhandledRejection', listener);
    expect(uncaught).toEqual([]);
    expect(engine.memory().buffers).toBe(before);
    expect(engine.scope(() => engine.tensor([2])).dataSync()[0]).toBe(2); // no scope was left open
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

describe('rules of operations of one\'s own', async () => {
  const engine = await init('cpu');

  it('may give the gradient of the output itself, to one input or to several', async () => {
    const [p, q] = [engine.parameter(engine.tensor([1, 2])), engine.parameter(engine.tensor([3, 4]))];
    const y = record('mine', engine.noGradient(() => add(p, q)), [p, q], (dy) => [dy, dy]);
    backward(sum(multiply(y, y)));
    expect([...(await p.gradient!.data())]).toEqual([8, 12]);
    expect([...(await q.gradient!.data())]).toEqual([8, 12]);
  });

  it.each([
    ['nothing', (): never[] => [], /mine gave a list of 0; expected a list with one gradient for each of its 1 inputs/],
    ['a tensor without a list', (dy: Tensor): never => dy as never, /mine gave no list/],
    ['too many', (dy: Tensor): Tensor[] => [dy, dy], /a list of 2/],
  ] as const)('are refused when they give %s', (_, rule, message) => {
    const p = engine.parameter(engine.tensor([1, 2]));
    const y = record('mine', engine.noGradient(() => add(p, 1)), [p], rule as GradientRule);
    expect(() => backward(sum(y))).toThrow(message);
  });
});
