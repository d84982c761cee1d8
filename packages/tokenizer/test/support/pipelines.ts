// Pipelines out of single steps, for comparing each with the reference.
import { tokenizerFromJSON, type Tokenizer } from '@kk/tokenizer';

export interface Steps {
  normalizer?: object;
  pre_tokenizer?: object;
  post_processor?: object;
  decoder?: object;
  model?: object;
  added_tokens?: object[];
  truncation?: object;
  padding?: object;
}

/** Everything is the one unknown word. */
export const unknownWords = { type: 'WordLevel', vocab: { '<unk>': 0 }, unk_token: '<unk>' };

/** Every character is a piece of its own. */
export const everyCharacter = { type: 'Split', pattern: { Regex: '[\\s\\S]' }, behavior: 'Isolated', invert: false };

/** A whole tokenizer.json. */
export function fileOf(steps: Steps): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    model: unknownWords,
    ...steps,
  };
}

export function pipelineOf(steps: Steps): Tokenizer {
  return tokenizerFromJSON(fileOf(steps));
}

/** Offsets in UTF-16 units as offsets in code points, which is how the reference counts. */
export function inCodePoints(text: string, offsets: readonly (readonly [number, number])[]): [number, number][] {
  const places = new Map<number, number>();
  let count = 0;
  let unit = 0;
  for (const character of text) {
    places.set(unit, count++);
    unit += character.length;
  }
  places.set(unit, count);
  return offsets.map(([start, end]) => [places.get(start) ?? NaN, places.get(end) ?? NaN]);
}
