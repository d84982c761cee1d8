// Streams of text and stop strings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate, type NextTokenModel, streamText, type TokenDecoder } from '../../src/index.js';

/** Pieces as they are: id i is piece i. */
const pieces = (texts: readonly string[]): TokenDecoder => ({ push: (id) => texts[id], end: () => '' });

async function read(stream: AsyncGenerator<string, string | undefined, undefined>): Promise<{ given: string[]; stopString: string | undefined }> {
  const given: string[] = [];
  for (;;) {
    const { value, done } = await stream.next();
    if (done) return { given, stopString: value };
    given.push(value);
  }
}

/** Where a text ends, found the slow way: character by character, the first stop string that is complete, of several the longest. */
function cut(text: string, stops: readonly string[]): { text: string; stopString: string | undefined } {
  for (let end = 1; end <= text.length; end++) {
    const complete = stops.filter((stop) => text.slice(0, end).endsWith(stop)).sort((a, b) => b.length - a.length);
    if (complete.length > 0) return { text: text.slice(0, end - complete[0].length), stopString: complete[0] };
  }
  return { text, stopString: undefined };
}

describe('streamText', () => {
  it('never gives out a part of a stop string, however the text is cut into pieces', async () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c', '😀'), { minLength: 1, maxLength: 5 }).map((list) => list.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(letters, fc.constant('')), { maxLength: 12 }), fc.array(letters, { maxLength: 3 }), async (texts, stopStrings) => {
        const expected = cut(texts.join(''), stopStrings);
        const { given, stopString } = await read(streamText(texts.keys(), pieces(texts), { stopStrings }));
        expect([given.join(''), stopString]).toEqual([expected.text, expected.stopString]);
        expect(given).not.toContain('');
      }),
      { numRuns: 2000 },
    );
  });

  it('holds back only what may become a stop string', async () => {
    const { given } = await read(streamText([0, 1, 2, 3, 4].values(), pieces(['Hello <', 'b>wor', 'ld </', 's', '> never']), { stopStrings: ['</s>'] }));
    expect(given).toEqual(['Hello ', '<b>wor', 'ld ']);
  });

  it('gives out at the end what turned out to be none', async () => {
    expect(await read(streamText([0].values(), pieces(['half a sto']), { stopStrings: ['stop'] }))).toEqual({ given: ['half a ', 'sto'], stopString: undefined });
    const late: TokenDecoder = { push: () => 'x', end: () => 'END and more' };
    expect(await read(streamText([0].values(), late, { stopStrings: ['END'] }))).toEqual({ given: ['x'], stopString: 'END' });
  });

  it('stops the generator behind it', async () => {
    let asked = 0;
    const model: NextTokenModel = { vocabSize: 3, next: (context) => (asked++, Float32Array.from({ length: 3 }, (_, id) => (id === context.length % 3 ? 0 : -Infinity))) };
    const { given, stopString } = await read(streamText(generate(model, [], { maxTokens: 1000 }), pieces(['a', 'b', 'c']), { stopStrings: ['ca'] }));
    expect([given.join(''), stopString]).toEqual(['ab', 'ca']);
    expect(asked).toBe(4);
  });

  it('passes on errors, of an aborted generator too', async () => {
    const model: NextTokenModel = { vocabSize: 1, next: () => new Float32Array(1) };
    const aborted = generate(model, [], { maxTokens: 5, signal: AbortSignal.abort() });
    await expect(read(streamText(aborted, pieces(['a'])))).rejects.toMatchObject({ name: 'AbortError' });
    await expect(read(streamText([0].values(), pieces(['a']), { stopStrings: ['x', ''] }))).rejects.toThrow('stopStrings[1] must be a text of at least one character, got ""');
  });
});
