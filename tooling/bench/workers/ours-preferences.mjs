// Measures a step of DPO or GRPO of all parameters. argv: the name of the configuration; `dpo` or `grpo`; the number of threads, 0 for all; what
// multiplies, `off` or `auto` for a BLAS. Defaults: 0, off.
import { GroupTuning, PreferenceRows, PreferenceTuning } from '@kk/finetune';
import { GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { median, report } from '../lib/measure.mjs';
import { preferences } from '../lib/sizes.mjs';

const [, , configuration, what, threads = '0', blas = 'off'] = process.argv;
const { batchSize, prompts, groupSize, promptLength, answerLength, ...config } = preferences[configuration];
const { contextLength, vocabSize } = config;
const engine = await init('wasm', { blas, ...(threads !== '0' && { threads: Number(threads) }) });
const model = new GPT(engine, { ...config, dropout: 0 });
const madeUp = (row, length) => Int32Array.from({ length }, (_, i) => (row * 31 + i * i) % vocabSize);
const tuning = what === 'dpo' ? await dpo() : await grpo();
const times = [];
const WARMUP = 5;
const end = performance.now() + 10_000;
for (let round = 0; round < WARMUP + 5 || performance.now() < end; round++) {
  const started = performance.now();
  await tuning.trainer.step();
  if (round >= WARMUP) times.push(performance.now() - started);
}
report({ backend: engine.backend.description, milliseconds: median(times) });
engine.dispose();

/** Pairs that fill the context; the second half is the answer. */
function dpo() {
  const pairs = Array.from({ length: 40 * batchSize }, (_, i) => {
    const [chosen, rejected] = [madeUp(2 * i, contextLength + 1), madeUp(2 * i + 1, contextLength + 1)];
    const half = contextLength / 2 + 1;
    return { prompt: chosen.slice(0, half), chosen: chosen.slice(half), rejected: rejected.slice(half) };
  });
  return PreferenceTuning.create(model, new PreferenceRows(pairs, { contextLength, vocabSize }), { training: { steps: 1e9, batchSize } });
}

/** Answers that nothing ends before they are long enough, rewarded by their share of even ids. */
function grpo() {
  const asked = Array.from({ length: prompts }, (_, i) => madeUp(i, promptLength));
  const reward = (_prompt, _answer, { ids }) => ids.filter((id) => id % 2 === 0).length / ids.length;
  return GroupTuning.create(model, asked, { reward, decode: (ids) => ids.join(' '), stopTokens: [], maxTokens: answerLength, groupSize, training: { steps: 1e9, batchSize: prompts } });
}
