import type { Page } from '@playwright/test';

/** What the flow picture says in words, such as `Production 3.06 kW, demand 377 W, …`. */
export const flowInWords = (page: Page): Promise<string> =>
  page.getByText(/^Production .+, demand .+, miners .+grid/).innerText();
