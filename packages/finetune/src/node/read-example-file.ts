// Reads tuning examples, prompts, preferences and rated answers from JSON Lines files, without loading a whole file into memory.
import { createReadStream } from 'node:fs';
import { reasonOf } from '@kk/whole-file';
import { readExamples, type NumberedExample } from '../data/read-examples.js';
import { readPrompts, type NumberedPrompt } from '../data/read-prompts.js';
import { readPreferences, type NumberedPreference } from '../preferences/data/read-preferences.js';
import { readRatedAnswers, type NumberedRatedAnswer } from '../preferences/kto/rated-answer.js';

/** @throws {Error} that names the file when it cannot be read, and the line, for each reason of `readExamples` */
export async function* readExampleFile(path: string): AsyncGenerator<NumberedExample, void, undefined> {
  yield* readExamples(chunksOf(path, 'example'), { name: path });
}

/** @throws {Error} that names the file when it cannot be read, and the line, for each reason of `readPrompts` */
export async function* readPromptFile(path: string): AsyncGenerator<NumberedPrompt, void, undefined> {
  yield* readPrompts(chunksOf(path, 'prompt'), { name: path });
}

/** @throws {Error} that names the file when it cannot be read, and the line, for each reason of `readPreferences` */
export async function* readPreferenceFile(path: string): AsyncGenerator<NumberedPreference, void, undefined> {
  yield* readPreferences(chunksOf(path, 'preference'), { name: path });
}

/** @throws {Error} that names the file when it cannot be read, and the line, for each reason of `readRatedAnswers` */
export async function* readRatedAnswerFile(path: string): AsyncGenerator<NumberedRatedAnswer, void, undefined> {
  yield* readRatedAnswers(chunksOf(path, 'rated answer'), { name: path });
}

async function* chunksOf(path: string, noun: string): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = createReadStream(path);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${reasonOf(error)}; expected a file of JSON Lines, one ${noun} a line.`, { cause: error });
  } finally {
    stream.destroy();
  }
}
