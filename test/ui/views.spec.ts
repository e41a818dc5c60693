import { AxeBuilder } from '@axe-core/playwright';
import { views } from '#shared/views.ts';
import { expect, test } from './support.ts';

const sizes = [
  [960, 640],
  [1280, 800],
  [1920, 1080],
  [390, 844],
] as const;

for (const view of views) {
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['en', 'ar']) {
      test(`${view} ${theme} ${language}: axe finds nothing serious`, async ({ stage }) => {
        const page = await stage.open(view, { theme, language });
        await page.waitForTimeout(400);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      });
    }
  }

  for (const language of ['en', 'de', 'es', 'ar']) {
    test(`${view} ${language}: no text is cut and nothing scrolls sideways`, async ({ stage }) => {
      const page = await stage.open(view, { language });
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(250);
        // A chart takes its new width a moment later, on a busy machine more than one.
        await expect.poll(() => page.evaluate(cutTexts), `${width}x${height}`).toEqual([]);
      }
    });
  }

  test(`${view}: every text is a text`, async ({ stage }) => {
    for (const language of ['en', 'de', 'es', 'ar']) {
      const page = await stage.open(view, { language });
      await page.waitForTimeout(300);
      const text = await page.locator('body').innerText();
      expect(text).not.toMatch(/NaN|undefined|\[object|Infinity|(^|\s)-0(\s|$)|[-−]\s?\d[\d.,]*\s?(k?Wh?|MW)\b/m);
      expect(text).not.toMatch(
        /\b(now|flow|shell|reason|lane|chart|today|history|earnings|strategy|devices|settings)\.[a-z]/,
      );
      await page.context().close();
    }
  });
}

/** Runs in the page: what is wider or higher than its box and hidden there, or wider than the page. */
function cutTexts(): string[] {
  const found: string[] = [];
  if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
  const main = document.querySelector('main')!;
  if (main.scrollWidth > main.clientWidth) found.push('the view scrolls sideways');
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (element.closest('.visually-hidden, .brand, .skip, .table-scroll, svg, canvas')) continue;
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim(),
    );
    if (!hasText && !element.matches('.node, .figure')) continue;
    const style = getComputedStyle(element);
    const hides = style.overflowX !== 'visible' || element.matches('.node, .figure');
    const { right, left } = element.getBoundingClientRect();
    if (right > window.innerWidth + 1 || left < -1) found.push(`outside the page: ${element.textContent}`);
    if (!hides) continue;
    if (element.scrollWidth > element.clientWidth + 1) found.push(`cut at the side: ${element.textContent}`);
    if (element.scrollHeight > element.clientHeight + 1) found.push(`cut below: ${element.textContent}`);
  }
  return found;
}
