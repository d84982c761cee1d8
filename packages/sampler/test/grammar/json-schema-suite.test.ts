// Facts of the official JSON-Schema-Test-Suite (github.com/json-schema-org/JSON-Schema-Test-Suite, drafts 2020-12 and 7), and of the documents that
// define the formats: per keyword a schema, values that are valid by it and values that are not.
import { describe, expect, it } from 'vitest';
import { jsonSchemaConstraint } from '../../src/grammar/index.js';
import { accepts, byteVocabulary } from './helpers.js';

const { vocabulary } = byteVocabulary();

const keywords: [keyword: string, schema: unknown, valid: unknown[], invalid: unknown[]][] = [
  ['additionalProperties', { properties: { foo: {}, bar: {} }, patternProperties: { '^v': {} }, additionalProperties: false }, [{ foo: 1 }, { foo: 1, vroom: 2 }], [{ foo: 1, bar: 2, quux: 'boom' }]],
  ['additionalItems', { items: [{}, { type: 'integer' }], additionalItems: false }, [[], [1], [1, 2]], [[1, 'x'], [1, 2, 3]]],
  ['allOf', { allOf: [{ properties: { bar: { type: 'integer' } }, required: ['bar'] }, { properties: { foo: { type: 'string' } }, required: ['foo'] }] }, [{ bar: 2, foo: 'baz' }], [{ foo: 'baz' }, { bar: 2 }, { bar: 'quux', foo: 'baz' }]],
  ['allOf with a base', { properties: { bar: { type: 'integer' } }, required: ['bar'], allOf: [{ properties: { foo: { type: 'string' } }, required: ['foo'] }] }, [{ bar: 2, foo: 'quux' }], [{ foo: 'quux' }, { bar: 2 }]],
  ['allOf, anyOf and oneOf', { allOf: [{ multipleOf: 2 }], anyOf: [{ multipleOf: 3 }], oneOf: [{ multipleOf: 5 }] }, [30, 0, 60], [1, 2, 3, 5, 6, 10, 15]],
  ['anyOf with a base', { type: 'string', anyOf: [{ maxLength: 2 }, { minLength: 4 }] }, ['ab', 'foobar'], [3, 'foo']],
  ['const with an object', { const: { foo: 'bar', baz: ['bax', null] } }, [{ foo: 'bar', baz: ['bax', null] }], [{ foo: 'bar' }, [1, 2]]],
  ['const beside other keywords', { const: 5, minimum: 3 }, [5], [6, 4]],
  ['enum with objects', { enum: [6, 'foo', [], true, { foo: 12 }] }, [6, [], { foo: 12 }], [null, { foo: false }, { foo: 12, boo: 42 }]],
  ['enum beside limits', { enum: [1, 5, 'abc', 'b', [7], { a: 1 }], minimum: 3, minLength: 2, maxItems: 0, required: ['b'] }, [5, 'abc'], [1, 'b', [7], { a: 1 }]],
  ['enum in two schemas', { allOf: [{ enum: [1, 2, 'c'] }, { enum: [2, 'c', 4] }], type: 'integer' }, [2], [1, 'c', 4]],
  ['exclusiveMinimum of draft 4', { minimum: 1.1, exclusiveMinimum: true }, [1.2], [1.1, 0.6]],
  ['items with prefixItems', { prefixItems: [{ type: 'string' }], items: { type: 'integer' } }, [['x', 2, 3], []], [['x', 'y']]],
  ['maxProperties', { maxProperties: 2 }, [{ foo: 1 }, { foo: 1, bar: 2 }], [{ foo: 1, bar: 2, baz: 3 }]],
  ['minProperties', { minProperties: 1 }, [{ foo: 1 }, { foo: 1, bar: 2 }], [{}]],
  ['minProperties of named ones', { properties: { a: {}, b: {}, c: {} }, minProperties: 2, maxProperties: 2 }, [{ a: 1, b: 2 }, { b: 1, c: 1 }], [{ a: 1 }, { a: 1, b: 1, c: 1 }, {}]],
  ['multipleOf an integer', { multipleOf: 2 }, [10, 0, -4], [7]],
  ['multipleOf a fraction', { multipleOf: 1.5 }, [0, 4.5], [35]],
  ['multipleOf a small fraction', { multipleOf: 0.0001 }, [0.0075], [0.00751]],
  ['multipleOf within limits', { type: 'integer', multipleOf: 1000, minimum: -9007199254740991, maximum: 9007199254740991 }, [0, -5000, 123456789000], [500, 1001]],
  ['not', { type: ['string', 'integer', 'boolean'], not: { type: ['number', 'boolean'] } }, ['a'], [1, true]],
  ['oneOf by what is required', { oneOf: [{ type: 'object', properties: { bar: { type: 'integer' } }, required: ['bar'], additionalProperties: false }, { type: 'object', properties: { foo: { type: 'string' } }, required: ['foo'], additionalProperties: false }] }, [{ bar: 2 }, { foo: 'baz' }], [{ foo: 2 }, {}, { bar: 2, foo: 'baz' }]],
  ['patternProperties', { patternProperties: { 'a*': { type: 'integer' }, 'aaa*': { maximum: 20 } } }, [{ a: 21 }, { aaaa: 18 }], [{ a: 'bar' }, { aaaa: 31 }]],
  ['patternProperties with a declared name', { properties: { foo: { type: 'array', maxItems: 3 } }, patternProperties: { 'f.o': { minItems: 2 } }, additionalProperties: { type: 'integer' } }, [{ foo: [1, 2] }, { quux: 3 }, { fxo: [1, 2] }], [{ foo: [1] }, { foo: [1, 2, 3, 4] }, { fxo: [] }, { quux: 'foo' }]],
  ['propertyNames', { propertyNames: { maxLength: 3 } }, [{ f: {}, foo: {} }, {}], [{ foobar: {} }]],
  ['propertyNames with const', { propertyNames: { const: 'foo' } }, [{ foo: 1 }, {}], [{ bar: 1 }]],
  ['propertyNames that exclude a declared name', { propertyNames: { pattern: '^a+$' }, properties: { aa: {}, b: {} } }, [{ aa: 1 }, {}], [{ b: 1 }]],
  ['uniqueItems: false', { uniqueItems: false }, [[1, 1], [{}, {}]], []],
  ['$ref with siblings', { $defs: { a: { maxItems: 2 } }, properties: { foo: { $ref: '#/$defs/a', maxItems: 1, type: 'array' } } }, [{ foo: [] }, { foo: [1] }], [{ foo: [1, 2] }, { foo: 'x' }]],
  ['$ref by the own $id', { $id: 'https://example.com/root', properties: { next: { $ref: 'https://example.com/root#' } }, additionalProperties: false }, [{ next: { next: {} } }], [{ next: { other: 1 } }]],
  ['if without then', { if: { const: 0 }, type: 'integer' }, [0, 1], ['a']],
  ['nullable of OpenAPI', { type: 'string', nullable: true, maxLength: 2 }, ['ab', null], ['abc', 1]],
  ['annotations', { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:example', $comment: 'c', title: 't', description: 'd', default: 1, examples: [1], deprecated: true, readOnly: true, writeOnly: false, contentEncoding: 'base64', contentMediaType: 'text/plain', 'x-order': 1, type: 'integer' }, [1], ['a']],
];

const formats: [format: string, valid: string[], invalid: string[]][] = [
  ['date', ['1963-06-19', '2020-02-29', '2000-02-29', '2024-02-29'], ['2021-02-29', '1900-02-29', '2020-02-30', '2020-04-31', '1998-1-20', '2020-13-01', '06/19/1963', '1963-06-1৪']],
  ['time', ['08:30:06Z', '23:20:50.52Z', '08:30:06+00:20', '08:30:06-08:00'], ['008:030:006Z', '24:00:00Z', '00:60:00Z', '12:00:00', '01:02:03+24:00', '08:30:06#00:20']],
  ['date-time', ['1963-06-19T08:30:06.283185Z', '1937-01-01T12:00:27.87+00:20', '2024-02-29T00:00:00Z'], ['1990-02-31T15:59:59.123-08:00', '06/19/1963 08:30:06 PST', '2013-350T01:01:01', '1963-06-19T08:30:06', '2023-02-29T00:00:00Z']],
  ['duration', ['P4DT12H30M5S', 'P4Y', 'PT0S', 'P1M', 'PT1M', 'PT36H', 'P1Y2M', 'P2W'], ['P', '4DT12H30M5S', 'P4DT', 'PT', 'P1Y2W', 'P2D1Y', 'P1D2H', 'P2S', 'P1', 'P১Y', 'PT1D']],
  ['email', ['joe.bloggs@example.com', 'te~st@example.com', '~test@example.com', 'te.s.t@example.com', 'JOE@Example.COM', '+1@example.com'], ['2962', '.test@example.com', 'test.@example.com', 'te..st@example.com', 'joe.bloggs@invalid=domain.com', 'joe@a..com']],
  ['hostname', ['www.example.com', 'hostname', 'host-name', 'h0stn4me', '1host', 'ab', 'a-b-c', 'x'.repeat(63)], ['-a-host-name', 'not_a_valid_host_name', 'hostname-', '', '.', '.example', 'a..b', 'x'.repeat(64), 'XN--aa---o47jg78q', 'a--'.repeat(2)]],
  ['ipv4', ['192.168.0.1', '0.0.0.0', '255.255.255.255'], ['127.0.0.0.1', '256.256.256.256', '127.0', '0x7f000001', '087.10.0.1', '1২7.0.0.1', '192.168.1.0/24']],
  ['ipv6', ['::1', '::', '::abef', '::42:ff:1', 'd6::', '1:d6::42', '::ffff:192.168.0.1', '1::d6:192.168.0.1', '1:2:3:4:5:6:7:8', '1:2::192.168.0.1', '::192.168.0.1', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7::'], ['12345::', '1:1:1:1:1:1:1:1:1', '::laptop', ':2:3:4:5:6:7:8', '1:2:3:4:5:6:7:', '1::d6::42', '::abcef', '1:2:3:4:1.2.3', 'fe80::a%eth1', '1:2:3:4:5:6:7:8::', '::1:2:3:4:5:6:7:8', '1::2:192.168.256.1']],
  ['uri', ['http://foo.bar/?baz=qux#quux', 'http://foo.com/blah_(wikipedia)_blah#cite-1', 'http://foo.bar/?q=Test%20URL-encoded%20stuff', 'http://xn--nw2a.xn--j6w193g/', "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", 'http://223.255.255.254', 'ftp://ftp.is.co.za/rfc/rfc1808.txt', 'ldap://[2001:db8::7]/c=GB?objectClass?one', 'mailto:John.Doe@example.com', 'tel:+1-816-555-1212', 'urn:oasis:names:specification:docbook:dtd:xml:4.1.2'], ['//foo.bar/?baz=qux#quux', '/abc', '\\\\WINDOWS\\fileshare', 'abc', 'http:// shouldfail.com', ':// should fail', 'bar,baz:foo', 'https://[@example.org/test.txt', 'https://example.org/foobar\\.txt', 'https://example.org/foobar<>.txt', 'https://example.org/foobar{}.txt', '']],
  ['uri-reference', ['http://foo.bar/?baz=qux#quux', '//foo.bar/?baz=qux#quux', '/abc', 'abc', '#fragment', '', '../a?b'], ['\\\\WINDOWS\\fileshare', '#frag\\ment', 'a b', 'é']],
  ['uuid', ['2EB8AA08-AA98-11EA-B4AA-73B441D16380', '2eb8aa08-aa98-11ea-b4aa-73b441d16380', '2eb8aa08-AA98-11ea-B4Aa-73B441D16380', '00000000-0000-0000-0000-000000000000'], ['2eb8aa08-aa98-11ea-b4aa-73b441d1638', '2eb8aa08-aa98-11ea-73b441d16380', '2eb8aa08aa9811eab4aa73b441d16380', '2eb8-aa08-aa98-11ea-b4aa73b44-1d16380']],
  ['json-pointer', ['/foo/bar~0/baz~1/%a', '', '/', '/foo//bar', '/ ', '/foo"bar'], ['/foo/bar~', '/~2', 'a', '#', '#/a']],
  ['relative-json-pointer', ['1', '0/foo/bar', '2/0/baz/1/zip', '0#'], ['/foo/bar', '-1/foo', '0##', '01/a', '']],
];

describe('jsonSchemaConstraint by the official tests', () => {
  it.each(keywords)('%s', (_, schema, valid, invalid) => {
    const constraint = jsonSchemaConstraint(schema, vocabulary);
    for (const value of valid) expect([value, accepts(constraint, JSON.stringify(value))]).toEqual([value, true]);
    for (const value of invalid) expect([value, accepts(constraint, JSON.stringify(value))]).toEqual([value, false]);
  });

  it.each(formats)('the format %s', (format, valid, invalid) => {
    const constraint = jsonSchemaConstraint({ type: 'string', format }, vocabulary);
    for (const value of valid) expect([value, accepts(constraint, JSON.stringify(value))]).toEqual([value, true]);
    for (const value of invalid) expect([value, accepts(constraint, JSON.stringify(value))]).toEqual([value, false]);
  });

  it('a format beside a pattern and a length: all hold', () => {
    const constraint = jsonSchemaConstraint({ type: 'string', format: 'date', pattern: '^2024', maxLength: 10 }, vocabulary);
    expect(['2024-02-29', '2023-02-28', '2024-02-30'].map((text) => accepts(constraint, `"${text}"`))).toEqual([true, false, false]);
    expect(accepts(jsonSchemaConstraint({ type: 'string', format: 'starts-with', pattern: '^a' }, vocabulary), '"ab"')).toBe(true);
  });
});
