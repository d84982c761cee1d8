// The pairs of a preference tuning: read, checked for duplicates, split, and turned into rows.
import { encodePreference, findDuplicates, PreferenceRows, splitExamples, type EncodePreferenceOptions, type Preference, type PreferenceTokens, type TuningExample } from '@kk/finetune';
import { readPreferenceFile } from '@kk/finetune/node';
import { type TransformerConfig } from '@kk/gpt';
import { type Tokenizer } from '@kk/tokenizer';
import { type Context } from '../../context.js';
import { describe, Failure } from '../../errors.js';
import { shortPath } from '../../files/paths.js';
import { type SplitExamples } from '../method.js';
import { type TuningSettings } from '../settings.js';

/** A pair, and the example that it is with its chosen answer alone: by that it is split, and asked before and after. */
export type PreferenceExample = TuningExample & { readonly preference: Preference };

export interface ReadPreferences extends SplitExamples {
  readonly training: readonly PreferenceExample[];
  readonly heldOut: readonly PreferenceExample[];
  /** Where each pair stands, for errors: `pairs.jsonl, line 3`. */
  readonly places: ReadonlyMap<PreferenceExample, string>;
}

/**
 * Reads all pairs, and holds some of them out. Those with the same prompt are never on both sides.
 * @throws {Error} naming the file and the line that is wrong
 */
export async function readPreferences(context: Context, { data, heldOut, asChat, seed }: TuningSettings): Promise<ReadPreferences> {
  const places = new Map<PreferenceExample, string>();
  for (const file of data) {
    for await (const { line, preference } of readPreferenceFile(file)) {
      context.throwIfInterrupted();
      places.set(exampleOf(asChat ? asConversation(preference) : preference), `${shortPath(context.io.cwd, file)}, line ${line}`);
    }
  }
  const examples = [...places.keys()];
  // As texts, so that pairs count as equal only where both answers are.
  const duplicates = surplus(findDuplicates(examples.map(({ preference }) => ({ text: JSON.stringify(preference) }))));
  const prompts = examples.length - surplus(findDuplicates(examples, { by: 'prompt' }));
  const split = heldOut > 0 && prompts > 1 ? splitExamples(examples, { heldOut, seed, by: 'prompt' }) : { training: examples, heldOut: [] };
  return { ...split, duplicates, places };
}

const surplus = (groups: readonly (readonly number[])[]): number => groups.reduce((sum, { length }) => sum + length - 1, 0);

function exampleOf(preference: Preference): PreferenceExample {
  const { prompt, chosen } = preference;
  return typeof prompt === 'string' ? { prompt, completion: chosen as string, preference } : { messages: [...prompt, ...(chosen as typeof prompt)], preference };
}

function asConversation(preference: Preference): Preference {
  if (typeof preference.prompt !== 'string') return preference;
  const said = (content: unknown) => [{ role: 'assistant', content: content as string }];
  return { ...preference, prompt: [{ role: 'user', content: preference.prompt }], chosen: said(preference.chosen), rejected: said(preference.rejected) };
}

/** Pairs that are encoded before Ctrl-C is looked for again. */
const BREATHE_EVERY = 32;

export interface RowsOfPairs {
  readonly training: PreferenceRows;
  /** Undefined where nothing is held out, or nothing of it fits. */
  readonly heldOut: PreferenceRows | undefined;
}

/**
 * @param contextLength the most positions of a row
 * @throws {Failure} naming the pair whose answers cannot be told apart; {RangeError} when none fits
 */
export async function rowsOfPairs(context: Context, { training, heldOut, places }: ReadPreferences, tokenizer: Tokenizer, { vocabSize, contextLength }: Pick<TransformerConfig, 'vocabSize' | 'contextLength'>, label: EncodePreferenceOptions, { truncation, seed }: TuningSettings): Promise<RowsOfPairs> {
  const rows = async (examples: readonly PreferenceExample[]): Promise<PreferenceRows> => {
    const encoded: PreferenceTokens[] = [];
    for (const [at, example] of examples.entries()) {
      if (at % BREATHE_EVERY === 0) await context.breathe();
      encoded.push(await encodePreference(tokenizer, example.preference, label).catch((error: unknown) => Promise.reject(new Failure(`${places.get(example)}: ${describe(error)}`, undefined, { cause: error }))));
    }
    return new PreferenceRows(encoded, { contextLength, vocabSize, truncation, seed });
  };
  const trained = await rows(training);
  if (heldOut.length === 0) return { training: trained, heldOut: undefined };
  return { training: trained, heldOut: await rows(heldOut).catch((error: unknown) => (error instanceof RangeError ? undefined : Promise.reject(error as Error))) };
}
