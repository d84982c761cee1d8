#!/usr/bin/env python3
"""PyTorch on the processor: the GPT training step of lib/sizes.mjs, and whole training runs. Prints one line of JSON.

    torch_step.py --sizes JSON --steps N [--threads A:B,...]     -> {"version", "capability", "kernel", "settings": [{"threads", "blasThreads", "ms"}, ...]}
    torch_step.py --sizes JSON --train FILE --steps N --threads A:B [--seed S]   -> the same with {"seconds", "loss", "characters"}

A is the number of PyTorch's own threads, B that of OpenBLAS, which has a pool of its own (in its OpenMP build both are the same). Each pair is
timed on a fresh model: the median of N steps. --train runs nanoGPT's schedule on a text by characters, the first 90 % of it, and evaluates all of the
rest window by window. --masked leaves the first half of each row's targets out of the loss, as prompts are in supervised tuning.
"""
import argparse, json, math, sys, time

sys.dont_write_bytecode = True
import torch
from torch_gpt import GPT, draw_batch, make_optimizer, train_step
from torch_threads import describe, use_threads

WARMUP = 3
arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--sizes", type=json.loads, required=True)
arguments.add_argument("--steps", type=int, required=True)
arguments.add_argument("--threads", default="1:1")
arguments.add_argument("--train")
arguments.add_argument("--seed", type=int, default=1337)
arguments.add_argument("--masked", action="store_true")
options = arguments.parse_args()


def build(sizes):
    torch.manual_seed(options.seed)
    # The exact GELU: PyTorch 1.13 has one kernel for either form, and this is the faster one.
    model = GPT(sizes, approximate="none")
    parameters = list(model.parameters())
    return model, parameters, make_optimizer(parameters)


def time_steps(sizes):
    """The median of `--steps` steps on made-up ids, in milliseconds."""
    model, parameters, optimizer = build(sizes)
    data = torch.arange(100_000) ** 2 % sizes["vocabSize"]
    times = []
    for _ in range(WARMUP + options.steps):
        started = time.perf_counter()
        ids, targets = draw_batch(data, sizes)
        if options.masked:
            targets[:, : targets.shape[1] // 2] = -100  # cross_entropy ignores this number
        train_step(model, parameters, optimizer, ids, targets)
        times.append(1e3 * (time.perf_counter() - started))
    return sorted(times[WARMUP:])[options.steps // 2]


def learning_rate(step, warmup=100, highest=1e-3, lowest=1e-4):
    """nanoGPT's: a linear warm-up, then half a cosine down to a tenth."""
    if step < warmup:
        return highest * (step + 1) / (warmup + 1)
    return lowest + 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, options.steps - warmup))) * (highest - lowest)


@torch.no_grad()
def evaluate(model, ids, context, batch=32):
    """The mean loss over all predicted tokens, in nats; windows of the context length, one behind the other."""
    inputs, targets = ids[:-1], ids[1:]
    whole = len(inputs) // context * context
    total = 0.0
    for start in range(0, whole, batch * context):
        end = min(start + batch * context, whole)
        total += model(inputs[start:end].view(-1, context), targets[start:end].view(-1, context)).item() * (end - start)
    if whole < len(inputs):
        total += model(inputs[whole:].view(1, -1), targets[whole:].view(1, -1)).item() * (len(inputs) - whole)
    return total / len(inputs)


def train(file):
    with open(file, encoding="utf-8", newline="") as opened:
        text = opened.read()
    alphabet = sorted(set(text))
    number = {character: i for i, character in enumerate(alphabet)}
    ids = torch.tensor([number[character] for character in text])
    split = int(0.9 * len(ids))
    sizes = {**options.sizes, "vocabSize": len(alphabet)}
    model, parameters, optimizer = build(sizes)
    started = time.perf_counter()
    for step in range(options.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step)
        train_step(model, parameters, optimizer, *draw_batch(ids[:split], sizes))
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "loss": evaluate(model, ids[split:], sizes["contextLength"]), "characters": len(alphabet)}


result = {**describe(), "settings": []}
for pair in options.threads.split(","):
    threads, blas_threads = map(int, pair.split(":"))
    use_threads(threads, blas_threads)
    if options.train:
        result.update(train(options.train))
    else:
        result["settings"].append({"threads": threads, "blasThreads": blas_threads, "ms": time_steps(options.sizes)})
print(json.dumps(result))
