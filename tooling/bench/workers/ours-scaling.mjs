// Measures one point of the scaling table: our training step. argv: the configuration as JSON, with batchSize.
import { flopsPerToken, GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { measure, median, report } from '../lib/measure.mjs';

const { batchSize, ...sizes } = JSON.parse(process.argv[2]);
const config = { ...sizes, dropout: 0 };
const engine = await init('wasm');
const data = Int32Array.from({ length: 100_000 }, () => Math.floor(Math.random() * config.vocabSize));
const trainer = new Trainer(new GPT(engine, config), data, { batchSize, steps: 1e9 });
const milliseconds = median(await measure(() => trainer.step(), { warmup: 3, minimum: 3, seconds: 2 }));
const tokens = batchSize * config.contextLength;
report({ backend: engine.backend.description, milliseconds, tokens, gigaflop: (flopsPerToken(config) * tokens) / 1e9 });
engine.dispose();
