// What a network reads: the answer to each drawing, and how many answers are right.
import { drawingInput, type Drawings } from '@kk/corpora/digits';
import { argmax, type Engine, type Tensor } from '@kk/nn-core';
import type { Tools } from '../job.js';
import { PIXELS } from './sizes.js';

/** Drawings that are read at once: few enough to let messages in between. */
const AT_ONCE = 100;

/**
 * The sign that a network reads in each of the first `count` drawings.
 * @param logits  of drawings (batch, 784)
 */
export async function readAll(tools: Pick<Tools, 'breathe'>, engine: Engine, logits: (x: Tensor) => Tensor, drawings: Drawings, count = drawings.labels.length): Promise<Uint8Array> {
  const read = new Uint8Array(count);
  for (let at = 0; at < count; at += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - at);
    const x = new Float32Array(size * PIXELS);
    for (let i = 0; i < size; i++) drawingInput(drawings, at + i, x.subarray(i * PIXELS));
    const answers = engine.scope(() => engine.noGradient(() => argmax(logits(engine.tensor(x, [size, PIXELS])), 1)));
    read.set(await answers.data(), at);
    answers.dispose();
    await tools.breathe();
  }
  return read;
}

/** How many of the drawings were read as what they are. */
export const countRight = (read: Uint8Array, { labels }: Drawings): number => read.reduce((sum, sign, i) => sum + Number(sign === labels[i]), 0);
