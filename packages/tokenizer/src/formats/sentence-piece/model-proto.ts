// Reads and writes the parts of SentencePiece's model file that this package uses, as Protocol Buffers with pbf, which is loaded on first
// use. Field numbers: `sentencepiece_model.proto`. Unknown fields are skipped. All content is checked.

import type { PbfReader, PbfWriter } from 'pbf';

export const pieceTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;
export const modelTypes = { unigram: 1, bpe: 2, word: 3, char: 4 } as const;

export interface ModelProto {
  pieces: { piece: string; score: number; type: number }[];
  /** `unknownSurface`: what the unknown piece is decoded to. */
  trainer: { modelType: number; whiteSpaceAsSuffix: boolean; byteFallback: boolean; unknownSurface: string };
  normalizer: { charsmap: Uint8Array; addDummyPrefix: boolean; removeExtraWhiteSpaces: boolean; escapeWhiteSpaces: boolean };
}

/** What the unknown piece is decoded to if a file does not say it: U+2047 between two spaces. */
export const DEFAULT_UNKNOWN_SURFACE = ' \u2047 ';

/** @throws {RangeError} when the bytes are not a SentencePiece model */
export async function readModelProto(bytes: Uint8Array): Promise<ModelProto> {
  const { PbfReader } = await import('pbf');
  const model: ModelProto = {
    pieces: [],
    trainer: { modelType: modelTypes.unigram, whiteSpaceAsSuffix: false, byteFallback: false, unknownSurface: DEFAULT_UNKNOWN_SURFACE },
    normalizer: { charsmap: new Uint8Array(0), addDummyPrefix: true, removeExtraWhiteSpaces: true, escapeWhiteSpaces: true },
  };
  const reader = new PbfReader(bytes);
  try {
    readFields(reader, bytes.length, 'the file', (tag) => {
      if (tag === 1) model.pieces.push(readPiece(reader, model.pieces.length));
      if (tag === 2) readTrainer(reader, model.trainer);
      if (tag === 3) readNormalizer(reader, model.normalizer);
    });
  } catch (error) {
    if (error instanceof RangeError && error.message.startsWith('This is no')) throw error;
    throw new RangeError(`This is no SentencePiece model, or a damaged one: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return model;
}

function readPiece(reader: PbfReader, index: number): ModelProto['pieces'][number] {
  const piece = { piece: '', score: 0, type: pieceTypes.normal as number };
  readFields(reader, endOfField(reader, `pieces[${index}]`), `pieces[${index}]`, (tag) => {
    if (tag === 1) piece.piece = readString(reader, `pieces[${index}].piece`);
    if (tag === 2) piece.score = reader.readFloat();
    if (tag === 3) piece.type = reader.readVarint();
  });
  return piece;
}

function readTrainer(reader: PbfReader, trainer: ModelProto['trainer']): void {
  readFields(reader, endOfField(reader, 'trainer_spec'), 'trainer_spec', (tag) => {
    if (tag === 3) trainer.modelType = reader.readVarint();
    if (tag === 24) trainer.whiteSpaceAsSuffix = reader.readBoolean();
    if (tag === 35) trainer.byteFallback = reader.readBoolean();
    if (tag === 44) trainer.unknownSurface = readString(reader, 'trainer_spec.unk_surface');
  });
}

function readNormalizer(reader: PbfReader, normalizer: ModelProto['normalizer']): void {
  readFields(reader, endOfField(reader, 'normalizer_spec'), 'normalizer_spec', (tag) => {
    if (tag === 2) {
      const end = endOfField(reader, 'normalizer_spec.precompiled_charsmap');
      normalizer.charsmap = reader.buf.slice(reader.pos, end);
      reader.pos = end;
    }
    if (tag === 3) normalizer.addDummyPrefix = reader.readBoolean();
    if (tag === 4) normalizer.removeExtraWhiteSpaces = reader.readBoolean();
    if (tag === 5) normalizer.escapeWhiteSpaces = reader.readBoolean();
  });
}

function refuse(what: string): never {
  throw new RangeError(`This is no SentencePiece model, or a damaged one: ${what} goes beyond its end.`);
}

/** Reads fields up to `end`; `read` ignores unknown ones. */
function readFields(reader: PbfReader, end: number, what: string, read: (tag: number) => void): void {
  while (reader.pos < end) {
    const start = reader.pos;
    const key = reader.readVarint();
    const type = key & 7;
    if (key >> 3 === 0 || ![0, 1, 2, 5].includes(type)) throw new RangeError(`This is no SentencePiece model: ${what} holds ${key} at byte ${start}, which is no field.`);
    const value = reader.pos;
    reader.type = type;
    read(key >> 3);
    if (reader.pos === value) reader.skip(type);
    if (reader.pos > end) refuse(what);
  }
}

function endOfField(reader: PbfReader, what: string): number {
  const end = reader.readVarint() + reader.pos;
  return end <= reader.length ? end : refuse(what);
}

function readString(reader: PbfReader, what: string): string {
  const end = endOfField(reader, what);
  const bytes = reader.buf.subarray(reader.pos, end);
  reader.pos = end;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new RangeError(`This is no SentencePiece model, or a damaged one: ${what} is not UTF-8.`, { cause: error });
  }
}

/** Strings are written as bytes: the library's own way writes characters from U+20000 on as others. */
const encoder = /* @__PURE__ */ new TextEncoder();

export async function writeModelProto(model: ModelProto): Promise<Uint8Array> {
  const { PbfWriter } = await import('pbf');
  const writer = new PbfWriter();
  for (const piece of model.pieces) {
    writer.writeMessage(1, (_: unknown, inner: PbfWriter) => {
      inner.writeBytesField(1, encoder.encode(piece.piece));
      inner.writeFloatField(2, piece.score);
      if (piece.type !== pieceTypes.normal) inner.writeVarintField(3, piece.type);
    }, undefined);
  }
  writer.writeMessage(2, (_: unknown, inner: PbfWriter) => {
    inner.writeVarintField(3, model.trainer.modelType);
    inner.writeVarintField(4, model.pieces.length);
    inner.writeBooleanField(24, model.trainer.whiteSpaceAsSuffix);
    inner.writeBooleanField(35, model.trainer.byteFallback);
    const idOf = (name: string): number => model.pieces.findIndex(({ piece, type }) => piece === name && type === pieceTypes.control);
    inner.writeVarintField(40, model.pieces.findIndex(({ type }) => type === pieceTypes.unknown));
    for (const [field, name] of [[41, '<s>'], [42, '</s>'], [43, '<pad>']] as const) inner.writeVarintField(field, idOf(name));
    if (model.trainer.unknownSurface !== DEFAULT_UNKNOWN_SURFACE) inner.writeBytesField(44, encoder.encode(model.trainer.unknownSurface));
  }, undefined);
  writer.writeMessage(3, (_: unknown, inner: PbfWriter) => {
    const { charsmap, addDummyPrefix, removeExtraWhiteSpaces, escapeWhiteSpaces } = model.normalizer;
    if (charsmap.length > 0) inner.writeBytesField(2, charsmap);
    inner.writeBooleanField(3, addDummyPrefix);
    inner.writeBooleanField(4, removeExtraWhiteSpaces);
    inner.writeBooleanField(5, escapeWhiteSpaces);
  }, undefined);
  return writer.finish();
}
