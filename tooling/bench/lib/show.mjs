// Shared by all measurements: workers of this checkout or of another, ratios, tables in the terminal.
import Table from 'cli-table3';
import { runWorker as run, runWorkerIn } from './worker.mjs';

/** Runs a worker of this checkout, or of the one in `folder`. */
export const runWorker = ({ folder }, name, ...args) => (folder ? runWorkerIn(folder, name, ...args) : run(name, ...args));

export const ratio = (other, ours) => `${(other / ours).toFixed(2)}x`;

export function showTable(title, head, rows) {
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...rows);
  console.log(`\n${title}\n${table.toString()}`);
}
