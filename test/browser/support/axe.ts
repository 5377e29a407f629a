import { source, type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const OPTIONS: RunOptions = {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
	resultTypes: ['violations'],
};

/**
 * Checks what a page shows at this moment for barriers: contrast, names, order of headings, landmarks and so on.
 * Works on any page, whatever scripts its policy lets in.
 * @returns a line for each element with a barrier: rule, what is wrong, and which element; none when all is well
 */
export async function barriers(page: Page): Promise<string[]> {
	await page.evaluate(source);
	const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(OPTIONS)})`);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ failureSummary, target }) => `${id}: ${failureSummary?.split('\n')[1]?.trim()} ${target.join(' ')}`),
	);
}
