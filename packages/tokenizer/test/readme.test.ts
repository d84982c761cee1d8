import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows the example that runs here, as it runs here', async () => {
  expect(/```ts\n([\s\S]*?)```/.exec(read('../README.md'))?.[1]).toBe(read('./readme.example.ts'));
  const log = vi.spyOn(console, 'log').mockReturnValue();
  await import('./readme.example.js');
  expect(log.mock.calls).toMatchInlineSnapshot(`
    [
      [
        [
          "The",
          "Ġclever",
          "Ġfox",
          "Ġ",
          "ð",
          "Ł",
          "¦",
          "Ĭ",
        ],
      ],
      [
        "The clever fox 🦊",
      ],
      [
        [
          "The",
          " clever",
          " fox",
          " ",
          "",
          "",
          "",
          "🦊",
        ],
      ],
      [
        [
          [
            0,
            1,
          ],
          [
            1,
            5,
          ],
        ],
      ],
    ]
  `);
});

it('shows what it says of OpenAI, as it runs here', async () => {
  expect([...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)).toContain(read('./readme-openai.example.ts'));
  const log = vi.spyOn(console, 'log').mockReset().mockReturnValue();
  await import('./readme-openai.example.js');
  expect(log.mock.calls).toEqual([[3], [10]]);
  log.mockRestore();
});
