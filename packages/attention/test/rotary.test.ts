// Rotary frequencies and their scaling: worked out by hand, and beside those of an independent implementation in PyTorch.
import { init, rotaryTable } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { rotaryAngles, rotaryFrequencies, type RotaryScaling } from '../src/index.js';

const llama3: RotaryScaling = { kind: 'llama3', factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 64 };

describe('rotary frequencies', () => {
  it('fall from 1 by the same factor from pair to pair', () => {
    expect([...rotaryFrequencies(6, { base: 1000 })]).toEqual([1, 0.1, 0.01].map((value) => expect.closeTo(value, 15)));
  });

  it('are divided by the factor of linear scaling', () => {
    expect([...rotaryFrequencies(4, { scaling: { kind: 'linear', factor: 4 } })]).toEqual([0.25, 0.0025].map((value) => expect.closeTo(value, 15)));
  });

  it("with Llama 3's scaling are kept, blended or divided by their turns within the original context", () => {
    // "rope_frequencies" of `torch_llama.py make FOLDER --rope-scaling llama3 --head-dim 16`, whose original context is 64.
    const expected = [1, 0.24438459943539834, 0.013042256043820465, 0.003952847075210474, 0.00125, 0.0003952847075210474, 0.000125, 3.952847075210474e-5];
    const scaled = rotaryFrequencies(16, { scaling: llama3 });
    expect(scaled).toHaveLength(8);
    scaled.forEach((frequency, pair) => expect(frequency).toBeCloseTo(expected[pair]!, 15));
    // By hand: 64 / (2 pi) = 10.19 turns keep their frequency; 0.1019 turns are divided by 8.
    expect([scaled[0], scaled[4]]).toEqual([1, 0.01 / 8]);
  });

  it('are refused for what cannot turn', () => {
    expect(() => rotaryFrequencies(3)).toThrow('dimension is 3; expected an even number of 2 or more');
    expect(() => rotaryFrequencies(4, { base: 0 })).toThrow('base is 0; expected a number above 0');
    expect(() => rotaryFrequencies(4, { scaling: { kind: 'linear', factor: -2 } })).toThrow('scaling.factor is -2');
    expect(() => rotaryFrequencies(4, { scaling: { ...llama3, highFrequencyFactor: 1 } })).toThrow('lowFrequencyFactor 1 and highFrequencyFactor 1; expected two numbers of 0 or more, the first below the second');
    expect(() => rotaryFrequencies(4, { scaling: { ...llama3, originalContextLength: NaN } })).toThrow('scaling.originalContextLength is NaN');
    expect(() => rotaryFrequencies(4, { scaling: { ...llama3, kind: 'yarn' as 'llama3' } })).toThrow('scaling.kind is "yarn"; expected \'linear\' or \'llama3\'');
  });
});

describe('rotary angles', () => {
  it('are those by which nn-core turns', async () => {
    const engine = await init('cpu', { precision: 'float64' });
    const table = rotaryTable(engine, { positions: 9, frequencies: rotaryFrequencies(6, { base: 500, scaling: llama3 }) }).dataSync();
    const angles = rotaryAngles(9, 6, { base: 500, scaling: llama3 });
    for (let position = 0; position < 9; position++) {
      for (let pair = 0; pair < 3; pair++) {
        expect(Math.cos(angles[position * 3 + pair]!)).toBe(table[position * 6 + pair]);
        expect(Math.sin(angles[position * 3 + pair]!)).toBe(table[position * 6 + 3 + pair]);
      }
    }
  });

  it('are refused for a length below 0', () => {
    expect(() => rotaryFrequencies(4, { theta: 500_000 } as never)).toThrow("rotaryFrequencies: unknown option 'theta'; known: base?, scaling?");
    expect(() => rotaryAngles(2, 4, { scale: 2 } as never)).toThrow("unknown option 'scale'");
    expect(() => rotaryFrequencies(4, { scaling: { kind: 'linear', factor: 2, lowFrequencyFactor: 1 } as never })).toThrow("rotaryFrequencies: scaling: unknown option 'lowFrequencyFactor'; known: kind, factor.");
    expect(() => rotaryFrequencies(4, { scaling: { kind: 'llama3', factor: 2 } as never })).toThrow("rotaryFrequencies: scaling: the option 'lowFrequencyFactor' is missing");
    expect(() => rotaryFrequencies(4, { scaling: { rope_type: 'llama3', factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 8192 } as never })).toThrow(
      "scaling.kind is undefined; expected 'linear' or 'llama3'. These are Hugging Face's names; here rope_type is kind, low_freq_factor is lowFrequencyFactor, high_freq_factor is highFrequencyFactor, original_max_position_embeddings is originalContextLength.",
    );
    expect(() => rotaryAngles(-1, 4)).toThrow('length is -1');
  });
});
