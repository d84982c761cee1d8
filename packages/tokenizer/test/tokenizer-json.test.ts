// A tokenizer.json is somebody else's file: whatever is wrong with it is refused by name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer, CharacterTokenizer, StreamEncoder, type Tokenizer, tokenizerFromJSON, WORD_PATTERN, WordTokenizer } from '@kk/tokenizer';
import { Reference } from './support/reference.js';
import { all } from './support/trained.js';

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

it('two added tokens that claim one id have the ids of the reference: the later one gets the next free id', async () => {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  const file: Json = JSON.parse(JSON.stringify({ ...bytePairFile(), added_tokens: [special(5, '<s>', flags), special(6, '<a>', flags), special(6, '<b>', flags), special(7, '<c>', flags)] }));
  const tokenizer = tokenizerFromJSON(file);
  expect([...tokenizer.specialTokens]).toEqual([['<s>', 5], ['<a>', 6], ['<b>', 7], ['<c>', 8]]);
  const reference = new Reference(file);
  for (const text of ['<a>', '<b>', '<c>', 'ab<s><c>c']) expect(tokenizer.encode(text, { allowedSpecial: 'all' })).toEqual(await reference.encode(text));
});

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
    ['normalizer', { type: 'NFX' }, 'normalizer.type is "NFX"; expected one of NFC, NFD'],
    ['normalizer', 'NFC', 'normalizer is "NFC"; expected an object'],
    ['normalizer', { type: '__proto__' }, 'normalizer.type is "__proto__"; expected one of NFC'],
    ['normalizer', { type: 'constructor' }, 'normalizer.type is "constructor"; expected one of NFC'],
    ['normalizer', { type: 'Sequence', normalizers: { length: 1 } }, 'normalizer.normalizers is an object; expected a list'],
    ['normalizer', { type: 'Strip', strip_left: 1 }, 'normalizer.strip_left is 1; expected true or false'],
    ['normalizer', { type: 'Replace', pattern: { Regex: 'a(?~b)' }, content: '' }, 'normalizer.pattern.Regex: The pattern "a(?~b)'],
    ['normalizer', { type: 'Replace', pattern: { String: 'a' } }, 'normalizer.content is missing; expected a string'],
    ['normalizer', { type: 'Prepend', prepend: 7 }, 'normalizer.prepend is 7; expected a string'],
    ['normalizer', { type: 'Precompiled', precompiled_charsmap: 'AAAA?' }, 'normalizer.precompiled_charsmap is "AAAA?"; expected bytes as Base64'],
    ['normalizer', { type: 'Precompiled', precompiled_charsmap: '////////' }, 'normalizer.precompiled_charsmap: The table of 6 bytes says that its trie has 4294967295'],
    ['normalizer', nested(20, (inner) => ({ type: 'Sequence', normalizers: [inner] }), { type: 'NFC' }), 'normalizer.normalizers[0].normalizers[0]'],
    ['truncation', { max_length: -3 }, 'truncation.max_length is -3; expected an integer from 0'],
    ['truncation', { max_length: 3, strategy: 'Longest' }, 'truncation.strategy is "Longest"; expected "LongestFirst" or'],
    ['padding', {}, 'padding.strategy is missing; expected an object'],
    ['padding', { strategy: 'BatchLongest', pad_id: 99, pad_token: 'a', pad_type_id: 0 }, 'padding.pad_id is 99; expected an integer from 0 to 5'],
    ['padding', { strategy: { Fixed: 1e99 }, pad_id: 0, pad_token: 'a', pad_type_id: 0 }, 'padding.strategy.Fixed is 1e+99; expected an integer'],
    ['model', undefined, 'model is missing; expected an object'],
    ['model', JSON.parse('{"__proto__": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}'), 'model.type is missing; expected a string'],
    ['model.type', 'Unigrams', 'model.type is "Unigrams"; expected "BPE" or "WordPiece" or "WordLevel" or "Unigram"'],
    ['model.type', '__proto__', 'model.type is "__proto__"; expected "BPE"'],
    ['model.type', 5, 'model.type is 5; expected a string'],
    ['model.vocab', undefined, 'model.vocab is missing; expected an object'],
    ['model.vocab', ['a'], 'model.vocab is a list of 1; expected an object'],
    ['model.vocab', {}, 'model: A vocabulary needs at least one token'],
    ['model.vocab', { ...vocab, abc: 10_006 }, 'model.vocab["abc"] is 10006; expected an id from 0 to 10005, since there are 6 tokens'],
    ['model.vocab', { ...vocab, abc: 3 }, 'model.vocab["abc"] is 3; expected an id of its own; "ab" has it already'],
    ['model.vocab', { ...vocab, abc: -1 }, 'model.vocab["abc"] is -1'],
    ['model.vocab', { ...vocab, abc: 1.5 }, 'model.vocab["abc"] is 1.5'],
    ['model.vocab', { ...vocab, abc: 4294967300 }, 'model.vocab["abc"] is 4294967300'],
    ['model.vocab', { ...vocab, abc: '4' }, 'model.vocab["abc"] is "4"'],
    ['model.vocab', { ...vocab, abc: null }, 'model.vocab["abc"] is null'],
    ['model.vocab', JSON.parse('{"a":0,"b":1,"c":2,"ab":3,"abc":4,"<s>":5,"__proto__":{"x":1}}'), 'model.vocab["__proto__"] is an object'],
    ['model.vocab', { ...vocab, '': 6 }, 'model.vocab[""] is 6; expected a token of at least one character'],
    ['model.vocab', { ...vocab, '\uD800': 6 }, 'model.vocab["\\ud800"] is 6; expected a token of at least one character, without lone surrogates'],
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
    ['model.dropout', 1.1, 'model.dropout is 1.1; expected a number from 0 to 1'],
    ['model.fuse_unk', 1, 'model.fuse_unk is 1; expected true or false'],
    ['model.merges_per_rank', [1], 'model.merges_per_rank is a list of 1; expected numbers whose sum is the number of merges, 2'],
    ['model.merges_per_rank', [3], 'model.merges_per_rank[0] is 3; expected an integer from 1 to 2'],
    ['model.byte_fallback', 'yes', 'model.byte_fallback is "yes"; expected true or false'],
    ['model.continuing_subword_prefix', 5, 'model.continuing_subword_prefix is 5; expected a string'],
    ['model.unk_token', 7, 'model.unk_token is 7; expected a string'],
    ['added_tokens', {}, 'added_tokens is an object; expected a list'],
    ['added_tokens', [7], 'added_tokens[0] is 7; expected an object'],
    ['added_tokens', [special(5, 7)], 'added_tokens[0].content is 7; expected a string'],
    ['added_tokens', [special(6, '')], 'added_tokens[0].content is ""; expected at least one character'],
    ['added_tokens', [special(4, '<s>')], 'added_tokens[0].id is 4; expected 5, the id that model.vocab gives to "<s>"'],
    ['added_tokens', [special(10_007, '<e>')], 'added_tokens[0].id is 10007; expected an id from 0 to 10006'],
    ['added_tokens', [special(undefined, '<e>')], 'added_tokens[0].id is missing'],
    ['added_tokens', [special(0, '<e>')], 'added_tokens[0].id is 0; expected an id of its own; "a" has it already'],
    ['added_tokens', [special(6, '<e>'), special(6, '<e>')], 'added_tokens[1].content is "<e>"; expected a token that was not added before'],
    ['added_tokens', [special(5, '<s>', { lstrip: 1 })], 'added_tokens[0].lstrip is 1; expected true or false'],
    ['added_tokens', [special(5, '<s>', { special: 'yes' })], 'added_tokens[0].special is "yes"; expected true or false'],
    ['added_tokens', [special(5, '<s>', { normalized: 1 })], 'added_tokens[0].normalized is 1; expected true or false'],
    ['pre_tokenizer.type', 'Metaspaces', 'pre_tokenizer.type is "Metaspaces"; expected one of ByteLevel, Whitespace'],
    ['pre_tokenizer.add_prefix_space', 'no', 'pre_tokenizer.add_prefix_space is "no"; expected true or false'],
    ['pre_tokenizer', { type: 'Metaspace', replacement: '__' }, 'pre_tokenizer.replacement is "__"; expected a single character'],
    ['pre_tokenizer', { type: 'Metaspace', replacement: '_', prepend_scheme: 'last' }, 'pre_tokenizer.prepend_scheme is "last"; expected "always" or "first" or "never"'],
    ['pre_tokenizer', { type: 'FixedLength', length: 1e9 }, 'pre_tokenizer.length is 1000000000; expected an integer from 1 to 65535'],
    ['pre_tokenizer', { type: 'Sequence', pretokenizers: [{ type: 'Split' }] }, 'pre_tokenizer.pretokenizers[0].pattern is missing; expected an object'],
    ['post_processor', { type: 'TemplateProcessing' }, 'post_processor.special_tokens is missing; expected an object'],
    ['post_processor', { type: 'BertProcessing', sep: ['a', 6], cls: ['a', 0] }, 'post_processor.sep[1] is 6; expected an integer from 0 to 5'],
    ['post_processor', { type: 'BertProcessing', sep: ['a'], cls: ['a', 0] }, 'post_processor.sep is a list of 1; expected a token and its id'],
    ['post_processor', { type: 'TemplateProcessing', special_tokens: {}, single: [{ SpecialToken: { id: '__proto__', type_id: 0 } }], pair: [] }, 'post_processor.single[0].SpecialToken.id is "__proto__"; expected a token of special_tokens'],
    ['post_processor', { type: 'TemplateProcessing', special_tokens: { x: { id: 'x', ids: [0, 1], tokens: ['a'] } }, single: [], pair: [] }, 'post_processor.special_tokens["x"].tokens is a list of 1; expected 2 tokens'],
    ['post_processor', { type: 'TemplateProcessing', special_tokens: {}, single: [{ Sequence: { id: 'B', type_id: 0 } }], pair: [] }, 'post_processor.single is a list of 1; expected a template without a second text'],
    ['post_processor', { type: 'Sequence', processors: [{ type: 'BertProcessing', sep: ['a', 0], cls: ['a', 0] }, { type: 'BertProcessing', sep: ['a', 0], cls: ['a', 0] }] }, 'post_processor: 2 of the post-processors add tokens'],
    ['decoder.type', 'Word', 'decoder.type is "Word"; expected one of ByteLevel'],
    ['decoder', { type: 'Strip', content: ' ', start: -1, stop: 0 }, 'decoder.start is -1; expected an integer from 0'],
  ])('byte pairs with %s %j', (path, value, message) => {
    const load = (): unknown => tokenizerFromJSON(bytePairFile(path, value));
    expect(load).toThrow(RangeError);
    expect(load).toThrow(`tokenizer.json: ${message}`);
  });

  it.each([
    ['model.unk_token', {}, 'model.unk_token is an object; expected a string'],
    ['pre_tokenizer.behavior', 'Remove', 'pre_tokenizer.behavior is "Remove"; expected "Removed" or "Isolated"'],
    ['pre_tokenizer.invert', 1, 'pre_tokenizer.invert is 1; expected true or false'],
    ['pre_tokenizer.pattern', 'a', 'pre_tokenizer.pattern is "a"; expected an object'],
    ['pre_tokenizer.pattern', { Strings: ' ' }, 'pre_tokenizer.pattern.Regex is missing; expected a string'],
    ['pre_tokenizer.pattern.Regex', 'x\\K', 'pre_tokenizer.pattern.Regex: The pattern "x\\\\K" holds "\\\\K", which cannot be translated'],
    ['pre_tokenizer.pattern.Regex', '[', 'pre_tokenizer.pattern.Regex: The pattern "[" holds "[", a class that does not end'],
    ['model', { type: 'Unigram', vocab: [['<unk>', 0], ['<unk>', 1]], unk_id: 0 }, 'model.vocab[1][0] is "<unk>"; expected a token of its own'],
    ['model', { type: 'Unigram', vocab: [['<unk>', 0]], unk_id: 1 }, 'model.unk_id is 1; expected an integer from 0 to 0'],
    ['model', { type: 'Unigram', vocab: [['<unk>', '0']] }, 'model.vocab[0][1] is "0"; expected a number'],
    ['model', { type: 'Unigram', vocab: [['<unk>']] }, 'model.vocab[0] is a list of 1; expected a token and its score'],
    ['model', { type: 'WordPiece', vocab: { '<unk>': 0 } }, 'model.unk_token is missing; expected a string'],
    ['model', { type: 'WordPiece', vocab: { '<unk>': 0 }, unk_token: 'a', max_input_chars_per_word: -1 }, 'model.max_input_chars_per_word is -1; expected an integer'],
  ])('words with %s %j', (path, value, message) => {
    expect(() => tokenizerFromJSON(wordFile(path, value))).toThrow(`tokenizer.json: ${message}`);
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
          expect((error as Error).message).toMatch(/^tokenizer\.json: .*(expected|needs|repeats|is no|holds|is more|matches)/s);
          refused++;
          return;
        }
        for (let id = 0; id < tokenizer.vocabSize; id++) {
          const token = tokenizer.idToToken(id);
          if (token === undefined) continue;
          expect(tokenizer.tokenToId(token)).toBe(id);
          expect(tokenizer.tokenBytes(id)).toBeInstanceOf(Uint8Array);
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});

/** A component inside of itself. */
function nested(depth: number, wrap: (inner: object) => object, innermost: object): object {
  return depth === 0 ? innermost : wrap(nested(depth - 1, wrap, innermost));
}

/** The path of every field of a document, at every depth. */
function pathsOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [path];
  const below = Object.entries(value).flatMap(([key, field]) => pathsOf(field, path === '' ? key : `${path}.${key}`));
  return path === '' ? below : [path, ...below];
}

describe('byte pairs over characters without an unknown token', () => {
  const model = { type: 'BPE', vocab: { a: 0, b: 1, c: 2, ab: 3, abc: 4, ' ': 5 }, merges: [['a', 'b'], ['ab', 'c']] };

  it('leave out characters without a token, as the reference does, and merge their neighbours', async () => {
    const file = { version: '1.0', added_tokens: [], pre_tokenizer: null, model: { ...model, unk_token: null } };
    const tokenizer = tokenizerFromJSON(file);
    const reference = new Reference(file);
    expect(tokenizer.encode('axbé c')).toEqual([3, 5, 2]);
    const { offsets, origins } = tokenizer.encodeWithDetails('axbéc😀');
    expect([offsets, origins]).toEqual([[[0, 5]], ['piece']]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'x', 'é', '😀', ' ', '\n'), maxLength: 200 }), async (text) => {
        expect(tokenizer.encode(text)).toEqual(await reference.encode(text));
      }),
      { numRuns: 200 },
    );
  });

  it('are an error where the file names an unknown token that it lacks', () => {
    const tokenizer = tokenizerFromJSON({ version: '1.0', added_tokens: [], pre_tokenizer: null, model: { ...model, unk_token: '<unk>' } });
    expect(() => tokenizer.encode('axb')).toThrow('Cannot encode "x" (U+0078): it is no token, and the unknown token "<unk>" is not in the vocabulary.');
  });
});

describe('texts that arrive in parts', () => {
  const model = { type: 'BPE', unk_token: null, vocab: { a: 0, '▁': 1, 'a▁': 2, '▁a': 3, Ġ: 4, 'aĠ': 5, 'Ġa': 6 }, merges: [['a', '▁'], ['▁', 'a'], ['a', 'Ġ'], ['Ġ', 'a']] };
  const toSign = { type: 'Replace', pattern: { String: ' ' }, content: '▁' };
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
  const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: false };

  it.each([
    ['spaces are written otherwise before words are cut', toSign, { type: 'WhitespaceSplit' }],
    ['the same before the words of BERT are cut', toSign, { type: 'BertPreTokenizer' }],
    ['bytes are spelled before words are cut', null, { type: 'Sequence', pretokenizers: [byteLevel, { type: 'WhitespaceSplit' }] }],
    ['spaces become signs before words are cut', null, { type: 'Sequence', pretokenizers: [metaspace, { type: 'BertPreTokenizer' }] }],
    ['words are cut', null, { type: 'WhitespaceSplit' }],
  ])('have the ids of the whole where %s', (_name, normalizer, preTokenizer) => {
    const tokenizer = tokenizerFromJSON({ version: '1.0', added_tokens: [], normalizer, pre_tokenizer: preTokenizer, model });
    const encoder = new StreamEncoder(tokenizer);
    expect([...encoder.push('a a '), ...encoder.push('a'), ...encoder.push(' a a a'), ...encoder.end()]).toEqual(tokenizer.encode('a a a a a a'));
    const long = 'a '.repeat(500) + 'a';
    const steps = tokenizer.encodeWithDetailsInSteps(long, { unitsPerStep: 100 });
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value.ids).toEqual(tokenizer.encode(long));
  });
});

it('white space that one added token took is not taken again by the next, as in the reference', async () => {
  const flags = { single_word: false, normalized: false, special: false };
  const model = { type: 'BPE', unk_token: null, vocab: { a: 0 }, merges: [] };
  for (const [added, text] of [
    [[{ ...flags, id: 1, content: '\n', lstrip: true, rstrip: true }], 'a\n\na'],
    [[{ ...flags, id: 1, content: 'é', lstrip: false, rstrip: true }, { ...flags, id: 2, content: ' a', lstrip: true, rstrip: false }], 'é a'],
  ] as const) {
    const file = { version: '1.0', added_tokens: added, pre_tokenizer: null, model };
    const reference = await new Reference(file).native.encode(text);
    const { ids, offsets } = tokenizerFromJSON(file).encodeWithDetails(text);
    expect([ids, offsets]).toEqual([reference.getIds(), reference.getOffsets()]);
  }
});
