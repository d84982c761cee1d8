// The pairs of a preference tuning, or of a reward model.
import { encodePreference, PreferenceRows, type EncodePreferenceOptions, type Preference, type TuningExample } from '@kk/finetune';
import { readPreferenceFile } from '@kk/finetune/node';
import type { TransformerConfig } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';
import type { Context } from '../../context.js';
import type { TuningSettings } from '../settings.js';
import { rowsOfLines, splitLines, type RowsOfLines, type SplitLines } from '../split-lines.js';

/** A pair, and the example that it is with its chosen answer alone: by that it is split, and asked before and after. */
export type PreferenceExample = TuningExample & { readonly preference: Preference };

export type ReadPreferences = SplitLines<PreferenceExample>;

/** @throws {Error} naming the file and the line that is wrong */
export function readPreferences(context: Context, settings: TuningSettings): Promise<ReadPreferences> {
  const lines = async function* (file: string): AsyncGenerator<{ line: number; example: PreferenceExample; isRewritten: boolean }> {
    for await (const { line, preference } of readPreferenceFile(file)) {
      const taken = settings.asChat ? asConversation(preference) : preference;
      yield { line, example: exampleOf(taken), isRewritten: taken !== preference };
    }
  };
  return splitLines(context, settings, lines, ({ preference }) => preference);
}

function exampleOf(preference: Preference): PreferenceExample {
  const { prompt, chosen } = preference;
  return typeof prompt === 'string' ? { prompt, completion: chosen as string, preference } : { messages: [...prompt, ...(chosen as typeof prompt)], preference };
}

function asConversation(preference: Preference): Preference {
  if (typeof preference.prompt !== 'string') return preference;
  const said = (content: unknown) => [{ role: 'assistant', content: content as string }];
  return { ...preference, prompt: [{ role: 'user', content: preference.prompt }], chosen: said(preference.chosen), rejected: said(preference.rejected) };
}

export type RowsOfPairs = RowsOfLines<PreferenceRows>;

/**
 * @param contextLength the most positions of a row
 * @throws {Failure} naming the pair whose answers cannot be told apart; {RangeError} when none fits
 */
export const rowsOfPairs = (context: Context, data: ReadPreferences, tokenizer: Tokenizer, { vocabSize, contextLength }: Pick<TransformerConfig, 'vocabSize' | 'contextLength'>, label: EncodePreferenceOptions, { truncation, seed }: TuningSettings): Promise<RowsOfPairs> =>
  rowsOfLines(context, data, ({ preference }) => encodePreference(tokenizer, preference, label), (pairs) => new PreferenceRows(pairs, { contextLength, vocabSize, truncation, seed }));
