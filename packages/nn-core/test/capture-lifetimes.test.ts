// Who owns what around a captured step: tensors from inside and outside, constants, and what a capture that fails leaves.
import { describe, expect, it } from 'vitest';
import { add, backward, compileStep, concatenate, dropout, init, multiply, relu, reshape, scale, SGD, square, sum, type Tensor } from '../src/index.js';

describe.each(['cpu', 'wasm', 'wasm on 2 threads'] as const)('on %s', async (device) => {
  const engine = await init(device === 'cpu' ? 'cpu' : 'wasm', device === 'cpu' ? {} : { threads: device === 'wasm' ? 1 : 2 });
  const parameter = (values: number[]): Tensor => engine.parameter(engine.tensor(values));
  const use = () => ({ ...engine.memory(), reservedBytes: 0 });

  describe('what a captured step makes from numbers', () => {
    it('may be set before the first operation on it, and not after: the numbers would be there once, before all operations', async () => {
      const plan = compileStep(engine, () => {
        const x = engine.tensor([0, 0, 0]);
        x.set([1, 2, 3]);
        return scale(x, 2);
      });
      expect([...(await plan.replay().data())]).toEqual([2, 4, 6]);
      plan.dispose();
      const before = use();
      expect(() => compileStep(engine, () => { const x = engine.zeros([3]); x.set([1, 2, 3]); return x; })).toThrow(/set\(\).*before the first operation.*engine\.tensor/); // prettier-ignore
      expect(() => compileStep(engine, () => { const x = engine.tensor([1]); const y = square(x); x.set([2]); return add(x, y); })).toThrow(/set\(\)/); // prettier-ignore
      expect(use()).toEqual(before);
    });

    it('is the same at each replay, even where an operation overwrites it', async () => {
      const x = engine.keep(engine.tensor([3, 4]));
      const plan = compileStep(engine, () => {
        const total = engine.tensor([100]);
        engine.run('addSumOfSquares', [x, total], [2]);
        return total;
      });
      for (let replay = 0; replay < 3; replay++) expect(await plan.replay().item()).toBe(125);
      plan.dispose();
      x.dispose();
    });

    it('can be returned as it is', async () => {
      const plan = compileStep(engine, () => engine.tensor([1, 2]));
      expect([...(await plan.replay().data())]).toEqual([1, 2]);
      plan.dispose();
    });
  });

  describe('what a captured step returns', () => {
    it('is found in arrays, Maps, Sets and objects, as by scope()', async () => {
      const x = engine.keep(engine.tensor([1, 2]));
      const before = use();
      const scoped = <T>(fn: () => T) => ({ result: engine.scope(fn), dispose: () => undefined });
      const captured = <T>(fn: () => T) => {
        const plan = compileStep(engine, fn);
        return { result: plan.replay(), dispose: () => plan.dispose() };
      };
      for (const run of [scoped, captured]) {
        const { result, dispose } = run(() => ({ map: new Map([['a', scale(x, 2)]]), set: new Set([scale(x, 3)]), list: [[scale(x, 4)]], bare: Object.assign(Object.create(null) as object, { deep: scale(x, 5) }) }));
        const tensors = [result.map.get('a')!, [...result.set][0]!, result.list[0]![0]!, result.bare.deep];
        for (const [i, tensor] of tensors.entries()) expect([...(await tensor.data())]).toEqual([i + 2, 2 * (i + 2)]);
        for (const tensor of tensors) tensor.dispose();
        dispose();
      }
      x.dispose();
      expect(use().buffers).toBe(before.buffers - 1);
    });

    it('is freed with the plan where it was made inside, and stays where it came from outside', async () => {
      const x = engine.keep(engine.tensor([1, 2]));
      const before = use();
      const plan = compileStep(engine, () => ({ x, view: reshape(x, [2, 1]), y: scale(x, 2) }));
      plan.replay();
      plan.dispose();
      expect(plan.result.y.isDisposed).toBe(true);
      expect([...(await x.data())]).toEqual([1, 2]);
      expect(use()).toEqual(before);
      x.dispose();
    });

    it('may contain itself', () => {
      const loop: { x: Tensor | null; self?: unknown } = { x: null };
      loop.self = [loop];
      engine.scope(() => Object.assign(loop, { x: engine.zeros([1]) }));
      expect(loop.x!.isDisposed).toBe(false);
      loop.x!.dispose();
    });
  });

  describe('buffers that a plan uses', () => {
    it('live as long as the plan, whoever disposes their tensors', async () => {
      const before = use();
      const x = engine.keep(engine.tensor([1, 2, 3]));
      const plan = compileStep(engine, () => scale(x, 2));
      const view = reshape(plan.result, [3, 1]);
      x.dispose();
      plan.result.dispose();
      const others = [engine.zeros([3]), engine.zeros([3])]; // would take their places
      plan.replay();
      for (const other of others) expect([...(await other.data())]).toEqual([0, 0, 0]);
      expect([...(await view.data())]).toEqual([2, 4, 6]);
      plan.dispose();
      expect([...(await view.data())]).toEqual([2, 4, 6]); // a tensor of its own, outside of the plan
      for (const tensor of [view, ...others]) tensor.dispose();
      expect(use()).toEqual(before);
    });

    it('cannot be freed by the step itself', async () => {
      const x = engine.keep(engine.tensor([1, 2]));
      expect(() => compileStep(engine, () => { const y = scale(x, 2); x.dispose(); return y; })).toThrow(/cannot free a tensor from outside/); // prettier-ignore
      expect([...(await x.data())]).toEqual([1, 2]);
      const weight = parameter([3]);
      engine.scope(() => backward(sum(square(weight))));
      const optimizer = new SGD([weight], { learningRate: 0.1 });
      expect(() => compileStep(engine, () => { backward(sum(square(weight))); optimizer.zeroGradients(); })).toThrow(/cannot free a tensor from outside.*zeroGradients\(\) before compileStep/); // prettier-ignore
      expect([...(await weight.gradient!.data())]).toEqual([6]);
      optimizer.dispose();
      weight.dispose();
      x.dispose();
    });

    it('may be the gradients themselves: replays add to what is there before', async () => {
      const weight = parameter([3]);
      engine.scope(() => backward(sum(square(weight))));
      const plan = compileStep(engine, () => backward(sum(square(weight))));
      plan.replay();
      plan.replay();
      expect([...(await weight.gradient!.data())]).toEqual([18]);
      plan.dispose();
      weight.gradient!.dispose();
      weight.dispose();
    });
  });

  describe('a capture that fails', () => {
    it('leaves gradients, memory, tape and dropout as they were, and the next one works', async () => {
      const x = parameter([1, 2]);
      const other = parameter([5]);
      const optimizer = new SGD([x, other], { learningRate: 0.1 });
      engine.scope(() => backward(sum(square(other))));
      const outer = sum(square(x)); // recorded before, and not used yet
      engine.dropoutState.begin(1, 1);
      dropout(engine.full([4], 1), 0.5);
      const [position, tape, before] = [engine.dropoutState.position, [...engine.tape], use()];
      expect(() => compileStep(engine, () => backward(sum(multiply(relu(dropout(x, 0.5)), other))))).toThrow(/leave gradients behind.*zeroGradients/);
      const check = async (): Promise<void> => {
        expect(x.gradient).toBe(null);
        expect([...(await other.gradient!.data())]).toEqual([10]);
        expect(use()).toEqual(before);
        expect(engine.tape).toEqual(tape);
        expect(engine.dropoutState.position).toBe(position);
      };
      await check();
      let stash: Tensor | null = null;
      const stop = (): never => {
        throw new Error('stop');
      };
      expect(() => compileStep(engine, () => { stash = engine.keep(scale(x, 2)); backward(sum(multiply(x, x))); stop(); })).toThrow('stop'); // prettier-ignore
      expect(stash!.isDisposed).toBe(true);
      await check();
      expect(() => compileStep(engine, () => { backward(outer); stop(); })).toThrow('stop'); // prettier-ignore
      await check();
      backward(outer);
      expect([...(await x.gradient!.data())]).toEqual([2, 4]);
      optimizer.zeroGradients(); // said "another backend"
      expect(() => compileStep(engine, () => { backward(sum(square(x))); optimizer.step(); })).toThrow(/Set it before replay/); // prettier-ignore
      expect(optimizer.stepCount).toBe(0);
      const plan = compileStep(engine, () => {
        const loss = sum(square(x));
        backward(loss);
        optimizer.update();
        optimizer.zeroGradients();
        return loss;
      });
      optimizer.prepare();
      expect(await plan.replay().item()).toBe(5);
      plan.dispose();
      optimizer.dispose();
    });

    it('frees what it had placed already', () => {
      const broken = engine.keep(engine.tensor([1, 2]));
      const before = use();
      const real = engine.backend;
      const prepare = real.prepare.bind(real);
      real.prepare = () => { throw new Error('no memory'); }; // prettier-ignore
      try {
        expect(() => compileStep(engine, () => add(broken, engine.tensor([1, 2])))).toThrow('no memory');
      } finally {
        real.prepare = prepare;
      }
      expect(use()).toEqual(before);
    });
  });

  it('a plan can be disposed after its engine', async () => {
    const other = await init('wasm', { threads: 1 });
    const plan = compileStep(other, () => concatenate([other.zeros([2]), other.zeros([2])]));
    other.dispose();
    plan.dispose();
    expect(() => plan.replay()).toThrow(/disposed/);
  });
});
