// `kk merge`: adds LoRA adapters to the weights of their model.
import { join } from 'node:path';
import { checkMerge } from '@kk/finetune';
import { countParameters, type GenerationConfig } from '@kk/gpt';
import { readGenerationConfig, saveModel } from '@kk/gpt/node';
import { loadTokenizerConfig, saveTokenizerConfig } from '@kk/tokenizer/node';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { baseOfAdapter, isAdapterFolder, openAdapters, refuseReward, type RowOwners } from '../files/adapter-folder.js';
import { endTokensOf } from '../files/end-tokens.js';
import { openModel } from '../files/model.js';
import { refuseReplacingInput } from '../files/new-file.js';
import { withOutputFolder } from '../files/output-folder.js';
import { fullPath, outputPath, quotePath, shortPath } from '../files/paths.js';
import { removeRunFiles, RUN_FILES, runFilesIn } from '../files/run-files.js';
import { warnOfOtherBase } from '../finetune/other-base.js';
import { Verb } from '../grammar/verb.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';

interface MergeOptions extends DeviceOptions {
  adapter: string[];
  model?: string;
  out: string;
  force?: boolean;
  json?: boolean;
}

const numbers = numberFormats('en');

export function mergeCommand(context: Context): Verb {
  const verb = new Verb('merge')
    .summary('add an adapter to its model')
    .description('Adds LoRA adapters to the weights of their model, and saves the result as a model that needs no adapter.')
    .option('--adapter <dir...>', 'folders of adapters; several add up')
    .option('--model <dir>', 'folder of the model (default: the one that the first adapter names)')
    .option('--out <dir>', 'folder for the merged model');
  return addDevice(verb)
    .option('--force', 'replace a model that is in the folder')
    .option('--json', 'one JSON object')
    .argumentFor('adapter')
    .requires(['adapter'])
    .requires(['out'])
    .flows({ reads: { adapter: 'adapters', model: 'a GPT' }, writes: { out: 'a GPT with its tokenizer', stdout: 'what was merged' } })
    .examples('kk merge runs/pirate --out runs/pirate-merged', 'kk merge runs/pirate runs/rhymes --model runs/stories --out runs/both')
    .does((options: MergeOptions) => merge(context, options));
}

async function merge(context: Context, { adapter, model: folder, out, force, json, ...device }: MergeOptions): Promise<void> {
  const { cwd } = context.io;
  const target = outputPath(cwd, out);
  const shown = shortPath(cwd, target);
  const [first] = adapter as [string, ...string[]];
  await refuseReward(cwd, adapter);
  if (folder === undefined && !(await isAdapterFolder(fullPath(cwd, first)))) throw new Failure(`${first} holds no adapter: adapter_config.json is missing.`, 'Expected a folder that kk finetune sft --lora or PEFT wrote.');
  const base = folder === undefined ? await baseOfAdapter(fullPath(cwd, first), cwd) : fullPath(cwd, folder);
  const reads = [...adapter.map((path) => fullPath(cwd, path)), base].flatMap((path) => RUN_FILES.map((name) => join(path, name)));
  for (const name of RUN_FILES) await refuseReplacingInput(join(target, name), shortPath(cwd, join(target, name)), reads);
  const output = await withOutputFolder(target, shown, async (opened) => {
    const present = await runFilesIn(target);
    if (present.length > 0 && !force) throw new Failure(`${shown} already holds a model (${present.join(', ')}).`, 'Replace it: --force. Or choose another folder: --out DIR.');
    return opened;
  });
  try {
    const loaded = await openModel(context, base, device);
    try {
      const { model } = loaded;
      const paths = adapter.map((path) => fullPath(cwd, path));
      let { tokenizer } = loaded;
      const merged: string[] = [];
      // One after the other: what they add to the weights does not depend on each other.
      const rows: RowOwners = new Map();
      for (const path of paths) {
        await warnOfOtherBase(context, path, base);
        const opened = await openAdapters(model, tokenizer, [path], cwd, rows);
        tokenizer = opened.tokenizer;
        for (const one of opened.adapters) {
          await checkMerge(one);
          one.mergeAndRemove();
          merged.push(shortPath(cwd, path));
        }
      }
      const { vocabSize } = model.config;
      const folders = [...paths.reverse(), base];
      const endTokens = tokenizer ? await endTokensOf(folders, tokenizer, vocabSize) : [];
      await removeRunFiles(target);
      await saveModel(target, model, { tokenizer: tokenizer?.toJSON(), generation: { ...(await generationOf(folders, vocabSize)), endTokens } });
      const configs = await Promise.all(folders.map((path) => loadTokenizerConfig(path)));
      if (configs.some((config) => config !== undefined)) await saveTokenizerConfig(target, Object.assign({}, ...configs.reverse()));
      if (json) {
        context.json({ adapters: merged, parameters: countParameters(model.config), out: target });
        return;
      }
      context.terminal.print(
        factTable(
          [
            ['Merged', merged.join(', ')],
            ['Into', `${shortPath(cwd, base)}: ${numbers.integer(countParameters(model.config))} parameters`],
            ['Saved in', shown],
          ],
          context.terminal,
        ),
      );
      context.terminal.print();
      context.terminal.command(`${context.io.command} chat ${quotePath(shown)}`);
    } finally {
      loaded.dispose();
    }
  } finally {
    output.release();
  }
}

/** That of the last adapter that has one, else of the model. */
async function generationOf(folders: readonly string[], vocabSize: number): Promise<GenerationConfig | undefined> {
  for (const folder of folders) {
    const found = await readGenerationConfig(folder, vocabSize);
    if (found) return found;
  }
  return undefined;
}
