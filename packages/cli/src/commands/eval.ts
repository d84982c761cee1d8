// `kk eval`: measures how well a model predicts a whole text.
import { evaluate, type TokenIds } from '@kk/gpt';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { encodeChunks } from '../files/encode.js';
import { needTokenizer, openModel } from '../files/model.js';
import { TextFiles } from '../files/text-files.js';
import { bitsPerByte } from '../files/tokenizers.js';
import { Verb } from '../grammar/verb.js';
import { addAdapters, type AdapterOptions } from '../options/adapters.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { idList } from '../options/parse.js';
import { addWeights, withWeights, type WeightsOptions } from '../options/weights.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { factTable } from '../terminal/table.js';

interface EvalOptions extends DeviceOptions, WeightsOptions, AdapterOptions {
  model: string;
  data?: string[];
  ids?: number[];
  json?: boolean;
}

const numbers = numberFormats('en');

export function evalCommand(context: Context): Verb {
  const verb = new Verb('eval')
    .summary('measure how well a model predicts a text')
    .description('Measures how well a model predicts a text: loss in nats per token, perplexity, and bits per byte.')
    .option('--model <dir>', 'folder of the model')
    .option('--data <file...>', 'text files, joined in this order; - is standard input')
    .addOption(new Option('--ids <list>', 'token ids instead of text, such as 1,2,3').argParser(idList))
    .argumentFor('model')
    .requires(['model'])
    .requires(['data', 'ids'])
    .excludes(['ids'], 'data')
    .flows({ reads: { model: 'a GPT', adapter: 'adapters', data: 'texts', ids: 'token ids' }, writes: { stdout: 'loss, perplexity, bits per byte' } });
  return addDevice(addWeights(addAdapters(verb)))
    .option('--json', 'one JSON object')
    .notes("Every token but the first is predicted once, from what stands before it in its window of the model's context length. Bits per byte compares across tokenizers.")
    .examples('kk eval runs/book --data other-book.txt', 'kk eval runs/book --ids 1,2,3 --json')
    .does(async ({ model: folder, data, ids, json, weights, adapter, ...device }: EvalOptions) => {
      const progress = new Progress(context.errors);
      const show = !json && context.errors.interactive;
      const loaded = await openModel(context, folder, device, adapter);
      try {
        const { model, tokenizer } = loaded;
        let tokens: TokenIds;
        let bytes = NaN;
        if (data) {
          const encoded = await encodeChunks(needTokenizer(loaded, folder), new TextFiles(context, data).chunksWithProgress((share) => show && progress.update(() => ` reading, ${numbers.percent(share)}`)));
          tokens = encoded.ids;
          bytes = encoded.predictedBytes;
        } else {
          const given = checkIds(ids ?? [], model.config.vocabSize);
          tokens = given;
          if (tokenizer) bytes = given.subarray(1).reduce((sum, id) => sum + (id < tokenizer.vocabSize ? tokenizer.tokenBytes(id).length : NaN), 0);
        }
        if (tokens.length < 2) throw new Failure(`There ${tokens.length === 1 ? 'is 1 token' : `are ${tokens.length} tokens`}; at least 2 are needed, for the first is not predicted.`, data ? 'Give more text.' : 'Give more --ids.');
        const result = await evaluate(await withWeights(model, { weights }), tokens, {
          signal: context.io.interrupt,
          onProgress: (done, total) => show && progress.update(() => ` ${numbers.percent(done / total)} of ${numbers.integer(total)} tokens`),
        });
        progress.done();
        const bits = bitsPerByte(result.loss, result.tokens, bytes);
        if (json) {
          context.json({ loss: result.loss, perplexity: result.perplexity, bitsPerByte: Number.isFinite(bits) ? bits : null, tokens: result.tokens });
        } else {
          context.terminal.print(
            factTable(
              [
                ['Loss', `${numbers.decimal(result.loss, 4)} nats per token`],
                ['Perplexity', numbers.decimal(result.perplexity, 2)],
                ['Bits per byte', numbers.decimal(bits, 3)],
                ['Tokens', numbers.integer(result.tokens)],
              ],
              context.terminal,
            ),
          );
        }
      } finally {
        loaded.dispose();
      }
    });
}

function checkIds(ids: readonly number[], vocabSize: number): Int32Array {
  const wrong = ids.find((id) => id >= vocabSize);
  if (wrong !== undefined) throw new Failure(`There is no token ${wrong}: the ids of this model run from 0 to ${vocabSize - 1}.`);
  return Int32Array.from(ids);
}
