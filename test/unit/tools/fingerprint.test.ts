import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../../../tools/build';
import { temporaryDirectory } from './temporary';

const temporary = temporaryDirectory();
const state = () => fingerprint([join(temporary(), 'src'), join(temporary(), 'file'), join(temporary(), 'missing')]);

beforeEach(() => {
	mkdirSync(join(temporary(), 'src/deep'), { recursive: true });
	writeFileSync(join(temporary(), 'src/deep/a.ts'), 'one');
	writeFileSync(join(temporary(), 'file'), 'one');
});

it('is the same for the same state', () => {
	expect(state()).toBe(state());
});

it.each([
	['changed content', 'src/deep/a.ts', 'two'],
	['a changed single file', 'file', 'two'],
	['a new file', 'src/deep/b.ts', 'one'],
	['a file that was missing', 'missing', ''],
])('notices %s', (_what, path, content) => {
	const before = state();
	writeFileSync(join(temporary(), path), content);
	expect(state()).not.toBe(before);
});
