// Ctrl-C and SIGTERM end kk also while it waits for a named pipe that nobody writes to. A process of its own shows it, because what waits is
// a thread of Node's that outlives the command.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, writeFileSync } from 'node:fs';
import { constants as system } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { buildProgram } from './support/pseudo-terminal.js';
import { babble } from './support/texts.js';

describe.skipIf(process.platform === 'win32')('waiting for a pipe', () => {
  let cwd: string;
  let program: string;

  beforeAll(async () => {
    cwd = temporaryFolder();
    writeFileSync(join(cwd, 'text.txt'), babble(2000));
    expect((await kk(['train', 'text.txt', ...tiny, '--out', 'gpt', '--quiet'], { cwd })).exitCode).toBe(0);
    program = await buildProgram();
  });

  it.each<[NodeJS.Signals, number, string[]]>([
    ['SIGINT', 130, ['eval', 'gpt', '--data', 'pipe']],
    ['SIGTERM', 143, ['train', 'pipe', ...tiny, '--out', 'new']],
    ['SIGINT', 130, ['tokenize', '--data', 'pipe']],
    ['SIGTERM', 143, ['tokenize', 'x', '--tokenizer', 'pipe.json']],
    ['SIGINT', 130, ['generate', 'gpt', '--grammar', 'pipe']],
    ['SIGTERM', 143, ['markov', 'inspect', 'pipe']],
    ['SIGINT', 130, ['markov', 'train', 'pipe', '--out', 'new.markov']],
  ])('%s gives %i: kk %j', async (signal, exitCode, argv) => {
    const pipe = join(cwd, argv.find((word) => word.startsWith('pipe'))!);
    execFileSync('rm', ['-f', pipe]);
    execFileSync('mkfifo', [pipe]);
    const child = spawn(process.execPath, [program, ...argv], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<number>((resolve) => child.once('exit', (code, by) => resolve(by === null ? code! : 128 + system.signals[by])));
    // Nothing is ever written, but the pipe can be opened once kk waits there.
    const writer = await openWhenRead(pipe);
    try {
      child.kill(signal);
      expect(await ended).toBe(exitCode);
    } finally {
      closeSync(writer);
      child.kill('SIGKILL');
    }
  });
});

/** Opens a named pipe for writing as soon as somebody reads from it. */
async function openWhenRead(pipe: string): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
