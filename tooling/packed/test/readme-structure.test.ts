// Every README can be read at a glance: one sentence on top, when to take the package, how to install it, what each example prints, and links
// that lead somewhere. The install lines are followed to the letter in an empty folder.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packPackage } from '@kk/vitest-config/packed';
import { readmeBlocks } from '@kk/vitest-config/readme';
import { afterAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const withReadme = (group: string): string[] => readdirSync(join(root, group)).filter((name) => existsSync(join(root, group, name, 'README.md'))).map((name) => `${group}/${name}/README.md`);
/** The pages beside a package's README. */
const pages = (name: string): string[] => readdirSync(join(root, 'packages', name)).filter((file) => file.endsWith('.md') && !['README.md', 'CHANGELOG.md'].includes(file));
const readmes = ['README.md', 'CONTRIBUTING.md', ...withReadme('packages'), ...withReadme('apps'), ...readdirSync(join(root, 'packages')).flatMap((name) => pages(name).map((page) => `packages/${name}/${page}`))];
const published = readdirSync(join(root, 'packages')).filter((name) => existsSync(join(root, 'packages', name, 'tsup.config.ts')));

const folder = mkdtempSync(join(tmpdir(), 'kk-install-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The text without its blocks of code, whose lines are no headings and no links. */
const prose = (path: string): string => read(path).replace(/^```[\s\S]*?^```$/gm, '');
const headings = (path: string, level = /^#+/): string[] => prose(path).split('\n').filter((line) => /^#+ /.test(line) && level.test(line)).map((line) => line.replace(/^#+ /, ''));
/** The part of a link behind #, as GitHub makes it from a heading. */
const anchor = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');

describe.each(readmes)('%s', (path) => {
  it('links to files and headings that are there', () => {
    const links = Array.from(prose(path).matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => link!).filter((link) => !/^https?:/.test(link));
    const dead = links.filter((link) => {
      const [file, heading] = link.split('#') as [string, string | undefined];
      const target = file === '' ? path : join(dirname(path), file);
      return !existsSync(join(root, target)) || (heading !== undefined && !headings(target).map(anchor).includes(heading));
    });
    expect(dead).toEqual([]);
  });

  it('keeps paragraphs out of its tables: a cell has two sentences at most', () => {
    const cells = prose(path).split('\n').filter((line) => line.startsWith('|')).flatMap((line) => line.split(/(?<!\\)\|/));
    expect(cells.filter((cell) => cell.replace(/`[^`]*`/g, '`').split(/\. (?=[A-Z`])/).length > 2)).toEqual([]);
  });

  it('names files of this repository that are there', () => {
    if (path === 'CONTRIBUTING.md') return; // which names files that a reader shall make
    const named = Array.from(read(path).matchAll(/(?<=[\s`])((?:packages|apps|tooling)\/[\w./-]+\.\w+)|`((?:src|test|slow|examples)\/[\w./-]+\.\w+)`/g), ([, fromRoot, own]) => fromRoot ?? join(dirname(path), own!));
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('lists its parts on top if it is long', () => {
    if (read(path).split('\n').length <= 150 || path === 'CONTRIBUTING.md') return;
    const [, contents] = /^Contents: (.*)$/m.exec(read(path)) ?? [];
    expect(contents).toBe(headings(path, /^## /).map((heading) => `[${heading}](#${anchor(heading)})`).join(' · '));
  });
});

/** The lines of the README's install block, without comments. */
const installLines = (name: string): string[] => {
  const [, block] = /^## Install\n[\s\S]*?^```sh\n([\s\S]*?)^```$/m.exec(read(`packages/${name}/README.md`)) ?? [];
  return block?.trimEnd().split('\n').map((line) => line.replace(/ +# .*/, '')) ?? [];
};

describe.each(published)('the README of @kk/%s', (name) => {
  const path = `packages/${name}/README.md`;

  it('begins with one sentence about what the package does', () => {
    const [, sentence] = /^# @kk\/[\w-]+\n\n(.*)\n\n/.exec(read(path)) ?? [];
    expect(sentence).toMatch(new RegExp(`^\`@kk/${name}\` [a-z]+s,? [^.]*\\.$`));
  });

  it('says when to take it and when something else, before it says how to install it', () => {
    expect(headings(path, /^## /).slice(0, 2)).toEqual(['When to take it', 'Install']);
    expect(read(path)).toMatch(/^Take something else$/m);
  });

  it('is installed from a clone, as long as it is in no registry', () => {
    expect(installLines(name)).toEqual([`cd kk && npm run pack -- ${name}`, 'mkdir -p ../my-project && cd ../my-project', `npm install ../kk/packed/${name}/*.tgz`, 'npm pkg set type=module']);
  });

  it('links to every page beside it, all of which are in the tarball', () => {
    const { files } = JSON.parse(read(`packages/${name}/package.json`)) as { files: string[] };
    expect(files.filter((file) => file.endsWith('.md'))).toEqual(pages(name));
    for (const page of pages(name)) expect(prose(path)).toContain(`](${page})`);
  });

  it('has a first example in plain JavaScript, so that it runs as it stands in a file for Node', async () => {
    const first = readmeBlocks(read(path)).find(({ language, notRun }) => /^(ts|js)$/.test(language) && notRun === undefined)!;
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, first.code);
    await run(process.execPath, ['--check', file]);
  });

  it('shows what each example prints', () => {
    const silent = readmeBlocks(read(path)).filter(({ language, code, output, notRun }) => language === 'ts' && notRun === undefined && output === undefined && !code.startsWith('// '));
    expect(silent.map(({ code }) => code)).toEqual([]);
  });
});

describe('the install lines', () => {
  it('work in an empty folder with plain npm, once the packages are packed', async () => {
    const packed = join(folder, 'kk', 'packed', 'markov');
    mkdirSync(packed, { recursive: true });
    for (const name of ['markov', 'sampler']) await packPackage(join(root, 'packages', name), packed);
    const [, ...lines] = installLines('markov');
    await run('sh', ['-ec', `${lines.join('\n')}\npwd`], { cwd: join(folder, 'kk') });
    writeFileSync(join(folder, 'my-project', 'first.js'), readmeBlocks(read('packages/markov/README.md')).find(({ language }) => language === 'ts')!.code);
    const { stdout } = await run(process.execPath, ['first.js'], { cwd: join(folder, 'my-project') });
    expect(stdout).toContain('einen 2\neine 1\n');
  });

  it('name a command that knows the packages', async () => {
    await expect(run('npm', ['run', 'pack', '--', 'nonsense'], { cwd: root })).rejects.toThrow(`There is no package "nonsense". Name some of these, or none for all: ${published.join(', ')}.`);
  });
});
