"""axe-core in the page: no violation, and no contrast that it could not make out either."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

SCRIPT: Final = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN: Final = """
async tags => {
  // A toast lies over the page for a moment only.
  const toasts = [...document.querySelectorAll('.mantine-Notifications-root')];
  for (const toast of toasts) toast.hidden = true;
  // What lies under an open sheet or menu was looked at before, and is not to be read while it is open.
  const opened = document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]');
  const sheet = [...opened].filter(one => one.checkVisibility({visibilityProperty: true})).at(-1);
  // Axe gives up on a text of two lines that lies over two things, though the sheet between them lets nothing through.
  const under = [];
  for (let one = sheet; one && one !== document.body; one = one.parentElement)
    under.push(...[...one.parentElement.children].filter(other => other !== one && other instanceof HTMLElement));
  for (const one of under) one.style.visibility = 'hidden';
  const found = await axe.run(sheet ?? document, {
    runOnly: {type: 'tag', values: tags},
    resultTypes: ['violations', 'incomplete'],
  });
  for (const toast of toasts) toast.hidden = false;
  for (const one of under) one.style.visibility = '';
  const short = rule => ({rule: rule.id, help: rule.help, nodes: rule.nodes.map(node => ({
    at: node.target.join(' '),
    html: node.html.slice(0, 160),
    why: [...node.any, ...node.all, ...node.none].map(check => check.message).join(' '),
  }))});
  return {violations: found.violations.map(short), incomplete: found.incomplete.map(short)};
}
"""
# Axe leaves these open where it cannot see the ground of a text: then a person would have to look.
NOT_LEFT_OPEN: Final = frozenset({"color-contrast"})
NODES: Final = 4
# A sheet scrolls by itself; one that is no whole page takes a part of the window.
HEIGHT: Final = """
() => Math.ceil(Math.max(
  document.documentElement.scrollHeight,
  ...[...document.querySelectorAll('[role="dialog"], [role="dialog"] *')].map(element => element.scrollHeight * 1.5),
))
"""
HIGHEST: Final = 8000


@cache
def source() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands, a line for each node.

    The window is made as high as the page meanwhile: nobody can tell the ground of a text that a bar lies over, and a
    person scrolls.
    """
    size = page.viewport_size or {"width": 0, "height": 0}
    whole = page.evaluate(HEIGHT)
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(whole, HIGHEST))})
    try:
        return _found(page)
    finally:
        page.set_viewport_size({"width": size["width"], "height": size["height"]})


def _found(page: Page) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    found: Any = page.evaluate(RUN, list(TAGS))
    left_open = [rule for rule in found["incomplete"] if rule["rule"] in NOT_LEFT_OPEN]
    return [
        f"{rule['rule']}: {rule['help']}: {node['at']} {node['html']} {node['why'][:300]}"
        for rule in (*found["violations"], *left_open)
        for node in rule["nodes"][:NODES]
    ]
