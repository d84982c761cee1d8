// Creates the post-processor that a tokenizer.json describes. A new post-processor needs one line here.

import { type ComponentReader, readComponent } from '../core/component-reader.js';
import type { JsonField } from '../core/json-field.js';
import { BertProcessing, type NamedToken } from './bert.js';
import { ByteLevelProcessing } from './byte-level.js';
import type { PostProcessor } from './post-processor.js';
import { RobertaProcessing } from './roberta.js';
import { PostProcessorSequence } from './sequence.js';
import { type TemplatePlace, TemplateProcessing, type TemplateToken } from './template.js';

/** @param vocabSize  ids in the file must be below it */
export function readPostProcessor(field: JsonField, vocabSize: number): PostProcessor | undefined {
  const named = (token: JsonField): NamedToken => {
    const parts = token.array();
    if (parts.length !== 2) token.fail('a token and its id');
    return [parts[0].string(), parts[1].integer(0, vocabSize - 1)];
  };
  const readers: Readonly<Record<string, ComponentReader<PostProcessor>>> = {
    BertProcessing: (at) => new BertProcessing(named(at.get('sep')), named(at.get('cls'))),
    RobertaProcessing: (at) => new RobertaProcessing(named(at.get('sep')), named(at.get('cls')), at.get('trim_offsets').boolean(true), at.get('add_prefix_space').boolean(true)),
    ByteLevel: (at) => new ByteLevelProcessing(at.get('add_prefix_space').boolean(true), at.get('trim_offsets').boolean(true), at.get('use_regex').boolean(true)),
    TemplateProcessing: (at) => readTemplate(at, vocabSize),
    Sequence: (at, read) => at.within(() => new PostProcessorSequence(at.get('processors').array().map(read))),
  };
  return field.isAbsent ? undefined : readComponent(field, readers);
}

function readTemplate(field: JsonField, vocabSize: number): TemplateProcessing {
  const tokensField = field.get('special_tokens');
  const tokens = Object.keys(tokensField.object()).map((name): TemplateToken => {
    const token = tokensField.entry(name);
    const ids = token.get('ids').array().map((id) => id.integer(0, vocabSize - 1));
    const texts = token.get('tokens').array().map((text) => text.string());
    if (texts.length !== ids.length) token.get('tokens').fail(`${ids.length} tokens, one for each id`);
    return { name, ids, tokens: texts };
  });
  const names = new Set(tokens.map(({ name }) => name));
  const single = field.get('single').array().map((place) => readPlace(place, names));
  const pair = field.get('pair').array().map((place) => readPlace(place, names));
  if (single.some((place) => 'sequence' in place && place.sequence === 1)) field.get('single').fail('a template without a second text');
  return new TemplateProcessing(single, pair, tokens);
}

const LARGEST_TYPE = 0xffff;

function readPlace(field: JsonField, names: ReadonlySet<string>): TemplatePlace {
  const sequence = field.get('Sequence');
  if (sequence.value !== undefined) {
    return { sequence: sequence.get('id').choice(['A', 'B']) === 'A' ? 0 : 1, typeId: sequence.get('type_id').integer(0, LARGEST_TYPE) };
  }
  const token = field.get('SpecialToken');
  const name = token.get('id').string();
  if (!names.has(name)) token.get('id').fail('a token of special_tokens');
  return { token: name, typeId: token.get('type_id').integer(0, LARGEST_TYPE) };
}
