import { lint } from './programs';

void lint(process.argv.slice(2)).then((clean) => {
	process.exitCode = clean ? 0 : 1;
});
