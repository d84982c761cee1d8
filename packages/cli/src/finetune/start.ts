// Prepares a tuning: opens the base, reads the examples, adds the tokens that are missing, and makes the trainer; or goes on with one that
// was stopped.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SupervisedTuning, type TuningExample } from '@kk/finetune';
import { reasonOf } from '@kk/whole-file';
import { chatMLTemplate } from '@kk/tokenizer';
import { findTemplate } from '../chat/choose-template.js';
import { endOfTurnOf, type ChatTemplate } from '../chat/template.js';
import { type Context } from '../context.js';
import { Failure } from '../errors.js';
import { isAdapterFolder } from '../files/adapter-folder.js';
import { endTokensOf } from '../files/end-tokens.js';
import { exists } from '../files/exists.js';
import { needTokenizer, openModel } from '../files/model.js';
import { MODEL_FILES } from '../files/model-folder.js';
import { refuseReplacingInput } from '../files/new-file.js';
import { withOutputFolder, type OutputFolder } from '../files/output-folder.js';
import { quotePath, shortPath } from '../files/paths.js';
import { type DeviceOptions } from '../options/device.js';
import { answersTo, questionsOf } from './answers.js';
import { baseTextOf, hasConversations, hasTexts, readExamples, rowsOf, type ReadData } from './data.js';
import { addTokens, END_OF_TEXT, marksOf } from './new-tokens.js';
import { checkFiles, checksumsOf, filesOf, readRecipe, RECIPE, writeRecipe } from './recipe.js';
import { CHECKPOINT, TuningRun, type TuningRunParts } from './run.js';
import { trainingOptions, type TuningSettings } from './settings.js';

/** The files that a tuning writes. */
const TUNED_FILES = [...MODEL_FILES, 'adapter_config.json', 'adapter_model.safetensors', RECIPE];
/** How many prompts are answered before and after. */
const QUESTIONS = 3;

export interface NewTuning extends DeviceOptions {
  settings: TuningSettings;
  /** Those of the recipe that is run again: the files must be the same. */
  checksums?: ReadonlyMap<string, string>;
  /** Full path. */
  folder: string;
  /** Whether to replace what is in the folder. */
  force: boolean;
}

/** @throws {Error} naming what is missing, wrong or already there */
export async function startTuning(context: Context, { settings, checksums: known, folder, force, ...device }: NewTuning): Promise<TuningRun> {
  const { cwd } = context.io;
  const shown = shortPath(cwd, folder);
  const reads = [...filesOf(settings), ...TUNED_FILES.map((name) => join(settings.model, name))];
  for (const name of TUNED_FILES) await refuseReplacingInput(join(folder, name), shortPath(cwd, join(folder, name)), reads);
  return withOutputFolder(folder, shown, async (output) => {
    const present: string[] = [];
    for (const name of TUNED_FILES) if (await exists(join(folder, name))) present.push(name);
    if (present.length > 0 && !force) {
      const resume = present.includes(CHECKPOINT) && present.includes(RECIPE) ? `Go on with it: --resume ${quotePath(shown)}. ` : '';
      throw new Failure(`${shown} already holds a model (${present.join(', ')}).`, `${resume}Replace it: --force. Or choose another folder: --out DIR.`);
    }
    const checksums = await checksumsOfFiles(context, settings);
    if (known) checkFiles(known, checksums, (file) => shortPath(cwd, file));
    const parts = await prepare(context, settings, device, undefined);
    return finish(context, parts, folder, output, () => writeRecipe(join(folder, RECIPE), { settings, checksums }));
  });
}

export interface ResumedTuning extends DeviceOptions {
  /** Full path. */
  folder: string;
}

/** @throws {Error} when there is no checkpoint, it is damaged, or the base or the data are others */
export async function resumeTuning(context: Context, { folder, ...device }: ResumedTuning): Promise<TuningRun> {
  const { cwd } = context.io;
  const shown = shortPath(cwd, folder);
  for (const name of [RECIPE, CHECKPOINT]) {
    if (!(await exists(join(folder, name)))) throw new Failure(`${shown} holds no tuning to go on with: ${name} is missing.`, 'Start one: kk finetune sft --data FILE --model DIR --out DIR.');
  }
  return withOutputFolder(folder, shown, async (output) => {
    const { settings, checksums } = await readRecipe(join(folder, RECIPE), shortPath(cwd, join(folder, RECIPE)));
    checkFiles(checksums, await checksumsOfFiles(context, settings), (file) => shortPath(cwd, file));
    const bytes = await readFile(join(folder, CHECKPOINT));
    const parts = await prepare(context, settings, device, bytes);
    const run = await finish(context, parts, folder, output, () => Promise.resolve());
    run.savedStep = parts.tuning.trainer.stepsDone;
    return run;
  });
}

async function finish(context: Context, parts: TuningRunParts, folder: string, output: OutputFolder, write: () => Promise<void>): Promise<TuningRun> {
  try {
    await write();
    return new TuningRun(context, parts, folder, output);
  } catch (error) {
    parts.engine.dispose();
    throw error;
  }
}

/** Names a file that cannot be read, before any work. */
async function checksumsOfFiles({ io }: Context, settings: TuningSettings): Promise<Map<string, string>> {
  try {
    return await checksumsOf(filesOf(settings));
  } catch (error) {
    const { path } = error as NodeJS.ErrnoException;
    throw new Failure(`Cannot read ${path === undefined ? 'the data' : shortPath(io.cwd, path)}: ${reasonOf(error)}.`, undefined, { cause: error });
  }
}

/** @param checkpoint of a run to go on with */
async function prepare(context: Context, settings: TuningSettings, device: DeviceOptions, checkpoint: Uint8Array | undefined): Promise<TuningRunParts> {
  const shownModel = shortPath(context.io.cwd, settings.model);
  if ((await isAdapterFolder(settings.model)) && !(await exists(join(settings.model, 'config.json')))) throw new Failure(`${shownModel} is an adapter; expected a model to tune.`, `Merge it into its model first: kk merge ${quotePath(shownModel)} --model DIR --out DIR`);
  const data = await readExamples(context, settings);
  const loaded = await openModel(context, settings.model, device);
  try {
    const { model } = loaded;
    const base = needTokenizer(loaded, shownModel);
    const template = hasConversations(data.examples) ? await templateOf(context, settings) : undefined;
    const baseEnds = await endTokensOf(loaded.folders, base, model.config.vocabSize);
    const needsEnd = hasTexts(data.examples) && baseEnds.length === 0;
    const { tokenizer, added, ids } = await addTokens(model, base, [...(template ? marksOf(template.template) : []), ...(needsEnd ? [END_OF_TEXT] : [])]);
    const endOfText = hasTexts(data.examples) ? (baseEnds[0] ?? tokenizer.specialTokens.get(END_OF_TEXT)) : undefined;
    const endOfTurn = template && (await endOfTurnOf(tokenizer, template)).token;
    const endTokens = [...new Set([endOfTurn, endOfText, ...baseEnds].filter((id) => id !== undefined))];
    const rows = await rowsOf(context, data, tokenizer, model.config, { ...(template ?? {}), learn: settings.learn, ...(endOfText !== undefined && { endOfText }) }, settings);
    const baseText = await baseTextOf(context, settings, tokenizer, model.config);
    const { questions } = await questionsOf(askedFrom(data), QUESTIONS, tokenizer, template ?? { template: chatMLTemplate, variables: {} }, model.config.contextLength);
    const before = checkpoint ? undefined : await answersTo(questions, model, tokenizer, endTokens, context.io.interrupt);
    const tuning = new SupervisedTuning(model, rows.training, {
      ...trainingOptions(settings),
      newTokens: ids,
      heldOut: { ...(rows.heldOut && { examples: rows.heldOut }), ...(baseText.heldOut && { baseText: baseText.heldOut }) },
      ...(baseText.replay && { replay: baseText.replay }),
    });
    const restored = checkpoint && (await tuning.restore(checkpoint));
    return { engine: model.engine, tuning, settings, data, tokenizer, addedTokens: added, template, endTokens, questions, before: before ?? beforeOf(restored, questions.length), rows };
  } catch (error) {
    loaded.dispose();
    throw error;
  }
}

const askedFrom = ({ heldOut, training }: ReadData): readonly TuningExample[] => [...heldOut, ...training];

async function templateOf(context: Context, { model, template }: TuningSettings): Promise<ChatTemplate> {
  const stored = await findTemplate(context, [model], undefined);
  const text = template ?? stored?.template ?? chatMLTemplate;
  return { template: text, variables: stored?.variables ?? {} };
}

/** The answers of the base, which the checkpoint has: the model is no longer the base. */
function beforeOf(extra: unknown, questions: number): string[] {
  const { before } = Object(extra) as { before?: unknown };
  if (!Array.isArray(before) || before.length !== questions || !before.every((text) => typeof text === 'string')) throw new Failure('The checkpoint was not written by kk finetune sft: it lacks the answers of the base.');
  return before;
}
