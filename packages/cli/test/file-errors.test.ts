// Files that are missing or are something else: the message says so in words and names them as the user typed them.
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { namedAsTyped } from '../src/files/as-typed.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  mkdirSync(join(cwd, 'folder'));
  mkdirSync(join(cwd, 'folder.markov'));
  symlinkSync('loop', join(cwd, 'loop'));
  symlinkSync('not-there', join(cwd, 'dangling'));
  expect((await kk(['train', '--data', 'text.txt', ...tiny, '--out', 'gpt', '--quiet'], { cwd })).exitCode).toBe(0);
  for (const name of ['config.json', 'model.safetensors', 'tokenizer.json', 'checkpoint.safetensors']) {
    const damaged = join(cwd, `no-${name}`);
    cpSync(join(cwd, 'gpt'), damaged, { recursive: true });
    rmSync(join(damaged, name));
    mkdirSync(join(damaged, name));
  }
});

const train = ['train', ...tiny, '--out', 'never'];

describe('files that cannot be read', () => {
  it.each<[string[], RegExp]>([
    [[...train, '--data', 'missing.txt'], /missing\.txt.*there is no such file/],
    [[...train, '--data', 'folder'], /folder.*it is a folder/],
    [[...train, '--data', 'text.txt/x'], /text\.txt\/x.*is a file, expected a folder/],
    [[...train, '--data', 'loop'], /loop.*its links lead in a circle/],
    [['markov', 'train', '--data', 'loop', '--out', 'x.markov'], /loop.*its links lead in a circle/],
    [['markov', 'inspect', '--model', 'loop'], /loop.*its links lead in a circle/],
    [['tokenize', 'hi', '--tokenizer', './loop'], /loop.*its links lead in a circle/],
    [['eval', '--model', 'loop', '--data', 'text.txt'], /loop.*its links lead in a circle/],
    [[...train, '--data', 'dangling'], /dangling.*there is no such file/],
    [['train', '--data', 'text.txt', ...tiny, '--out', 'dangling'], /dangling is a link to not-there, which is no folder\.[^]*Make that folder, or choose another --out\./],
    [['train', '--data', 'text.txt', ...tiny, '--out', 'loop'], /loop is a link to loop, which is no folder/],
    [[...train, '--data', 'text.txt', '--tokenizer', 'missing.json'], /missing\.json.*there is no such file/],
    [[...train, '--data', 'text.txt', '--tokenizer', 'folder'], /folder\/tokenizer\.json.*there is no such file/],
    [['train', '--resume', 'no-checkpoint.safetensors'], /no-checkpoint\.safetensors\/checkpoint\.safetensors.*it is a folder/],
    [['eval', '--model', 'no-config.json', '--data', 'text.txt'], /no-config\.json\/config\.json.*it is a folder/],
    [['generate', '--model', 'no-model.safetensors'], /no-model\.safetensors\/model\.safetensors.*it is a folder/],
    [['generate', '--model', 'no-tokenizer.json'], /no-tokenizer\.json\/tokenizer\.json.*/],
    [['generate', '--model', 'gpt', '--draft', 'folder.markov'], /folder\.markov.*it is a folder/],
    [['generate', '--model', 'gpt', '--grammar', 'missing.gbnf'], /missing\.gbnf.*there is no such file/],
    [['tokenize', '--data', 'missing.txt'], /missing\.txt.*there is no such file/],
    [['tokenize', 'hi', '--tokenizer', 'folder'], /folder\/tokenizer\.json.*there is no such file/],
    [['tokenizer', 'inspect', 'missing.json'], /missing\.json.*there is no such file/],
    [['tokenizer', 'convert', 'missing.json', 'x.json'], /missing\.json.*there is no such file/],
    [['tokenizer', 'train', '--data', 'folder', '--out', 'x.json'], /folder.*it is a folder/],
    [['markov', 'train', '--data', 'folder', '--out', 'x.markov'], /folder.*it is a folder/],
    [['markov', 'train', '--data', 'text.txt', '--unit', 'missing.json', '--out', 'x.markov'], /missing\.json.*there is no such file/],
    [['markov', 'eval', '--model', 'folder.markov', '--data', 'text.txt'], /folder\.markov.*it is a folder/],
    [['markov', 'generate', '--model', 'missing.markov'], /missing\.markov: there is no such file/],
    [['markov', 'inspect', '--model', 'folder.markov'], /folder\.markov.*it is a folder/],
    [['embed', 'train', 'folder', '--out', 'x.vec'], /folder.*it is a folder/],
    [['embed', 'neighbours', 'missing.vec', 'a'], /missing\.vec: there is no such file/],
    [['embed', 'neighbours', 'folder', 'a'], /folder: it is a folder/],
    [['embed', 'eval', 'missing.vec', '--analogies', 'missing.txt'], /missing\.txt: there is no such file/],
    [['embed', 'convert', 'missing.vec', 'x.vec'], /missing\.vec: there is no such file/],
    [['embed', 'project', 'folder', 'x.svg'], /folder: it is a folder/],
    [['embed', 'odd', 'loop', 'a', 'b', 'c'], /loop.*its links lead in a circle/],
    [['text', 'stats', 'text.txt', 'folder'], /folder.*it is a folder/],
  ])('kk %j', async (argv, words) => {
    const { exitCode, stdout, stderr } = await kk(argv, { cwd });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\bE[A-Z]{4,}\b|\.tmp\b|illegal operation/);
    expect(stderr).not.toContain(cwd);
    if (/there is no such|it is a folder/.test(stderr)) expect(stderr).toMatch(/^kk: Cannot read [^\s"]+: /);
  });

  it('an empty --stop is named by its option', async () => {
    const { exitCode, stderr } = await kk(['generate', '--model', 'gpt', '--stop', ''], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^kk: --stop is empty/);
  });
});

describe('namedAsTyped', () => {
  it.each([
    ['Cannot read /home/me/runs/book/config.json: x', ['eval', 'runs/book'], 'Cannot read runs/book/config.json: x'],
    ['"/home/me/a.txt" is empty.', ['--data=a.txt'], '"a.txt" is empty.'],
    ['/home/me/a.txt is empty.', ['train', 'a.txt:3'], 'a.txt is empty.'],
    ['/home/you/a.txt is empty.', ['train', '../you/a.txt'], '../you/a.txt is empty.'],
    ['/home/me/a.txt.tokenizer.json is empty.', ['a'], 'a.txt.tokenizer.json is empty.'],
    ['/home/me/ab is empty, /home/me/a too.', ['a'], 'ab is empty, a too.'],
    ['/home/you/runs/a.txt has changed, "/home/me/b c" too.', [], '../you/runs/a.txt has changed, "b c" too.'],
    ['/etc/a is empty; expected a folder, such as /home/me/.', [], '/etc/a is empty; expected a folder, such as /home/me/.'],
    ['x/home/me/a is no path of ours.', [], 'x/home/me/a is no path of ours.'],
    ['/home/me/a is empty.', ['/home/me/a'], '/home/me/a is empty.'],
  ])('%s', (message, argv, expected) => {
    expect(namedAsTyped(message, argv, '/home/me')).toBe(expected);
  });
});
