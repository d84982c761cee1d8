// Shows what could have come at a place of the last answer.
import { tokenText } from '../terminal/pieces.js';
import { bars } from '../terminal/bars.js';
import { visible } from '../terminal/token-rows.js';
import type { Place } from './answer.js';
import type { ChatSession } from './session.js';

const LONGEST_LABEL = 20;

/** @param place from 1; undefined for where the model was least sure */
export function showBars(session: ChatSession, place: number | undefined): void {
  const { last, parts, options, context } = session;
  const { says, numbers, json } = options;
  const places = last?.places ?? [];
  if (places.length === 0) return session.note(says.nothingYet);
  const index = place === undefined ? leastSure(places) : place - 1;
  const chosen = places[index];
  if (!chosen) return session.note(says.noPlace(numbers.integer(place ?? 0), numbers.integer(places.length)));
  const { tokenizer } = parts;
  const textOf = (id: number): string => (id < tokenizer.vocabSize ? tokenText(tokenizer, id) : `<${id}>`);
  if (json) {
    context.json({ event: 'bars', place: index + 1, taken: textOf(chosen.taken), candidates: chosen.candidates.map(({ id, probability }) => ({ id, text: textOf(id), probability })) });
    return;
  }
  const { terminal } = context;
  terminal.print(` ${says.barsOf(numbers.integer(index + 1), numbers.integer(places.length))}`);
  const data = chosen.candidates.map(({ id, probability }) => ({ label: `${id === chosen.taken ? '› ' : '  '}${visible(textOf(id))}`, share: probability }));
  terminal.print(bars(data, { columns: terminal.columns - 1, numbers, indent: 1, full: 1, longestLabel: LONGEST_LABEL, paint: terminal.colors.cyan }));
}

function leastSure(places: readonly Place[]): number {
  let most = 0;
  places.forEach(({ entropy }, at) => {
    if (entropy > places[most]!.entropy) most = at;
  });
  return most;
}
