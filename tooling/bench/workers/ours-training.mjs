// A whole training run of ours by characters: nanoGPT's settings, the first 90 % of the text, then the loss over all of the rest. argv: the
// configuration, text file, number of steps, what multiplies (`off` or `auto` for a BLAS), seed of all chance.
import { readFileSync } from 'node:fs';
import { evaluate, GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { report } from '../lib/measure.mjs';
import { steps as configurations } from '../lib/sizes.mjs';

const [configuration, file, steps, blas, seed] = process.argv.slice(2);
const characters = Array.from(readFileSync(file, 'utf8'));
const alphabet = [...new Set(characters)].sort();
const number = new Map(alphabet.map((character, i) => [character, i]));
const ids = Int32Array.from(characters, (character) => number.get(character));
const split = Math.floor(0.9 * ids.length);

const { batchSize, ...config } = configurations[configuration];
const engine = await init('wasm', { blas });
const model = new GPT(engine, { ...config, vocabSize: alphabet.length, dropout: 0 }, { seed: Number(seed) });
const trainer = new Trainer(model, ids.subarray(0, split), { batchSize, steps: Number(steps), seed: Number(seed) });
const started = performance.now();
while (!trainer.isDone) await trainer.step();
const seconds = (performance.now() - started) / 1000;
const { loss } = await evaluate(model, ids.subarray(split));
report({ backend: engine.backend.description, seconds, loss, characters: alphabet.length });
engine.dispose();
