// The ranges of ids that the host knows: whose they are, and how far what a captured step expects reaches.
import { describe, expect, it } from 'vitest';
import { boundsOf, compileStep, concatenate, embedding, expand, init, permute, reshape, slice, sum, type Engine, type Tensor } from '../src/index.js';

describe.each(['cpu', 'wasm'] as const)('ids on %s', async (device) => {
  const engine = await init(device, device === 'wasm' ? { threads: 1 } : {});
  const ids = (values: number[], shape = [values.length]): Tensor => engine.keep(engine.tensor(values, shape, 'int32'));
  const table = engine.parameter(engine.zeros([300, 2]));

  it('have a range of their own: what is cut from a tensor does not change it, and changes with nothing', () => {
    const x = ids([5, 250, 6, 7]);
    const part = slice(x, 0, 2, 2);
    expect(part.bounds).toEqual({ minimum: 5, maximum: 250 }); // what is known, not what is there
    part.set([0, 1]);
    expect(part.bounds).toEqual({ minimum: 0, maximum: 1 });
    expect(x.bounds).toEqual({ minimum: 5, maximum: 250 });
    x.set([400, 401, 402, 403]);
    expect(part.bounds).toEqual({ minimum: 0, maximum: 1 });
    expect(() => embedding(x, table)).toThrow(/id 403 is out of range/);
    embedding(part, table);
  });

  it('share it where they share the buffer', () => {
    const x = ids([1, 2, 3, 4]);
    const square = reshape(x, [2, 2]);
    square.set([400, 0, 0, 0]);
    expect(() => embedding(x, table)).toThrow(/id 400 is out of range/);
  });

  it('keep their range when a set() is refused', () => {
    const x = ids([1, 2]);
    expect(() => compileStep(engine, () => x.set([400, 401]))).toThrow(/Set it before replay/);
    expect(x.bounds).toEqual({ minimum: 1, maximum: 2 });
  });

  const feeds: [string, (a: Tensor, b: Tensor, engine: Engine) => Tensor][] = [
    ['slice', (a) => slice(a, 0, 1, 1)],
    ['concatenate', (a, b) => concatenate([b, a])],
    ['reshape', (a) => reshape(a, [2, 1])],
    ['permute', (a) => permute(reshape(a, [2, 1]), [1, 0])],
    ['expand', (a) => expand(a, [3, 2])],
    ['alias', (a, _, { alias }) => alias.call(a.engine, a)],
    ['all of them', (a, b) => expand(slice(permute(reshape(concatenate([a, b, a]), [3, 2]), [1, 0]), 1, 0, 2), [4, 2, 2])],
  ];
  it.each(feeds)('that feed a captured step through %s are checked when they are set', async (_, feed) => {
    const [a, b] = [ids([0, 1]), ids([2, 3])];
    const plan = compileStep(engine, () => sum(embedding(feed(a, b, engine), table)));
    expect(() => a.set([400, 900])).toThrow(/ids from 400 to 900.*expects 0 to 299/);
    expect(() => a.set([-1, 0])).toThrow(/expects 0 to 299/);
    expect([...(await a.data())]).toEqual([0, 1]);
    a.set([299, 0]);
    expect(await plan.replay().item()).toBe(0);
    plan.dispose();
    a.set([400, 900]); // nobody expects anything any more
  });

  it('are what several captured steps expect together, each as long as it lives', () => {
    const x = ids([0, 1]);
    const small = engine.parameter(engine.zeros([10, 2]));
    const [narrow, wide] = [small, table].map((rows) => compileStep(engine, () => sum(embedding(x, rows))));
    expect(() => x.set([10, 0])).toThrow(/expects 0 to 9/);
    narrow!.dispose();
    x.set([10, 0]);
    expect(() => x.set([300, 0])).toThrow(/expects 0 to 299/);
    wide!.dispose();
  });

  it('that a failed capture looked up are free again', () => {
    const x = ids([0, 1]);
    expect(() => compileStep(engine, () => { embedding(x, table); throw new Error('stop'); })).toThrow('stop'); // prettier-ignore
    x.set([400, 900]);
  });

  it('that a captured step returns have the range of what feeds it now', () => {
    const x = ids([0, 1]);
    const plan = compileStep(engine, () => slice(x, 0, 1, 1));
    x.set([0, 400]);
    plan.replay();
    expect(() => embedding(plan.result, table)).toThrow(/id 400 is out of range/);
    x.set([7, 8]);
    plan.replay();
    embedding(plan.result, table);
    plan.dispose();
  });
});

describe('boundsOf', () => {
  it('is the least and the greatest of whole numbers', () => {
    expect(boundsOf([3, -2147483648, 7])).toEqual({ minimum: -2147483648, maximum: 7 });
    expect(boundsOf(new Int32Array(0))).toEqual({ minimum: Infinity, maximum: -Infinity });
  });

  it.each([0.5, 2 ** 31, NaN])('refuses %d, with its place', (value) => {
    expect(() => boundsOf([1, value])).toThrow(`An int32 tensor got ${value} at position 1: expected a whole number from -2147483648 to 2147483647.`);
  });
});
