// generation_config.json as makers of models write it, and what is refused.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '@kk/nn-core';
import { afterAll, describe, expect, it } from 'vitest';
import { fromGenerationConfig, Llama, toGenerationConfig } from '../src/index.js';
import { readGenerationConfig, saveModel } from '../src/node.js';

const folder = await mkdtemp(join(tmpdir(), 'kk-generation-'));
afterAll(() => rm(folder, { recursive: true }));

describe('generation_config.json', () => {
  it('says which tokens end a text, and how the next one is drawn', () => {
    // The fields of Qwen2-0.5B-Instruct's file.
    const qwen = { bos_token_id: 643, do_sample: true, eos_token_id: [645, 643], pad_token_id: 643, repetition_penalty: 1.1, temperature: 0.7, top_k: 20, top_p: 0.8, transformers_version: '4.37.0' };
    expect(fromGenerationConfig(qwen, 1000)).toEqual({ endTokens: [645, 643], beginToken: 643, padToken: 643, draws: true, temperature: 0.7, topK: 20, topP: 0.8, repetitionPenalty: 1.1 });
    expect(fromGenerationConfig({ eos_token_id: 2, bos_token_id: null }, 10)).toEqual({ endTokens: [2] });
    expect(fromGenerationConfig({}, 10)).toEqual({ endTokens: [] });
  });

  it.each<[unknown, string]>([
    [[], 'must hold an object'],
    [{ eos_token_id: [2, 10] }, 'eos_token_id is 10; expected a token of the model, from 0 to 9'],
    [{ bos_token_id: 1.5 }, 'bos_token_id is 1.5; expected a token'],
    [{ top_p: 2 }, 'top_p is 2; expected a number from 0 to 1'],
    [{ temperature: 'warm' }, 'temperature is "warm"; expected a number of 0 or more'],
    [{ do_sample: 1 }, 'do_sample is 1; expected true or false'],
  ])('%o is refused', (json, message) => {
    expect(() => fromGenerationConfig(json, 10)).toThrow(message);
  });

  it('is read from a folder that has one', async () => {
    expect(await readGenerationConfig(folder, 10)).toBeUndefined();
    const file = join(folder, 'generation_config.json');
    await writeFile(file, '{"eos_token_id": 3}');
    expect(await readGenerationConfig(folder, 10)).toEqual({ endTokens: [3] });
    await expect(readGenerationConfig(folder, 3)).rejects.toThrow(`${file}: eos_token_id is 3; expected a token of the model, from 0 to 2.`);
    const whole = { endTokens: [3, 4], beginToken: 1, draws: false, temperature: 0.5, topK: 5, topP: 0.9, minP: 0.1, repetitionPenalty: 1.2, padToken: 0 };
    expect(fromGenerationConfig(JSON.parse(JSON.stringify(toGenerationConfig(whole))), 10)).toEqual(whole);
    const model = new Llama(await init('cpu'), { family: 'qwen2', vocabSize: 10, contextLength: 4, layers: 1, heads: 1, width: 4, feedForwardWidth: 4 });
    await saveModel(folder, model, { generation: whole });
    expect(await readGenerationConfig(folder, 10)).toEqual(whole);
    await writeFile(file, '{');
    await expect(readGenerationConfig(folder, 10)).rejects.toThrow(`${file}: it is not valid JSON.`);
  });
});
