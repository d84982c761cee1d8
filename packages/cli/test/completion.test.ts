// Completion: what is offered at each place of a command line, and that real shells get it from the script of `kk completion`.
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Context } from '../src/context.js';
import { candidates } from '../src/grammar/complete.js';
import { createProgram } from '../src/program.js';
import { kk, temporaryFolder } from './support/kk.js';

describe('candidates', () => {
  const stream = { write: () => undefined };
  const program = createProgram(new Context({ stdin: { async *[Symbol.asyncIterator]() {} }, stdout: stream, stderr: stream, env: {}, cwd: '/', command: 'kk', interrupt: new AbortController().signal }));
  const offered = (line: string): string[] | 'files' => {
    const words = line.split(' ');
    const found = candidates(program, words.slice(1, -1), words.at(-1) as string);
    return found === 'files' ? found : found.map(({ name }) => name);
  };

  it.each<[string, readonly string[] | 'files']>([
    ['kk tr', ['train']],
    ['kk d', ['demo', 'download', 'devices']],
    ['kk markov ', ['train', 'eval', 'generate', 'inspect']],
    ['kk help markov g', ['generate']],
    ['kk completion ', ['bash', 'zsh', 'fish']],
    ['kk train --st', ['--steps']],
    ['kk train a.txt --st', ['--steps']],
    ['kk train --steps 3 --st', []],
    ['kk train --device ', ['wasm', 'gpu', 'cpu', 'auto']],
    ['kk train --device g', ['gpu']],
    ['kk train --device wasm --wi', ['--width']],
    ['kk train --steps ', []],
    ['kk train ', 'files'],
    ['kk train --data a.txt b', 'files'],
    ['kk train a.txt --tokenizer w', ['word', 'wordpiece']],
    ['kk train a.txt --tokenizer ./w', 'files'],
    ['kk train a.txt --out ', 'files'],
    ['kk generate ru', 'files'],
    ['kk generate runs/a ', []],
    ['kk generate runs/a --prompt ', []],
    ['kk generate --draft ', 'files'],
    ['kk tokenizer inspect c', ['cl100k_base']],
    ['kk tokenizer convert gpt2 ', 'files'],
    ['kk tokenizer convert --tokenizer gpt2 ', 'files'],
    ['kk markov train a.txt --unit gr', ['grapheme']],
    ['kk markov train a.txt --unit runs/', 'files'],
    ['kk markov eval --smoothing ka', ['katz']],
    ['kk embed train a.txt --method g', ['glove']],
    ['kk embed train --subwords ', ['3-6']],
    ['kk embed neighbours ', 'files'],
    ['kk embed neighbours a.txt ', []],
    ['kk embed odd --format ', ['safetensors', 'text', 'binary', 'glove', 'fasttext', 'projector']],
    ['kk embed project a.txt ', 'files'],
    ['kk embed eval a.txt --analogies ', 'files'],
    ['kk bench ', []],
    ['kk demo --lang ', ['de', 'en']],
    ['kk eval --h', ['--help']],
    ['kk demo --lang=', ['--lang=de', '--lang=en']],
    ['kk train --device=g', ['--device=gpu']],
    ['kk train a.txt --data=', 'files'],
    ['kk train a.txt --out=ru', 'files'],
    ['kk train --steps=', []],
    ['kk train --no-such=', []],
    ['kk train --device=gpu --st', ['--steps']],
    ['kk train --device=gpu --dev', []],
    ['kk demo --seconds ', []],
    ['kk train a.txt --tokenizer bpe:', []],
    ['kk train a.txt --tokenizer bpe:3', []],
    ['kk markov train a.txt --smoothing additive:', []],
  ])('%j', (line, expected) => {
    expect(offered(line)).toEqual(expected);
  });

  it('never offers what is hidden', () => {
    expect(offered('kk co')).toEqual(['corpus', 'completion']);
  });
});

describe('kk completion', () => {
  it('knows three shells', async () => {
    expect(await kk(['completion', 'tcsh'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('bash, zsh, fish') });
    expect((await kk(['completion'])).exitCode).toBe(2);
  });

  let server: Server;
  let env: NodeJS.ProcessEnv;

  // A program `kk` on the PATH, which lets this process do the work: the sources need no build then.
  beforeAll(async () => {
    const folder = temporaryFolder();
    const socket = join(folder, 'socket');
    server = createServer((connection) => {
      connection.once('data', (data) => {
        const { argv, env } = JSON.parse(data.toString()) as { argv: string[]; env: Record<string, string> };
        void kk(argv, { env }).then(({ stdout }) => connection.end(stdout));
      });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const program = join(folder, 'kk');
    writeFileSync(program, `#!/usr/bin/env node\nconst socket = require('node:net').connect(${JSON.stringify(socket)});\nsocket.write(JSON.stringify({ argv: process.argv.slice(2), env: process.env }));\nsocket.pipe(process.stdout);\n`);
    chmodSync(program, 0o755);
    env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter), HOME: folder };
  });

  afterAll(() => server.close());

  /** What a script of a shell prints, as lines. */
  const lines = async (shell: string, args: string[], script: string): Promise<string[]> => (await promisify(execFile)(shell, [...args, '-c', script], { env })).stdout.trimEnd().split('\n');

  // Each asks the shell's own function for completions, as the shell does when somebody presses Tab.
  const inBash = (line: string, before = ':'): Promise<string[]> => {
    const words = line.split(' ');
    return lines('bash', ['--norc'], `source <(kk completion bash); ${before}
COMP_LINE='${line}' COMP_POINT=${line.length} COMP_CWORD=${words.length - 1} COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
_kk_completion; printf '%s\\n' "\${COMPREPLY[@]}"`);
  };
  const inZsh = (line: string): Promise<string[]> => {
    const words = line.split(' ');
    return lines('zsh', ['-f'], `compdef() { }
_describe() { print -l -- $reply }
_files() { print files }
source <(kk completion zsh)
BUFFER='${line}' CURSOR=${line.length} CURRENT=${words.length} words=(${words.map((word) => `'${word}'`).join(' ')})
_kk_completion`);
  };
  // Without a terminal fish does not know where its cursor is.
  const inFish = (line: string): Promise<string[]> => lines('fish', ['--no-config'], `kk completion fish | source
function commandline; if test "$argv" = -C; echo ${line.length}; else; builtin commandline $argv; end; end
complete -C '${line}'`);

  const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

  describe.skipIf(!has('bash'))('in bash', () => {
    it('offers verbs, options and choices, and leaves files to bash', async () => {
      expect(await inBash('kk mar')).toEqual(['markov']);
      expect(await inBash('kk markov ')).toEqual(['train', 'eval', 'generate', 'inspect']);
      expect(await inBash('kk train --ste')).toEqual(['--steps']);
      expect(await inBash('kk train --device g')).toEqual(['gpu']);
      expect(await inBash('kk train --data ')).toEqual(['']);
      expect(await inBash('kk demo --lang=')).toEqual(['de', 'en']); // in place of what follows the `=`
      // Where kk has nothing to offer, bash does not offer files instead.
      const without = 'no files in place of nothing';
      for (const line of ['kk demo --seconds ', 'kk train a.txt --tokenizer bpe:', 'kk markov train a.txt --smoothing additive:']) expect(await inBash(line, `compopt() { [ "$*" = '+o default' ] && echo '${without}'; }`)).toEqual([without]);
      expect(await inBash('kk train --data ', `compopt() { echo '${without}'; }`)).toEqual(['']);
      expect(await lines('bash', ['--norc'], 'source <(kk completion bash); complete -p kk')).toEqual(['complete -o default -F _kk_completion kk']);
    });
  });

  describe.skipIf(!has('zsh'))('in zsh', () => {
    it('offers verbs, options and choices with a description, and files', async () => {
      expect(await inZsh('kk mar')).toEqual(['markov:count n-grams and write nonsense']);
      expect(await inZsh('kk train --ste')).toEqual(['--steps:training steps']);
      expect(await inZsh('kk train --device g')).toEqual(['gpu']);
      expect(await inZsh('kk train --device=g')).toEqual(['--device=gpu']);
      expect(await inZsh('kk train --data ')).toEqual(['files']);
    });
  });

  describe.skipIf(!has('fish'))('in fish', () => {
    it('offers verbs, options and choices with a description, and files', async () => {
      writeFileSync(join(env.HOME as string, 'story.txt'), 'Once');
      expect(await inFish('kk mar')).toEqual(['markov\tcount n-grams and write nonsense']);
      expect(await inFish('kk train --ste')).toEqual(['--steps\ttraining steps']);
      expect(await inFish('kk train --device g')).toEqual(['gpu\tkk']);
      expect(await inFish('kk train --device=g')).toEqual(['--device=gpu\tkk']);
      expect(await inFish(`kk train ${env.HOME}/sto`)).toEqual([expect.stringContaining('story.txt')]);
    });
  });
});
