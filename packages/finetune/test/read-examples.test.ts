// JSON Lines as they arrive in pieces, and errors that name the line and what was expected.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readExamples, type NumberedExample } from '../src/index.js';
import { readExampleFile } from '../src/node.js';

const folder = mkdtempSync(join(tmpdir(), 'kk-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function collect(examples: AsyncIterable<NumberedExample>): Promise<NumberedExample[]> {
  const all: NumberedExample[] = [];
  for await (const example of examples) all.push(example);
  return all;
}
const read = (...chunks: (string | Uint8Array)[]): Promise<NumberedExample[]> => collect(readExamples(chunks));

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const example = fc.oneof(
  fc.record({ text }),
  fc.record({ prompt: fc.oneof(text, fc.constant('')), completion: text }),
  fc.record({ messages: fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), content: text }), { minLength: 1, maxLength: 3 }) }),
);

it('reads what was written, wherever it is cut, as text or bytes, with blank lines and either kind of line end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(example, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n', '\n\n', '\n \n'), fc.boolean(), async (examples, width, feed, endsOpen) => {
      const file = examples.map((one) => JSON.stringify(one)).join(feed) + (endsOpen ? '' : feed);
      const bytes = new TextEncoder().encode(`\uFEFF${file}`);
      const cut = <T extends { length: number; slice(start: number, end: number): T }>(whole: T): T[] => Array.from({ length: Math.ceil(whole.length / width) }, (_, i) => whole.slice(i * width, (i + 1) * width));
      const expected = examples.map((one, i) => ({ line: 1 + i * (feed.split('\n').length - 1), example: one }));
      expect(await read(...cut(file))).toEqual(expected);
      expect(await read(...cut(bytes))).toEqual(expected);
    }),
  );
});

it('passes over fields of other names', async () => {
  expect(await read('{"id": 3, "text": "a", "source": "b"}')).toEqual([{ line: 1, example: { text: 'a' } }]);
});

it('gives an example as soon as its line is there', async () => {
  async function* endless(): AsyncGenerator<string> {
    for (;;) yield await Promise.resolve('{"text": "a"}\n');
  }
  const examples = readExamples(endless());
  expect((await examples.next()).value).toEqual({ line: 1, example: { text: 'a' } });
  expect((await examples.next()).value).toEqual({ line: 2, example: { text: 'a' } });
  await examples.return();
});

it.each([
  ['{"text": "a"}\n{"text": "b"', 'Line 2 of the examples: it is not JSON'],
  ['{"text": "a"}\n\n3', 'Line 3 of the examples: found 3; expected {"text": ...}, {"prompt": ..., "completion": ...} or {"messages": [{"role": ..., "content": ...}, ...]}.'],
  ['[{"text": "a"},\n{"text": "b"}]', 'Line 1 of the examples: it begins a JSON list; expected JSON Lines, one example a line: write each element of the list on a line of its own'],
  ['[\n  {"text": "a"}\n]', 'Line 1 of the examples: it begins a JSON list'],
  ['{"text": "a"}\r{"text": "b"}\r', 'Line 1 of the examples: it holds carriage returns (\\r) where lines end; expected line feeds (\\n): save the file with line ends of Unix or Windows.'],
  ['{"instruction": "a", "output": "b"}', 'Line 1 of the examples: found the fields "instruction", "output"; expected {"text": ...}'],
  ['{"text": "a", "messages": []}', 'found both "text" and "messages"; expected one of them'],
  ['{"prompt": "a"}', 'there is a prompt without a completion; expected both'],
  ['{"completion": "a"}', 'prompt is missing; expected a text, which may be empty'],
  ['{"prompt": "a", "completion": ""}', 'completion is ""; expected a text that is not empty'],
  ['{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}]}', 'messages[1].content is "", and an answer that says nothing is none'],
  ['{"text": ""}', 'text is ""; expected a text that is not empty'],
  ['{"text": ["a"]}', 'text is ["a"]; expected a text that is not empty'],
  ['{"messages": []}', 'messages is []; expected a list'],
  ['{"messages": [{"role": "human", "content": "a"}]}', 'messages[0].role is "human"; expected "user", as chat templates call it: rename it'],
  ['{"messages": [{"role": "user", "content": "a"}, null]}', 'messages[1].role is missing; expected a text such as "user"'],
  ['{"messages": [{"role": "user", "content": [{"type": "text"}]}]}', 'messages[0].content is [{"type":"text"}]; expected a text'],
  ['\n \n', 'There is no example in the examples; expected JSON Lines'],
  ['', 'There is no example in the examples'],
])('refuses %j', async (file, message) => {
  await expect(read(file)).rejects.toThrow(message);
});

it('names the line that is not UTF-8', async () => {
  await expect(read('{"text": "a"}\n', Uint8Array.of(0x22, 0xff, 0x22))).rejects.toThrow('Line 2 of the examples: it is not UTF-8');
});

it('refuses a line that is no example but endless, before it fills the memory', async () => {
  function* endless(): Generator<string> {
    const part = 'a'.repeat(2 ** 20);
    for (;;) yield part;
  }
  await expect(collect(readExamples(endless()))).rejects.toThrow('Line 1 of the examples: it is longer than 64 MiB');
});

it('reads a file, and names it in errors', async () => {
  const path = join(folder, 'talks.jsonl');
  writeFileSync(path, '{"text": "a"}\n{"text": "b"}\n');
  expect(await collect(readExampleFile(path))).toEqual([{ line: 1, example: { text: 'a' } }, { line: 2, example: { text: 'b' } }]);
  writeFileSync(path, '{"text": "a"}\n{"tekst": "b"}\n');
  await expect(collect(readExampleFile(path))).rejects.toThrow(`Line 2 of ${path}: found the fields "tekst"; expected {"text": ...}`);
  await expect(collect(readExampleFile(join(folder, 'missing.jsonl')))).rejects.toThrow(`Cannot read ${join(folder, 'missing.jsonl')}`);
});

it('takes a role for what it is, also where every object has a property of that name', async () => {
  const messages = [{ role: 'constructor', content: 'a' }, { role: '__proto__', content: 'b' }, { role: 'assistant', content: 'c' }];
  const read = [];
  for await (const { example } of readExamples([JSON.stringify({ messages })])) read.push(example);
  expect(read).toEqual([{ messages }]);
});
