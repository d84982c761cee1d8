// The texts that jobs work on.
import { writeStories } from '@kk/corpora';
import type { TextInput } from '../figures/use-text.js';

/** The bundled stories are always those of this seed, so that equal addresses show equal figures. */
const SEED = 1;

export function textOf(input: TextInput): string {
  return 'own' in input ? input.own : writeStories(input.stories, { seed: SEED, bytes: input.bytes });
}

/** A key that names a text, for `tools.keep`: equal texts have equal keys. */
export function textKey(input: TextInput): string {
  return 'own' in input ? `own ${input.own}` : `stories ${input.stories} ${input.bytes}`;
}
