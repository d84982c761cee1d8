// A tokenizer.json is somebody else's file: whatever is wrong with it is refused by name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer, CharacterTokenizer, type Tokenizer, tokenizerFromJSON, WORD_PATTERN, WordTokenizer } from '@kk/tokenizer';
import { all } from './support/trained';

type Json = Record<string, unknown>;

/** A small valid byte-pair file with one field replaced; `undefined` removes it. */
function bytePairFile(path = '', value?: unknown): Json {
  return replaced(
    new BytePairTokenizer({
      tokens: ['a', 'b', 'c', 'ab', 'abc', '<s>'],
      merges: [
        ['a', 'b'],
        ['ab', 'c'],
      ],
      addedTokens: [{ content: '<s>', special: true }],
    }).toJSON(),
    path,
    value,
  );
}

function wordFile(path = '', value?: unknown): Json {
  return replaced(new WordTokenizer({ tokens: ['<unk>', 'a', 'b'], unknownToken: '<unk>', addedTokens: [{ content: '<unk>', special: true }] }).toJSON(), path, value);
}

function replaced(json: object, path: string, value: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(json));
  if (path === '') return copy;
  const steps = path.split('.');
  const last = steps.pop() as string;
  const parent = steps.reduce((object, step) => object[step] as Json, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const vocab = { a: 0, b: 1, c: 2, ab: 3, abc: 4, '<s>': 5 };
const special = (id: unknown, content: unknown, more: object = {}): object => ({ id, content, special: true, ...more });

describe('toJSON and tokenizerFromJSON', () => {
  it.each(all)('%s come back the same', (_name, tokenizer) => {
    const copy = tokenizerFromJSON(JSON.parse(JSON.stringify(tokenizer)));
    expect(copy.kind).toBe(tokenizer.kind);
    expect(copy.toJSON()).toEqual(tokenizer.toJSON());
    expect([...copy.specialTokens]).toEqual([...tokenizer.specialTokens]);
    expect(tokenizerFromJSON(tokenizer.toJSON()).toJSON()).toEqual(tokenizer.toJSON());
  });

  it('lay out characters, words and byte pairs as described', () => {
    const split = (pattern: string): object => ({ type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false });
    expect(CharacterTokenizer.train('ba').toJSON()).toEqual({
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: split('[\\s\\S]'),
      post_processor: null,
      decoder: { type: 'Fuse' },
      model: { type: 'WordLevel', vocab: { a: 0, b: 1 }, unk_token: '<unk>' },
    });
    expect(wordFile()).toMatchObject({ pre_tokenizer: split(WORD_PATTERN), decoder: { type: 'Fuse' }, model: { type: 'WordLevel', unk_token: '<unk>' } });
    expect(bytePairFile()).toMatchObject({
      added_tokens: [{ id: 5, content: '<s>', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }],
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: true },
      decoder: { type: 'ByteLevel' },
      model: { type: 'BPE', vocab, merges: [['a', 'b'], ['ab', 'c']] },
    });
    const other = new BytePairTokenizer({ tokens: ['a'], merges: [], pattern: '\\S' }).toJSON();
    expect(other.pre_tokenizer).toMatchObject({ type: 'Sequence', pretokenizers: [split('\\S'), { type: 'ByteLevel', add_prefix_space: false, use_regex: false }] });
  });

  it('read what older and leaner files hold', () => {
    for (const [path, value] of [
      ['model.merges', ['a b', 'ab c']],
      ['model.type', undefined],
      ['model.ignore_merges', undefined],
      ['model.continuing_subword_prefix', ''],
      ['model.unk_token', ''],
      ['pre_tokenizer.use_regex', undefined],
      ['post_processor', { type: 'ByteLevel', trim_offsets: false }],
      ['truncation', undefined],
    ] as const) {
      expect(tokenizerFromJSON(bytePairFile(path, value)).encode('abcab')).toEqual([4, 3]);
    }
    const withoutAdded = bytePairFile('added_tokens', undefined);
    expect(tokenizerFromJSON(withoutAdded).specialTokens.size).toBe(0);
  });

  it('find added tokens that are not special in every text, and special ones that are not in the vocabulary', () => {
    const json = replaced(bytePairFile('added_tokens', [special(5, '<s>'), { id: 6, content: 'bc', special: false }, special(7, '<e>')]), 'model.vocab', vocab);
    const tokenizer = tokenizerFromJSON(json);
    expect(tokenizer.vocabSize).toBe(8);
    expect(tokenizer.encode('abca')).toEqual([0, 6, 0]);
    expect(tokenizer.decode([0, 6, 7, 5], { skipSpecialTokens: true })).toBe('abc');
    expect([...tokenizer.specialTokens]).toEqual([
      ['<s>', 5],
      ['<e>', 7],
    ]);
    expect(tokenizerFromJSON(tokenizer.toJSON()).encode('abca')).toEqual([0, 6, 0]);
  });

  it('take __proto__ for a token like any other', () => {
    const json = wordFile('model.vocab', JSON.parse('{"<unk>":0,"__proto__":1,"constructor":2}'));
    const tokenizer = tokenizerFromJSON(replaced(json, 'pre_tokenizer.pattern.Regex', '\\S+'));
    expect(tokenizer.encode('constructor')).toEqual([2]);
    expect(tokenizer.encode('__proto__')).toEqual([1]);
    expect(JSON.stringify(tokenizer)).toContain('"__proto__":1');
  });
});

describe('tokenizerFromJSON refuses', () => {
  it.each([
    [undefined, 'the document is missing; expected an object'],
    [null, 'the document is null'],
    [7, 'the document is 7'],
    [[], 'the document is a list of 0'],
    [{}, 'version is missing; expected "1.0"'],
    [JSON.parse('{"__proto__": {"version": "1.0"}}'), 'version is missing'],
    [Object.create(bytePairFile()), 'version is missing'],
    ['{"version":"1.0"}', 'tokenizerFromJSON got a string; expected an object: JSON.parse the text first'],
  ])('%j', (json, message) => {
    expect(() => tokenizerFromJSON(json)).toThrow(message);
  });

  it.each([
    ['version', '2.0', 'version is "2.0"; expected "1.0"'],
    ['normalizer', { type: 'NFC' }, 'normalizer is an object; expected null'],
    ['truncation', { max_length: 3 }, 'truncation is an object; expected null'],
    ['padding', {}, 'padding is an object; expected null'],
    ['model', undefined, 'model is missing; expected an object'],
    ['model', JSON.parse('{"__proto__": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}'), 'model.type is missing; expected a string'],
    ['model.type', 'Unigram', 'model.type is "Unigram"; expected "BPE" or "WordLevel"'],
    ['model.type', '__proto__', 'model.type is "__proto__"; expected "BPE" or "WordLevel"'],
    ['model.type', 5, 'model.type is 5; expected a string'],
    ['model.vocab', undefined, 'model.vocab is missing; expected an object'],
    ['model.vocab', ['a'], 'model.vocab is a list of 1; expected an object'],
    ['model.vocab', {}, 'added_tokens[0].id is 5; expected an id from 0 to 0'],
    ['model.vocab', { ...vocab, abc: 7 }, 'model.vocab["abc"] is 7; expected an id from 0 to 5, since there are 6 tokens and ids have no holes'],
    ['model.vocab', { ...vocab, abc: 3 }, 'model.vocab["abc"] is 3; expected an id of its own; "ab" has it already'],
    ['model.vocab', { ...vocab, abc: -1 }, 'model.vocab["abc"] is -1'],
    ['model.vocab', { ...vocab, abc: 1.5 }, 'model.vocab["abc"] is 1.5'],
    ['model.vocab', { ...vocab, abc: 4294967300 }, 'model.vocab["abc"] is 4294967300'],
    ['model.vocab', { ...vocab, abc: '4' }, 'model.vocab["abc"] is "4"'],
    ['model.vocab', { ...vocab, abc: null }, 'model.vocab["abc"] is null'],
    ['model.vocab', JSON.parse('{"a":0,"b":1,"c":2,"ab":3,"abc":4,"<s>":5,"__proto__":{"x":1}}'), 'model.vocab["__proto__"] is an object'],
    ['model.vocab', { ...vocab, '': 6 }, 'model.vocab[""] is 6; expected a token of at least one character'],
    ['model.vocab', { ...vocab, '\uD800': 6 }, 'model.vocab["\\ud800"] is 6; expected a token of at least one character, without lone surrogates'],
    ['model.vocab', { ...vocab, 'a b': 6 }, 'model: Token 6, "a b", is no byte-level token'],
    ['model.merges', undefined, 'model.merges is missing; expected a list'],
    ['model.merges', {}, 'model.merges is an object; expected a list'],
    ['model.merges', [['a', 'x']], 'model: merges[0], "a" and "x", needs the token "x", which is not in the vocabulary'],
    ['model.merges', [['b', 'c']], 'model: merges[0], "b" and "c", needs the token "bc"'],
    ['model.merges', [['a', 'b'], ['a', 'b']], 'model: merges[1], "a" and "b", repeats merges[0]'],
    ['model.merges', [['__proto__', 'a']], 'model: merges[0], "__proto__" and "a", needs the token "__proto__"'],
    ['model.merges', [['a', 'b', 'c']], 'model.merges[0] is a list of 3; expected two tokens'],
    ['model.merges', ['a b', 'abc'], 'model.merges[1] is "abc"; expected two tokens'],
    ['model.merges', ['a  b'], 'model.merges[0] is "a  b"; expected two tokens'],
    ['model.merges', [['a', 7]], 'model.merges[0][1] is 7; expected a string'],
    ['model.merges', [7], 'model.merges[0] is 7; expected a list'],
    ['model.dropout', 0.1, 'model.dropout is 0.1; expected null'],
    ['model.fuse_unk', true, 'model.fuse_unk is true; expected false'],
    ['model.byte_fallback', true, 'model.byte_fallback is true'],
    ['model.ignore_merges', true, 'model.ignore_merges is true'],
    ['model.continuing_subword_prefix', '##', 'model.continuing_subword_prefix is "##"; expected null'],
    ['model.end_of_word_suffix', '</w>', 'model.end_of_word_suffix is "</w>"; expected null'],
    ['model.unk_token', 7, 'model.unk_token is 7; expected a string'],
    ['added_tokens', {}, 'added_tokens is an object; expected a list'],
    ['added_tokens', [7], 'added_tokens[0] is 7; expected an object'],
    ['added_tokens', [special(5, 7)], 'added_tokens[0].content is 7; expected a string'],
    ['added_tokens', [special(6, '')], 'added_tokens[0].content is ""; expected at least one character'],
    ['added_tokens', [special(4, '<s>')], 'added_tokens[0].id is 4; expected 5, the id that model.vocab gives to "<s>"'],
    ['added_tokens', [special(7, '<e>')], 'added_tokens[0].id is 7; expected an id from 0 to 6'],
    ['added_tokens', [special(undefined, '<e>')], 'added_tokens[0].id is missing'],
    ['added_tokens', [special(0, '<e>')], 'added_tokens[0].id is 0; expected an id of its own; "a" has it already'],
    ['added_tokens', [special(6, '<e>'), special(6, '<e>')], 'added_tokens[1].content is "<e>"; expected a token that was not added before'],
    ['added_tokens', [special(5, '<s>', { lstrip: true })], 'added_tokens[0].lstrip is true; expected false'],
    ['added_tokens', [special(5, '<s>', { rstrip: true })], 'added_tokens[0].rstrip is true'],
    ['added_tokens', [special(5, '<s>', { single_word: true })], 'added_tokens[0].single_word is true'],
    ['added_tokens', [special(5, '<s>', { special: 'yes' })], 'added_tokens[0].special is "yes"; expected true or false'],
    ['added_tokens', [special(5, '<s>', { normalized: 1 })], 'added_tokens[0].normalized is 1; expected true or false'],
    ['pre_tokenizer', null, 'pre_tokenizer is null; expected an object'],
    ['pre_tokenizer.type', 'Metaspace', 'pre_tokenizer.type is "Metaspace"; expected "ByteLevel"'],
    ['pre_tokenizer.add_prefix_space', true, 'pre_tokenizer.add_prefix_space is true; expected false'],
    ['pre_tokenizer.add_prefix_space', undefined, 'pre_tokenizer.add_prefix_space is missing; expected false'],
    ['pre_tokenizer.use_regex', false, 'pre_tokenizer.use_regex is false; expected true'],
    ['pre_tokenizer', { type: 'Sequence', pretokenizers: [] }, 'pre_tokenizer.pretokenizers is a list of 0; expected two steps'],
    ['pre_tokenizer', { type: 'Sequence', pretokenizers: [{ type: 'Digits' }, { type: 'ByteLevel', add_prefix_space: false, use_regex: false }] }, 'pre_tokenizer.pretokenizers[0].type is "Digits"; expected "Split"'],
    ['pre_tokenizer', { type: 'Sequence', pretokenizers: [{ type: 'Split' }, { type: 'ByteLevel', add_prefix_space: false, use_regex: true }] }, 'pre_tokenizer.pretokenizers[1].use_regex is true; expected false'],
    ['post_processor', { type: 'TemplateProcessing' }, 'post_processor.type is "TemplateProcessing"; expected null or "ByteLevel"'],
    ['decoder', null, 'decoder is null; expected an object'],
    ['decoder.type', 'WordPiece', 'decoder.type is "WordPiece"; expected "ByteLevel"'],
  ])('byte pairs with %s %j', (path, value, message) => {
    const load = (): unknown => tokenizerFromJSON(bytePairFile(path, value));
    expect(load).toThrow(RangeError);
    expect(load).toThrow(`tokenizer.json: ${message}`);
  });

  it.each([
    ['model.vocab', { '<unk>': 0, a: 2 }, 'model.vocab["a"] is 2; expected an id from 0 to 1'],
    ['model.unk_token', {}, 'model.unk_token is an object; expected a string'],
    ['pre_tokenizer.type', 'Whitespace', 'pre_tokenizer.type is "Whitespace"; expected "Split"'],
    ['pre_tokenizer.behavior', 'Removed', 'pre_tokenizer.behavior is "Removed"; expected "Isolated"'],
    ['pre_tokenizer.invert', true, 'pre_tokenizer.invert is true; expected false'],
    ['pre_tokenizer.pattern', 'a', 'pre_tokenizer.pattern is "a"; expected an object'],
    ['pre_tokenizer.pattern', { String: ' ' }, 'pre_tokenizer.pattern.Regex is missing; expected a string'],
    ['pre_tokenizer.pattern.Regex', '(x+x+)+y', 'pre_tokenizer.pattern.Regex: The pattern "(x+x+)+y" holds ")+", a group that repeats'],
    ['pre_tokenizer.pattern.Regex', '[', 'pre_tokenizer.pattern.Regex: The pattern "[" is no regular expression'],
    ['post_processor', { type: 'ByteLevel' }, 'post_processor is an object; expected null'],
    ['decoder.type', 'Metaspace', 'decoder.type is "Metaspace"; expected "Fuse"'],
  ])('words with %s %j', (path, value, message) => {
    expect(() => tokenizerFromJSON(wordFile(path, value))).toThrow(`tokenizer.json: ${message}`);
  });

  it('words where the text is cut into characters', () => {
    const words = new WordTokenizer({ tokens: ['a', 'bc'] }).toJSON();
    expect(() => tokenizerFromJSON(replaced(words, 'pre_tokenizer.pattern.Regex', '[\\s\\S]'))).toThrow('tokenizer.json: model: Token 1, "bc", is more than one character');
  });

  it('any other damage by name, or works', () => {
    const damaged = fc.oneof(fc.constantFrom(bytePairFile(), wordFile()), fc.constant(CharacterTokenizer.train('abc').toJSON())).chain((json) => {
      const paths = pathsOf(json);
      return fc.tuple(fc.constant(json), fc.constantFrom(...paths), fc.option(fc.jsonValue(), { nil: undefined }));
    });
    let refused = 0;
    fc.assert(
      fc.property(damaged, ([json, path, value]) => {
        let tokenizer: Tokenizer;
        try {
          tokenizer = tokenizerFromJSON(replaced(json, path, value));
        } catch (error) {
          expect((error as Error).message).toMatch(/^tokenizer\.json: .*(expected|needs|repeats|is no|holds|is more|matches)/);
          refused++;
          return;
        }
        for (let id = 0; id < tokenizer.vocabSize; id++) {
          expect(tokenizer.tokenToId(tokenizer.idToToken(id) as string)).toBe(id);
          expect(tokenizer.tokenBytes(id).length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});

/** The path of every field of a document, at every depth. */
function pathsOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [path];
  const below = Object.entries(value).flatMap(([key, field]) => pathsOf(field, path === '' ? key : `${path}.${key}`));
  return path === '' ? below : [path, ...below];
}
