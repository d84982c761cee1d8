// Reads a tokenizer.json and checks every field. Unknown components are an error that names them, because ignoring one would give other ids
// than the model was trained with. The layouts of CharacterTokenizer, WordTokenizer and BytePairTokenizer give these classes; everything
// else gives a PipelineTokenizer.

import type { PipelineParts } from '../../pipeline/parts.js';
import { readDecoder } from '../../decoders/read.js';
import { readNormalizer } from '../../normalizers/read.js';
import { readPostProcessor } from '../../post-processors/read.js';
import { readPreTokenizer } from '../../pre-tokenizers/read.js';
import type { Tokenizer } from '../../core/tokenizer.js';
import { PipelineTokenizer } from '../../pipeline/pipeline-tokenizer.js';
import { JsonField } from '../../core/json-field.js';
import { readPadding, readTruncation } from '../../core/limits-json.js';
import { plainTokenizer } from './plain.js';
import { modelType, readModel } from './read-model.js';
import { readTokens } from './tokens.js';

/**
 * The tokenizer that a parsed `tokenizer.json` describes.
 * @param json  the parsed file, or the result of `toJSON`
 * @throws {RangeError} naming the field that is missing, wrong or not supported
 */
export function tokenizerFromJSON(json: unknown): Tokenizer {
  if (typeof json === 'string') throw new TypeError('tokenizerFromJSON got a string; expected an object: JSON.parse the text first.');
  const root = new JsonField(json, 'tokenizer.json');
  root.get('version').only(['1.0'], '"1.0"');
  modelType(root.get('model'));
  const { tokens, modelTokens, addedTokens } = readTokens(root);
  const parts: PipelineParts = {
    tokens,
    addedTokens,
    normalizer: readNormalizer(root.get('normalizer')),
    preTokenizer: readPreTokenizer(root.get('pre_tokenizer')),
    model: readModel(root.get('model'), modelTokens),
    postProcessor: readPostProcessor(root.get('post_processor'), tokens.length),
    decoder: readDecoder(root.get('decoder')),
    truncation: readTruncation(root.get('truncation')),
    padding: readPadding(root.get('padding'), tokens.length),
  };
  return root.get('model').within(() => plainTokenizer(parts) ?? new PipelineTokenizer(parts));
}
