import { GPT, TaskTrainer, toCheckpoint, train } from '@kk/gpt';
import { init, Random } from '@kk/nn-core';

const engine = await init('wasm');
const model = new GPT(engine, { vocabSize: 12, contextLength: 4, layers: 1, heads: 2, width: 32 });
const trainer = new TaskTrainer(
  model,
  {
    // Sums of two digits, `a + b =`, of which the last digit of the result is to be learned: other targets are masked by -1.
    batch(step) {
      const random = new Random({ seed: 1, stream: step });
      const sums = Array.from({ length: 32 }, () => [random.integer(5), random.integer(5)] as const);
      return {
        inputs: { values: Int32Array.from(sums.flatMap(([a, b]) => [a, 10, b, 11])), shape: [32, 4] },
        targets: { values: Int32Array.from(sums.flatMap(([a, b]) => [-1, -1, -1, (a + b) % 10])), shape: [32, 4] },
      };
    },
    loss: ({ inputs, targets }) => model.loss(inputs, targets),
  },
  { steps: 200, learningRate: 1e-2, warmupSteps: 10, groups: [{ names: ['tokens', 'positions'], weightDecay: 0 }] },
);
const stop = new AbortController(); // stop.abort() ends the loop between two steps
let checkpoint: Uint8Array = new Uint8Array();
for await (const event of train(trainer, { saveEvery: 100, signal: stop.signal })) {
  if (event.type === 'save') checkpoint = await toCheckpoint(trainer);
  else if (event.type === 'step' && event.report.step % 50 === 0) console.log(`step ${event.report.step}: loss ${event.report.loss.toFixed(2)}`);
}
console.log(`${checkpoint.length} bytes to go on from, or to keep`);
engine.dispose();
