// A decoder from its part of a tokenizer.json. A new one is a line here.

import { type ComponentReader, readComponent } from '../formats/component-reader';
import { type JsonField } from '../formats/json-field';
import { readMetaspace } from '../pre-tokenizers/read';
import { readPattern } from '../pre-tokenizers/split-pattern';
import { BpeDecoder } from './bpe';
import { ByteFallback } from './byte-fallback';
import { ByteLevelDecoder } from './byte-level';
import { CtcDecoder } from './ctc';
import { type Decoder } from './decoder';
import { Fuse } from './fuse';
import { MetaspaceDecoder } from './metaspace';
import { ReplaceDecoder } from './replace';
import { DecoderSequence } from './sequence';
import { StripDecoder } from './strip';
import { WordPieceDecoder } from './word-piece';

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
