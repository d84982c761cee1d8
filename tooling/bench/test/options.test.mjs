import { describe, expect, it } from 'vitest';
import { readOptions, usage } from '../lib/options.mjs';

const everyday = ['matmul', 'step', 'memory', 'decode'];
const all = [...everyday, 'conv', 'training', 'tokenizer', 'sampler', 'markov', 'neighbours', 'word-vectors', 'gpu', 'scaling', 'batch', 'tune', 'preferences', 'profile', 'peers'];

describe('the options of pnpm bench', () => {
  it('measures what takes seconds, three times, when nothing is said', () => {
    const { rounds, steps, wanted, help, ...others } = readOptions([]);
    expect([rounds, steps, help, all.filter(wanted)]).toEqual([3, 1000, false, everyday]);
    expect(Object.values(others).every((value) => value === undefined)).toBe(true);
  });

  it.each(all)('--only %s measures that alone', (name) => {
    expect(all.filter(readOptions(['--only', name]).wanted)).toEqual([name]);
    expect(usage).toContain(name);
  });

  it('takes lists apart', () => {
    expect(all.filter(readOptions(['--only', 'memory,step']).wanted)).toEqual(['step', 'memory']);
    expect(readOptions('--parts worst,train --texts brown,a.txt --sides 64,128 --configurations tiny,mid --sweeps batch --rounds 7'.split(' '))).toMatchObject({
      parts: ['worst', 'train'],
      texts: ['brown', 'a.txt'],
      sides: [64, 128],
      configurations: ['tiny', 'mid'],
      sweeps: ['batch'],
      rounds: 7,
    });
  });

  it.each([
    ['--only tokeniser', "--only: there is no 'tokeniser'; choose among matmul,"],
    ['--before nowhere', '--before nowhere: this is no checkout of the repository'],
    ['--parts best', "--parts: there is no 'best'; choose among encode, files, worst, train."],
    ['--sweeps height', "--sweeps: there is no 'height'; choose among width,"],
    ['--configurations large', "--configurations: there is no 'large'; choose among tiny, small, mid."],
    ['--rounds 0', '--rounds 0: expected a whole number of 1 or more.'],
    ['--steps none', '--steps none: expected a whole number of 1 or more.'],
    ['--rounds few', '--rounds few: expected'],
    ['--sides 1.5', '--sides 1.5: expected whole numbers'],
    ['--fast', "Unknown option '--fast'"],
  ])('refuses %s', (line, message) => {
    expect(() => readOptions(line.split(' '))).toThrow(message);
  });
});
