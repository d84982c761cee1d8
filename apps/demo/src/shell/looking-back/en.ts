// The words of the page that looks back on the way.
import type de from './de.js';

const en: typeof de = {
  lead: 'Ten stations from a token to a chat model, each in a few words, and what is left of you there.',
  yours: 'Your assistant',
  noModel: 'You do not have one of your own yet. Twenty lines and half a minute are enough, in',
  hasModel: (name, weights) => `It is called ${name} and has ${weights}. It lies in this browser, and nowhere else.`,
  talk: 'Talk to it',
  takeAway: 'Take it away',
  takeAwayHow: 'To take it away means: three files that other programs load, too, on any computer, without this website. They go on with texts: your question, a new line, then comes its answer.',
  visited: 'You have been here.',
  votes: (count) => (count === '1' ? 'one vote' : `${count} votes`),
  made: (names) => `Made here: ${names}.`,
  stations: {
    token: 'A language model guesses the next token. Everything else follows from that.',
    nonsense: 'Even a table writes sentences. The more it remembers, the better they sound, and the more of them is copied.',
    texts: 'How surprising a text is can be measured in bits. So people, tables and networks are compared by one measure.',
    networks: 'A network is a lot of numbers. Learning means to push each a little to where the error gets smaller.',
    words: 'Words become points. What is used alike lies close together, prejudices included.',
    attention: 'Each token looks back and fetches what it needs. So a word reaches another one that stands far behind.',
    practice: 'What the figures compute is a few lines of code.',
    continue: 'The model names probabilities, and the die is thrown outside. Temperature, top-k and top-p change nothing but the die.',
    finetuning: 'A few lines give a model another tone. What it forgets is noticed only by those who measure it.',
    feedback: 'From judgements a model learns what people would rather read. It becomes what is rewarded, which is not always what was meant.',
  },
  more: 'What large models have besides',
  moreList: [
    ['Size.', 'The models of this course have two million weights at most. GPT-2 had one and a half billion in 2019, GPT-3 had 175 billion a year later, and Llama 3.1 up to 405 billion in 2024.'],
    ['Text.', 'Ours read some million characters, nothing but little stories. Llama 3 read more than 15 trillion tokens, of everything that the web had to give.'],
    ['Tools.', 'A large assistant calls other programs. It searches the web, calculates with a calculator and reads files. The call, too, it writes as tokens, one after the other.'],
    ['Many rounds.', 'Fine-tuning and feedback take turns, with hundreds of thousands of examples by people, and more by other models.'],
  ],
  stays: 'What stays the same',
  staysText: 'Text is cut into tokens. A network gives each possible next one a probability. One is drawn and appended, and everything begins again. Nothing in the network checks whether it is true; what a tool has found is only told on. The next time you ask an assistant something, you know what happens behind it. And you know why it sounds so sure.',
  read: 'To read on',
  readList: [
    ['Claude Shannon, A Mathematical Theory of Communication (1948).', 'The bits, the surprise and the first nonsense texter; the first twenty pages are a good read.'],
    ['Tomas Mikolov and others, Efficient Estimation of Word Representations (2013, arXiv 1301.3781).', 'Words as points, with the first comparisons such as king, man, woman.'],
    ['Ashish Vaswani and others, Attention Is All You Need (2017, arXiv 1706.03762).', 'The plan that all models of this course follow that look back on earlier tokens.'],
    ['Emily Bender, Timnit Gebru and others, On the Dangers of Stochastic Parrots (2021).', 'Who wrote the texts, what is in them, and what that costs.'],
    ['Long Ouyang and others, Training language models to follow instructions (2022, arXiv 2203.02155).', 'InstructGPT: the three steps of the last chapter.'],
    ['Rafael Rafailov and others, Direct Preference Optimization (2023, arXiv 2305.18290).', 'The learning from pairs that ran here, in your browser.'],
    ['Andrej Karpathy, Let’s build GPT (2023, video).', 'A small GPT, programmed from beginning to end in two hours.'],
  ],
};

export default en;
