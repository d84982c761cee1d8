// Chapter 8: learns BPE on a text, and cuts a sentence with what has been learned after every merge.
import { BytePairTokenizer, splitBetweenWords, type LearnedMerge } from '@kk/tokenizer';
import { tokenPieces, type TokenPiece } from '../../figures/token-pieces.js';
import type { TextInput } from '../../figures/use-text.js';
import { defineJob, type Tools } from '../job.js';
import { textKey, textOf } from '../texts.js';

export interface MergesInput {
  text: TextInput;
  /** The sentence that is shown; the merges are learned from the text. */
  sentence: string;
  /** How many merges are learned at most. */
  merges: number;
}

export interface LearnedMerges {
  /** All merges in the order learned: the two neighbours, the one token that they become, and how often they stood side by side. */
  merges: { pair: TokenPiece[]; made: TokenPiece[]; count: number }[];
  /** The sentence at first, and after each merge that changed it: `after` merges it consists of these tokens. */
  states: SentenceState[];
  /** The sentence's length. */
  characters: number;
}

export interface SentenceState {
  after: number;
  tokens: TokenPiece[];
}

/** Parts of a text are read with breaths between them. */
const PART = 50_000;

interface Learned {
  tokenizer: BytePairTokenizer;
  merges: LearnedMerge[];
}

/** A tokenizer with its merges, learned once for all sentences. */
function learned(tools: Tools, text: TextInput, limit: number): Promise<Learned> {
  return tools.keep(`merges ${limit} ${textKey(text)}`, async () => {
    const merges: LearnedMerge[] = [];
    const tokenizer = await BytePairTokenizer.trainAsync(splitBetweenWords(parts(await textOf(tools, text), tools)), { vocabSize: 256 + limit, onMerge: (merge) => merges.push(merge) });
    return { tokenizer, merges };
  });
}

async function* parts(text: string, tools: Tools): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += PART) {
    tools.preparing('merges', start / text.length);
    await tools.breathe();
    yield text.slice(start, start + PART);
  }
}

/** The sentence's ids before the first merge, and after each merge that changes it. */
export function sentenceStates(tokenizer: BytePairTokenizer, sentence: string): { after: number; ids: number[] }[] {
  const traces = tokenizer.encodeWithDetails(sentence).pieces[0]!.map((piece) => tokenizer.traceMerges(piece.text));
  const current = traces.map(({ start }) => start);
  const states = [{ after: 0, ids: current.flat() }];
  const steps = traces.flatMap((trace, piece) => trace.steps.map((step) => ({ ...step, piece }))).sort((a, b) => a.rank - b.rank);
  steps.forEach(({ piece, ids, rank }, index) => {
    current[piece] = ids;
    if (steps[index + 1]?.rank !== rank) states.push({ after: rank + 1, ids: current.flat() });
  });
  return states;
}

export default defineJob(async function* (input: MergesInput, tools): AsyncGenerator<LearnedMerges, LearnedMerges> {
  const { tokenizer, merges } = await learned(tools, input.text, input.merges);
  const bytesOf = (id: number): Uint8Array => tokenizer.tokenBytes(id);
  const pieces = (...ids: number[]): TokenPiece[] => tokenPieces(ids, bytesOf);
  const result: LearnedMerges = {
    merges: merges.map(({ left, right, id, count }) => ({ pair: pieces(left, right), made: pieces(id), count })),
    states: sentenceStates(tokenizer, input.sentence).map(({ after, ids }) => ({ after, tokens: tokenPieces(ids, bytesOf) })),
    characters: [...input.sentence].length,
  };
  yield result;
  return result;
});
