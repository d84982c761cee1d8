// The words of a report, in the language of the reader.
import type { Language } from '@kk/corpora';

export interface ReportMessages {
  title: (name: string) => string;
  step: string;
  loss: string;
  lossUnit: string;
  training: string;
  validation: string;
  floor: string;
  floorNote: string;
  learningRate: string;
  gradientNorm: string;
  speed: string;
  samples: string;
  samplesNote: string;
  noSamples: string;
  numbers: string;
  means: (steps: string) => string;
  facts: {
    model: string;
    parameters: string;
    tokens: string;
    steps: string;
    time: string;
    trainLoss: string;
    valLoss: string;
    bitsPerByte: string;
    device: string;
  };
  /** The one line in which a backend says what runs, for example `wasm: SIMD with relaxed FMA, 2 threads`. */
  backend: (description: string) => string;
  resumed: (step: string) => string;
}

export const reportMessages: Readonly<Record<Language, ReportMessages>> = {
  en: {
    title: (name) => `Training of ${name}`,
    step: 'step',
    loss: 'Loss',
    lossUnit: 'nats per token',
    training: 'training',
    validation: 'unseen text',
    floor: 'exact floor',
    floorNote: 'No model can come below the floor: it is the entropy of the grammar that wrote these stories, for this tokenizer.',
    learningRate: 'Learning rate',
    gradientNorm: 'Gradient norm, before clipping',
    speed: 'Tokens per second',
    samples: 'What the model wrote',
    samplesNote: 'Each time from the same beginning, with the same seed.',
    noSamples: 'Nothing was written: the run was shorter than --eval-every.',
    numbers: 'The numbers',
    means: (steps) => `Each row is the mean of about ${steps} steps.`,
    facts: { model: 'Model', parameters: 'Parameters', tokens: 'Tokens trained on', steps: 'Steps', time: 'Time', trainLoss: 'Loss, known text', valLoss: 'Loss, unseen text', bitsPerByte: 'Bits per byte', device: 'Device' },
    backend: (description) => description,
    resumed: (step) => `The run was resumed after step ${step}; this report shows what came then.`,
  },
  de: {
    title: (name) => `Training von ${name}`,
    step: 'Schritt',
    loss: 'Loss',
    lossUnit: 'Nats je Token',
    training: 'Training',
    validation: 'ungesehener Text',
    floor: 'exakte Untergrenze',
    floorNote: 'Unter die Untergrenze kommt kein Modell: Sie ist die Entropie der Grammatik, die diese Geschichten schrieb, für diesen Tokenizer.',
    learningRate: 'Lernrate',
    gradientNorm: 'Norm der Gradienten, vor der Begrenzung',
    speed: 'Tokens je Sekunde',
    samples: 'Was das Modell schrieb',
    samplesNote: 'Jedes Mal vom selben Anfang aus, mit demselben Seed.',
    noSamples: 'Es wurde nichts geschrieben: Der Lauf war kürzer als --eval-every.',
    numbers: 'Die Zahlen',
    means: (steps) => `Jede Zeile ist das Mittel von etwa ${steps} Schritten.`,
    facts: { model: 'Modell', parameters: 'Parameter', tokens: 'Trainierte Tokens', steps: 'Schritte', time: 'Zeit', trainLoss: 'Loss, bekannter Text', valLoss: 'Loss, ungesehener Text', bitsPerByte: 'Bits je Byte', device: 'Gerät' },
    backend: inGerman,
    resumed: (step) => `Der Lauf wurde nach Schritt ${step} fortgesetzt; dieser Bericht zeigt, was danach kam.`,
  },
};

/** Only the words of the backends: an adapter of a GPU keeps its name. */
function inGerman(description: string): string {
  return description
    .replace(/^wasm: SIMD with relaxed FMA/, 'wasm: SIMD mit Relaxed FMA')
    .replace(/^(wasm: .*\d) thread(s?)(?=$|, )/, '$1 Thread$2')
    .replace(/^(wasm: .*), products by (.*)$/, '$1, Matrixprodukte von $2')
    .replace(/^(wasm: .*), without a BLAS(?=$| \()/, '$1, ohne BLAS')
    .replace(/ \((.* devices) says how to get one\)$/, ' (wie man eine bekommt, sagt $1)')
    .replace(/^cpu: plain TypeScript loops/, 'cpu: einfache Schleifen in TypeScript')
    .replace(/^(gpu: \w+) through gpu\.js/, '$1 über gpu.js')
    .replace(/^(gpu: .*)an adapter that does not say its name/, '$1ein Adapter, der seinen Namen nicht sagt')
    .replace(/^(gpu: .*), computed on the processor, so correct but slow$/, '$1, auf dem Prozessor gerechnet, also richtig, aber langsam');
}
