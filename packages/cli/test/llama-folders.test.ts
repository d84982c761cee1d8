// The verbs that take a model, with the folder of a Llama, a Mistral and a Qwen2 as others have them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decoder, evaluate, Llama, quantizeModel, type LlamaConfig } from '@kk/gpt';
import { saveModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';
import { greedy } from '@kk/sampler';
import { CharacterTokenizer } from '@kk/tokenizer';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder } from './support/kk.js';

const text = 'the cat sat on the mat. the dog sat on the log. ';
const tokenizer = CharacterTokenizer.train([text]);
const sizes = { vocabSize: tokenizer.vocabSize, contextLength: 24, layers: 2, heads: 4, keyValueHeads: 2, width: 16, feedForwardWidth: 24 };
const configs: LlamaConfig[] = [{ family: 'llama', ...sizes }, { family: 'mistral', ...sizes, window: 5 }, { family: 'qwen2', ...sizes, window: 4, layersWithoutWindow: 1, tiedEmbeddings: true }];
const cwd = temporaryFolder();

describe.each(configs)('a folder of $family', async (config) => {
  const folder = config.family;
  const engine = await init('cpu');
  const model = new Llama(engine, config, { seed: 3 });
  for (const [name, parameter] of model.namedParameters()) if (name.endsWith('weight') && !name.includes('Norm')) parameter.set((await parameter.data()).map((weight) => 20 * weight)); // so that it says something definite
  beforeAll(() => saveModel(join(cwd, folder), model, { tokenizer: tokenizer.toJSON() }));

  const continued = async (count: number): Promise<number[]> => {
    const decoder = new Decoder(model);
    const ids = tokenizer.encode('the ');
    while (ids.length < 4 + count) ids.push(greedy(await decoder.next(ids)));
    return ids.slice(4);
  };
  const generate = (...options: string[]): ReturnType<typeof kk> => kk(['generate', '--model', folder, '--prompt', 'the ', '--max-tokens', '12', '--temperature', '0', '--json', ...options], { cwd });

  it('writes', async () => {
    const { exitCode, last, stderr } = await generate();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(last().ids).toEqual(await continued(12));
  });

  it('ends at the tokens that generation_config.json and tokenizer_config.json name', async () => {
    const [first, second] = [join(cwd, folder, 'generation_config.json'), join(cwd, folder, 'tokenizer_config.json')];
    const ids = await continued(12);
    const end = ids.at(-1)!;
    writeFileSync(first, JSON.stringify({ eos_token_id: [end], temperature: 0.7 }));
    const { last } = await generate();
    expect(last().ids).toEqual(ids.slice(0, ids.indexOf(end)));
    writeFileSync(first, JSON.stringify({ eos_token_id: 'the end' }));
    expect(await generate()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('generation_config.json: eos_token_id is "the end"; expected a token of the model') as unknown });
    writeFileSync(first, '{}');
    writeFileSync(second, JSON.stringify({ eos_token: 7 }));
    expect(await generate()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('tokenizer_config.json: eos_token is 7; expected the text of a token') as unknown });
    writeFileSync(second, '{}');
  });

  it('is measured, in float32 and in int8', async () => {
    writeFileSync(join(cwd, 'text.txt'), text);
    const loss = async (...options: string[]): Promise<number> => (await kk(['eval', '--model', folder, '--data', 'text.txt', '--json', ...options], { cwd })).last().loss as number;
    const ids = Int32Array.from(tokenizer.encode(text));
    expect(await loss()).toBeCloseTo((await evaluate(model, ids)).loss, 4);
    const rounded = await quantizeModel(model);
    expect(await loss('--weights', 'int8')).toBeCloseTo((await evaluate(rounded, ids)).loss, 3);
  });
});
