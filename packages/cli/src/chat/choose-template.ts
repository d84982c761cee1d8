// The chat template of a conversation: the one that is stored with the model, the name of a usual one, or a file.
import { chatMLTemplate, type Tokenizer } from '@kk/tokenizer';
import { loadTokenizerConfig } from '@kk/tokenizer/node';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { readTextFile } from '../files/data.js';
import { quotePath } from '../files/paths.js';
import type { ChatTemplate } from './template.js';

/** The name of the built-in template. */
export const CHATML = 'chatml';

/**
 * @param folders  full paths of the folders that may hold a template; the first that does is taken
 * @param given  `chatml`, or a file as the user typed it; undefined for the one that is stored
 * @returns undefined where none is given and none is stored
 * @throws {Error} naming the file that is wrong
 */
export async function findTemplate(context: Context, folders: readonly string[], given: string | undefined): Promise<ChatTemplate | undefined> {
  const configs = (await Promise.all(folders.map((folder) => loadTokenizerConfig(folder)))).filter((config) => config !== undefined);
  const variables: Record<string, string> = {};
  for (const { beginToken, endToken, padToken, unknownToken } of [...configs].reverse()) {
    for (const [name, token] of Object.entries({ bos_token: beginToken, eos_token: endToken, pad_token: padToken, unk_token: unknownToken })) if (token !== undefined) variables[name] = token;
  }
  const template = given === CHATML ? chatMLTemplate : given !== undefined ? await readTextFile(context, given, { quiet: true }) : configs.find(({ chatTemplate }) => chatTemplate !== undefined)?.chatTemplate;
  return template === undefined ? undefined : { template, variables };
}

/** @throws {Failure} when there is none, with what to do */
export async function needTemplate(context: Context, folders: readonly string[], given: string | undefined, model: string): Promise<ChatTemplate> {
  const found = await findTemplate(context, folders, given);
  if (found) return found;
  throw new Failure(`${model} has no chat template: it continues texts, and was not taught to answer.`, `Tune it first: kk finetune sft --data FILE --model ${quotePath(model)}. Or name a template: --template ${CHATML}, or a file.`);
}

/** The special tokens of the template that the tokenizer lacks. */
export const lackingTokens = (tokenizer: Tokenizer, tokens: readonly string[]): string[] => tokens.filter((token) => !tokenizer.specialTokens.has(token));
