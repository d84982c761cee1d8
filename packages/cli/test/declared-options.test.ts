// Every option is declared in one place: what follows from the declaration follows, and who declares one is told what is missing.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagOf } from '../src/grammar/flags.js';
import { allVerbs } from '../src/grammar/verbs-table.js';
import { addSampling, type SamplingFlags, samplingOf } from '../src/options/sampling.js';
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

/** Options of old that no test gives. */
const UNTESTED = ['--margins', '--tuned'];

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
    const tests = sourcesIn('./', '../slow/').replace(/const UNTESTED = .*/, '');
    const untested = options.map(({ flag }) => flag).filter((flag) => !sampling.includes(flag) && !new RegExp(`${flag}(?![\\w-])`).test(tests));
    expect(untested, 'Give the new option in a test of packages/cli/test; this list only becomes shorter').toEqual(UNTESTED);
  });
});

it('every sampling option reaches the sampler', async () => {
  const verb = addSampling(new Verb('generate'));
  // Another value for each; two take whole numbers, and one takes two numbers.
  const texts = verb.options.map((option, at) => {
    const name = option.attributeName();
    return name === 'lengthDecay' ? '30,1.5' : String(['topK', 'noRepeatNgram'].includes(name) ? at + 1 : (at + 1) / 20);
  });
  let given: SamplingFlags | undefined;
  verb.does((flags: SamplingFlags) => void (given = flags));
  await verb.parseAsync(verb.options.flatMap((option, at) => [flagOf(option), texts[at]]), { from: 'user' });
  expect(new Set(Object.values(samplingOf(given!)))).toEqual(new Set(texts.map((text) => (text === '30,1.5' ? { start: 30, factor: 1.5 } : Number(text)))));
});
