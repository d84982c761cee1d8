#!/usr/bin/env node
// `pnpm bench`: ours beside our peers, one process after the other on the same work, in alternating rounds.
// Options: `pnpm bench --help`.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import Table from 'cli-table3';
import { anyWrong, gpuConfigurations, gpuSides, gpuTables, measureGpu } from './lib/gpu-rows.mjs';
import { measureMarkov } from './lib/markov.mjs';
import { median } from './lib/measure.mjs';
import { readOptions, usage } from './lib/options.mjs';
import { pytorchStep } from './lib/pytorch.mjs';
import { exponentTable, markdownTable, measureSweeps, pointTable, scalingMarkdown, sweeps } from './lib/scaling.mjs';
import { measureSampler } from './lib/sampler.mjs';
import { matrixSides } from './lib/sizes.mjs';
import { measureTokenizers } from './lib/tokenizer.mjs';
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
const { rounds, wanted } = options;
const note = (text) => process.stderr.write(`${text}\n`);
const ratio = (other, ours) => `${(other / ours).toFixed(2)}x`;

/** Runs both in turn, `rounds` times, and hands back the reports of each. */
function alternate(ours, theirs) {
  const reports = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    reports.ours.push(ours());
    reports.theirs.push(theirs());
  }
  return reports;
}

if (wanted('matmul')) {
  note(`matmul: ${rounds} rounds of ours and tfjs-backend-wasm`);
  const { ours, theirs } = alternate(() => runWorker('ours-matmul'), () => runWorker('tfjs-matmul'));
  console.log(`\nMatrix product, float32\n  ours: ${ours[0].backend}\n  peer: ${theirs[0].backend}`);
  const table = new Table({ head: ['size', 'ours ms', 'GFLOP/s', 'of peak', 'tfjs ms', 'GFLOP/s', 'faster by'], style: { head: [], border: [] } });
  for (const side of matrixSides) {
    const a = median(ours.map((r) => r[side]));
    const b = median(theirs.map((r) => r[side]));
    const rate = (ms) => ((2 * side ** 3) / ms / 1e6).toFixed(1);
    const share = median(ours.map((r) => rate(r[side]) / r.peak));
    table.push([side, a.toFixed(3), rate(a), `${(100 * share).toFixed(0)} %`, b.toFixed(3), rate(b), ratio(b, a)]);
  }
  console.log(table.toString());
}

if (wanted('step')) {
  const table = new Table({ head: ['configuration', 'who', 'ms a step', 'GFLOP/s, of peak', 'time of ours / theirs'], style: { head: [], border: [] } });
  for (const configuration of options.configurations ?? ['small']) {
    // On anything larger than small, tfjs takes too long to wait for.
    const withTfjs = configuration === 'small';
    note(`training step ${configuration}: ${rounds} rounds of ours${withTfjs ? ', tfjs-backend-wasm' : ''} and PyTorch`);
    const times = { ours: [], single: [], tfjs: [], torch: [] };
    const names = {};
    let noTorch = '';
    const shares = { ours: [], single: [] };
    const take = (who, { milliseconds, backend, gigaflops, peak }) => {
      times[who].push(milliseconds);
      shares[who]?.push([gigaflops, peak]);
      names[who] = backend;
    };
    for (let round = 0; round < rounds; round++) {
      take('ours', runWorker('ours-step', configuration));
      take('single', runWorker('ours-step', configuration, '1'));
      if (withTfjs) take('tfjs', runWorker('tfjs-step', configuration));
      const torch = pytorchStep(configuration);
      if (typeof torch === 'string') noTorch = torch;
      else take('torch', torch);
    }
    const share = (who) => {
      const [gigaflops, peak] = [0, 1].map((i) => median(shares[who].map((pair) => pair[i])));
      return `${gigaflops.toFixed(1)}, ${((100 * gigaflops) / peak).toFixed(0)} % of ${peak.toFixed(1)}`;
    };
    const mine = median(times.ours);
    const single = median(times.single);
    table.push([configuration, `ours, ${names.ours}`, mine.toFixed(1), share('ours'), '']);
    table.push([configuration, `ours, ${names.single}`, single.toFixed(1), share('single'), `${(mine / single).toFixed(2)} (${ratio(single, mine)} faster with all threads)`]);
    if (withTfjs) {
      const tfjs = median(times.tfjs);
      table.push([configuration, names.tfjs, tfjs.toFixed(1), '', `${(mine / tfjs).toFixed(3)} (${ratio(tfjs, mine)} faster; on one thread ${ratio(tfjs, single)})`]);
    }
    if (times.torch.length > 0) table.push([configuration, names.torch, median(times.torch).toFixed(1), '', (mine / median(times.torch)).toFixed(2)]);
    else table.push([configuration, `PyTorch: ${noTorch}`, '-', '', '-']);
  }
  console.log(`\nGPT training step: batch, forward, backward, clipping, AdamW\n${table.toString()}`);
}

if (wanted('memory')) {
  note('memory: 5,000 training steps');
  const { samples } = runWorker('ours-memory');
  const table = new Table({ head: ['after step', 'buffers', 'bytes in buffers', 'WebAssembly memory', 'JavaScript heap MB'], style: { head: [], border: [] } });
  for (const { step, buffers, bytes, reservedBytes, heapBytes } of samples) table.push([step, buffers, bytes, reservedBytes, (heapBytes / 1e6).toFixed(1)]);
  console.log(`\nMemory over 5,000 training steps\n${table.toString()}`);
}

if (wanted('decode')) {
  const table = new Table({ head: ['weights', 'backend', 'tokens/s', 'GB/s', 'of read bandwidth', 'prefill tokens/s'], style: { head: [], border: [] } });
  const cores = availableParallelism();
  for (const threads of cores > 1 ? [1, cores] : [1]) {
    note(`decode, GPT-2 124M shape, ${threads} thread${threads === 1 ? '' : 's'}: ${rounds} rounds`);
    const reports = Array.from({ length: rounds }, () => runWorker('ours-decode', String(threads)));
    for (const kind of ['float32', 'int8']) {
      const one = reports.map((r) => r.kinds[kind]);
      const ms = median(one.map((r) => r.milliseconds));
      const bandwidth = median(one.map((r) => r.bandwidth));
      const rate = one[0].bytes / ms / 1e6;
      table.push([kind, reports[0].backend, (1000 / ms).toFixed(1), rate.toFixed(1), `${((100 * rate) / bandwidth).toFixed(0)} % of ${bandwidth.toFixed(1)}`, median(one.map((r) => r.prefillTokensPerSecond)).toFixed(0)]);
    }
  }
  console.log(`\nGeneration with the GPT-2 124M shape, random weights; bytes of weights read a second\n${table.toString()}`);
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
