// Settings of kk train and kk finetune sft that no other test gives have their effect.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
const jsonOf = (folder: string, file: string): Record<string, unknown> => JSON.parse(readFileSync(join(cwd, folder, file), 'utf8')) as Record<string, unknown>;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(1500));
  writeFileSync(join(cwd, 'lines.jsonl'), ['red', 'blue', 'green', 'old'].map((word) => JSON.stringify({ prompt: `Is ${word}`, completion: ` it ${word}.` })).join('\n'));
  expect((await kk(['train', 'text.txt', '--tokenizer', 'bpe:270', ...tiny, '--steps', '6', '--context', '32', '--out', 'base', '--quiet'], { cwd })).stderr).toBe('');
}, 60_000);

it('kk finetune sft gives an adapter its targets, its scale and its dropout', async () => {
  const { exitCode, stderr } = await kk(['finetune', 'sft', 'lines.jsonl', '--model', 'base', '--steps', '1', '--lora', '4', '--lora-targets', 'blocks.*.attention', '--rs-lora', '--lora-dropout', '0.25', '--out', 'chosen', '--json', '--threads', '1'], { cwd });
  expect([exitCode, stderr]).toEqual([0, '']);
  const adapter = jsonOf('chosen', 'adapter_config.json');
  expect(adapter).toMatchObject({ r: 4, use_rslora: true, lora_dropout: 0.25 });
  expect(JSON.stringify(adapter.target_modules)).toMatch(/attn/);
  expect(JSON.stringify(adapter.target_modules)).not.toMatch(/mlp/);
  expect(jsonOf('chosen', 'recipe.json')).toMatchObject({ trained: { lora: { rank: 4, dropout: 0.25, targets: ['blocks.*.attention'], rsLora: true } } });
});

it('kk train takes the decays of both moments, below 1', async () => {
  const train = (...options: string[]) => kk(['train', 'text.txt', '--tokenizer', 'char', ...tiny, '--steps', '6', ...options, '--out', 'decays', '--force', '--json'], { cwd });
  const lossWith = async (...options: string[]) => (await train(...options)).last().valLoss as number;
  const usual = await lossWith();
  expect(await lossWith('--beta1', '0.9', '--beta2', '0.99')).toBe(usual);
  for (const flag of ['--beta1', '--beta2']) {
    expect(Math.abs((await lossWith(flag, '0.3')) - usual), flag).toBeGreaterThan(1e-4);
    const refused = await train(flag, '1');
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('Expected a number from 0 to below 1.')]);
  }
});

it('kk finetune sft learns what --learn says, and puts one example in each row with --no-pack', async () => {
  const startOf = async (...options: string[]) => {
    const run = await kk(['finetune', 'sft', 'lines.jsonl', '--model', 'base', '--steps', '1', ...options, '--out', 'learned', '--force', '--json', '--threads', '1'], { cwd });
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    return JSON.parse(run.stdout.split('\n')[0]!) as { examples: number; rows: number; targets: number };
  };
  const usual = await startOf();
  expect(usual.rows).toBeLessThan(usual.examples);
  const unpacked = await startOf('--no-pack');
  expect(unpacked).toMatchObject({ rows: usual.examples, targets: usual.targets });
  // The prompts are learned, too. Each of these examples has one answer, which is its last.
  expect((await startOf('--learn', 'all')).targets).toBeGreaterThan(usual.targets);
  expect((await startOf('--learn', 'completion')).targets).toBe(usual.targets);
});
