// Runs the measurements of `kk bench` in order and returns the results. It prints nothing.
import { Decoder, flopsPerToken, GPT, Trainer, type GPTConfig } from '@kk/gpt';
import { matmul, measurePeak, Random, type Engine, type MachinePeak } from '@kk/nn-core';
import { ENDLESS_STEPS, timed, type TimingOptions } from './timing.js';

export interface BenchWork {
  /** Side lengths of square matrices. */
  sides: readonly number[];
  /** The model that is trained, and then decodes. */
  model: GPTConfig;
  batchSize: number;
  /** A second model that decodes; it is too large for caches, so that memory bandwidth limits it. */
  largeModel: GPTConfig;
  /** Weights below this size are assumed to be in caches, so they need not come from memory. */
  cacheBytes: number;
}

/** The model is the default of `kk train`: nanoGPT's run for one CPU. */
export const standardWork: BenchWork = {
  sides: [256, 512, 1024],
  model: { vocabSize: 65, contextLength: 64, layers: 4, heads: 4, width: 128, dropout: 0 },
  batchSize: 12,
  largeModel: { vocabSize: 2048, contextLength: 64, layers: 5, heads: 8, width: 512, dropout: 0 },
  // The size of the largest cache of most processors.
  cacheBytes: 64e6,
};

/** A share is null if the peak is unknown or not meaningful. */
export interface MatmulFigures {
  side: number;
  milliseconds: number;
  gigaflops: number;
  peakShare: number | null;
}

export interface TrainingFigures {
  /** Of one step. */
  milliseconds: number;
  tokensPerSecond: number;
  gigaflops: number;
  peakShare: number | null;
}

export interface DecodeFigures {
  parameters: number;
  /** Of one token. */
  milliseconds: number;
  tokensPerSecond: number;
  /** The rate of reading weights, each of which is read once per token. */
  gigabytesPerSecond: number;
  /** Share of the machine's bandwidth; null for a model that fits into caches. */
  bandwidthShare: number | null;
}

export interface BenchReport {
  backend: string;
  /** Null on a device that cannot be measured. */
  peak: MachinePeak | null;
  matmul: MatmulFigures[];
  training: TrainingFigures;
  decode: DecodeFigures[];
}

export interface BenchOptions extends TimingOptions {
  work?: BenchWork;
  /** Called before each measurement with its description. */
  onProgress?: (what: string) => void;
}

/** @throws what `breathe` throws */
export async function measureAll(engine: Engine, { work = standardWork, onProgress, ...timing }: BenchOptions): Promise<BenchReport> {
  const measureMachine = async (): Promise<MachinePeak | null> => {
    onProgress?.('the machine');
    await timing.breathe?.();
    return engine.backend.name === 'wasm' ? measurePeak(engine) : null;
  };
  const isFromMemory = ({ weightBytes }: { weightBytes: number }): boolean => weightBytes > work.cacheBytes;
  const before = await measureMachine();
  const products = [];
  for (const side of work.sides) {
    onProgress?.(`a matrix product of ${side}`);
    products.push({ side, ...(await measureMatmul(engine, side, timing)) });
  }
  onProgress?.('a training step');
  const model = new GPT(engine, work.model);
  const training = await measureTraining(model, work.batchSize, timing);
  onProgress?.('decoding');
  const decode = [await measureDecoding(model, timing)];
  model.dispose();
  const largeModel = new GPT(engine, work.largeModel);
  decode.push(await measureDecoding(largeModel, timing));
  largeModel.dispose();

  // Other programs may have slowed down the first measurement: the peak is measured again, and more often where something was faster than it.
  let peak = higher(before, await measureMachine());
  const reached = { gigaflops: Math.max(training.gigaflops, ...products.map(({ gigaflops }) => gigaflops)), gigabytesPerSecond: Math.max(...decode.filter(isFromMemory).map(({ gigabytesPerSecond }) => gigabytesPerSecond)) };
  for (let more = 0; more < MOST_REPETITIONS && peak && isAbove(reached, peak); more++) peak = higher(peak, await measureMachine());
  return {
    backend: engine.backend.description,
    peak,
    matmul: products.map((figures) => ({ ...figures, peakShare: peak && figures.gigaflops / peak.gigaflops })),
    training: { ...training, peakShare: peak && training.gigaflops / peak.gigaflops },
    decode: decode.map(({ weightBytes, ...figures }) => ({ ...figures, bandwidthShare: peak && isFromMemory({ weightBytes }) ? figures.gigabytesPerSecond / peak.gigabytesPerSecond : null })),
  };
}

/** How often the peak is measured again because something was faster than it. */
const MOST_REPETITIONS = 3;

const isAbove = (reached: Pick<MachinePeak, 'gigaflops' | 'gigabytesPerSecond'>, peak: MachinePeak): boolean => reached.gigaflops > peak.gigaflops || reached.gigabytesPerSecond > peak.gigabytesPerSecond;

/** Whether something was faster than the peak. Both were then measured at different moments, between which other programs computed more or less. */
export const hasMoreThanPeak = ({ matmul, training, decode }: BenchReport): boolean => [training.peakShare, ...matmul.map(({ peakShare }) => peakShare), ...decode.map(({ bandwidthShare }) => bandwidthShare)].some((share) => share !== null && share > 1);

function higher(a: MachinePeak | null, b: MachinePeak | null): MachinePeak | null {
  if (!a || !b) return null;
  return { ...a, gigaflops: Math.max(a.gigaflops, b.gigaflops), gigabytesPerSecond: Math.max(a.gigabytesPerSecond, b.gigabytesPerSecond) };
}

async function measureMatmul(engine: Engine, side: number, timing: TimingOptions): Promise<Omit<MatmulFigures, 'side' | 'peakShare'>> {
  const random = new Random(1);
  const [a, b] = [engine.randomNormal([side, side], random), engine.randomNormal([side, side], random)];
  const milliseconds = await timed(() => matmul(a, b).dispose(), timing);
  a.dispose();
  b.dispose();
  return { milliseconds, gigaflops: (2 * side ** 3) / milliseconds / 1e6 };
}

async function measureTraining(model: GPT, batchSize: number, timing: TimingOptions): Promise<Omit<TrainingFigures, 'peakShare'>> {
  const { vocabSize, contextLength } = model.config;
  const random = new Random(2);
  const ids = Int32Array.from({ length: 100 * contextLength }, () => Math.floor(random.uniform() * vocabSize));
  const trainer = new Trainer(model, ids, { batchSize, steps: ENDLESS_STEPS });
  const milliseconds = await timed(() => trainer.step(), timing);
  trainer.dispose();
  const tokensPerSecond = (1000 * batchSize * contextLength) / milliseconds;
  return { milliseconds, tokensPerSecond, gigaflops: (flopsPerToken(model.config) * tokensPerSecond) / 1e9 };
}

/** Decodes token by token up to the end of the context, then starts again. */
async function measureDecoding(model: GPT, timing: TimingOptions): Promise<Omit<DecodeFigures, 'bandwidthShare'> & { weightBytes: number }> {
  const { vocabSize, contextLength, layers, width } = model.config;
  const decoder = new Decoder(model);
  let ids: number[] = [];
  const milliseconds = await timed(() => {
    ids = ids.length < contextLength ? [...ids, ids.length % vocabSize] : [0];
    return decoder.next(ids);
  }, timing);
  decoder.dispose();
  const weightBytes = 4 * (layers * 12 * width * width + vocabSize * width);
  return { parameters: model.parameterCount(), milliseconds, tokensPerSecond: 1000 / milliseconds, gigabytesPerSecond: weightBytes / milliseconds / 1e6, weightBytes };
}
