// Compares a tuned model with its base: opens both, asks the same questions, measures both on the same texts.
import { join } from 'node:path';
import { compareModels, labelExample, mostLookedTokens, type Comparison, type LabelledTokens } from '@kk/finetune';
import { resizeVocabulary } from '@kk/gpt';
import { findTemplate, lackingTokens } from '../chat/choose-template.js';
import { endOfTurnOf, type ChatTemplate } from '../chat/template.js';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { baseOfAdapter, isAdapterFolder } from '../files/adapter-folder.js';
import { endTokensOf } from '../files/end-tokens.js';
import { exists } from '../files/exists.js';
import { needTokenizer, openModel, type LoadedModel } from '../files/model.js';
import { fullPath, quotePath, shortPath } from '../files/paths.js';
import { decodeWith, questionsOf } from '../finetune/answers.js';
import { RECIPE } from '../files/run-files.js';
import { marksOf } from '../finetune/new-tokens.js';
import { checkFiles, readRecipe, recipeFacts, type Recipe, type RecipeFacts } from '../finetune/recipe.js';
import { baseTextOf } from '../finetune/sft/data.js';
import { supervised } from '../finetune/sft/method.js';
import type { SupervisedSettings } from '../finetune/sft/settings.js';
import { checksumsOfFiles } from '../finetune/start.js';
import type { DeviceOptions } from '../options/device.js';
import { Progress } from '../terminal/progress.js';
import { numberFormats } from '../terminal/numbers.js';
import { chatMLTemplate } from '@kk/tokenizer';
import { askedOf } from './asked.js';
import type { ComparisonFacts } from './rows.js';

export interface ComparedFolders extends DeviceOptions {
  /** Folder of the tuned model or of an adapter, as the user typed it. */
  tuned: string;
  /** Folder of the base; default: the one that the recipe or the adapter names. */
  model?: string;
  /** Examples, or prompts without an answer; default: those that the recipe held out. */
  data?: readonly string[];
  /** Text of the base; default: what the recipe replayed, its end. */
  baseText?: string;
  questions: number;
  maxTokens: number;
  quiet: boolean;
}

/** The most examples whose loss is measured. */
const MOST_EXAMPLES = 256;

const numbers = numberFormats('en');

/** @throws {Error} naming what is missing */
export async function compareFolders(context: Context, options: ComparedFolders): Promise<{ comparison: Comparison; facts: ComparisonFacts }> {
  const { cwd } = context.io;
  const { questions: count, maxTokens, quiet, device, threads, blas } = options;
  const folder = fullPath(cwd, options.tuned);
  const isAdapter = (await isAdapterFolder(folder)) && !(await exists(join(folder, 'config.json')));
  const { facts: told, recipe: read } = await recipeOf(join(folder, RECIPE), cwd);
  if (told?.isReward) throw new Failure(`${options.tuned} says how good an answer is, and does not answer itself: there is nothing to compare with its base.`);
  if (read) await checkRecipeFiles(context, read, options);
  const recipe = read?.settings;
  const baseFolder = options.model === undefined ? (told?.model ?? (isAdapter ? await baseOfAdapter(folder, cwd) : undefined)) : fullPath(cwd, options.model);
  if (baseFolder === undefined) throw new UsageError(`${options.tuned} does not say what it was made from.`, 'Name its base: --model DIR.');
  const opened: LoadedModel[] = [];
  const open = async (path: string, adapters: readonly string[] = []): Promise<LoadedModel> => {
    const loaded = await openModel(context, path, { device, threads, blas }, adapters);
    opened.push(loaded);
    return loaded;
  };
  try {
    const tuned = isAdapter ? await open(baseFolder, [folder]) : await open(folder);
    const base = isAdapter ? tuned : await open(baseFolder);
    const tokenizer = needTokenizer(tuned, options.tuned);
    const { vocabSize, contextLength } = tuned.model.config;
    // The base is asked with the same tokens, of which it may not know those of the template.
    if (base.model.config.vocabSize < vocabSize) await resizeVocabulary(base.model, vocabSize);
    const template: ChatTemplate = (await findTemplate(context, tuned.folders, undefined)) ?? { template: chatMLTemplate, variables: {} };
    const { examples, prompts, learned } = await askedOf(context, options.data, told, recipe);
    const stopTokens = await endTokensOf(tuned.folders, tokenizer, vocabSize);
    const hasConversations = examples.some((example) => 'messages' in example) || prompts.some(({ prompt }) => typeof prompt !== 'string');
    const lacking = hasConversations ? lackingTokens(tokenizer, marksOf(template.template)) : [];
    if (lacking.length > 0) throw new Failure(`The tokenizer of ${options.tuned} lacks ${lacking.join(' ')}, with which conversations are written: the model was not taught to answer them.`, `Give examples of the form that it learned, with --data FILE, or tune it on conversations: kk finetune sft --data FILE --model ${quotePath(shortPath(cwd, baseFolder))}.`);
    const endOfTurn = hasConversations ? (await endOfTurnOf(tokenizer, template)).token : undefined;
    const { questions, tooLong: notAsked } = await questionsOf([...examples, ...prompts], count, tokenizer, template, contextLength);
    if (questions.length === 0) throw new Failure('No example asks a question that fits into the context: all are texts, or too long.', 'Give examples with a prompt, or conversations, with --data FILE.');
    const labelled: LabelledTokens[] = [];
    for (const example of examples.slice(0, MOST_EXAMPLES)) {
      const one = await labelExample(tokenizer, example, { ...template, learn: recipe?.learn ?? 'assistant', ...(stopTokens[0] !== undefined && { endOfText: stopTokens[0] }) });
      if (one.ids.length <= contextLength + 1) labelled.push(one);
    }
    const settings = { seed: recipe?.seed ?? 0, ...(options.baseText === undefined ? { replay: recipe?.replay, baseText: recipe?.baseText } : { baseText: fullPath(cwd, options.baseText) }) } as SupervisedSettings;
    const { heldOut: text } = await baseTextOf(context, settings, tokenizer, tuned.model.config);
    const progress = new Progress(context.errors);
    const comparison = await compareModels({
      base: { model: base.model, name: 'base', ...(isAdapter && { activate: () => tuned.adapters.forEach((adapter) => adapter.disable()) }) },
      tuned: { model: tuned.model, name: 'tuned', ...(isAdapter && { activate: () => tuned.adapters.forEach((adapter) => adapter.enable()) }) },
      questions,
      ...(labelled.length > 0 && { examples: labelled }),
      ...(text && { baseText: text.subarray(0, mostLookedTokens + 1) }),
      decode: decodeWith(tokenizer),
      stopTokens: [...new Set([...stopTokens, ...(endOfTurn === undefined ? [] : [endOfTurn])])],
      maxTokens,
      signal: context.io.interrupt,
      onProgress: (done, total) => !quiet && progress.update(() => ` ${numbers.integer(done)} of ${numbers.integer(total)} answers`),
    });
    progress.done();
    return { comparison, facts: { name: shortPath(cwd, folder), base: shortPath(cwd, baseFolder), tuned: shortPath(cwd, folder), learned, tooLong: Math.min(examples.length, MOST_EXAMPLES) - labelled.length, notAsked } };
  } finally {
    for (const loaded of opened) loaded.dispose();
  }
}

/** What a recipe says, if there is one; its settings, if it is one of supervised tuning. */
async function recipeOf(path: string, cwd: string): Promise<{ facts?: RecipeFacts; recipe?: Recipe<SupervisedSettings> }> {
  if (!(await exists(path))) return {};
  const shown = shortPath(cwd, path);
  const facts = await recipeFacts(path, shown);
  return facts.verb === supervised.verb ? { facts, recipe: await readRecipe<SupervisedSettings>(path, shown, supervised) } : { facts };
}

/**
 * Which examples were held out is drawn from the whole file, and the last tenth of a replayed text is what was not replayed: of other files it cannot be told what was learned.
 * @throws {Failure} naming the file that has changed since, or is gone
 */
async function checkRecipeFiles(context: Context, { settings, checksums }: Recipe<SupervisedSettings>, { data, baseText }: ComparedFolders): Promise<void> {
  const shown = (file: string): string => shortPath(context.io.cwd, file);
  const check = async (files: readonly string[], remedy: string): Promise<void> => checkFiles(checksums, await checksumsOfFiles(context, files, remedy), shown, remedy);
  if (!data) await check(settings.data, 'Which examples were held out can no longer be told. Bring the file back as it was, or name other examples: --data FILE.');
  const text = settings.replay?.file ?? settings.baseText;
  if (baseText === undefined && text !== undefined) await check([text], 'Bring it back as it was, or name another text: --base-text FILE.');
}
