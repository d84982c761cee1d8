import { huggingFace, llamaCpp, Sampler } from '@kk/sampler';
import * as stages from '@kk/sampler/stages';

// A sampler is a list of stages: what stands first works first.
const sampler = new Sampler([stages.repetitionPenalty(1.2), stages.topK(3), stages.minP(0.05), stages.temperature(0.8)], { seed: 42 });
const logits = Float32Array.of(0.1, 2.3, 1.9, 0.2, -1, -3);
const text = { ids: [1, 0], promptLength: 2 };
const id = sampler.sample(logits, text);
sampler.accept(id);

// What every stage left over, and how undecided that was.
for (const { name, remaining, entropy, tokens: [best] } of sampler.explain(logits, text, { top: 1 }).stages) {
  console.log(`${name}: ${remaining} left, ${entropy.toFixed(2)} nats, best is token ${best?.id} with ${best?.probability.toFixed(2)}`);
}

// The same settings in the order of two well-known projects: at a high temperature, they differ.
const settings = { temperature: 4, topK: 5, topP: 0.7, minP: 0 };
for (const preset of [huggingFace, llamaCpp]) {
  console.log(preset.name, Array.from(new Sampler(preset(settings), { seed: 1 }).distribution(logits), (p) => `${(100 * p).toFixed(0)} %`));
}
