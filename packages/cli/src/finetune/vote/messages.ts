// The words around votes, in the language of the reader. What is typed is the same in both.
import type { Language } from '@kk/corpora';
import type { Choice } from '@kk/finetune';
import { numberFormats } from '../../terminal/numbers.js';
import { reportMessages } from '../../training/report/messages.js';

type FactName = 'pairs' | 'note' | 'learns' | 'folder' | 'learned' | 'distance' | 'guesses' | 'votes' | 'agreement' | 'saved';

export interface VoteMessages {
  writing: (done: number, of: number) => string;
  facts: Readonly<Record<FactName, string>>;
  pairs: (count: number, votes: number) => string;
  /** How many of the pairs that were asked for were not written. */
  without: (count: number, of: number) => string;
  tooLong: (count: number) => string;
  learnsAfter: (votes: number, method: 'dpo' | 'reward', rank: number) => string;
  pair: (number: number, of: number) => string;
  keys: string;
  /** After the last pair. */
  lastKeys: string;
  choices: Readonly<Record<Choice, string>>;
  /** What the model guessed about the pair that was just voted on. */
  guessed: (choice: 'a' | 'b', probability: number) => string;
  takenBack: string;
  nothingToTakeBack: string;
  learning: (votes: number, step: number, of: number) => string;
  learned: (votes: number, steps: number, seconds: number) => string;
  distance: (nats: number, isStopped: boolean) => string;
  /** The pairs were written by another backend than the one that learned from them. */
  otherBackend: (before: string) => string;
  /** What it would vote on pairs that it learned from, and what it guessed before about others; 0 of 0 where there are none. */
  guesses: (right: number, of: number, unseen: { readonly right: number; readonly of: number }) => string;
  unsureFirst: string;
  allVoted: (pairs: number) => string;
  tooFew: string;
  votes: (votes: number, decided: number) => string;
  agreement: (agreement: { readonly voters: number; readonly pairs: number; readonly share: number; readonly kappa: number | null; readonly alpha: number | null }) => string;
  goOn: string;
  talk: string;
  write: string;
}

const en = numberFormats('en');
const de = numberFormats('de');
const time = (numbers: typeof en, seconds: number): string => (seconds < 10 ? `${numbers.decimal(seconds, 1)}\u00a0s` : numbers.duration(seconds));
const stimmen = (count: number): string => `${de.integer(count)} ${count === 1 ? 'Stimme' : 'Stimmen'}`;
const paare = (count: number): string => `${de.integer(count)} ${count === 1 ? 'Paar' : 'Paare'}`;
const paaren = (count: number): string => `${de.integer(count)} ${count === 1 ? 'Paar' : 'Paaren'}`;

export const voteMessages: Readonly<Record<Language, VoteMessages>> = {
  en: {
    writing: (done, of) => ` writing answers: ${en.integer(done)} of ${en.count(of, 'prompt')}`,
    facts: { pairs: 'Pairs', note: 'Note', learns: 'Learns', folder: 'Folder', learned: 'Learned', distance: 'Distance', guesses: 'Guesses', votes: 'Votes', agreement: 'Agreement', saved: 'Saved in' },
    pairs: (count, votes) => `${en.integer(count)}${votes === 0 ? '' : `; ${en.count(votes, 'vote')} so far`}`,
    without: (count, of) => `${en.integer(count)} of the ${en.integer(of)} times that it was asked gave no pair: the model wrote no two different answers that end and are nearly as long as each other.`,
    tooLong: (count) => `${count === 1 ? 'One prompt is' : `${en.integer(count)} prompts are`} longer than the context, and left out.`,
    learnsAfter: (votes, method, rank) => `each time after ${en.count(votes, 'vote')} for a or b: ${method === 'dpo' ? 'the model itself, by DPO' : 'a reward model'}, in a LoRA adapter of rank ${rank}`,
    pair: (number, of) => `Pair ${en.integer(number)} of ${en.integer(of)}`,
    keys: 'a, b: the better one. n: neither. Backspace: back. q: leave.',
    lastKeys: 'That was the last pair. Backspace: back. Any other key goes on.',
    choices: { a: 'a', b: 'b', neither: 'neither' },
    guessed: (choice, probability) => `The model had guessed ${choice}, and was ${en.percent(probability)} sure.`,
    takenBack: 'Taken back.',
    nothingToTakeBack: 'There is no vote to take back.',
    learning: (votes, step, of) => ` learning from ${en.count(votes, 'vote')}: step ${en.integer(step)} of ${en.integer(of)}`,
    learned: (votes, steps, seconds) => `from ${en.count(votes, 'decided pair')}, in ${en.count(steps, 'step')} and ${time(en, seconds)}`,
    distance: (nats, isStopped) => `${en.decimal(nats, 1)} nats an answer from the base (KL divergence)${isStopped ? '; it stopped there' : ''}`,
    otherBackend: (before) => `the pairs were written with ${before}; what is learned now may differ in its last digits`,
    guesses: (right, of, unseen) => `it would now vote as people did on ${en.integer(right)} of ${en.count(of, 'pair')} that it learned from${unseen.of === 0 ? '' : `; before, it had guessed ${en.integer(unseen.right)} of ${en.integer(unseen.of)} new ones right, asked because it was unsure`}`,
    unsureFirst: 'Next come the pairs of which it is least sure.',
    allVoted: (pairs) => (pairs === 1 ? 'You have voted on the only pair.' : `You have voted on all ${en.integer(pairs)} pairs.`),
    tooFew: 'Nothing was learned: no pair is decided for a or b.',
    votes: (votes, decided) => `${en.integer(votes)}; ${en.count(decided, 'pair')} decided for a or b`,
    agreement: ({ voters, pairs, share, kappa, alpha }) => `${en.count(voters, 'voter')} on ${en.count(pairs, 'pair')}: two say the same in ${en.percent(share)}${kappa === null ? '' : `, Cohen's kappa ${en.decimal(kappa)}`}${alpha === null ? '' : `, Krippendorff's alpha ${en.decimal(alpha)}`}`,
    goOn: 'Go on voting:',
    talk: 'Talk with it:',
    write: 'Let it write:',
  },
  de: {
    writing: (done, of) => ` schreibt Antworten: ${de.integer(done)} von ${de.integer(of)} ${of === 1 ? 'Prompt' : 'Prompts'}`,
    facts: { pairs: 'Paare', note: 'Hinweis', learns: 'Lernt', folder: 'Ordner', learned: 'Gelernt', distance: 'Abstand', guesses: 'Vermutet', votes: 'Stimmen', agreement: 'Einigkeit', saved: 'Gespeichert' },
    pairs: (count, votes) => `${de.integer(count)}${votes === 0 ? '' : `; bisher ${stimmen(votes)}`}`,
    without: (count, of) => `${de.integer(count)} der ${de.integer(of)} Male, die es gefragt wurde, ergaben kein Paar: Das Modell schrieb keine zwei verschiedenen Antworten, die enden und fast gleich lang sind.`,
    tooLong: (count) => `${count === 1 ? 'Ein Prompt ist' : `${de.integer(count)} Prompts sind`} länger als der Kontext und ${count === 1 ? 'fällt' : 'fallen'} weg.`,
    learnsAfter: (votes, method, rank) => `jedes Mal nach ${stimmen(votes)} für a oder b: ${method === 'dpo' ? 'das Modell selbst, mit DPO' : 'ein Belohnungsmodell'}, in einem LoRA-Adapter vom Rang ${rank}`,
    pair: (number, of) => `Paar ${de.integer(number)} von ${de.integer(of)}`,
    keys: 'a, b: die bessere. n: keine von beiden. Rücktaste: zurück. q: beenden.',
    lastKeys: 'Das war das letzte Paar. Rücktaste: zurück. Jede andere Taste: weiter.',
    choices: { a: 'a', b: 'b', neither: 'keine von beiden' },
    guessed: (choice, probability) => `Das Modell hatte ${choice} vermutet und war sich zu ${de.percent(probability)} sicher.`,
    takenBack: 'Zurückgenommen.',
    nothingToTakeBack: 'Es gibt keine Stimme, die du zurücknehmen kannst.',
    learning: (votes, step, of) => ` lernt aus ${votes === 1 ? 'einer Stimme' : stimmen(votes)}: Schritt ${de.integer(step)} von ${de.integer(of)}`,
    learned: (votes, steps, seconds) => `aus ${de.integer(votes)} ${votes === 1 ? 'entschiedenen Paar' : 'entschiedenen Paaren'}, in ${de.integer(steps)} ${steps === 1 ? 'Schritt' : 'Schritten'} und ${time(de, seconds)}`,
    distance: (nats, isStopped) => `${de.decimal(nats, 1)} Nats pro Antwort entfernt von dem, was es vorher war (KL-Divergenz)${isStopped ? '; da hat es aufgehört' : ''}`,
    otherBackend: (before) => `die Paare entstanden mit ${reportMessages.de.backend(before)}; was jetzt gelernt wird, kann in den letzten Stellen abweichen`,
    guesses: (right, of, unseen) => `bei ${de.integer(right)} von ${paaren(of)}, aus ${of === 1 ? 'dem' : 'denen'} es gelernt hat, würde es jetzt stimmen wie die Menschen${unseen.of === 0 ? '' : `; vorher hatte es ${de.integer(unseen.right)} von ${de.integer(unseen.of)} neuen richtig vermutet, bei denen es unsicher war`}`,
    unsureFirst: 'Als Nächstes kommen die Paare, bei denen es am unsichersten ist.',
    allVoted: (pairs) => (pairs === 1 ? 'Du hast über das einzige Paar abgestimmt.' : `Du hast über alle ${de.integer(pairs)} Paare abgestimmt.`),
    tooFew: 'Gelernt wurde nichts: Kein Paar ist für a oder b entschieden.',
    votes: (votes, decided) => `${de.integer(votes)}; ${paare(decided)} für a oder b entschieden`,
    agreement: ({ voters, pairs, share, kappa, alpha }) => `${de.integer(voters)} Stimmende bei ${paaren(pairs)}: Zwei sagen dasselbe in ${de.percent(share)}${kappa === null ? '' : `, Cohens Kappa ${de.decimal(kappa)}`}${alpha === null ? '' : `, Krippendorffs Alpha ${de.decimal(alpha)}`}`,
    goOn: 'Weiter abstimmen:',
    talk: 'Sprich mit ihm:',
    write: 'Lass es schreiben:',
  },
};
