// The worker in which the tests run an engine, as an app would: it makes one for each question, answers with numbers, and disposes it.
import { AdamW, backward, clipFactor, compileStep, crossEntropy, gelu, init, LayerNorm, layerNorm, Linear, matmul, Random, softmax, sum, type Engine, type InitOptions, type Tensor } from '../../src/index.js';
import { breakWorkers, countWorkers, watchWorkers, withoutWorkers } from './living-workers.js';

export interface Question {
  readonly options: InitOptions;
  /** What to do with the engine, in this order. */
  readonly works: readonly Work[];
  /** Whether workers that it starts fail at once. */
  readonly brokenWorkers: boolean;
}

/** There is an error or all the rest. */
export interface Answer {
  readonly error?: string;
  /** What the engine says of itself. */
  readonly description?: string;
  /** Workers that the engine had before it was disposed. */
  readonly workers?: number;
  /** What each work gave. */
  readonly numbers: Partial<Record<Work, readonly Float32Array[]>>;
}

const SIZE = 256;

/** Two layers that classify: every kind of kernel that training needs, large enough to wake the workers. */
class Classifier {
  readonly first: Linear;
  readonly norm: LayerNorm;
  readonly second: Linear;

  constructor(engine: Engine, random: Random) {
    this.first = new Linear(engine, { inputs: SIZE, outputs: SIZE, activation: 'gelu' }, random);
    this.norm = new LayerNorm(engine, SIZE);
    this.second = new Linear(engine, { inputs: SIZE, outputs: 17 }, random);
  }

  forward(x: Tensor): Tensor {
    return this.second.forward(this.norm.forward(this.first.forward(x)));
  }

  parameters(): Tensor[] {
    return [this.first, this.norm, this.second].flatMap((layer) => layer.parameters());
  }
}

/** Trains for five steps; gives the losses and then the parameters. */
async function train(engine: Engine, captured: boolean): Promise<Float32Array[]> {
  const random = new Random(1);
  const model = new Classifier(engine, random);
  const optimizer = new AdamW(model.parameters(), { learningRate: 0.01 });
  const x = engine.randomNormal([129, SIZE], random);
  const targets = engine.tensor(Int32Array.from({ length: 129 }, (_, i) => i % 17), [129], 'int32');
  const step = (): Tensor => {
    const loss = crossEntropy(model.forward(x), targets);
    backward(loss);
    optimizer.update(clipFactor(optimizer.parameters, 0.5));
    optimizer.zeroGradients();
    return loss;
  };
  const plan = captured ? compileStep(engine, step) : null;
  const losses: number[] = [];
  for (let i = 0; i < 5; i++) {
    optimizer.prepare(0.01 / (i + 1));
    losses.push(await (plan ? plan.replay() : engine.scope(step)).item());
  }
  return [Float32Array.from(losses), ...(await Promise.all(model.parameters().map((parameter) => parameter.data())))] as Float32Array[];
}

const works = {
  matmul: async (engine: Engine): Promise<Float32Array[]> => {
    const random = new Random(1);
    const [a, b] = [engine.randomNormal([SIZE, SIZE], random), engine.randomNormal([SIZE, SIZE], random)];
    return [await matmul(a, b).data()] as Float32Array[];
  },
  operations: async (engine: Engine): Promise<Float32Array[]> => {
    const x = engine.parameter(engine.randomNormal([513, SIZE], new Random(2)));
    const weight = engine.parameter(engine.full([SIZE], 1.5));
    const bias = engine.parameter(engine.full([SIZE], 0.5));
    const output = softmax(gelu(layerNorm(x, weight, bias)));
    backward(sum(gelu(output)));
    return (await Promise.all([output, x.gradient!, weight.gradient!, bias.gradient!].map((tensor) => tensor.data()))) as Float32Array[];
  },
  eagerTraining: (engine: Engine): Promise<Float32Array[]> => train(engine, false),
  capturedTraining: (engine: Engine): Promise<Float32Array[]> => train(engine, true),
};

export type Work = keyof typeof works;

async function answer({ options, works: wanted, brokenWorkers }: Question): Promise<Answer> {
  if (brokenWorkers) breakWorkers();
  try {
    const engine = await init('wasm', options);
    const numbers: Answer['numbers'] = {};
    for (const work of wanted) numbers[work] = await works[work](engine);
    const workers = await countWorkers();
    engine.dispose();
    await withoutWorkers();
    return { description: engine.backend.description, workers, numbers };
  } catch (error) {
    return { error: (error as Error).message, numbers: {} };
  }
}

watchWorkers();
addEventListener('message', (event) => {
  const { data, ports } = event as MessageEvent<Question>;
  void answer(data).then((reply) => ports[0]!.postMessage(reply));
});
