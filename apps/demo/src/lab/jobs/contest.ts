// Chapter 1: ten words of a story that a GPT and a Markov chain foresee, word by word. Both count the same tokens.
import { writeStory } from '@kk/corpora';
import { MarkovModel } from '@kk/markov';
import { surprise } from '@kk/sampler';
import type { StoryLanguage } from '../../languages/stories.js';
import { inSteps } from '../in-steps.js';
import { defineJob, type Tools } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { idsFromBeginning } from '../model-text.js';
import { probableWords, type Next } from '../probable-words.js';
import type { ReadyModel } from '../ready-model.js';
import { storiesInPieces } from '../texts.js';

export interface ContestInput {
  model: string;
  language: StoryLanguage;
  /** The seed of the story. */
  story: number;
  words: number;
}

/** What one of the two models thinks of a word. */
export interface Foresight {
  /** The word that it would have guessed, and how probable that was. */
  favourite: string;
  favouriteProbability: number;
  /** The surprise of the word that came: the sum over its tokens. */
  bits: number;
}

export interface Round {
  /** What stands between the last word and this one: at least a space, perhaps marks. */
  between: string;
  word: string;
  gpt: Foresight;
  markov: Foresight;
}

export interface Contest extends ModelSize {
  /** The story before the first of the words. */
  opening: string;
  rounds: Round[];
  /** How many tokens the chain looks back, and on how much text it was trained. */
  order: number;
  trainingBytes: number;
  trainingTokens: number;
}

const ORDER = 2;
const TRAINING_BYTES = 400_000;
/** The seed of the bundled stories; the contest's story is another one. */
const TRAINING_SEED = 1;
/** The story of the contest begins its ten words after this many characters, with the next sentence. */
const GIVEN = 40;

/** The words of a text: letters and digits, with apostrophes and hyphens inside. */
const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

interface Chain {
  chain: MarkovModel;
  tokens: number;
}

/** The chain, trained on the bundled stories in the model's tokens. */
function chainOfTokens(tools: Tools, { name, tokenizer }: ReadyModel, language: StoryLanguage): Promise<Chain> {
  return tools.keep(`token chain ${name} ${language} ${ORDER}`, async () => {
    const stories = (await storiesInPieces(tools, language, { seed: TRAINING_SEED, bytes: TRAINING_BYTES })).split(/(?=\n\n[^\n])/);
    const ids: number[] = [];
    for (const [index, story] of stories.entries()) {
      for (const id of tokenizer.encode(story)) ids.push(id);
      tools.preparing('chain', index / stories.length);
      await tools.breathe();
    }
    const chain = await inSteps(tools, MarkovModel.trainInSteps([{ ids }], { order: ORDER, vocabSize: tokenizer.vocabSize, keepTexts: false }));
    await inSteps(tools, chain.backoffInSteps());
    return { chain, tokens: ids.length };
  });
}

/** The text before the ten words, and what is left of the story. */
export function openingOf(story: string): { opening: string; rest: string } {
  const end = /[.!?][“"]?(?= )/g;
  end.lastIndex = GIVEN;
  const cut = end.exec(story) ? end.lastIndex : 0;
  return { opening: story.slice(0, cut), rest: story.slice(cut) };
}

/** What the model thinks: its favourite word after these ids, and how much the real word surprises it. */
async function foresee({ tokenizer }: ReadyModel, next: Next, context: readonly number[], word: readonly number[], isOpen: boolean): Promise<Foresight> {
  let bits = 0;
  for (const [index, id] of word.entries()) bits += surprise(await next([...context, ...word.slice(0, index)]), id) / Math.LN2;
  const [favourite] = await probableWords(next, tokenizer, context, { count: 1, isOpen });
  return { favourite: favourite ? tokenizer.decode(favourite.ids).trim() : '', favouriteProbability: favourite?.probability ?? 0, bits };
}

export default defineJob(async function* (input: ContestInput, tools): AsyncGenerator<Contest, Contest> {
  const model = await tools.model(input.model);
  const { chain, tokens } = await chainOfTokens(tools, model, input.language);
  const decoder = model.sharedDecoder();
  const { opening, rest } = openingOf(writeStory(input.language, input.story));
  const contest: Contest = { opening, rounds: [], ...sizeOf(model.gpt.config), order: ORDER, trainingBytes: TRAINING_BYTES, trainingTokens: tokens };
  let at = 0;
  for (const { 0: word, index } of rest.matchAll(WORD)) {
    if (contest.rounds.length === input.words) break;
    const between = rest.slice(at, index);
    const isOpen = !between.endsWith(' ');
    const { before, ids: given } = idsFromBeginning(model, opening + rest.slice(0, isOpen ? index : index - 1));
    const context = [...before, ...given].slice(-model.gpt.config.contextLength);
    const ids = Array.from(model.tokenizer.encode((isOpen ? '' : ' ') + word));
    const gpt = await foresee(model, (all) => decoder.next(all), context, ids, isOpen);
    await tools.breathe();
    const markov = await foresee(model, (all) => chain.next(all), context, ids, isOpen);
    contest.rounds.push({ between, word, gpt, markov });
    at = index + word.length;
    yield { ...contest, rounds: [...contest.rounds] };
  }
  return contest;
});
