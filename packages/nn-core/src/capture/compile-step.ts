// Turns a whole training step into a plan: its function runs once without computing, and what it would have run becomes a flat
// list of commands. A replay makes no tensors, never touches the tape and allocates nothing.
//
// What capture freezes: every JavaScript number (a learning rate, the `past` of a cache), every branch, every shape, and
// the contents of tensors made inside from numbers. What it does not freeze: the contents of tensors from outside. Set
// those before each replay; that is how inputs and learning rates get in. Dropout advances by itself.
import type { Backend } from '../backends/backend.js';
import { PlannedStorage, type Command, type Transient } from '../backends/plan.js';
import { CaptureNotes } from '../core/capture-notes.js';
import type { Engine } from '../core/engine.js';
import { formatShape } from '../core/shape.js';
import { SharedStorage } from '../core/shared-storage.js';
import type { Tensor } from '../core/tensor.js';
import { tensorsIn } from '../core/tensors-in.js';
import { CapturingBackend } from './capturing-backend.js';
import { Plan } from './plan.js';

/**
 * Captures `fn`, which may compute, call `backward` and an optimizer's `update`, and returns tensors (alone, or in arrays,
 * Sets, Maps and plain objects). Nothing is computed until the first `replay()`.
 * @throws Error when fn reads values, sets or frees a tensor from outside, sets one of its own too late, or leaves gradients
 * behind. Everything is then as it was before.
 */
export function compileStep<T>(engine: Engine, fn: () => T): Plan<T> {
  if (engine.isCapturing) throw new Error('A step cannot be captured while another is.');
  const { backend: real, dropoutState } = engine;
  const capturing = new CapturingBackend(real);
  const notes = new CaptureNotes(capturing, engine.tape);
  const hadDropout = dropoutState.hasBuffer;
  let dropouts = 0;
  try {
    const result = engine.withCapture(notes, () =>
      dropoutState.atPosition(0, () => {
        const returned = engine.scope(fn);
        dropouts = dropoutState.position;
        return returned;
      }),
    );
    const stranger = notes.leftBehind();
    if (stranger) {
      throw new Error(`A captured step must not leave gradients behind (parameter of shape ${formatShape(stranger.shape)}): call optimizer.zeroGradients() inside it.`);
    }
    const owned = [...tensorsIn(result)].filter((tensor) => notes.made.has(tensor));
    disposeAll(notes, new Set(owned));
    return makePlan(engine, real, capturing, notes, { result, owned, dropouts });
  } catch (error) {
    notes.undo(engine.tape);
    dropoutState.freeUnless(hadDropout);
    disposeAll(notes);
    throw error;
  }
}

/** Frees what was made while capturing and has no values: tensors that the function kept, and gradients of a step that failed. */
function disposeAll({ made }: CaptureNotes, except: ReadonlySet<Tensor> = new Set()): void {
  for (const tensor of made) if (!except.has(tensor)) tensor.dispose();
}

/** Gives buffers of their own to what must outlive a replay, results and constants, and has the backend place the rest. */
function makePlan<T>(engine: Engine, real: Backend, capturing: CapturingBackend, notes: CaptureNotes, step: { result: T; owned: Tensor[]; dropouts: number }): Plan<T> {
  const { commands, constants } = capturing.finish();
  const lifetimes = findLifetimes(commands);
  const places = new Map<PlannedStorage, SharedStorage>();
  try {
    for (const { sharedStorage } of step.owned) {
      const { storage } = sharedStorage;
      if (!(storage instanceof PlannedStorage)) continue; // on a buffer from outside
      sharedStorage.storage = real.allocate(storage.dtype, storage.length);
      sharedStorage.backend = real;
      places.set(storage, sharedStorage);
    }
    for (const storage of constants) {
      if (!lifetimes.has(storage) && !places.has(storage)) continue; // nobody looks at it
      const shared = places.get(storage) ?? new SharedStorage(real.allocate(storage.dtype, storage.length), real);
      places.set(storage, shared);
      real.write(shared.storage, storage.constant!);
    }
    const prepared = real.prepare({
      commands: commands.map((command) => ({ ...command, buffers: command.buffers.map((buffer) => (buffer instanceof PlannedStorage && places.get(buffer)?.storage) || buffer) })),
      transients: [...lifetimes.values()].filter(({ storage }) => !places.has(storage)),
    });
    const outside = [...notes.used].filter(({ storage }) => !(storage instanceof PlannedStorage));
    for (const tensor of step.owned) engine.keep(tensor);
    return new Plan(engine, step.result, commands.length, { prepared, owned: step.owned, buffers: new Set([...outside, ...places.values()]), expectedIds: notes.expectedIds, dropouts: step.dropouts, beforeReplay: notes.beforeReplay });
  } catch (error) {
    for (const shared of places.values()) engine.releaseUnneeded(shared); // those of results go with their tensors
    throw error;
  }
}

/** For each planned buffer, the first and the last command that touches it. */
function findLifetimes(commands: readonly Command[]): Map<PlannedStorage, Transient> {
  const lifetimes = new Map<PlannedStorage, Transient>();
  commands.forEach(({ buffers }, at) => {
    for (const storage of buffers) {
      if (storage instanceof PlannedStorage) lifetimes.set(storage, { storage, first: lifetimes.get(storage)?.first ?? at, last: at });
    }
  });
  return lifetimes;
}
