import { scripts } from '../../../package.json';

const LASTING = Object.entries(scripts).filter(([name]) => /^(start|test|sandbox|bench|check|docs)/.test(name));

describe('npm scripts', () => {
	// Else npm hands a signal to the shell alone, and the program goes on without anybody.
	it.each(LASTING)('%s puts its program in the place of the shell', (_name, script) => {
		expect(script.split('&&').at(-1)?.trim()).toMatch(/^exec /);
	});
});
