// The words of the figures of chapter 2.
import type de from './de.js';

const en: typeof de = {
  unit: 'unit',
  letters: 'letters',
  words: 'words',
  memory: 'memory',
  chain: 'Markov chain',
  you: 'you',
  units: (unit, count) => (unit === 'character' ? (count === 1 ? 'character' : 'characters') : count === 1 ? 'word' : 'words'),
  visible: (text) => (text === ' ' ? 'space' : /^\n+$/.test(text) ? 'new line' : text.trim()),
  writer: {
    label: 'A text that a Markov chain writes',
    pieceLabel: (piece) => `${piece}: where does it come from?`,
    empty: 'Type a text above. Three words will do for a start, a whole book is fine as well.',
    counting: (share) => `The text is being counted: ${share}`,
    counted: (count, units, contexts) => `Counted: ${count} ${units} with ${contexts} different contexts. Tap a place to see where it comes from.`,
    play: 'Write',
    pause: 'Pause',
    again: 'Once more',
    step: 'One piece',
    choose: 'Choose yourself',
    chooseNow: 'This is how the text went on at such places. Choose what comes now:',
    speed: 'speed',
    speeds: { slow: 'slow', brisk: 'fast', instant: 'at once' },
    place: 'place',
    piece: 'piece',
    by: 'by',
  },
  next: {
    option: (text, count) => `${text}, ${count} times`,
    rest: (different, count) => (different === 1 ? `and one more, ${count} times` : `and ${different} more, ${count} times together`),
  },
  sources: {
    found: (count, length, units) => (count === '1' ? `These ${length} ${units} stand at one place in the text only:` : `These ${length} ${units} stand at ${count} places in the text:`),
    line: (count) => `The whole text as a line with ${count} marked places`,
    part: 'A part of the text',
    place: (at, count) => `${at} of ${count}`,
    previous: 'previous',
    next: 'next',
  },
};

export default en;
