// Der deutsche Text der Vorführung.
import type { Messages } from './messages.js';

export const de: Messages = {
  title: 'Hinter den Kulissen von ChatGPT',
  intro: ({ duration }) =>
    `Vor Deinen Augen entsteht jetzt ein kleines Sprachmodell, von Grund auf. Es lernt aus Kindergeschichten und schreibt am Ende eigene. Das dauert ungefähr ${duration}. Alles geschieht auf Deinem Rechner, nichts kommt aus dem Internet. Mit Strg+C kannst Du jederzeit aufhören.`,
  backend: (threads) => `Gerechnet wird mit WebAssembly auf ${threads === 1 ? 'einem Prozessorkern' : `${threads} Prozessorkernen`}.`,
  stopped: 'Abgebrochen. Es wurde nichts gespeichert.',

  tokens: {
    heading: 'Aus Text werden Zahlen',
    text: 'Ein Computer rechnet mit Zahlen, nicht mit Wörtern. Darum wird jeder Text zuerst in Stücke zerlegt, die Token. Jedes Token hat eine Nummer.',
    learning: (tokens, vocabSize) => `Suche häufige Wortstücke: ${tokens} von ${vocabSize}`,
    learned: ({ characters, vocabSize, seconds }) =>
      `Welche Stücke sich lohnen, hat Dein Rechner gerade selbst herausgefunden: Er hat ${characters} Zeichen Geschichten gelesen und immer wieder die beiden Nachbarn verbunden, die am häufigsten nebeneinanderstehen. Nach ${seconds} hatte er ${vocabSize} Token. So arbeitet auch ChatGPT; das Verfahren heißt Byte-Pair-Encoding. Häufige Wörter sind ein einziges Token, seltene zerfallen in mehrere:`,
    sentence: 'Es war einmal ein kleines Mädchen, das wollte Astronautin werden.',
    legend: 'Der Punkt · steht für ein Leerzeichen. Unter jedem Token steht seine Nummer. Ein Sprachmodell sieht nur diese Nummern.',
  },

  nonsense: {
    heading: 'Unsinn mit System',
    text: 'Ein Sprachmodell tut immer nur eines: Es rät, wie ein Text weitergeht. Die einfachste Art zu raten geht auf das Jahr 1913 zurück: Zähle nach, welcher Buchstabe wie oft auf welchen folgt, und würfle dann genauso. Das ist eine Markow-Kette. Je weiter sie zurückblickt, desto länger sind die Gruppen von Buchstaben, die sie zählt (sie heißen n-Gramme), und desto echter klingt ihr Unsinn:',
    letters: (count) => `Blickt ${count === 1 ? '1 Buchstaben' : `${count} Buchstaben`} zurück: n-Gramme aus ${count + 1}`,
    words: 'Blickt 1 Wort zurück: n-Gramme aus 2',
    moral: 'Die Wörter stimmen irgendwann, der Sinn nie: Die Kette hat längst vergessen, womit der Satz begann. Sie kann auch nicht lernen, was Wörter gemeinsam haben.',
  },

  training: {
    heading: 'Ein GPT lernt schreiben',
    text: ({ parameters, context }) =>
      `Ein GPT rät auch nur das nächste Token. Aber es blickt auf ${context} Token zurück und lernt dabei, worauf es ankommt. Deines ist gebaut wie GPT-2, nur viel kleiner: ${parameters} Zahlen, am Anfang ausgewürfelt. In jedem Schritt liest es ein paar Ausschnitte aus den Geschichten, rät jedes nächste Token, vergleicht mit dem richtigen und dreht alle Zahlen ein winziges Stück in die bessere Richtung.`,
    loss: ({ vocabSize, guessing }) => `Wie falsch es liegt, misst der Verlust (englisch: loss). Wer unter ${vocabSize} Token blind rät, hat ${guessing}. Wer immer richtig liegt und sich ganz sicher ist, hat 0.`,
    measuringSpeed: 'Messe, wie schnell Dein Rechner ist ...',
    plan: ({ steps, duration }) => `In ${duration} schafft Dein Rechner ungefähr ${steps} Schritte.`,
    prompt: 'Es war einmal',
    before: 'Vor dem Training',
    during: (step) => (step === '1' ? 'Nach 1 Schritt' : `Nach ${step} Schritten`),
    after: 'Nach dem Training',
    progress: {
      step: (step, steps) => `Schritt ${step} von ${steps}`,
      loss: (loss) => `Verlust ${loss}`,
      speed: (tokensPerSecond) => `${tokensPerSecond} Token/s`,
      left: (duration) => `noch ${duration}`,
    },
    curve: 'So fiel der Verlust:',
    curveGuessing: (guessing) => `oben: blindes Raten (${guessing})`,
    curveFloor: (floor) => `unten: der Boden (${floor})`,
    result: ({ loss, guessing, choices, vocabSize }) =>
      `Bei Geschichten, die es nie gelesen hat, liegt der Verlust jetzt bei ${loss} statt ${guessing}. Das heißt: Das Modell schwankt im Mittel nicht mehr zwischen ${vocabSize} Token, sondern nur noch zwischen ${choices}.`,
    floor: ({ floor, tokens, context }) =>
      `Warum nicht 0? Die Geschichten sind nach festen Regeln ausgewürfelt. Deshalb lässt sich genau berechnen, wie viel Überraschung im Mittel in einem Token steckt: ${floor}. Tiefer kommt bei neuen Geschichten kein Modell, auch das größte nicht. Deines bleibt darüber: Es ist winzig, hat erst ${tokens} Token gelesen, und weil es nur ${context} Token zurückblickt, vergisst es bei langen Geschichten den Anfang.`,
  },

  choices: {
    heading: 'Wie es sich entscheidet',
    text: 'Ein GPT nennt nie einfach ein Wort. Es gibt jedem Token eine Wahrscheinlichkeit, und dann wird gewürfelt. Die Temperatur bestimmt, wie viel das Modell dabei wagt. So geht es hier weiter:',
    prompt: 'Im Wald lebte ein kleiner',
    temperatures: ['Temperatur 0,5: vorsichtig', 'Temperatur 1: wie gelernt', 'Temperatur 1,5: wagemutig'],
    moral: 'Ist sie niedrig, wiederholt sich das Modell gern; ist sie hoch, erzählt es Unsinn. Dieselbe Einstellung haben auch die großen Modelle.',
  },

  ending: {
    heading: 'Es gehört Dir',
    saved: ({ folder, size }) => `Dein Modell liegt im Ordner ${folder} (${size}), im selben Format wie GPT-2 bei Hugging Face.`,
    next: 'Probiere als Nächstes:',
    generate: 'Lass es schreiben:',
    tokenize: 'Zerlege einen Satz von Dir:',
    train: 'Trainiere mit einem eigenen Text:',
    trainFile: 'meintext.txt',
    generatePrompt: 'Eines Tages',
    tokenizeSentence: 'Guten Morgen, liebe Welt',
    done: (duration) => `Fertig nach ${duration}.`,
  },
};
