// Preferences as files, as token ids with the same prompt before both answers, and as rows.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BytePairTokenizer, CharacterTokenizer, chatMLTokens, type ChatMessage } from '@kk/tokenizer';
import { describe, expect, it } from 'vitest';
import { encodePreference, encodePreferences, PreferenceRows, readPreferences, type NumberedPreference, type PreferenceTokens } from '../src/index.js';
import { readPreferenceFile } from '../src/node.js';

async function read(source: AsyncIterable<NumberedPreference>): Promise<NumberedPreference[]> {
  const all: NumberedPreference[] = [];
  for await (const one of source) all.push(one);
  return all;
}
const readText = (text: string): Promise<NumberedPreference[]> => read(readPreferences([text]));

describe('files', () => {
  const conversation = { prompt: [{ role: 'user', content: 'Hi' }], chosen: [{ role: 'assistant', content: 'Hello' }], rejected: [{ role: 'assistant', content: 'What?' }] };

  it('hold texts or conversations, with other fields passed over', async () => {
    const lines = [{ prompt: '', chosen: 'a', rejected: 'b', score: 3 }, { ...conversation, margin: 0.5 }];
    expect(await readText(lines.map((line) => JSON.stringify(line)).join('\n\n'))).toEqual([{ line: 1, preference: { prompt: '', chosen: 'a', rejected: 'b' } }, { line: 3, preference: { ...conversation, margin: 0.5 } }]);
  });

  it.each([
    [{ chosen: 'a', rejected: 'b' }, 'prompt is missing among the fields "chosen", "rejected"; expected {"prompt": ..., "chosen": ..., "rejected": ...}, three texts or three lists of messages: where both answers begin with the prompt, write it once'],
    [{ prompt: 'a', chosen: 'b' }, 'rejected is missing among the fields "prompt", "chosen"'],
    [{ prompt: 'a', chosen: '', rejected: 'b' }, 'chosen is ""; expected a text that is not empty'],
    [{ prompt: 3, chosen: 'a', rejected: 'b' }, 'prompt is 3; expected a text, which may be empty, or a list of messages'],
    [{ ...conversation, chosen: 'Hello' }, 'chosen is "Hello"; expected a list of {"role": ..., "content": ...}'],
    [{ ...conversation, rejected: [...conversation.prompt, ...conversation.rejected] }, 'rejected has messages of "user", "assistant"; expected one of "assistant": what comes before it belongs to the prompt'],
    [{ prompt: 'a', chosen: 'b', rejected: 'c', margin: 'much' }, 'margin is "much"; expected a finite number'],
    [4, 'found 4; expected {"prompt"'],
  ])('refuse %j', async (line, message) => {
    await expect(readText(`\n${JSON.stringify(line)}`)).rejects.toThrow(`Line 2 of the preferences: ${message}`);
  });

  it('are named in errors', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kk-preferences-'));
    const path = join(folder, 'pairs.jsonl');
    writeFileSync(path, '{"prompt": "a", "chosen": "b", "rejected": "c"}\n3\n');
    await expect(read(readPreferenceFile(path))).rejects.toThrow(`Line 2 of ${path}: found 3`);
    await expect(read(readPreferenceFile(join(folder, 'none')))).rejects.toThrow(`Cannot read ${join(folder, 'none')}`);
    await expect(readText('\n')).rejects.toThrow('There is no preference in the preferences; expected JSON Lines, one preference a line.');
    rmSync(folder, { recursive: true });
  });
});

describe('token ids', () => {
  const letters = CharacterTokenizer.train('abcdefghij .?');
  const idsOf = (text: string): number[] => letters.encode(text);

  it('are the prompt, and both answers with their end', async () => {
    const found = await encodePreference(letters, { prompt: 'ab?', chosen: ' cd.', rejected: ' e', margin: 2 }, { endOfText: 0 });
    expect({ ...found, prompt: [...found.prompt], chosen: [...found.chosen], rejected: [...found.rejected] }).toEqual({ prompt: idsOf('ab?'), chosen: [...idsOf(' cd.'), 0], rejected: [...idsOf(' e'), 0], margin: 2 });
  });

  it('of a conversation end with the end of the turn, and nothing behind it', async () => {
    const tokenizer = BytePairTokenizer.train(['Who is it? It is me. No.'], { vocabSize: 300, specialTokens: [...chatMLTokens] });
    const say = (role: string, content: string): ChatMessage => ({ role, content });
    const { prompt, chosen, rejected } = await encodePreference(tokenizer, { prompt: [say('system', 'Be kind.'), say('user', 'Who is it?')], chosen: [say('assistant', 'It is me.')], rejected: [say('assistant', 'No.')] });
    expect(tokenizer.decode([...prompt], { skipSpecialTokens: false })).toBe('<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nWho is it?<|im_end|>\n<|im_start|>assistant\n');
    expect(tokenizer.decode([...chosen], { skipSpecialTokens: false })).toBe('It is me.<|im_end|>');
    expect(tokenizer.decode([...rejected], { skipSpecialTokens: false })).toBe('No.<|im_end|>');
  });

  it('of a prompt that an answer grows together with are refused, with the line', async () => {
    const tokenizer = BytePairTokenizer.train(['say yes say yes say no'.repeat(9)], { vocabSize: 270 });
    const line = (prompt: string, chosen: string, rejected: string): NumberedPreference => ({ line: 7, preference: { prompt, chosen, rejected } });
    await expect(encodePreferences(tokenizer, [line('say ye', 's say', 'z say')])).rejects.toThrow(/^Line 7: the prompt is \d+ tokens with the chosen answer and \d+ with the rejected one, ending in .*; expected the same tokens before both: let the answers begin where a word begins/);
    await expect(encodePreferences(tokenizer, [line('say', ' yes', ' yes')])).rejects.toThrow('Line 7: the chosen and the rejected answer are the same tokens');
    expect(await encodePreferences(tokenizer, [line('say', ' yes', ' no')])).toHaveLength(1);
  });
});

describe('rows', () => {
  const pair = (prompt: number[], chosen: number[], rejected: number[], margin?: number): PreferenceTokens => ({ prompt: Int32Array.from(prompt), chosen: Int32Array.from(chosen), rejected: Int32Array.from(rejected), ...(margin !== undefined && { margin }) });
  const sizes = { contextLength: 8, vocabSize: 20 };
  const rowsOf = (values: ArrayLike<number>, width: number): number[][] => Array.from({ length: values.length / width }, (_, row) => Array.from(values).slice(row * width, (row + 1) * width));

  it('are the chosen answers, then the rejected ones, as long as the longest', () => {
    const rows = new PreferenceRows([pair([1, 2], [3, 4, 5], [6]), pair([7], [8], [9, 10], 3)], { ...sizes, padding: 19 });
    expect(rows.positions).toBe(4);
    const { inputs, targets, lengths } = rows.batch([0, 1]);
    expect(rowsOf(inputs.values, 4)).toEqual([[1, 2, 3, 4], [7, 19, 19, 19], [1, 2, 19, 19], [7, 9, 19, 19]]);
    expect(rowsOf(targets.values, 4)).toEqual([[-1, 3, 4, 5], [8, -1, -1, -1], [-1, 6, -1, -1], [9, 10, -1, -1]]);
    expect([...lengths.values]).toEqual([3, 1, 1, 2]);
    const { promptTargets, promptLengths } = rows.promptBatch([0, 1]);
    expect(rowsOf(promptTargets.values, 4)).toEqual([[2, -1, -1, -1], [-1, -1, -1, -1]]);
    expect([...promptLengths.values]).toEqual([1, 0]);
    const reward = rows.rewardBatch([1, 0]);
    expect(rowsOf(reward.inputs.values, 5)).toEqual([[7, 8, 19, 19, 19], [1, 2, 3, 4, 5], [7, 9, 10, 19, 19], [1, 2, 6, 19, 19]]);
    expect([...reward.ends.values]).toEqual([1, 9, 12, 17]);
    expect([...reward.margins.values]).toEqual([3, 0]);
  });

  it('have each pair once in an epoch, in an order of its own', () => {
    const rows = new PreferenceRows(Array.from({ length: 9 }, (_, i) => pair([i], [1], [2])), sizes);
    const epochs = [0, 1].map((epoch) => Array.from({ length: 9 }, (_, i) => rows.pairAt(9 * epoch + i)));
    for (const epoch of epochs) expect([...epoch].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  const fits = pair([1, 2], [3], [4]);
  it.each([
    // prompt, chosen, rejected, truncation, what is left
    ['drop', [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11]], undefined],
    ['left', [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11]], [[2, 3, 4, 5], [6, 7, 8, 9, 10], [11]]],
    ['right', [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11]], [[1, 2, 3, 4, 5], [6, 7, 8, 9], [11]]],
    ['left', [[1], [2, 3, 4, 5, 6, 7, 8, 9, 10], [11]], undefined],
    ['right', [[1, 2, 3, 4, 5, 6, 7], [8, 9, 10], [8, 9, 11]], undefined],
    ['right', [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [11], [12]], undefined],
  ] as const)('that are too long, %s: %j', (truncation, [prompt, chosen, rejected], left) => {
    const rows = new PreferenceRows([pair([...prompt], [...chosen], [...rejected]), fits], { ...sizes, truncation });
    const found = rows.pairs.map(({ prompt, chosen, rejected }) => [[...prompt], [...chosen], [...rejected]]);
    expect(found).toEqual([...(left ? [left] : []), [[1, 2], [3], [4]]]);
    expect([rows.dropped, rows.truncated]).toEqual(left ? [[], [0]] : [[0], []]);
    expect(rows.counts).toMatchObject({ preferences: 2, dropped: left ? 0 : 1, truncated: left ? 1 : 0 });
  });

  it('tell data apart', () => {
    const print = (...pairs: PreferenceTokens[]): string => new PreferenceRows(pairs, sizes).fingerprint;
    expect(new Set([print(fits), print(pair([1], [2, 3], [4])), print(pair([1, 2], [4], [3])), print(fits, fits)]).size).toBe(4);
  });

  it('refuse what is wrong', () => {
    expect(() => new PreferenceRows([pair([], [1], [2])], sizes)).toThrow('preference 0 has no token in its prompt');
    expect(() => new PreferenceRows([fits, pair([1], [20], [2])], sizes)).toThrow('preference 1 holds ids from 20 to 20, but the vocabulary ends at 19');
    expect(() => new PreferenceRows([fits], { ...sizes, truncation: 'middle' as never })).toThrow("truncation is middle; expected 'drop', 'left' or 'right'");
    expect(() => new PreferenceRows([fits], { ...sizes, contextLength: 1 })).toThrow('of 1 preferences none is left');
    expect(() => new PreferenceRows([{ ...fits, chosen: [1] as never }], sizes)).toThrow('does not hold its chosen as an Int32Array');
  });
});
