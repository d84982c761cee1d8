// Arguments that only plain JavaScript lets through: options that are misspelt, missing or of another kind. Each gets one error that
// says what was given, what was expected and what to do; none is an error of the JavaScript engine from somewhere inside.
import { describe, expect, it } from 'vitest';
import * as nn from '../src/index.js';
import { createGpuBackend } from '../src/gpu.js';

class Network extends nn.Module {
  readonly layers: unknown;
  constructor(layers: unknown) {
    super();
    this.layers = layers;
  }
}

describe('in plain JavaScript', async () => {
  const engine = await nn.init('cpu');
  const random = new nn.Random(1);
  const zeros = (...shape: number[]): nn.Tensor => engine.zeros(shape);
  const weight = engine.parameter(zeros(2, 3));
  const linear = new nn.Linear(engine, { inputs: 2, outputs: 3 }, random);
  const [x, image] = [zeros(1, 2, 4), zeros(1, 4, 4, 1)];
  /** Calls anything with anything, as JavaScript does. */
  const js = (fn: unknown, ...args: unknown[]): unknown => (fn as (...args: unknown[]) => unknown)(...args);
  const make = (Class: unknown, ...args: unknown[]): unknown => new (Class as new (...args: unknown[]) => unknown)(...args);

  const refusals: Record<string, [() => unknown, RegExp][]> = {
    'an option that is unknown': [
      [() => make(nn.AdamW, [weight], { learningrate: 1 }), /^AdamW: unknown option 'learningrate', did you mean 'learningRate'\?; known: learningRate\?, betas\?, epsilon\?, weightDecay\?, decays\?\.$/],
      [() => make(nn.AdamW, [weight], { lr: 1 }), /^AdamW: unknown option 'lr'; known: learningRate\?, /],
      [() => make(nn.SGD, [weight], { learningRate: 1, nesterov: true }), /^SGD: unknown option 'nesterov'; known: learningRate, momentum\?/],
      [() => make(nn.AdamW, [{ parameters: [weight], weightdecay: 0 }]), /^A group of AdamW: unknown option 'weightdecay', did you mean 'weightDecay'/],
      [() => js((options: nn.StepOptions) => new nn.AdamW([weight]).step(options), { gradientfactor: null }), /^AdamW\.step: unknown option 'gradientfactor', did you mean 'gradientFactor'/],
      [() => js(nn.clipFactor, [weight], 1, { maxLoss: 3 }), /^clipFactor: unknown option 'maxLoss'; known: sumOfSquares\?, loss\?, maximumLoss\?/],
      [() => js(nn.warmupCosine, 0, { maximum: 1, totalSteps: 9, warmup: 2 }), /^warmupCosine: unknown option 'warmup'; known: maximum, minimum\?, warmupSteps\?, totalSteps\./],
      [() => js(nn.attention, x, x, x, { heads: 2, widow: 3 }), /^attention: unknown option 'widow', did you mean 'window'\?; known: heads, keyValueHeads\?, causal\?, window\?/],
      [() => js(nn.selfAttention, zeros(1, 2, 12), { heads: 2, casual: true }), /^selfAttention: unknown option 'casual', did you mean 'causal'/],
      [() => js(nn.attentionWeights, x, x, { heads: 2, dropout: 0.5 }), /^attentionWeights: unknown option 'dropout'/],
      [() => js(nn.attentionWeights, x, x, { heads: 2, masks: null }), /^attentionWeights: unknown option 'masks', did you mean 'mask'/],
      [() => js(nn.cachedAttention, zeros(1, 1, 3), zeros(1, 4, 2), nn.cachePlaces(engine, [{ sequence: 0, past: 0, count: 1 }], { sequences: 1, capacity: 4 }), { heads: 1, segments: null }), /^cachedAttention: unknown option 'segments'/],
      [() => js(nn.cachePlaces, engine, [], { sequences: 1, length: 4 }), /^cachePlaces: unknown option 'length'/],
      [() => js(nn.rotaryTable, engine, { positions: 4, frequencies: [1], theta: 1 }), /^rotaryTable: unknown option 'theta'/],
      [() => js(nn.rotaryEmbedding, x, zeros(4, 4), { headSize: 4, interleave: true }), /^rotaryEmbedding: unknown option 'interleave', did you mean 'interleaved'/],
      [() => js(nn.matmul, weight, weight, { transposeb: true }), /^matmul: unknown option 'transposeb', did you mean 'transposeB'/],
      [() => js(nn.matmulInt8, weight, new nn.QuantizedMatrix(engine, nn.quantize([1], 1, 1)), { transposeB: true }), /^matmulInt8: unknown option 'transposeB'/],
      [() => js(nn.variance, weight, 0, { corection: 0 }), /^variance: unknown option 'corection', did you mean 'correction'/],
      [() => js(nn.std, weight, 0, { keepDim: true }), /^std: unknown option 'keepDim'/],
      [() => js(nn.conv2d, image, zeros(3, 3, 1, 1), { strides: 2 }), /^conv2d: unknown option 'strides', did you mean 'stride'/],
      [() => js(nn.maxPool2d, image, { window: 2, strides: 2 }), /^maxPool2d: unknown option 'strides', did you mean 'stride'/],
      [() => js(nn.averagePool2d, image, { window: 2, pad: 1 }), /^averagePool2d: unknown option 'pad'/],
      [() => js(nn.quantize, [1], 1, 1, { transpose: true }), /^quantize: unknown option 'transpose', did you mean 'transposed'/],
      [() => js((w: nn.Tensor, options: nn.QuantizeOptions) => nn.QuantizedMatrix.of(w, options), weight, { transpose: true }), /^QuantizedMatrix\.of: unknown option 'transpose'/],
      [() => make(nn.QuantizedLinear, new nn.QuantizedMatrix(engine, nn.quantize([1], 1, 1)), { act: 'relu' }), /^QuantizedLinear: unknown option 'act'/],
      [() => make(nn.Linear, engine, { inputs: 1, outputs: 1, biases: false }, random), /^Linear: unknown option 'biases', did you mean 'bias'/],
      [() => make(nn.Conv2d, engine, { inputs: 1, outputs: 1, kernel: 3, pading: 1 }, random), /^Conv2d: unknown option 'pading', did you mean 'padding'/],
      [() => make(nn.Embedding, engine, { rows: 1, width: 1, std: 1 }, random), /^Embedding: unknown option 'std'/],
      [() => make(nn.MaxPool2d, { window: 2, size: 2 }), /^MaxPool2d: unknown option 'size'/],
      [() => make(nn.AveragePool2d, { windows: 2 }), /^AveragePool2d: unknown option 'windows', did you mean 'window'/],
      [() => js((options: nn.LoadOptions) => linear.load(new Uint8Array(), options), { stric: false }), /^load: unknown option 'stric', did you mean 'strict'/],
      [() => js((options: object) => linear.dispose(options), { exept: linear }), /^dispose: unknown option 'exept', did you mean 'except'/],
      [() => js(nn.init, 'wasm', { thread: 1 }), /^init: unknown option 'thread', did you mean 'threads'/],
      [() => js(nn.createCpuBackend, { dtype: 'float64' }), /^createCpuBackend: unknown option 'dtype'; known: precision\?/],
      [() => js(nn.createWasmBackend, { thread: 1 }), /^createWasmBackend: unknown option 'thread'/],
      [() => js(createGpuBackend, { modus: 'webgpu' }), /^createGpuBackend: unknown option 'modus'; known: mode\?/],
      [() => js(nn.init, 'cpu', { threads: 4 }), /^init: the option 'threads' has no effect on the cpu backend: leave it out; known there: precision\./],
      [() => js(nn.init, 'cpu', { relaxed: true, mode: undefined }), /^init: the option 'relaxed' has no effect on the cpu backend/],
      [() => js(nn.init, 'wasm', { mode: 'webgl2' }), /^init: the option 'mode' has no effect on the wasm backend: leave it out; known there: precision, relaxed, threads, blas\./],
      [() => js(nn.init, createGpuBackend, { threads: 2 }), /^init: the option 'threads' has no effect on a backend of this kind: leave it out; known there: precision, mode\./],
      [() => make(nn.Flatten, { a: 1 }), /^Flatten: unknown option 'a'; known: none\./],
      [() => js(nn.measurePeak, engine, { bytes: 1 }), /^measurePeak: unknown option 'bytes'/],
    ],
    'no options, or one too few': [
      [() => js(nn.attention, x, x, x), /^attention got undefined as its options; expected an object with heads, keyValueHeads\?/],
      [() => js(nn.attention, x, x, x, {}), /^attention: the option 'heads' is missing; expected an object with heads, /],
      [() => js(nn.attention, x, x, x, 4), /^attention got 4 as its options/],
      [() => js(nn.matmul, weight, weight, weight), /^matmul got a Tensor as its options; expected an object with bias\?, activation\?/],
      [() => js(nn.maxPool2d, image, [2]), /^maxPool2d got a list as its options; expected an object with window, stride\?/],
      [() => make(nn.SGD, [weight], {}), /^SGD: the option 'learningRate' is missing/],
      [() => make(nn.SGD, [weight]), /^SGD got undefined as its options/],
      [() => make(nn.Linear, engine, { inputs: 2 }, random), /^Linear: the option 'outputs' is missing/],
      [() => make(nn.Linear, engine, { inputs: 2, outputs: 3 }), /^Linear got undefined as its source of random numbers; expected a Random, as the last argument: new Linear\(engine, options, new Random\(seed\)\)/],
      [() => make(nn.Linear, { inputs: 2, outputs: 3 }, random), /^Linear got a plain object as its engine; expected one from init\(\), as the first argument/],
      [() => make(nn.Conv2d, engine, { inputs: 2, outputs: 3, kernel: 1 }, 7), /^Conv2d got 7 as its source of random numbers/],
      [() => make(nn.LayerNorm, 4), /^LayerNorm got 4 as its engine/],
      [() => make(nn.RMSNorm, engine), /^RMSNorm: width is undefined; expected a whole number of 1 or more/],
      [() => js(nn.warmupCosine, 0, { maximum: 1 }), /^warmupCosine: the option 'totalSteps' is missing/],
    ],
    'parameters of another kind': [
      [() => make(nn.AdamW, linear), /^AdamW got a module; expected a list of parameters: give module\.parameters\(\)/],
      [() => make(nn.AdamW, [linear]), /^AdamW got a list in which number 0 is a module; expected parameters: give module\.parameters\(\)/],
      [() => make(nn.AdamW, linear.namedParameters()), /^AdamW got a Map; expected a list of parameters: give \[\.\.\.map\.values\(\)\]/],
      [() => make(nn.AdamW, [{ parameters: linear }]), /^A group of AdamW got a module; expected a list of parameters: give module\.parameters\(\)/],
      [() => make(nn.AdamW, [{ parameters: [weight] }, undefined]), /^A group of AdamW got undefined as its options; expected an object with parameters, learningRate\?, weightDecay\?/],
      [() => make(nn.AdamW, [weight, 3]), /^AdamW got a list in which number 1 is 3; expected parameters/],
      [() => make(nn.AdamW, [{ parameters: [weight] }, weight]), /^AdamW takes parameters or groups of them, not both/],
      [() => make(nn.SGD, weight, { learningRate: 1 }), /^SGD got Tensor\(2, 3\) float32 on cpu; expected a list of parameters: put the tensor into a list/],
      [() => make(nn.SGD, undefined, { learningRate: 1 }), /^SGD got undefined; expected a list of parameters/],
      [() => make(nn.AdamW, [weight], { learningRate: '1e-3' }), /^AdamW: learningRate is "1e-3"; expected a finite number/],
      [() => make(nn.AdamW, [weight], { betas: 0.9 }), /^AdamW: betas are 0\.9; expected two numbers/],
      [() => js((names: never) => new nn.AdamW([weight]).state(names), 'weight'), /^AdamW: state\(\) got "weight"; expected a Map from names to parameters: give module\.namedParameters\(\)/],
      [() => js((names: never) => new nn.AdamW([weight]).state(names), new Map([[weight, 'weight']])), /state\(\) got a Map whose keys are no names/],
      [() => nn.clipFactor([], 1), /^clipFactor got an empty list; expected at least one parameter/],
      [() => js(nn.clipFactor, linear, 1), /^clipFactor got a module; expected a list of parameters: give module\.parameters\(\)/],
      [() => nn.sumOfSquaredGradients([]), /^sumOfSquaredGradients got an empty list/],
      [() => new Network(new Map([[{}, weight]])).parameters(), /^The key of layers\.\? is a plain object, which gives what it holds no name: use text or numbers/],
      [() => new Network(new Map([[weight, { inside: [linear] }]])).parameters(), /^The key of layers\.\?\.inside\.0 is a Tensor/],
    ],
    'what is no tensor': [
      [() => js(nn.add, x, '2'), /^add got "2" in place of a tensor: make one with engine\.tensor\(numbers, shape\)\./],
      [() => js(nn.add, x, undefined), /^add got undefined in place of a tensor/],
      [() => js(nn.add, '2', 1), /^scale got "2" in place of a tensor/],
      [() => js(nn.multiply, null, x), /^multiply got null in place of a tensor/],
      [() => js(nn.exp, [1]), /^exp got a list in place of a tensor/],
      [() => js(nn.checkpointActivations, (y: unknown) => y), /^checkpointActivations got undefined in place of a tensor/],
      [() => js(nn.checkpointActivations, x, (y: unknown) => y), /^checkpointActivations got a Tensor as its function/],
      [() => js(nn.crossEntropy, weight, { values: [1], shape: [2] }), /^crossEntropy got a plain object in place of a tensor/],
      [() => js((...args: unknown[]) => engine.tensor(...(args as [number[]])), undefined), /^tensor got undefined as its numbers; expected a list of them, as an array or a typed array\./],
      [() => js((...args: unknown[]) => engine.tensor(...(args as [number[]])), 3), /^tensor got 3 as its numbers/],
      [() => js((...args: unknown[]) => engine.tensor(...(args as [number[]])), '12'), /^tensor got "12" as its numbers/],
    ],
    'a number or a name that is out of range': [
      [() => js(nn.clip, x, '0', 1), /^clip: the limits "0" and 1 are in the wrong order or not numbers/],
      [() => js(nn.attention, x, x, x, { heads: 2, causal: 'false' }), /^attention: causal is "false"; expected true or false\./],
      [() => js(nn.selfAttention, zeros(1, 2, 12), { heads: 2, causal: 0 }), /^selfAttention: causal is 0; expected true or false\./],
      [() => nn.attention(x, x, x, { heads: 2, keyRanges: engine.tensor([0, 9], [1, 2], 'int32') }), /^attention: keyRanges holds numbers from 0 to 9; expected 0 to 2, for there are 2 keys\./],
      [() => nn.attention(x, x, x, { heads: 2, dropout: 1 }), /^attention: probability 1 must be at least 0 and below 1\./],
      [() => nn.attention(x, x, x, { heads: 2, prefixLengths: engine.tensor([3], [1], 'int32') }), /^attention: prefixLengths holds numbers from 3 to 3; expected 0 to 2, for there are 2 keys\./],
      [() => nn.selfAttention(zeros(1, 2, 12), { heads: 2, keyRanges: engine.tensor([-1, 2], [1, 2], 'int32') }), /^selfAttention: keyRanges holds numbers from -1 to 2; expected 0 to 2/],
      [() => nn.warmupCosine(3, { maximum: 1, minimum: 2, totalSteps: 4 }), /^warmupCosine: minimum is 2, above maximum 1, from which the learning rate falls: give a smaller minimum\./],
      [() => linear.freeze(''), /^freeze: the pattern is empty; expected the name of a parameter or a module, such as weight, bias\./],
      [() => js((pattern: string) => linear.freeze(pattern), 3), /^freeze: the pattern is 3; expected the name/],
      [() => js((...args: unknown[]) => engine.tensor(...(args as [number[]])), [1], [1], 'int64'), /^tensor: there is no dtype "int64"; choose 'float' \(float32 on this backend, the default\) or 'int32'/],
      [() => js((...args: unknown[]) => engine.tensor(...(args as [number[]])), [1], [1], 'float32'), /^tensor: there is no dtype "float32"; choose 'float'/],
      [() => js((...args: unknown[]) => engine.allocate(...(args as [number[]])), [1], 'float64'), /^allocate: there is no dtype "float64" on the cpu backend; choose 'float32' or 'int32'/],
      [() => new nn.MaxPool2d({ window: 0 }), /^MaxPool2d: window is 0; expected a whole number of 1 or more/],
      [() => new nn.AveragePool2d({ window: 2, padding: 2 }), /^AveragePool2d: padding is 2; expected a whole number from 0 to 1/],
      [() => new nn.Conv2d(engine, { inputs: 1, outputs: 1, kernel: 3, stride: 0 }, random), /^Conv2d: stride is 0; expected a whole number of 1 or more/],
      [() => new nn.Conv2d(engine, { inputs: 1, outputs: 1, kernel: 3, padding: 3 }, random), /^Conv2d: padding is 3; expected 'same' or a whole number from 0 to 2/],
      [() => new nn.Linear(engine, { inputs: 1, outputs: 0.5 }, random), /^Linear: outputs is 0\.5; expected a whole number of 1 or more/],
      [() => make(nn.Linear, engine, { inputs: 1, outputs: 1, activation: 'swish' }, random), /^Linear: there is no activation 'swish'/],
      [() => nn.rmsNorm(weight, zeros(3), -1), /^rmsNorm: epsilon is -1; expected a finite number of 0 or more/],
      [() => nn.rmsNorm(weight, zeros(3), NaN), /^rmsNorm: epsilon is NaN/],
      [() => nn.layerNorm(weight, zeros(3), zeros(3), Infinity), /^layerNorm: epsilon is Infinity/],
      [() => new nn.RMSNorm(engine, 3, -1), /^RMSNorm: epsilon is -1/],
      [() => new nn.LayerNorm(engine, 3, NaN), /^LayerNorm: epsilon is NaN/],
      [() => nn.warmupCosine(0, { maximum: NaN, totalSteps: 5 }), /^warmupCosine: maximum is NaN/],
      [() => nn.warmupCosine(0, { maximum: 1, minimum: -1, totalSteps: 5 }), /^warmupCosine: minimum is -1; expected a finite number of at least 0/],
      [() => nn.warmupCosine(0, { maximum: 1, totalSteps: 0 }), /^warmupCosine: totalSteps is 0; expected a number of steps above 0/],
      [() => nn.warmupCosine(0, { maximum: 1, totalSteps: 5, warmupSteps: 6 }), /^warmupCosine: warmupSteps is 6; expected 0 to 5, the steps of the whole training/],
      [() => engine.dropoutState.begin(1, 2 ** 32 + 7), /^Dropout got seed 1 and step 4294967303; expected whole numbers of 0 or more, .* a step up to 4294967295/],
    ],
  };

  describe.each(Object.entries(refusals))('%s', (_, cases) => {
    it.each(cases.map(([run, message]) => [run.toString().replace(/^\(\) => |__vite_ssr_import_\d+__\.|\(0 , |\)(?=\()/g, '').slice(0, 90), run, message] as const))('%s', async (_, run, message) => {
      await expect((async () => run())()).rejects.toThrow(message);
    });
  });

  it('options that are undefined are left out', () => {
    expect(nn.matmul(weight, zeros(3, 2), { bias: undefined as never }).shape).toEqual([2, 2]);
    expect(new nn.AdamW([weight], { learningRate: undefined as never }).learningRate).toBe(1e-3);
  });
});

it('checks of your own say the same', async () => {
  interface Own {
    width: number;
    causal?: boolean;
    topK?: number;
  }
  const names: nn.OptionNames<Own> = { width: 'required', causal: 'flag', topK: 'optional' };
  const check = (options: unknown) => () => nn.checkOptions('Own', options as Own, names);
  expect(check({ width: 3, causal: true })).not.toThrow();
  expect(check({ width: 3, topk: 2 })).toThrow("Own: unknown option 'topk', did you mean 'topK'?; known: width, causal?, topK?.");
  expect(check({ topK: 2 })).toThrow("Own: the option 'width' is missing; expected an object with width, causal?, topK?.");
  expect(check({ width: 3, causal: 'yes' })).toThrow('causal');
  expect(check(3)).toThrow('Own got 3 as its options; expected an object with width, causal?, topK?.');
  const engine = await nn.init('cpu');
  expect(() => nn.expectTensor('own', engine.zeros([2]))).not.toThrow();
  expect(() => nn.expectTensor('own', engine.zeros([2]), [1, 2] as never)).toThrow('own got a list in place of a tensor: make one with engine.tensor(numbers, shape).');
});
