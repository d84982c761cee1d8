// Readers that say for every token of a text how much it surprises them: a GPT, or a Markov chain over letters.
import { storySeparator } from '@kk/corpora';
import { TextMarkov } from '@kk/markov';
import { logProbs, surprise } from '@kk/sampler';
import { pieceAfter, pieceText, tokenPieces } from '../../figures/token-pieces.js';
import { CharacterTokenizer } from '@kk/tokenizer';
import type { StoryLanguage } from '../../languages/stories.js';
import { inSteps } from '../in-steps.js';
import type { Tools } from '../job.js';
import { LETTERS } from './names.js';
import { shared } from './shared.js';
import { trainingText } from './write-markov.js';

/** A token that was read. */
export interface ReadToken {
  id: number;
  text: string;
  /** How much it surprised the reader. */
  bits: number;
  /** What the reader thought most probable at this place. */
  expected: { id: number; text: string; probability: number }[];
}

/** Reads a text token by token. */
export type Reader = (text: string) => AsyncGenerator<ReadToken, void, void>;

/** As many possibilities are kept for each token. */
const EXPECTED = 5;
/** As many tokens are read at once by a GPT. */
const AT_ONCE = 8;

function mostProbable(logits: Float32Array, textOf: (id: number) => string): ReadToken['expected'] {
  const logs = logProbs(logits);
  const best: number[] = [];
  for (let id = 0; id < logs.length; id++) {
    if (best.length === EXPECTED && logs[id]! <= logs[best[EXPECTED - 1]!]!) continue;
    const at = best.findIndex((other) => logs[id]! > logs[other]!);
    best.splice(at < 0 ? best.length : at, 0, id);
    best.length = Math.min(best.length, EXPECTED);
  }
  return best.map((id) => ({ id, text: textOf(id), probability: Math.exp(logs[id]!) }));
}

/** The GPT of this name. It reads each text as the beginning of a story; of a long one it sees as much as fits into its context. */
export async function gptReader(tools: Tools, name: string): Promise<Reader> {
  const model = await tools.model(name);
  const { tokenizer, gpt } = model;
  const before = [...tokenizer.encode(storySeparator)];
  return async function* (text) {
    const ids = [...before, ...tokenizer.encode(text)];
    const pieces = tokenPieces(ids.slice(before.length), (id) => tokenizer.tokenBytes(id));
    const letters = tokenizer instanceof CharacterTokenizer ? [...text] : undefined;
    const textOf = (before: readonly number[], id: number): string => {
      const alone = tokenizer.decode([id]);
      return letters || !alone.includes('\ufffd') ? alone : pieceText(pieceAfter(before, id, (one) => tokenizer.tokenBytes(one)));
    };
    const decoder = model.decoder();
    try {
      let start = 0;
      for (let at = before.length; at < ids.length; at += AT_ONCE) {
        const end = Math.min(at + AT_ONCE, ids.length);
        // Of a text that is too long, the first half of what it saw is forgotten.
        if (end - start > gpt.config.contextLength) start = at - Math.floor(gpt.config.contextLength / 2);
        const rows = await decoder.nextMany(ids.slice(start, at), ids.slice(at, end - 1));
        for (const [row, logits] of rows.entries()) {
          const { id, text: written } = pieces[at + row - before.length]!;
          // A letter that the model does not know is one and the same token; it is shown as it stands in the text.
          yield { id, text: letters?.[at + row - before.length] ?? written, bits: surprise(logits, id) / Math.LN2, expected: mostProbable(logits, (other) => textOf(ids.slice(0, at + row), other)) };
        }
        await tools.breathe();
      }
    } finally {
      decoder.dispose();
    }
  };
}

/** A chain over letters. It leaves some probability for what it has not seen, otherwise a single new letter would surprise it infinitely. */
export async function markovReader(tools: Tools, language: StoryLanguage): Promise<Reader> {
  const chain = await shared(tools, `reader ${language}`, async () => {
    const text = await trainingText(tools, language);
    return inSteps(tools, TextMarkov.trainInSteps([text], { unit: 'character', order: LETTERS, smoothing: 'witten-bell', unknowns: true }), 'chain');
  });
  return async function* (text) {
    const before = chain.encode(storySeparator);
    const ids = [...before, ...chain.encode(text)];
    const characters = [...text];
    for (let at = before.length; at < ids.length; at++) {
      const logits = await chain.model.next(ids.slice(Math.max(0, at - LETTERS), at));
      yield { id: ids[at]!, text: characters[at - before.length]!, bits: surprise(logits, ids[at]!) / Math.LN2, expected: mostProbable(logits, (id) => chain.tokens[id]!) };
      await tools.breathe();
    }
  };
}
