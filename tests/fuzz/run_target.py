"""One target under the fuzzer, in a process of its own: `python -m tests.fuzz.run_target NAME FOLDER SECONDS INPUTS`.

The parsers are instrumented while they are imported, so nothing of gifthorse may be imported before. FOLDER holds the corpus and takes
the input that fails.
"""

import resource
import sys
from pathlib import Path

import atheris


def main(name: str, folder: Path, seconds: int, inputs: int) -> None:
    """Does not return: libFuzzer ends the process."""
    with atheris.instrument_imports(include=["gifthorse", "olefile"]):
        from tests.fuzz.target import MEGABYTES, SECONDS
        from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = target.seeds()
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    for seed in seeds:
        target.check(seed)  # what is imported and remembered at first is not counted against an input
    longest = max(target.longest, *map(len, seeds))
    options = [
        f"-max_len={longest}",
        f"-timeout={int(SECONDS) * 10}",  # a machine may be busy: processor time is what counts, and the target measures it
        f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        "-reload=0",
        *([f"-max_total_time={seconds}"] if seconds else []),
        *([f"-runs={inputs}"] if inputs else []),
    ]
    # libFuzzer ends with SIGALRM what hangs in C; what fills the memory at one stroke ends with MemoryError
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
