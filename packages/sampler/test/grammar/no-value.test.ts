// Schemas that no value can match are refused with the place that is to blame and what to do there.
import { describe, expect, it } from 'vitest';
import { jsonSchemaConstraint } from '../../src/grammar/index.js';
import { byteVocabulary, errorOf } from './helpers.js';

const { vocabulary } = byteVocabulary();
const person = (age: unknown): unknown => ({ type: 'object', properties: { name: { type: 'string' }, age }, required: ['age'] });
const endless = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };

describe('schemas without a value', () => {
  it.each<[string, unknown, string]>([
    ['false', false, '#: no value is valid, for this schema is false'],
    ['a minimum above the maximum', person({ minimum: 7, maximum: 3 }), '#/properties/age: the lower limit 7 is above the upper limit 3'],
    ['limits with no number between them', person({ type: 'number', exclusiveMinimum: 3, maximum: 3 }), '#/properties/age: no value is valid for "type", "exclusiveMinimum" and "maximum" together; change one of them'],
    ['limits with no integer between them', person({ type: 'integer', minimum: 3.2, maximum: 3.8 }), '#/properties/age: no value is valid for "type", "minimum" and "maximum"'],
    ['limits with no multiple between them', person({ type: 'integer', minimum: 11, maximum: 19, multipleOf: 10 }), '#/properties/age: no value is valid for "type", "minimum", "maximum" and "multipleOf"'],
    ['an empty enum', person({ enum: [] }), '#/properties/age: "enum" must be a list of at least one value'],
    ['enum beside another type', person({ type: 'integer', enum: ['a'] }), '#/properties/age: no value is valid for "type" and "enum" together'],
    ['const beside enum', { type: 'array', minItems: 1, items: { const: 1, enum: [2] } }, '#/items: no value is valid for "const" and "enum" together'],
    ['a pattern longer than the length', person({ type: 'string', pattern: '^a{5}$', maxLength: 3 }), '#/properties/age: no value is valid for "type", "pattern" and "maxLength"'],
    ['a long pattern one above the length', { type: 'string', pattern: '^a{9000}$', maxLength: 8999 }, '#: no value is valid for "type", "pattern" and "maxLength"'],
    ['a pattern of nothing', { type: 'string', pattern: '[]' }, '#: no value is valid for "type" and "pattern"'],
    ['a pattern beside a format', { type: 'string', pattern: '^a', format: 'date' }, '#: no value is valid for "type", "pattern" and "format"'],
    ['allOf of two types', person({ allOf: [{ type: 'string' }, { type: 'null' }] }), '#/properties/age: no value is valid for "allOf"; change it'],
    ['allOf of two properties', { allOf: [person({ minimum: 5 }), { properties: { age: { maximum: 3 } } }] }, '#/allOf/0/properties/age and #/allOf/1/properties/age: no value is valid for "minimum" and "maximum"'],
    ['anyOf without a way', { anyOf: [{ enum: ['a'], type: 'null' }, { const: 1, type: 'string' }] }, '#: no value is valid for "anyOf"; change it (none at #/anyOf/0 and none at #/anyOf/1)'],
    ['not of everything', { not: {} }, '#: no value is valid for "not"; change it'],
    ['a required property that is false', person(false), '#/properties/age: no value is valid, for this schema is false'],
    ['a required name that additionalProperties forbids', { type: 'object', required: ['a'], additionalProperties: false }, '#: "required" names "a"'],
    ['a required name that propertyNames forbids', { type: 'object', required: ['a'], propertyNames: { maxLength: 0 } }, '#: no value is valid for "type", "required" and "propertyNames"'],
    ['more properties than there are', { type: 'object', properties: { a: {} }, additionalProperties: false, minProperties: 2 }, '#: no value is valid for "type", "properties", "additionalProperties" and "minProperties"'],
    ['fewer properties than required', { type: 'object', required: ['a', 'b'], maxProperties: 1 }, '#: no value is valid for "type", "required" and "maxProperties"'],
    ['an optional property before a required one', { type: 'object', properties: { a: false, b: { $ref: '#/$defs/c' } }, required: ['b'], $defs: { c: { enum: [1], type: 'null' } } }, '#/$defs/c: no value is valid for "enum" and "type"'],
    ['items that are false', { type: 'array', items: false, minItems: 1 }, '#: "minItems" 1 is more than "prefixItems" and "items" allow'],
    ['a first item that is false', { type: 'array', prefixItems: [false], minItems: 1 }, '#/prefixItems/0: no value is valid, for this schema is false'],
    ['a property that holds itself', endless, '#: no value is valid, for the way to each leads back to this schema, without end; allow one that ends'],
    ['a list that holds itself', { $ref: '#/$defs/a', $defs: { a: { type: 'array', items: { $ref: '#/$defs/a' }, minItems: 1 } } }, '#/$defs/a: no value is valid, for the way to each leads back to this schema'],
    ['$ref to itself', { $ref: '#' }, '#: no value is valid, for the way to each leads back to this schema'],
    ['anyOf of itself', { anyOf: [{ $ref: '#' }] }, '#: no value is valid, for the way to each leads back to this schema'],
  ])('%s', (_, schema, message) => {
    expect(errorOf(() => jsonSchemaConstraint(schema, vocabulary))).toEqual(expect.objectContaining({ message: expect.stringContaining(`JSON Schema at ${message}`) as string }));
  });

  it('that stand for themselves beside values are refused, too, with advice about the schema', () => {
    expect(() => jsonSchemaConstraint({ anyOf: [{ $ref: '#' }, { type: 'null' }] }, vocabulary)).toThrow(new RangeError('JSON Schema at #: it stands for itself, with no array or object around it (# is #/anyOf/0 is #); leave out the "$ref" that leads back'));
    expect(() => jsonSchemaConstraint({ items: { $ref: '#/$defs/a' }, $defs: { a: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } } }, vocabulary)).toThrow('JSON Schema at #/$defs/a: it stands for itself, with no array or object around it');
    expect(() => jsonSchemaConstraint({ enum: [1], $ref: '#' }, vocabulary)).toThrow('JSON Schema at #: it stands for itself, with no array or object around it (# is #)');
    expect(() => jsonSchemaConstraint({ const: 1, anyOf: [{ $ref: '#' }] }, vocabulary)).toThrow('JSON Schema at #: it stands for itself');
    expect(() => jsonSchemaConstraint({ type: 'object', anyOf: [{ $ref: '#' }] }, vocabulary)).toThrow('JSON Schema at #: it stands for itself, with no array or object around it (# is #/anyOf/0 is #)');
  });
});
