// Every option is declared in one place: what follows from the declaration follows, and who declares one is told what is missing.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagOf } from '../src/grammar/flags.js';
import { allVerbs } from '../src/grammar/verbs-table.js';
import { addSampling, type SamplingFlags, samplingOf } from '../src/options/sampling.js';
import { UsageError } from '../src/errors.js';
import { Verb } from '../src/grammar/verb.js';

/** All TypeScript in these folders. */
const sourcesIn = (...folders: readonly string[]): string =>
  folders.flatMap((folder) => {
    const root = new URL(folder, import.meta.url);
    return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(new URL(name, root), 'utf8'));
  }).join('\n');

/** The lines that declare options and their rules, and not what is done with them. */
const DECLARING = /\.(?:needs|excludes|pointless|suggests|requires|argumentFor|flows)(?:<\w+>)?\(.*/g;

const options = [...new Map(allVerbs().flatMap((verb) => verb.options.map((option) => [option.flags, { verb: verb.path, flag: flagOf(option), name: option.attributeName() }] as const))).values()];

const sampling = addSampling(new Verb('generate')).options.map(flagOf);

describe('every option', () => {
  it('is read by what its verb does', () => {
    const sources = sourcesIn('../src/').replace(DECLARING, '');
    expect(options.length).toBeGreaterThan(150);
    const isRead = (name: string): boolean => new RegExp(`(?:[{,.[]\\s*'?)${name}\\b(?!\\??:)`).test(sources);
    const unread = options.filter(({ name }) => !isRead(name));
    expect(unread, 'These options are declared, and nothing in packages/cli/src reads their values by these names').toEqual([]);
  });

  it('is given in a test', () => {
    const tests = sourcesIn('./', '../slow/');
    const untested = options.map(({ flag }) => flag).filter((flag) => !sampling.includes(flag) && !new RegExp(`${flag}(?![\\w-])`).test(tests));
    expect(untested, 'Give the new option in a test of packages/cli/test').toEqual([]);
  });
});

it('every sampling option reaches the sampler', async () => {
  const verb = addSampling(new Verb('generate'));
  // Another value for each; two take whole numbers, one takes two numbers, and two take texts, of which the tokenizer makes tokens.
  const others: Record<string, readonly [text: string, reaches: unknown]> = { lengthDecay: ['30,1.5', { start: 30, factor: 1.5 }], bias: ['ab=-2', [[[97, 98], -2]]], noWords: ['c=d', [[99, 61, 100]]] };
  const texts = verb.options.map((option, at) => {
    const name = option.attributeName();
    return others[name]?.[0] ?? String(['topK', 'noRepeatNgram'].includes(name) ? at + 1 : (at + 1) / 20);
  });
  let given: SamplingFlags | undefined;
  verb.does((flags: SamplingFlags) => void (given = flags));
  await verb.parseAsync(verb.options.flatMap((option, at) => [flagOf(option), texts[at]]), { from: 'user' });
  const bytes = { encode: (text: string) => [...Buffer.from(text)] };
  expect(new Set(Object.values(samplingOf(given!, bytes)))).toEqual(new Set(verb.options.map((option, at) => others[option.attributeName()]?.[1] ?? Number(texts[at]))));
});

it('a text that the tokenizer refuses is named with its option', () => {
  const refuses = { encode: () => { throw new RangeError('there is no token for "ß"'); } };
  expect(() => samplingOf({ temperature: 1, noWords: ['ß'] }, refuses)).toThrow(new UsageError(`'ß' of --no-words cannot be encoded: there is no token for "ß"`, 'Choose another text for --no-words.'));
});
