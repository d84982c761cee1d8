// Measures generation with a Markov chain as the draft model beside generation without, in alternating rounds: a small model is trained on a text by
// characters, the chain counts the same text. argv: the configuration, text file, training steps, rounds.
import { readFileSync } from 'node:fs';
import { Decoder, fromSafetensors, GPT, toSafetensors, Trainer } from '@kk/gpt';
import { MarkovModel } from '@kk/markov';
import { init } from '@kk/nn-core';
import { generate, Sampler, huggingFace, speculativeGenerate } from '@kk/sampler';
import { median, report } from '../lib/measure.mjs';
import { drafts, steps as configurations } from '../lib/sizes.mjs';

const [configuration, file, steps, rounds] = process.argv.slice(2);
const { tokens, temperature, order, lengths } = drafts;
const characters = Array.from(readFileSync(file, 'utf8'));
const alphabet = [...new Set(characters)].sort();
const number = new Map(alphabet.map((character, i) => [character, i]));
const ids = Int32Array.from(characters, (character) => number.get(character)).subarray(0, Math.floor(0.9 * characters.length));
const { batchSize, ...sizes } = configurations[configuration];
const config = { ...sizes, vocabSize: alphabet.length, dropout: 0 };

const weights = await train();
const chain = MarkovModel.train(ids, { order, vocabSize: alphabet.length, smoothing: 'modified-kneser-ney', keepTexts: false });
const result = { characters: alphabet.length, backends: [] };
for (const blas of ['off', 'auto']) {
  const engine = await init('wasm', { threads: 1, blas });
  const model = await fromSafetensors(engine, config, weights);
  const times = Object.fromEntries([0, ...lengths].map((length) => [length, []]));
  const reports = {};
  for (let round = 0; round < Number(rounds); round++) {
    for (const length of [0, ...lengths]) {
      const { milliseconds, drafted } = await write(model, length, round);
      times[length].push(milliseconds);
      reports[length] = drafted;
    }
  }
  result.backends.push({
    backend: engine.backend.description,
    lengths: Object.entries(times).map(([length, all]) => ({
      length: Number(length),
      milliseconds: median(all),
      // Both of a round were measured beside each other.
      ratio: median(times[0].map((without, i) => without / all[i])),
      drafted: reports[length],
    })),
  });
  engine.dispose();
}
report(result);

async function train() {
  const engine = await init('wasm', { blas: 'auto' });
  const trainer = new Trainer(new GPT(engine, config), ids, { batchSize, steps: Number(steps) });
  while (!trainer.isDone) await trainer.step();
  const bytes = await toSafetensors(trainer.model);
  engine.dispose();
  return bytes;
}

/** @returns the milliseconds of a token, and what became of the drafts */
async function write(model, draftLength, seed) {
  // As `kk generate` does when the context is full.
  const decoder = new Decoder(model, { keepOnOverflow: config.contextLength / 2 });
  const options = { maxTokens: tokens, sampler: new Sampler(huggingFace({ temperature }), { seed }) };
  const run = draftLength === 0 ? generate(decoder, [0], options) : speculativeGenerate(decoder, chain, [0], { ...options, draftLength });
  const started = performance.now();
  let written = 0;
  while (!(await run.next()).done) written++;
  const milliseconds = (performance.now() - started) / written;
  decoder.dispose();
  return { milliseconds, drafted: run.report };
}
