// `kk bench`: measures the peak of this machine, and how much of it training and decoding reach.
import type { Engine } from '@kk/nn-core';
import { Option } from 'commander';
import { hasMoreThanPeak, measureAll, standardWork, type BenchReport, type BenchWork } from '../bench/measurements.js';
import { benchTable, millions } from '../bench/table.js';
import type { Context } from '../context.js';
import { Verb } from '../grammar/verb.js';
import { openDevice } from '../options/choose-device.js';
import { backendInWords, hasBlas } from '../options/computed-by.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { decimal } from '../options/parse.js';
import { numberFormats } from '../terminal/numbers.js';
import { wrap } from '../terminal/text.js';

interface BenchOptions extends DeviceOptions {
  seconds: number;
  json?: boolean;
}

const LONGEST_SECONDS = 600;

const numbers = numberFormats('en');

/** @param work  the measurements; tests use smaller ones */
export function benchCommand(context: Context, work = standardWork): Verb {
  const verb = new Verb('bench')
    .summary('measure how fast this machine trains and writes')
    .description('Measures how fast this machine trains and writes, beside the most that it can do.')
    .addOption(new Option('--seconds <s>', 'how long each measurement goes on').argParser(decimal(0, LONGEST_SECONDS, { above: true })).default(1.2))
    .flows({ writes: { stdout: 'speeds of matrix products, a training step and decoding, beside the peak' } });
  return addDevice(verb)
    .option('--json', 'one JSON object')
    .notes('Other programs that compute at the same time make every figure smaller.')
    .examples('kk bench', 'kk bench --threads 1 --json')
    .does((options: BenchOptions) => bench(context, work, options));
}

async function bench(context: Context, work: BenchWork, { seconds, json, ...device }: BenchOptions): Promise<void> {
  const { engine } = await openDevice(context, device, () => ({ config: work.model, batchSize: work.batchSize }), json === true);
  try {
    const report = await measureAll(engine, {
      work,
      seconds,
      breathe: () => context.breathe(),
      onProgress: (what) => {
        if (!json) context.errors.replace(` Measuring ${what} ...`);
      },
    });
    context.errors.clear();
    if (json) context.json(report);
    else show(context, work, report, engine);
  } finally {
    engine.dispose();
  }
}

function show({ terminal, io }: Context, { model, batchSize }: BenchWork, report: BenchReport, engine: Engine): void {
  const { colors, columns } = terminal;
  const { layers, width, contextLength } = model;
  const [small, large] = report.decode.map(({ parameters }) => millions(parameters, numbers));
  terminal.print(wrap(backendInWords(engine, io.command), columns, 1));
  terminal.print();
  terminal.print(benchTable(report, numbers, terminal));
  terminal.print();
  const sentences = [
    ...(hasMoreThanPeak(report) ? ['More than 100% of peak: other programs slowed this machine down while its peak was measured.'] : []),
    ...(report.peak ? [`Peak: ${hasBlas(engine) ? 'the BLAS on matrices that the caches hold' : 'multiply-adds on operands at hand'}, and reading 128 MiB, on all threads at once.`] : []),
    `The model that is trained has ${layers} layers, width ${width}, a context of ${contextLength} and batches of ${batchSize}.`,
    `Decoding reads every weight for each token; those of the model of ${small} stay in the processor's caches, those of the model of ${large} come from memory.`,
  ];
  terminal.print(colors.dim(wrap(sentences.join(' '), columns, 1)));
}
