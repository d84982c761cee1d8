// Writes the model of the decoding benchmark for the peers. argv: the folder.
import { init } from '@kk/nn-core';
import { join } from 'node:path';
import { decodeModel } from '../lib/decode-model.mjs';
import { report } from '../lib/measure.mjs';
import { writeGguf } from './gguf.mjs';
import { writeOnnx } from './onnx.mjs';

const folder = process.argv[2];
const engine = await init('wasm', { threads: 1 });
const model = decodeModel(engine);
const parameters = [];
for (const [name, tensor] of model.namedParameters()) parameters.push({ name, shape: tensor.shape, numbers: await tensor.data() });
const files = { onnx: join(folder, 'gpt.onnx'), float32: join(folder, 'gpt-float32.gguf'), int8: join(folder, 'gpt-int8.gguf') };
writeOnnx(files.onnx, { config: model.config, parameters });
writeGguf(files.float32, { config: model.config, parameters }, 'float32');
writeGguf(files.int8, { config: model.config, parameters }, 'int8');
report(files);
engine.dispose();
