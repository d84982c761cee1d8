// Die Wörter der Seite, die auf den Weg zurückblickt.
import type { ChapterName } from '../../chapters/names.js';

const de = {
  lead: 'Zehn Stationen vom Token zum Chatmodell, jede ganz kurz, und was von Dir geblieben ist.',
  yours: 'Dein Assistent',
  noModel: 'Noch hast Du keinen eigenen. Zwanzig Zeilen und eine halbe Minute genügen dafür, in',
  hasModel: (name: string, weights: string) => `Er heißt ${name} und hat ${weights}. Er liegt in diesem Browser und sonst nirgends.`,
  talk: 'Mit ihm sprechen',
  takeAway: 'Ihn mitnehmen',
  takeAwayHow: 'Mitnehmen heißt: drei Dateien, die auch andere Programme laden, auf jedem Computer, ohne diese Website. Sie setzen damit Texte fort: Deine Frage, eine neue Zeile, dann kommt seine Antwort.',
  visited: 'Du warst hier.',
  votes: (count: string) => (count === '1' ? 'eine Stimme' : `${count} Stimmen`),
  made: (names: string) => `Hier ist entstanden: ${names}.`,
  stations: {
    token: 'Ein Sprachmodell rät das nächste Token. Alles Weitere folgt daraus.',
    nonsense: 'Schon eine Tabelle schreibt Sätze. Je mehr sie sich merkt, desto besser klingen sie, und desto mehr ist abgeschrieben.',
    texts: 'Wie überraschend ein Text ist, lässt sich in Bit messen. So vergleicht man Menschen, Tabellen und Netze mit einem einzigen Maß.',
    networks: 'Ein Netz ist eine Menge Zahlen. Lernen heißt, jede ein wenig dorthin zu schieben, wo der Fehler kleiner wird.',
    words: 'Wörter werden zu Punkten. Was ähnlich gebraucht wird, liegt nah beieinander, Vorurteile eingeschlossen.',
    attention: 'Jedes Token blickt zurück und holt sich, was es braucht. So wirkt ein Wort auf ein anderes, das weit hinten steht.',
    practice: 'Was die Bilder rechnen, sind wenige Zeilen Code.',
    continue: 'Das Modell nennt Wahrscheinlichkeiten, gewürfelt wird außerhalb. Temperatur, Top-k und Top-p verändern nur den Würfel.',
    finetuning: 'Wenige Zeilen geben einem Modell einen anderen Ton. Was es dabei vergisst, merkt nur, wer es misst.',
    feedback: 'Aus Urteilen lernt ein Modell, was Menschen lieber lesen. Es wird, was belohnt wird, und das ist nicht immer, was gemeint war.',
  } satisfies Record<ChapterName, string> as Record<ChapterName, string>,
  more: 'Was große Modelle mehr haben',
  moreList: [
    ['Größe.', 'Die Modelle dieses Kurses haben höchstens zwei Millionen Gewichte. GPT-2 hatte 2019 anderthalb Milliarden, GPT-3 ein Jahr später 175 Milliarden, Llama 3.1 im Jahr 2024 bis zu 405 Milliarden.'],
    ['Text.', 'Unsere lasen ein paar Millionen Zeichen, lauter kleine Geschichten. Llama 3 las über 15 Billionen Token, aus allem, was das Netz hergab.'],
    ['Werkzeuge.', 'Ein großer Assistent ruft andere Programme auf. Er sucht im Netz, rechnet mit einem Rechner und liest Dateien. Auch den Aufruf schreibt er als Token, eines nach dem anderen.'],
    ['Viele Runden.', 'Feinabstimmung und Rückmeldung wechseln sich ab, mit Hunderttausenden Beispielen von Menschen und noch mehr von anderen Modellen.'],
  ] as readonly (readonly [string, string])[],
  stays: 'Was gleich bleibt',
  staysText: 'Text wird in Token zerlegt. Ein Netz gibt jedem möglichen nächsten eine Wahrscheinlichkeit. Eines wird gewürfelt und angehängt, und alles beginnt von vorn. In dem Netz selbst sieht nichts nach, ob es stimmt; auch was ein Werkzeug fand, wird nur weitererzählt. Wenn Du das nächste Mal einen Assistenten etwas fragst, weißt Du, was dahinter geschieht. Und Du weißt, warum er so sicher klingt.',
  read: 'Zum Weiterlesen',
  readList: [
    ['Claude Shannon, A Mathematical Theory of Communication (1948).', 'Das Bit, die Überraschung und der erste Nonsens-Texter, auf den ersten zwanzig Seiten gut zu lesen.'],
    ['Tomas Mikolov und andere, Efficient Estimation of Word Representations (2013, arXiv 1301.3781).', 'Wörter als Punkte, mit den ersten Vergleichen der Art König, Mann, Frau.'],
    ['Ashish Vaswani und andere, Attention Is All You Need (2017, arXiv 1706.03762).', 'Der Bauplan, dem alle Modelle dieses Kurses folgen, die auf frühere Token blicken.'],
    ['Emily Bender, Timnit Gebru und andere, On the Dangers of Stochastic Parrots (2021).', 'Wer die Texte schrieb, was darin steckt und was das kostet.'],
    ['Long Ouyang und andere, Training language models to follow instructions (2022, arXiv 2203.02155).', 'InstructGPT: die drei Schritte aus dem letzten Kapitel.'],
    ['Rafael Rafailov und andere, Direct Preference Optimization (2023, arXiv 2305.18290).', 'Das Lernen aus Paaren, das hier in Deinem Browser lief.'],
    ['Andrej Karpathy, Let’s build GPT (2023, Video).', 'Ein kleines GPT, in zwei Stunden von Anfang bis Ende programmiert, auf Englisch.'],
  ] as readonly (readonly [string, string])[],
};

export default de;
