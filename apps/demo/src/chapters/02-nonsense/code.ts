// The code of this chapter's figures: the exact calls of the packages with the current settings, and what they print.
import type { TextName } from '../../figures/use-text.js';
import type { OwnPiece } from '../../lab/jobs/nonsense.js';
import type { ResultOf } from '../../lab/protocol.js';
import { longestMemory, type ChainUnit } from '../../lab/units.js';
import { STORIES } from './settings.js';
import { tally, vowelsAndConsonants } from './tally.js';

export interface ChainCode {
  text: TextName;
  unit: ChainUnit;
  order: number;
  seed: number;
  /** The visitor's own text. */
  own: string;
}

interface Code {
  source: string;
  prints: string;
}

/** A longer own text is read from a file. */
const LONGEST_IN_CODE = 300;

/** The lines that every code begins with: `text`, and `chain` trained on it. */
function chainLines({ text, unit, order, own }: ChainCode): string {
  const isShort = text === 'own' && own.length <= LONGEST_IN_CODE;
  const imports = text !== 'own' ? "import { writeStories } from '@kk/corpora';\n" : isShort ? '' : "import { readFileSync } from 'node:fs';\n";
  const source = text !== 'own' ? `writeStories('${text}', { seed: 1, bytes: ${STORIES} })` : isShort ? JSON.stringify(own) : "readFileSync('text.txt', 'utf8')";
  return `${imports}import { TextMarkov } from '@kk/markov';\n\nconst text = ${source};\nconst chain = TextMarkov.train(text, { unit: '${unit}', order: ${order} });\n`;
}

export function writerCode({ prompt, pieces, picks, ...chain }: ChainCode & { prompt: string; pieces: readonly { text: string }[]; picks: readonly OwnPiece[] }): Code {
  const length = pieces.length - (picks.length > 0 ? picks.at(-1)!.at + 1 : 0);
  const options = [`length: ${length}`, `seed: ${chain.seed}`, prompt === '' ? "beginning: 'sentence'" : `prompt: ${JSON.stringify(prompt)}`];
  const text = pieces.map((piece) => piece.text).join('');
  return { source: `${chainLines(chain)}console.log(chain.generate({ ${options.join(', ')} }));`, prints: prompt === '' ? text.trimStart() : text };
}

/** The table behind the die. */
export function nextCode({ next, ...chain }: ChainCode & { next: ResultOf<'nonsenseNext'> | null }): Code {
  const used = next?.pieces.slice(next.pieces.length - next.used) ?? [];
  const ids = used.map(({ id }) => id);
  const source = `${chainLines(chain)}
// ${JSON.stringify(used.map(({ text }) => text).join(''))}
for (const { id, count } of chain.counted.counts([${ids.join(', ')}]).slice(0, 12)) {
  console.log(JSON.stringify(chain.tokens[id]), count);
}`;
  return { source, prints: (next?.options ?? []).slice(0, 12).map(({ token, count }) => `${JSON.stringify(token)} ${count}`).join('\n') };
}

/** The share of copies for each memory. */
export function copiesCode({ least, length, curve, ...chain }: ChainCode & { least: number; length: number; curve: readonly { memory: number; share: number }[] }): Code {
  const most = longestMemory[chain.unit];
  const source = `${chainLines({ ...chain, order: most })}
for (let memory = 1; memory <= ${most}; memory++) {
  const ids = chain.withOrder(memory).generateTokens({ length: ${length}, seed: ${chain.seed}, beginning: 'sentence' });
  console.log(memory, chain.copies(ids, { minimumRun: ${least} }).share.toFixed(2));
}`;
  return { source, prints: curve.map(({ memory, share }) => `${memory} ${share.toFixed(2)}`).join('\n') };
}

/** The whole table of a short text. */
export function tableCode({ text, kind, vowel, consonant, table }: { text: string; kind: 'word' | 'vowel'; vowel: string; consonant: string; table: ResultOf<'nonsenseTable'> | null }): Code {
  const counted = kind === 'word' ? text : vowelsAndConsonants(text, vowel, consonant);
  const rows = table ? tally(table.ids, table.tokens.length, Infinity) : [];
  const lines = rows.map((row, id) => {
    const followers = row.map((count, next) => ({ count, next })).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || a.next - b.next);
    return `${table!.tokens[id]}: ${followers.map(({ count, next }) => `${table!.tokens[next]} ${count}`).join(', ')}`;
  });
  const source = `import { TextMarkov } from '@kk/markov';

const chain = TextMarkov.train(${JSON.stringify(counted)}, { unit: '${kind === 'word' ? 'word' : 'character'}', order: 1 });
for (const [id, token] of chain.tokens.entries()) {
  const next = chain.counted.counts([id]).map((follower) => \`\${chain.tokens[follower.id]} \${follower.count}\`);
  console.log(\`\${token}: \${next.join(', ')}\`);
}`;
  return { source, prints: lines.join('\n') };
}
