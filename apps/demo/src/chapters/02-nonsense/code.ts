// The code of this chapter's figures: the exact calls of the packages with the current settings, and what they print.
import type { TextName } from '../../figures/use-text.js';
import type { OwnPiece } from '../../lab/jobs/nonsense.js';
import type { ChainUnit } from '../../lab/units.js';
import { STORIES } from './settings.js';

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
export function chainLines({ text, unit, order, own }: ChainCode): string {
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
