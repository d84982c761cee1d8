// Chapter 9: a model learns lines, is looked at on the way, and can be asked for again as it was after any step.
import { styleLines } from '@kk/corpora/instructions';
import type { Transformer } from '@kk/gpt';
import { afterAll, describe, expect, it } from 'vitest';
import tunedAnswersJob from '../src/lab/jobs/tuned-answers.js';
import tuningJob, { type Tuning, type TuningInput } from '../src/lab/jobs/tuning.js';
import type { Tools } from '../src/lab/job.js';
import { tunedModel } from '../src/lab/tuning/kept.js';
import type { TuningRecipe, TuningWay } from '../src/lab/tuning/recipe.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const tiny = await tinyModel('stories-de', 'de', { backend: 'wasm' });
afterAll(() => tiny.dispose());

const lines = styleLines('de', 'pirate').slice(0, 6);
const recipeOf = (changes: Partial<TuningRecipe> = {}): TuningRecipe => ({ language: 'de', lines, way: 'full', replay: 0, learningRate: 0.003, steps: 12, seed: 1, ...changes });
const asked = { prompts: [lines[0]!.prompt, 'Wo ist die Puppe?'], temperature: 0.7, length: 12 };
const inputOf = (changes?: Partial<TuningRecipe>): TuningInput => ({ recipe: recipeOf(changes), asked, every: 5, heldOut: styleLines('de', 'pirate').slice(6, 8) });
const tune = async (changes?: Partial<TuningRecipe>, tools: Tools = toolsOf(tiny), every = 5): Promise<Tuning[]> => (await runJob(tuningJob, { ...inputOf(changes), every }, tools)).updates;
/** A run whose end several tests look at, with the tools that keep its weights; it is made once. */
const made = new Map<string, Promise<{ states: Tuning[]; tools: Tools }>>();
function once(changes: Partial<TuningRecipe> = {}): Promise<{ states: Tuning[]; tools: Tools }> {
  const tools = toolsOf(tiny);
  const make = async (): Promise<{ states: Tuning[]; tools: Tools }> => ({ states: await tune(changes, tools), tools });
  const key = JSON.stringify(changes);
  if (!made.has(key)) made.set(key, make());
  return made.get(key)!;
}
const numbersOf = async (gpt: Transformer): Promise<Map<string, number[]>> => {
  const numbers = new Map<string, number[]>();
  for (const [name, tensor] of gpt.namedParameters()) numbers.set(name, [...(await tensor.data())]);
  return numbers;
};
const weightsOf = async (recipe: TuningRecipe, after: number, tools: Tools): Promise<Map<string, number[]>> => {
  const { gpt, dispose } = await tunedModel(tools, { recipe, after });
  const weights = await numbersOf(gpt);
  dispose();
  return weights;
};
const base = (): Promise<Map<string, number[]>> => numbersOf(tiny.model.gpt);
/** What a run shows, without how long it took. */
const timeless = (states: Tuning[]): object[] => states.map(({ seconds: _, secondsLeft: __, ...rest }) => rest);

describe('tuning', () => {
  it('yields every step, and looks before the first one, every few, and at the end', async () => {
    const { states } = await once();
    expect(states.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, step) => step));
    expect(states.at(-1)!.looks.map(({ step }) => step)).toEqual([0, 5, 10, 12]);
    for (const { answers } of states.at(-1)!.looks) expect(answers).toHaveLength(2);
    expect(states.at(-1)!).toMatchObject({ steps: 12, isBroken: false, secondsLeft: 0, lines: { learned: 6, tooLong: [] } });
  });

  it.each(['full', 'lora', 'last'] as const)('learns the lines: %s', async (way) => {
    const { looks } = (await tune({ way, steps: 24, learningRate: 0.01 }, toolsOf(tiny), 24)).at(-1)!;
    expect(looks.at(-1)!.loss.lines).toBeLessThan(looks[0]!.loss.lines - 0.2);
    for (const { loss } of looks) expect(Object.values(loss).every((value) => Number.isFinite(value))).toBe(true);
  });

  it('says how long it takes only after some steps, and then without the first one', async () => {
    const { states } = await once();
    expect(states.map(({ secondsLeft }) => secondsLeft === null)).toEqual(states.map(({ step }) => step < 5));
    for (const { secondsLeft } of states.slice(5, -1)) expect(secondsLeft).toBeGreaterThan(0);
  });

  it('ends at the look at which the lines are learned', async () => {
    const { result } = await runJob(tuningJob, { ...inputOf({ learningRate: 0.01 }), enough: 5.5 }, toolsOf(tiny));
    const lines = result.looks.map(({ loss }) => loss.lines);
    expect(lines.map((loss) => loss <= 5.5)).toEqual([...lines.slice(1).map(() => false), true]);
    const before = await tune({ learningRate: 0.01 }, toolsOf(tiny), result.step - 1);
    expect(before.at(-1)!.looks.find(({ step }) => step === result.step - 1)!.loss.lines).toBeGreaterThan(5.5);
    expect([result.step, result.secondsLeft]).toEqual([result.steps, 0]);
    expect(result.step).toBeLessThan(12);
  });

  it('leaves the shipped model as it was', async () => {
    const before = await base();
    await once({ replay: 50 });
    expect(await base()).toEqual(before);
  });

  it.each<[TuningWay, (name: string) => boolean]>([
    ['full', () => true],
    ['lora', (name) => /\.(down|up)$/.test(name)],
    ['last', (name) => /^(blocks\.1\.|finalNorm)/.test(name)],
  ])('changes what the way says and nothing else: %s', async (way, isTrained) => {
    const { tools } = await once(way === 'full' ? {} : { way });
    const [from, to] = [await base(), await weightsOf(recipeOf({ way }), 12, tools)];
    const moved = [...to].filter(([name, values]) => from.has(name.replace('.base.', '.')) && values.some((value, i) => value !== from.get(name.replace('.base.', '.'))![i])).map(([name]) => name);
    if (way === 'lora') expect(moved).toEqual([]);
    else expect(moved.sort()).toEqual([...to.keys()].filter(isTrained).sort());
    expect([...to.keys()].some(isTrained)).toBe(true);
  });

  it.each(['full', 'lora'] as const)('is the same again for the same recipe, also where the worker has let it go: %s', async (way) => {
    const tools = toolsOf(tiny);
    const short = { way, replay: 25, steps: 4 };
    const [first, again] = [await tune(short, tools), await tune(short)];
    expect(timeless(again)).toEqual(timeless(first));
    const recipe = recipeOf(short);
    expect(await weightsOf(recipe, 4, toolsOf(tiny))).toEqual(await weightsOf(recipe, 4, tools));
    expect(await weightsOf(recipe, 3, toolsOf(tiny))).not.toEqual(await weightsOf(recipe, 4, tools));
  });

  it('answers as it did when it was looked at', async () => {
    const { states, tools } = await once();
    const { looks } = states.at(-1)!;
    for (const [after, look] of [[0, looks[0]!], [12, looks.at(-1)!]] as const) {
      const { result } = await runJob(tunedAnswersJob, { recipe: recipeOf(), after, asked }, tools);
      expect(result).toEqual(look.answers.map(({ text, isDone }) => ({ text, isDone })));
    }
  });

  it('keeps what was learned at its newest look when it is ended', async () => {
    const tools = toolsOf(tiny);
    const steps = tuningJob(inputOf(), tools);
    for (let step = 0; step <= 7; step++) await steps.next();
    await steps.return(undefined as never);
    const kept = await weightsOf(recipeOf(), 5, { ...tools, preparing: () => expect.fail('it is trained again') });
    expect(kept).toEqual(await weightsOf(recipeOf(), 5, toolsOf(tiny)));
  });

  it('mixes stories in, so that the lines come less often', async () => {
    const [without, half] = [(await once()).states.at(-1)!, (await once({ replay: 50 })).states.at(-1)!];
    expect(half.looks.at(-1)!.loss.lines).toBeGreaterThan(without.looks.at(-1)!.loss.lines);
    expect(half.looks.at(-1)!.loss.stories).toBeLessThan(without.looks.at(-1)!.loss.stories);
  });

  it('leaves out lines that are too long or not complete, and says which were too long', async () => {
    const long = { prompt: 'Wie?', completion: 'sehr lang '.repeat(60) };
    const { lines: counts } = (await tune({ lines: [{ prompt: '', completion: 'x' }, ...lines, long, { prompt: 'x', completion: ' ' }], steps: 1 })).at(-1)!;
    expect(counts).toMatchObject({ learned: 6, tooLong: [long], longest: tiny.model.gpt.config.contextLength + 1 });
  });

  it('says so when the loss grows beyond all bounds, and keeps what was before', async () => {
    const state = (await tune({ learningRate: 1e6, steps: 30 }, toolsOf(tiny), 30)).at(-1)!;
    expect(state.isBroken).toBe(true);
    expect(state.step).toBeLessThan(30);
  });
});
