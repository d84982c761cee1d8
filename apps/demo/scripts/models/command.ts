// The command that makes the shipped models again, each from its recipe, with progress and the time that is left.
import { join } from 'node:path';
import { readdir, readFile } from 'node:fs/promises';
import { init, type Engine } from '@kk/nn-core';
import { makeAnsweringModel } from '../answers/make.js';
import { readAnsweringRecipe } from '../answers/recipe.js';
import { mnistDrawings } from '../digits/digits-file.js';
import { makeDrawingModel } from '../pixels/make.js';
import { readDrawingRecipe } from '../pixels/recipe.js';
import { makeModel } from './make.js';
import { readRecipe } from './recipe.js';

const models = join(process.cwd(), 'models');
const checkpoints = join(process.cwd(), 'node_modules', '.cache', 'kk-models');

/** Tokens of a step of a model that answers. */
const TUNING_TOKENS = 640;

const usage = `pnpm --filter demo models [name ...] [--threads N] [--out FOLDER]

Makes the shipped models again from models/<name>/recipe.json: all, or those that are named. The same recipe gives the same bytes on the same
machine, for models that answer with the same BLAS. An interrupted training goes on from its last checkpoint in ${checkpoints}; one of a model that answers begins again.`;

export async function command(given: readonly string[]): Promise<number> {
  const names = [...given];
  const option = (name: string): string | undefined => {
    const at = names.indexOf(name);
    return at < 0 ? undefined : names.splice(at, 2)[1];
  };
  if (names.includes('--help')) return (console.log(usage), 0);
  const threads = option('--threads');
  const out = option('--out') ?? models;
  const known = (await readdir(models, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return (console.error(`There is no recipe for "${unknown}"; there are ${known.join(', ')}.`), 1);

  for (const name of names.length > 0 ? names : known) {
    const started = process.cpuUsage();
    const path = join(models, name, 'recipe.json');
    const recipe = JSON.parse(await readFile(path, 'utf8')) as object;
    const make = 'examples' in recipe ? makeDrawing : 'tuning' in recipe ? makeAnswering : makeStories;
    // Models that answer are made with a BLAS, where there is one, as they take so many steps; the others never were.
    const engine = await init('wasm', { blas: make === makeAnswering ? 'auto' : 'off', ...(threads !== undefined && { threads: Number(threads) }) });
    console.log(`${name}: on ${engine.backend.description}`);
    console.log(`${name}: ${await make(engine, name, path, join(out, name))}`);
    const { user, system } = process.cpuUsage(started);
    console.log(`${name}: ${((user + system) / 1e6).toFixed(0)} s of processor time`);
    engine.dispose();
  }
  return 0;
}

async function makeStories(engine: Engine, name: string, path: string, folder: string): Promise<string> {
  const recipe = await readRecipe(path);
  const onStep = progress(name, recipe.training.steps, recipe.windows.batchSize * recipe.model.contextLength);
  const { parameters, bytes, validation } = await makeModel(engine, recipe, { folder, checkpoint: join(checkpoints, name), validationStories: 100, onStep });
  return `${parameters} parameters, ${(bytes / 1e6).toFixed(2)} MB, loss ${validation.loss.toFixed(3)} nats per token beside a floor of ${validation.floor.toFixed(3)}`;
}

async function makeDrawing(engine: Engine, name: string, path: string, folder: string): Promise<string> {
  const recipe = await readDrawingRecipe(path);
  const { steps, again } = recipe.training;
  const onStep = progress(name, again?.steps ?? steps, recipe.windows.batchSize * recipe.model.contextLength);
  const card = await makeDrawingModel(engine, recipe, await mnistDrawings(), { folder, checkpoint: join(checkpoints, name), measure: { count: 200, temperature: 1, guidance: 2 }, onStep });
  return `${card.parameters} parameters, ${(card.bytes / 1e3).toFixed(0)} kB, ${card.bits.heldOut.toFixed(3)} bits per pixel beside ${card.bits.independent.toFixed(3)} of independent pixels, ${card.drawn.right} of ${card.drawn.of} drawn digits are read`;
}

async function makeAnswering(engine: Engine, name: string, path: string, folder: string): Promise<string> {
  const recipe = await readAnsweringRecipe(path);
  const onStep = { base: progress(`${name}, base`, recipe.base.steps, TUNING_TOKENS), tuning: progress(`${name}, tuning`, recipe.tuning.steps, TUNING_TOKENS) };
  const { parameters, bytes, answers } = await makeAnsweringModel(engine, recipe, { folder, questions: 1500, onStep: (part, report) => onStep[part](report) });
  return `${parameters} parameters, ${(bytes / 1e6).toFixed(2)} MB, ${(100 * answers.exact).toFixed(1)} % of the answers that the story holds are exact`;
}

/** One line every ten seconds: the step, the mean loss since the last line, tokens a second, and the time that is left. */
function progress(name: string, steps: number, tokens: number): (report: { step: number; loss: number }) => void {
  let [shown, count, sum] = [performance.now(), 0, 0];
  return ({ step, loss }) => {
    count++;
    sum += loss;
    const seconds = (performance.now() - shown) / 1000;
    if (seconds < 10 && step < steps) return;
    const left = Math.round(((steps - step) * seconds) / count);
    console.log(`${name}: step ${step} of ${steps}, loss ${(sum / count).toFixed(3)}, ${Math.round((count * tokens) / seconds)} tokens a second, ${Math.floor(left / 60)} min ${left % 60} s left`);
    [shown, count, sum] = [performance.now(), 0, 0];
  };
}
