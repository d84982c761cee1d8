// `kk embed eval`: how many analogies word vectors solve, and how well they agree with people's judgements.
import { languages, type Language } from '@kk/corpora';
import { type AnalogyEvaluation, type AnalogyScore, evaluateAnalogiesInSteps, evaluateSimilarities, parseAnalogies, parseSimilarities, type SimilarityEvaluation } from '@kk/embeddings';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { readTextFile } from '../files/data.js';
import { openVectors, spaceOf } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { askCourseQuestions } from '../embed/course-questions.js';
import { showAnalogies, showCourse, showSimilarities } from '../embed/show-evaluation.js';
import { analogyMethodOption, type AnalogyMethod } from '../options/analogy-method.js';
import { addVectors, type VectorsOptions } from '../options/vectors.js';
import { inSteps } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';

const numbers = numberFormats('en');

interface EvalOptions extends VectorsOptions {
  analogies?: string;
  similarities?: string;
  lang?: Language;
  method: AnalogyMethod;
  cased?: boolean;
  unknown: 'skip' | 'wrong';
  json?: boolean;
}

/** A result, and the lines of the file that could not be read. */
interface Evaluated<T> {
  result: T;
  invalidLines: readonly number[];
}

export function embedEvalCommand(context: Context): Verb {
  const verb = new Verb('eval').summary('how good word vectors are').description("Measures word vectors: how many analogies of a file they solve, how well they agree with people's judgements of pairs, with gensim's rules, and how many of the course's questions they answer.");
  return addVectors(verb)
    .option('--analogies <file>', 'a file as questions-words.txt: sections such as ": capitals", below them lines of four words')
    .option('--similarities <file>', 'a file as WordSim-353: two words and a number a line, with tabulators between them')
    .addOption(new Option('--lang <lang>', "the course's 64 questions in this language").choices(languages))
    .addOption(analogyMethodOption())
    .option('--cased', "tell 'King' from 'king'")
    .addOption(new Option('--unknown <how>', 'what has a word without a vector is left out (skip), or counts as wrong, or as similarity 0 (wrong)').choices(['skip', 'wrong']).default('skip'))
    .option('--json', 'one JSON object')
    .requires(['analogies', 'similarities', 'lang'])
    .needs(['method'], 'analogies')
    .pointless<EvalOptions>(['cased', 'unknown'], ({ analogies, similarities }) => (analogies === undefined && similarities === undefined ? "with the course's questions alone" : undefined))
    .flows({ reads: { model: 'word vectors', analogies: 'analogies', similarities: 'judged pairs' }, writes: { stdout: 'right answers by section, correlations, unknown words' } })
    .notes('As in gensim, only the first 300,000 words are known; --limit makes them fewer.')
    .examples('kk embed eval book.safetensors --analogies questions-words.txt --similarities wordsim353.tsv', 'kk embed eval runs/sentences-en.safetensors --lang en')
    .does((options: EvalOptions) => evaluate(context, options));
}

async function evaluate(context: Context, options: EvalOptions): Promise<void> {
  const { method, cased: caseSensitive, lang, json } = options;
  const quiet = json === true;
  // Before the vectors, which may take long to read.
  const files = {
    analogies: await parsed(context, options.analogies, { parse: parseAnalogies, size: ({ sections }) => sections.reduce((sum, { questions }) => sum + questions.length, 0), form: 'a section such as ": capitals", below it lines of four words', quiet }),
    similarities: await parsed(context, options.similarities, { parse: parseSimilarities, size: ({ pairs }) => pairs.length, form: 'two words and a number in each line, with tabulators between them', quiet }),
  };
  const vectors = await openVectors(context, options, { quiet });
  const space = await spaceOf(context, vectors);
  const rules = { caseSensitive, unknownIsWrong: options.unknown === 'wrong' };
  const analogies = files.analogies && { result: await inSteps(context, evaluateAnalogiesInSteps(space, files.analogies, { ...rules, method }), { what: 'asking', quiet }), invalidLines: files.analogies.invalidLines };
  if (analogies && asked(analogies.result.total) === 0) throw nothingKnown(options, `No analogy of ${options.analogies}`);
  const similarities = files.similarities && { result: correlations(options, () => evaluateSimilarities(space, files.similarities!, rules)), invalidLines: files.similarities.invalidLines };
  const course = lang && askCourseQuestions(space, lang);
  if (course?.every((score) => score.asked === 0)) throw nothingKnown(options, `No question of --lang ${lang}`);
  if (json) {
    context.json({ analogies: analogies ? analogiesToJSON(analogies) : null, similarities: similarities ? { ...similarities.result, invalidLines: similarities.invalidLines } : null, course: course ?? null });
    return;
  }
  const { terminal } = context;
  if (analogies) showAnalogies(terminal, analogies.result, analogies.invalidLines);
  if (analogies && (similarities ?? course)) terminal.print();
  if (similarities) showSimilarities(terminal, similarities.result, similarities.invalidLines);
  if (similarities && course) terminal.print();
  if (course) showCourse(terminal, course);
}

interface FileOfQuestions<T> {
  parse: (text: string) => T;
  /** How many questions it has. */
  size: (file: T) => number;
  /** What was expected, in words. */
  form: string;
  quiet: boolean;
}

/** @throws {Failure} naming the file, when it is none of its kind or has no question */
async function parsed<T extends { invalidLines: readonly number[] }>(context: Context, file: string | undefined, { parse, size, form, quiet }: FileOfQuestions<T>): Promise<T | undefined> {
  if (file === undefined) return undefined;
  const text = await readTextFile(context, file, { quiet });
  let found: T;
  try {
    found = parse(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(`${file}: ${error.message.replace(/^\w+: /, '')}`, undefined, { cause: error });
  }
  if (size(found) > 0) return found;
  const [line] = found.invalidLines;
  throw new Failure(`${file}${line === undefined ? '' : `, line ${numbers.integer(line)}`}: there is nothing to ask; expected ${form}.`);
}

/** @throws {Failure} when no pair has two known words */
function correlations(options: EvalOptions, evaluated: () => SimilarityEvaluation): SimilarityEvaluation {
  try {
    return evaluated();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw nothingKnown(options, `No pair of ${options.similarities}`, error);
  }
}

const asked = ({ correct, incorrect }: AnalogyScore): number => correct.length + incorrect.length;

/** @param what  such as `No question of --lang en` */
const nothingKnown = ({ model, limit }: EvalOptions, what: string, cause?: Error): Failure => new Failure(`${what} can be asked: each has a word without a vector in ${model}.`, limit === undefined ? 'Are the vectors of another language?' : 'Give a larger --limit, or vectors of this language.', { cause });

/** Numbers of questions instead of the questions. */
function analogiesToJSON({ result: { sections, total }, invalidLines }: Evaluated<AnalogyEvaluation>): object {
  const figures = [...sections, total].map(({ name, correct, incorrect, unknown, ties, accuracy }) => ({ name, correct: correct.length, incorrect: incorrect.length, unknown, ties, accuracy }));
  return { sections: figures.slice(0, -1), total: figures.at(-1), invalidLines };
}
