// A JSON Schema as a constraint.
import { requireKnown } from '../../checks.js';
import type { Constraint } from '../constraint.js';
import { GrammarConstraint } from '../grammar-constraint.js';
import type { TokenVocabulary } from '../token-vocabulary.js';
import type { UnsupportedKeyword } from './keywords.js';
import { type JsonWhitespace, readJsonSchema } from './read.js';

export interface JsonSchemaOptions {
  /** Where white space may occur; default `single`: at most one space after a comma or a colon. */
  whitespace?: JsonWhitespace;
  /**
   * Called for every keyword that is not supported, with its place in the schema. The keyword is then ignored, so values may be written that
   * are not valid: check them with a validator. Without this option, the first such keyword is an error.
   */
  onUnsupported?: (keyword: UnsupportedKeyword) => void;
}

/**
 * Restricts texts to JSON that is valid for a schema (draft 2020-12, and what earlier drafts wrote differently: items as a list,
 * definitions, exclusiveMinimum: true). Every text it allows is valid, but not every valid text is allowed: properties come in the order
 * declared; others are allowed only with `additionalProperties` or `patternProperties` (or if no property is named); without `type`, a schema
 * with keywords of one type allows only values of that type; strings with a pattern or format are escaped only where they have to be; numbers
 * have up to 21 digits before the point and 22 behind it; multiples, and numbers beside an excluded limit other than 0, 15 in all.
 *
 * Supported keywords: type, nullable, enum, const, properties, required, additionalProperties, patternProperties (up to 5 patterns),
 * propertyNames, minProperties, maxProperties, items, prefixItems, additionalItems, minItems, maxItems, uniqueItems for up to one item,
 * minLength, maxLength, pattern, format, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf (up to 10,000 without its point),
 * anyOf, oneOf if its schemas exclude each other, allOf, not for types, and $ref within the schema, also recursive; all of them beside each
 * other. `true` and `{}` allow every value.
 *
 * @throws SyntaxError naming the path of a keyword that is not supported or has an invalid value
 * @throws RangeError naming the path of a schema that no value matches or that stands for itself; if the vocabulary can write no valid value, or if the grammar is too large
 */
export function jsonSchemaConstraint(schema: unknown, vocabulary: TokenVocabulary, options: JsonSchemaOptions = {}): Constraint {
  requireKnown<JsonSchemaOptions>('jsonSchemaConstraint', options, { whitespace: true, onUnsupported: true });
  const { whitespace = 'single', onUnsupported } = options;
  return GrammarConstraint.of(readJsonSchema(schema, whitespace, onUnsupported), vocabulary);
}
