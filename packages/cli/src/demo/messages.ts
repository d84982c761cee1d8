// Everything that the demo says, by name. A language is one object of this type, so a sentence that is missing does not compile.
import { type TrainingWords } from '../training/meter.js';

/** Numbers arrive formatted in the language's own way. */
export interface Messages {
  title: string;
  intro(facts: { duration: string }): string;
  backend(description: string): string;
  /** Said when Ctrl-C ends the demo. */
  stopped: string;

  tokens: {
    heading: string;
    text: string;
    learning(tokens: string, vocabSize: string): string;
    learned(facts: { characters: string; vocabSize: string; seconds: string }): string;
    /** The sentence that is shown in pieces. */
    sentence: string;
    legend: string;
  };

  nonsense: {
    heading: string;
    text: string;
    letters(count: number): string;
    words: string;
    moral: string;
  };

  training: {
    heading: string;
    text(facts: { parameters: string; context: string }): string;
    loss(facts: { vocabSize: string; guessing: string }): string;
    measuringSpeed: string;
    plan(facts: { steps: string; duration: string }): string;
    /** The beginning that every sample goes on from. */
    prompt: string;
    before: string;
    during(step: string): string;
    after: string;
    progress: TrainingWords;
    curve: string;
    /** The legend: the line above and the line below. */
    curveGuessing(guessing: string): string;
    curveFloor(floor: string): string;
    result(facts: { loss: string; guessing: string; choices: string; vocabSize: string }): string;
    floor(facts: { floor: string; tokens: string; context: string }): string;
  };

  choices: {
    heading: string;
    text: string;
    /** The beginning whose next token is shown. */
    prompt: string;
    /** One line per temperature: careful, as learned, wild. */
    temperatures: readonly [string, string, string];
    moral: string;
  };

  ending: {
    heading: string;
    saved(facts: { folder: string; size: string }): string;
    next: string;
    /** What each command does. */
    generate: string;
    tokenize: string;
    train: string;
    /** The name of the user's own text file in the command. */
    trainFile: string;
    /** A beginning for the command that lets the model write. */
    generatePrompt: string;
    /** A sentence for the command that takes it apart. */
    tokenizeSentence: string;
    done(duration: string): string;
  };
}
