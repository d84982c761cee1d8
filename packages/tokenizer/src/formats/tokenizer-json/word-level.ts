// tokenizer.json with a WordLevel model: characters or words, by the pattern that cuts the text.

import { CharacterTokenizer } from '../../tokenizers/character';
import { WordTokenizer } from '../../tokenizers/word';
import { type JsonField } from '../json-field';
import { SINGLE_CHARACTER_PATTERN } from './layout';
import { readSplit } from './split';
import { type FileTokens, readUnknownToken } from './tokens';

export function readWordLevel(root: JsonField, fileTokens: FileTokens): CharacterTokenizer | WordTokenizer {
  const pattern = readSplit(root.get('pre_tokenizer'));
  root.get('post_processor').only([null, undefined], 'null; this package does not implement it');
  root.get('decoder').get('type').only(['Fuse'], '"Fuse"');
  const data = { ...fileTokens, unknownToken: readUnknownToken(root, fileTokens) };
  return root.get('model').within(() => (pattern === SINGLE_CHARACTER_PATTERN ? new CharacterTokenizer(data) : new WordTokenizer({ ...data, pattern })));
}
