// Real processes: what is shown of a failed command, and that Ctrl-C leaves nothing running.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run, runShown } from '../src/child.mjs';
import { CommandFailure } from '../src/failures.mjs';

const context = { env: process.env, verbose: false };
const node = (code: string) => ({ file: process.execPath, args: ['--eval', code], display: 'the command' });

describe('run', () => {
  it('ends quietly with a command that succeeds', async () => {
    await expect(run(node('console.log("hidden")'), context)).resolves.toBeUndefined();
  });

  it('fails with the last 40 lines of both streams and the exit code', async () => {
    const code = 'for (let i = 1; i <= 100; i++) console.log("out " + i); console.error("the reason"); process.exitCode = 3;';
    const error: unknown = await run(node(code), context).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CommandFailure);
    const { message } = error as CommandFailure;
    expect(message).toContain('the command ended with exit code 3.');
    expect(message).toContain('out 100');
    expect(message).toContain('the reason');
    expect(message).not.toContain('out 60\n');
  });

  it('says so if a command cannot be started', async () => {
    const missing = { file: 'no-such-command-anywhere', args: [], display: 'no-such-command-anywhere' };
    await expect(run(missing, context)).rejects.toThrow('could not be started');
    await expect(runShown(missing, context)).rejects.toThrow('could not be started');
  });
});

describe('runShown', () => {
  it('hands on the exit code', async () => {
    await expect(runShown(node(''), context)).resolves.toBe(0);
    await expect(runShown(node('process.exitCode = 7'), context)).resolves.toBe(7);
  });
});

describe.runIf(process.platform !== 'win32')('an interrupted run', () => {
  it.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('ends its children on %s and exits with %d', async (signal, exitCode) => {
    const script = fileURLToPath(new URL('fixtures/waits.mjs', import.meta.url));
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('grandchild started\n')) resolve();
      });
    });
    // A run ends only when all processes that hold its output have ended: were one left, this would wait for ever.
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill(signal);
    child.kill(signal); // npm and the terminal both send it
    expect(await ended).toBe(exitCode);
    expect(output).toContain('interrupted after');
  });
});
