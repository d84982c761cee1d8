// Prompts as JSON Lines, from lines of every kind that has one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readPrompts, type NumberedPrompt } from '../src/index.js';
import { readPromptFile } from '../src/node.js';

const folder = mkdtempSync(join(tmpdir(), 'kk-prompts-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function collect(prompts: AsyncIterable<NumberedPrompt>): Promise<NumberedPrompt[]> {
  const all: NumberedPrompt[] = [];
  for await (const prompt of prompts) all.push(prompt);
  return all;
}
const asked = [{ role: 'system', content: 'Be kind.' }, { role: 'user', content: 'Who?' }];
const answered = [...asked, { role: 'assistant', content: 'Anna.' }];

it('takes the prompt of a line, or its messages up to the last answer', async () => {
  const lines = [{ prompt: 'Who?' }, { prompt: asked, chosen: [], rejected: [] }, { messages: asked }, { messages: answered }, { messages: [...answered, ...answered] }, { prompt: 'Who?', completion: ' Anna' }];
  const text = lines.map((line) => JSON.stringify(line)).join('\n\n');
  const expected = ['Who?', asked, asked, asked, [...answered, ...asked], 'Who?'].map((prompt, i) => ({ line: 2 * i + 1, prompt }));
  expect(await collect(readPrompts([text]))).toEqual(expected);
  const path = join(folder, 'prompts.jsonl');
  writeFileSync(path, text);
  expect(await collect(readPromptFile(path))).toEqual(expected);
});

it.each([
  ['', /There is no prompt in some\.jsonl/],
  ['"Who?"', /Line 1 of some\.jsonl: found "Who\?"; expected \{"prompt"/],
  ['{"prompt": ""}', /prompt is ""; expected/],
  ['{"question": "Who?"}', /prompt is missing; expected/],
  ['{"prompt": 3, "messages": []}', /prompt is 3; expected/],
  ['{"prompt": []}', /prompt is \[\]; expected a list of \{"role"/],
  ['{"messages": [{"role": "assistant", "content": "Anna."}]}', /the messages begin with their last answer; expected a message before it/],
])('refuses %s', (line, message) => expect(collect(readPrompts([line], { name: 'some.jsonl' }))).rejects.toThrow(message));
