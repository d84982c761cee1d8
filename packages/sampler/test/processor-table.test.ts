// The table of processors (src/processors/index.ts) and what follows from it. `pnpm --filter @kk/sampler run table` writes the stages' entry and
// the README's tables anew; everything else that is missing is named here.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const place = (path: string): URL => new URL(`../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(place(path), 'utf8');
const TABLE = 'src/processors/index.ts';
const REWRITE = 'run `pnpm --filter @kk/sampler run table`, which writes it from the table of processors';

const table = read(TABLE);
/** What the table exports of every file, with the comment before it. */
const rows = [...table.matchAll(/(?:^\/\/ (.*)\n)?^export (type )?\{ (.*) \} from '\.\/(.*)\.js';$/gm)].map(([, comment, onlyTypes, exported, file]) => {
  const names = exported.split(', ');
  return { file, cells: comment?.split(' | ') ?? [], functions: onlyTypes ? [] : names.filter((name) => !name.startsWith('type ')), types: onlyTypes ? names : names.filter((name) => name.startsWith('type ')).map((name) => name.slice('type '.length)) };
});
const processors = rows.flatMap(({ functions, cells }) => functions.map((name) => ({ name, title: cells[0] })));

const files = readdirSync(place('src/processors')).filter((file) => file !== 'index.ts').map((file) => ({ file: file.replace('.ts', ''), source: read(`src/processors/${file}`) }));
const stagesOf = (source: string): string[] => [...source.matchAll(/^export function (\w+)Stage\(/gm)].map(([, name]) => name);

describe('the table of processors', () => {
  const exportsFunctions = (file: string): boolean => rows.some((one) => one.file === file && one.functions.length > 0);

  it.each(files.filter(({ file, source }) => stagesOf(source).length > 0 || exportsFunctions(file)))('has what the file $file exports', ({ file, source }) => {
    const row = rows.find((one) => one.file === file);
    const types = [...source.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, type]) => type);
    const name = stagesOf(source)[0] ?? row?.functions[0];
    const exported = [...stagesOf(source), ...types.map((type) => `type ${type}`)].join(', ');
    expect(row, `src/processors/${file}.ts has a stage, but ${TABLE} has no row for it: add "// name | \`${name}(logits, ...)\` | what it does" and "export { ${exported} } from './${file}.js';"`).toBeDefined();
    expect(row!.functions.toSorted(), `${TABLE} must export exactly the functions of ${file}.ts that have a stage, a function of the same name with "Stage" at its end`).toEqual(stagesOf(source).toSorted());
    for (const one of row!.functions) expect(source, `${file}.ts has a stage of ${one}, but no function of that name`).toContain(`export function ${one}(`);
    expect(row!.cells, `the row of ${file}.ts in ${TABLE} needs a comment before it: "// name | \`${name}(logits, ...)\` | what it does"`).toHaveLength(3);
    for (const one of row!.functions) expect(row!.cells[1], `the row of ${file}.ts in ${TABLE} shows no call of ${one}`).toContain(`\`${one}(`);
    expect(row!.types.toSorted(), `${TABLE} must export the types of ${file}.ts, too`).toEqual(types.toSorted());
  });

  it.each(processors)('has a test of $name', ({ name }) => {
    const tests = readdirSync(place('test')).filter((file) => file.endsWith('.test.ts') && file !== 'processor-table.test.ts').map((file) => read(`test/${file}`));
    expect(tests.some((test) => test.includes(`processorLaws('${name}'`)), `no test calls processorLaws('${name}', stage, function), of test/processor-laws.ts`).toBe(true);
  });
});

describe('what follows from it', () => {
  it('is the entry of stages', async () => {
    const source = read('src/stages/index.ts');
    const from = source.indexOf("export { temperatureStage");
    const lines = rows.map(({ file, functions, types }) => {
      const names = [...functions.map((name) => `${name}Stage as ${name}`), ...types.map((type) => (functions.length === 0 ? type : `type ${type}`))];
      return `export ${functions.length === 0 ? 'type ' : ''}{ ${names.join(', ')} } from '../processors/${file}.js';\n`;
    });
    await expect(source.slice(0, from) + lines.join(''), `src/stages/index.ts differs: ${REWRITE}`).toMatchFileSnapshot('../src/stages/index.ts');
  });

  it('are the tables of the README', async () => {
    for (const { file, functions, cells } of rows) {
      if (functions.length > 0) expect(cells, `the row of ${file}.ts in ${TABLE} needs a comment before it with three parts: "// name | \`call\` | what it does"`).toHaveLength(3);
    }
    const titleOf = (option: string, name: string): string => {
      const row = processors.find((one) => one.name === name);
      expect(row, `samplingStages in ${TABLE} has the stage of ${name} for the option ${option}, but the table above it has no row of ${name}`).toBeDefined();
      return row!.title!;
    };
    const header = '| processor | function | what it does |\n| --- | --- | --- |\n';
    const lines = rows.filter(({ functions }) => functions.length > 0).map(({ cells }) => `| ${cells.join(' | ')} |\n`);
    const stages = table.slice(table.indexOf('export const samplingStages'));
    const order = [...stages.matchAll(/^ {2}(\w+): .*?(\w+)Stage\(/gm)].map(([, option, name]) => (option === 'temperature' ? `**${option}**` : titleOf(option, name)));
    const readme = read('README.md')
      .replace(/\| processor \| function \|.*?\n\n/s, () => `${header}${lines.join('')}\n`)
      .replace(/- \*\*`huggingFace`\*\*: .*\n/, () => `- **\`huggingFace\`**: ${order.join(', ')}.\n`);
    await expect(readme, `README.md differs: ${REWRITE}`).toMatchFileSnapshot('../README.md');
  });
});
