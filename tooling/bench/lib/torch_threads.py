"""How many threads PyTorch and its OpenBLAS use, and which build of both runs."""
import ctypes, re

import torch

blas = ctypes.CDLL("libblas.so.3")
blas.openblas_get_corename.restype = ctypes.c_char_p


def use_threads(threads, blas_threads):
    # OpenBLAS first: in its OpenMP build, PyTorch's number counts for both.
    blas.openblas_set_num_threads(blas_threads)
    torch.set_num_threads(threads)


def describe():
    """PyTorch's version, the instructions of its own kernels, and the kernel of OpenBLAS."""
    capability = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
    return {"version": torch.__version__, "capability": capability.group(1) if capability else "unknown", "kernel": blas.openblas_get_corename().decode()}
