// Chapter 6: what the small model writes for the visitor's digits after so many steps of its training, and where its head looks meanwhile.
import { Decoder, type GPT } from '@kk/gpt';
import { inspect } from '@kk/gpt/explain';
import { generate } from '@kk/sampler';
import { answerOf, CONTEXT, DIGITS, SIGN, steps } from '../forms/tasks.js';
import { modelAt, momentsOf, trainForms, type FormsInput, type Moments } from '../forms/train.js';
import { defineJob, type Tools } from '../job.js';

export interface AttentionReadingInput extends FormsInput {
  digits: readonly number[];
  /** A kept moment. */
  step: number;
}

export interface AttentionReading extends AttentionReadingInput {
  /** What it writes, always the most probable one; `SIGN` is possible, too. */
  written: number[];
  /** How sure it is of each, from 0 to 1. */
  probabilities: number[];
  right: number[];
  /** A row for each written digit: where the head looks while it is written, at the digits, the sign, and what is written already. */
  weights: Float32Array[];
}

export default defineJob(async function* (input: AttentionReadingInput, tools): AsyncGenerator<AttentionReading, AttentionReading> {
  const engine = await tools.engine();
  const moments = await momentsOf(tools, input);
  if (!moments.has(input.step)) await trainUntil(tools, input, moments);
  const model = modelAt(engine, moments.get(input.step)!);
  try {
    const result: AttentionReading = { ...input, right: answerOf(input.task, input.digits), ...(await write(model, input.digits)) };
    yield result;
    return result;
  } finally {
    model.dispose();
  }
});

/** The worker does not keep everything for ever: it trains again what it has let go. */
async function trainUntil(tools: Tools, input: AttentionReadingInput, moments: Moments): Promise<void> {
  for await (const { step } of trainForms(await tools.engine(), input, moments)) {
    tools.preparing('forms', step / steps[input.task]);
    if (step === input.step) return;
    await tools.breathe();
  }
}

async function write(model: GPT, digits: readonly number[]): Promise<Pick<AttentionReading, 'written' | 'probabilities' | 'weights'>> {
  const prompt = [...digits, SIGN];
  const decoder = new Decoder(model);
  const written: number[] = [];
  for await (const id of generate(decoder, prompt, { maxTokens: DIGITS, temperature: 0 })) written.push(id);
  decoder.dispose();
  const inspection = inspect(model, [...prompt, ...written.slice(0, -1)]);
  const { weights } = await inspection.head(0, 0);
  const predictions = await inspection.predictions({ alternatives: 0, track: Array.from({ length: SIGN + 1 }, (_, id) => id) });
  inspection.dispose();
  return {
    written,
    probabilities: written.map((id, i) => predictions[DIGITS + i]!.tracked[id]!.probability),
    weights: written.map((_, i) => Float32Array.from(weights.subarray((DIGITS + i) * CONTEXT, (DIGITS + i + 1) * CONTEXT))),
  };
}
