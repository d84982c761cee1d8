// A JSON Schema as a constraint.
import { type Constraint } from '../constraint.js';
import { GrammarConstraint } from '../grammar-constraint.js';
import { type TokenVocabulary } from '../token-vocabulary.js';
import { type JsonWhitespace, readJsonSchema } from './read.js';

export interface JsonSchemaOptions {
  /** Where space may stand; `single` if left out: one behind a comma or a colon, or none. */
  whitespace?: JsonWhitespace;
}

/**
 * JSON texts whose value is valid by a schema (draft 2020-12). Every text that can be written is valid; not every valid text can be written:
 * properties come in the order in which they are declared, others only where `additionalProperties` asks for them (or no property is
 * named at all); numbers have up to 15 digits before and behind the point.
 *
 * Read are type, enum, const, properties, required, additionalProperties, items, prefixItems, minItems, maxItems, minLength, maxLength,
 * pattern, format (date, time, date-time, uuid, ipv4, email), minimum, maximum, exclusiveMinimum, exclusiveMaximum, anyOf, oneOf (where
 * its schemas exclude each other), allOf of one schema, and $ref within the schema, also to itself. `true` and `{}` allow every value.
 *
 * @throws SyntaxError naming the place of keywords that are not supported or have the wrong value
 * @throws RangeError if no value is valid, if the vocabulary cannot write any, or if the grammar grows too large
 */
export function jsonSchemaConstraint(schema: unknown, vocabulary: TokenVocabulary, { whitespace = 'single' }: JsonSchemaOptions = {}): Constraint {
  return GrammarConstraint.of(readJsonSchema(schema, whitespace), vocabulary);
}
