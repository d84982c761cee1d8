#!/usr/bin/env node
// `pnpm bench`: compares our packages with other libraries on the same work, one process at a time, in alternating rounds.
import { writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { measureBatch } from './lib/batch.mjs';
import { measureConv } from './lib/conv.mjs';
import { measureDecode } from './lib/decode.mjs';
import { measureDemo } from './lib/demo.mjs';
import { measureDraft } from './lib/draft.mjs';
import { measureDigits } from './lib/digits.mjs';
import { anyWrong, gpuConfigurations, gpuSides, gpuTables, measureGpu } from './lib/gpu-rows.mjs';
import { measureMarkov } from './lib/markov.mjs';
import { measureMatmul } from './lib/matmul.mjs';
import { measureMemory } from './lib/memory.mjs';
import { measureNeighbours } from './lib/neighbours.mjs';
import { readOptions, usage } from './lib/options.mjs';
import { measurePreferences } from './lib/preferences.mjs';
import { describeMachine } from './lib/peers/machine.mjs';
import { peerHead, peerLines, peerRows } from './lib/peers/peers.mjs';
import { exponentTable, markdownTable, measureSweeps, pointTable, scalingMarkdown, sweeps } from './lib/scaling.mjs';
import { measureRevectorize } from './lib/revectorize.mjs';
import { measureSampler } from './lib/sampler.mjs';
import { measureProfile } from './lib/profile.mjs';
import { measureStep } from './lib/step.mjs';
import { showTable } from './lib/show.mjs';
import { measureTokenizers } from './lib/tokenizer.mjs';
import { measureTraining } from './lib/training.mjs';
import { measureTune } from './lib/tune.mjs';
import { measureWordVectors } from './lib/word-vectors.mjs';
import { runWorker } from './lib/worker.mjs';

const options = (() => {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    process.exit(2);
  }
})();
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const { rounds, before } = options;
const note = (text) => process.stderr.write(`${text}\n`);
/** Prints the machine and the peers of a part before it is measured. */
const wanted = (part) => {
  if (options.wanted(part) && part !== 'peers') console.log(`\n${part}\n${peerLines(part).map((line) => `  ${line}`).join('\n')}`);
  return options.wanted(part);
};

if (wanted('matmul')) measureMatmul({ rounds, before, note });
if (wanted('step')) measureStep({ rounds, configurations: options.configurations ?? ['small'], before, note });
if (wanted('memory')) measureMemory({ before, note });
if (wanted('decode')) measureDecode({ rounds, before, note });

// Only on request: the large model takes minutes.
if (wanted('batch')) measureBatch({ rounds, note });

if (wanted('conv')) measureConv({ rounds, note });

// Only on request: a run takes a minute.
if (wanted('training')) {
  for (const configuration of options.configurations ?? ['small']) for (const text of options.texts ?? ['brown']) measureTraining({ rounds, configuration, text, steps: options.steps, note });
}

// Only on request: a model is trained before. It has no peers.
if (wanted('draft')) {
  for (const configuration of options.configurations ?? ['small']) for (const text of options.texts ?? ['brown']) measureDraft({ rounds, configuration, text, steps: options.steps, note });
}

// Only on request: a round takes half a minute, and PyTorch's settings are tried first.
if (wanted('tune')) measureTune({ rounds, configurations: options.configurations ?? ['small', 'mid'], note });

// Only on request, as before.
if (wanted('preferences')) measurePreferences({ rounds, configurations: options.configurations ?? ['small', 'mid'], note });

// Only on request: it has no peers.
if (wanted('profile')) measureProfile({ configurations: options.configurations ?? ['small', 'mid'], note });

// Only on request, as before: it needs a browser.
if (wanted('revectorize')) await measureRevectorize({ note });

// Only on request: it builds the course and needs a browser. It has no peers.
if (wanted('demo')) for (const configuration of options.configurations ?? ['small']) await measureDemo({ rounds, configuration, note });

// What each peer is, without measuring anything.
if (wanted('peers')) {
  const rows = peerRows();
  showTable(describeMachine(), peerHead, rows);
  if (options.markdown) writeFileSync(options.markdown, `${markdownTable({ head: peerHead, rows }, { words: true })}\n`);
}

// Only on request: it takes minutes, and most machines that run the others have no GPU.
if (wanted('gpu')) {
  const results = measureGpu({ rounds, sides: options.sides ?? gpuSides, configurations: options.configurations ?? gpuConfigurations, runWorker, note });
  const { lines, tables } = gpuTables(results);
  console.log(`\n${lines.join('\n')}`);
  for (const { head, rows } of tables) {
    const table = new Table({ head, style: { head: [], border: [] } });
    table.push(...rows);
    console.log(table.toString());
  }
  if (options.markdown) writeFileSync(options.markdown, `${[lines.map((line) => `- ${line}`).join('\n'), ...tables.map(markdownTable)].join('\n\n')}\n`);
  if (anyWrong(results)) {
    note('gpu: somebody computes something else than wasm; see the tables');
    process.exitCode = 1;
  }
}

// Only on request: the slowest peers take minutes for the worst cases.
if (wanted('tokenizer')) measureTokenizers({ rounds, texts: options.texts, parts: options.parts, note });
if (wanted('sampler')) measureSampler({ rounds, markdown: options.markdown, note });
if (wanted('markov')) measureMarkov({ rounds, note });
if (wanted('word-vectors')) measureWordVectors({ rounds, texts: options.texts, note });
if (wanted('digits')) measureDigits({ rounds, note });
if (wanted('neighbours')) measureNeighbours({ rounds, note });

// Only on request: it takes minutes and has no peers.
if (wanted('scaling')) {
  const chosen = options.sweeps && sweeps.filter(({ name }) => options.sweeps.includes(name));
  let backend = '';
  const results = measureSweeps(chosen ?? sweeps, (point) => {
    note(`training step: ${JSON.stringify(point)}`);
    const report = runWorker('ours-scaling', JSON.stringify(point));
    backend = report.backend;
    return report;
  });
  console.log(`\nA training step as it grows (${backend})`);
  for (const { head, rows } of [pointTable(results), exponentTable(results)]) {
    const table = new Table({ head, style: { head: [], border: [] } });
    table.push(...rows);
    console.log(table.toString());
  }
  if (options.markdown) writeFileSync(options.markdown, scalingMarkdown(results, backend));
}
