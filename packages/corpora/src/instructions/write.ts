// Writes instructions: draws a kind, a story that fits, a passage of it and a wording, and takes the answer from what the passage says.

import { checkOptions } from '@kk/options';
import { checkSeed, checkSize } from '../arguments.js';
import type { InspectedStory } from '../inspect.js';
import type { Language } from '../languages.js';
import { checkPart, checkSentences } from './check.js';
import { drawStory, plots } from './draw-story.js';
import { drawWording, type DrawnWording } from './draw-wording.js';
import { Draws } from './draws.js';
import { facts, type Fact, type FactName, type Finding } from './facts.js';
import { instructionLanguage } from './languages.js';
import type { InstructionLanguage, Wordings } from './language.js';
import { partOf } from './part.js';
import { passageAt, sentencesOf, type Passage } from './passages.js';
import { instructionKinds, type Instruction, type InstructionKind, type InstructionPart } from './types.js';

export interface InstructionStreamOptions {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Default `training`. Both parts may have the same seed. */
  readonly part?: InstructionPart;
  /** Default: all kinds. Each is drawn with the same probability. */
  readonly kinds?: readonly InstructionKind[];
  /** The least and the most sentences of a passage, from 1 to 8. Default `[3, 6]`. */
  readonly sentences?: readonly [least: number, most: number];
  /** The share of questions for `who`, `where`, `lost` and `next-sentence` that the passage does not answer, from 0 to 1. Default 0.25. */
  readonly unanswerable?: number;
}

export interface WriteInstructionsOptions extends InstructionStreamOptions {
  /** The number of instructions. */
  readonly count: number;
}

/** Which facts a kind asks for. A place that a story tells more often is not asked for more often. */
const factsOf: Readonly<Record<'who' | 'where' | 'lost', readonly FactName[]>> = { who: ['first child', 'second child'], where: ['home', 'found', 'noise', 'stuck'], lost: ['lost'] };
const maxCount = 2 ** 20;
/** Other passages of a story are tried so often before another story is drawn. */
const triesPerStory = 4;
/** Half the passages begin with the story, where children and homes are introduced. */
const fromTheBeginning = 0.5;
const optionNames = { seed: true, part: true, kinds: true, sentences: true, unanswerable: true, count: true } as const satisfies Record<keyof WriteInstructionsOptions, true>;

/**
 * An endless stream of instructions with their answers, drawn independently of each other with one random generator.
 *
 * The parts have no story, no sentence and no new wording in common, whatever their seeds. In the test part half of the requests have wordings of
 * the training part, half have others.
 *
 * @throws RangeError for an unknown language, kind or part, or a number out of range; thrown at the call
 * @throws TypeError for an unknown option
 */
export function instructions(language: Language, options: InstructionStreamOptions): Generator<Instruction, never, undefined> {
  const { kinds = instructionKinds } = checkInstructionOptions(options);
  const writer = new InstructionWriter(language, options);
  return (function* () {
    for (;;) yield writer.write(kinds);
  })();
}

/**
 * The first instructions of the stream. A longer list of the same options begins with the shorter one.
 *
 * @throws RangeError for an unknown language, kind or part, or a number out of range
 * @throws TypeError for an unknown option
 */
export function writeInstructions(language: Language, options: WriteInstructionsOptions): Instruction[] {
  const stream = instructions(language, options);
  checkSize('count', options.count, maxCount, 'use instructions() and take them one after the other');
  return Array.from({ length: options.count }, () => stream.next().value);
}

/** @throws RangeError or TypeError that names the first option which is wrong */
export function checkInstructionOptions(options: InstructionStreamOptions): InstructionStreamOptions {
  checkOptions('instructions', options, optionNames);
  const { seed, part = 'training', kinds = instructionKinds, sentences = [3, 6], unanswerable = 0.25 } = options;
  checkSeed(seed);
  checkPart(part);
  if (!Array.isArray(kinds) || kinds.length === 0) throw new RangeError(`kinds is ${JSON.stringify(kinds)}: expected a list of at least one of ${instructionKinds.join(', ')}`);
  for (const kind of kinds) if (!instructionKinds.includes(kind as InstructionKind)) throw new RangeError(`kinds has ${JSON.stringify(kind)}: expected ${instructionKinds.join(', ')}`);
  checkSentences(sentences);
  if (sentences[1] < 2 && kinds.includes('next-sentence')) throw new RangeError('sentences is [1, 1]: the kind "next-sentence" needs passages of two sentences; leave it out of kinds or make passages longer');
  if (!(unanswerable >= 0 && unanswerable <= 1)) throw new RangeError(`unanswerable is ${String(unanswerable)}: expected a share from 0 to 1`);
  return options;
}

/** A request as it is worded. */
interface Asked extends DrawnWording {
  readonly sentence?: string;
}

/** The sentence stands behind a space, as in the story, so that tokenizers make the same tokens of it in both. */
const withSentence = ({ text, isNew }: Asked, sentence: string): Asked => ({ text: `${text} ${sentence}`, isNew, sentence });

/** A question that can be asked about a passage. */
interface OpenQuestion {
  readonly kind: InstructionKind;
  readonly isAnswerable: boolean;
  readonly write: () => Instruction;
}

/** Writes one request after the other, with one random generator. */
export class InstructionWriter {
  readonly #language: Language;
  readonly #words: InstructionLanguage;
  readonly #draws: Draws;
  readonly #part: InstructionPart;
  readonly #lengths: readonly [number, number];
  readonly #unanswerable: number;

  constructor(language: Language, { seed, part = 'training', sentences = [3, 6], unanswerable = 0.25 }: InstructionStreamOptions) {
    this.#language = language;
    this.#words = instructionLanguage(language);
    this.#draws = new Draws(seed);
    this.#part = part;
    this.#lengths = sentences;
    this.#unanswerable = unanswerable;
  }

  write(kinds: readonly InstructionKind[]): Instruction {
    const kind = this.#draws.of(kinds);
    switch (kind) {
      case 'first-word': case 'last-word': return this.#askForEdge(kind, this.#passage(this.#story(plots)));
      case 'who': case 'where': case 'lost': return this.#fact(kind, this.#draws.of(factsOf[kind]));
      case 'next-sentence': return this.#nextSentence();
      case 'continue': return this.#continue(kind);
      case 'shorten': return this.#shorten(kind);
      case 'past': return this.#past(kind);
      case 'small-talk': return this.#smallTalk(kind);
    }
  }

  #askForEdge(kind: 'first-word' | 'last-word', passage: Passage): Instruction {
    const [name, at] = kind === 'first-word' ? (['first word', 0] as const) : (['last word', -1] as const);
    const words = passage.text.match(/\p{L}[\p{L}'’-]*/gu)!;
    return this.#finish(kind, passage.text, this.#wording(this.#words.questions[name]), words.at(at)!);
  }

  /** Draws stories until one says, or leaves out, what is asked for. */
  #fact(kind: InstructionKind, name: FactName): Instruction {
    const isAnswerable = !this.#draws.chance(this.#unanswerable);
    const fact = facts[name];
    for (;;) {
      const passage = this.#passageWith(fact, isAnswerable);
      if (!passage) continue;
      return this.#askForFact(kind, name, passage, fact.find(passage)!);
    }
  }

  #askForFact(kind: InstructionKind, name: FactName, passage: Passage, { answer, about }: Finding): Instruction {
    const wording = this.#wording(this.#words.questions[name]);
    const phrase = about === undefined ? undefined : this.#words.phrase(about);
    const text = wording.text.replace(/\{(nom|akk)\}/, (_, slot: 'nom' | 'akk') => phrase![slot]);
    if (answer === undefined) return this.#finish(kind, passage.text, { ...wording, text }, this.#words.notSaid, { isAnswerable: false });
    const said = name === 'lost' ? this.#words.phrase(answer)[this.#words.caseOfAnswer(wording.text)] : answer;
    return this.#finish(kind, passage.text, { ...wording, text }, `${capital(said)}.`);
  }

  /** Questions about one passage, no two with the same meaning. The first one is drawn as `write` draws it; the passage fits it. */
  writeAboutOnePassage(kinds: readonly InstructionKind[], count: number): Instruction[] {
    let kind = this.#draws.of(kinds);
    let isAnswerable = this.#drawsAnswerable(kind);
    const open = this.#openQuestions(kinds, kind, isAnswerable);
    const asked: Instruction[] = [];
    for (let missed = 0; asked.length < count && missed < triesPerStory; ) {
      const fitting = open.filter((one) => one.kind === kind && one.isAnswerable === isAnswerable);
      if (fitting.length === 0) missed++;
      else {
        const chosen = this.#draws.of(fitting);
        open.splice(open.indexOf(chosen), 1);
        asked.push(chosen.write());
      }
      kind = this.#draws.of(kinds);
      isAnswerable = this.#drawsAnswerable(kind);
    }
    return asked;
  }

  #drawsAnswerable(kind: InstructionKind): boolean {
    return kind === 'first-word' || kind === 'last-word' || !this.#draws.chance(this.#unanswerable);
  }

  /** What can be asked about a drawn passage, among it a question of this kind. */
  #openQuestions(kinds: readonly InstructionKind[], kind: InstructionKind, isAnswerable: boolean): OpenQuestion[] {
    const fact = kind === 'who' || kind === 'where' || kind === 'lost' ? facts[this.#draws.of(factsOf[kind])] : undefined;
    for (;;) {
      const passage = fact ? this.#passageWith(fact, isAnswerable) : this.#passage(this.#story(plots));
      const open = passage ? kinds.flatMap((one) => this.#questionsAbout(passage, one)) : [];
      if (open.some((one) => one.kind === kind && one.isAnswerable === isAnswerable)) return open;
    }
  }

  /** What can be asked about a passage. */
  #questionsAbout(passage: Passage, kind: InstructionKind): OpenQuestion[] {
    if (kind === 'first-word' || kind === 'last-word') return [{ kind, isAnswerable: true, write: () => this.#askForEdge(kind, passage) }];
    if (kind === 'next-sentence') {
      const { sentences } = passage;
      const once = sentences.flatMap((one, at) => (sentences.indexOf(one) === sentences.lastIndexOf(one) ? [at] : []));
      return once.map((at) => ({ kind, isAnswerable: at < sentences.length - 1, write: () => this.#askForNext(passage, at) }));
    }
    return factsOf[kind as 'who' | 'where' | 'lost'].flatMap((name) => {
      const { told, untold, find } = facts[name];
      const finding = [...told, ...untold].includes(passage.story.plot) ? find(passage) : undefined;
      return finding ? [{ kind, isAnswerable: finding.answer !== undefined, write: () => this.#askForFact(kind, name, passage, finding) }] : [];
    });
  }

  #passageWith(fact: Fact, isAnswerable: boolean): Passage | undefined {
    const elsewhere = !isAnswerable && fact.untold.length > 0 && this.#draws.chance(0.5);
    const story = this.#story(elsewhere ? fact.untold : fact.told);
    const sentences = sentencesOf(story.text);
    for (let attempt = 0; attempt < triesPerStory; attempt++) {
      const passage = this.#passage(story, sentences);
      const finding = fact.find(passage);
      if (finding && (finding.answer !== undefined) === isAnswerable) return passage;
    }
    return undefined;
  }

  #nextSentence(): Instruction {
    const isAnswerable = !this.#draws.chance(this.#unanswerable);
    for (;;) {
      const passage = this.#passage(this.#story(plots));
      const { sentences } = passage;
      if (isAnswerable && sentences.length < 2) continue;
      const at = isAnswerable ? this.#draws.between(0, sentences.length - 2) : sentences.length - 1;
      const asked = this.#askForNext(passage, at);
      if (sentences.indexOf(sentences[at]) === sentences.lastIndexOf(sentences[at])) return asked;
    }
  }

  /** Which sentence follows the one at `at`. After the last one none does. */
  #askForNext({ sentences, text }: Passage, at: number): Instruction {
    const question = withSentence(this.#wording(this.#words.questions['next sentence']), sentences[at]);
    const isAnswerable = at < sentences.length - 1;
    return this.#finish('next-sentence', text, question, isAnswerable ? sentences[at + 1] : this.#words.notSaid, { isAnswerable });
  }

  #continue(kind: InstructionKind): Instruction {
    for (;;) {
      const { text, following } = this.#passage(this.#story(plots));
      if (following !== undefined) return this.#finish(kind, text, this.#wording(this.#words.questions.continue), following, { isExact: false });
    }
  }

  #shorten(kind: InstructionKind): Instruction {
    for (;;) {
      const sentences = sentencesOf(this.#story(plots).text).filter((one) => this.#words.mainClause(one) !== undefined && partOf(one) === this.#part);
      if (sentences.length === 0) continue;
      const sentence = this.#draws.of(sentences);
      return this.#finish(kind, '', withSentence(this.#wording(this.#words.questions.shorten), sentence), this.#words.mainClause(sentence)!);
    }
  }

  #past(kind: InstructionKind): Instruction {
    for (;;) {
      const { present, past } = this.#words.drawTenses((list) => this.#draws.of(list));
      if (partOf(present) === this.#part) return this.#finish(kind, '', withSentence(this.#wording(this.#words.questions.past), present), past);
    }
  }

  /** Small talk has no story: in the test part all wordings are new. */
  #smallTalk(kind: InstructionKind): Instruction {
    const { answer, ...wordings } = this.#draws.of(this.#words.smallTalk);
    return this.#finish(kind, '', { text: this.#draws.of(wordings[this.#part]), isNew: this.#part === 'test' }, answer);
  }

  /** A story of one of the plots that belongs to the part. */
  #story(among: readonly string[]): InspectedStory {
    return drawStory(this.#language, this.#part, among, this.#draws).story;
  }

  #passage(story: InspectedStory, sentences = sentencesOf(story.text)): Passage {
    const count = Math.min(this.#draws.between(...this.#lengths), sentences.length);
    const first = this.#draws.chance(fromTheBeginning) ? 0 : this.#draws.between(0, sentences.length - count);
    return passageAt(story, sentences, first, count);
  }

  #wording(wordings: Wordings): Asked {
    return drawWording(wordings, this.#part, this.#draws);
  }

  #finish(kind: InstructionKind, story: string, question: Asked, answer: string, differing: { isAnswerable?: boolean; isExact?: boolean } = {}): Instruction {
    const prompt = story === '' ? question.text : `${story}\n\n${question.text}`;
    return {
      language: this.#language, kind, story, question: question.text, sentence: question.sentence ?? '', prompt, completion: answer,
      messages: [{ role: 'user', content: prompt }, { role: 'assistant', content: answer }],
      isAnswerable: true, answer, isExact: true, isNewWording: question.isNew, ...differing,
    };
  }
}

const capital = (text: string) => text[0].toUpperCase() + text.slice(1);
