import { buildPackage } from '../../../tools/build';

/** Before tests of dist/: they see what the sources say now, or do not run. */
export default async function build(): Promise<void> {
	if (!(await buildPackage()))
		throw new Error('dist/ could not be built; the messages above say why. "npm run build" repeats it.');
}
