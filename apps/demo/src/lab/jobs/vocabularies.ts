// Chapter 8: cuts texts with the vocabularies of OpenAI's models, one vocabulary after another. They are large and loaded on first use.
import type { RankedBytePairTokenizer } from '@kk/tokenizer';
import { tokenPieces, type TokenPiece } from '../../figures/token-pieces.js';
import { defineJob } from '../job.js';

const loaders = {
  gpt2: async () => (await import('@kk/tokenizer/gpt2')).loadGpt2(),
  cl100k_base: async () => (await import('@kk/tokenizer/cl100k_base')).loadCl100kBase(),
  o200k_base: async () => (await import('@kk/tokenizer/o200k_base')).loadO200kBase(),
} satisfies Record<string, () => Promise<RankedBytePairTokenizer>>;

export type VocabularyName = keyof typeof loaders;

export interface VocabulariesInput {
  texts: string[];
  vocabularies: readonly VocabularyName[];
  /** How many tokens of each text are sent to be shown; all are counted. */
  shown: number;
}

export interface CutTexts {
  name: VocabularyName;
  size: number;
  /** In the order of the input. */
  texts: { tokens: TokenPiece[]; count: number; characters: number }[];
}

export default defineJob(async function* (input: VocabulariesInput, tools): AsyncGenerator<CutTexts[], CutTexts[]> {
  const cut: CutTexts[] = [];
  for (const [index, name] of input.vocabularies.entries()) {
    tools.preparing(name, index / input.vocabularies.length);
    const tokenizer = await loaders[name]();
    await tools.breathe();
    const texts = input.texts.map((text) => {
      const ids = tokenizer.encode(text);
      return { tokens: tokenPieces(ids.slice(0, input.shown), (id) => tokenizer.tokenBytes(id)), count: ids.length, characters: [...text].length };
    });
    cut.push({ name, size: tokenizer.vocabSize, texts });
    yield [...cut];
  }
  return cut;
});
