"""Whether a page can be used where it is narrow, low or its letters are large: nothing beside the screen, nothing cut
off, nothing that cannot be brought into view and touched."""

from typing import Final

from playwright.sync_api import Page

# What lies in a box that scrolls by itself may be wider than the screen: a table, a map.
ASK: Final = """
(() => {
  const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const boxed = element => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(one).overflowX)) return one !== document.documentElement;
    }
    return false;
  };
  // Said to screen readers alone, or there only while it has the focus.
  const unseen = element => {
    for (let one = element; one; one = one.parentElement) {
      const box = one.getBoundingClientRect();
      if (box.width <= 2 || box.height <= 2 || box.right <= 0) return true;
    }
    return false;
  };
  const name = element => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`
    + ` ${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60)}`;
  const all = around => [...document.querySelectorAll(around)].filter(one => shown(one) && !unseen(one));
  const words = element => [...element.childNodes].some(one => one.nodeType === 3 && one.data.trim() !== '');
  const over = () => [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')]
    .filter(shown).at(-1);
  globalThis.enlarged = {
    beside: () => all('body *').filter(one => !boxed(one) && !one.closest('svg'))
      .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        || one.getBoundingClientRect().left < -1).map(name),
    cut: () => all('body *').filter(one => words(one) && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .filter(one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX)).map(name),
    low: () => all('body *').filter(one => words(one) && one.clientHeight > 0)
      .filter(one => one.scrollHeight > one.clientHeight + 4)
      .filter(one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowY)).map(name),
    covered: () => {
      const within = over() ?? document.querySelector('main');
      return all('a[href], button, input, select, textarea').filter(one => within?.contains(one))
        .filter(one => !one.disabled && !(one.matches('input') && one.labels?.length))
        .flatMap(one => {
          one.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
          const box = one.getClientRects()[0];
          const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          if (there && (one.contains(there) || there.contains(one))) return [];
          return [`${name(one)} by ${there && name(there)}`];
        });
    },
    bars: () => {
      const fixed = all('header, nav, footer, .send-bar').filter(one => getComputedStyle(one).position === 'fixed')
        .map(one => one.getBoundingClientRect()).filter(box => box.width > innerWidth * 0.6);
      const rows = new Set();
      for (const {top, bottom} of fixed)
        for (let y = Math.max(0, Math.ceil(top)); y < Math.min(innerHeight, bottom); y += 1) rows.add(y);
      return rows.size > innerHeight / 2 ? [`the bars take ${rows.size} of ${innerHeight} pixels`] : [];
    },
  };
})()
"""
ASKED: Final = ("beside", "cut", "low", "covered", "bars")


def in_the_way(page: Page) -> list[str]:
    """Return what keeps a person from using the page as it stands."""
    page.evaluate(ASK)
    found: list[str] = []
    for asked in ASKED:
        found += [f"{asked}: {one}" for one in page.evaluate(f"enlarged.{asked}()")]
    return list(dict.fromkeys(found))


def hidden_focus(page: Page, most: int = 60) -> list[str]:
    """Go through the page by Tab and return what had the focus while a bar lay over it."""
    found: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found += page.evaluate(HIDDEN)
    return list(dict.fromkeys(found))


HIDDEN: Final = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body || !one.closest('main, [role="dialog"]')) return [];
  const seen = one.matches('input') && one.labels?.length ? one.labels[0] : one;
  const box = seen.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].map(part => [box.left + box.width / 2, box.top + box.height * part]);
  const free = points.some(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (seen.contains(there) || there.contains(seen) || !there.closest('header, footer, nav, .send-bar'));
  });
  return free ? [] : [`hidden focus: ${one.outerHTML.slice(0, 120)}`];
}
"""
