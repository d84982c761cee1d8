// Where the time of a GPT training step goes, function by function, with and without a BLAS.
import { runWorker, showTable } from './show.mjs';

/** What takes less than this share of a step without and with a BLAS is one row. */
const LEAST = 0.01;

export function measureProfile({ configurations, note }) {
  for (const configuration of configurations) {
    note(`profile of a training step: ${configuration}`);
    const reports = ['off', 'auto'].map((blas) => runWorker({}, 'ours-profile', configuration, blas));
    const share = (name) => reports.map(({ shares }) => shares[name] ?? 0);
    const names = [...new Set(reports.flatMap(({ shares }) => Object.keys(shares)))].sort((a, b) => share(b)[0] + share(b)[1] - share(a)[0] - share(a)[1]);
    const [large, small] = [names.filter((name) => Math.max(...share(name)) >= LEAST), names.filter((name) => Math.max(...share(name)) < LEAST)];
    const percent = (values) => values.map((value) => `${(100 * value).toFixed(1)} %`);
    const rest = [0, 1].map((i) => small.reduce((sum, name) => sum + share(name)[i], 0));
    showTable(`A training step of '${configuration}' on one thread, shares of its time`, ['function', ...reports.map(({ backend }) => backend)], [...large.map((name) => [name, ...percent(share(name))]), [`${small.length} others`, ...percent(rest)]]);
  }
}
