// Measures every kind of text, and sends the results as they come: first the texts that are quickly made, then the GPT's while it writes.
import type { Accumulator } from '@kk/corpora/stats';
import { inSteps } from '../in-steps.js';
import type { Tools } from '../job.js';
import { cutAtSentence } from './cut.js';
import type { Kind, KindsInput } from './names.js';
import { quickTexts, storyWriter } from './texts.js';

/** The results so far. */
export interface Measured<Value> {
  /** How many characters the real text has; the others have at most as many, to the end of a sentence. */
  length: number;
  kinds: Partial<Record<Kind, { length: number; value: Value }>>;
  /** The share of the GPT's text that is written, in twentieths: every update is all that was measured so far, and is drawn anew. 1 when it is written, null if there is no GPT. */
  written: number | null;
  /** Why there is no GPT. */
  problem?: string;
}

export async function* measureKinds<Value>(tools: Tools, input: KindsInput, measure: (text: string, kind: Kind) => Promise<Value>): AsyncGenerator<Measured<Value>, Measured<Value>, void> {
  const state: Measured<Value> = { length: 0, kinds: {}, written: 0 };
  const add = async (kind: Kind, text: string): Promise<void> => {
    state.kinds = { ...state.kinds, [kind]: { length: text.length, value: await measure(text, kind) } };
  };
  for await (const { kind, text } of quickTexts(tools, input)) {
    if (kind === 'real') state.length = text.length;
    await add(kind, text);
    yield { ...state };
  }
  const writer = await storyWriter(tools, input).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof writer === 'string') return { ...state, written: null, problem: writer };
  let told = 0;
  for await (const characters of writer.writeTo(state.length)) {
    const twentieths = Math.min(19, Math.floor((20 * characters) / state.length));
    if (twentieths > told) {
      told = twentieths;
      yield { ...state, written: told / 20 };
    } else await tools.breathe();
  }
  await add('gpt', cutAtSentence(writer.text, state.length));
  return { ...state, written: 1 };
}

/** The result of a measure, with pauses in which messages are let in. */
export async function inPieces<Result>(tools: Tools, text: string, accumulator: Accumulator<Result>): Promise<Result> {
  const PIECE = 4000;
  for (let at = 0; at < text.length; at += PIECE) {
    accumulator.add(text.slice(at, at + PIECE));
    await tools.breathe();
  }
  const steps = accumulator.resultInSteps?.();
  return steps ? inSteps(tools, steps) : accumulator.result();
}
