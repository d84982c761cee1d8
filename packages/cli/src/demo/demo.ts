// The demo for newcomers: text becomes tokens, a Markov chain writes nonsense, a GPT learns to write.
import { entropyPerToken, writeStories, type Language } from '@kk/corpora';
import { readCheckpoint, saveCheckpoint } from '@kk/gpt/node';
import type { Engine } from '@kk/nn-core';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.js';
import { exitCodes, Failure, Interrupted } from '../errors.js';
import { modelFilesIn } from '../files/model-folder.js';
import { openOutputFolder } from '../files/output-folder.js';
import { outputPath, quotePath, shortPath } from '../files/paths.js';
import { encodeText } from '../files/encode.js';
import { openEngine } from '../options/device.js';
import { recordFromJSON, recordToJSON } from '../training/record.js';
import { choicesChapter } from './choices-chapter.js';
import { nonsenseChapter, tokensChapter } from './chapters.js';
import { storySize } from './plan.js';
import { Stage } from './stage.js';
import { trainingChapter } from './training-chapter.js';

export interface DemoOptions {
  /** The language of the stories. */
  stories: Language;
  /** The language of the words around them. */
  language: Language;
  /** The approximate training time in seconds. */
  seconds: number;
  /** The folder for the model, as the user typed it. */
  out: string | undefined;
}

const STORY_SEED = 1;
const UNSEEN_SEED = 2;
// The time of the other chapters, for the announcement.
const OTHER_SECONDS = 15;

/** @throws {Interrupted} when stopped; nothing is saved then */
export async function demo(context: Context, options: DemoOptions): Promise<void> {
  const stage = new Stage(context, options.language, options.stories);
  const { interrupt } = context.io;
  try {
    await play(stage, options);
  } catch (error) {
    if (!interrupt.aborted || error !== interrupt.reason) throw error;
    throw new Interrupted(stage.messages.stopped, error instanceof Interrupted ? error.exitCode : exitCodes.interrupted);
  }
}

async function play(stage: Stage, { stories, seconds, out }: DemoOptions): Promise<void> {
  const { context, messages, numbers } = stage;
  const { cwd } = context.io;
  const folder = outputPath(cwd, out ?? join('runs', `demo-${stories}`));
  const shown = shortPath(cwd, folder);
  const started = performance.now();
  const output = await openOutputFolder(folder, shown);
  let engine: Engine | undefined;
  try {
    await refuseForeignModel(folder, shown);
    // Without a BLAS, whose last bits are others on other machines: the demo's texts speak of what is seen everywhere.
    engine = await openEngine({ device: 'wasm', blas: 'off' });
    stage.title(messages.title);
    stage.paragraph(messages.intro({ duration: numbers.duration(seconds + OTHER_SECONDS) }));
    stage.remark(messages.backend(threadsOf(engine)));

    const text = writeStories(stories, { bytes: storySize.bytes, seed: STORY_SEED });
    await context.breathe();
    const tokenizer = tokensChapter(stage, text);
    await context.breathe();
    await nonsenseChapter(stage, text);
    await context.breathe();

    const training = encodeText(tokenizer, text);
    const data = {
      training,
      unseen: encodeText(tokenizer, writeStories(stories, { bytes: storySize.unseenBytes, seed: UNSEEN_SEED })),
      floor: entropyPerToken(stories, training.length / [...text].length),
    };
    const trainer = await trainingChapter(stage, engine, tokenizer, data, seconds);
    await choicesChapter(stage, trainer.model, tokenizer);

    await saveCheckpoint(folder, trainer, { tokenizer: tokenizer.toJSON(), extra: recordToJSON({ verb: 'demo' }, folder) });
    await ending(stage, folder, shown, (performance.now() - started) / 1000);
  } finally {
    engine?.dispose();
    output.release();
  }
}

/** The number of threads, which only the description of the backend says: `wasm: SIMD, 2 threads`. */
const threadsOf = ({ backend }: Engine): number => Number(/(\d+) threads?/.exec(backend.description)?.[1] ?? 1);

async function ending(stage: Stage, folder: string, shown: string, seconds: number): Promise<void> {
  const { messages, examples, numbers, context } = stage;
  const { ending: say } = messages;
  const { command } = context.io;
  const { size } = await stat(join(folder, 'model.safetensors'));
  stage.heading(say.heading);
  stage.paragraph(say.saved({ folder: shown, size: numbers.bytes(size) }));
  stage.paragraph(say.next);
  stage.command(say.generate, `${command} generate --model ${quotePath(shown)} --prompt "${examples.ending.generatePrompt}"`);
  stage.command(say.tokenize, `${command} tokenize "${examples.ending.tokenizeSentence}" --tokenizer ${quotePath(shown)}`);
  stage.command(say.train, `${command} train ${say.trainFile}`);
  stage.remark(say.done(numbers.duration(seconds)));
}

/** Throws unless the folder is free or contains the model of an earlier demo. */
async function refuseForeignModel(folder: string, shown: string): Promise<void> {
  const present = await modelFilesIn(folder);
  if (present.length === 0) return;
  const foreign = new Failure(`${shown} holds a model that is not from kk demo.`, 'Choose another folder: --out DIR');
  if (!present.includes('checkpoint.safetensors')) throw foreign;
  const record = recordFromJSON((await readCheckpoint(folder)).extra, folder, shown);
  if (record.verb !== 'demo') throw foreign;
}
