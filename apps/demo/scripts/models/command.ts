// The command that makes the shipped models again, each from its recipe, with progress and the time that is left.
import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import { init } from '@kk/nn-core';
import { makeModel } from './make.js';
import { readRecipe } from './recipe.js';

const models = join(process.cwd(), 'models');
const checkpoints = join(process.cwd(), 'node_modules', '.cache', 'kk-models');

const usage = `pnpm --filter demo models [name ...] [--threads N] [--out FOLDER]

Makes the shipped models again from models/<name>/recipe.json: all, or those that are named. The same recipe gives the same bytes on the same
machine. An interrupted training goes on from its last checkpoint in ${checkpoints}.`;

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

  const engine = await init('wasm', threads === undefined ? {} : { threads: Number(threads) });
  for (const name of names.length > 0 ? names : known) {
    const recipe = await readRecipe(join(models, name, 'recipe.json'));
    const show = progress(name, recipe.training.steps, recipe.windows.batchSize * recipe.model.contextLength);
    const card = await makeModel(engine, recipe, { folder: join(out, name), checkpoint: join(checkpoints, name), validationStories: 100, onStep: show });
    const { loss, floor } = card.validation;
    console.log(`${name}: ${card.parameters} parameters, ${(card.bytes / 1e6).toFixed(2)} MB, loss ${loss.toFixed(3)} nats per token beside a floor of ${floor.toFixed(3)}`);
  }
  engine.dispose();
  return 0;
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
