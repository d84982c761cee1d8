// Real processes: what is shown of a failed command, and that Ctrl-C leaves nothing running.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run, runShown, runTogether } from '../src/child.mjs';
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

describe('runTogether', () => {
  it('begins the commands together: each waits for the other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'together-'));
    const meets = (own: string, other: string) => node(`const fs = require('node:fs'); fs.writeFileSync(${JSON.stringify(join(folder, own))}, ''); while (!fs.existsSync(${JSON.stringify(join(folder, other))}));`);
    await runTogether([meets('a', 'b'), meets('b', 'a')], context);
    await rm(folder, { recursive: true });
  });

  it('lets all come to their end, and fails with the first that failed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'together-'));
    const late = join(folder, 'late');
    const commands = [node(''), node('process.exitCode = 3'), node(`setTimeout(() => require('node:fs').writeFileSync(${JSON.stringify(late)}, ''), 300)`), node('process.exitCode = 4')];
    await expect(runTogether(commands, context)).rejects.toThrow('ended with exit code 3.');
    expect(existsSync(late)).toBe(true);
    await rm(folder, { recursive: true });
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
