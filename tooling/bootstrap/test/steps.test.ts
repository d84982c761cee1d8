import { describe, expect, it } from 'vitest';
import { runSteps, seconds } from '../src/steps.mjs';

/** A clock that every step moves on, and a place to write to. */
function stage() {
  let time = 0;
  let text = '';
  return {
    takes: (milliseconds: number, word?: string) => async () => {
      time += milliseconds;
      return word;
    },
    options: { now: () => time, write: (piece: string) => void (text += piece) },
    text: () => text,
  };
}

describe('runSteps', () => {
  it('prints one line per step with its time', async () => {
    const { takes, options, text } = stage();
    await runSteps(
      [
        { title: 'Getting pnpm', run: takes(300, 'up to date') },
        { title: 'Installing dependencies', run: takes(12_340) },
        { title: 'Running the tests', run: takes(125_000, 'failed') },
      ],
      options,
    );
    expect(text()).toBe(
      '[1/3] Getting pnpm … up to date\n[2/3] Installing dependencies … done in 12.3 s\n[3/3] Running the tests … failed in 2 min 05 s\n',
    );
  });

  it('stops at the first step that fails', async () => {
    const { takes, options, text } = stage();
    const fails = async () => {
      await takes(2_000)();
      throw new Error('no');
    };
    const steps = [
      { title: 'Linting', run: fails },
      { title: 'Building', run: takes(1) },
    ];
    await expect(runSteps(steps, options)).rejects.toThrow('no');
    expect(text()).toBe('[1/2] Linting … failed after 2.0 s\n');
  });

  it('leaves lines of their own to steps that print', async () => {
    const { options, text } = stage();
    const prints = async () => options.write('1 passed\n');
    await runSteps([{ title: 'Testing', shown: true, run: prints }], options);
    expect(text()).toBe('[1/1] Testing …\n1 passed\n[1/1] Testing … done in 0.0 s\n');
  });
});

it.each([[0, '0.0 s'], [12_340, '12.3 s'], [99_949, '99.9 s'], [99_950, '1 min 40 s'], [125_400, '2 min 05 s']])('%d ms is %s', (milliseconds, text) => {
  expect(seconds(milliseconds)).toBe(text);
});
