// What the README of a package names is there: every call is declared in its sources, every name in its tables is a word of its code, and
// every function or method stands in the code of a test.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const names = readdirSync(`${root}packages`).filter((name) => existsSync(`${root}packages/${name}/README.md`));

/** The code of a folder's files, without comments; with `tests`, only of folders for tests. */
function code(folder: string, tests: boolean, isTest = false): string {
  const parts = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist', '__snapshots__'].includes(entry.name) ? '' : code(path, tests, isTest || entry.name === 'test' || entry.name === 'slow');
    if (!/\.(ts|tsx|mjs)$/.test(entry.name) || tests !== isTest || path === fileURLToPath(import.meta.url)) return '';
    return readFileSync(path, 'utf8').replace(/\/\*.*?\*\//gs, '').replace(/(^|\s)\/\/.*/g, '');
  });
  return parts.join('\n');
}

const sources = new Map(names.map((name) => [name, code(`${root}packages/${name}/src`, false)]));
const tests = ['packages', 'tooling', 'apps'].map((folder) => code(`${root}${folder}`, true)).join('\n').replace(/^(?:import|export) [^;]*? from '[^\n]*$/gm, '');

/** The sources of a package and of those that it depends on, whose names its README may use. */
function sourcesWithDependencies(name: string): string {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')) as Record<string, Record<string, string>>;
  const others = Object.keys({ ...dependencies, ...devDependencies }).map((one) => one.replace('@kk/', ''));
  return [name, ...others].map((one) => sources.get(one) ?? '').join('\n');
}

const readme = (name: string): string => readFileSync(`${root}packages/${name}/README.md`, 'utf8').replace(/```.*?```/gs, '');
const spans = (text: string): string[] => Array.from(text.matchAll(/`([^`\n]+)`/g), ([, span]) => span!);
const escaped = (name: string): string => name.replaceAll('$', '\\$');

/** The functions and methods that a README calls, but for those of JavaScript. */
function calls(name: string): string[] {
  const found = spans(readme(name)).flatMap((span) => Array.from(span.matchAll(/(?<![\w$.-])(?:([\w$]+)\.)?([A-Za-z_$][\w$]*)(?=\()/g), ([, object, called]) => [object, called!] as const));
  const ofJavaScript = (object: string | undefined, called: string): boolean => object === 'JSON' || called in String.prototype;
  return [...new Set(found.filter(([object, called]) => !ofJavaScript(object, called)).map(([, called]) => called))].sort();
}

function isDeclared(called: string, code: string): boolean {
  const name = escaped(called);
  return new RegExp(String.raw`(?:function\*?|const|class|let|type|interface|get)\s+${name}(?![\w$])`).test(code) || new RegExp(String.raw`^\s*(?:(?:static|readonly|override|async|abstract|public|get)\s+)*\*?${name}\??\s*(?:<[^>\n]*>)?\s*[(:]`, 'm').test(code);
}

const isWord = (word: string, code: string): boolean => new RegExp(String.raw`(?<![\w$])${escaped(word)}(?![\w$])`).test(code);

describe.each(names)('the README of %s', (name) => {
  it('calls only what is declared', () => {
    const code = sourcesWithDependencies(name);
    // What a caller writes: `tokens.measure(name, value)` of a loss is a parameter.
    expect(calls(name).filter((called) => !isDeclared(called, code) && !new RegExp(String.raw`[(,]\s*${escaped(called)}\??:`).test(code))).toEqual([]);
  });

  it('names only what is there in its tables', () => {
    const code = sourcesWithDependencies(name);
    const cells = readme(name).split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|')[1]!);
    const words = cells.flatMap((cell) => spans(cell)).filter((span) => /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/.test(span)).flatMap((span) => span.split('.'));
    expect(words.filter((word) => !isWord(word, code))).toEqual([]);
  });

  it('calls only what a test calls, too', () => {
    expect(calls(name).filter((called) => !isWord(called, tests))).toEqual([]);
  });
});
