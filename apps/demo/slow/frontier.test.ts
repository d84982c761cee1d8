// How often a model wins against itself as it was, and how far it has gone for it: DPO, PPO by a reward model, and the best of n by the same reward model,
// on the shipped model that answers, judged by a hidden rule. `SEEDS=1,2,3` takes other seeds than 1, `RULE=colour` another rule than `speech`, `-t "de"` one
// language; about six minutes of processor time each. Prints every look.
import { fileURLToPath } from 'node:url';
import { followsRule, writeInstructions, type PreferenceRule } from '@kk/corpora/instructions';
import { bestOf, bestOfKl, modelReward, PpoTuning, PreferenceRows, PreferenceTuning, RewardTuning, rollouts, scoreAnswers, type PreferenceTokens } from '@kk/finetune';
import type { Transformer } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { loadTokenizer } from '@kk/tokenizer/node';
import { afterAll, describe, expect, it } from 'vitest';
import { answerEnd, answersOf, askedIds } from '../src/lab/answers/asked.js';
import { copyModel } from '../src/lab/tuning/copy-model.js';
import { storyLanguages, type StoryLanguage } from '../src/languages/stories.js';

const HOUR = 3_600_000;
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
const rule = (process.env.RULE ?? 'speech') as PreferenceRule;
/** Requests to go on with a story whose answers are compared, and those that are judged; no story is in both. */
const ASKED = 2000;
const JUDGED = 400;
const HELD_OUT_PAIRS = 200;
/** Answers to each of them, of which the two nearest in length become a pair that the rule tells apart. */
const CANDIDATES = 8;
const LENGTH_RATIO = 1.25;
const LONGEST = 30;
/** Nats an answer: further than this it is hacking, not learning. */
const BUDGET = 5;
const DPO = { steps: 100, batchSize: 16, learningRate: 1e-4, beta: 0.1, every: 10 };
const REWARD = { steps: 300, batchSize: 16, learningRate: 3e-4 };
const PPO = { steps: 120, batchSize: 32, learningRate: 1e-4, every: 20 };

const engine = await init('wasm', { blas: 'auto', ...(process.env.THREADS && { threads: Number(process.env.THREADS) }) });
afterAll(() => engine.dispose());

interface Measured {
  /** Of the requests of whose two answers one follows the rule: how often it is the tuned model's. */
  winRate: number;
  /** Estimated KL divergence from the model before, nats an answer. */
  kl: number;
  endsByItself: number;
  /** Mean tokens of an answer, in proportion to those of the model before. */
  length: number;
}

async function prepare(language: StoryLanguage, seed: number) {
  const folder = fileURLToPath(new URL(`../models/${answersOf(language)}`, import.meta.url));
  const [base, tokenizer] = [await loadModel(engine, folder), await loadTokenizer(folder)];
  const { contextLength, vocabSize } = base.config;
  const promptsOf = (count: number, part: 'training' | 'test'): number[][] => writeInstructions(language, { seed, count: 2 * count, part, kinds: ['continue'] }).map(({ messages: [asked] }) => askedIds(tokenizer, asked.content)).filter((ids) => ids.length + LONGEST <= contextLength).slice(0, count);
  const [asked, judged] = [promptsOf(ASKED, 'training'), promptsOf(JUDGED, 'test')];
  const stopTokens = [answerEnd(tokenizer)];
  const decode = (ids: ArrayLike<number>): string => tokenizer.decode(Array.from(ids).filter((id) => id !== stopTokens[0])).trim();
  const follows = (ids: ArrayLike<number>): boolean => followsRule(language, rule, decode(ids));
  const decided: PreferenceTokens[] = [];
  const drawn = await rollouts(base, asked, { groupSize: CANDIDATES, stopTokens, maxTokens: LONGEST, seed });
  for (const [i, prompt] of asked.entries()) {
    const own = drawn.slice(i * CANDIDATES, (i + 1) * CANDIDATES).filter(({ endsByItself }) => endsByItself);
    const pairs = own.filter(({ ids }) => follows(ids)).flatMap((chosen) => own.filter(({ ids }) => !follows(ids)).map((rejected) => ({ chosen, rejected, ratio: Math.abs(Math.log(chosen.ids.length / rejected.ids.length)) })));
    const nearest = pairs.sort((one, other) => one.ratio - other.ratio)[0];
    if (nearest && nearest.ratio <= Math.log(LENGTH_RATIO)) decided.push({ prompt: Int32Array.from(prompt), chosen: Int32Array.from(nearest.chosen.ids), rejected: Int32Array.from(nearest.rejected.ids) });
  }
  const rowsOf = (some: readonly PreferenceTokens[]): PreferenceRows => new PreferenceRows(some, { contextLength, vocabSize, seed });
  const before = await rollouts(base, judged, { groupSize: 1, stopTokens, maxTokens: LONGEST, seed: seed + 1000 });

  const compare = (answers: readonly { ids: readonly number[] }[]): number => {
    const differ = answers.map(({ ids }, i) => [follows(ids), follows(before[i]!.ids)] as const).filter(([now, then]) => now !== then);
    return differ.filter(([now]) => now).length / Math.max(1, differ.length);
  };
  const meanLength = (answers: readonly { ids: readonly number[] }[]): number => answers.reduce((sum, { ids }) => sum + ids.length, 0) / answers.length;
  const measure = async (model: Transformer): Promise<Measured> => {
    const answers = await rollouts(model, judged, { groupSize: 1, stopTokens, maxTokens: LONGEST, seed: seed + 2000 });
    const answered = answers.map(({ promptIds, ids }) => ({ prompt: Int32Array.from(promptIds), answer: Int32Array.from(ids) }));
    const [now, then] = [await scoreAnswers(model, answered), await scoreAnswers(base, answered)];
    return { winRate: compare(answers), kl: now.reduce((sum, value, i) => sum + value - then[i]!, 0) / now.length, endsByItself: answers.filter((one) => one.endsByItself).length / answers.length, length: meanLength(answers) / meanLength(before) };
  };
  return { base, asked, judged, stopTokens, decode, decided, rowsOf, compare, measure };
}

const round = (measured: Measured): Record<string, number> => Object.fromEntries(Object.entries(measured).map(([name, value]) => [name, Number((value as number).toFixed(3))]));
/** The furthest look that is within the budget. */
const withinBudget = (looks: readonly Measured[]): Measured => looks.filter(({ kl }) => kl <= BUDGET).reduce((best, one) => (one.kl > best.kl ? one : best));

describe.each(storyLanguages.flatMap((language) => seeds.map((seed) => [language, seed] as const)))('%s, seed %i', (language, seed) => {
  it('DPO, PPO and the best of n win by the rule that nobody told them', { timeout: HOUR }, async () => {
    const { base, asked, judged, stopTokens, decode, decided, rowsOf, compare, measure } = await prepare(language, seed);
    const [heldOut, learned] = [decided.slice(0, HELD_OUT_PAIRS), decided.slice(HELD_OUT_PAIRS)];
    const say = (what: string, facts: object): void => console.log(JSON.stringify({ language, seed, rule, what, ...facts }));
    const start = process.cpuUsage().user;
    const seconds = (): number => Math.round((process.cpuUsage().user - start) / 1e6);
    say('pairs', { decided: decided.length, learned: learned.length });

    const judge = await RewardTuning.create(await copyModel(base), rowsOf(learned), { heldOut: rowsOf(heldOut), training: { ...REWARD, minimumLearningRate: REWARD.learningRate / 10, seed } });
    for await (const _ of judge.run({ lookEvery: 50 })) void _;
    judge.useBest();
    const { accuracy } = judge.best!;
    say('reward model', { accuracy, seconds: seconds() });

    const { every: dpoEvery, beta, ...dpoTraining } = DPO;
    const preferring = await copyModel(base);
    const dpo = await PreferenceTuning.create(preferring, rowsOf(learned), { loss: { dpo: { beta } }, reference: base, training: { ...dpoTraining, minimumLearningRate: DPO.learningRate / 10, seed } });
    const dpoLooks: Measured[] = [];
    while (!dpo.trainer.isDone) {
      const { step } = await dpo.trainer.step();
      if (step % dpoEvery !== 0) continue;
      dpoLooks.push(await measure(preferring));
      say('DPO', { step, ...round(dpoLooks.at(-1)!), seconds: seconds() });
    }
    dpo.dispose();

    const { every: ppoEvery, ...ppoTraining } = PPO;
    const practising = await copyModel(base);
    const reward = modelReward(judge.model);
    const ppo = await PpoTuning.create(practising, asked, { reward, decode, stopTokens, maxTokens: LONGEST, reference: base, maximumKl: 4 * BUDGET, training: { ...ppoTraining, minimumLearningRate: PPO.learningRate / 10, seed } });
    const ppoLooks: Measured[] = [];
    for await (const event of ppo.run({ lookEvery: PPO.steps })) {
      if (event.type !== 'step' || event.report.step % ppoEvery !== 0) continue;
      ppoLooks.push(await measure(practising));
      say('PPO', { step: event.report.step, reward: event.report.measures.reward, ...round(ppoLooks.at(-1)!), seconds: seconds() });
    }
    ppo.dispose();

    for (const n of [2, 4, 8, 16]) {
      const best = await bestOf(base, judged, { n, reward, decode, stopTokens, maxTokens: LONGEST, seed: seed + 3000 });
      say('best of n', { n, kl: Number(bestOfKl(n).toFixed(3)), winRate: Number(compare(best).toFixed(3)) });
    }

    expect(accuracy!).toBeGreaterThanOrEqual(0.9);
    for (const [looks, least] of [[dpoLooks, 0.8], [ppoLooks, 0.75]] as const) {
      const { winRate, endsByItself, length } = withinBudget(looks);
      expect(winRate).toBeGreaterThanOrEqual(least);
      expect(endsByItself).toBeGreaterThanOrEqual(0.95);
      expect(Math.abs(length - 1)).toBeLessThanOrEqual(0.1);
    }
    judge.dispose();
    for (const model of [base, judge.model.model, preferring, practising]) model.dispose();
  });
});
