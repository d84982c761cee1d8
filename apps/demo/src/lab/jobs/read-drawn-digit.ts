// Chapter 10: what a network of chapter 4's kind reads in a drawing of the GPT. It has learned from other drawings than the GPT.
import { defineJob, type Tools } from '../job.js';
import { coarse } from '../pixels/examples.js';
import { trainReader } from '../pixels/reader.js';
import { enlarge } from '../pixels/shrink.js';
import { digits } from '../signs/digits.js';
import { forward } from '../signs/forward.js';
import { countRight, readAll } from '../signs/measure.js';
import { readSign } from '../signs/read-sign.js';
import type { Weights } from '../signs/weights.js';

export interface DrawnReading {
  /** Of each digit. Shape (10,). */
  probabilities: Float32Array;
  /** Of so many drawings of people that it has never seen, as coarse as those of the GPT, it reads so many rightly. */
  right: number;
  of: number;
}

export default defineJob(async function* ({ shades }: { shades: Uint8Array }, tools): AsyncGenerator<DrawnReading, DrawnReading> {
  const { weights, right, of } = await tools.keep('reader of drawn digits', () => reader(tools));
  const { probabilities } = await readSign(await tools.engine(), weights, enlarge(shades));
  const reading = { probabilities, right, of };
  yield reading;
  return reading;
});

async function reader(tools: Tools): Promise<{ weights: Weights; right: number; of: number }> {
  const { training, heldOut } = await digits(tools);
  const engine = await tools.engine();
  const breathe = (): Promise<void> => tools.breathe();
  const weights = await trainReader(engine, training, { onStep: (share) => tools.preparing('reader', share), breathe });
  const fresh = await coarse(heldOut, breathe);
  const read = await readAll(tools, engine, (x) => forward(engine, weights, x).logits, fresh);
  return { weights, right: countRight(read, fresh), of: fresh.labels.length };
}
