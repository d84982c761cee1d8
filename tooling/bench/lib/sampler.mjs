// Compares the sampler with transformers.js and with a full sort: measurements and tables.
import { writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { median } from './measure.mjs';
import { markdownTable } from './scaling.mjs';
import { vocabSize } from './sampler-cases.mjs';
import { runWorker } from './worker.mjs';

/** The time limit of the typical chain, in microseconds per token. */
const goal = 300;

/**
 * Measures everything and prints the tables.
 * @param {object} [options]
 * @param {number} [options.rounds]  the number of processes; the medians count
 * @param {number} [options.seconds]  for each case, twice in every process
 * @param {string} [options.markdown]  a file for the tables
 * @param {(text: string) => void} [options.note]  reports the current measurement
 */
export function measureSampler({ rounds = 3, seconds = 0.25, markdown, note = () => undefined } = {}) {
  const reports = [];
  for (let round = 0; round < rounds; round++) {
    note(`sampler, round ${round + 1} of ${rounds}`);
    reports.push(runWorker('sampler-processors', '2', String(seconds)));
  }
  const tables = samplerTables(reports);
  for (const { title, head, rows } of tables) {
    const table = new Table({ head, style: { head: [], border: [] } });
    table.push(...rows);
    console.log(`\n${title}\n${table.toString()}`);
  }
  if (markdown) writeFileSync(markdown, `${tables.map((table) => `${table.title}\n\n${markdownTable(table)}`).join('\n\n')}\n`);
  return tables;
}

/** @returns {{ title: string, head: string[], rows: string[][] }[]} */
export function samplerTables(reports) {
  const [{ cases, chains, agreement }] = reports;
  const of = (name) => median(reports.map(({ microseconds }) => microseconds[name]));
  const show = (time) => time.toFixed(time < 10 ? 1 : 0);
  const sort = of('sort');
  // The resolution of a difference of two such times.
  const resolution = 5;
  const showDifference = (time) => (time < resolution ? `< ${resolution}` : show(time));
  const ratio = (other, ours) => (other < resolution ? '-' : ours < resolution ? `> ${(other / resolution).toFixed(0)}x` : `${(other / ours).toFixed(2)}x`);
  // Subtracts the time of copying the logits, which every library that changes them in place needs.
  const theirs = (name) => of(`${name}, theirs`) - of('copy');
  const stage = (name) => of(`${name}, stage`) - of('loading');
  const withPeer = (name) => reports[0].microseconds[`${name}, theirs`] !== undefined;
  const processors = cases.map((name) => [
    name,
    show(of(name)),
    showDifference(stage(name)),
    withPeer(name) ? showDifference(theirs(name)) : '-',
    withPeer(name) ? ratio(theirs(name), stage(name)) : '-',
    `${(sort / of(name)).toFixed(0)}x`,
    name in agreement ? agreement[name].toExponential(1) : '-',
  ]);
  processors.push(['softmax', show(of('softmax')), '-', show(of('softmax, theirs')), `${(of('softmax, theirs') / of('softmax')).toFixed(2)}x`, `${(sort / of('softmax')).toFixed(0)}x`, '-']);
  const bytes = median(reports.map(({ bytesPerToken }) => bytesPerToken));
  return [
    {
      title: `Processors, ${vocabSize} tokens; µs. Functions check their input and copy it; stages and theirs work in place on a copy, whose time (${show(of('loading'))} and ${show(of('copy'))} µs) is taken off`,
      head: ['processor', 'function', 'stage', 'transformers.js', 'theirs / stage', 'sort / function', 'largest difference'],
      rows: processors,
    },
    {
      title: `Samplers, logits to a token, ${vocabSize} tokens; a full sort of the logits alone takes ${show(sort)} µs; the typical chain allocates ${bytes.toFixed(0)} bytes per token`,
      head: ['chain', 'µs per token', 'sort / ours', `goal ${goal} µs`],
      rows: chains.map((name, i) => [name, show(of(name)), `${(sort / of(name)).toFixed(0)}x`, i === 0 ? (of(name) <= goal ? 'met' : 'missed') : '']),
    },
  ];
}
