// The real Hugging Face implementation, to compare with.
import { Tiktoken } from 'tiktoken';
import { type PreTokenizer, Tokenizer as NativeTokenizer } from 'tokenizers';
import type { Tokenizer } from '@kk/tokenizer';

export class Reference {
  readonly native: NativeTokenizer;

  /** @param tokenizer  one of ours, or anything else whose JSON text is a tokenizer.json */
  constructor(tokenizer: Tokenizer | object) {
    this.native = NativeTokenizer.fromString(JSON.stringify(tokenizer));
  }

  async encode(text: string): Promise<number[]> {
    return (await this.native.encode(text)).getIds();
  }

  async decode(ids: number[], skipSpecialTokens = false): Promise<string> {
    return this.native.decode(ids, skipSpecialTokens);
  }
}

/** The reference's Split with a regular expression. */
function splitter(pattern: string): PreTokenizer {
  const native = NativeTokenizer.fromString(
    JSON.stringify({
      version: '1.0',
      pre_tokenizer: { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
      model: { type: 'WordLevel', vocab: {}, unk_token: '' },
    }),
  );
  return native.getPreTokenizer() as PreTokenizer;
}

/** The pieces that the reference cuts a text into. */
export function referencePieces(pattern: string, text: string): string[] {
  return splitter(pattern)
    .preTokenizeString(text)
    .map(([piece]) => piece);
}

/** The matches that tiktoken cuts a text into; it drops what is between them. Every part of the text is a token, so that each match is one. */
export function tiktokenPieces(pattern: string, text: string): string[] {
  const bytes = Buffer.from(text);
  const tokens = new Set(Array.from({ length: 256 }, (_, byte) => Buffer.of(byte).toString('base64')));
  for (let length = 2; length <= bytes.length; length++) for (let start = 0; start + length <= bytes.length; start++) tokens.add(bytes.toString('base64', start, start + length));
  const native = new Tiktoken([...tokens].map((token, rank) => `${token} ${rank}`).join('\n'), {}, pattern);
  const pieces = [...native.encode_ordinary(text)].map((id) => Buffer.from(native.decode_single_token_bytes(id)).toString());
  native.free();
  return pieces;
}

const categories = (['L', 'M', 'N'] as const).map((category) => ({ ours: new RegExp(`\\p{${category}}`, 'u'), theirs: splitter(`a\\p{${category}}`) }));
const known = new Map<string, boolean>();

/** The text without characters that one side takes for letters, marks or digits and the other does not: the two carry different versions of Unicode. */
export function withoutNewCharacters(text: string): string {
  return [...text].filter((character) => known.get(character) ?? remember(character)).join('');
}

function remember(character: string): boolean {
  // The pattern cuts before the exclamation mark when the character is of the category, and nowhere else.
  const alike = categories.every(({ ours, theirs }) => ours.test(character) === theirs.preTokenizeString(`a${character}!`).length > 1);
  known.set(character, alike);
  return alike;
}
