// Modules: what is found and under which names, freezing, replacing layers, and what dispose frees.
import { describe, expect, it } from 'vitest';
import { add, backward, Dropout, init, LayerNorm, Linear, matchesNameOrOwner, Module, Random, replaceLayers, sum, type Layer, type Tensor } from '../src/index.js';

const engine = await init('cpu', { precision: 'float64' });
const linear = (inputs = 2, outputs = 2): Linear => new Linear(engine, { inputs, outputs }, new Random(1));

class Holder extends Module {
  [field: string]: unknown;
  constructor(fields: Record<string, unknown>) {
    super();
    Object.assign(this, fields);
  }
}

/** x W1 + x W2, where each W is any layer. */
class Sum extends Module implements Layer {
  left: Layer = linear();
  right: Layer = linear();
  forward(x: Tensor): Tensor {
    return add(this.left.forward(x), this.right.forward(x));
  }
}

describe('a module', () => {
  it('finds layers in fields, arrays, Maps and plain objects, however deep', () => {
    const model = new Holder({
      plain: linear(),
      list: [linear(), { inner: linear() }],
      map: new Map<string | number, unknown>([['first', linear()], [2, [linear()]]]),
      object: { a: { b: linear() } },
      other: 'text',
      nothing: null,
      engine,
    });
    expect([...model.namedModules().keys()]).toEqual(['plain', 'list.0', 'list.1.inner', 'map.first', 'map.2.0', 'object.a.b']);
    expect([...model.namedParameters().keys()].filter((name) => name.endsWith('weight'))).toEqual([...model.namedModules().keys()].map((name) => `${name}.weight`));
    model.setTraining(true);
    expect([...model.namedModules().values()].every((module) => module.training)).toBe(true);
  });

  it('names what is shared once, and does not run around in circles', () => {
    const shared = linear();
    const parent = new Holder({ a: shared, b: [shared], weight: shared.weight });
    parent['self'] = parent;
    parent['child'] = new Holder({ parent, list: [parent] });
    const circle: unknown[] = [];
    circle.push(circle, { circle });
    parent['circle'] = circle;
    expect([...parent.namedParameters().keys()]).toEqual(['a.weight', 'a.bias']);
    expect([...parent.namedModules().keys()]).toEqual(['a', 'child']);
    expect(parent.setTraining(true).parameterCount()).toBe(6);
  });

  it('refuses two tensors of one name', () => {
    expect(() => new Holder({ a: { 'b.weight': linear().weight, b: linear() } }).parameters()).toThrow(/Two tensors .* called a\.b\.weight/);
  });
});

describe('freezing', () => {
  const x = engine.tensor([1, 2], [1, 2]);
  const make = (): Holder => new Holder({ blocks: [linear(), linear()], norm: new LayerNorm(engine, 2), table: engine.zeros([2]) });

  it('finds parameters by name, by the module they are in, by * and by RegExp', () => {
    expect(make().freeze('blocks.0.weight')).toEqual(['blocks.0.weight']);
    expect(make().freeze('blocks.0')).toEqual(['blocks.0.weight', 'blocks.0.bias']);
    expect(make().freeze('blocks.*.bias')).toEqual(['blocks.0.bias', 'blocks.1.bias']);
    const biases = /bias$/g; // global ones remember where they stopped
    expect(make().freeze(biases)).toEqual(['blocks.0.bias', 'blocks.1.bias', 'norm.bias']);
    expect(make().freeze(biases)).toHaveLength(3);
    const model = make();
    expect(model.freeze()).toHaveLength(6);
    expect(model.trainableParameters()).toEqual([]);
    expect(model.unfreeze('norm')).toEqual(['norm.weight', 'norm.bias']);
    expect(model.trainableParameters()).toEqual([...model.namedParameters()].filter(([name]) => name.startsWith('norm')).map(([, parameter]) => parameter));
    expect(model.parameters()).toHaveLength(6);
    expect(model.parameterCount()).toBe(16);
  });

  it('says when no parameter has such a name', () => {
    expect(() => make().freeze('block.0')).toThrow(/no parameter matches block\.0; their names are blocks\.0\.weight, /);
    expect(() => make().unfreeze(/x$/)).toThrow(/unfreeze: no parameter matches \/x\$\//);
    expect(() => make().freeze('table')).toThrow(/no parameter matches table/); // a tensor, but no parameter
  });

  it('gives frozen parameters no gradient, drops the one they had, and puts nothing of theirs on the tape', () => {
    const model = new Sum();
    const { left, right } = model as unknown as { left: Linear; right: Linear };
    engine.scope(() => backward(sum(model.forward(x))));
    expect(left.weight.gradient).not.toBeNull();
    const buffers = engine.memory().buffers;
    model.freeze('left');
    expect(left.weight.gradient).toBeNull();
    expect(engine.memory().buffers).toBe(buffers - 2);
    engine.scope(() => {
      left.forward(x);
      expect(engine.tape.length).toBe(0);
      backward(sum(model.forward(x)));
    });
    expect(left.weight.gradient).toBeNull();
    expect([...right.weight.gradient!.dataSync()]).toEqual([2, 2, 4, 4]); // two passes
    model.freeze();
    engine.scope(() => expect(() => backward(sum(model.forward(x)))).toThrow(/no way from this loss to a parameter/));
    model.unfreeze('left.weight');
    engine.scope(() => backward(sum(model.forward(x))));
    expect([...left.weight.gradient!.dataSync()]).toEqual([1, 1, 2, 2]);
    expect(left.bias!.gradient).toBeNull();
  });

  it('lets gradients pass through frozen layers to those before them', () => {
    const [before, after] = [linear(), linear()];
    after.freeze();
    engine.scope(() => backward(sum(after.forward(before.forward(x)))));
    expect(after.weight.gradient).toBeNull();
    const [a, b, c, d] = after.weight.dataSync();
    [a! + b!, c! + d!, 2 * (a! + b!), 2 * (c! + d!)].forEach((value, i) => expect(before.weight.gradient!.dataSync()[i]).toBeCloseTo(value, 12));
  });
});

describe('dispose', () => {
  it('frees frozen parameters, gradients and tensors that are no parameters, and nothing twice', () => {
    const before = engine.memory().buffers;
    const model = new Holder({ first: linear(), second: linear(), table: engine.zeros([3]) });
    model['tied'] = (model['first'] as Linear).weight;
    engine.scope(() => backward(sum((model['second'] as Linear).forward(engine.tensor([1, 2], [1, 2])))));
    model.freeze('first');
    model.dispose();
    model.dispose();
    expect(engine.memory().buffers).toBe(before);
  });
});

describe('replacing', () => {
  class Twice extends Module implements Layer {
    constructor(public base: Layer) {
      super();
    }
    forward(x: Tensor): Tensor {
      const y = this.base.forward(x);
      return add(y, y);
    }
  }

  it('puts a layer in the place of another, in place and found by name', () => {
    const model = new Sum();
    const x = engine.tensor([1, 2], [1, 2]);
    const { left, right } = model;
    const expected = add(add(left.forward(x), left.forward(x)), right.forward(x)).dataSync();
    expect(model.replace('left', new Twice(left))).toBe(left);
    expect(model.forward(x).dataSync()).toEqual(expected);
    expect([...model.namedParameters().keys()]).toEqual(['left.base.weight', 'left.base.bias', 'right.weight', 'right.bias']);
    expect(() => model.replace('lefft', linear())).toThrow(/no module called lefft; there are left, left\.base, right/);
    expect(() => model.replace('right.weight', linear())).toThrow(/no module called right\.weight/);
  });

  it('replaces a shared layer in all its places: fields, arrays, Maps and objects', () => {
    const shared = linear();
    const model = new Holder({ field: shared, list: [shared], map: new Map([['x', shared]]), object: { deep: [shared] } });
    const other = linear();
    model.replace('field', other);
    expect(model['field']).toBe(other);
    expect(model['list']).toEqual([other]);
    expect((model['map'] as Map<string, unknown>).get('x')).toBe(other);
    expect(model['object']).toEqual({ deep: [other] });
  });

  it('replaces many by a pattern, leaves what it is told to leave, and gives the old ones back', async () => {
    const model = new Holder({ blocks: [new Sum(), new Sum()], last: linear() });
    const old = await replaceLayers(model, 'blocks.*.left', (layer, name) => (name.includes('1') ? undefined : Promise.resolve(new Twice(layer as Linear))));
    expect([...old.keys()]).toEqual(['blocks.0.left']);
    expect([...model.namedModules()].filter(([, module]) => module instanceof Twice).map(([name]) => name)).toEqual(['blocks.0.left']);
    await expect(replaceLayers(model, 'block.*', () => linear())).rejects.toThrow(/no layer matches block\.\*; their names are blocks\.0, /);
  });

  it('leaves the model as it was when one layer cannot be made, and frees only what was new', async () => {
    const model = new Sum();
    const { left, right } = model;
    const before = engine.memory().buffers;
    const make = (layer: Module, name: string): Layer => {
      if (name === 'right') throw new Error('damaged');
      return new Holder({ bias: (layer as Linear).bias, extra: linear(), forward: (x: Tensor) => x }) as unknown as Layer;
    };
    await expect(replaceLayers(model, '*', make)).rejects.toThrow('damaged');
    expect([model.left, model.right]).toEqual([left, right]);
    expect(engine.memory().buffers).toBe(before);
    expect((left as Linear).bias!.isDisposed).toBe(false);
  });
});

describe('a layer that takes another one\'s place', async () => {
  const engine = await init('cpu');
  class Holder extends Module {
    readonly layers: Layer[];
    constructor(freeze: boolean) {
      super();
      this.layers = [new Dropout(0.5)];
      if (freeze) Object.freeze(this.layers);
    }
  }

  it('trains when the old one did', () => {
    const holder = new Holder(false).setTraining(true);
    const layer = new Dropout(0.1);
    holder.replace('layers.0', layer);
    expect(layer.training).toBe(true);
  });

  it('is refused where it cannot stand, or is no layer', () => {
    expect(() => new Holder(true).replace('layers.0', new Dropout(0.1))).toThrow(/cannot be written/);
    expect(() => new Holder(false).replace('layers.0', 5 as never)).toThrow(/has no forward\(x\)/);
    expect(engine.memory().buffers).toBe(0);
  });
});

it.each([
  ['blocks.*.attention', 'blocks.3.attention', true],
  ['blocks.*.attention', 'blocks.3.attention.projection.weight', true],
  ['blocks.*.attention', 'blocks.3.feedForward', false],
  ['blocks', 'blocksOfStone.3', false],
  [/bias$/, 'blocks.3.bias', true],
  [/bias$/, 'blocks.3.weight', false],
])('the pattern %s finds %s or what it is inside of: %s', (pattern, name, found) => {
  expect(matchesNameOrOwner(pattern, name)).toBe(found);
});
