// The words of a comparison, in the language of the reader.
import { type Language } from '@kk/corpora';

export interface ComparisonMessages {
  title: (name: string) => string;
  before: string;
  after: string;
  answerLoss: string;
  baseLoss: string;
  exact: string;
  ends: string;
  tokens: string;
  forgotten: (change: string) => string;
  lossUnit: string;
  measures: string;
  answers: string;
  /** Below the heading of the answers. */
  answersNote: string;
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
    forgotten: (change) => `On the text that the base learned from, the loss changed by ${change}: that is how much the model has forgotten.`,
    lossUnit: 'Losses are in nats per token; less is better.',
    measures: 'In numbers',
    answers: 'The same questions, before and after',
    answersNote: 'Each time the likeliest answer. The examples were not learned from, where a recipe says which they are.',
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
    forgotten: (change) => `Auf dem Text, von dem das Basismodell lernte, änderte sich der Loss um ${change}: So viel hat das Modell vergessen.`,
    lossUnit: 'Losses in Nats je Token; weniger ist besser.',
    measures: 'In Zahlen',
    answers: 'Dieselben Fragen, vorher und nachher',
    answersNote: 'Jedes Mal die wahrscheinlichste Antwort. Von den Beispielen wurde nicht gelernt, wo ein Rezept sagt, welche das sind.',
    question: 'Frage',
    expected: 'Beispiel',
    isRight: 'richtig',
    cut: 'endete nicht',
    facts: { base: 'Basismodell', tuned: 'Getunt', examples: 'Fragen' },
  },
};
