// The recipe of the base: a small Llama that reads stories and copies, before it is asked anything.
import { writeStories, type Language } from '@kk/corpora';
import { writeInstructions } from '@kk/corpora/instructions';
import { TuningRows, type LabelledTokens } from '@kk/finetune';
import { fromSafetensors, Trainer, type Llama, type LlamaConfig, type StepReport } from '@kk/gpt';
import { MixedRows, ShuffledWindows, tokensInMemory } from '@kk/gpt/data';
import { Random, type Engine } from '@kk/nn-core';
import { BytePairTokenizer, type Tokenizer } from '@kk/tokenizer';
import { marks, pieces, sentencesAgain } from './copying.js';
import { finding } from './finding.js';
import { inductionStart } from './induction-start.js';

export const contextLength = 160;
const vocabSize = 2048;
const END = marks.indexOf('<|end|>');

export interface Base {
  readonly language: Language;
  readonly tokenizer: Tokenizer;
  readonly model: Llama;
  /** Stories for replay: ids, an end mark behind each story. */
  readonly stories: Int32Array;
  /** Stories that nothing is trained on. */
  readonly heldOut: Int32Array;
}

export interface BaseOptions {
  readonly seed: number;
  /** Steps of 4 rows with 160 tokens. */
  readonly steps: number;
  /** Characters of stories. */
  readonly characters?: number;
  readonly onStep?: (report: StepReport) => void;
}

/** Stories, pieces of random tokens, sentences again, and what is to be found in a passage are mixed 4 : 1 : 2 : 2 by rows. */
export async function makeBase(engine: Engine, language: Language, { seed, steps, characters = 6_000_000, onStep }: BaseOptions): Promise<Base> {
  const random = new Random({ seed, stream: 2 });
  const texts = storiesOf(language, seed, characters);
  const tokenizer = trainTokenizer(language, seed, texts);
  const stories = encodeStories(tokenizer, texts);
  const model = await inductionStart(engine, configOf(tokenizer.vocabSize), seed);
  const count = Math.min(4 * steps, 12_000);
  const asRows = (one: () => LabelledTokens) => new TuningRows(Array.from({ length: count }, one), { contextLength, vocabSize: tokenizer.vocabSize, seed, padding: END });
  const story = () => texts[random.integer(texts.length)]!;
  const rows = new MixedRows([
    { rows: new ShuffledWindows(tokensInMemory(stories, tokenizer.vocabSize), { contextLength, seed }), weight: 4 },
    { rows: asRows(() => pieces(stories, contextLength, random)), weight: 1 },
    { rows: asRows(() => sentencesAgain(tokenizer, story(), contextLength, random)), weight: 2 },
    { rows: asRows(() => finding(tokenizer, language, story(), random)), weight: 2 },
  ], { seed });
  const trainer = new Trainer(model, rows, { steps, batchSize: 4, learningRate: 2e-3, minimumLearningRate: 1e-4, warmupSteps: Math.min(150, Math.floor(steps / 5)), weightDecay: 0.05, seed });
  while (!trainer.isDone) {
    const report = await trainer.step();
    onStep?.(report);
  }
  trainer.dispose();
  return { language, tokenizer, model, stories, heldOut: heldOutOf(tokenizer, language, seed) };
}

/** A base whose weights were kept. */
export async function restoreBase(engine: Engine, language: Language, { seed, weights, characters = 6_000_000 }: { seed: number; weights: Uint8Array; characters?: number }): Promise<Base> {
  const texts = storiesOf(language, seed, characters);
  const tokenizer = trainTokenizer(language, seed, texts);
  return { language, tokenizer, model: fromSafetensors(engine, configOf(tokenizer.vocabSize), weights), stories: encodeStories(tokenizer, texts), heldOut: heldOutOf(tokenizer, language, seed) };
}

/** Learned from stories and from the words of requests, which stories don't have: each is then a token or two, and not five. */
function trainTokenizer(language: Language, seed: number, texts: readonly string[]): BytePairTokenizer {
  const requests = writeInstructions(language, { seed, count: 2000 }).flatMap(({ question, answer }) => [question, answer]);
  return BytePairTokenizer.train([...texts.slice(0, 1200), ...requests].map((text) => ` ${text}`), { vocabSize, specialTokens: [...marks] });
}

const configOf = (size: number): LlamaConfig => ({ family: 'llama', vocabSize: size, contextLength, layers: 4, heads: 4, width: 128, feedForwardWidth: 256, tiedEmbeddings: true, attentionBias: true });

const heldOutOf = (tokenizer: Tokenizer, language: Language, seed: number): Int32Array => encodeStories(tokenizer, storiesOf(language, seed + 1_000_000, 60_000)).subarray(0, 24 * contextLength + 1);

const storiesOf = (language: Language, seed: number, characters: number): string[] => writeStories(language, { seed, characters }).trim().split('\n\n');

/** Each story begins with a space, so that its first word is the token that it is elsewhere. */
function encodeStories(tokenizer: Tokenizer, stories: readonly string[]): Int32Array {
  const encoded = stories.map((story) => tokenizer.encode(` ${story}`));
  const ids = new Int32Array(encoded.reduce((sum, own) => sum + own.length + 1, 0));
  let at = 0;
  for (const own of encoded) {
    ids.set(own, at);
    ids[at + own.length] = END;
    at += own.length + 1;
  }
  return ids;
}
