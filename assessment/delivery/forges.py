"""Records of the GitHub and GitLab interfaces: which kind one is, and what it says.

The formats are those of the REST interfaces: GitHub deployments, deployment statuses, workflow runs, releases, commits
and issues; GitLab deployments and issues. A file may hold several kinds of one family, such as deployments with their
statuses and commits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from assessment.delivery.rules import Role, delivery_rules

Item = Mapping[str, Any]
Kind = Literal[
    "github_status",
    "github_deployment",
    "github_run",
    "github_release",
    "github_commit",
    "github_issue",
    "gitlab_deployment",
    "gitlab_issue",
]
ROLES: Mapping[Role, tuple[Kind, ...]] = {
    "deployments": (
        "github_deployment",
        "github_status",
        "github_run",
        "github_release",
        "github_commit",
        "gitlab_deployment",
    ),
    "incidents": ("github_issue", "gitlab_issue"),
}
_COMMIT = re.compile(r"\b[0-9a-f]{40}\b")
_DEPLOYMENT = re.compile(r"deployments?[/:#\s]{1,2}(\d{1,20})\b", re.IGNORECASE)
_MOST_LINKS = 20


def kind_of(item: Item) -> Kind | None:
    """Return what a record is; None for one that is none of these."""
    return next((kind for kind, is_one in _MARKS if is_one(item)), None)


_MARKS: tuple[tuple[Kind, Callable[[Item], bool]], ...] = (
    ("github_status", lambda item: "deployment_url" in item and "state" in item),
    ("gitlab_issue", lambda item: "iid" in item and "labels" in item),
    ("gitlab_deployment", lambda item: "iid" in item and "environment" in item),
    ("github_run", lambda item: "workflow_id" in item or ("head_sha" in item and "conclusion" in item)),
    ("github_release", lambda item: "tag_name" in item and "published_at" in item),
    ("github_commit", lambda item: "sha" in item and isinstance(item.get("commit"), Mapping)),
    ("github_issue", lambda item: "number" in item and "labels" in item),
    ("github_deployment", lambda item: {"id", "environment", "created_at"} <= set(item)),
)


def error_page(item: Item) -> str:
    """Return the words of an answer that is an error in place of records; empty for any other."""
    said = item.get("message", item.get("error"))
    plain = len(item) == 1 or "documentation_url" in item or "error_description" in item
    return said if isinstance(said, str) and plain else ""


def text(item: Item, *path: str) -> str:
    """Return a text or a number inside a record as text; empty where there is none."""
    here: Any = item
    for key in path:
        here = here.get(key) if isinstance(here, Mapping) else None
    return str(here) if isinstance(here, str | int) and not isinstance(here, bool) else ""


def labels(item: Item) -> tuple[str, ...]:
    """Return the labels of an issue, in small letters: texts at GitLab, records with a name at GitHub.

    What is neither is no label: a null read as the word "none" would be a severity.
    """
    given = item.get("labels")
    listed = given if isinstance(given, list) else ()
    names = [text(each, "name") if isinstance(each, Mapping) else text({"name": each}, "name") for each in listed]
    return tuple(name.strip().casefold() for name in names if name)


def is_incident(item: Item, label: str) -> bool:
    """Whether an issue is an incident: by its type, or by a label."""
    if label:
        return label.strip().casefold() in labels(item)
    typed = text(item, "issue_type").casefold() == "incident" or text(item, "type").casefold() == "incident"
    return typed or any(name in delivery_rules().incident_labels for name in labels(item))


def links(item: Item) -> tuple[str, ...]:
    """Return the deployments and commits that an issue names in its title, text or labels."""
    said = "\n".join((text(item, "title"), text(item, "body"), text(item, "description"), *labels(item)))
    found = [*_DEPLOYMENT.findall(said), *_COMMIT.findall(said)]
    return tuple(dict.fromkeys(found))[:_MOST_LINKS]


def is_deploying(workflow: str) -> bool:
    """Whether the name of a workflow says that it deploys."""
    return any(word in workflow.casefold() for word in delivery_rules().workflows)
