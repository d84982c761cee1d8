// Chapter 3: passages of each kind of text, in an order of chance, for the visitor to find the real one.
import { writeStory } from '@kk/corpora';
import { Random } from '@kk/sampler';
import type { StoryLanguage } from '../../languages/stories.js';
import { defineJob } from '../job.js';
import { LETTERS, realSeed, WORDS, type Kind } from '../kinds/names.js';
import { shuffled, shuffleLetters, shuffleWords } from '../kinds/shuffle.js';
import { tellStory } from '../kinds/tell-story.js';
import { chainOfStories, writeMarkov } from '../kinds/write-markov.js';

export interface PassagesInput {
  language: StoryLanguage;
  seed: number;
  /** From 1. In the first round there is no GPT yet, so that it can begin at once. */
  round: number;
  model: string;
}

export interface Passage {
  kind: Kind;
  text: string;
}

/** How many characters a passage has, to the end of a word. */
const LENGTH = 170;

const passage = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LENGTH ? line : line.slice(0, line.lastIndexOf(' ', LENGTH));
};

export default defineJob(async function* ({ language, seed, round, model }: PassagesInput, tools): AsyncGenerator<{ passages: Passage[] }, { passages: Passage[] }> {
  const own = (seed * 1009 + round * 10) % 2 ** 30; // the seeds of this round
  const other = passage(writeStory(language, realSeed(own) + 1));
  const third = passage(writeStory(language, realSeed(own) + 2));
  const passages: Passage[] = [
    { kind: 'real', text: passage(writeStory(language, realSeed(own))) },
    { kind: 'words', text: shuffleWords(other, own) },
    { kind: 'letters', text: shuffleLetters(third, own).trim() },
  ];
  for (const [kind, unit, order] of [['markovLetters', 'character', LETTERS], ['markovWords', 'word', WORDS]] as const) {
    const chain = await chainOfStories(tools, language, unit, order);
    passages.push({ kind, text: passage(await writeMarkov(tools, chain, { length: LENGTH + 20, seed: own })) });
  }
  if (round > 1) {
    let told = '';
    for await (const story of tellStory(await tools.model(model), { seed: own })) {
      told = story;
      if (told.length > LENGTH + 20) break;
      await tools.breathe();
    }
    passages.push({ kind: 'gpt', text: passage(told) });
  }
  const inOrderOfChance = { passages: shuffled(passages, new Random(own)) };
  yield inOrderOfChance;
  return inOrderOfChance;
});
