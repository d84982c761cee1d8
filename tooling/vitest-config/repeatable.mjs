// Runs before every test file, so that a test which passes once passes always: whatever a test draws without naming a seed is the same
// in every run. `KK_TEST_SEED=2 npm test` draws others, which looks for mistakes that the usual numbers do not find.
import fc from 'fast-check';
import { beforeEach } from 'vitest';

const seed = Number(process.env.KK_TEST_SEED ?? 1);

// A property that fails prints this seed and the path to its counterexample.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

/** The state of `Math.random`: the default seeds of samplers and chains come from it. */
let state = seed;
// Every test begins anew: it draws the same numbers alone (`-t`) and after others.
beforeEach(() => void (state = seed));

// SplitMix32: Weyl's sequence, mixed as in MurmurHash3.
Math.random = () => {
  state = (state + 0x9e3779b9) | 0;
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
};
