// Creates the normalizer that a tokenizer.json describes. A new normalizer needs one line here.

import { type ComponentReader, readComponent } from '../core/component-reader.js';
import type { JsonField } from '../core/json-field.js';
import { readPattern } from '../patterns/split-pattern.js';
import { decodeBase64 } from '../text/base64.js';
import { BertNormalizer } from './bert.js';
import { ByteLevelNormalizer } from './byte-level.js';
import { Charsmap } from './charsmap.js';
import { Lowercase } from './lowercase.js';
import { Nmt } from './nmt.js';
import type { Normalizer } from './normalizer.js';
import { Precompiled } from './precompiled.js';
import { Prepend } from './prepend.js';
import { Replace } from './replace.js';
import { NormalizerSequence } from './sequence.js';
import { Strip } from './strip.js';
import { StripAccents } from './strip-accents.js';
import { UnicodeNormalizer } from './unicode.js';

const readers: Readonly<Record<string, ComponentReader<Normalizer>>> = {
  NFC: () => new UnicodeNormalizer('NFC'),
  NFD: () => new UnicodeNormalizer('NFD'),
  NFKC: () => new UnicodeNormalizer('NFKC'),
  NFKD: () => new UnicodeNormalizer('NFKD'),
  Lowercase: () => new Lowercase(),
  Strip: (field) => new Strip(field.get('strip_left').boolean(true), field.get('strip_right').boolean(true)),
  StripAccents: () => new StripAccents(),
  Replace: (field) => new Replace(readPattern(field.get('pattern')), field.get('content').string()),
  Prepend: (field) => new Prepend(field.get('prepend').string()),
  BertNormalizer: (field) =>
    new BertNormalizer({
      cleanText: field.get('clean_text').boolean(true),
      handleChineseChars: field.get('handle_chinese_chars').boolean(true),
      stripAccents: field.get('strip_accents').isAbsent ? null : field.get('strip_accents').boolean(true),
      lowercase: field.get('lowercase').boolean(true),
    }),
  Nmt: () => new Nmt(),
  Precompiled: (field) => {
    const table = field.get('precompiled_charsmap');
    return new Precompiled(table.within(() => new Charsmap(readBytes(table))));
  },
  ByteLevel: () => new ByteLevelNormalizer(),
  Sequence: (field, read) => new NormalizerSequence(field.get('normalizers').array().map(read)),
};

export function readNormalizer(field: JsonField): Normalizer | undefined {
  return field.isAbsent ? undefined : readComponent(field, readers);
}

function readBytes(field: JsonField): Uint8Array {
  const text = field.string();
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  const length = decodeBase64(text, 0, text.length, bytes, 0);
  return length < 0 ? field.fail('bytes as Base64') : bytes.subarray(0, length);
}
