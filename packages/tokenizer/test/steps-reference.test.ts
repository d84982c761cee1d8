// Every normalizer and every pre-tokenizer does what the reference's does: the same text, cut at the same places, from the same
// places of the original.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyCharacter, fileOf, inCodePoints, pipelineOf } from './support/pipelines.js';
import { Reference, withoutNewCharacters } from './support/reference.js';
import { texts, wellFormedText } from './support/texts.js';

const accents = 'E\u0301\u0327le\u0300ve ÀÉÎõü ﬁ ① Ａ ｶﾞ 각\u11A8 \u1100\u1161\u11A8 ẛ̣ İIı ΑΣ ς ß ẞ Ǆ a\u0328\u0301b \u0344 x\u0323\u0307';
const chinese = '我爱北京天安门，abc東京！𠀀x';
const samples = [...texts, accents, chinese, '  spaced   out  ', '\u200B\u200Fzero\u2581meta\u0000\u0001\uFFFD', 'The-final--countdown', '12a345 ½ⅧX', 'a_b c.d,e', '\u3000全角\u3000', 'ーカナかな漢字Latin кириллица عربى'];

const normalizers: object[] = [
  { type: 'NFC' },
  { type: 'NFD' },
  { type: 'NFKC' },
  { type: 'NFKD' },
  { type: 'Lowercase' },
  { type: 'Strip', strip_left: true, strip_right: true },
  { type: 'Strip', strip_left: false, strip_right: true },
  { type: 'StripAccents' },
  { type: 'Replace', pattern: { String: 'a' }, content: 'XY' },
  { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
  { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
  { type: 'Replace', pattern: { Regex: ' {2,}' }, content: '' },
  { type: 'Replace', pattern: { Regex: '[^(\\s|[.,!?])]$' }, content: '$' },
  { type: 'Replace', pattern: { Regex: '(?:\\w|_)+(?=[.,])' }, content: 'W' },
  { type: 'Replace', pattern: { Regex: '[a-f]+|\\b' }, content: '|' },
  { type: 'Replace', pattern: { Regex: '(?i)(?>s|\\s++)\\Bt' }, content: '' },
  { type: 'Prepend', prepend: '▁▁' },
  { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  { type: 'BertNormalizer', clean_text: false, handle_chinese_chars: true, strip_accents: true, lowercase: false },
  { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: false, strip_accents: false, lowercase: true },
  { type: 'Nmt' },
  { type: 'ByteLevel' },
  { type: 'Sequence', normalizers: [{ type: 'NFKD' }, { type: 'StripAccents' }, { type: 'Lowercase' }, { type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }] },
  { type: 'Sequence', normalizers: [] },
];

const split = (pattern: object, behavior: string, invert = false): object => ({ type: 'Split', pattern, behavior, invert });
const behaviors = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'];

const preTokenizers: object[] = [
  { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: false },
  { type: 'Whitespace' },
  { type: 'WhitespaceSplit' },
  { type: 'BertPreTokenizer' },
  { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
  { type: 'Metaspace', replacement: '_', prepend_scheme: 'never', split: true },
  { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false },
  { type: 'Digits', individual_digits: false },
  { type: 'Digits', individual_digits: true },
  { type: 'CharDelimiterSplit', delimiter: '-' },
  { type: 'CharDelimiterSplit', delimiter: ' ' },
  { type: 'UnicodeScripts' },
  { type: 'FixedLength', length: 3 },
  ...behaviors.map((behavior) => ({ type: 'Punctuation', behavior })),
  ...behaviors.flatMap((behavior) => [split({ String: '-' }, behavior), split({ Regex: '\\s+|a' }, behavior), split({ Regex: '\\p{L}+' }, behavior, true)]),
  split({ Regex: '\\s+$|^x' }, 'Isolated'),
  ...behaviors.flatMap((behavior) => [split({ Regex: '(?:\\w|_)+(?=[.,])' }, behavior), split({ Regex: '[a-f]+|\\b' }, behavior), split({ Regex: '\\w++|[[:punct:]]' }, behavior, true)]),
  split({ Regex: '(?=[A-Z])' }, 'Isolated'),
  split({ Regex: ' ?[^(\\s|[.,!?…。，、।۔،])]+' }, 'Isolated'),
  { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true }] },
  { type: 'Sequence', pretokenizers: [{ type: 'UnicodeScripts' }, { type: 'Punctuation', behavior: 'Contiguous' }, { type: 'Digits', individual_digits: true }] },
];

/**
 * Takes the characters out of a text that one of the two takes for another kind of character than the other: they carry different
 * versions of Unicode. That there are few such characters, and no common ones, is a test of its own.
 */
function withoutDifferences(ours: (text: string) => unknown, theirs: (text: string) => unknown): { clean(text: string): string; differs(character: string): boolean } {
  const known = new Map<string, boolean>();
  const differs = (character: string): boolean => {
    let answer = known.get(character);
    if (answer === undefined) {
      // Between letters a cut of one step may hide that of another; a space goes with any script.
      const probes = [`x${character}y`, character, `${character} `, ` ${character}`];
      known.set(character, (answer = probes.some((probe) => JSON.stringify(ours(probe)) !== JSON.stringify(theirs(probe)))));
    }
    return answer;
  };
  return { differs, clean: (text) => [...withoutNewCharacters(text)].filter((character) => !differs(character)).join('') };
}

function expectFewDifferences(differs: (character: string) => boolean): void {
  const different: number[] = [];
  for (let code = 0; code < 0x30000; code += code < 0x530 ? 1 : 499) {
    if (code < 0xd800 || code > 0xdfff) if (differs(String.fromCodePoint(code))) different.push(code);
  }
  expect(different.filter((code) => code < 0x530)).toEqual([]);
  expect(different.length).toBeLessThan(60);
}

describe.each(normalizers.map((normalizer) => [JSON.stringify(normalizer), normalizer] as const))('%s', (_name, normalizer) => {
  const reference = new Reference(fileOf({ normalizer, pre_tokenizer: everyCharacter }));
  const ours = pipelineOf({ normalizer, pre_tokenizer: everyCharacter });

  const { clean, differs } = withoutDifferences(
    (text) => ours.encodeWithDetails(text).pieces[0].map((piece) => piece.text).join(''),
    (text) => reference.native.getNormalizer()?.normalizeString(text),
  );

  it('knows the same characters', () => expectFewDifferences(differs));

  const compare = async (text: string): Promise<void> => {
    const { pieces, offsets } = ours.encodeWithDetails(text);
    expect(pieces[0].map((piece) => piece.text).join('')).toBe(reference.native.getNormalizer()?.normalizeString(text));
    expect(inCodePoints(text, offsets)).toEqual((await reference.native.encode(text)).getOffsets());
  };

  it('rewrites as the reference does, from the same places', async () => {
    for (const text of samples.map(clean)) await compare(text);
    await fc.assert(fc.asyncProperty(wellFormedText, (text) => compare(clean(text))), { numRuns: 30 });
  });

  it('gives the same ids when nobody asks for offsets', () => {
    for (const text of samples) expect(ours.encode(text)).toEqual(ours.encodeWithDetails(text).ids);
  });
});

describe.each(preTokenizers.map((preTokenizer) => [JSON.stringify(preTokenizer), preTokenizer] as const))('%s', (_name, preTokenizer) => {
  const reference = new Reference(fileOf({ pre_tokenizer: preTokenizer }));
  const ours = pipelineOf({ pre_tokenizer: preTokenizer });

  const { clean, differs } = withoutDifferences(
    (text) => ours.encodeWithDetails(text).pieces[0].map((piece) => piece.text),
    (text) => reference.native.getPreTokenizer()?.preTokenizeString(text).map(([piece]) => piece),
  );

  it('knows the same characters', () => expectFewDifferences(differs));

  const compare = async (text: string): Promise<void> => {
    const { pieces, offsets, wordIds } = ours.encodeWithDetails(text);
    expect(pieces[0].map((piece) => piece.text)).toEqual(reference.native.getPreTokenizer()?.preTokenizeString(text).map(([piece]) => piece));
    const encoding = await reference.native.encode(text);
    expect(inCodePoints(text, offsets)).toEqual(encoding.getOffsets());
    expect(wordIds).toEqual(encoding.getWordIds());
  };

  it('cuts as the reference does, at the same places', async () => {
    for (const text of samples.map(clean)) await compare(text);
    await fc.assert(fc.asyncProperty(wellFormedText, (text) => compare(clean(text))), { numRuns: 30 });
  });
});
