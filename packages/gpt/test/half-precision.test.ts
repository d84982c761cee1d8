// A model written in half precision: half of the bytes, every weight the nearest half, and read again by the same functions.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init, readSafetensors, toFloat32 } from '@kk/nn-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromSafetensors, GPT, huggingFaceNames, roundingError, toHuggingFaceConfig, toSafetensors } from '../src/index.js';
import { loadModel, saveModel } from '../src/node.js';

const engine = await init('cpu');
const config = { vocabSize: 11, contextLength: 8, layers: 1, heads: 2, width: 8 };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kk-half-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a model in F16', () => {
  it('has each weight within half a step of halves, in half of the bytes', async () => {
    const model = new GPT(engine, config, { seed: 3 });
    const [full, half] = [await toSafetensors(model), await toSafetensors(model, { dtype: 'F16' })];
    const data = (file: Uint8Array): number => [...readSafetensors(file).tensors.values()].reduce((sum, tensor) => sum + tensor.data.length, 0);
    expect(data(half) * 2).toBe(data(full));
    const exact = readSafetensors(full).tensors;
    for (const [name, tensor] of readSafetensors(half).tensors) {
      expect(tensor.dtype).toBe('F16');
      const numbers = toFloat32(exact.get(name)!);
      toFloat32(tensor).forEach((rounded, i) => {
        expect(Math.abs(rounded - numbers[i]!)).toBeLessThanOrEqual(Math.max(Math.abs(numbers[i]!) * 2 ** -11, 2 ** -25));
      });
    }
  });

  it('is written as the same bytes after it was read', async () => {
    const half = await toSafetensors(new GPT(engine, config, { seed: 3 }), { dtype: 'F16' });
    expect(await toSafetensors(fromSafetensors(engine, config, half), { dtype: 'F16' })).toEqual(half);
  });

  it('is a folder whose config says so', async () => {
    const model = new GPT(engine, config, { seed: 3 });
    await saveModel(folder, model, { dtype: 'F16' });
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toMatchObject({ torch_dtype: 'float16' });
    const loaded = await loadModel(engine, folder);
    expect(await toSafetensors(loaded, { dtype: 'F16' })).toEqual(await toSafetensors(model, { dtype: 'F16' }));
    expect(toHuggingFaceConfig(config)).toMatchObject({ torch_dtype: 'float32' });
  });

  it('is refused when a weight is too large, by its name, and the folder stays as it was', async () => {
    const model = new GPT(engine, config, { seed: 3 });
    const [name, tensor] = [...huggingFaceNames(model)].at(-1)!;
    tensor.set(Float32Array.from({ length: tensor.size }, () => 1e5));
    const empty = join(folder, 'empty');
    await expect(saveModel(empty, model, { dtype: 'F16' })).rejects.toThrow(`tensor "${name}" has the number 100000 at position 0, too large for F16`);
    await expect(readdir(empty)).rejects.toThrow('ENOENT');
    expect((await toSafetensors(model)).length).toBeGreaterThan(0);
  });

  it('is not written in a precision that there is not', async () => {
    const model = new GPT(engine, config, { seed: 3 });
    await expect(toSafetensors(model, { dtype: 'F8_E4M3' as 'F16' })).rejects.toThrow(`toSafetensors: dtype is "F8_E4M3"; expected 'F32', 'F16' or 'BF16'.`);
    expect(() => toHuggingFaceConfig(config, { dtype: 'float16' as 'F16' })).toThrow(`toHuggingFaceConfig: dtype is "float16"; expected 'F32', 'F16' or 'BF16'.`);
  });
});

describe('a model in BF16', () => {
  it('is a folder of half of the bytes that reads as it was written', async () => {
    const model = new GPT(engine, config, { seed: 3 });
    const inBfloat = join(folder, 'bfloat16');
    await saveModel(inBfloat, model, { dtype: 'BF16' });
    expect(JSON.parse(await readFile(join(inBfloat, 'config.json'), 'utf8'))).toMatchObject({ torch_dtype: 'bfloat16' });
    const loaded = await loadModel(engine, inBfloat);
    expect(await toSafetensors(loaded, { dtype: 'BF16' })).toEqual(await toSafetensors(model, { dtype: 'BF16' }));
    expect(await roundingError(loaded, 'BF16')).toEqual({ largest: 0, tensor: '', relative: 0 });
  });
});

it('the error of rounding is what the files differ by', async () => {
  const model = new GPT(engine, config, { seed: 3 });
  const exact = readSafetensors(await toSafetensors(model)).tensors;
  for (const dtype of ['F16', 'BF16'] as const) {
    const { largest, tensor, relative } = await roundingError(model, dtype);
    let [found, changes, weights] = [0, 0, 0];
    for (const [name, rounded] of readSafetensors(await toSafetensors(model, { dtype })).tensors) {
      const numbers = toFloat32(exact.get(name)!);
      const differences = toFloat32(rounded).map((value, i) => Math.abs(value - numbers[i]!));
      const most = Math.max(...differences);
      if (name === tensor) expect(most).toBe(largest);
      found = Math.max(found, most);
      changes += differences.reduce((sum, difference) => sum + difference ** 2, 0);
      weights += numbers.reduce((sum, number) => sum + number ** 2, 0);
    }
    expect(found).toBe(largest);
    expect(relative).toBeGreaterThan(0);
    expect(Math.abs(relative / Math.sqrt(changes / weights) - 1)).toBeLessThan(1e-5);
  }
  expect(await roundingError(model, 'F32')).toEqual({ largest: 0, tensor: '', relative: 0 });
});
