// The English text of the demo.
import type { Messages } from './messages.js';

export const en: Messages = {
  title: 'Behind the scenes of ChatGPT',
  intro: ({ duration }) =>
    `A small language model is about to come into being before your eyes, from scratch. It learns from children’s stories and ends up writing its own. This takes about ${duration}. Everything happens on your computer; nothing comes from the internet. Ctrl+C stops it at any time.`,
  backend: (threads) => `It computes with WebAssembly on ${threads === 1 ? 'one processor core' : `${threads} processor cores`}.`,
  stopped: 'Stopped. Nothing was saved.',

  tokens: {
    heading: 'Text becomes numbers',
    text: 'A computer works with numbers, not with words. So every text is first cut into pieces, called tokens. Each token has a number.',
    learning: (tokens, vocabSize) => `Looking for frequent pieces of words: ${tokens} of ${vocabSize}`,
    learned: ({ characters, vocabSize, seconds }) =>
      `Which pieces are worth having, your computer has just found out by itself: it read ${characters} characters of stories and kept joining the two neighbours that stand side by side most often. After ${seconds} it had ${vocabSize} tokens. ChatGPT does the same; the method is called byte-pair encoding. Frequent words are a single token, rare ones fall into several:`,
    sentence: 'Once upon a time there was a little girl who wanted to become an astronaut.',
    legend: 'The dot · stands for a space. Under each token is its number. A language model sees nothing but these numbers.',
  },

  nonsense: {
    heading: 'Nonsense with a system',
    text: 'A language model only ever does one thing: it guesses how a text goes on. The simplest way to guess goes back to 1913: count how often each letter follows each other letter, then roll dice with those odds. That is a Markov chain. The further it looks back, the longer are the groups of letters that it counts (they are called n-grams), and the more convincing its nonsense sounds:',
    letters: (count) => `Looks ${count === 1 ? '1 letter' : `${count} letters`} back: n-grams of ${count + 1}`,
    words: 'Looks 1 word back: n-grams of 2',
    moral: 'At some point the words are right, but never the meaning: the chain has long forgotten how the sentence began. Nor can it learn what words have in common.',
  },

  training: {
    heading: 'A GPT learns to write',
    text: ({ parameters, context }) =>
      `A GPT, too, only guesses the next token. But it looks back on ${context} tokens and learns what matters among them. Yours is built like GPT-2, only much smaller: ${parameters} numbers, random at first. In each step it reads a few passages from the stories, guesses every next token, compares with the right one, and turns all its numbers a tiny bit in the better direction.`,
    loss: ({ vocabSize, guessing }) => `How wrong it is, is measured by the loss. Guessing blindly among ${vocabSize} tokens costs ${guessing}. Being always right, and entirely sure, costs 0.`,
    measuringSpeed: 'Measuring how fast your computer is ...',
    plan: ({ steps, duration }) => `In ${duration} your computer manages about ${steps} steps.`,
    prompt: 'Once upon a time',
    before: 'Before training',
    during: (step) => (step === '1' ? 'After 1 step' : `After ${step} steps`),
    after: 'After training',
    progress: {
      step: (step, steps) => `step ${step} of ${steps}`,
      loss: (loss) => `loss ${loss}`,
      speed: (tokensPerSecond) => `${tokensPerSecond} tokens/s`,
      left: (duration) => `${duration} left`,
    },
    curve: 'This is how the loss fell:',
    curveGuessing: (guessing) => `above: blind guessing (${guessing})`,
    curveFloor: (floor) => `below: the floor (${floor})`,
    result: ({ loss, guessing, choices, vocabSize }) =>
      `On stories that it has never read, the loss is now ${loss} instead of ${guessing}. That is to say: on average the model no longer wavers between ${vocabSize} tokens, but only between ${choices}.`,
    floor: ({ floor, tokens, context }) =>
      `Why not 0? The stories were made by chance according to fixed rules. So it can be computed exactly how much surprise there is in a token on average: ${floor}. On new stories no model gets below that, not even the largest. Yours stays above it: it is tiny, it has read only ${tokens} tokens, and as it looks back on ${context} tokens only, it forgets the beginning of long stories.`,
  },

  choices: {
    heading: 'How it decides',
    text: 'A GPT never simply names a word. It gives every token a probability, and then the dice are rolled. The temperature decides how much the model dares. This is how it goes on here:',
    prompt: 'Beside a quiet pond lived a curious',
    temperatures: ['Temperature 0.5: careful', 'Temperature 1: as learned', 'Temperature 1.5: daring'],
    moral: 'When it is low, the model tends to repeat itself; when it is high, it talks nonsense. The large models have the same knob.',
  },

  ending: {
    heading: 'It is yours',
    saved: ({ folder, size }) => `Your model is in the folder ${folder} (${size}), in the same format as GPT-2 at Hugging Face.`,
    next: 'What to try next:',
    generate: 'Let it write:',
    tokenize: 'Take a sentence of yours apart:',
    train: 'Train on a text of your own:',
    trainFile: 'mytext.txt',
    generatePrompt: 'One day',
    tokenizeSentence: 'Good morning, dear world',
    done: (duration) => `Done in ${duration}.`,
  },
};
