#!/usr/bin/env python3
"""PyTorch on the processor: a step of DPO, and one of GRPO with the writing of its answers, on the GPT of lib/sizes.mjs. Prints one line of JSON.

    torch_preferences.py --what dpo|grpo --sizes JSON --steps N [--threads A:B,...]
                                        -> {"version", "capability", "kernel", "settings": [{"threads", "blasThreads", "ms"}, ...]}

The median of N steps; --threads as in torch_step.py. dpo: batchSize pairs that fill the context, whose second half is the answer; the reference's
log-probabilities are known before. grpo: `prompts` prompts of `promptLength` ids, `groupSize` answers of `answerLength` ids to each, written with a
cache of keys and values, rewarded by their share of even ids; advantages within a group, the mean over all tokens (DAPO), one update.
"""
import argparse, json, math, sys, time

sys.dont_write_bytecode = True
import torch
import torch.nn.functional as F
from torch_gpt import GPT, learn, make_optimizer
from torch_threads import describe, use_threads

WARMUP = 2
BETA = 0.1
arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--what", choices=["dpo", "grpo"], required=True)
arguments.add_argument("--sizes", type=json.loads, required=True)
arguments.add_argument("--steps", type=int, required=True)
arguments.add_argument("--threads", default="1:1")
options = arguments.parse_args()
sizes = options.sizes


def made_up(rows, length):
    return (torch.arange(length) ** 2 + 31 * torch.arange(rows)[:, None]) % sizes["vocabSize"]


def log_probabilities(logits, targets):
    """Of each target, (rows, positions): the cross entropy's own kernel, which keeps no table of all log-probabilities for the backward pass."""
    return -F.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1), reduction="none").view(targets.shape)


def dpo_step(model, parameters, optimizer, reference):
    rows = made_up(2 * sizes["batchSize"], sizes["contextLength"] + 1)
    half = sizes["contextLength"] // 2
    found = log_probabilities(model.logits(rows[:, :-1])[:, half:], rows[:, 1 + half :]).sum(1)
    ratio = found - reference
    chosen, rejected = ratio.chunk(2)
    return learn(-F.logsigmoid(BETA * (chosen - rejected)).mean(), parameters, optimizer)


class Cache:
    """Keys and values of one layer, (sequences, heads, positions, width of a head)."""

    def __init__(self, sequences, heads, positions, width):
        self.keys, self.values = torch.empty(sequences, heads, positions, width), torch.empty(sequences, heads, positions, width)
        self.length = 0

    def add(self, keys, values):
        end = self.length + keys.shape[2]
        self.keys[:, :, self.length : end], self.values[:, :, self.length : end] = keys, values
        self.length = end
        return self.keys[:, :, :end], self.values[:, :, :end]


def through(block, x, cache):
    """A block on new positions of sequences that have a cache."""
    attention = block.attention
    batch, positions, width = x.shape
    q, k, v = (part.view(batch, positions, attention.heads, width // attention.heads).transpose(1, 2) for part in attention.qkv(block.norm1(x)).split(width, 2))
    keys, values = cache.add(k, v)
    scores = (q @ keys.transpose(-2, -1)) / math.sqrt(width // attention.heads)
    if positions > 1:
        scores = scores.masked_fill(attention.future[:positions, :positions], float("-inf"))
    y = scores.softmax(-1) @ values
    x = x + attention.projection(y.transpose(1, 2).reshape(batch, positions, width))
    return x + block.down(F.gelu(block.up(block.norm2(x)), approximate=block.approximate))


@torch.no_grad()
def write(model, prompts):
    """Answers to each prompt, (prompts * groupSize, answerLength): each prompt is read once."""
    heads, width = sizes["heads"], sizes["width"] // sizes["heads"]
    group, length, positions = sizes["groupSize"], sizes["answerLength"], sizes["promptLength"] + sizes["answerLength"]
    read = [Cache(len(prompts), heads, sizes["promptLength"], width) for _ in model.blocks]
    x = model.tokens(prompts) + model.places(model.positions[: prompts.shape[1]])
    for block, cache in zip(model.blocks, read):
        x = through(block, x, cache)
    caches = []
    for cache in read:
        wide = Cache(len(prompts) * group, heads, positions, width)
        wide.add(cache.keys.repeat_interleave(group, 0), cache.values.repeat_interleave(group, 0))
        caches.append(wide)
    x = x[:, -1:].repeat_interleave(group, 0)
    answers = torch.empty(len(prompts) * group, length, dtype=torch.long)
    for place in range(length):
        answers[:, place] = torch.multinomial((model.norm(x[:, -1]) @ model.tokens.weight.T).softmax(-1), 1)[:, 0]
        if place + 1 < length:
            x = model.tokens(answers[:, place : place + 1]) + model.places(model.positions[prompts.shape[1] + place])
            for block, cache in zip(model.blocks, caches):
                x = through(block, x, cache)
    return answers


def grpo_step(model, parameters, optimizer):
    group = sizes["groupSize"]
    prompts = made_up(sizes["prompts"], sizes["promptLength"])
    answers = write(model, prompts)
    rewards = (answers % 2 == 0).float().mean(1).view(-1, group)
    advantages = ((rewards - rewards.mean(1, keepdim=True)) / (rewards.std(1, keepdim=True) + 1e-4)).view(-1, 1)
    rows = torch.cat([prompts.repeat_interleave(group, 0), answers], 1)
    first = sizes["promptLength"] - 1
    found = log_probabilities(model.logits(rows[:, :-1])[:, first:], answers)
    ratio = (found - found.detach()).exp()
    loss = -torch.min(ratio * advantages, ratio.clamp(0.8, 1.2) * advantages).mean()
    return learn(loss, parameters, optimizer)


def time_steps():
    torch.manual_seed(1337)
    model = GPT(sizes, approximate="none")
    parameters = list(model.parameters())
    optimizer = make_optimizer(parameters)
    if options.what == "dpo":
        rows, half = made_up(2 * sizes["batchSize"], sizes["contextLength"] + 1), sizes["contextLength"] // 2
        with torch.no_grad():
            reference = log_probabilities(model.logits(rows[:, :-1])[:, half:], rows[:, 1 + half :]).sum(1)
        step = lambda: dpo_step(model, parameters, optimizer, reference)
    else:
        step = lambda: grpo_step(model, parameters, optimizer)
    times = []
    for _ in range(WARMUP + options.steps):
        started = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - started))
    return sorted(times[WARMUP:])[options.steps // 2]


result = {**describe(), "settings": []}
for pair in options.threads.split(","):
    threads, blas_threads = map(int, pair.split(":"))
    use_threads(threads, blas_threads)
    result["settings"].append({"threads": threads, "blasThreads": blas_threads, "ms": time_steps()})
print(json.dumps(result))
