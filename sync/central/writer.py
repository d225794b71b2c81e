"""The one thread that writes: batches wait in a queue and are joined into one commit where several wait.

Whoever hands something in gets a future, and its answer only after the commit.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from kiosk.trouble import SyncTrouble, Trouble
from sync.central.intake import ForkShown, Intake, Packed, Reception
from sync.central.store import Store, Transaction

Made = TypeVar("Made")
Work = Callable[[Transaction], Any]
"""What is done in a transaction."""

WAITING = 64
"""Batches that may wait; the next sender is asked to come again."""

JOINED = 16
"""Batches in one commit, at most."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Batch:
    packed: Packed
    answer: Future[Reception]


@dataclass(frozen=True, slots=True)
class _Call:
    work: Work
    answer: Future[Any]
    on_disk: bool


class Writer:
    """Runs everything that changes the store.

    ``after_fork`` runs in a transaction of its own when a fork was shown; ``behind`` says that ``mend``
    is needed before other work, which is refused if that cannot be done.
    """

    def __init__(
        self,
        store: Store,
        intake: Intake,
        *,
        after_fork: Work,
        behind: Callable[[], bool] = lambda: False,
        mend: Work = lambda _: None,
    ) -> None:
        self._store = store
        self._intake = intake
        self._after_fork = after_fork
        self._behind = behind
        self._mend = mend
        self._jobs: queue.Queue[_Batch | _Call | None] = queue.Queue(WAITING)
        self._closed = False
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="central-writer", daemon=True)
        self._thread.start()

    @property
    def waiting_count(self) -> int:
        """Jobs nobody has begun."""
        return self._jobs.qsize()

    def take(self, packed: Packed) -> Future[Reception]:
        """Queue a batch; raises ``SyncTrouble`` S-308 at once if too many wait."""
        job = _Batch(packed, Future())
        self._put(job, block=False)
        return job.answer

    def call(self, work: Callable[[Transaction], Made], *, on_disk: bool = True) -> Future[Made]:
        """Queue any other work, in a transaction of its own (``Store.transaction``)."""
        job = _Call(work, Future(), on_disk)
        self._put(job, block=True)
        return job.answer

    def close(self) -> None:
        """Do what waits, then end the thread; whatever comes later is refused."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
        self._jobs.put(None)
        self._thread.join()

    def _put(self, job: _Batch | _Call, *, block: bool) -> None:
        with self._guard:
            if self._closed:
                raise SyncTrouble("S-301", detail="the server is closing")
        try:
            self._jobs.put(job, block=block)
        except queue.Full:
            raise SyncTrouble("S-308", detail=f"{WAITING} batches wait already") from None

    def _run(self) -> None:
        while True:
            jobs = self._waiting()
            for _, grouped in groupby(jobs, key=type):
                together = list(grouped)
                self._take([job for job in together if isinstance(job, _Batch)])
                for job in together:
                    if isinstance(job, _Call):
                        self._do(job)
            if jobs[-1] is None:
                return

    def _waiting(self) -> list[_Batch | _Call | None]:
        """What waits, at least one job and at most ``JOINED``; None, the end, is always the last."""
        jobs = [self._jobs.get()]
        while len(jobs) < JOINED and not self._jobs.empty():
            jobs.append(self._jobs.get())
        return jobs

    def _do(self, job: _Call) -> None:
        try:
            if self._behind():
                self._durably(self._mend)
            made = self._durably(job.work, on_disk=job.on_disk)
        except Exception as wrong:  # noqa: BLE001 - the edge of a thread: the caller gets it
            job.answer.set_exception(wrong)
        else:
            job.answer.set_result(made)

    def _take(self, batches: list[_Batch]) -> None:
        if not batches:
            return
        try:
            outcomes = self._durably(lambda tx: [self._one(tx, job.packed) for job in batches])
        except Exception as wrong:  # noqa: BLE001 - the edge of a thread: the senders get it, nothing was taken
            if len(batches) == 1:
                batches[0].answer.set_exception(wrong)
                return
            for job in batches:  # one that cannot be digested must not spoil the others
                self._take([job])
            return
        if any(isinstance(outcome, ForkShown) for outcome in outcomes):
            self._tell()
        for job, outcome in zip(batches, outcomes, strict=True):
            if isinstance(outcome, Trouble):
                job.answer.set_exception(outcome)
            else:
                job.answer.set_result(outcome)

    def _durably(self, work: Callable[[Transaction], Made], *, on_disk: bool = True) -> Made:
        """Do it in a transaction of its own, then tell those who listen what became durable or why nothing did."""
        try:
            with self._store.transaction(on_disk=on_disk) as tx:
                made = work(tx)
        except Exception as wrong:
            self._heard(partial(self._intake.rolled_back, wrong))
            raise
        self._heard(self._intake.committed)
        return made

    def _one(self, tx: Transaction, packed: Packed) -> Reception | Trouble:
        try:
            with self._store.savepoint():
                return self._intake.take(tx, packed)
        except Trouble as trouble:
            return trouble

    def _heard(self, tell: Callable[[], None]) -> None:
        try:
            tell()
        except Exception:  # the edge of a thread: a listener's fault must not cost anybody an answer
            log.exception("somebody could not hear what was taken")

    def _tell(self) -> None:
        try:
            self._durably(self._after_fork)
        except Exception:  # the edge of a thread: it is told again at the next start
            log.exception("a fork could not be told yet")
