// A JSON Schema as a constraint.
import { type Constraint } from '../constraint.js';
import { GrammarConstraint } from '../grammar-constraint.js';
import { type TokenVocabulary } from '../token-vocabulary.js';
import { type JsonWhitespace, readJsonSchema } from './read.js';

export interface JsonSchemaOptions {
  /** Where white space may occur; default `single`: at most one space after a comma or a colon. */
  whitespace?: JsonWhitespace;
}

/**
 * Restricts texts to JSON that is valid for a schema (draft 2020-12). Every text it allows is valid, but not every valid text is allowed:
 * properties come in the order declared; others are allowed only with `additionalProperties` (or if no property is named); numbers have up
 * to 15 digits before and after the point.
 *
 * Supported keywords: type, enum, const, properties, required, additionalProperties, items, prefixItems, minItems, maxItems, minLength,
 * maxLength, pattern, format (date, time, date-time, uuid, ipv4, email), minimum, maximum, exclusiveMinimum, exclusiveMaximum, anyOf, oneOf
 * (if its schemas exclude each other), allOf of one schema, and $ref within the schema, also recursive. `true` and `{}` allow every value.
 *
 * @throws SyntaxError naming the path of a keyword that is not supported or has an invalid value
 * @throws RangeError if no value is valid, if the vocabulary can write no valid value, or if the grammar is too large
 */
export function jsonSchemaConstraint(schema: unknown, vocabulary: TokenVocabulary, { whitespace = 'single' }: JsonSchemaOptions = {}): Constraint {
  return GrammarConstraint.of(readJsonSchema(schema, whitespace), vocabulary);
}
