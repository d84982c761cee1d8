// Chapter 8: cuts texts with the vocabularies of OpenAI's models, one vocabulary after another. They are large and loaded on first use.
import { StreamEncoder, type RankedBytePairTokenizer } from '@kk/tokenizer';
import { tokenPieces, type TokenPiece } from '../../figures/token-pieces.js';
import { defineJob, type Tools } from '../job.js';

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

/** Texts are cut in parts of so many characters, with breaths between them; the ids are those of the whole. */
const PART = 20_000;

/** @returns the first ids, and the number of all */
async function cutInParts(tokenizer: RankedBytePairTokenizer, text: string, shown: number, tools: Tools): Promise<{ first: number[]; count: number }> {
  const encoder = new StreamEncoder(tokenizer);
  const first: number[] = [];
  let count = 0;
  const take = (ids: readonly number[]): void => {
    count += ids.length;
    if (first.length < shown) first.push(...ids.slice(0, shown - first.length));
  };
  for (let start = 0; start < text.length; start += PART) {
    take(encoder.push(text.slice(start, start + PART)));
    await tools.breathe();
  }
  take(encoder.end());
  return { first, count };
}

export default defineJob(async function* (input: VocabulariesInput, tools): AsyncGenerator<CutTexts[], CutTexts[]> {
  const cut: CutTexts[] = [];
  for (const [index, name] of input.vocabularies.entries()) {
    tools.preparing(name, index / input.vocabularies.length);
    const tokenizer = await loaders[name]();
    await tools.breathe();
    const texts = [];
    for (const text of input.texts) {
      const { first, count } = await cutInParts(tokenizer, text, input.shown, tools);
      texts.push({ tokens: tokenPieces(first, (id) => tokenizer.tokenBytes(id)), count, characters: [...text].length });
    }
    cut.push({ name, size: tokenizer.vocabSize, texts });
    yield [...cut];
  }
  return cut;
});
