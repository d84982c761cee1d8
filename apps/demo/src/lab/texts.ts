// The texts that jobs work on.
import { stories, storySeparator } from '@kk/corpora';
import type { TextInput } from '../figures/use-text.js';
import type { StoryLanguage } from '../languages/stories.js';
import type { Tools } from './job.js';

/** The bundled stories are always those of this seed, so that equal addresses show equal figures. */
const SEED = 1;

export async function textOf(tools: Pick<Tools, 'breathe'>, input: TextInput): Promise<string> {
  return 'own' in input ? input.own : storiesInPieces(tools, input.stories, { seed: SEED, bytes: input.bytes });
}

/** What `writeStories` of @kk/corpora writes, with pauses in which messages are let in. */
export async function storiesInPieces(tools: Pick<Tools, 'breathe'>, language: StoryLanguage, { seed, ...size }: { seed: number } & ({ bytes: number } | { characters: number })): Promise<string> {
  const encoder = new TextEncoder();
  const [wanted, measure] = 'bytes' in size ? [size.bytes, (story: string) => encoder.encode(story).length] : [size.characters, (story: string) => [...story].length];
  let text = '';
  let written = 0;
  for (const story of stories(language, { seed })) {
    if (written >= wanted) break;
    text += story + storySeparator;
    written += measure(story + storySeparator);
    await tools.breathe();
  }
  return text;
}

/** A key that names a text, for `tools.keep`: equal texts have equal keys. */
export function textKey(input: TextInput): string {
  return 'own' in input ? `own ${input.own}` : `stories ${input.stories} ${input.bytes}`;
}
