// module.save and module.load: the same numbers under the same names, and what is refused.
import { describe, expect, it } from 'vitest';
import { init, Linear, Module, QuantizedLinear, Random, readSafetensors, writeSafetensors, type Engine, type Layer, type Tensor } from '../src/index.js';

class Table extends Module {
  readonly weight: Tensor;
  readonly ids: Tensor;
  constructor(engine: Engine) {
    super();
    this.weight = engine.parameter(engine.tensor([1, 2]));
    this.ids = engine.tensor([3, 4], [2], 'int32');
  }
}

class Network extends Module {
  hidden: Layer;
  readonly outputs = new Map<string, Layer>();
  constructor(engine: Engine, sizes: { hidden?: number; names?: string[] } = {}, seed = 1) {
    super();
    const { hidden = 5, names = ['a', 'b'] } = sizes;
    const random = new Random(seed);
    this.hidden = new Linear(engine, { inputs: 3, outputs: hidden, activation: 'gelu' }, random);
    for (const name of names) this.outputs.set(name, new Linear(engine, { inputs: hidden, outputs: 2, bias: false }, random));
  }
  forward(x: Tensor): Tensor {
    return this.outputs.get('a')!.forward(this.hidden.forward(x));
  }
}

const numbersOf = async (module: Module): Promise<number[]> => {
  const all = [];
  for (const tensor of module.namedTensors().values()) all.push(...(await tensor.data()));
  return all;
};

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['cpu in double precision', () => init('cpu', { precision: 'float64' })],
  ['wasm', () => init('wasm', { threads: 1 })],
];

describe.each(devices)('a module on %s', async (_, make) => {
  const engine = await make();

  it('is saved and loaded with all its numbers, frozen ones too', async () => {
    const from = new Network(engine, {}, 1);
    from.freeze('hidden');
    const bytes = await from.save();
    expect([...readSafetensors(bytes).tensors.keys()].sort()).toEqual(['hidden.bias', 'hidden.weight', 'outputs.a.weight', 'outputs.b.weight']);
    const to = new Network(engine, {}, 2);
    expect(await numbersOf(to)).not.toEqual(await numbersOf(from));
    expect(to.load(bytes)).toEqual({ missing: [], unexpected: [] });
    expect(await numbersOf(to)).toEqual(await numbersOf(from));
    expect(to.trainableParameters()).toHaveLength(4); // frozen or not is no matter of the file
  });

  it('with int8 weights, too', async () => {
    const quantize = async (seed: number): Promise<Network> => {
      const network = new Network(engine, {}, seed);
      network.replace('hidden', await QuantizedLinear.of(network.hidden as Linear));
      return network;
    };
    const [from, to] = [await quantize(1), await quantize(2)];
    to.load(await from.save());
    const run = (network: Network): Promise<ArrayLike<number>> => engine.scope(() => engine.noGradient(() => network.forward(engine.tensor([1, -2, 3], [1, 3])))).data();
    expect(await run(to)).toEqual(await run(from));
    expect(() => new Network(engine).load(writeSafetensors({}))).toThrow(/Missing in the file: hidden\.weight/);
    await expect(from.save().then((bytes) => new Network(engine).load(bytes))).rejects.toThrow(/Missing in the file: hidden\.weight\. Unexpected in it: hidden\.weight\.(scales|packed), hidden\.weight\./);
  });

  it('is refused other names, unless told otherwise', async () => {
    const bytes = await new Network(engine, { names: ['a', 'c'] }, 1).save();
    const to = new Network(engine, {}, 2);
    const before = await numbersOf(to);
    expect(() => to.load(bytes)).toThrow(/Missing in the file: outputs\.b\.weight\. Unexpected in it: outputs\.c\.weight\. Build the module .* \{ strict: false \}/);
    expect(await numbersOf(to)).toEqual(before);
    expect(to.load(bytes, { strict: false })).toEqual({ missing: ['outputs.b.weight'], unexpected: ['outputs.c.weight'] });
    const after = await numbersOf(to);
    expect(after.slice(0, 30)).toEqual((await numbersOf(new Network(engine, {}, 1))).slice(0, 30)); // hidden (20) and outputs.a (10)
    expect(after.slice(30)).toEqual(before.slice(30));
  });

  it('is refused other shapes, strict or not, before anything is overwritten', async () => {
    const bytes = await new Network(engine, { hidden: 4 }, 1).save();
    const to = new Network(engine, {}, 2);
    const before = await numbersOf(to);
    for (const strict of [true, false]) expect(() => to.load(bytes, { strict })).toThrow(/hidden\.weight is \(3, 4\) instead of \(3, 5\), hidden\.bias is \(4\) instead of \(5\).*sizes/);
    expect(() => to.load(bytes.subarray(0, 100))).toThrow();
    expect(await numbersOf(to)).toEqual(before);
  });

  it('is refused numbers that do not fit, before anything is overwritten', async () => {
    const write = (ids: BigInt64Array): Uint8Array => writeSafetensors({ weight: { dtype: 'F32', shape: [2], data: Float32Array.of(5, 6) }, ids: { dtype: 'I64', shape: [2], data: ids } });
    const table = new Table(engine);
    for (const [ids, message] of [
      [[1n, 2n ** 31n], /^load: tensor ids: An int32 tensor got 2147483648 at position 1/],
      [[2n ** 60n, 1n], /^load: tensor ids: The integer 1152921504606846976 lies beyond/],
    ] as const) {
      expect(() => table.load(write(BigInt64Array.from(ids)))).toThrow(message);
      expect([...(await table.weight.data()), ...(await table.ids.data())]).toEqual([1, 2, 3, 4]);
    }
    expect(() => table.load(writeSafetensors({ weight: { dtype: 'F32', shape: [2], data: Float32Array.of(5, 6) }, ids: { dtype: 'F32', shape: [2], data: Float32Array.of(0.5, 1) } }))).toThrow(/^load: tensor ids: An int32 tensor got 0\.5/);
    expect([...(await table.weight.data())]).toEqual([1, 2]);
    // What float32 would round.
    table.load(write(BigInt64Array.of(16_777_217n, -2_147_483_647n)));
    expect([...(await table.ids.data())]).toEqual([16_777_217, -2_147_483_647]);
  });

  it('takes other element types', async () => {
    const layer = new Linear(engine, { inputs: 1, outputs: 2, bias: false }, new Random(1));
    layer.load(writeSafetensors({ weight: { dtype: 'F16', shape: [1, 2], data: Uint16Array.of(0x3c00, 0xc000) } }));
    expect([...(await layer.weight.data())]).toEqual([1, -2]);
    layer.load(writeSafetensors({ weight: { dtype: 'F64', shape: [1, 2], data: Float64Array.of(0.1, 3) } }));
    expect((await layer.weight.data())[0]).toBe(engine.backend.floatType === 'float64' ? 0.1 : Math.fround(0.1));
  });
});
