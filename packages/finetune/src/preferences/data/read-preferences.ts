// Reads preferences from JSON Lines, one preference a line, while the text is still arriving.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { readJsonLines, type Chunk } from '../../data/read-json-lines.js';
import { checkPreference } from './check-preference.js';
import type { Preference } from './preferences.js';

export interface NumberedPreference {
  /** Counted from 1. */
  readonly line: number;
  readonly preference: Preference;
}

export interface ReadPreferencesOptions {
  /** Names the source in errors, for example a path; default `'the preferences'`. */
  name?: string;
}

const OPTIONS: OptionNames<ReadPreferencesOptions> = { name: 'optional' };

/**
 * @param chunks text, or UTF-8 bytes, cut anywhere; blank lines are skipped, but counted
 * @throws {Error} that names the source and the line, when a line is not UTF-8, not JSON, no preference, or longer than 64 MiB, or when there is
 * no preference at all
 */
export async function* readPreferences(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, options: ReadPreferencesOptions = {}): AsyncGenerator<NumberedPreference, void, undefined> {
  checkOptions('readPreferences', options, OPTIONS);
  const { name = 'the preferences' } = options;
  for await (const { line, value } of readJsonLines(chunks, { name, noun: 'preference', check: checkPreference })) yield { line, preference: value };
}
