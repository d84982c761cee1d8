// JSON Schema as a constraint, judged by ajv.
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonSchemaConstraint } from '../../src/grammar/index.js';
import { accepts, byteVocabulary, errorOf, randomPieces, textVocabulary, writeAtRandom } from './helpers.js';

const sample = '{"name": "Ünïcödé", "age":42, "tags": ["a","b"], "nested":{"x":null,"y":[true,false]}, "n": -1.5e+10, "\\u00e4\\"}]}, ["';
const vocabulary = byteVocabulary(...randomPieces(sample, 300, 5), '{"', '":', '": "', '", "', '"}', '],', 'true', 'null');

const date = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
const judge = (schema: unknown) => {
  const ajv = new Ajv2020({ strict: false, ownProperties: true, formats: { date, 'date-time': (text: string) => date(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)), uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, ipv4: true, time: true, email: true } });
  return ajv.compile(schema as object);
};

/** Writes texts and has all of them judged; returns how many came to their end. */
function checkSchema(schema: unknown, texts: number, whitespace?: 'none' | 'single' | 'free', maxTokens = 150): number {
  const valid = judge(schema);
  const constraint = jsonSchemaConstraint(schema, vocabulary.vocabulary, { whitespace });
  let finished = 0;
  for (let seed = 0; seed < texts; seed++) {
    const text = writeAtRandom(constraint.fork(), vocabulary, seed, maxTokens, 0.5);
    if (text === undefined) continue;
    finished++;
    if (!valid(JSON.parse(text))) throw new Error(`${text} is not valid by ${JSON.stringify(schema)}: ${JSON.stringify(valid.errors)}`);
  }
  return finished;
}

function nested(depth: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = true;
  for (let i = 0; i < depth; i++) value = around(value);
  return value;
}

const schemas: unknown[] = [
  { type: 'object', properties: { name: { type: 'string', maxLength: 5 }, age: { type: 'integer', minimum: 0, maximum: 120 } }, required: ['name', 'age'] },
  { type: 'object', properties: { a: { type: 'null' }, b: { type: 'boolean' }, c: { const: 1 } }, required: ['b'], additionalProperties: false },
  { type: 'object', properties: { a: { type: 'null' }, 'a"\\ü': { const: 1 } }, additionalProperties: { type: 'boolean' } },
  { type: 'object', properties: { a: { type: 'integer' } }, required: ['a', 'zz'] },
  { type: 'array', items: { enum: ['x', 'y', null, 3, { a: [1, 2] }] }, minItems: 2, maxItems: 4 },
  { type: 'array', prefixItems: [{ type: 'null' }, { type: 'boolean' }], items: { type: 'integer', minimum: 5 }, minItems: 1, maxItems: 5 },
  { type: 'array', prefixItems: [{ type: 'null' }, { type: 'boolean' }], items: false },
  { type: 'string', minLength: 2, maxLength: 4 },
  { type: 'string', pattern: '^[A-Z]{2}\\d+$' },
  { type: 'string', pattern: '^ab"\\\\+$' },
  { type: 'string', pattern: '^(ab|c)*$', minLength: 3, maxLength: 6 },
  { type: 'string', pattern: 'x+|^y', minLength: 2 },
  { type: 'string', format: 'date' },
  { type: 'string', format: 'date-time' },
  { type: 'string', format: 'uuid' },
  { type: ['string', 'null', 'integer'], maxLength: 3 },
  { anyOf: [{ type: 'integer' }, { type: 'object', properties: { k: { type: 'string', maxLength: 2 } }, required: ['k'] }] },
  { oneOf: [{ type: 'object', properties: { kind: { const: 'a' }, x: { type: 'integer' } }, required: ['kind'] }, { type: 'object', properties: { kind: { enum: ['b', 'c'] } }, required: ['kind'] }, { type: 'string', maxLength: 3 }] },
  { $ref: '#/$defs/tree', $defs: { tree: { type: 'object', properties: { v: { type: 'integer', minimum: 0, maximum: 9 }, children: { type: 'array', items: { $ref: '#/$defs/tree' }, maxItems: 2 } }, required: ['v'] } } },
  { type: 'object', properties: { next: { anyOf: [{ type: 'null' }, { $ref: '#' }] } }, required: ['next'] },
  { type: 'number', minimum: -1.5, exclusiveMaximum: 2.25 },
  { type: 'integer', exclusiveMinimum: -1000, maximum: -7 },
  { enum: [1, 'a', null, true], type: ['string', 'null'] },
  { allOf: [{ type: 'boolean' }] },
  { minimum: 3, maxLength: 2 },
  { type: 'integer', minimum: -50, multipleOf: 12 },
  { type: 'number', multipleOf: 0.25, exclusiveMaximum: 10 },
  { allOf: [{ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }, { properties: { a: { minimum: 3 }, b: { type: 'boolean' } } }] },
  { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'null' } }, anyOf: [{ required: ['a'] }, { required: ['b'], properties: { a: { maximum: 5 } } }] },
  { allOf: [{ pattern: '^[ab]*$' }, { pattern: 'bb' }, { maxLength: 5 }], type: 'string' },
  { type: 'object', properties: { x: { type: 'null' } }, patternProperties: { '^x': { type: ['integer', 'null'] }, 'y$': { type: 'integer', maximum: 5 } }, additionalProperties: { type: 'boolean' } },
  { type: 'object', propertyNames: { pattern: '^[a-c]{1,2}$' }, additionalProperties: { type: 'boolean' }, maxProperties: 3 },
  { type: 'object', properties: { a: { type: 'null' }, b: { type: 'null' }, c: { type: 'null' } }, minProperties: 2, maxProperties: 2 },
  { type: 'object', properties: { a: { type: 'null' } }, additionalProperties: { type: 'null' }, minProperties: 2, maxProperties: 4 },
  { type: ['string', 'integer'], anyOf: [{ minLength: 2, maxLength: 3 }, { minimum: 7 }], not: { type: ['boolean', 'array'] } },
  { $ref: '#/$defs/a', minimum: 5, $defs: { a: { type: 'integer', maximum: 20 } } },
  { type: 'array', prefixItems: [{ enum: ['a', 'b', 5] }], items: { type: 'boolean' }, uniqueItems: false },
  { title: 'x', type: 'object', properties: { 'a/b': { type: 'null' }, c: { $ref: '#/properties/a~1b', description: 'the same' } }, required: ['c'] },
];

describe('jsonSchemaConstraint', () => {
  it.each(schemas.map((schema) => [JSON.stringify(schema), schema]))('%s: whatever is written is valid', (_, schema) => {
    expect(checkSchema(schema, 25)).toBeGreaterThan(3);
    checkSchema(schema, 5, 'none');
    checkSchema(schema, 5, 'free');
  });

  it('without a schema, or with true, writes any JSON', () => {
    for (const schema of [true, {}, { type: 'object' }, { type: 'array' }]) expect(checkSchema(schema, 20, undefined, 300)).toBeGreaterThan(4);
    const constraint = jsonSchemaConstraint({}, vocabulary.vocabulary);
    for (const value of [null, 1.5e10, 'ä"\\\n\u0001😀', [], {}, [[[]]], { a: { b: [{ c: 'd' }] } }]) expect(accepts(constraint, JSON.stringify(value))).toBe(true);
    expect(accepts(constraint, `${'['.repeat(500)}${']'.repeat(500)}`)).toBe(true);
    for (const text of ['01', '1.', '[1,]', '{"a" 1}', '"\n"', "'a'", '{a:1}', '[1 2]', 'nul', '"\\x"', '+1', '"\\ud800"', '']) expect([text, accepts(constraint, text)]).toEqual([text, false]);
  });

  it('writes only what ajv finds valid, for random schemas', () => {
    const scalar = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true }), fc.string({ maxLength: 4 }));
    // No names that ajv's comparison of values calls, such as toString.
    const { schema } = fc.letrec<{ schema: object }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        fc.record({ type: fc.constantFrom('null', 'boolean', 'integer', 'number') }),
        fc.record({ type: fc.constant('string'), minLength: fc.integer({ min: 0, max: 2 }), maxLength: fc.integer({ min: 2, max: 5 }) }),
        fc.record({ type: fc.constant('string'), pattern: fc.constantFrom('^a|b$', '^[ä-ü]{1,3}$', '"', '^(?:x\\\\)*$'), maxLength: fc.integer({ min: 3, max: 8 }) }, { requiredKeys: ['type', 'pattern'] }),
        fc.record({ enum: fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(fc.constantFrom('x', 'y"', 'ä'), scalar, { noNullPrototype: true })), { minLength: 1, maxLength: 4 }) }),
        fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 0, max: 500 })).map(([minimum, width]) => ({ type: 'integer', minimum, maximum: minimum + width })),
        fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.integer({ min: 0, max: 1 }), maxItems: fc.integer({ min: 1, max: 3 }) }),
        fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
        fc
          .tuple(fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'ä', 'constructor', 'hasOwnProperty', '~/'), tie('schema'), { maxKeys: 4, noNullPrototype: true }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.option(tie('schema'), { nil: false }))
          .map(([properties, picks, additionalProperties]) => ({ type: 'object', properties, required: Object.keys(properties).filter((_, i) => picks[i]), additionalProperties })),
      ),
    }));
    let finished = 0;
    fc.assert(
      fc.property(schema, (one) => {
        finished += checkSchema(one, 3);
      }),
      { numRuns: 60 },
    );
    expect(finished).toBeGreaterThan(40);
  });

  it('writes only what ajv finds valid where several random schemas apply together', () => {
    const schema = fc.oneof(
      fc.record({ minimum: fc.integer({ min: -20, max: 5 }), maximum: fc.integer({ min: 5, max: 40 }), multipleOf: fc.constantFrom(1, 2, 3, 0.5) }, { requiredKeys: [] }),
      fc.record({ type: fc.constantFrom('integer', 'number', 'string', 'array', 'object') }),
      fc.record({ minLength: fc.integer({ min: 0, max: 2 }), maxLength: fc.integer({ min: 2, max: 5 }), pattern: fc.constantFrom('^[ab]', 'b$', '^(?!aa)') }, { requiredKeys: ['pattern'] }),
      fc.record({ items: fc.constantFrom<object>({ type: 'null' }, { enum: [1, 2, 'a', null] }, {}), minItems: fc.integer({ min: 0, max: 2 }), prefixItems: fc.constantFrom<object[]>([{}], [{ type: 'integer' }, {}]) }, { requiredKeys: [] }),
      fc.record({ properties: fc.constantFrom<object>({ a: { type: 'null' } }, { b: { minimum: 3 }, a: {} }), required: fc.constantFrom(['a'], ['b']), additionalProperties: fc.constantFrom<unknown>(false, true, { type: ['null', 'integer'] }), patternProperties: fc.constant({ '^b': { type: ['integer', 'null'] } }), maxProperties: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: ['properties'] }),
      fc.record({ not: fc.constantFrom<object>({ type: 'string' }, { type: ['null', 'array'] }) }),
      fc.record({ enum: fc.constant([1, 4, 'ab', 'b', [null], { a: null }, {}]) }),
    );
    let finished = 0;
    fc.assert(
      fc.property(fc.array(schema, { minLength: 2, maxLength: 3 }), fc.boolean(), schema, (parts, any, other) => {
        try {
          finished += checkSchema(any ? { anyOf: parts, ...other } : { allOf: parts, ...other }, 3);
        } catch (error) {
          if (!(error instanceof RangeError && error.message.includes(': no value is valid'))) throw error;
        }
      }),
      { numRuns: 150 },
    );
    expect(finished).toBeGreaterThan(60);
  });

  it('tells the keywords that it does not support and ignores them, on request', () => {
    const found: string[] = [];
    const schema = { type: 'object', properties: { 'a/b': { type: 'array', uniqueItems: true, items: { type: 'string', format: 'regex' } }, c: { oneOf: [{ type: 'integer' }, { type: 'number' }], unevaluatedItems: false } }, if: {}, then: {}, required: ['a/b'] };
    const constraint = jsonSchemaConstraint(schema, vocabulary.vocabulary, { onUnsupported: ({ pointer, keyword, message }) => found.push(`${keyword} ${pointer} ${message.slice(0, 11)}`) });
    expect(found).toEqual(['if #/if the keyword', 'then #/then the keyword', 'uniqueItems #/properties/a~1b/uniqueItems the keyword', 'format #/properties/a~1b/items/format the format ', 'unevaluatedItems #/properties/c/unevaluatedItems the keyword', 'oneOf #/properties/c/oneOf schemas 0 a']);
    expect(accepts(constraint, '{"a/b":["x","x"],"c":1}')).toBe(true);
    expect(accepts(constraint, '{"c":1}')).toBe(false);
  });

  it('reads numbers within limits exactly as comparing does', () => {
    const limit = fc.oneof(fc.integer({ min: -1200, max: 1200 }), fc.integer({ min: -30_000, max: 30_000 }).map((value) => value / 1000), fc.constantFrom(0, 0.1, -0.05, 1e-7, 99.99));
    const near = fc.tuple(fc.integer({ min: -12_000, max: 12_000 }), fc.constantFrom(1, 10, 100, 1000)).map(([value, by]) => value / by);
    fc.assert(
      fc.property(limit, limit, fc.boolean(), fc.boolean(), fc.boolean(), fc.array(near, { minLength: 10, maxLength: 20 }), (a, b, lowExclusive, highExclusive, integer, others) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        if (low === high && (lowExclusive || highExclusive)) return;
        const schema = { type: integer ? 'integer' : 'number', [lowExclusive ? 'exclusiveMinimum' : 'minimum']: low, [highExclusive ? 'exclusiveMaximum' : 'maximum']: high };
        const valid = (value: number): boolean => (lowExclusive ? value > low : value >= low) && (highExclusive ? value < high : value <= high) && (!integer || Number.isInteger(value));
        if (integer && !valid(Math.ceil(low)) && !valid(Math.ceil(low) + 1)) return; // no integer in between
        const constraint = jsonSchemaConstraint(schema, vocabulary.vocabulary);
        for (const value of [low, high, low + 0.5, high - 0.001, low - 1, high + 1, ...others]) {
          const text = String(value);
          if (text.includes('e') || Object.is(value, -0)) continue;
          const digits = text.replace(/^-|\./g, '').replace(/^0+/, '');
          if (digits.length > 15) continue;
          expect([schema, text, accepts(constraint, text)]).toEqual([schema, text, valid(value)]);
        }
        // As written, with zeros at the end; and never so that rounding leads over a limit.
        for (let seed = 0; seed < 3; seed++) {
          const text = writeAtRandom(constraint.fork(), vocabulary, seed);
          if (text !== undefined) expect([schema, text, valid(JSON.parse(text) as number)]).toEqual([schema, text, true]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps to one limit too, and to large ones', () => {
    for (const schema of [{ type: 'number', minimum: 0.5 }, { type: 'number', exclusiveMaximum: -3 }, { type: 'integer', minimum: 5 }, { type: 'integer', exclusiveMaximum: 1e21 }, { type: 'number', exclusiveMaximum: 1_000_000_000_000 }, { type: 'integer', maximum: 0 }]) {
      expect(checkSchema(schema, 40)).toBeGreaterThan(20);
    }
  });

  // Texts as JavaScript writes numbers: all of these are read back without a loss.
  const limits = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e21, max: 1e21 }), fc.constantFrom(2 ** 53, -(2 ** 53), 2 ** 63, 0.1, 1e-7, -1e15, -8.299274560691926e-297, 1.0000000000000002e30));
  it('writes whole numbers of every length that JavaScript writes without an exponent, as ajv finds them valid', () => {
    const keyword = fc.constantFrom('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum');
    const value = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(Number));
    fc.assert(
      fc.property(fc.array(fc.tuple(keyword, limits), { maxLength: 1 }), fc.array(value, { minLength: 5, maxLength: 10 }), (entries, values) => {
        const schema = { type: 'integer', ...Object.fromEntries(entries) };
        const valid = judge(schema);
        const constraint = jsonSchemaConstraint(schema, vocabulary.vocabulary);
        for (const one of [...values, ...entries.flatMap(([, limit]) => [Math.floor(limit), Math.ceil(limit), Math.floor(limit) + 1, Math.ceil(limit) - 1])]) {
          const text = JSON.stringify(one);
          if (!text.includes('e')) expect([schema, text, accepts(constraint, text)]).toEqual([schema, text, valid(one)]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('writes other numbers with all their digits where the limits belong to the range, as ajv finds them valid', () => {
    const value = fc.oneof(fc.double({ noNaN: true, min: -1e22, max: 1e22 }), fc.double({ noNaN: true, min: -2, max: 2 }), fc.double({ noNaN: true, min: -1e300, max: 1e300 }), fc.constantFrom(0.1 + 0.2, 0.000001234567890123456, 1.5e300, 123456789012345680000));
    fc.assert(
      fc.property(fc.option(limits), fc.option(limits), fc.array(value, { minLength: 5, maxLength: 10 }), (minimum, maximum, values) => {
        if (minimum !== null && maximum !== null && minimum > maximum) return;
        const schema = { type: 'number', ...(minimum === null ? {} : { minimum }), ...(maximum === null ? {} : { maximum }) };
        const valid = judge(schema);
        const constraint = jsonSchemaConstraint(schema, vocabulary.vocabulary);
        for (const one of [...values, minimum ?? 0, maximum ?? 1]) {
          const text = JSON.stringify(one);
          const exponent = Number(text.split('e')[1] ?? 0);
          const free = minimum === null && maximum === null;
          if (exponent < -307 || exponent > (free ? 287 : 307)) continue;
          expect([schema, text, accepts(constraint, text)]).toEqual([schema, text, valid(one)]);
        }
      }),
      { numRuns: 40, examples: [[-8.299274560691926e-297, null, [-8.299274560691924e-297, -1e-300]]] },
    );
  });

  it('never writes a number that JSON.parse rounds over its limit', () => {
    for (const [schema, text] of [
      [{ type: 'integer', exclusiveMinimum: 2 ** 53 }, '9007199254740993'],
      [{ type: 'number', exclusiveMaximum: 10 }, '9.99999999999999999999'],
      [{ type: 'number', exclusiveMinimum: 0.1 }, '0.10000000000000000001'],
      [{ type: 'integer', exclusiveMaximum: 2 ** 63 }, '9223372036854775807'],
      [{ type: 'integer', multipleOf: 3 }, '9999999999999999'], // read as 10^16
    ] as const) expect([schema, judge(schema)(JSON.parse(text)), accepts(jsonSchemaConstraint(schema, vocabulary.vocabulary), text)]).toEqual([schema, false, false]);
    for (const schema of [{ type: 'integer' }, { type: 'number' }, { type: 'number', minimum: -1 }, { type: 'integer', exclusiveMinimum: 2 ** 60 }, { type: 'number', exclusiveMaximum: 1e18 }, { type: 'integer', multipleOf: 7, minimum: 100 }, { type: 'number', multipleOf: 0.5, exclusiveMinimum: -4, maximum: 1000 }, { type: 'number', minimum: 1e25 }]) {
      expect(checkSchema(schema, 30), JSON.stringify(schema)).toBeGreaterThan(15);
    }
    expect(accepts(jsonSchemaConstraint({ minimum: 7 }, vocabulary.vocabulary), '18446744073709551615')).toBe(true);
  });

  it('leaves optional properties out and keeps to the order of the schema', () => {
    const { vocabulary: bytes } = byteVocabulary();
    const constraint = jsonSchemaConstraint({ type: 'object', properties: { a: { const: 1 }, b: { const: 2 }, c: { const: 3 } }, required: ['b'] }, bytes);
    for (const text of ['{"b":2}', '{"a": 1, "b": 2}', '{"a":1,"b":2,"c":3}', '{"b":2, "c":3}']) expect([text, accepts(constraint, text)]).toEqual([text, true]);
    for (const text of ['{}', '{"a":1}', '{"b":2,"a":1}', '{"b":2,}', '{,"b":2}', '{"b":2,"d":4}', '{"b" :2}', '{"b":  2}', '{"b":2,"b":2}']) expect([text, accepts(constraint, text)]).toEqual([text, false]);
  });

  it('never writes a declared name as an additional one, not even as an escape', () => {
    const { vocabulary: bytes } = byteVocabulary();
    const constraint = jsonSchemaConstraint({ type: 'object', properties: { ab: { const: 1 } }, additionalProperties: { const: 2 } }, bytes);
    for (const text of ['{"a":2}', '{"abc":2}', '{"":2}', '{"b":2,"ä":2}', '{"ab":1,"a":2}']) expect([text, accepts(constraint, text)]).toEqual([text, true]);
    for (const text of ['{"ab":2}', '{"\\u0061b":2}', '{"ab":1,"ab":2}']) expect([text, accepts(constraint, text)]).toEqual([text, false]);
  });

  it('treats names of prototypes like all others', () => {
    const { vocabulary: bytes } = byteVocabulary();
    const constraint = jsonSchemaConstraint(JSON.parse('{"type":"object","properties":{"__proto__":{"const":1},"toString":{"const":2}},"required":["__proto__"]}'), bytes);
    expect(accepts(constraint, '{"__proto__":1,"toString":2}')).toBe(true);
    expect(accepts(constraint, '{"toString":2}')).toBe(false);
  });

  it('works with the tokens of a small vocabulary, and leaves out what it cannot spell', () => {
    const small = textVocabulary('{', '}', '"', ':', ',', 'a', 'b', 'tr', 'ue', '": ');
    const constraint = jsonSchemaConstraint({ type: 'object', properties: { ab: { enum: [true, false, null] }, c: { const: 'b' } } }, small.vocabulary);
    for (let seed = 0; seed < 20; seed++) expect(['{}', '{"ab":true}', '{"ab": true}']).toContain(writeAtRandom(constraint.fork(), small, seed));
  });

  it.each<[string, unknown, string]>([
    ['a keyword that it does not know', { properties: { a: { type: 'array', contains: {} } } }, 'JSON Schema at #/properties/a: the keyword "contains" is not supported'],
    ['not of more than types', { not: { required: ['a'] } }, '"not" is not supported except for types'],
    ['multipleOf with too many digits', { type: 'number', multipleOf: 0.123456789 }, '"multipleOf" 0.123456789 is not supported'],
    ['multipleOf that is none', { type: 'number', multipleOf: 0 }, '"multipleOf" must be a number above 0, got 0'],
    ['minProperties beyond the names', { minProperties: 3, properties: { a: {} }, additionalProperties: true }, '"minProperties" 3 is not supported with 1 named properties'],
    ['too many alternatives together', { allOf: Array.from({ length: 4 }, (_, i) => ({ anyOf: Array.from({ length: 6 }, (__, j) => ({ minLength: i + j })) })) }, 'more than 500 alternatives apply together'],
    ['if', { if: {}, then: {} }, '"if" is not supported'],
    ['many patternProperties', { patternProperties: { a: {}, b: {}, c: {}, d: {}, e: {}, f: {} } }, '"patternProperties" with more than 5 patterns is not supported'],
    ['uniqueItems', { type: 'array', uniqueItems: true }, '"uniqueItems" is not supported'],
    ['a format', { type: 'string', format: 'regex', pattern: 'a' }, 'the format "regex" is not supported; there are date,'],
    ['a format named like a method', { type: 'string', format: 'toString' }, 'the format "toString" is not supported'],
    ['overlapping oneOf', { oneOf: [{ type: 'integer' }, { type: 'number' }] }, 'schemas 0 and 1 of "oneOf" may match the same value'],
    ['overlapping oneOf without types', { oneOf: [{ properties: {} }, { type: 'string' }] }, 'may match the same value'],
    ['a type that is none', { type: 'text' }, '"type" must be one of string, number'],
    ['a $ref elsewhere', { $ref: 'http://example.com/a.json' }, 'is not supported; only places in the same schema'],
    ['a $ref to nothing', { $ref: '#/$defs/a' }, 'leads nowhere: there is no "$defs"'],
    ['a $ref to a prototype', { $ref: '#/constructor' }, 'leads nowhere: there is no "constructor"'],
    ['a schema that is none', { properties: { a: 5 } }, 'JSON Schema at #/properties/a: expected a schema, an object or true or false, got 5'],
    ['null', null, 'JSON Schema at #: expected a schema, an object or true or false, got null'],
    ['a number', 5, 'JSON Schema at #: expected a schema, an object or true or false, got 5'],
    ['an array', [{ type: 'null' }], 'JSON Schema at #: expected a schema, an object or true or false, got an array'],
    ['nothing at all', undefined, 'JSON Schema at #: expected a schema, an object or true or false, got undefined'],
    ['a function', () => true, 'JSON Schema at #: expected a schema, an object or true or false, got a function'],
    ['a JSON text', '{"type": "null"}', 'got a string; if it is the JSON text of a schema, JSON.parse it'],
    ['a schema of another library', { kind: 'schema', type: 'string', '~standard': { version: 1, vendor: 'valibot', validate: () => ({ value: 1 }) } }, 'JSON Schema at #: this is a schema of valibot, not a JSON Schema; convert it to one with what valibot has for this'],
    ['a function of another library', { items: Object.assign(() => 1, { '~standard': { version: 1, vendor: 'arktype', validate: () => ({ value: 1 }) } }) }, 'JSON Schema at #/items: this is a schema of arktype'],
    ['lengths in the wrong order', { type: 'string', minLength: 5, maxLength: 3 }, '"minLength" 5 is above "maxLength" 3'],
    ['a length that is none', { type: 'string', minLength: -1 }, '"minLength" must be an integer from 0, got -1'],
    ['limits in the wrong order', { type: 'number', minimum: 5, maximum: 3 }, 'the lower limit 5 is above the upper limit 3'],
    ['a limit that is none', { type: 'number', minimum: '5' }, '"minimum" must be a number, got "5"'],
    ['a required name that is not allowed', { type: 'object', required: ['a'], additionalProperties: false }, '"required" names "a"'],
    ['a pattern with look-behind', { type: 'string', pattern: '(?<=a)' }, '"pattern": regular expression, position 0: look-behind'],
    ['a long pattern of limited length', { type: 'string', pattern: '^a{60000}$', maxLength: 5 }, 'put the counts into the pattern'],
    ['items as a list and prefixItems', { type: 'array', items: [{}], prefixItems: [{}] }, '"items" as a list and "prefixItems" say the same'],
    ['schemas nested without end', nested(300, (items) => ({ type: 'array', items })), 'more than 200 schemas or values within each other'],
    ['values nested without end', { const: nested(300, (value) => [value]) }, 'more than 200 schemas or values within each other'],
    ['enum of nothing', { enum: [] }, '"enum" must be a list'],
    ['a const that is no JSON', { const: Infinity }, 'Infinity is no value of JSON'],
  ])('refuses %s', (_, schema, message) => {
    expect(errorOf(() => jsonSchemaConstraint(schema, vocabulary.vocabulary))).toEqual(expect.objectContaining({ name: 'SyntaxError', message: expect.stringContaining(message) as string }));
  });

  it('refuses a white space that there is not', () => {
    expect(() => jsonSchemaConstraint({}, vocabulary.vocabulary, { whitespace: 'much' as never })).toThrow(new RangeError('whitespace must be one of none, single, free, got much'));
  });
});
