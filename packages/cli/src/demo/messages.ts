// All texts of the demo, by name. Each language is one object of this type, so a missing text is a compile error.
import type { TrainingWords } from '../training/meter.js';

/** Numbers are already formatted for the language. */
export interface Messages {
  title: string;
  intro(facts: { duration: string }): string;
  backend(threads: number): string;
  /** Shown when Ctrl-C ends the demo. */
  stopped: string;

  tokens: {
    heading: string;
    text: string;
    learning(tokens: string, vocabSize: string): string;
    learned(facts: { characters: string; vocabSize: string; seconds: string }): string;
    /** The sentence whose tokens are shown. */
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
    /** The prompt of every sample. */
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
    /** The prompt whose next token is shown. */
    prompt: string;
    /** One line per temperature: low, 1, high. */
    temperatures: readonly [string, string, string];
    moral: string;
  };

  ending: {
    heading: string;
    saved(facts: { folder: string; size: string }): string;
    next: string;
    /** Descriptions of the commands. */
    generate: string;
    tokenize: string;
    train: string;
    /** The name of the user's own text file in the command. */
    trainFile: string;
    /** The prompt in the command that generates text. */
    generatePrompt: string;
    /** The sentence in the command that tokenizes. */
    tokenizeSentence: string;
    done(duration: string): string;
  };
}
