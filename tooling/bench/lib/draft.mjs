// Compares generation with a Markov chain that guesses ahead with generation without one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWorker, showTable } from './show.mjs';
import { drafts } from './sizes.mjs';
import { benchText } from './tokenizer-texts.mjs';

/** @param text  `brown`, or the path of a text file; it is split into characters */
export function measureDraft({ rounds, configuration, text, steps, note }) {
  const folder = mkdtempSync(join(tmpdir(), 'kk-bench-'));
  try {
    const file = join(folder, 'text.txt');
    writeFileSync(file, benchText(text));
    note(`draft: training '${configuration}' for ${steps} steps on ${text}, then ${rounds} rounds`);
    const { characters, backends } = runWorker({}, 'ours-draft', configuration, file, String(steps), String(rounds));
    const rows = backends.flatMap(({ backend, lengths }) =>
      lengths.map(({ length, milliseconds, ratio, drafted }) => [
        backend,
        length === 0 ? 'none' : String(length),
        (1000 / milliseconds).toFixed(0),
        length === 0 ? '-' : `${(100 * drafted.acceptanceRate).toFixed(0)} %`,
        length === 0 ? '1' : (drafted.tokens / drafted.targetCalls).toFixed(2),
        length === 0 ? '' : `${ratio.toFixed(2)}x`,
      ]));
    const title = `Generation with drafts: '${configuration}' after ${steps} steps, ${text} by ${characters} characters; a Markov chain of order ${drafts.order}, temperature ${drafts.temperature}`;
    showTable(title, ['backend', 'draft length', 'tokens/s', 'kept', 'tokens a pass', 'with drafts / without'], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
