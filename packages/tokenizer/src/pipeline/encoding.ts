// What encodeWithDetails gives: everything known about each token of a text, one list per kind of knowledge, all of one length.

/** Why a token is one, for pictures. */
export type TokenOrigin =
  /** Found as a whole: a special or another added token. */
  | 'added'
  /** A piece begins here: the pre-tokenizer cut before it. */
  | 'piece'
  /** Goes on inside of a piece: the model cut before it. */
  | 'subword'
  /** Stands for characters that have no token. */
  | 'unknown'
  /** One byte of a character that has no token. */
  | 'byte'
  /** Not in the text: put around it for the model. */
  | 'template'
  /** Not in the text: it fills up. */
  | 'padding';

/** A range of the text: from the first to behind the last unit. */
export type Range = [start: number, end: number];

/** A piece of the text as the model saw it, after normalizing and cutting. */
export interface EncodedPiece {
  text: string;
  /** Where it stands in the original, in UTF-16 units. */
  range: Range;
}

export interface Encoding {
  ids: number[];
  /** The token of each id, as `idToToken` gives it. */
  tokens: string[];
  /** Where each token stands in its text, in UTF-16 units: `text.slice(...offset)`. [0, 0] for tokens that are not in the text. */
  offsets: Range[];
  /** The same in bytes of UTF-8; only when asked for. */
  byteOffsets?: Range[];
  /** The number of the piece that each token is part of, counted in its text; null for tokens that are not in the text. */
  wordIds: (number | null)[];
  /** 0 for the first text, 1 for the second, null for tokens that are in neither. */
  sequenceIds: (0 | 1 | null)[];
  /** What the template calls the texts; 0 where there is none. */
  typeIds: number[];
  /** 1 for tokens that the template or the padding added. */
  specialTokensMask: (0 | 1)[];
  /** 0 for padding. */
  attentionMask: (0 | 1)[];
  origins: TokenOrigin[];
  /** The pieces of the first text, and of the second. */
  pieces: EncodedPiece[][];
  /** What truncation cut off, in parts of the same length, each with its template and padding. */
  overflowing: Encoding[];
}

/** One token on its way into an Encoding. */
export interface TokenRow {
  id: number;
  start: number;
  end: number;
  word: number | null;
  sequence: 0 | 1 | null;
  typeId: number;
  origin: TokenOrigin;
  /** What the token looks like where that is not how the vocabulary spells it: an added token with the white space that it took. */
  surface?: string;
  /** A token that is not one of the vocabulary, as a template may have. */
  token?: string;
}

/** @param texts  the texts, where offsets in bytes are asked for */
export function encodingOf(rows: readonly TokenRow[], tokenOf: (id: number) => string, texts: readonly string[] | undefined): Encoding {
  const notInText = (row: TokenRow): boolean => row.origin === 'template' || row.origin === 'padding';
  const encoding: Encoding = {
    ids: rows.map(({ id }) => id),
    tokens: rows.map(({ id, token }) => token ?? tokenOf(id)),
    offsets: rows.map(({ start, end }) => [start, end]),
    wordIds: rows.map(({ word }) => word),
    sequenceIds: rows.map(({ sequence }) => sequence),
    typeIds: rows.map(({ typeId }) => typeId),
    specialTokensMask: rows.map((row) => (notInText(row) ? 1 : 0)),
    attentionMask: rows.map(({ origin }) => (origin === 'padding' ? 0 : 1)),
    origins: rows.map(({ origin }) => origin),
    pieces: [],
    overflowing: [],
  };
  if (texts) {
    const places = texts.map(bytePlaces);
    encoding.byteOffsets = rows.map(({ sequence, start, end }) => (sequence === null ? [0, 0] : [places[sequence][start], places[sequence][end]]));
  }
  return encoding;
}

/** For every unit of a text, and its end, how many bytes of UTF-8 stand before the character that it belongs to. */
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
