// The words around a conversation, in the language of the reader. What is typed, the names of commands, is the same in both.
import type { Language } from '@kk/corpora';

export interface ChatMessages {
  you: string;
  model: string;
  hint: string;
  /** What each command does, by its name. */
  commands: Readonly<Record<'help' | 'system' | 'reset' | 'undo' | 'again' | 'temperature' | 'top-p' | 'top-k' | 'max-tokens' | 'seed' | 'bars' | 'adapter' | 'save' | 'exit', string>>;
  unknownCommand: (name: string) => string;
  multiLine: string;
  /** What became of an answer. */
  stopped: string;
  longest: (maxTokens: string) => string;
  full: string;
  /** The same where nothing was said before, so that there is nothing to forget. */
  fullAtOnce: string;
  leftOut: (exchanges: number) => string;
  tooLong: (tokens: string, room: string) => string;
  leaving: string;
  nothingYet: string;
  isReset: string;
  undone: string;
  systemIs: (text: string) => string;
  noSystem: string;
  /** @param why what the template does instead */
  systemRefused: (why: string) => string;
  setTo: (name: string, value: string) => string;
  is: (name: string, value: string) => string;
  notSet: string;
  fresh: string;
  barsOf: (place: string, of: string) => string;
  barsOn: string;
  barsOff: string;
  noPlace: (place: string, of: string) => string;
  adapters: string;
  on: string;
  off: string;
  noAdapters: string;
  unknownAdapter: (name: string) => string;
  saved: (file: string) => string;
  saveWhere: string;
  /** How large the model is. */
  sizes: (layers: string, width: string, parameters: string, context: string) => string;
  facts: { model: string; device: string; adapters: string; system: string };
}

export const chatMessages: Readonly<Record<Language, ChatMessages>> = {
  en: {
    you: 'You',
    model: 'Model',
    hint: '/help lists the commands. Ctrl-C stops an answer, Ctrl-D leaves.',
    commands: {
      help: 'lists the commands',
      system: 'tells the model what holds for all of the conversation; alone, shows it; - takes it away',
      reset: 'forgets the conversation',
      undo: 'takes back the last message and its answer',
      again: 'lets the model answer the last message once more, with the next seed',
      temperature: '0 always takes the likeliest token, above 1 gets wild',
      'top-p': 'chooses among the likeliest tokens that together have this probability; off',
      'top-k': 'chooses among the k likeliest tokens; off',
      'max-tokens': 'the longest answer',
      seed: 'the same seed and the same messages, the same answer',
      bars: 'what could have come instead: where the model was least sure, or at token N; on and off: after each answer',
      adapter: 'switches an adapter: its name, and on or off',
      save: 'writes the conversation to a file, as a line of JSON that kk finetune sft reads',
      exit: 'leaves; Ctrl-D does, too',
    },
    unknownCommand: (name) => `There is no command /${name}; /help lists them. A message that begins with a slash needs a blank before it.`,
    multiLine: 'A line that ends with a backslash goes on in the next one.',
    stopped: 'stopped',
    longest: (maxTokens) => `cut off after ${maxTokens} tokens: /max-tokens N allows more`,
    full: 'cut off, for the context of the model is full: /reset makes room',
    fullAtOnce: 'cut off: this answer alone filled the context of the model',
    leftOut: (exchanges) => `The model no longer sees ${exchanges === 1 ? 'the first message and its answer' : `the first ${exchanges} messages and their answers`}: its context is too short for them.`,
    tooLong: (tokens, room) => `That message is too long: with the system prompt it has ${tokens} tokens, and there is room for ${room}. Say it shorter.`,
    leaving: 'Ctrl-C once more leaves.',
    nothingYet: 'There is no answer yet.',
    isReset: 'The conversation begins anew.',
    undone: 'Taken back.',
    systemIs: (text) => `System: ${text}`,
    noSystem: 'There is no system prompt.',
    systemRefused: (why) => `The chat template of this model takes no system prompt: ${why}`,
    setTo: (name, value) => `${name} is now ${value}.`,
    is: (name, value) => `${name} is ${value}.`,
    notSet: 'off',
    fresh: 'new for each answer',
    barsOf: (place, of) => `Token ${place} of ${of}: what could have come`,
    barsOn: 'Bars stand after each answer from now on.',
    barsOff: 'No more bars.',
    noPlace: (place, of) => `The last answer has no token ${place}; it has ${of}.`,
    adapters: 'Adapters',
    on: 'on',
    off: 'off',
    noAdapters: 'There is no adapter: give --adapter DIR when you start.',
    unknownAdapter: (name) => `There is no adapter ${name}.`,
    saved: (file) => `Saved in ${file}.`,
    saveWhere: '/save needs the name of a file.',
    sizes: (layers, width, parameters, context) => `${layers} ${layers === '1' ? 'layer' : 'layers'}, width ${width}, ${parameters} parameters, context ${context}`,
    facts: { model: 'Model', device: 'Device', adapters: 'Adapters', system: 'System' },
  },
  de: {
    you: 'Du',
    model: 'Modell',
    hint: '/help zeigt die Befehle. Strg-C bricht eine Antwort ab, Strg-D beendet.',
    commands: {
      help: 'zeigt die Befehle',
      system: 'sagt dem Modell, was für das ganze Gespräch gilt; allein zeigt es das an; - nimmt es weg',
      reset: 'vergisst das Gespräch',
      undo: 'nimmt die letzte Nachricht und ihre Antwort zurück',
      again: 'lässt das Modell noch einmal auf die letzte Nachricht antworten, mit dem nächsten Seed',
      temperature: '0 nimmt immer das wahrscheinlichste Token, über 1 wird es wild',
      'top-p': 'wählt unter den wahrscheinlichsten Tokens, die zusammen diese Wahrscheinlichkeit haben; off',
      'top-k': 'wählt unter den k wahrscheinlichsten Tokens; off',
      'max-tokens': 'die längste Antwort',
      seed: 'derselbe Seed und dieselben Nachrichten, dieselbe Antwort',
      bars: 'was stattdessen hätte kommen können: wo das Modell am unsichersten war, oder bei Token N; on und off: nach jeder Antwort',
      adapter: 'schaltet einen Adapter: sein Name, und on oder off',
      save: 'schreibt das Gespräch in eine Datei, als Zeile JSON, die kk finetune sft liest',
      exit: 'beendet; Strg-D auch',
    },
    unknownCommand: (name) => `Den Befehl /${name} gibt es nicht; /help zeigt alle. Vor eine Nachricht, die mit einem Schrägstrich beginnt, gehört ein Leerzeichen.`,
    multiLine: 'Eine Zeile, die mit einem umgekehrten Schrägstrich endet, geht in der nächsten weiter.',
    stopped: 'abgebrochen',
    longest: (maxTokens) => `nach ${maxTokens} Tokens abgeschnitten: /max-tokens N erlaubt mehr`,
    full: 'abgeschnitten, denn der Kontext des Modells ist voll: /reset schafft Platz',
    fullAtOnce: 'abgeschnitten: Schon diese Antwort hat den Kontext des Modells gefüllt',
    leftOut: (exchanges) => `Das Modell sieht ${exchanges === 1 ? 'die erste Nachricht und ihre Antwort' : `die ersten ${exchanges} Nachrichten und ihre Antworten`} nicht mehr: Sein Kontext ist zu kurz dafür.`,
    tooLong: (tokens, room) => `Diese Nachricht ist zu lang: Mit der Systemnachricht hat sie ${tokens} Tokens, Platz ist für ${room}. Sag es kürzer.`,
    leaving: 'Noch einmal Strg-C beendet.',
    nothingYet: 'Es gibt noch keine Antwort.',
    isReset: 'Das Gespräch beginnt von vorn.',
    undone: 'Zurückgenommen.',
    systemIs: (text) => `System: ${text}`,
    noSystem: 'Es gibt keine Systemnachricht.',
    systemRefused: (why) => `Die Chat-Vorlage dieses Modells nimmt keine Systemnachricht: ${why}`,
    setTo: (name, value) => `${name} ist jetzt ${value}.`,
    is: (name, value) => `${name} ist ${value}.`,
    notSet: 'aus',
    fresh: 'neu für jede Antwort',
    barsOf: (place, of) => `Token ${place} von ${of}: was hätte kommen können`,
    barsOn: 'Ab jetzt stehen nach jeder Antwort Balken.',
    barsOff: 'Keine Balken mehr.',
    noPlace: (place, of) => `Die letzte Antwort hat kein Token ${place}; sie hat ${of}.`,
    adapters: 'Adapter',
    on: 'an',
    off: 'aus',
    noAdapters: 'Es gibt keinen Adapter: Gib beim Start --adapter DIR an.',
    unknownAdapter: (name) => `Den Adapter ${name} gibt es nicht.`,
    saved: (file) => `Gespeichert in ${file}.`,
    saveWhere: '/save braucht den Namen einer Datei.',
    sizes: (layers, width, parameters, context) => `${layers} ${layers === '1' ? 'Schicht' : 'Schichten'}, Breite ${width}, ${parameters} Parameter, Kontext ${context}`,
    facts: { model: 'Modell', device: 'Gerät', adapters: 'Adapter', system: 'System' },
  },
};
