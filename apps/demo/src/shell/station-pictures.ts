// A small drawing for each station of the way: lines and dots on a square of 48 units.
import type { ChapterName } from '../chapters/names.js';

interface Drawing {
  lines: string;
  /** Points, each drawn as a thick dot: `M x y h.01`. */
  dots?: string;
  dashed?: string;
}

export const stationPictures: Record<ChapterName, Drawing> = {
  // Two pieces of text, and the next one still open.
  token: { lines: 'M5 18h12v12H5zM19 18h10v12H19z', dashed: 'M31 18h12v12H31z' },
  // A die.
  nonsense: { lines: 'M14 10h20a4 4 0 0 1 4 4v20a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4z', dots: 'M17 17h.01M31 17h.01M24 24h.01M17 31h.01M31 31h.01' },
  // Lines of text under a lens.
  texts: { lines: 'M8 12h26M8 19h10M8 26h8M8 33h10M29 17a8.5 8.5 0 1 1 0 17a8.5 8.5 0 1 1 0-17zM35.5 31.500L41 37' },
  // A small network.
  networks: { lines: 'M11 15L24 11M11 15L24 24M11 15L24 37M11 33L24 11M11 33L24 24M11 33L24 37M24 11L37 24M24 24H37M24 37L37 24', dots: 'M11 15h.01M11 33h.01M24 11h.01M24 24h.01M24 37h.01M37 24h.01' },
  // Points, two of them close together.
  words: { lines: 'M8 8v32h32', dots: 'M18 29h.01M23 32h.01M33 14h.01M37 20h.01M17 14h.01' },
  // The last token looks back at earlier ones.
  attention: { lines: 'M38 32C36 8 12 8 9 32M38 32C36 16 22 16 20 32', dots: 'M9 36h.01M20 36h.01M29 36h.01M38 36h.01' },
  // A prompt for typing code.
  practice: { lines: 'M12 15l9 9l-9 9M25 34h13' },
  // A branching path.
  continue: { lines: 'M8 24h8M16 24C23 24 21 12 28 12H36M16 24H36M16 24C23 24 21 36 28 36H36', dots: 'M38 12h.01M38 24h.01M38 36h.01' },
  // Controls that are adjusted.
  finetuning: { lines: 'M13 9v30M24 9v30M35 9v30', dots: 'M13 29h.01M24 17h.01M35 25h.01' },
  // An answer that somebody found good.
  feedback: { lines: 'M10 11h28v20H23l-8 7v-7h-5zM17 21l5 5l9-10' },
};
