import { describe, expect, it } from 'vitest';
import { printedBy, readmeBlocks } from '@kk/vitest-config/readme';

const README = `# A package

\`\`\`sh
npm test
\`\`\`

\`\`\`ts
console.log(1);
\`\`\`

\`\`\`text
1
2
\`\`\`

Words.

<!-- not run: needs a GPU -->
\`\`\`ts
draw();
\`\`\`
`;

describe('readmeBlocks', () => {
  it('gives each block with what it prints and why it does not run', () => {
    expect(readmeBlocks(README)).toEqual([
      { language: 'sh', code: 'npm test\n', output: undefined, notRun: undefined },
      { language: 'ts', code: 'console.log(1);\n', output: '1\n2', notRun: undefined },
      { language: 'ts', code: 'draw();\n', output: undefined, notRun: 'needs a GPU' },
    ]);
  });
});

describe('printedBy', () => {
  it('writes values as Node does, a line for each call, without white space at the ends of lines', async () => {
    const program = async () => {
      await Promise.resolve();
      console.log('ids', [1, 2], { a: 'b' });
      console.log('end ');
    };
    expect(await printedBy(program)).toBe("ids [ 1, 2 ] { a: 'b' }\nend");
  });

  it('gives the console back after an error', async () => {
    const { log } = console;
    await expect(printedBy(() => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
    expect(console.log).toBe(log);
  });
});
