// Turns the shaders in src/backends/gpu/shaders/ into strings: gpu.js reads a shader as source text, and the text of a function
// does not survive every bundler (minifiers join statements with commas and &&, which neither WGSL nor gpu.js knows).
// One row a shader: its text as JavaScript and the types of its arguments. Does nothing when the file is up to date.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { replaceFile } from '@kk/tsup-config/replace-file';

const folder = fileURLToPath(new URL('../src/backends/gpu/', import.meta.url));
const outputFile = join(folder, 'generated', 'shaders.ts');

/** types of the language in shaders/language.ts -> what gpu.js calls them. */
const argumentTypes = { Vector: 'Array', Matrix: 'Array', Cube: 'Array', Halves: 'Array', Int: 'Integer', Float: 'Float' };
const returnTypes = { Float: 'Float', Int: 'Integer', Four: 'Array(4)' };
/** WebGPU guarantees eight storage buffers to a shader; one is the output. */
const MAXIMUM_BUFFERS = 7;

/** The functions of a file: name, whether it is a shader (exported, with `this`), JavaScript text, types. */
function functionsOf(ts, name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  return file.statements.filter(ts.isFunctionDeclaration).map((node) => {
    const fail = (why) => {
      throw new Error(`${name}: ${node.name.text}: ${why}`);
    };
    const typed = node.parameters.map((parameter) => ({ name: parameter.name.getText(file), type: parameter.type?.getText(file) }));
    const isShader = typed[0]?.type === 'Invocation';
    const types = typed.slice(isShader ? 1 : 0).map(({ name: parameter, type }) => argumentTypes[type] ?? fail(`parameter ${parameter} has type ${type}; use one of ${Object.keys(argumentTypes).join(', ')}`));
    const returns = returnTypes[node.type?.getText(file)] ?? fail(`returns ${node.type?.getText(file)}; use one of ${Object.keys(returnTypes).join(', ')}`);
    const buffers = types.filter((type) => type === 'Array').length;
    if (types.slice(0, buffers).some((type) => type !== 'Array')) fail('buffers must come before numbers');
    if (buffers > (isShader ? MAXIMUM_BUFFERS : 0)) fail(`takes ${buffers} buffers; at most ${isShader ? MAXIMUM_BUFFERS : 0} are possible`);
    const { outputText } = ts.transpileModule(node.getText(file), { compilerOptions: { target: 'ES2022', removeComments: true } });
    const source = outputText.replace(/^export /, '').trim();
    return { name: node.name.text, isShader, source, types, returns, axes: /this\.thread\.[yz]/.test(source) ? 3 : 1 };
  });
}

/** Writes src/backends/gpu/generated/shaders.ts if it is missing or older than its sources. */
export async function buildShaders({ log = () => {} } = {}) {
  const names = (await readdir(join(folder, 'shaders'))).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, 'shaders', name), 'utf8')));
  const hash = createHash('sha256').update(await readFile(fileURLToPath(import.meta.url)));
  names.forEach((name, i) => hash.update(`\0${name}\0${texts[i]}`));
  const stamp = `// ${hash.digest('hex')}\n`;
  if ((await readFile(outputFile, 'utf8').catch(() => '')).includes(stamp)) return;

  const { default: ts } = await import('typescript');
  const functions = names.flatMap((name, i) => functionsOf(ts, name, texts[i]));
  const twice = functions.find(({ name }, i) => functions.findIndex((other) => other.name === name) !== i);
  if (twice) throw new Error(`Two functions in src/backends/gpu/shaders/ are called ${twice.name}: gpu.js knows them by name alone.`);
  const quoted = (value) => JSON.stringify(value);
  const row = ({ name, source, types, returns, axes }) => `  ${name}: { arguments: ${quoted(types)}, returns: ${quoted(returns)}, axes: ${axes}, source: ${quoted(source)} },`;
  const helper = ({ name, source, types, returns }) => `  { name: ${quoted(name)}, argumentTypes: ${quoted(types)}, returnType: ${quoted(returns)}, source: ${quoted(source)} },`;
  const sections = [
    `// Written by scripts/build-shaders.mjs from shaders/. Not kept in git.\n${stamp}`,
    `/** Shaders: the types of their arguments, what they give, and whether they use one axis of the output or all three. */`,
    `export const shaderSources = {\n${functions.filter((f) => f.isShader).map(row).join('\n')}\n} as const;\n`,
    `/** What shaders call. */\nexport const helperSources = [\n${functions.filter((f) => !f.isShader).map(helper).join('\n')}\n] as const;\n`,
  ];
  await replaceFile(outputFile, sections.join('\n'));
  log(`shaders: ${functions.filter((f) => f.isShader).length}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildShaders({ log: console.log });
