// Defines the result of encodeWithDetails: lists of equal length, one entry per token of the text.

/** How a token came about, for visualizations. */
export type TokenOrigin =
  /** A special or other added token, found as a whole. */
  | 'added'
  /** The first token of a piece: the pre-tokenizer cut before it. */
  | 'piece'
  /** A later token of a piece: the model cut before it. */
  | 'subword'
  /** The unknown token, for characters that have no token. */
  | 'unknown'
  /** One byte of a character that has no token. */
  | 'byte'
  /** Added by the template; not in the text. */
  | 'template'
  /** Added as padding; not in the text. */
  | 'padding';

/** A range of the text in UTF-16 units: `start` inclusive, `end` exclusive. */
export type Range = [start: number, end: number];

/** A piece of the text as the model saw it, after normalizing and cutting. */
export interface EncodedPiece {
  text: string;
  /** Its range in the original text, in UTF-16 units. */
  range: Range;
}

export interface Encoding {
  ids: number[];
  /** The token of each id, as in `idToToken`. */
  tokens: string[];
  /** The range of each token in its text, in UTF-16 units: `text.slice(...offset)`. [0, 0] for tokens that are not in the text. */
  offsets: Range[];
  /** The offsets in bytes of UTF-8; only with the option `byteOffsets`. */
  byteOffsets?: Range[];
  /** The index of each token's piece within its text; null for tokens that are not in the text. */
  wordIds: (number | null)[];
  /** 0 for tokens of the first text, 1 for the second, null for tokens in neither. */
  sequenceIds: (0 | 1 | null)[];
  /** The type ids from the template; 0 without a template. */
  typeIds: number[];
  /** 1 for tokens that the template or the padding added. */
  specialTokensMask: (0 | 1)[];
  /** 0 for padding. */
  attentionMask: (0 | 1)[];
  origins: TokenOrigin[];
  /** The pieces of the first text, then those of the second. */
  pieces: EncodedPiece[][];
  /** What truncation cut off, in parts of the same length, each with template and padding. */
  overflowing: Encoding[];
}

/** One token with its details, as collected for an Encoding. */
export interface TokenRow {
  id: number;
  start: number;
  end: number;
  word: number | null;
  sequence: 0 | 1 | null;
  typeId: number;
  origin: TokenOrigin;
  /** The token's text if it differs from the vocabulary: an added token with the white space around it. */
  surface?: string;
  /** A token that is not in the vocabulary; templates may contain one. */
  token?: string;
}

/** Rows that are listed in one step. */
const LISTED_AT_ONCE = 2 ** 16;

/**
 * Lists what is known of each token, in steps; yields the share of the tokens that are listed.
 * @param texts  the texts, if byte offsets are wanted
 */
export function* encodingInSteps(rows: readonly TokenRow[], pieces: EncodedPiece[][], tokenOf: (id: number) => string, texts: readonly string[] | undefined): Generator<number, Encoding, void> {
  const encoding: Encoding = { ids: [], tokens: [], offsets: [], wordIds: [], sequenceIds: [], typeIds: [], specialTokensMask: [], attentionMask: [], origins: [], pieces, overflowing: [] };
  const places = texts?.map(bytePlaces);
  const byteOffsets: Range[] = [];
  for (const [i, { id, start, end, word, sequence, typeId, origin, token }] of rows.entries()) {
    encoding.ids.push(id);
    encoding.tokens.push(token ?? tokenOf(id));
    encoding.offsets.push([start, end]);
    encoding.wordIds.push(word);
    encoding.sequenceIds.push(sequence);
    encoding.typeIds.push(typeId);
    encoding.specialTokensMask.push(origin === 'template' || origin === 'padding' ? 1 : 0);
    encoding.attentionMask.push(origin === 'padding' ? 0 : 1);
    encoding.origins.push(origin);
    if (places) byteOffsets.push(sequence === null ? [0, 0] : [places[sequence][start], places[sequence][end]]);
    if ((i + 1) % LISTED_AT_ONCE === 0) yield (i + 1) / rows.length;
  }
  return places ? { ...encoding, byteOffsets } : encoding;
}

/** For every UTF-16 unit of a text, and for its end: the number of UTF-8 bytes before its character. */
function bytePlaces(text: string): Uint32Array {
  const places = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    places[i] = bytes;
    if (code > 0xffff) places[++i] = bytes;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  places[text.length] = bytes;
  return places;
}
