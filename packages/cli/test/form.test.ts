// A grammar of --grammar may name tokens of the model's tokenizer.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tokenizer } from '@kk/tokenizer';
import { expect, it } from 'vitest';
import type { Context } from '../src/context.js';
import { formOf } from '../src/options/form.js';

it('knows the special tokens by name, except those that the model lacks', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'kk-form-'));
  const context = { io: { cwd, interrupt: new AbortController().signal } } as unknown as Context;
  const tokenizer = { vocabSize: 5, specialTokens: new Map([['<think>', 0], ['<end>', 1], ['<late>', 4]]), tokenBytes: (id: number) => Uint8Array.of(95 + id) } as unknown as Tokenizer;
  const form = async (grammar: string, vocabSize: number) => {
    writeFileSync(join(cwd, 'form.gbnf'), grammar);
    return (await formOf(context, { grammar: 'form.gbnf' }, tokenizer, vocabSize, [1]))!;
  };
  const named = await form('root ::= <think> "b" !<think>', 5);
  named.accept(0);
  named.accept(3);
  expect(named.allowed().ids()).toEqual([2, 3, 4]);
  await expect(form('root ::= <late>', 4)).rejects.toThrow('form.gbnf: grammar, position 9: no token of the vocabulary is named "<late>"');
});
