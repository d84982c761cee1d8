// Streams of text and stop strings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate, type NextTokenModel, streamText, type TokenBytes, type TokenDecoder } from '../../src/index.js';

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
    await expect(read(streamText([0].values(), pieces(['a']), { stopStrings: 'END' }))).rejects.toThrow('stopStrings is "END"; expected a list of texts, such as ["END"]');
  });
});

describe('streamText of bytes', () => {
  const utf8 = new TextEncoder();
  const bytesOf = (pieces: readonly Uint8Array[]): TokenBytes => ({ tokenBytes: (id) => pieces[id] });
  const stream = (pieces: readonly Uint8Array[], stopStrings: readonly string[] = []) => read(streamText(pieces.keys(), bytesOf(pieces), { stopStrings }));

  it('gives whole characters, however tokens cut them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.array(fc.nat(40)), async (text, places) => {
        const bytes = utf8.encode(text);
        const cuts = [0, ...places.map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b), bytes.length];
        const { given } = await stream(cuts.slice(1).map((end, i) => bytes.slice(cuts[i], end)));
        expect(given.join('')).toBe(text);
        expect(given).not.toContain('');
      }),
      { numRuns: 500 },
    );
    expect((await stream([[0xef], [0xbb, 0xbf, 0xe2], [0x82], [0xac, 0x21]].map((piece) => Uint8Array.from(piece)))).given).toEqual(['\ufeff', '€!']);
  });

  it('replaces what is no UTF-8, and a character that the end cuts', async () => {
    expect((await stream([[0x61, 0xff], [0x62], [0xe2, 0x82]].map((piece) => Uint8Array.from(piece)))).given).toEqual(['a\ufffd', 'b', '\ufffd']);
  });

  it('finds stop strings, and tokens without text add none', async () => {
    const tokens: TokenBytes = { tokenBytes: (id) => [utf8.encode('gr'), utf8.encode('ü').slice(0, 1), utf8.encode('ü').slice(1), undefined, utf8.encode('n')][id] };
    expect(await read(streamText([0, 1, 3, 2, 4].values(), tokens, { stopStrings: ['ün'] }))).toEqual({ given: ['gr'], stopString: 'ün' });
  });
});
