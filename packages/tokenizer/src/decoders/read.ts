// Creates the decoder that a tokenizer.json describes. A new decoder needs one line here.

import { type ComponentReader, readComponent } from '../core/component-reader.js';
import type { JsonField } from '../core/json-field.js';
import { readMetaspace } from '../pre-tokenizers/read.js';
import { readPattern } from '../patterns/split-pattern.js';
import { BpeDecoder } from './bpe.js';
import { ByteFallback } from './byte-fallback.js';
import { ByteLevelDecoder } from './byte-level.js';
import { CtcDecoder } from './ctc.js';
import type { Decoder } from './decoder.js';
import { Fuse } from './fuse.js';
import { MetaspaceDecoder } from './metaspace.js';
import { ReplaceDecoder } from './replace.js';
import { DecoderSequence } from './sequence.js';
import { StripDecoder } from './strip.js';
import { WordPieceDecoder } from './word-piece.js';

const readers: Readonly<Record<string, ComponentReader<Decoder>>> = {
  ByteLevel: (field) =>
    new ByteLevelDecoder(Object.fromEntries(['add_prefix_space', 'trim_offsets', 'use_regex'].map((name) => [name, field.get(name).boolean(true)]))),
  ByteFallback: () => new ByteFallback(),
  Metaspace: (field) => new MetaspaceDecoder(...readMetaspace(field)),
  WordPiece: (field) => new WordPieceDecoder(field.get('prefix').string(), field.get('cleanup').boolean(true)),
  BPEDecoder: (field) => new BpeDecoder(field.get('suffix').string()),
  CTC: (field) => new CtcDecoder(field.get('pad_token').string(), field.get('word_delimiter_token').string(), field.get('cleanup').boolean(true)),
  Replace: (field) => new ReplaceDecoder(readPattern(field.get('pattern')), field.get('content').string()),
  Fuse: () => new Fuse(),
  Strip: (field) => new StripDecoder(field.get('content').character(), field.get('start').integer(0, 0xffff), field.get('stop').integer(0, 0xffff)),
  Sequence: (field, read) => new DecoderSequence(field.get('decoders').array().map(read)),
};

export function readDecoder(field: JsonField): Decoder | undefined {
  return field.isAbsent ? undefined : readComponent(field, readers);
}
