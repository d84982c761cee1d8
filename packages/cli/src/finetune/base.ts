// Opens the base of a tuning: the model, and its tokenizer with the tokens that the examples need.
import { resizeVocabulary, type Transformer } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { chatMLTemplate, type Tokenizer } from '@kk/tokenizer';
import { join } from 'node:path';
import { findTemplate } from '../chat/choose-template.js';
import { endOfTurnOf, type ChatTemplate } from '../chat/template.js';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { isAdapterFolder } from '../files/adapter-folder.js';
import { endTokensOf } from '../files/end-tokens.js';
import { exists } from '../files/exists.js';
import { needTokenizer, openModel } from '../files/model.js';
import { quotePath, shortPath } from '../files/paths.js';
import type { DeviceOptions } from '../options/device.js';
import { addTokens, END_OF_TEXT, marksOf } from './new-tokens.js';
import type { TuningSettings } from './settings.js';

export interface Base {
  readonly model: Transformer;
  readonly tokenizer: Tokenizer;
  /** Special tokens that the tokenizer lacked. */
  readonly addedTokens: readonly string[];
  /** Their ids. */
  readonly newTokens: readonly number[];
  /** Undefined where no example is a conversation. */
  readonly template: ChatTemplate | undefined;
  /** What ends a text; undefined where every example is a conversation. */
  readonly endOfText: number | undefined;
  /** The tokens that end an answer or a text. */
  readonly endTokens: readonly number[];
  /** The same model once more, on the same engine: a reference that does not change. */
  readonly again: () => Promise<Transformer>;
  /** Frees the model. */
  readonly dispose: () => void;
}

/** @throws {Failure} naming a folder of an adapter, before any work */
export async function refuseAdapter({ io: { cwd } }: Context, { model }: TuningSettings): Promise<void> {
  if (!(await isAdapterFolder(model)) || (await exists(join(model, 'config.json')))) return;
  const shown = shortPath(cwd, model);
  throw new Failure(`${shown} is an adapter; expected a model to tune.`, `Merge it into its model first: kk merge ${quotePath(shown)} --model DIR --out DIR`);
}

/** @param examples which forms they have */
export async function openBase(context: Context, settings: TuningSettings, device: DeviceOptions, examples: { readonly conversations: boolean; readonly texts: boolean }): Promise<Base> {
  const loaded = await openModel(context, settings.model, device);
  try {
    const { model } = loaded;
    const base = needTokenizer(loaded, shortPath(context.io.cwd, settings.model));
    const template = examples.conversations ? await templateOf(context, settings) : undefined;
    const baseEnds = await endTokensOf(loaded.folders, base, model.config.vocabSize);
    const needsEnd = examples.texts && baseEnds.length === 0;
    const { tokenizer, added, ids } = await addTokens(model, base, [...(template ? marksOf(template.template) : []), ...(needsEnd ? [END_OF_TEXT] : [])]);
    const endOfText = examples.texts ? (baseEnds[0] ?? tokenizer.specialTokens.get(END_OF_TEXT)) : undefined;
    const endOfTurn = template && (await endOfTurnOf(tokenizer, template)).token;
    const endTokens = [...new Set([endOfTurn, endOfText, ...baseEnds].filter((id) => id !== undefined))];
    return { model, tokenizer, addedTokens: added, newTokens: ids, template, endOfText, endTokens, again: () => baseAgain(model, settings), dispose: () => loaded.dispose() };
  } catch (error) {
    loaded.dispose();
    throw error;
  }
}

async function baseAgain({ engine, config }: Transformer, { model: folder }: TuningSettings): Promise<Transformer> {
  const other = await loadModel(engine, folder, { contextLength: config.contextLength });
  // New rows are the same wherever a base is opened with as many tokens.
  if (other.config.vocabSize < config.vocabSize) await resizeVocabulary(other, config.vocabSize);
  return other;
}

async function templateOf(context: Context, { model, template }: TuningSettings): Promise<ChatTemplate> {
  const stored = await findTemplate(context, [model], undefined);
  const text = template ?? stored?.template ?? chatMLTemplate;
  return { template: text, variables: stored?.variables ?? {} };
}

/** The answers of the base, which the checkpoint has: the model is no longer the base. @throws {Failure} when it does not */
export function answersBefore({ before }: { readonly before?: unknown }, verb: string, questions: number): string[] {
  if (!Array.isArray(before) || before.length !== questions || !before.every((text) => typeof text === 'string')) throw new Failure(`The checkpoint was not written by kk ${verb}: it lacks the answers of the base.`);
  return before;
}
