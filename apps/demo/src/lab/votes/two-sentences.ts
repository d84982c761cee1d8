// Lets a model go on after beginnings by two sentences each, all side by side.
import { storySeparator } from '@kk/corpora';
import { BatchDecoder, type Transformer } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';
import type { Tools } from '../job.js';

/** A beginning and how it goes on, as ids. */
export interface Continued {
  readonly prompt: Int32Array;
  /** At least one id. */
  readonly answer: Int32Array;
}

/** The most tokens of a sentence. */
export const LONGEST = 28;
export const SENTENCES = 2;

/** The ids of tokens with which a sentence or a story ends. */
export function sentenceEnds(tokenizer: Tokenizer): number[] {
  const ends: number[] = [];
  for (let id = 0; id < tokenizer.vocabSize; id++) {
    const text = tokenizer.decode([id]);
    if (/[.!?…]["“”«»]?\s*$/.test(text) || text.includes(storySeparator)) ends.push(id);
  }
  return ends;
}

/** The beginning as the model reads it: after a blank line, as at the beginning of a story. */
export const beginningIds = (tokenizer: Tokenizer, beginning: string): Int32Array => Int32Array.from(tokenizer.encode(`${storySeparator}${beginning.trim()}`));

/**
 * @param seeds  one for each beginning: the same gives the same sentences
 * @param ends  as `sentenceEnds` gives them
 */
export async function writeTwoSentences(tools: Pick<Tools, 'breathe'>, gpt: Transformer, prompts: readonly Int32Array[], { seeds, ends }: { seeds: readonly number[]; ends: readonly number[] }): Promise<Continued[]> {
  let written = prompts.map((prompt) => ({ prompt, answer: new Int32Array() }));
  for (let sentence = 0; sentence < SENTENCES; sentence++) {
    const beginnings = written.map(({ prompt, answer }) => Int32Array.from([...prompt, ...answer]));
    const more = await writeOnce(tools, gpt, beginnings, { seeds: seeds.map((seed) => SENTENCES * seed + sentence), ends });
    written = written.map(({ prompt, answer }, i) => ({ prompt, answer: Int32Array.from([...answer, ...more[i]!]) }));
  }
  return written;
}

/** At temperature 1, so that what is drawn from is what is scored. */
async function writeOnce(tools: Pick<Tools, 'breathe'>, gpt: Transformer, prompts: readonly Int32Array[], { seeds, ends }: { seeds: readonly number[]; ends: readonly number[] }): Promise<readonly (readonly number[])[]> {
  const capacity = Math.min(gpt.config.contextLength, Math.max(...prompts.map(({ length }) => length)) + LONGEST);
  const decoder = new BatchDecoder(gpt, { sequences: prompts.length, capacity });
  try {
    const texts = prompts.map((prompt, i) => decoder.add(prompt, { maxTokens: LONGEST, stopTokens: ends, temperature: 1, seed: seeds[i]! }));
    while (texts.some(({ end }) => end === null)) {
      await tools.breathe();
      await decoder.step();
    }
    return texts.map(({ ids }) => [...ids]);
  } finally {
    decoder.dispose();
  }
}
