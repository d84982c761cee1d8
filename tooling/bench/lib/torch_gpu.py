#!/usr/bin/env python3
"""PyTorch on a GPU, for the benchmark's tables: a matrix product and the GPT training step of lib/sizes.mjs.

    torch_gpu.py matmul --side N --folder DIR [--tf32]   reads a.f32 and b.f32, writes y.f32 -> {"ms", "backend"} as JSON
    torch_gpu.py step --sizes JSON                       -> {"ms", "backend", "losses"} as JSON

Where there is nothing to measure with, {"missing": why}. --device cpu is there to try the script without a GPU.
"""
import argparse, json, os, sys, time

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("what", choices=["matmul", "step"])
arguments.add_argument("--side", type=int)
arguments.add_argument("--folder")
arguments.add_argument("--tf32", action="store_true")
arguments.add_argument("--sizes", type=json.loads)
arguments.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
options = arguments.parse_args()


def answer(result):
    print(json.dumps(result))
    sys.exit(0)


try:
    sys.dont_write_bytecode = True
    import torch
    from torch_gpt import GPT, draw_batch, make_optimizer, train_step
except ImportError as error:
    answer({"missing": f"PyTorch cannot be loaded by {sys.executable}: {error}"})
if options.device == "cuda" and not torch.cuda.is_available():
    answer({"missing": f"PyTorch {torch.__version__} of {sys.executable} sees no CUDA device"})

device = torch.device(options.device)
on_gpu = device.type == "cuda"
name = torch.cuda.get_device_name() if on_gpu else "the processor"
torch.backends.cuda.matmul.allow_tf32 = options.tf32
ROUNDS, ROUND_SECONDS = 7, 0.2


def finished():
    if on_gpu:
        torch.cuda.synchronize()


def median(values):
    return sorted(values)[len(values) // 2]


def matmul():
    """As the other candidates are timed: enough products for 200 ms, then one wait; the median of seven such rounds."""
    import array

    def load(file):
        numbers = array.array("f")
        with open(os.path.join(options.folder, file), "rb") as opened:
            numbers.frombytes(opened.read())
        return torch.frombuffer(numbers, dtype=torch.float32).view(options.side, options.side).to(device)

    a, b = load("a.f32"), load("b.f32")
    y = a @ b
    with open(os.path.join(options.folder, "y.f32"), "wb") as opened:
        opened.write(bytes(y.cpu().contiguous().untyped_storage()) if hasattr(y, "untyped_storage") else y.cpu().contiguous().numpy().tobytes())

    def round_of(times):
        finished()
        started = time.perf_counter()
        for _ in range(times):
            torch.matmul(a, b, out=y)
        finished()
        return time.perf_counter() - started

    round_of(1)
    times = 1
    while round_of(times) < ROUND_SECONDS:
        times *= 2
    answer({"ms": 1e3 * median([round_of(times) / times for _ in range(ROUNDS)]), "backend": f"PyTorch {torch.__version__}, {name}"})


def step():
    """Batch drawn on the processor, forward, backward, clipping, AdamW, and the loss read in every step, as ours does."""
    sizes = options.sizes
    torch.manual_seed(0)
    model = GPT(sizes).to(device)
    parameters = list(model.parameters())
    optimizer = make_optimizer(parameters, fused=on_gpu)
    data = torch.arange(100_000) ** 2 % sizes["vocabSize"]

    def one():
        ids, targets = draw_batch(data, sizes)
        return train_step(model, parameters, optimizer, ids.to(device), targets.to(device))

    losses = [one() for _ in range(5)]
    times = []
    end = time.perf_counter() + 4
    while len(times) < 5 or time.perf_counter() < end:
        started = time.perf_counter()
        one()
        times.append((time.perf_counter() - started) * 1e3)
    answer({"ms": median(times), "backend": f"PyTorch {torch.__version__}, eager, {name}", "losses": losses})


matmul() if options.what == "matmul" else step()
