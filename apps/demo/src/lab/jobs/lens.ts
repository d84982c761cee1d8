// Chapter 3: reads a passage of each kind of text and says how much every token surprises the reader; the chosen kind first.
import type { StoryLanguage } from '../../languages/stories.js';
import { defineJob, type Tools } from '../job.js';
import { cutAtSentence } from '../kinds/cut.js';
import { kindNames, letterModel, LETTERS, PASSAGE, WORDS, type Kind } from '../kinds/names.js';
import { gptReader, markovReader, type Reader, type ReadToken } from '../kinds/readers.js';
import { shared } from '../kinds/shared.js';
import { quickTexts } from '../kinds/texts.js';
import { tellStory } from '../kinds/tell-story.js';

export interface LensInput {
  language: StoryLanguage;
  /** `letters`: a GPT that reads letter by letter, like the chain. */
  reader: 'gpt' | 'letters' | 'markov';
  /** The kind whose tokens are shown. */
  kind: Kind;
  seed: number;
  model: string;
  /** The visitor's text, and the passage of it, from 0. */
  own: string;
  part: number;
}

/** A passage of the visitor's text looks so far for the end of a word, in UTF-16 units. */
const LONGEST_WORD = 40;

export interface Lens {
  /** The chosen passage as far as it is read. */
  tokens: ReadToken[];
  /** Bits per character of every passage that has been read. */
  means: Partial<Record<Kind, number>>;
}

/** The passage of the visitor's text, which begins and ends between two words, if there is a space within reach. */
function ownPassage(own: string, part: number): string {
  const edge = (at: number): number => {
    if (at <= 0 || at >= own.length) return Math.min(at, own.length);
    const space = own.slice(at, at + LONGEST_WORD).search(/\s/);
    return space < 0 ? at : at + space;
  };
  return own.slice(edge(part * PASSAGE), edge((part + 1) * PASSAGE)).trim();
}

/** The passages by kind; the GPT's is written when it is needed. */
async function passagesOf(tools: Tools, { language, seed, model }: LensInput): Promise<Partial<Record<Kind, string>>> {
  const passages: Partial<Record<Kind, string>> = {};
  for await (const { kind, text } of quickTexts(tools, { language, seed, model, length: PASSAGE, letters: LETTERS, words: WORDS })) passages[kind] = cutAtSentence(text.trim(), PASSAGE);
  return passages;
}

async function gptPassage(tools: Tools, { model, seed }: LensInput): Promise<string> {
  let told = '';
  for await (const story of tellStory(await tools.model(model), { seed })) {
    told = story;
    if (told.length > PASSAGE + 20) break;
    await tools.breathe();
  }
  return cutAtSentence(told, PASSAGE);
}

export default defineJob(async function* (input: LensInput, tools): AsyncGenerator<Lens, Lens> {
  const { language, reader: name, kind: chosen, seed, model, own, part } = input;
  const read: Reader = name === 'markov' ? await markovReader(tools, language) : await gptReader(tools, name === 'letters' ? letterModel(language) : model);
  const passages = await shared(tools, `passages ${language} ${seed}`, () => passagesOf(tools, input));
  const readings = await shared(tools, `readings ${name} ${language} ${seed} ${model}`, () => new Map<Kind, { text: string; tokens: ReadToken[] }>());
  const lens: Lens = { tokens: [], means: {} };
  for (const kind of [chosen, ...kindNames.filter((other) => other !== chosen)]) {
    if (kind === 'own' && ownPassage(own, part) === '') continue;
    let text: string;
    try {
      text = kind === 'own' ? ownPassage(own, part) : kind === 'gpt' ? await shared(tools, `passage ${model} ${seed}`, () => gptPassage(tools, input)) : passages[kind]!;
    } catch (error) {
      if (name === 'gpt' || chosen === 'gpt') throw error;
      await tools.breathe(); // ends a run that was cancelled; otherwise there is no GPT, and the chain reads the others
      continue;
    }
    const known = readings.get(kind);
    const tokens = known?.text === text ? known.tokens : [];
    if (tokens.length === 0) {
      for await (const token of read(text)) {
        tokens.push(token);
        if (kind === chosen) yield { ...lens, tokens: [...tokens] };
      }
      readings.set(kind, { text, tokens });
    }
    if (kind === chosen) lens.tokens = tokens;
    lens.means = { ...lens.means, [kind]: tokens.reduce((sum, { bits }) => sum + bits, 0) / [...text].length };
    yield { ...lens };
  }
  return lens;
});
