"""Deployments to production from exports of GitHub and GitLab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assessment.delivery.environments import Environments
from assessment.delivery.forges import Item, Kind, is_deploying, text
from assessment.delivery.records import MOST_RECORDS, Deployment, Log
from assessment.delivery.sorting import Sorter, deployment_log, is_fix, keep_deployment
from assessment.delivery.times import shown
from assessment.errors import InputError, Problem

_MOST_BESIDE = 4 * MOST_RECORDS
_MOST_NAMED = 8


class Success(NamedTuple):
    """The first status that says that a deployment came through."""

    at: float
    environment: str
    line: int


class Asked(NamedTuple):
    """A GitHub deployment as it was asked for; whether it came through stands in its statuses."""

    at: float
    sha: str
    ref: str
    line: int


@dataclass
class ForgeDeployments:
    """Takes the records of one export and gives its deployments."""

    file: str
    stated: ZoneInfo | None
    environment: str
    kinds: dict[Kind, None] = field(default_factory=dict)
    _asked: dict[str, Asked] = field(default_factory=dict)
    _through: dict[str, Success] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _commits: dict[str, float] = field(default_factory=dict)
    _runs: dict[str, list[Deployment]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self._sorter: Sorter[Deployment] = Sorter(self.file, self.stated)
        self._choose = Environments(self.file, self.environment)

    def take(self, kind: Kind, item: Item, line: int) -> None:
        """Take one record.

        Raises:
            InputError: for a time that cannot be read, and for too many records.
        """
        self.kinds[kind] = None
        if len(self._asked) + len(self._told) + len(self._commits) > _MOST_BESIDE:
            raise InputError(Problem(f"the file holds more than {_MOST_BESIDE:,} records", "export less", self.file))
        takers = {
            "github_deployment": self._github,
            "github_status": self._status,
            "github_commit": self._commit,
            "github_run": self._run,
            "github_release": self._release,
            "gitlab_deployment": self._gitlab,
        }
        takers[kind](item, line)

    def log(self) -> Log[Deployment]:
        """Return the deployments.

        Raises:
            InputError: when none of them went to production, and when several workflows might be the one that deploys.
        """
        joined = self._joined()
        self._choose.refuse_none_taken()
        for found in joined:
            keep_deployment(self._sorter, found)
        main = sorted(self.kinds, key=lambda kind: (kind == "github_commit", kind == "github_status"))
        return deployment_log(self._sorter, main[0], marked=False)

    def _github(self, item: Item, line: int) -> None:
        name = text(item, "id")
        production = item.get("production_environment") is True
        if not self._choose.takes(text(item, "environment"), self._sorter.counts, production=production):
            return
        if self._sorter.is_new(name):
            at = self._sorter.needed(item.get("created_at"), line, "created_at")
            self._asked[name] = Asked(at, text(item, "sha"), text(item, "ref"), line)

    def _status(self, item: Item, line: int) -> None:
        name = text(item, "deployment_url").rstrip("/").rpartition("/")[2]
        self._told.add(name)
        if text(item, "state") != "success":
            return
        at = self._sorter.needed(item.get("created_at"), line, "created_at")
        if name not in self._through or at < self._through[name].at:
            self._through[name] = Success(at, text(item, "environment"), line)

    def _commit(self, item: Item, line: int) -> None:
        when = text(item, "commit", "committer", "date") or text(item, "commit", "author", "date")
        at = self._sorter.moment(when, line, "commit.committer.date")
        if at is not None:
            self._commits[text(item, "sha")] = at

    def _run(self, item: Item, line: int) -> None:
        if text(item, "conclusion") != "success":
            self._sorter.counts["not_done"] += 1
            return
        if not self._sorter.is_new(text(item, "id")):
            return
        ref = text(item, "head_branch")
        found = Deployment(
            id=text(item, "id"),
            at=self._sorter.needed(item.get("updated_at"), line, "updated_at"),
            committed=self._sorter.moment(text(item, "head_commit", "timestamp"), line, "head_commit.timestamp"),
            unplanned=is_fix(ref),
            commit=text(item, "head_sha"),
            line=line,
        )
        runs = self._runs.setdefault(text(item, "name"), [])
        if len(runs) > MOST_RECORDS:
            raise InputError(Problem(f"the file holds more than {MOST_RECORDS:,} runs", "export less", self.file, line))
        runs.append(found)

    def _release(self, item: Item, line: int) -> None:
        if item.get("draft") is True or item.get("prerelease") is True or not item.get("published_at"):
            self._sorter.counts["not_done"] += 1
        elif self._sorter.is_new(text(item, "id")):
            found = Deployment(
                id=text(item, "tag_name"),
                at=self._sorter.needed(item.get("published_at"), line, "published_at"),
                committed=self._sorter.moment(item.get("created_at"), line, "created_at"),
                unplanned=is_fix(text(item, "target_commitish")) or is_fix(text(item, "tag_name")),
                commit=text(item, "target_commitish"),
                line=line,
            )
            keep_deployment(self._sorter, found)

    def _gitlab(self, item: Item, line: int) -> None:
        if not self._choose.takes(text(item, "environment", "name"), self._sorter.counts):
            return
        if text(item, "status") != "success":
            self._sorter.counts["not_done"] += 1
            return
        if self._sorter.is_new(text(item, "id")):
            done = text(item, "deployable", "finished_at") or item.get("created_at")
            made = text(item, "deployable", "commit", "committed_date") or text(
                item, "deployable", "commit", "created_at"
            )
            found = Deployment(
                id=text(item, "id"),
                at=self._sorter.needed(done, line, "deployable.finished_at"),
                committed=self._sorter.moment(made, line, "deployable.commit.created_at"),
                unplanned=is_fix(text(item, "ref")),
                commit=text(item, "sha"),
                line=line,
            )
            keep_deployment(self._sorter, found)

    def _joined(self) -> list[Deployment]:
        """Return what several records say together: deployments with their statuses, and the runs that deploy."""
        return [*self._asked_for(), *self._known_by_status(), *self._deploying()]

    def _asked_for(self) -> list[Deployment]:
        """Return the deployments with a status of success, at its time; without any statuses in the file, all."""
        found = []
        for name, asked in self._asked.items():
            if self._told and name not in self._through:
                self._sorter.counts["not_done"] += 1
                continue
            at = self._through[name].at if self._told else asked.at
            committed = self._commits.get(asked.sha)
            found.append(Deployment(name, at, "", committed, None, is_fix(asked.ref), None, asked.sha, asked.line))
        self._sorter.counts["without_status"] += 0 if self._told else len(found)
        return found

    def _known_by_status(self) -> list[Deployment]:
        """Return the successes of a file that holds statuses and no deployments."""
        if self._asked or "github_deployment" in self.kinds:
            return []
        counts = self._sorter.counts
        return [
            Deployment(name, found.at, line=found.line)
            for name, found in self._through.items()
            if self._choose.takes(found.environment, counts)
        ]

    def _deploying(self) -> list[Deployment]:
        """Return the runs of the workflow that deploys.

        Raises:
            InputError: when there are several workflows and none is named so.
        """
        if len(self._runs) <= 1:
            return [found for runs in self._runs.values() for found in runs]
        chosen = [name for name in self._runs if is_deploying(name)]
        if not chosen:
            named = ", ".join(f"'{shown(name)}'" for name in list(self._runs)[:_MOST_NAMED])
            message = f"none of the workflows is named as one that deploys: {named}"
            raise InputError(Problem(message, "export the runs of that workflow alone", self.file))
        self._sorter.counts["other_workflows"] += sum(
            len(runs) for name, runs in self._runs.items() if name not in chosen
        )
        return [found for name in chosen for found in self._runs[name]]
