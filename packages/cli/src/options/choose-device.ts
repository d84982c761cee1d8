// `--device auto`: briefly measures the actual work on wasm and on gpu and opens the faster one. A small model is often faster on the
// processor, because no kernels must be sent to a GPU.
import { createTransformer, Decoder, Trainer, type TransformerConfig } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { ENDLESS_STEPS, timed } from '../bench/timing.js';
import type { Context } from '../context.js';
import { describe } from '../errors.js';
import { numberFormats } from '../terminal/numbers.js';
import { blasPath, openEngine, type Device, type DeviceOptions } from './device.js';

/** The work that the device will do. */
export interface Workload {
  config: TransformerConfig;
  /** Texts per training step; undefined for a model that only predicts. */
  batchSize?: number;
}

export interface OpenDevice {
  engine: Engine;
  /** The chosen device; never `auto`. */
  device: Device;
}

/** All layers are alike, so two of them are enough to find the faster device. */
const LAYERS = 2;
const SECONDS = 0.5;

const numbers = numberFormats('en');

/**
 * Opens the engine of the requested device. For `auto` it opens the faster one and names it on stderr, unless `quiet`.
 * @param workload  called for `auto` only
 * @throws {Error} when the device cannot run here
 */
export async function openDevice(context: Context, { device, threads, blas: given }: DeviceOptions, workload: () => Workload | Promise<Workload>, quiet = false): Promise<OpenDevice> {
  const blas = blasPath(context.io.cwd, given);
  if (device !== 'auto') return { engine: await openEngine({ device, threads, blas }), device };
  const say = (text: string): void => {
    if (!quiet) context.errors.paragraph(text, { style: context.errors.colors.dim });
  };
  const gpu = await openEngine({ device: 'gpu' }).catch((error: unknown) => describe(error));
  if (typeof gpu === 'string') {
    say(`--device auto: wasm, for there is no GPU to use. ${gpu}`);
    return { engine: await openEngine({ device: 'wasm', threads, blas }), device: 'wasm' };
  }
  const opened: Engine[] = [gpu];
  try {
    const wasm = await openEngine({ device: 'wasm', threads, blas });
    opened.push(wasm);
    const work = await workload();
    const [onWasm, onGpu] = [await measure(context, wasm, work), await measure(context, gpu, work)];
    const faster = onWasm <= onGpu ? 'wasm' : 'gpu';
    const count = Math.min(work.config.layers, LAYERS);
    const layers = `${count} layer${count === 1 ? '' : 's'}`;
    const what = work.batchSize === undefined ? 'token' : 'step';
    say(`--device auto: ${faster}. A ${what} of ${layers} took ${numbers.decimal(onWasm, 1)} ms on wasm, ${numbers.decimal(onGpu, 1)} ms on gpu (${gpu.backend.description}).`);
    (faster === 'wasm' ? gpu : wasm).dispose();
    return { engine: faster === 'wasm' ? wasm : gpu, device: faster };
  } catch (error) {
    for (const engine of opened) engine.dispose();
    throw error;
  }
}

/** The time of a training step or of a token, in milliseconds. */
async function measure(context: Context, engine: Engine, { config, batchSize }: Workload): Promise<number> {
  const model = createTransformer(engine, { ...config, layers: Math.min(config.layers, LAYERS) });
  const timing = { seconds: SECONDS, breathe: () => context.breathe() };
  try {
    if (batchSize === undefined) {
      const decoder = new Decoder(model);
      const next = (): Promise<unknown> => decoder.next(Array.from({ length: Math.max(1, config.contextLength >> 1) }, () => 0));
      // The first run compiles kernels.
      await next();
      const milliseconds = await timed(next, timing);
      decoder.dispose();
      return milliseconds;
    }
    const trainer = new Trainer(model, Int32Array.from({ length: 2 * config.contextLength + 1 }, (_, i) => i % config.vocabSize), { batchSize, steps: ENDLESS_STEPS });
    await trainer.step();
    await trainer.step();
    const milliseconds = await timed(() => trainer.step(), timing);
    trainer.dispose();
    return milliseconds;
  } finally {
    model.dispose();
  }
}
