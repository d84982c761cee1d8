// Die Fachbegriffe auf Deutsch.
import type { GlossaryEntry } from './index.js';

const de = {
  token: {
    term: 'Token',
    short: 'Ein Stück Text, mit dem ein Sprachmodell rechnet: ein Wort, ein Wortteil oder ein Zeichen.',
    long: 'Jedes Token hat eine Nummer (Id). Die Liste aller Token heißt Vokabular; große Modelle haben 50.000 bis 250.000. Ein Leerzeichen gehört meist zum Token, das ihm folgt.',
  },
} satisfies Record<string, GlossaryEntry>;

export default de;
