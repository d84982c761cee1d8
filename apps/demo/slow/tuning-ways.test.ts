// What chapter 9 says about its three ways to learn, measured with the shipped models as its figure does: each way learns the same lines equally well,
// and then one sees what it has forgotten. Prints the numbers.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { loadTokenizer } from '@kk/tokenizer/node';
import { expect, it } from 'vitest';
import { chosenLines } from '../src/chapters/09-finetuning/chosen-lines.js';
import { runOfWay, runsInHeat } from '../src/chapters/09-finetuning/comparisons.js';
import { LEARNED, signsOf } from '../src/chapters/09-finetuning/signs.js';
import { storyLanguages, type StoryLanguage } from '../src/languages/stories.js';
import runsJob from '../src/lab/jobs/tuning-runs.js';
import type { Tuning, TuningInput } from '../src/lab/jobs/tuning.js';
import { readyModel } from '../src/lab/ready-model.js';
import { tuningWays, type TuningWay } from '../src/lab/tuning/recipe.js';
import { runJob } from '../test/support/run-job.js';

async function measure(language: StoryLanguage, runs: readonly TuningInput[]): Promise<readonly Tuning[]> {
  const engine = await init('wasm', { threads: 1 });
  const folder = fileURLToPath(new URL(`../models/stories-${language}`, import.meta.url));
  const model = readyModel(`stories-${language}`, await loadModel(engine, folder), await loadTokenizer(folder));
  const before = process.cpuUsage();
  const { result } = await runJob(runsJob, { runs }, { engine: async () => engine, model: async () => model });
  console.log(language, `${(process.cpuUsage(before).user / 1e6).toFixed(0)} s of processor time`);
  for (const { recipe: { way, learningRate }, step, looks, seconds } of result) {
    const { lines, heldOut, stories } = looks.at(-1)!.loss;
    console.log(language, way, learningRate, `${step} steps, ${seconds.toFixed(0)} s; lines ${lines.toFixed(3)}, unseen ${heldOut!.toFixed(3)}, stories ${stories.toFixed(3)} (+${(100 * (stories / looks[0]!.loss.stories - 1)).toFixed(0)} %)`);
    for (const look of looks) for (const { text, copied } of look.answers) console.log(language, `  after ${look.step}: ${text.slice(0, 90)} (${(100 * copied).toFixed(0)} % copied)`);
  }
  engine.dispose();
  return result;
}

it.each(storyLanguages)('%s: each way learns the lines equally well; all weights forget least, LoRA most', async (language) => {
  const result = await measure(language, tuningWays.map((way) => runOfWay(chosenLines(language, 'recipe'), way)));
  for (const { looks } of result) {
    expect(looks.at(-1)!.loss.lines).toBeLessThanOrEqual(LEARNED);
    expect(looks.at(-1)!.loss.lines).toBeGreaterThan(0.9 * LEARNED);
  }
  const forgotten = (way: TuningWay): number => {
    const { looks } = result[tuningWays.indexOf(way)]!;
    return looks.at(-1)!.loss.stories / looks[0]!.loss.stories - 1;
  };
  const text = await readFile(new URL(`../src/chapters/09-finetuning/${language}.md`, import.meta.url), 'utf8');
  for (const way of tuningWays) expect(text).toContain(` ${(100 * forgotten(way)).toFixed(0)} %`);
  expect(forgotten('full')).toBeLessThan(forgotten('last'));
  expect(forgotten('last')).toBeLessThan(forgotten('lora'));
});

it.each(storyLanguages)('%s: one rate is too gentle, one right, one too hot', async (language) => {
  const result = await measure(language, runsInHeat(chosenLines(language, 'recipe')));
  const [gentle, right, hot] = result.map(({ looks }) => signsOf(looks[0]!, looks.at(-1)!));
  expect(gentle).toContain('unlearned');
  expect(right).toEqual(expect.arrayContaining(['learned', 'rote']));
  expect(hot).toContain('broken');
  const unseen = result[1]!.looks.map(({ loss }) => loss.heldOut!);
  expect(unseen.at(-1)).toBeGreaterThan(Math.min(...unseen));
});
