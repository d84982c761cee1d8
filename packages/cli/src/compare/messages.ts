// The words of a comparison, in the language of the reader.
import type { Language } from '@kk/corpora';

export interface ComparisonMessages {
  title: (name: string) => string;
  before: string;
  after: string;
  answerLoss: string;
  baseLoss: string;
  exact: string;
  ends: string;
  tokens: string;
  /** @param isMore whether the loss is higher than before */
  forgotten: (change: string, isMore: boolean) => string;
  lossUnit: string;
  /** Examples that are longer than the context. */
  tooLong: (count: string, isOne: boolean) => string;
  measures: string;
  answers: string;
  /** Which answers are shown. */
  likeliest: string;
  learnedFrom: string;
  notLearnedFrom: string;
  maybeLearnedFrom: string;
  learnedFromAnswers: string;
  /** The command with which the answers are seen. */
  seeAnswers: (option: string) => string;
  /** Questions that leave no room for an answer. */
  notAsked: (count: string, isOne: boolean) => string;
  question: string;
  expected: string;
  isRight: string;
  cut: string;
  facts: { base: string; tuned: string; examples: string };
}

export const comparisonMessages: Readonly<Record<Language, ComparisonMessages>> = {
  en: {
    title: (name) => `Before and after: ${name}`,
    before: 'before',
    after: 'after',
    answerLoss: 'Loss on the right answers',
    baseLoss: 'Loss on the text of the base',
    exact: 'Answers that are exactly right',
    ends: 'Answers that end by themselves',
    tokens: 'Tokens of an answer, on average',
    forgotten: (change, isMore) => `On the text that the base learned from, the loss changed by ${change}: ${isMore ? 'that is how much the model has forgotten' : 'the model has forgotten nothing of it'}.`,
    lossUnit: 'Losses are in nats per token; less is better.',
    tooLong: (count, isOne) => `${isOne ? 'One example is' : `${count} examples are`} longer than the context of the model and left out.`,
    measures: 'In numbers',
    answers: 'The same questions, before and after',
    likeliest: 'Each time the likeliest answer.',
    learnedFrom: 'The tuned model learned from these examples: its recipe held none out. So this shows what it remembers, not what it can answer.',
    notLearnedFrom: 'The tuned model did not learn from these examples: its recipe held them out.',
    maybeLearnedFrom: 'Whether the tuned model learned from these examples is not known here.',
    learnedFromAnswers: 'The questions are the prompts of its recipe: it learned from answers to them.',
    seeAnswers: (option) => `Both answers to each question, side by side: ${option}.`,
    notAsked: (count, isOne) => `${isOne ? 'One question fills' : `${count} questions fill`} the context of the model and ${isOne ? 'is' : 'are'} not asked.`,
    question: 'Question',
    expected: 'example',
    isRight: 'right',
    cut: 'did not end',
    facts: { base: 'Base', tuned: 'Tuned', examples: 'Questions' },
  },
  de: {
    title: (name) => `Vorher und nachher: ${name}`,
    before: 'vorher',
    after: 'nachher',
    answerLoss: 'Loss auf den richtigen Antworten',
    baseLoss: 'Loss auf dem Text des Basismodells',
    exact: 'Antworten, die genau stimmen',
    ends: 'Antworten, die von selbst enden',
    tokens: 'Tokens einer Antwort, im Mittel',
    forgotten: (change, isMore) => `Auf dem Text, von dem das Basismodell lernte, änderte sich der Loss um ${change}: ${isMore ? 'So viel hat das Modell vergessen' : 'Davon hat das Modell nichts vergessen'}.`,
    lossUnit: 'Losses in Nats je Token; weniger ist besser.',
    tooLong: (count, isOne) => `${isOne ? 'Ein Beispiel ist länger als der Kontext des Modells und fehlt' : `${count} Beispiele sind länger als der Kontext des Modells und fehlen`} darin.`,
    measures: 'In Zahlen',
    answers: 'Dieselben Fragen, vorher und nachher',
    likeliest: 'Jedes Mal die wahrscheinlichste Antwort.',
    learnedFrom: 'Das getunte Modell hat von diesen Beispielen gelernt: Sein Rezept hielt keine zurück. Das hier zeigt also, was es sich gemerkt hat, nicht, was es beantworten kann.',
    notLearnedFrom: 'Das getunte Modell hat von diesen Beispielen nicht gelernt: Sein Rezept hielt sie zurück.',
    maybeLearnedFrom: 'Ob das getunte Modell von diesen Beispielen gelernt hat, ist hier nicht bekannt.',
    learnedFromAnswers: 'Die Fragen sind die Prompts seines Rezepts: Aus Antworten darauf hat es gelernt.',
    seeAnswers: (option) => `Beide Antworten auf jede Frage, nebeneinander: ${option}.`,
    notAsked: (count, isOne) => `${isOne ? 'Eine Frage füllt' : `${count} Fragen füllen`} schon den Kontext des Modells und ${isOne ? 'wird' : 'werden'} nicht gestellt.`,
    question: 'Frage',
    expected: 'Beispiel',
    isRight: 'richtig',
    cut: 'endete nicht',
    facts: { base: 'Basismodell', tuned: 'Getunt', examples: 'Fragen' },
  },
};
