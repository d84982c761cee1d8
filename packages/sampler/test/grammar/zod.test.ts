// The schemas that zod writes for its kinds, judged by zod: what it accepts can be written, what it refuses cannot.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonSchemaConstraint } from '../../src/grammar/index.js';
import { accepts, byteVocabulary, textVocabulary, writeAtRandom } from './helpers.js';

const { vocabulary } = byteVocabulary();
const printable = textVocabulary(...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)));

const tree = z.object({ value: z.int(), get children() { return z.array(tree); } });
const upTo = (count: number, text: string): string => text.repeat(count);

type Kind = [name: string, kind: z.ZodType, accepted: unknown[], refused: unknown[]];

const kinds: Kind[] = [
  ['string', z.string(), ['', 'ä "\\\n'], [1, null]],
  ['string with lengths', z.string().min(2).max(3), ['ab', 'äöü'], ['a', 'abcd']],
  ['email', z.email(), ['Ada.Lovelace@Example.COM', "o'neil+1@mail.example.org"], ['ada@', '@example.com', 'ada@localhost', 'a b@example.com']],
  ['email with a length', z.email().max(9), ['a@bcd.com'], ['ab@bcd.com']],
  ['url', z.url(), ['https://example.com', 'http://user@www.example.com:8080/a/b%20c?q=1#top', 'ftp://127.0.0.1/x', 'https://[::1]/', 'mailto:ada@example.com', 'urn:isbn:0451450523'], ['example.com', 'https://', 'http://a b/', '//example.com']],
  ['uuid', z.uuid(), ['123E4567-E89B-12D3-A456-426614174000', '123e4567-e89b-42d3-a456-426614174000', '00000000-0000-0000-0000-000000000000'], ['123e4567-e89b-02d3-a456-426614174000', '123e4567e89b42d3a456426614174000']],
  ['uuid version 7', z.uuidv7(), ['019e4567-e89b-72d3-a456-426614174000'], ['019e4567-e89b-42d3-a456-426614174000']],
  ['guid', z.guid(), ['123e4567-e89b-02d3-0456-42661417400F'], ['g23e4567-e89b-02d3-0456-42661417400F']],
  ['ipv4', z.ipv4(), ['0.0.0.0', '255.249.10.1'], ['256.1.1.1', '01.1.1.1', '1.1.1']],
  ['ipv6', z.ipv6(), ['::', '::1', '2001:DB8::ff00:42:8329', '1:2:3:4:5:6:7:8', '1::8'], ['1:2:3:4:5:6:7', ':::', '1::2::3', '12345::']],
  ['cidrv4', z.cidrv4(), ['10.0.0.0/8'], ['10.0.0.0', '10.0.0.0/33']],
  ['cidrv6', z.cidrv6(), ['2001:db8::/32'], ['::/129']],
  ['mac', z.mac(), ['00:1A:2B:3C:4D:5E'], ['00:1A:2B:3C:4D']],
  ['hostname', z.hostname(), ['localhost', 'www.Example-1.com', upTo(63, 'a')], ['-a.com', 'a..b', upTo(64, 'a'), '']],
  ['emoji', z.emoji(), ['😀', '🇩🇪', '1️⃣'], ['1', 'a', '']],
  ['base64', z.base64(), ['', 'aGk=', 'aGVsbG8hIQ=='], ['aGk', '====']],
  ['base64url', z.base64url(), ['', 'aGk', 'a-_Z'], ['aGk=', 'a+b/']],
  ['nanoid', z.nanoid(), ['V1StGXR8_Z5jdHi6B-myT'], ['V1StGXR8']],
  ['cuid2', z.cuid2(), ['tz4a98xxat96iws9zmbrgj3a'], ['Tz4', '']],
  ['ulid', z.ulid(), ['01ARZ3NDEKTSV4RRFFQ69G5FAV'], ['81ARZ3NDEKTSV4RRFFQ69G5FAV']],
  ['telephone number', z.e164(), ['+491701234567'], ['0170', '+0']],
  ['date', z.iso.date(), ['2024-02-29', '2000-02-29', '2023-12-31'], ['2023-02-29', '1900-02-29', '2024-02-30', '2024-13-01', '24-01-01']],
  ['time', z.iso.time(), ['12:30', '23:59:59.123'], ['24:00', '12:60']],
  ['date-time', z.iso.datetime(), ['2024-02-29T12:30:00Z', '2020-01-01T00:00:00.5Z'], ['2024-02-29T12:30:00+01:00', '2024-02-29 12:30:00Z', '2023-02-29T12:30:00Z']],
  ['date-time with offset', z.iso.datetime({ offset: true }), ['2024-02-29T12:30:00+01:00'], ['2024-02-29T12:30:00']],
  ['duration', z.iso.duration(), ['P1Y2M3DT4H5M6S', 'PT36H', 'P4W', 'P1D'], ['P', 'PT', 'P1W2D', '1D', 'P1S']],
  ['pattern', z.string().regex(/^[a-f]+$/), ['abc'], ['xyz', '']],
  ['two patterns', z.string().regex(/^[a-f]+$/).regex(/b$/), ['ab', 'b'], ['ba', 'xb']],
  ['start, middle and end', z.string().startsWith('ab').includes('-').endsWith('yz'), ['ab-yz', 'ab--xyz'], ['ab', 'abyz', 'b-yz']],
  ['lower case', z.string().lowercase(), ['abc 1'], ['aBc']],
  ['number', z.number(), [0, -1.5, 1e21, 1.5e-7, 1e-320, 0.1 + 0.2, 1.7e280], ['1', null]],
  ['positive number', z.number().positive(), [1, 0.5, 1e21, 2.5e-9, 1e-7], [0, -1, -1e-7]],
  ['number in a range', z.number().min(-2.5e-8).max(5.5e22), [0, 5.5e22, 5.4e22, 1e22, -2.5e-8, -1e-9, 7], [5.6e22, 1e23, -2.6e-8, -1]],
  ['multiple', z.int().multipleOf(15), [0, -15, 9_000_000_000_000], [1, 20, 15.5]],
  ['multiple of a fraction', z.number().multipleOf(0.25), [0, 0.25, -7.75, 1e6], [0.1, 0.3, 0.255]],
  ['multiple in a range', z.int().min(7).max(30).multipleOf(7), [7, 14, 28], [0, 35, 8]],
  ['integer', z.int(), [0, -5, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER], [1.5, 2 ** 53]],
  ['int32', z.int32(), [-2147483648, 2147483647], [2147483648]],
  ['float32', z.float32(), [0, 1.5, -3e38, 1e30], [3.5e38, '1']],
  ['boolean', z.boolean(), [true, false], [0, null]],
  ['null', z.null(), [null], [0]],
  ['anything', z.any(), [null, [{}], 'x'], []],
  ['literal', z.literal('a'), ['a'], ['b']],
  ['literals', z.literal(['a', 1, null, true]), ['a', 1, null, true], ['1', false]],
  ['enum', z.enum(['red', 'green']), ['red', 'green'], ['blue']],
  ['array', z.array(z.int()).min(1).max(2), [[1], [1, 2]], [[], [1, 2, 3], ['1']]],
  ['tuple', z.tuple([z.string(), z.int()]), [['a', 1]], [['a'], [1, 'a'], ['a', 1, 2]]],
  ['tuple with rest', z.tuple([z.string()], z.int()), [['a'], ['a', 1, 2]], [[], ['a', 'b']]],
  ['object', z.object({ a: z.string(), b: z.int().optional() }), [{ a: 'x' }, { a: 'x', b: 1 }], [{}, { b: 1 }, { a: 1 }]],
  ['strict object', z.strictObject({ a: z.int() }), [{ a: 1 }], [{ a: 1, b: 2 }]],
  ['loose object', z.looseObject({ a: z.int() }), [{ a: 1 }, { a: 1, b: 'x' }], [{ b: 'x' }]],
  ['object with catchall', z.object({ a: z.string() }).catchall(z.int()), [{ a: 'x', b: 1 }], [{ a: 'x', b: 'y' }]],
  ['record', z.record(z.string(), z.int()), [{}, { a: 1, 'ä"': 2 }], [{ a: 'x' }]],
  ['record by enum', z.record(z.enum(['a', 'b']), z.int()), [{ a: 1, b: 2 }], [{ a: 1 }, { a: 1, b: 2, c: 3 }]],
  ['record of some of an enum', z.partialRecord(z.enum(['a', 'b']), z.int()), [{}, { b: 2 }], [{ c: 1 }]],
  ['record by pattern', z.record(z.string().regex(/^x-/), z.int()), [{}, { 'x-"a"': 1 }], [{ y: 1 }]],
  ['record by number', z.record(z.number(), z.string()), [{ 1: 'a', '-2.5': 'b' }], [{ a: 'b' }]],
  ['union', z.union([z.string(), z.array(z.int())]), ['a', [1]], [1, ['a']]],
  ['discriminated union', z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.literal('b'), x: z.int() })]), [{ t: 'a' }, { t: 'b', x: 1 }], [{ t: 'b' }, { t: 'c' }]],
  ['exactly one', z.xor([z.strictObject({ a: z.int() }), z.strictObject({ b: z.int() })]), [{ a: 1 }, { b: 1 }], [{}, { a: 1, b: 1 }]],
  ['intersection', z.intersection(z.object({ a: z.string() }), z.object({ b: z.int() })), [{ a: 'x', b: 1 }], [{ a: 'x' }, { b: 1 }]],
  ['nullable', z.string().nullable(), ['a', null], [1]],
  ['with a default', z.string().default('x'), ['a'], [1]],
  ['read only', z.array(z.int()).readonly(), [[1]], [1]],
  ['described', z.int().describe('a number').meta({ title: 'n', examples: [1], deprecated: true, 'x-order': 3 }), [1], ['1']],
  ['with an id', z.object({ a: z.int().meta({ id: 'Whole' }), b: z.array(z.int().meta({ id: 'Other' })) }), [{ a: 1, b: [2] }], [{ a: 'x', b: [] }]],
  ['template', z.templateLiteral(['v', z.int(), '.', z.enum(['a', 'b'])]), ['v1.a'], ['v1', 'v1.c', '1.a']],
  ['recursive', tree, [{ value: 1, children: [{ value: 2, children: [] }] }], [{ value: 1 }, { value: 1, children: [1] }]],
  ['JSON', z.json(), [null, { a: [1, 'x', { b: null }] }], []],
  ['pipe', z.string().pipe(z.string().min(2)), ['ab'], ['a']],
];

describe('the schemas of zod', () => {
  it.each(kinds)('%s', (_, kind, accepted, refused) => {
    const constraint = jsonSchemaConstraint(z.toJSONSchema(kind), vocabulary);
    for (const value of accepted) expect([value, kind.safeParse(value).success, accepts(constraint, JSON.stringify(value))]).toEqual([value, true, true]);
    // Objects of zod drop properties that they do not name; the schema allows none, so these are not among the refused here.
    for (const value of refused) expect([value, kind.safeParse(value).success, accepts(constraint, JSON.stringify(value))]).toEqual([value, false, false]);
  });

  it.each(kinds.filter(([name]) => name !== 'emoji'))('%s: zod accepts whatever is written', (_, kind) => {
    const constraint = jsonSchemaConstraint(z.toJSONSchema(kind), printable.vocabulary);
    for (let seed = 0; seed < 8; seed++) {
      const text = writeAtRandom(constraint.fork(), printable, seed, 250, 0.4);
      if (text !== undefined) expect([text, kind.safeParse(JSON.parse(text)).error?.message]).toEqual([text, undefined]);
    }
  });

  it.each(['draft-2020-12', 'draft-7', 'draft-4', 'openapi-3.0'] as const)('for %s, too', (target) => {
    const kind = z.object({ place: z.tuple([z.int().positive(), z.string().nullable()]), size: z.number().gt(1).lt(2) });
    const constraint = jsonSchemaConstraint(z.toJSONSchema(kind, { target }), vocabulary);
    expect(accepts(constraint, '{"place":[1,null],"size":1.5}')).toBe(true);
    for (const text of ['{"place":[0,null],"size":1.5}', '{"place":[1,2],"size":2.5}', '{"place":[1,null],"size":1}']) expect([text, accepts(constraint, text)]).toEqual([text, false]);
  });

  it('refuses an object of zod itself, also within a JSON Schema, and says how to convert it', () => {
    for (const kind of [z.object({ a: z.string() }), z.string(), z.lazy(() => tree)]) {
      expect(() => jsonSchemaConstraint(kind, vocabulary)).toThrow(new SyntaxError('JSON Schema at #: this is a schema of zod, not a JSON Schema; use z.toJSONSchema(schema)'));
    }
    expect(() => jsonSchemaConstraint({ properties: { a: z.string() } }, vocabulary)).toThrow('JSON Schema at #/properties/a: this is a schema of zod');
    expect(() => jsonSchemaConstraint({ anyOf: [{ type: 'null' }, z.int()], maxLength: 1 }, vocabulary)).toThrow('JSON Schema at #/anyOf/1: this is a schema of zod');
  });

  it('refuses the kinds that no automaton can check, and never, by name', () => {
    expect(() => jsonSchemaConstraint(z.toJSONSchema(z.jwt()), vocabulary)).toThrow('JSON Schema at #: the format "jwt" is not supported');
    expect(() => jsonSchemaConstraint(z.toJSONSchema(z.file()), vocabulary)).toThrow('JSON Schema at #: the format "binary" is not supported');
    expect(() => jsonSchemaConstraint(z.toJSONSchema(z.never()), vocabulary)).toThrow('JSON Schema at #: no value is valid for "not"');
  });
});
