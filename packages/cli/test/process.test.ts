import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { main, type ProcessLike } from '../src/index.js';
import { commandName } from '../src/process-io.js';

/** A process whose streams and signals the test holds in its hands. */
function fakeProcess(argv: string[]) {
  const signals = new EventEmitter();
  const stream = (): EventEmitter & { text: string; write(text: string): boolean } => {
    const emitter = Object.assign(new EventEmitter(), {
      text: '',
      write(text: string) {
        emitter.text += text;
        emitter.emit('written', text);
        return true;
      },
    });
    return emitter;
  };
  const stdout = stream();
  const stderr = stream();
  const kill = vi.fn();
  const stdin = {
    isTTY: false,
    // Standard input that never ends, as somebody who is thinking about what to type.
    async *[Symbol.asyncIterator]() {
      yield 'x';
      await new Promise((resolve) => signals.once('SIGINT', resolve));
    },
  };
  const fake = { argv: ['node', '/usr/bin/kk', ...argv], env: {}, cwd: () => process.cwd(), on: signals.on.bind(signals), removeListener: signals.removeListener.bind(signals), kill, pid: 1234, exitCode: undefined, stdin, stdout, stderr };
  return { fake: fake as unknown as ProcessLike, signals, stdout, stderr, kill };
}

describe('main', () => {
  it('sets the exit code and leaves no listener for signals behind', async () => {
    const { fake, signals, stderr, kill } = fakeProcess(['no-such-verb']);
    await main(fake);
    expect(fake.exitCode).toBe(2);
    expect(stderr.text).toContain("kk: unknown command 'no-such-verb'");
    expect(signals.eventNames()).toEqual([]);
    expect(kill).not.toHaveBeenCalled();
  });

  it('stops quietly when nobody reads the output any more', async () => {
    const { fake, stdout, stderr } = fakeProcess(['tokenize', 'abcabc '.repeat(500), '--tokenizer', 'char']);
    stdout.once('written', () => stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })));
    await main(fake);
    expect(fake.exitCode ?? 0).toBe(0);
    expect(stderr.text).toBe('');
    expect(stdout.text.split('\n').length).toBeLessThan(10);
  });

  it('says once when the output cannot be written', async () => {
    const { fake, stdout, stderr } = fakeProcess(['tokenize', 'abcabc '.repeat(500), '--tokenizer', 'char']);
    stdout.on('written', () => stdout.emit('error', Object.assign(new Error('no space'), { code: 'ENOSPC' })));
    await main(fake);
    expect(fake.exitCode).toBe(1);
    expect(stderr.text).toBe('kk: The output could not be written: The disk is full.\n');
  });

  it('asks to stop at the first Ctrl-C and leaves at the second', async () => {
    const { fake, signals, kill } = fakeProcess(['tokenize', '--tokenizer', 'char']);
    const done = main(fake);
    await new Promise((resolve) => setImmediate(resolve));
    signals.emit('SIGINT');
    expect(kill).not.toHaveBeenCalled();
    signals.emit('SIGINT');
    expect(kill).toHaveBeenCalledWith(1234, 'SIGINT');
    await done;
    expect(fake.exitCode).toBe(130);
  });
});

describe('commandName', () => {
  it('is what the user can type again', () => {
    expect(commandName('/home/me/project/node_modules/.bin/kk', '/home/me/project')).toBe('kk');
    expect(commandName('/clone/packages/cli/bin/kk.js', '/clone')).toBe('node packages/cli/bin/kk.js');
    expect(commandName('/clone/packages/cli/bin/kk.js', '/elsewhere')).toBe('node /clone/packages/cli/bin/kk.js');
    expect(commandName(undefined, '/')).toBe('kk');
  });
});
