"""Counts what a person does: a tap, a key that chooses, a choice from a list, a text typed in one go, as one each."""

from typing import Final

from playwright.sync_api import Page

COUNT: Final = """
(() => {
  const texts = new Set(['text', 'search', 'email', 'tel', 'url', 'password', 'number', 'date', 'time']);
  const isText = element => element instanceof HTMLTextAreaElement || element.isContentEditable
    || (element instanceof HTMLInputElement && texts.has(element.type));
  let written = null;
  globalThis.handsCount = 0;
  addEventListener('pointerdown', event => { if (event.isTrusted) globalThis.handsCount += 1; }, true);
  addEventListener('keydown', event => {
    const chooses = event.key === 'Enter' || (event.key === ' ' && !isText(event.target));
    if (event.isTrusted && !event.repeat && chooses) globalThis.handsCount += 1;
  }, true);
  addEventListener('input', event => {
    if (event.isTrusted && isText(event.target) && event.target !== written) {
      written = event.target;
      globalThis.handsCount += 1;
    }
  }, true);
  addEventListener('change', event => {
    if (event.target instanceof HTMLSelectElement) globalThis.handsCount += 1;
  }, true);
  addEventListener('focusout', () => { written = null; }, true);
})()
"""


def interactions(page: Page) -> int:
    """Return how many there were since the page was loaded, or `start_counting`."""
    found: int = page.evaluate("globalThis.handsCount")
    return found


def start_counting(page: Page) -> None:
    page.evaluate("globalThis.handsCount = 0")
